"""Writers of fields, forms and own ticket types."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries
from careloop.crm_core.custom.models import (
    CustomField,
    CustomForm,
    FieldType,
    OwnTicketType,
    Subject,
)  # fmt: skip
from careloop.crm_core.custom.retyping import convert
from careloop.crm_core.custom.schemas import (
    AddField,
    ChangeField,
    FieldChanged,
    FieldView,
    FormView,
    OrderFields,
    SetForm,
    SetTicketType,
    TicketTypeView,
)  # fmt: skip
from careloop.crm_core.custom.shapes import CHOICES, LIMITS, check_definition, limits_of
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

MOST_FIELDS = 100
MOST_TYPES = 50
_CLEARABLE = frozenset({*LIMITS, "default"})
_PLAIN = ("label", "help", "required", "searchable", "in_list", "public", "active")


def add_field(session: Session, actor: Actor, command: AddField) -> FieldView:
    """Add a field at the end of its subject's."""
    known = queries.by_key(session, actor.tenant_id, command.object)
    if command.key in known:
        raise Conflict(f"There is a field {command.key} already; choose another key")
    if queries.how_many(session, actor.tenant_id, command.object) >= MOST_FIELDS:
        raise Conflict(f"A {command.object} has {MOST_FIELDS} fields at most; use one again")
    at = now(session)
    row = CustomField(
        tenant_id=actor.tenant_id, id=new_id(), subject=command.object.value, key=command.key,
        type=command.type.value, default=command.default, limits=limits_of(command),
        options=[option.model_dump() for option in command.options],
        position=max((field.position for field in known.values()), default=-1) + 1,
        version=1, created_at=at, updated_at=at,
        **{name: getattr(command, name) for name in _PLAIN},
    )  # fmt: skip
    view = queries.field_view(row)
    check_definition(view)
    session.add(row)
    session.flush()
    return view


