"""A maker's own fields, forms and ticket types."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from careloop.api.auth import DeskDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.crm_core.custom import queries
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import (
    AddField,
    ChangeField,
    CustomFields,
    CustomForms,
    FieldChanged,
    FieldChanges,
    FieldView,
    FormView,
    OrderFields,
    SetForm,
    SetTicketType,
    TicketTypes,
    TicketTypeView,
)  # fmt: skip
from careloop.crm_core.tickets.models import TicketType

router = APIRouter(prefix="/v1/custom", tags=["custom"])


@router.get("/fields")
def fields(
    session: SessionDep, actor: DeskDep,
    subject: Annotated[Subject | None, Query(alias="object")] = None,
) -> CustomFields:  # fmt: skip
    """Fields of all objects, or of one, in their order; those out of use among them."""
    return CustomFields(items=queries.fields_for(session, actor, subject))


@router.post("/fields", status_code=201)
def add_field(
    services: ServicesDep, actor: StaffDep, body: AddField, response: Response, key: KeyDep = None
) -> FieldView:
    """Add a field at the end."""
    view = act(services, actor, "custom.add_field", body, FieldView, key)
    tag(response, view.version)
    return view


@router.put("/fields/order")
def order_fields(
    services: ServicesDep, actor: StaffDep, body: OrderFields, key: KeyDep = None
) -> CustomFields:
    """Put the fields of an object in order; those left out follow."""
    return act(services, actor, "custom.order_fields", body, CustomFields, key)


@router.patch("/fields/{field_id}")
def change_field(
    services: ServicesDep, actor: StaffDep, field_id: str, body: FieldChanges, response: Response,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> FieldChanged:  # fmt: skip
    """Change a field. 409 for another type while values are on file, unless `migrate` is true:
    then they are converted, and the answer tells which could not be."""
    given = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeField.model_validate({**given, "field_id": field_id})
    changed = act(services, actor, "custom.change_field", command, FieldChanged, key)
    tag(response, changed.field.version)
    return changed


@router.get("/forms")
def forms(session: SessionDep, actor: DeskDep) -> CustomForms:
    """The form of every type of ticket, built-in and own."""
    own = [one.code for one in queries.types(session, actor.tenant_id)]
    return CustomForms(items=queries.forms(session, actor.tenant_id, [*TicketType, *own]))


@router.put("/forms")
def set_form(
    services: ServicesDep, actor: StaffDep, body: SetForm, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> FormView:  # fmt: skip
    """Set the form of one type: sections, order, what is needed when, what is shown when."""
    command = body if base is None else body.model_copy(update={"version": base})
    return act(services, actor, "custom.set_form", command, FormView, key)


@router.get("/ticket-types")
def ticket_types(session: SessionDep, actor: DeskDep) -> TicketTypes:
    """The maker's own types of ticket, in order."""
    return TicketTypes(items=queries.types(session, actor.tenant_id))


@router.put("/ticket-types")
def set_ticket_type(
    services: ServicesDep, actor: StaffDep, body: SetTicketType, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> TicketTypeView:  # fmt: skip
    """Make an own type of ticket, or change one by its code."""
    command = body if base is None else body.model_copy(update={"version": base})
    return act(services, actor, "custom.set_ticket_type", command, TicketTypeView, key)
