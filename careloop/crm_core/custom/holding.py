"""Writers of values: on a new object, on a changed one, in bulk.

The JSON on the object and the typed rows beside it are written in one act, always here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries
from careloop.crm_core.custom.form_rules import OPEN, lacking
from careloop.crm_core.custom.models import Customised, CustomValue, Subject
from careloop.crm_core.custom.schemas import FieldView, FormView
from careloop.crm_core.custom.values import columns_of, read_values, refuse

NEEDED = "is needed"


def first_values(
    session: Session, tenant_id: str, subject: Subject, given: Mapping[str, Any],
    *, strict: bool = False, form: FormView | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The checked values of a new object, with defaults for what was left out.

    `strict`: what is needed must be there. Without a `form` each field says so itself.
    """
    fields = queries.by_key(session, tenant_id, subject)
    if not fields and not given:
        return {}
    values = read_values(fields, given, {})
    for field in fields.values():
        if field.active and field.key not in given and field.default is not None:
            values[field.key] = field.default
    kept = {key: value for key, value in values.items() if value is not None}
    if strict:
        refuse(dict.fromkeys(_lacking(fields, form, kept, OPEN), NEEDED))
    return kept


def file_first(session: Session, row: Customised) -> None:
    """Put the typed rows of a new object beside it; the object itself has been written."""
    if row.custom:
        subject = row.custom_subject
        fields = queries.by_key(session, row.tenant_id, subject)
        file_many(session, row.tenant_id, subject, fields, [(row.id, row.custom)])


def file_many(
    session: Session, tenant_id: str, subject: Subject, fields: Mapping[str, FieldView],
    objects: Sequence[tuple[str, Mapping[str, Any]]],
) -> None:  # fmt: skip
    """Put the typed rows of many new objects beside them, in one statement."""
    found = [
        {
            "tenant_id": tenant_id, "subject": subject, "object_id": object_id,
            "field_id": fields[key].id, "slot": slot, **columns,
        }
        for object_id, values in objects
        for key, value in values.items()
        if key in fields
        for slot, columns in enumerate(columns_of(fields[key], value))
    ]  # fmt: skip
    if found:
        session.flush()
        session.connection().execute(insert(CustomValue), found)


def change_values(
    session: Session, row: Customised, given: Mapping[str, Any] | None,
    *, strict: bool = False, form: FormView | None = None,
) -> dict[str, list[Any]]:  # fmt: skip
    """Set single values, null clears; returns what changed as key to [before, after].

    `strict`: nothing that is needed may be cleared; what was lacking before stays allowed. The
    caller holds the row's lock and touches it.
    """
    if not given:
        return {}
    tenant_id, subject = row.tenant_id, row.custom_subject
    fields = queries.by_key(session, tenant_id, subject)
    before = dict(row.custom or {})
    checked = read_values(fields, given, before)
    changed = {
        key: [before.get(key), value]
        for key, value in checked.items()
        if before.get(key) != value or type(before.get(key)) is not type(value)
    }
    if not changed:
        return {}
    after = {key: value for key, value in {**before, **checked}.items() if value is not None}
    if strict:
        was = set(_lacking(fields, form, before, OPEN))
        now = [key for key in _lacking(fields, form, after, OPEN) if key not in was]
        refuse({key: NEEDED for key in now if key in checked})
    row.custom = after
    _file_again(session, tenant_id, subject, row.id, fields, {k: after.get(k) for k in changed})
    return changed


def replace_many(
    session: Session, tenant_id: str, subject: Subject, fields: Mapping[str, FieldView],
    objects: Sequence[tuple[str, Mapping[str, Any]]],
) -> None:  # fmt: skip
    """Make the typed rows of stored objects say what their JSON says now."""
    ids = [object_id for object_id, _ in objects]
    for start in range(0, len(ids), 500):
        session.execute(
            delete(CustomValue).where(
                CustomValue.tenant_id == tenant_id,
                CustomValue.subject == subject,
                CustomValue.object_id.in_(ids[start : start + 500]),
            ),
            execution_options={"synchronize_session": False},
        )
    file_many(session, tenant_id, subject, fields, objects)


def _file_again(
    session: Session, tenant_id: str, subject: Subject, object_id: str,
    fields: Mapping[str, FieldView], values: Mapping[str, Any],
) -> None:  # fmt: skip
    session.execute(
        delete(CustomValue).where(
            CustomValue.tenant_id == tenant_id,
            CustomValue.subject == subject,
            CustomValue.object_id == object_id,
            CustomValue.field_id.in_([fields[key].id for key in values]),
        ),
        execution_options={"synchronize_session": False},
    )
    file_many(session, tenant_id, subject, fields, [(object_id, values)])


def _lacking(
    fields: Mapping[str, FieldView], form: FormView | None, values: Mapping[str, Any], at: str
) -> list[str]:
    if form is not None:
        return lacking(form, list(fields.values()), values, at)
    return [
        field.key for field in fields.values()
        if field.active and field.required and values.get(field.key) is None
    ]  # fmt: skip
