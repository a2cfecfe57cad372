"""Stock-taking: what lies there against what the books say, while work goes on.

The book that a counted line is compared with is the book at the moment of counting: what it is
when the count is closed, without the moves that happened since the line was counted. So a part
taken after its shelf was counted is no difference, and one taken before it, told later by a van
without a signal, is none either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import ledger_queries, naming, piece_queries, queries, reservations
from careloop.crm_core.inventory.alerts import tell_discrepancy
from careloop.crm_core.inventory.document_models import CountState, StockCount, StockCountLine
from careloop.crm_core.inventory.ledger import End, Posting, hold, post
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import ADJUSTMENT, StockMove, StockSerial
from careloop.crm_core.inventory.numbers import COUNT, next_number
from careloop.crm_core.inventory.policy import clamped
from careloop.crm_core.inventory.schemas import CloseCount, CountedLine, EnterCount, StartCount
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, VersionConflict
from careloop.kit.ids import new_id


def start(session: Session, actor: Actor, command: StartCount) -> StockCount:
    """Open a count with a line for every balance of the location, or of the parts named."""
    location = naming.location(session, actor, command.location)
    row = StockCount(
        tenant_id=actor.tenant_id, id=new_id(), number=next_number(session, actor, COUNT),
        location_id=location.id, state=CountState.OPEN, blind=command.blind, note=command.note,
        made_by=actor.label, made_by_name=actor.name, version=1, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    if command.parts is None:
        known = ledger_queries.parts_at(session, actor.tenant_id, location.id)
    else:
        parts = naming.parts(session, actor, command.parts)
        known = {part.id for part in parts.values()}
    pairs = [(location.id, part_id) for part_id in known]
    balances = ledger_queries.balances_at(session, actor.tenant_id, pairs)
    for key, (on_hand, _) in sorted(balances.items()):
        if on_hand or not key[2]:
            session.add(_line(session, actor, row, key[1], key[2], key[3], on_hand))
    session.flush()
    return row


def _line(
    session: Session, actor: Actor, row: StockCount, part_id: str, lot: str, condition: str,
    expected: int,
) -> StockCountLine:  # fmt: skip
    return StockCountLine(
        tenant_id=actor.tenant_id, id=new_id(), count_id=row.id, part_id=part_id, lot=lot,
        condition=condition, expected=expected, counted=None, serials=[], version=1,
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip


def enter(session: Session, actor: Actor, command: EnterCount) -> StockCount:
    """Note what lies there; the last entry of a line holds."""
    row = documents.count(session, actor, command.count_id, lock=True)
    row.must_be_open()
    parts = naming.parts(session, actor, [line.part for line in command.lines])
    lines = {
        (line.part_id, line.lot, line.condition): line
        for line in documents.count_lines(session, actor.tenant_id, [row.id])[row.id]
    }
    for item in command.lines:
        part = parts[item.part]
        _check(part, item)
        key = (part.id, item.lot, str(item.condition))
        line = lines.get(key)
        if line is None:
            pair = (row.location_id, part.id)
            book = ledger_queries.balances_at(session, actor.tenant_id, [pair])
            on_hand, _ = book.get((*pair, item.lot, str(item.condition)), (0, 0))
            line = lines[key] = _line(session, actor, row, *key, on_hand)
            session.add(line)
        line.counted, line.serials = item.quantity, sorted(item.serials)
        line.counted_at = clamped(item.counted_at or command.happened_at, now(session))
        line.touch(now(session))
    row.touch(now(session))
    session.flush()
    return row


def _check(part: Part, item: CountedLine) -> None:
    if item.serials and len(set(item.serials)) != item.quantity:
        raise InvalidInput(f"{part.number}: as many serial numbers as pieces, each once")
    if part.tracking == "serial" and item.quantity and not item.serials:
        raise InvalidInput(f"{part.number} is tracked by serial number; scan each piece")


@dataclass
class _Closing:
    """What closing a count posts."""

    postings: list[Posting] = field(default_factory=list)
    missing: dict[Key, int] = field(default_factory=dict)
    differences: list[tuple[Part, int]] = field(default_factory=list)


def close(session: Session, actor: Actor, command: CloseCount) -> StockCount:
    """Post each difference against adjustment; reservations that lost their parts end."""
    row = documents.count(session, actor, command.count_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this count meanwhile; load it again")
    row.must_be_open()
    if command.cancel:
        row.state, row.closed_at = CountState.CANCELLED, now(session)
        row.touch(now(session))
        return row
    lines = documents.count_lines(session, actor.tenant_id, [row.id])[row.id]
    for line in lines:
        if line.counted is None and command.uncounted_is_zero:
            line.counted, line.counted_at = 0, now(session)
    counted = [line for line in lines if line.counted is not None]
    parts = queries.parts_by_ids(session, actor, {line.part_id for line in counted})
    held = hold(session, actor, parts.values())
    closing = _differences(session, actor, row, counted, parts, command.reason or row.note)
    for posting in closing.postings:
        if posting.serial and posting.source.location_id:
            reservations.free_piece(session, actor, posting.part, posting.serial, None)
    for key, pieces in sorted(closing.missing.items()):
        _let_go(session, actor, key, parts[key[1]], pieces)
    post(session, actor, closing.postings, held, command.command_id)
    location = queries.location_by_id(session, actor, row.location_id)
    for part, pieces in closing.differences:
        if pieces < 0:
            tell_discrepancy(
                session, actor, location.code, part.number, -pieces, "missed in a count", row.number
            )
    row.state, row.closed_at = CountState.CLOSED, now(session)
    row.touch(now(session))
    session.flush()
    return row


def _differences(
    session: Session, actor: Actor, row: StockCount, lines: list[StockCountLine],
    parts: dict[str, Part], reason: str,
) -> _Closing:  # fmt: skip
    pairs = [(row.location_id, line.part_id) for line in lines]
    book = ledger_queries.balances_at(session, actor.tenant_id, pairs)
    pieces = piece_queries.serials_at(session, actor.tenant_id, pairs)
    first = min((line.counted_at for line in lines if line.counted_at), default=now(session))
    later = ledger_queries.moves_at_since(session, actor.tenant_id, row.location_id, first)
    closing = _Closing()
    for line in lines:
        part = parts[line.part_id]
        key = (row.location_id, line.part_id, line.lot, line.condition)
        since = [
            move for move in later
            if move.part_id == line.part_id and move.lot == line.lot
            and move.condition == line.condition
            and line.counted_at is not None and move.happened_at > line.counted_at
        ]  # fmt: skip
        moved = sum(move.quantity if move.to_id == row.location_id else -move.quantity
                    for move in since)  # fmt: skip
        line.expected = book.get(key, (0, 0))[0] - moved
        difference = (line.counted or 0) - line.expected
        named = _named(row, line, pieces, since)
        _post_line(closing, row, line, part, difference, named, reason)
        if difference:
            closing.differences.append((part, difference))
        if difference < 0:
            closing.missing[key] = -difference
    return closing


def _named(
    row: StockCount, line: StockCountLine, pieces: list[StockSerial], since: list[StockMove]
) -> tuple[list[str], list[str]]:
    """Serial numbers (missing, found) at the moment of counting."""
    book = {
        piece.serial for piece in pieces
        if piece.part_id == line.part_id and piece.lot == line.lot
        and piece.condition == line.condition
    }  # fmt: skip
    came = {move.serial for move in since if move.serial and move.to_id == row.location_id}
    went = {move.serial for move in since if move.serial and move.from_id == row.location_id}
    book = (book - came) | went
    there = set(line.serials)
    if not there and line.counted:
        return [], []
    return sorted(book - there), sorted(there - book)


def _post_line(
    closing: _Closing, row: StockCount, line: StockCountLine, part: Part, difference: int,
    named: tuple[list[str], list[str]], reason: str,
) -> None:  # fmt: skip
    """Named pieces one by one, the rest of the difference as a number."""
    here, outside = End(row.location_id), End(account=ADJUSTMENT)

    def add(quantity: int, source: End, target: End, serial: str = "") -> None:
        closing.postings.append(
            Posting(
                "count", part, quantity, source, target, lot=line.lot, serial=serial,
                condition=line.condition, reference_type="count", reference=row.number,
                reason=reason, happened_at=line.counted_at,
            )
        )  # fmt: skip

    missing, found = named
    for serial in missing:
        add(1, here, outside, serial)
    for serial in found:
        add(1, outside, here, serial)
    rest = difference + len(missing) - len(found)
    if rest > 0:
        add(rest, outside, here)
    elif rest < 0:
        add(-rest, here, outside)


def _let_go(session: Session, actor: Actor, key: Key, part: Part, pieces: int) -> None:
    """Free what is reserved of pieces that are not there."""
    pair = (key[0], key[1])
    on_hand, reserved = ledger_queries.balances_at(session, actor.tenant_id, [pair]).get(
        key, (0, 0)
    )
    short = pieces - (on_hand - reserved)
    if short > 0:
        reservations.make_room(session, actor, key[0], part, key[2], short)
