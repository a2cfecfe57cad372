"""A maker's own types and fields on tickets: what a new one has, what a step needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.custom import holding
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.form_rules import lacking
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import FormView
from careloop.crm_core.custom.values import BadValue, read_value
from careloop.crm_core.tickets.models import Priority, Ticket, TicketType
from careloop.crm_core.tickets.schemas import ChangeTicket, OpenTicket
from careloop.kit.actor import Actor, Role
from careloop.kit.errors import InvalidInput


def typed(session: Session, actor: Actor, command: OpenTicket) -> OpenTicket:
    """The command with the base and the priority that its own type brings."""
    if not command.own_type:
        return command
    found = custom.own_type(session, actor.tenant_id, command.own_type)
    if found is None or not found.active:
        raise InvalidInput(
            f"There is no ticket type {command.own_type!r}", own_type="is no type of this maker"
        )
    told = command.model_fields_set
    if "type" in told and command.type != found.base:
        raise InvalidInput(
            f"{found.code} is of the type {found.base}", type="is not that of the own type"
        )
    brought: dict[str, Any] = {"type": TicketType(found.base)}
    if found.priority and "priority" not in told:
        brought["priority"] = Priority(found.priority)
    return command.model_copy(update=brought)


def values_of_new(session: Session, actor: Actor, command: OpenTicket) -> dict[str, Any]:
    """The own fields of a new ticket. Staff give what the form needs; the bot, an import or a
    rule may lack it, and the ticket says so."""
    strict = actor.is_staff and actor.role is not Role.SYSTEM
    form = form_of(session, actor.tenant_id, command.type, command.own_type) if strict else None
    return holding.first_values(
        session, actor.tenant_id, Subject.TICKET, command.custom, strict=strict, form=form
    )


def form_of(session: Session, tenant_id: str, ticket_type: str, own: str) -> FormView:
    return custom.form_of(session, tenant_id, ticket_type, own)


def retyped(session: Session, actor: Actor, ticket: Ticket, command: ChangeTicket) -> Any:
    """Type and own type after a change, as columns; an own type falls with its base."""
    if command.own_type is None:
        if command.type in (None, ticket.type) or not ticket.own_type:
            return {}
        return {"own_type": ""}
    if not command.own_type:
        return {"own_type": ""}
    found = custom.own_type(session, actor.tenant_id, command.own_type)
    if found is None or not (found.active or found.code == ticket.own_type):
        raise InvalidInput(
            f"There is no ticket type {command.own_type!r}", own_type="is no type of this maker"
        )
    if command.type not in (None, found.base):
        raise InvalidInput(
            f"{found.code} is of the type {found.base}", type="is not that of the own type"
        )
    return {"own_type": found.code, "type": found.base}


def change(
    session: Session, actor: Actor, ticket: Ticket, command: ChangeTicket
) -> dict[str, list[Any]]:
    """Set own fields; what changed, as `custom.<key>` to [before, after]."""
    if not command.custom:
        return {}
    strict = actor.is_staff and actor.role is not Role.SYSTEM
    form = form_of(session, ticket.tenant_id, ticket.type, ticket.own_type) if strict else None
    changed = holding.change_values(session, ticket, command.custom, strict=strict, form=form)
    return {f"custom.{key}": pair for key, pair in changed.items()}


def carried(session: Session, ticket: Ticket) -> dict[str, Any]:
    """The own fields that a ticket made from this one begins with: what may still be chosen."""
    found: dict[str, Any] = {}
    for key, field in custom.by_key(session, ticket.tenant_id, Subject.TICKET).items():
        if not field.active or key not in (ticket.custom or {}):
            continue
        try:
            found[key] = read_value(field, ticket.custom[key])
        except BadValue:
            continue
    return found


def missing(session: Session, ticket: Ticket, state: str) -> list[str]:
    """Own fields, as `custom.<key>`, without which the ticket may not enter a state."""
    fields = custom.fields(session, ticket.tenant_id, Subject.TICKET)
    if not any(field.active for field in fields):
        return []
    form = custom.form_of(session, ticket.tenant_id, ticket.type, ticket.own_type, fields)
    return [f"custom.{key}" for key in lacking(form, fields, ticket.custom or {}, state)]


def refuse_missing(session: Session, ticket: Ticket, state: str) -> None:
    """Raise `InvalidInput` that names what the form needs before that state."""
    names = missing(session, ticket, state)
    if names:
        words = state.replace("_", " ")
        text = f"Fill in first: {', '.join(names)}"
        raise InvalidInput(text, **dict.fromkeys(names, f"is needed for {words}"))


def seen_by_customer(session: Session, tenant_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Of a ticket's own fields those that its customer may see."""
    if not values:
        return {}
    public = {field.key for field in custom.public_fields(session, tenant_id, Subject.TICKET)}
    return {key: value for key, value in values.items() if key in public}