def change_field(session: Session, actor: Actor, command: ChangeField) -> FieldChanged:
    """Change a field. Another type, where values are on file, needs `migrate`."""
    row = queries.field(session, actor, command.field_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this field meanwhile; load it again")
    before = queries.field_view(row)
    given = command.model_fields_set - {"field_id", "version", "migrate"}
    wanted = {
        name: getattr(command, name) for name in given
        if getattr(command, name) is not None or name in _CLEARABLE
    }  # fmt: skip
    retyped = command.type is not None and command.type is not before.type
    if retyped:
        wanted = {**dict.fromkeys(LIMITS), "default": None, "searchable": False, **wanted}
        wanted["unit"] = wanted["unit"] or ""
        if command.type not in CHOICES:
            wanted["options"] = []
    if "options" in wanted and not retyped:
        wanted["options"] = _options(session, row, before, command)
    texts = {name: wanted[name] or "" for name in ("unit", "pattern") if name in wanted}
    after = FieldView.model_validate({**before.model_dump(), **_plain(wanted), **texts})
    check_definition(after)
    report = FieldChanged(field=after)
    if retyped:
        report = convert(session, actor.tenant_id, before, after, command.migrate)
    for name in (*_PLAIN, "default"):
        if name in wanted:
            setattr(row, name, getattr(after, name))
    row.type, row.limits = after.type.value, limits_of(after)
    row.options = [option.model_dump() for option in after.options]
    row.touch(now(session))
    session.flush()
    return report.model_copy(update={"field": queries.field_view(row)})


def _plain(wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [one if isinstance(one, dict) else one.model_dump() for one in value]
        if name == "options" else value
        for name, value in wanted.items()
    }  # fmt: skip


def _options(
    session: Session, row: CustomField, before: FieldView, command: ChangeField
) -> list[dict[str, Any]]:
    """The options given; one that is left out goes, unless some object holds it."""
    given = [option.model_dump() for option in command.options or []]
    left_out = {option.id for option in before.options} - {option["id"] for option in given}
    held = left_out & queries.used_options(session, row.tenant_id, row.id)
    if held:
        raise Conflict(
            f"These options are in use and can only be retired: {', '.join(sorted(held))}",
            options=sorted(held),
        )
    return given


def order_fields(session: Session, actor: Actor, command: OrderFields) -> list[FieldView]:
    """Put a subject's fields in this order; those left out follow in their old one."""
    known = [field.id for field in queries.fields(session, actor.tenant_id, command.object)]
    if set(command.ids) - set(known):
        raise InvalidInput(f"Only the fields of a {command.object} can be ordered here")
    wanted = list(dict.fromkeys(command.ids))
    for position, field_id in enumerate([*wanted, *(one for one in known if one not in wanted)]):
        row = queries.field(session, actor, field_id, lock=True)
        if row.position != position:
            row.position = position
            row.touch(now(session))
    session.flush()
    return queries.fields(session, actor.tenant_id, command.object)


def set_form(session: Session, actor: Actor, command: SetForm) -> FormView:
    """Set the form of a type; the caller has checked the type and its states."""
    fields = queries.by_key(session, actor.tenant_id, Subject.TICKET)
    _check_form(command, fields)
    row = queries.form_row(session, actor.tenant_id, command.ticket_type, lock=True)
    if command.version is not None and command.version != (row.version if row else 0):
        raise VersionConflict("Somebody changed this form meanwhile; load it again")
    sections = [section.model_dump() for section in command.sections]
    at = now(session)
    if row is None:
        row = CustomForm(
            tenant_id=actor.tenant_id, id=new_id(), ticket_type=command.ticket_type,
            sections=sections, version=1, created_at=at, updated_at=at,
        )  # fmt: skip
        session.add(row)
    else:
        row.sections = sections
        row.touch(at)
    session.flush()
    return queries.form_view(command.ticket_type, row, list(fields.values()))


def _check_form(command: SetForm, fields: dict[str, FieldView]) -> None:
    problems: dict[str, str] = {}
    for item in (item for section in command.sections for item in section.fields):
        if item.field not in fields:
            problems[item.field] = "there is no such field of a ticket"
            continue
        hangs = item.shown_when
        if hangs is None or hangs.field not in fields:
            continue
        other = fields[hangs.field]
        known = {option.id for option in other.options}
        if other.type in CHOICES and not set(hangs.values) <= known:
            problems[item.field] = f"hangs on an option that {other.key} does not have"
        elif other.type is FieldType.BOOLEAN and not all(
            isinstance(one, bool) for one in hangs.values
        ):
            problems[item.field] = f"hangs on {other.key}, which is true or false"
        elif other.type not in {*CHOICES, FieldType.BOOLEAN, FieldType.TEXT}:
            problems[item.field] = f"cannot hang on a field of type {other.type}"
    if problems:
        text = "; ".join(f"{key}: {problem}" for key, problem in problems.items())
        raise InvalidInput(text, **problems)


def set_ticket_type(session: Session, actor: Actor, command: SetTicketType) -> TicketTypeView:
    """Make an own type of ticket, or change one; its code and base stay."""
    row = queries.own_type(session, actor.tenant_id, command.code, lock=True)
    if command.version is not None and command.version != (row.version if row else 0):
        raise VersionConflict("Somebody changed this type meanwhile; load it again")
    facts = {name: getattr(command, name) for name in ("label", "priority", "position", "active")}
    at = now(session)
    if row is None:
        if len(queries.types(session, actor.tenant_id)) >= MOST_TYPES:
            raise Conflict(f"There are {MOST_TYPES} own types at most; use one again")
        row = OwnTicketType(
            tenant_id=actor.tenant_id, id=new_id(), code=command.code, base=command.base,
            version=1, created_at=at, updated_at=at, **facts,
        )  # fmt: skip
        session.add(row)
    elif row.base != command.base:
        raise Conflict(f"{row.code} is of the type {row.base}; make another type instead")
    else:
        for name, value in facts.items():
            setattr(row, name, value)
        row.touch(at)
    session.flush()
    return queries.type_view(row)
