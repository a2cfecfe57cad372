"""Where each piece with a serial number is; follows the moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import ledger_queries, piece_queries, queries
from careloop.crm_core.inventory.errors import SerialElsewhere
from careloop.crm_core.inventory.models import ADJUSTMENT, CUSTOMER, DISCREPANCY, StockSerial
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict

if TYPE_CHECKING:
    from careloop.crm_core.inventory.ledger import End, Posting

TRACKED = "serial"


def move_pieces(session: Session, actor: Actor, postings: Sequence[Posting]) -> None:
    """Bring the positions of the named pieces along; called once the balances have changed."""
    named = [posting for posting in postings if posting.serial]
    rows = piece_queries.serials(
        session, actor.tenant_id, {(posting.part.id, posting.serial) for posting in named}
    )
    for posting in named:
        key = (posting.part.id, posting.serial)
        row = rows.get(key)
        _check(session, actor, posting, row)
        if row is None:
            row = StockSerial(
                tenant_id=actor.tenant_id, part_id=posting.part.id, serial=posting.serial,
                created_at=now(session), updated_at=now(session),
            )  # fmt: skip
            session.add(row)
            rows[key] = row
        else:
            row.touch(now(session))
        row.lot, row.condition = posting.lot, posting.condition
        row.location_id, row.account = posting.target.location_id, posting.target.account
    session.flush()
    _room_for_named(session, actor, postings)


def _check(session: Session, actor: Actor, posting: Posting, row: StockSerial | None) -> None:
    """The piece is where it is taken from.

    A number the books do not know may leave a location where pieces lie whose numbers nobody has
    told yet, such as opening stock. A discrepancy or a count may take a piece from wherever the
    books had it.
    """
    source = posting.source
    if source.location_id is None:
        ours = row is not None and row.location_id is not None
        known_gone = row is not None and row.account == posting.target.account == CUSTOMER
        if known_gone or (ours and source.account not in {DISCREPANCY, ADJUSTMENT}):
            raise _elsewhere(session, actor, posting, row)
        return
    if row is None:
        return
    if row.location_id != source.location_id or row.condition != posting.condition:
        raise _elsewhere(session, actor, posting, row)


def _elsewhere(
    session: Session, actor: Actor, posting: Posting, row: StockSerial | None
) -> SerialElsewhere:
    ids = [posting.source.location_id, row.location_id if row else None]
    codes = queries.codes(session, actor.tenant_id, ids)
    place = queries.place(codes, row.location_id, row.account) if row else ""
    wanted = queries.place(codes, posting.source.location_id, posting.source.account)
    return SerialElsewhere(posting.part.number, posting.serial, wanted, place)


def _room_for_named(session: Session, actor: Actor, postings: Sequence[Posting]) -> None:
    """At no location are more pieces known by number than there are pieces."""
    touched = {
        (end.location_id, posting.part.id): posting.part.number
        for posting in postings
        if posting.part.tracking == TRACKED or posting.serial
        for end in _ours(posting)
        if end.location_id
    }
    if not touched:
        return
    held = ledger_queries.balances_at(session, actor.tenant_id, touched)
    for pair, number in touched.items():
        pieces = sum(on_hand for key, (on_hand, _) in held.items() if key[:2] == pair)
        known = piece_queries.serials_at(session, actor.tenant_id, [pair])
        if len(known) > pieces:
            numbers = ", ".join(row.serial for row in known[:5])
            raise Conflict(
                f"Of {number} only pieces with known serial numbers lie there ({numbers}); name "
                "the serial number",
                part=number,
            )


def _ours(posting: Posting) -> tuple[End, End]:
    return posting.source, posting.target
