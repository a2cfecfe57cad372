"""Selects of fields, forms and own ticket types."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.custom.models import (
    CustomField,
    CustomForm,
    Customised,
    CustomValue,
    FieldType,
    OwnTicketType,
    Subject,
)  # fmt: skip
from careloop.crm_core.custom.schemas import (
    FieldView,
    FormItem,
    FormSection,
    FormView,
    TicketTypeView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound

_FACTS = (
    "id", "key", "label", "help", "required", "default", "options", "searchable", "in_list",
    "public", "position", "active", "version",
)  # fmt: skip


def visible_to(actor: Actor) -> Select[CustomField]:
    """Fields the actor may know of: staff all, a customer those that are public."""
    statement = select(CustomField).where(CustomField.tenant_id == actor.tenant_id)
    if actor.is_staff:
        return statement
    return statement.where(CustomField.public, CustomField.active)


def fields_for(session: Session, actor: Actor, subject: Subject | None = None) -> list[FieldView]:
    """Fields that the actor may know of, in order."""
    statement = visible_to(actor)
    if subject is not None:
        statement = statement.where(CustomField.subject == subject)
    return _views(session, statement)


def fields(session: Session, tenant_id: str, subject: Subject) -> list[FieldView]:
    """All fields of a subject, in order, for the books themselves."""
    statement = select(CustomField).where(
        CustomField.tenant_id == tenant_id, CustomField.subject == subject
    )
    return _views(session, statement)


def by_key(session: Session, tenant_id: str, subject: Subject) -> dict[str, FieldView]:
    """The same, by key."""
    return {field.key: field for field in fields(session, tenant_id, subject)}


def _views(session: Session, statement: Select[CustomField]) -> list[FieldView]:
    ordered = statement.order_by(CustomField.subject, CustomField.position, CustomField.id)
    return [field_view(row) for row in session.scalars(ordered)]


def field(session: Session, actor: Actor, field_id: str, lock: bool = False) -> CustomField:
    """One field, for the writers under a lock."""
    statement = visible_to(actor).where(CustomField.id == field_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such field")
    return found


def field_view(row: CustomField) -> FieldView:
    return FieldView.model_validate(
        {
            "object": row.subject, "type": row.type, **(row.limits or {}),
            **{name: getattr(row, name) for name in _FACTS},
        }
    )  # fmt: skip


def how_many(session: Session, tenant_id: str, subject: Subject) -> int:
    """How many fields a subject has, those out of use too."""
    statement = select(func.count()).where(
        CustomField.tenant_id == tenant_id, CustomField.subject == subject
    )
    return session.scalar(statement) or 0


def types(session: Session, tenant_id: str) -> list[TicketTypeView]:
    """A maker's own ticket types, in order."""
    statement = select(OwnTicketType).where(OwnTicketType.tenant_id == tenant_id)
    ordered = statement.order_by(OwnTicketType.position, OwnTicketType.code)
    return [type_view(row) for row in session.scalars(ordered)]


def own_type(
    session: Session, tenant_id: str, code: str, lock: bool = False
) -> OwnTicketType | None:
    """The own type of that code."""
    statement = select(OwnTicketType).where(
        OwnTicketType.tenant_id == tenant_id, OwnTicketType.code == code
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def type_view(row: OwnTicketType) -> TicketTypeView:
    return TicketTypeView(
        code=row.code, base=row.base, label=row.label, priority=row.priority,
        position=row.position, active=row.active, version=row.version,
    )  # fmt: skip


def form_row(
    session: Session, tenant_id: str, ticket_type: str, lock: bool = False
) -> CustomForm | None:
    """The form that the maker has made for a type."""
    statement = select(CustomForm).where(
        CustomForm.tenant_id == tenant_id, CustomForm.ticket_type == ticket_type
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def form_of(
    session: Session, tenant_id: str, ticket_type: str, own: str = "",
    known: Sequence[FieldView] = (),
) -> FormView:  # fmt: skip
    """The form of a ticket: of its own type, else of the built-in one, else every field."""
    wanted = [code for code in (own, ticket_type) if code]
    statement = select(CustomForm).where(
        CustomForm.tenant_id == tenant_id, CustomForm.ticket_type.in_(wanted)
    )
    found = {row.ticket_type: row for row in session.scalars(statement)}
    row = next((found[code] for code in wanted if code in found), None)
    if row is None:
        known = known or fields(session, tenant_id, Subject.TICKET)
    return form_view(wanted[0], row, known)


def forms(session: Session, tenant_id: str, ticket_types: Sequence[str]) -> list[FormView]:
    """The form of each type named, those that the maker has not made among them."""
    statement = select(CustomForm).where(CustomForm.tenant_id == tenant_id)
    found = {row.ticket_type: row for row in session.scalars(statement)}
    known = fields(session, tenant_id, Subject.TICKET)
    return [form_view(code, found.get(code), known) for code in ticket_types]


def form_view(ticket_type: str, row: CustomForm | None, known: Sequence[FieldView]) -> FormView:
    """A form as it is on file; where there is none, every active field in its order."""
    if row is not None and row.sections:
        sections = [FormSection.model_validate(section) for section in row.sections]
        return FormView(ticket_type=ticket_type, own=True, version=row.version, sections=sections)
    items = [FormItem(field=one.key, required=one.required) for one in known if one.active]
    return FormView(
        ticket_type=ticket_type, own=False, version=row.version if row else 0,
        sections=[FormSection(fields=items)] if items else [],
    )  # fmt: skip


# Values on file.


def rows_of(
    session: Session, tenant_id: str, subject: Subject, object_id: str
) -> list[CustomValue]:
    """The typed values of one object."""
    statement = select(CustomValue).where(
        CustomValue.tenant_id == tenant_id,
        CustomValue.subject == subject,
        CustomValue.object_id == object_id,
    )
    return list(session.scalars(statement))


def used(session: Session, tenant_id: str, field_id: str, limit: int) -> list[str]:
    """Ids of objects that have a value of the field, in order, so many at most."""
    statement = (
        select(CustomValue.object_id)
        .where(CustomValue.tenant_id == tenant_id, CustomValue.field_id == field_id)
        .distinct()
        .order_by(CustomValue.object_id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def used_options(session: Session, tenant_id: str, field_id: str) -> set[str]:
    """Options of a choice that some object holds."""
    statement = select(CustomValue.folded).where(
        CustomValue.tenant_id == tenant_id, CustomValue.field_id == field_id
    )
    return {value for value in session.scalars(statement.distinct()) if value is not None}


def table_of(subject: Subject) -> type[Customised]:
    """The table that carries the values of a subject, as its own domain declares it."""
    found = {kind.custom_subject: kind for kind in Customised.__subclasses__()}
    return found[subject]


def holders(
    session: Session, tenant_id: str, subject: Subject, ids: Sequence[str]
) -> list[Customised]:
    """The rows of a subject by id, under a lock, in the order of their ids."""
    model = table_of(subject)
    statement = select(model).where(model.tenant_id == tenant_id, model.id.in_(ids))
    return list(session.scalars(statement.order_by(model.id).with_for_update()))


def public_fields(session: Session, tenant_id: str, subject: Subject) -> list[FieldView]:
    """Active fields that the customer may see."""
    return [one for one in fields(session, tenant_id, subject) if one.public and one.active]


TEXTUAL = frozenset({
    FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK, FieldType.EMAIL, FieldType.PHONE,
})  # fmt: skip
