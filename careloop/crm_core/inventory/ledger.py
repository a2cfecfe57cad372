"""The double-entry ledger: the only place that writes moves and changes balances.

Order of locks, the same in every act: documents, then the ledger's row of each part by part id
(`hold`), then balances by location, part, lot and condition. Two acts on one part therefore stand
in line, and none can wait in a circle. The amounts themselves are still changed by one
conditional UPDATE each, so that no plan made on a stale number can take more than is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Update, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries, queries
from careloop.crm_core.inventory.errors import Shortage
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import StockBalance, StockMove, StockPart
from careloop.crm_core.inventory.pieces import move_pieces
from careloop.kit.actor import Actor
from careloop.kit.db import TenantRow, now
from careloop.kit.ids import new_id

ACTOR_NAME = 60
CHUNK = 500


@dataclass(frozen=True, slots=True)
class End:
    """One end of a move: a location by id, or an account."""

    location_id: str | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A move to be written. `kept` says how many of its pieces a reservation kept at its source."""

    kind: str
    part: Part
    quantity: int
    source: End
    target: End
    lot: str = ""
    serial: str = ""
    condition: str = "good"
    kept: int = 0
    reference_type: str = ""
    reference: str = ""
    ticket: str = ""
    work_order: str = ""
    asset: str = ""
    partner: str = ""
    unit_cost: tuple[Decimal, str] | None = None
    reason: str = ""
    reverses_id: str | None = None
    happened_at: datetime | None = None


def hold(session: Session, actor: Actor, parts: Iterable[Part]) -> dict[str, StockPart]:
    """Keep all other acts on these parts out until this one ends; the ledger's rows by part id."""
    ids = sorted({part.id for part in parts})
    held: dict[str, StockPart] = {}
    for start in range(0, len(ids), CHUNK):
        rows = [
            {"tenant_id": actor.tenant_id, "part_id": id, "average_currency": "", "moves": 0}
            for id in ids[start : start + CHUNK]
        ]
        session.execute(_insert(session, StockPart, rows).on_conflict_do_nothing())
        held |= ledger_queries.held_parts(session, actor.tenant_id, ids[start : start + CHUNK])
    return held


def post(
    session: Session,
    actor: Actor,
    postings: Sequence[Posting],
    held: dict[str, StockPart],
    command_id: str | None = None,
    first_line: int = 0,
) -> list[StockMove]:
    """Write the moves and bring balances and serial positions along, all or nothing.

    The parts must be held. Raises `Shortage` where a location has too few, `SerialElsewhere`
    where a piece is not where it is taken from; the transaction must end then.
    """
    at = now(session)
    session.flush()
    _change_balances(session, actor, postings)
    move_pieces(session, actor, postings)
    rows = []
    for line, posting in enumerate(postings, first_line):
        kept = held[posting.part.id]
        kept.moves += 1
        cost = posting.unit_cost or _average(kept)
        rows.append(
            StockMove(
                tenant_id=actor.tenant_id, id=new_id(), kind=posting.kind,
                part_id=posting.part.id, seq=kept.moves, quantity=posting.quantity,
                from_id=posting.source.location_id, from_account=posting.source.account,
                to_id=posting.target.location_id, to_account=posting.target.account,
                lot=posting.lot, serial=posting.serial, condition=posting.condition,
                reference_type=posting.reference_type, reference=posting.reference,
                ticket=posting.ticket, work_order=posting.work_order, asset=posting.asset,
                partner=posting.partner, unit_cost_amount=cost[0] if cost else None,
                unit_cost_currency=cost[1] if cost else "", reason=posting.reason,
                actor=(actor.name or actor.label)[:ACTOR_NAME], reverses_id=posting.reverses_id,
                command_id=command_id, line=line, happened_at=posting.happened_at or at,
                recorded_at=at,
            )
        )  # fmt: skip
    session.add_all(rows)
    session.flush()
    return rows


def keep(session: Session, actor: Actor, key: Key, quantity: int) -> bool:
    """Reserve pieces of one balance; False when fewer are free. A negative quantity lets go."""
    row = StockBalance
    wanted = row.on_hand - row.reserved >= quantity if quantity > 0 else row.reserved >= -quantity
    statement = (
        update(row)
        .where(*_is(actor.tenant_id, key), wanted)
        .values(reserved=row.reserved + quantity, version=row.version + 1, updated_at=now(session))
    )
    return _count(session, statement) == 1


