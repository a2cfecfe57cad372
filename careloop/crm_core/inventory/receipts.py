"""Receipts from suppliers, and the average cost that follows from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries, naming, queries
from careloop.crm_core.inventory.ledger import End, Posting, hold, post
from careloop.crm_core.inventory.models import SUPPLIER, StockLot, StockMove, StockPart
from careloop.crm_core.inventory.policy import average_after, clamped
from careloop.crm_core.inventory.schemas import ReceiptLine, Receive
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.ids import new_id
from careloop.kit.money import Money


def receive(
    session: Session, actor: Actor, command: Receive,
    reference: tuple[str, str] | None = None,
) -> list[StockMove]:  # fmt: skip
    """Supplier to location; lots get their last day of use, the average cost moves."""
    location = naming.location(session, actor, command.location)
    parts = naming.parts(session, actor, [line.part for line in command.lines])
    held = hold(session, actor, parts.values())
    at = clamped(command.happened_at, now(session))
    about = reference or ("receipt" if command.document else "", command.document)
    postings: list[Posting] = []
    came: dict[str, int] = {}
    for line in command.lines:
        part = parts[line.part]
        _check(part, line)
        if line.lot:
            _know_lot(session, actor, part, line.lot, line.expires_on)
        cost = None
        if line.unit_cost is not None:
            cost = _average(session, actor, part, held[part.id], line, came.get(part.id, 0))
        came[part.id] = came.get(part.id, 0) + line.quantity
        pieces = [(1, serial) for serial in line.serials] or [(line.quantity, "")]
        postings += [
            Posting(
                "receive", part, quantity, End(account=SUPPLIER), End(location.id), lot=line.lot,
                serial=serial, reference_type=about[0], reference=about[1],
                partner=command.supplier, unit_cost=cost, happened_at=at,
            )
            for quantity, serial in pieces
        ]  # fmt: skip
    return post(session, actor, postings, held, command.command_id)


def _check(part: Part, line: ReceiptLine) -> None:
    if line.serials and len(set(line.serials)) != line.quantity:
        raise InvalidInput(
            f"{part.number}: {len(set(line.serials))} different serial numbers for a quantity of "
            f"{line.quantity}"
        )
    if "" in line.serials:
        raise InvalidInput(f"{part.number}: a serial number is empty")
    if part.tracking == "serial" and not line.serials:
        raise InvalidInput(f"{part.number} is tracked by serial number; give one for each piece")
    if part.tracking == "lot" and not line.lot:
        raise InvalidInput(f"{part.number} is tracked by lot; give the lot on its label")


def _average(
    session: Session, actor: Actor, part: Part, kept: StockPart, line: ReceiptLine, came: int
) -> tuple[Decimal, str]:
    """Move the average by this line; `came` pieces of the part arrived earlier in this receipt."""
    cost: Money | None = line.unit_cost
    assert cost is not None
    owned = ledger_queries.owned(session, actor.tenant_id, part.id) + came
    if kept.average_amount is None:
        # Pieces from before the first cost count at the list price, where it is comparable.
        listed = part.unit_price if part.currency == cost.currency else None
        kept.average_amount = average_after(
            owned, listed or cost.amount, line.quantity, cost.amount
        )
        kept.average_currency = cost.currency
    elif kept.average_currency != cost.currency:
        raise Conflict(
            f"{part.number} is valued in {kept.average_currency}; give its cost in that currency"
        )
    else:
        kept.average_amount = average_after(owned, kept.average_amount, line.quantity, cost.amount)
    return cost.amount, cost.currency


def _know_lot(
    session: Session, actor: Actor, part: Part, lot: str, expires_on: date | None
) -> None:
    """Note a lot; one known with another last day is refused."""
    known = queries.lots_of(session, actor.tenant_id, [part.id]).get((part.id, lot))
    if known is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(StockLot).values(
            tenant_id=actor.tenant_id, id=new_id(), part_id=part.id, lot=lot,
            expires_on=expires_on, version=1, created_at=now(session), updated_at=now(session),
        )  # fmt: skip
        session.execute(statement.on_conflict_do_nothing())
    elif expires_on is not None and known.expires_on is None:
        known.expires_on = expires_on
        known.touch(now(session))
    elif expires_on is not None and known.expires_on != expires_on:
        raise Conflict(
            f"Lot {lot} of {part.number} is on file with {known.expires_on} as its last day; "
            "check the label"
        )
