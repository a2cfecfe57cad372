"""A field becomes one of another type: refused, or its values converted one by one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries
from careloop.crm_core.custom.errors import TypeInUse
from careloop.crm_core.custom.holding import file_many
from careloop.crm_core.custom.models import CustomValue, FieldType
from careloop.crm_core.custom.schemas import FieldChanged, FieldView, LostValue
from careloop.crm_core.custom.shapes import CHOICES
from careloop.crm_core.custom.values import BadValue, fold, read_value
from careloop.kit.db import now
from careloop.kit.errors import Conflict

MOST_CONVERTED = 20_000
TOLD = 100


def convert(
    session: Session, tenant_id: str, before: FieldView, after: FieldView, migrate: bool
) -> FieldChanged:
    """Convert every value on file; what cannot be is cleared and told.

    Raises `TypeInUse` without `migrate`, `Conflict` where there are more than one act may touch.
    """
    ids = queries.used(session, tenant_id, before.id, MOST_CONVERTED + 1)
    if not ids:
        return FieldChanged(field=after)
    if len(ids) > MOST_CONVERTED:
        raise Conflict(f"More than {MOST_CONVERTED} objects have this field; add a new one instead")
    if not migrate:
        raise TypeInUse(
            f"{len(ids)} objects have a value of this field. Ask for `migrate` to convert them: "
            "what cannot be converted is cleared and told",
            objects=len(ids),
        )
    lost: list[LostValue] = []
    kept: list[tuple[str, dict[str, Any]]] = []
    at = now(session)
    for row in queries.holders(session, tenant_id, before.object, ids):
        old = row.custom.get(before.key)
        try:
            value = converted(before, after, old)
        except BadValue as error:
            lost.append(LostValue(object_id=row.id, value=old, reason=str(error)))
            value = None
        rest = {key: one for key, one in row.custom.items() if key != before.key}
        row.custom = rest if value is None else {**rest, before.key: value}
        row.touch(at)
        if value is not None:
            kept.append((row.id, {before.key: value}))
    session.execute(
        delete(CustomValue).where(
            CustomValue.tenant_id == tenant_id, CustomValue.field_id == before.id
        ),
        execution_options={"synchronize_session": False},
    )
    file_many(session, tenant_id, before.object, {after.key: after}, kept)
    return FieldChanged(field=after, converted=len(kept), lost=len(lost), lost_values=lost[:TOLD])


def converted(before: FieldView, after: FieldView, value: Any) -> Any:
    """A value of the old type as one of the new; `BadValue` where there is none."""
    if value is None:
        return None
    if before.type in CHOICES and after.type in CHOICES:
        return _between_choices(after, value)
    if isinstance(value, list) and len(value) != 1:
        raise BadValue("several", "holds several options")
    one = value[0] if isinstance(value, list) else value
    if before.type in CHOICES:
        labels = next((o.label for o in before.options if o.id == one), {})
        one = labels.get("en") or next(iter(labels.values()), one)
    if after.type in CHOICES:
        return _as_option(after, one)
    if after.type is FieldType.DATE and before.type is FieldType.DATETIME:
        return read_value(after, str(one)[:10])
    if after.type is FieldType.DATETIME and before.type is FieldType.DATE:
        return read_value(after, f"{one}T00:00:00Z")
    return read_value(after, fold(one) if isinstance(one, bool) else _text(after, one))


def _text(after: FieldView, value: Any) -> Any:
    if after.type is FieldType.NUMBER or isinstance(value, str):
        return value
    return str(value)


def _between_choices(after: FieldView, value: Any) -> Any:
    given = value if isinstance(value, list) else [value]
    if after.type is FieldType.MULTI_CHOICE:
        return read_value(after, given, given)
    if len(given) != 1:
        raise BadValue("several", "holds several options")
    return read_value(after, given[0], given[0])


def _as_option(after: FieldView, value: Any) -> Any:
    """The option whose id or label a text is."""
    wanted = fold(value)
    for option in after.options:
        if wanted in {fold(option.id), *(fold(label) for label in option.label.values())}:
            found = option.id
            return [found] if after.type is FieldType.MULTI_CHOICE else found
    raise BadValue("not_option", "is none of the options")