def _average(row: StockPart) -> tuple[Decimal, str] | None:
    return None if row.average_amount is None else (row.average_amount, row.average_currency)


def _change_balances(session: Session, actor: Actor, postings: Sequence[Posting]) -> None:
    changes: dict[Key, int] = {}
    kept: dict[Key, int] = {}
    numbers: dict[str, str] = {}
    for posting in postings:
        numbers[posting.part.id] = posting.part.number
        for end, sign in ((posting.source, -1), (posting.target, 1)):
            if end.location_id is None:
                continue
            key = (end.location_id, posting.part.id, posting.lot, posting.condition)
            changes[key] = changes.get(key, 0) + sign * posting.quantity
            if sign < 0 and posting.kept:
                kept[key] = kept.get(key, 0) + posting.kept
    arrivals = []
    for key in sorted(changes):
        if changes[key] > 0 and not kept.get(key):
            arrivals.append((key, changes[key]))
        elif not _take(session, actor, key, changes[key], kept.get(key, 0)):
            _refuse(session, actor, key, numbers[key[1]], -changes[key], kept.get(key, 0))
    _add(session, actor, arrivals)


def _take(session: Session, actor: Actor, key: Key, change: int, kept: int) -> bool:
    row = StockBalance
    statement = (
        update(row)
        .where(
            *_is(actor.tenant_id, key),
            row.reserved >= kept,
            row.on_hand + change >= row.reserved - kept,
        )
        .values(
            on_hand=row.on_hand + change, reserved=row.reserved - kept,
            version=row.version + 1, updated_at=now(session),
        )
    )  # fmt: skip
    return _count(session, statement) == 1


def _add(session: Session, actor: Actor, arrivals: list[tuple[Key, int]]) -> None:
    """Add to balances, making those that are missing."""
    at = now(session)
    rows = [
        {
            "tenant_id": actor.tenant_id, "id": new_id(), "location_id": key[0],
            "part_id": key[1], "lot": key[2], "condition": key[3], "on_hand": pieces,
            "reserved": 0, "bin": "", "version": 1, "created_at": at, "updated_at": at,
        }
        for key, pieces in arrivals
    ]  # fmt: skip
    for start in range(0, len(rows), CHUNK):
        statement = _insert(session, StockBalance, rows[start : start + CHUNK])
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "location_id", "part_id", "lot", "condition"],
                set_={
                    "on_hand": StockBalance.on_hand + statement.excluded.on_hand,
                    "version": StockBalance.version + 1,
                    "updated_at": at,
                },
            )
        )


def _refuse(
    session: Session, actor: Actor, key: Key, number: str, wanted: int, kept: int
) -> None:  # fmt: skip
    """Say how many are free and where else some lie."""
    here = ledger_queries.balances_at(session, actor.tenant_id, [(key[0], key[1])])
    on_hand, reserved = here.get(key, (0, 0))
    refuse(session, actor, key[0], (key[1], number), wanted, on_hand - reserved + kept)


def refuse(
    session: Session, actor: Actor, location_id: str, part: tuple[str, str], wanted: int, free: int
) -> None:
    """Raise `Shortage` for a part, given as (id, number), at a location."""
    places = ledger_queries.free_elsewhere(session, actor.tenant_id, part[0])
    codes = queries.codes(session, actor.tenant_id, [location_id, *places])
    elsewhere = {codes[id]: n for id, n in places.items() if id != location_id}
    raise Shortage(part[1], codes[location_id], wanted, max(free, 0), elsewhere)


def _is(tenant_id: str, key: Key) -> tuple[ColumnElement[bool], ...]:
    row = StockBalance
    return (
        row.tenant_id == tenant_id, row.location_id == key[0], row.part_id == key[1],
        row.lot == key[2], row.condition == key[3],
    )  # fmt: skip


def _count(session: Session, statement: Update) -> int:
    """Run an UPDATE; how many rows it changed."""
    result = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount


def _insert(
    session: Session, model: type[TenantRow], rows: list[dict[str, Any]]
) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of the session's dialect, which knows ON CONFLICT; both spell it alike."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model).values(rows)
    return sqlite.insert(model).values(rows)
