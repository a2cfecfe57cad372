"""A part used on a visit: out of stock, into the device, and on whose bill, in one act."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.assets import service as assets
from careloop.crm_core.assets.component_schemas import ReplaceComponent
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.contracts.entitlement_queries import Asked
from careloop.crm_core.contracts.models import Coverage
from careloop.crm_core.contracts.schemas import BookUse, EntitlementView, Price
from careloop.crm_core.inventory import queries as stock
from careloop.crm_core.inventory import service as inventory
from careloop.crm_core.inventory.schemas import UsePart
from careloop.crm_core.workorders.journal import done_before, fact, happened, locked, log
from careloop.crm_core.workorders.models import VisitPart, WorkOrder
from careloop.crm_core.workorders.schemas import UsePartOnVisit
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound
from careloop.kit.money import Money


def use_part(session: Session, actor: Actor, command: UsePartOnVisit) -> WorkOrder:
    """Take a part from stock, note what it replaces, and say who pays for it.

    Raises what stock and the device's file raise: then nothing of it is done.
    """
    row = locked(session, actor, command.number)
    if done_before(session, row, "part", command):
        return row
    part = catalog.part(session, actor, command.part.strip())
    if part is None:
        raise NotFound(f"There is no part {command.part}")
    values = fact(session, actor, row, command)
    place = command.from_ or _van(session, row)
    _replace(session, actor, row, command, part)
    posted = inventory.use_on_work_order(
        session, actor,
        UsePart(
            command_id=f"{row.id}:{values['id']}", happened_at=happened(session, command),
            location=place, part=part.number, quantity=command.quantity, lot=command.lot,
            serial=command.serial_in if part.tracking == "serial" else "",
            work_order=row.number, ticket=row.ticket, asset=row.serial,
            reservation_id=command.reservation_id, accept_discrepancy=command.accept_discrepancy,
        ),
    )  # fmt: skip
    used = VisitPart(
        **values, part_id=part.id, part=part.number, quantity=command.quantity, location=place,
        lot=command.lot or ",".join(sorted({move.lot for move in posted.moves if move.lot}))[:80],
        serial_out=command.serial_out, serial_in=command.serial_in, position=command.position,
        move_ids=[move.id for move in posted.moves], discrepancy=posted.discrepancy,
        **_bill(session, actor, row, command, part, values["id"]),
    )  # fmt: skip
    session.add(used)
    log(session, actor, row, "part", command, data={
        "part": part.number, "quantity": command.quantity, "covered": used.covered,
        "late": values["late"],
    })  # fmt: skip
    session.flush()
    return row


def _van(session: Session, row: WorkOrder) -> str:
    found = stock.van_of(session, row.tenant_id, row.engineer)
    if found is None:
        raise InvalidInput("Say which location it was taken from", **{"from": "is needed"})
    return found.code


def _replace(
    session: Session, actor: Actor, row: WorkOrder, command: UsePartOnVisit, part: Part
) -> None:
    named = command.serial_out or command.serial_in or command.component_id or command.position
    if not named:
        return
    if not row.serial:
        raise InvalidInput("The ticket names no device, so nothing in it can be replaced")
    if command.quantity != 1:
        raise InvalidInput("Serial numbers are noted piece by piece", quantity="must be 1")
    assets.replace_component(
        session, actor,
        ReplaceComponent(
            serial=row.serial, component_id=command.component_id, position=command.position,
            serial_out=command.serial_out, part=part.number, serial_in=command.serial_in,
            lot_in=command.lot[:60], reason=command.reason, work_order=row.number,
            happened_at=happened(session, command), fit_if_absent=True,
            command_id=command.command_id,
        ),
    )  # fmt: skip


def _bill(
    session: Session, actor: Actor, row: WorkOrder, command: UsePartOnVisit, part: Part,
    line_id: str,
) -> dict[str, Any]:  # fmt: skip
    """Who bears the part, and what is left for the customer; without a device the list price."""
    if not row.serial:
        price = _list_price(part, command.quantity)
        return _priced(price) | {"covered": None, "covered_by": "", "reasons": []}
    on = happened(session, command).astimezone(ZoneInfo(row.time_zone)).date()
    asked = Asked(
        serial=row.serial, kind=Coverage.PARTS, part=part.number, quantity=command.quantity, on=on
    )
    found = contracts.entitled(session, actor, asked)
    _count(session, actor, row, found, line_id)
    price = Money.of(found.price.amount, found.price.currency) if found.price else None
    return _priced(price) | {
        "covered": found.covered, "covered_by": found.by,
        "reasons": [reason.model_dump(mode="json") for reason in found.reasons],
    }  # fmt: skip


def _count(
    session: Session, actor: Actor, row: WorkOrder, found: EntitlementView, line_id: str
) -> None:
    """What the contract bears counts against its limit."""
    if found.by != "contract" or found.list_price is None or found.price is None:
        return
    whole = Money.of(found.list_price.amount, found.list_price.currency)
    borne = whole - Money.of(found.price.amount, found.price.currency)
    if borne.amount > 0:
        contracts.book_use(session, actor, BookUse(
            number=found.contract, what=Coverage.PARTS, used_on=found.on,
            amount=Price(amount=str(borne.amount), currency=borne.currency),
            source=f"{row.number}:{line_id}",
        ))  # fmt: skip


def _list_price(part: Part, quantity: int) -> Money | None:
    if part.unit_price is None or not part.currency:
        return None
    return Money.of(part.unit_price, part.currency).times(quantity)


def _priced(price: Money | None) -> dict[str, Any]:
    return {
        "price_amount": price.amount if price else None,
        "price_currency": price.currency if price else "",
    }
