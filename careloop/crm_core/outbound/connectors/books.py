"""Writing what came from the other side into our books, by the services of each domain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets import service as asset_service
from careloop.crm_core.assets.schemas import (
    ChangeAsset,
    ChangeFirmware,
    CreateAsset,
    MoveAsset,
    TransferAsset,
)  # fmt: skip
from careloop.crm_core.customers import registering
from careloop.crm_core.customers.registering import (
    AddContact,
    AddCustomer,
    ContactFacts,
    CustomerChanges,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.schemas import ChangeTicket, MoveTicket, OpenTicket
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound

Values = dict[str, Any]


def create(session: Session, actor: Actor, object_name: str, values: Values, channel: str) -> str:
    """Make a record of ours out of a mapping's values; returns its id."""
    told = {name: value for name, value in values.items() if value not in ("", None)}
    return _CREATE[object_name](session, actor, told, channel)


def change(session: Session, actor: Actor, object_name: str, our_id: str, values: Values) -> None:
    """Give a record of ours those values; what cannot be is a named failure."""
    _CHANGE[object_name](session, actor, our_id, values)


def fixed(object_name: str) -> frozenset[str]:
    """Fields that never change once a record is made."""
    return _FIXED[object_name]


_FIXED = {
    "customers": frozenset({"number"}),
    "contacts": frozenset(),
    "assets": frozenset({"serial", "model", "status", "contract_number"}),
    "tickets": frozenset({"number", "language", "resolution", "created_at"}),
}


def _command(kind: type[Any], **values: Any) -> Any:
    """The command; a value that does not fit is named by its field."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        told = "; ".join(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors(include_url=False)
        )
        raise InvalidInput(told) from None


def _add_customer(session: Session, actor: Actor, values: Values, _: str) -> str:
    return registering.add_customer(session, actor, _command(AddCustomer, **values)).id


def _change_customer(session: Session, actor: Actor, our_id: str, values: Values) -> None:
    command = _command(CustomerChanges, customer_id=our_id, **values)
    registering.change_customer(session, actor, command)


def _add_contact(session: Session, actor: Actor, values: Values, _: str) -> str:
    command = _command(AddContact, **_named(values, {"customer": "customer_id"}))
    return registering.add_contact(session, actor, command).id


def _change_contact(session: Session, actor: Actor, our_id: str, values: Values) -> None:
    facts = _named(values, {"customer": "customer_id"})
    registering.change_contact_facts(
        session, actor, _command(ContactFacts, contact_id=our_id, **facts)
    )


def _add_asset(session: Session, actor: Actor, values: Values, _: str) -> str:
    facts = _named(values, {"customer": "customer_id"})
    facts.setdefault("status", "installed" if facts.get("installed_on") else "in_stock")
    return asset_service.create_asset(session, actor, _command(CreateAsset, **facts)).id


_ASSET_FACTS = ("name", "installed_by", "installed_on", "shipped_on", "warranty_until")


def _change_asset(session: Session, actor: Actor, our_id: str, values: Values) -> None:
    """Owner, place and firmware have acts of their own, which leave a line in the device's file."""
    row = assets.asset_by_id(session, actor.tenant_id, our_id)
    if row is None:
        raise NotFound("There is no such device")
    facts: Values = {name: values[name] for name in _ASSET_FACTS if name in values}
    for name in ("installed_on", "shipped_on", "warranty_until"):
        if name in facts:
            facts[name] = date.fromisoformat(facts[name]) if facts[name] else None
    if facts:
        command = _command(ChangeAsset, serial=row.serial, **facts)
        asset_service.change_asset(session, actor, command)
    if "customer" in values:
        owner = {"customer_id": values["customer"] or None, "site": values.get("site", row.site)}
        asset_service.transfer_asset(
            session, actor, _command(TransferAsset, serial=row.serial, **owner)
        )
    elif "site" in values:
        move = _command(MoveAsset, serial=row.serial, site=values["site"])
        asset_service.move_asset(session, actor, move)
    if values.get("firmware"):
        update = _command(ChangeFirmware, serial=row.serial, firmware=values["firmware"])
        asset_service.change_firmware(session, actor, update)


def _open_ticket(session: Session, actor: Actor, values: Values, channel: str) -> str:
    facts = _named(values, {"customer": "customer_id", "contact": "contact_id"})
    state = facts.pop("state", "new")
    facts.pop("component", None)
    view = ticket_service.open_ticket(
        session, actor, _command(OpenTicket, channel=channel[:20], **facts)
    )
    row = tickets.ticket(session, actor, view.number)
    later = {name: values[name] for name in ("component",) if name in values}
    if state not in ("", row.state):
        later["state"] = state
    if later:
        _change_ticket(session, actor, row.id, later)
    return row.id


_TICKET_FACTS = (
    "title", "description", "type", "priority", "serial", "callback_phone", "component",
    "customer", "contact",
)  # fmt: skip


def _change_ticket(session: Session, actor: Actor, our_id: str, values: Values) -> None:
    """Facts first, then the step: a state is reached by the ticket's own arrows or not at all."""
    row = tickets.ticket_by_id(session, actor.tenant_id, our_id)
    if row is None:
        raise NotFound("There is no such ticket")
    facts: Values = {name: values[name] for name in _TICKET_FACTS if name in values}
    if facts:
        named = _named(facts, {"customer": "customer_id", "contact": "contact_id"})
        command = _command(ChangeTicket, number=row.number, **named)
        ticket_service.change_ticket(session, actor, command)
    if values.get("state") and values["state"] != row.state:
        reason = f"{actor.name} says so"
        step = _command(MoveTicket, number=row.number, state=values["state"], reason=reason)
        ticket_service.move_ticket(session, actor, step)


def _named(values: Values, names: dict[str, str]) -> Values:
    return {names.get(name, name): value for name, value in values.items()}


_CREATE: dict[str, Callable[[Session, Actor, Values, str], str]] = {
    "customers": _add_customer, "contacts": _add_contact, "assets": _add_asset,
    "tickets": _open_ticket,
}  # fmt: skip
_CHANGE: dict[str, Callable[[Session, Actor, str, Values], None]] = {
    "customers": _change_customer, "contacts": _change_contact, "assets": _change_asset,
    "tickets": _change_ticket,
}  # fmt: skip
