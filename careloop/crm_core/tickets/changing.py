"""Changing the facts of a ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import own_fields, policy, queries, references
from careloop.crm_core.tickets.events import TicketChanged, TicketEdited
from careloop.crm_core.tickets.lines import locked, note, tell_watchers
from careloop.crm_core.tickets.models import Ticket, TicketType
from careloop.crm_core.tickets.parents import hang
from careloop.crm_core.tickets.schemas import ChangeTicket, TicketView
from careloop.crm_core.tickets.search import SEARCHED, index_words
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.events import emit

_PLAIN = (
    "title", "description", "priority", "type", "engineer", "model", "error_codes",
    "callback_phone", "component",
)  # fmt: skip
SEARCHED_COLUMNS = frozenset(SEARCHED)
_PROMISED = {
    "priority": "priority", "type": "type", "contract": "contract", "asset_id": "asset",
    "customer_id": "customer",
}  # fmt: skip
"""Columns that promises depend on, and what `TicketChanged` calls them."""


def change_ticket(session: Session, actor: Actor, command: ChangeTicket) -> TicketView:
    """Change facts of a ticket; the history tells which, with before and after."""
    if command.parent is not None:
        # All rows that this needs are locked at once, so that two acts never wait crosswise.
        ticket = hang(session, actor, command.number, command.parent, command.version)
    else:
        ticket = locked(session, actor, command.number, command.version)
    wanted = _wanted(session, actor, ticket, command)
    changed: dict[str, Any] = {}
    for name, value in wanted.items():
        if getattr(ticket, name) != value:
            changed[name] = [getattr(ticket, name), value]
            setattr(ticket, name, value)
    own = own_fields.change(session, actor, ticket, command)
    if not changed and not own:
        return queries.ticket_view(ticket)
    ticket.touch(now(session))
    if not SEARCHED_COLUMNS.isdisjoint(changed):
        index_words(session, ticket)
    told = {name: change for name, change in changed.items() if name != "asset_id"} | own
    note(session, actor, ticket, "changed", data=_named(session, actor, told))
    promised = frozenset(_PROMISED[name] for name in changed if name in _PROMISED)
    if promised:
        emit(
            session,
            TicketChanged(actor.tenant_id, ticket.number, ticket.id, promised, now(session)),
        )
    emit(session, TicketEdited(actor.tenant_id, ticket.number, ticket.id, told, now(session)))
    tell_watchers(session, actor, ticket, "changed", f"changed: {', '.join(told)}")
    return queries.ticket_view(ticket)


def _wanted(
    session: Session, actor: Actor, ticket: Ticket, command: ChangeTicket
) -> dict[str, Any]:
    """Each column that the command speaks of, with its checked value."""
    found: dict[str, Any] = {
        name: getattr(command, name) for name in _PLAIN if getattr(command, name) is not None
    }
    found |= own_fields.retyped(session, actor, ticket, command)
    for name, check in _CHECKS.items():
        value = getattr(command, name)
        if value is not None:
            found |= check(session, actor, ticket, value)
    wanted_type = TicketType(found.get("type", ticket.type))
    if command.fields is not None or wanted_type != ticket.type:
        found["fields"] = _fields(ticket, wanted_type, command.fields or {})
    return found


def _fields(ticket: Ticket, wanted_type: TicketType, given: dict[str, Any]) -> dict[str, Any]:
    """The fields after the change; those that the type's form does not know fall away."""
    names = {field.name for field in policy.FORMS[wanted_type]}
    kept = {name: value for name, value in ticket.fields.items() if name in names}
    merged = kept | policy.checked_fields(wanted_type, given)
    return {name: value for name, value in merged.items() if given.get(name, "") is not None}


def _assignee(session: Session, actor: Actor, _: Ticket, value: str) -> dict[str, Any]:
    return {"assignee_id": accounts.user(session, actor, value).id if value else None}


def _device(session: Session, actor: Actor, ticket: Ticket, value: str) -> dict[str, Any]:
    if not value:
        return {"asset_id": None, "serial": ""}
    asset = assets.asset(session, actor, value)
    found: dict[str, Any] = {"asset_id": asset.id, "serial": asset.serial, "model": asset.model}
    if ticket.customer_id is None and asset.customer_id is not None:
        found["customer_id"] = asset.customer_id
    contract = references.running_contract(session, actor, asset)
    return found | ({"contract": contract} if contract else {})


def _customer(session: Session, actor: Actor, _: Ticket, value: str) -> dict[str, Any]:
    return {"customer_id": customers.customer(session, actor, value).id if value else None}


def _contact(session: Session, actor: Actor, ticket: Ticket, value: str) -> dict[str, Any]:
    if not value:
        return {"contact_id": None}
    contact = customers.contact(session, actor, value)
    found: dict[str, Any] = {"contact_id": contact.id}
    if ticket.customer_id is None and contact.customer_id is not None:
        found["customer_id"] = contact.customer_id
    return found


def _conversation(_: Session, __: Actor, ___: Ticket, value: str) -> dict[str, Any]:
    return {"conversation_id": value or None}


def _contract(session: Session, actor: Actor, _: Ticket, value: str) -> dict[str, Any]:
    return {"contract": references.known_contract(session, actor, value) if value else ""}


# A later one wins: what the caller says of customer and contract stands over what a device brings.
_CHECKS: dict[str, Callable[[Session, Actor, Ticket, str], dict[str, Any]]] = {
    "assignee_id": _assignee,
    "serial": _device,
    "contact_id": _contact,
    "customer_id": _customer,
    "conversation_id": _conversation,
    "contract": _contract,
}


def _named(session: Session, actor: Actor, changed: dict[str, Any]) -> dict[str, Any]:
    """The changes with the names of the people in them, as they are called today."""
    ids = {one for one in changed.get("assignee_id", ()) if one}
    if not ids:
        return changed
    return {**changed, "names": accounts.names(session, actor.tenant_id, ids)}
