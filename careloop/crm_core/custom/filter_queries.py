"""Conditions of lists over a maker's own fields.

`custom.<key>` compares for equality - of a text that is searchable it finds parts - and
`custom.<key>_from`, `custom.<key>_until` bound numbers and times, both ends included. Every one
is a stretch of an index of `custom_value`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from careloop.crm_core.custom import queries
from careloop.crm_core.custom.models import CustomValue, FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.custom.values import BadValue, fold, instant, read_value
from careloop.kit.errors import InvalidInput

PREFIX = "custom."
_SPANS = {FieldType.NUMBER, FieldType.DATE, FieldType.DATETIME}
_DAY = timedelta(days=1)
MAX_GIVEN = 20

Given = tuple[tuple[str, tuple[str, ...]], ...]
"""The custom filters of an address as they came: name without `custom.`, values."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What one field must be, as stretches of the index of its typed column, one for each value.

    `in_order`: within each of them the objects lie in the order of their ids. `looked_up` says
    the same for an object at hand, in a way that no database takes for a stretch to walk.
    """

    field: FieldView
    stretches: tuple[ColumnElement[bool], ...]
    looked_up: ColumnElement[bool]
    in_order: bool


def given_of(params: Mapping[str, Sequence[str]]) -> Given:
    """The custom filters among the parameters of an address; empty ones do not filter."""
    found = {
        name.removeprefix(PREFIX): tuple(value for value in values if value.strip())
        for name, values in params.items()
        if name.startswith(PREFIX)
    }
    if len(found) > MAX_GIVEN:
        raise InvalidInput(f"At most {MAX_GIVEN} filters by own fields at once")
    return tuple((name, values) for name, values in sorted(found.items()) if values)


def sought(
    session: Session, tenant_id: str, subject: Subject,
    given: Sequence[tuple[str, tuple[str, ...]]],
) -> list[Sought]:  # fmt: skip
    """The conditions; `InvalidInput` names a filter that is none or cannot be read."""
    if not given:
        return []
    fields = queries.by_key(session, tenant_id, subject)
    found: dict[str, Sought] = {}
    for name, values in given:
        one = _sought(fields, name, values)
        known = found.get(one.field.key)
        found[one.field.key] = _both(known, one) if known else one
    return list(found.values())


def _both(first: Sought, second: Sought) -> Sought:
    """From and until of one field are one stretch."""
    stretches = tuple(and_(a, b) for a in first.stretches for b in second.stretches)
    return Sought(first.field, stretches, and_(first.looked_up, second.looked_up), in_order=False)


def _sought(fields: Mapping[str, FieldView], name: str, values: Sequence[str]) -> Sought:
    key, _, bound = name, "", ""
    if name not in fields:
        key, _, bound = name.rpartition("_")
    field = fields.get(key)
    spans = field is not None and field.type in _SPANS
    if field is None or (bound and (bound not in {"from", "until"} or not spans)):
        raise InvalidInput(f"There is no field for the filter custom.{name}")
    if field.type is FieldType.LONG_TEXT:
        raise InvalidInput(f"custom.{name}: lists do not filter by long texts")
    if bound and len(values) > 1:
        raise InvalidInput(f"The filter custom.{name} stands once")
    try:
        each = [_clause(field, bound, value) for value in dict.fromkeys(values)]
    except BadValue as error:
        raise InvalidInput(f"custom.{name}: {error}", **{f"custom.{name}": str(error)}) from None
    whole = not (bound or field.searchable or field.type is FieldType.DATETIME)
    mine = CustomValue.field_id == field.id
    stretches = tuple(and_(mine, clause(_COLUMN[field.type])) for clause in each)
    aside = _aside(_COLUMN[field.type])
    return Sought(field, stretches, and_(mine, or_(*(clause(aside) for clause in each))), whole)


class holds_text(FunctionElement[bool]):
    """Whether a text holds another, sign by sign: both are folded, so no LIKE is needed."""

    type = Boolean()
    inherit_cache = True


@compiles(holds_text, "sqlite")
def _in_sqlite(element: holds_text, compiler: Any, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)}) > 0"


@compiles(holds_text)
def _elsewhere(element: holds_text, compiler: Any, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)}) > 0"


_Clause = Callable[[Any], ColumnElement[bool]]
_COLUMN: dict[FieldType, Any] = {
    **dict.fromkeys(FieldType, CustomValue.folded), FieldType.NUMBER: CustomValue.number,
    FieldType.DATE: CustomValue.at, FieldType.DATETIME: CustomValue.at,
}  # fmt: skip


def _aside(column: Any) -> Any:
    """The column as an expression, which no index is made of."""
    return func.coalesce(column, column, type_=column.type)


def _clause(field: FieldView, bound: str, raw: str) -> _Clause:
    if field.type is FieldType.NUMBER:
        value = _read(field, raw)
        return lambda column: _bounded(column, bound, value)
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return _when(field, bound, raw)
    word = fold(raw)
    if field.searchable:
        return lambda column: holds_text(column, literal(word))
    if field.type is FieldType.BOOLEAN:
        _read(field, raw)
    return lambda column: column == word


def _when(field: FieldView, bound: str, raw: str) -> _Clause:
    """A day as a filter of times means all of it, by UTC."""
    whole_day = len(raw.strip()) == len("2026-11-22")
    kind = FieldType.DATE if whole_day else field.type
    at = instant(_read(field.model_copy(update={"type": kind}), raw))
    if field.type is FieldType.DATETIME and whole_day:
        if bound == "from":
            return lambda column: column >= at
        if bound == "until":
            return lambda column: column < at + _DAY
        return lambda column: and_(column >= at, column < at + _DAY)
    return lambda column: _bounded(column, bound, at)


def _bounded(column: Any, bound: str, value: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool]
    if bound == "from":
        found = column >= value
    elif bound == "until":
        found = column <= value
    else:
        found = column == value
    return found


def _read(field: FieldView, raw: str) -> Any:
    """What a filter asks for may lie outside the limits of the field."""
    free = {"low": None, "high": None, "earliest": None, "latest": None, "decimals": 6}
    return read_value(field.model_copy(update=free), raw)


def holds(one: Sought, tenant_id: str, subject: Subject, object_id: Any) -> ColumnElement[bool]:
    """A condition that looks at the values of each object, for an object that is at hand."""
    found = exists().where(
        CustomValue.tenant_id == tenant_id,
        CustomValue.subject == subject,
        CustomValue.object_id == object_id,
        one.looked_up,
    )
    # The statement around it may be led by the same table.
    return found.correlate_except(CustomValue)


def ids(one: Sought, tenant_id: str) -> Select[str]:
    """A sub-query: the objects that a condition wants."""
    return select(CustomValue.object_id).where(
        CustomValue.tenant_id == tenant_id, or_(*one.stretches)
    )


def narrowed(
    session: Session, tenant_id: str, subject: Subject, statement: Select[Any],
    given: Sequence[tuple[str, tuple[str, ...]]],
) -> Select[Any]:  # fmt: skip
    """A list's statement with its custom filters, for lists of tens of thousands."""
    model = queries.table_of(subject)
    for one in sought(session, tenant_id, subject, given):
        statement = statement.where(model.id.in_(ids(one, tenant_id)))
    return statement
