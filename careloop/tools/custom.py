"""Tools over a maker's own fields, forms and ticket types."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries, service
from careloop.crm_core.custom.schemas import (
    AddField,
    ChangeField,
    CustomFields,
    FieldChanged,
    FieldView,
    FormView,
    OrderFields,
    SetForm,
    SetTicketType,
    TicketTypeView,
)  # fmt: skip
from careloop.crm_core.tickets.models import TicketState, TicketType
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound
from careloop.tools.spec import Effect, tool

NEVER_ASKED = frozenset({TicketState.NEW, TicketState.MERGED})


@tool("custom.add_field", effect=Effect.WRITE, scope="settings:write")
def add_field(session: Session, actor: Actor, command: AddField) -> FieldView:
    """Add a field of the maker's own to tickets, customers, devices and the like."""
    return service.add_field(session, actor, command)


@tool("custom.change_field", effect=Effect.WRITE, scope="settings:write")
def change_field(session: Session, actor: Actor, command: ChangeField) -> FieldChanged:
    """Change a field; another type converts what is on file, if asked to."""
    return service.change_field(session, actor, command)


@tool("custom.order_fields", effect=Effect.WRITE, scope="settings:write")
def order_fields(session: Session, actor: Actor, command: OrderFields) -> CustomFields:
    """Put the fields of an object in order."""
    return CustomFields(items=service.order_fields(session, actor, command))


@tool("custom.set_form", effect=Effect.WRITE, scope="settings:write")
def set_form(session: Session, actor: Actor, command: SetForm) -> FormView:
    """Set which fields a type of ticket shows, and when each is needed."""
    built_in = command.ticket_type in set(TicketType)
    if not built_in and queries.own_type(session, actor.tenant_id, command.ticket_type) is None:
        raise NotFound(f"There is no ticket type {command.ticket_type!r}")
    known = {str(state) for state in TicketState if state not in NEVER_ASKED}
    for section in command.sections:
        for item in section.fields:
            unknown = set(item.required_in) - known
            if unknown:
                text = f"no state that a ticket enters: {', '.join(sorted(unknown))}"
                raise InvalidInput(f"{item.field}: {text}", **{item.field: text})
    return service.set_form(session, actor, command)


@tool("custom.set_ticket_type", effect=Effect.WRITE, scope="settings:write")
def set_ticket_type(session: Session, actor: Actor, command: SetTicketType) -> TicketTypeView:
    """Make or change a ticket type of the maker's own, on the base of a built-in one."""
    if command.base not in set(TicketType):
        raise InvalidInput(f"There is no built-in type {command.base!r}", base="is none of them")
    if command.code in set(TicketType):
        raise InvalidInput(f"{command.code} is built in", code="is the name of a built-in type")
    return service.set_ticket_type(session, actor, command)
