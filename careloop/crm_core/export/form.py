"""How a kind of export is declared: columns over the tables, filters, and who may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import QueryableAttribute, Session

from careloop.crm_core.custom import filter_queries as own_filters
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.filter_queries import PREFIX
from careloop.crm_core.custom.models import FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.custom.values import instant, label_of
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.errors import InvalidInput

TEXT, WHOLE, DECIMAL, DAY, MOMENT, YES_NO, LIST = (
    "text", "whole", "decimal", "day", "moment", "yes_no", "list",
)  # fmt: skip
Source = QueryableAttribute[Any] | ColumnElement[Any]
Show = Callable[[Any], Any]
Bind = Callable[[Session, Actor], Show]
Clause = Callable[[Session, Actor, list[str]], ColumnElement[bool]]
Statement = Select[Any]


@dataclass(frozen=True)
class Column:
    """A column: our name, its header in English and Chinese, what it holds, where it is from.

    `show` turns the stored value into the cell; `bind` makes it for one export, where it needs
    other rows for that. `taken` tells that an import reads the column again.
    """

    name: str
    en: str
    zh: str
    source: Source
    kind: str = TEXT
    show: Show | None = None
    taken: bool = True
    bind: Bind | None = None

    def bound(self, session: Session, actor: Actor) -> Column:
        """The column with its `show` ready."""
        return self if self.bind is None else replace(self, show=self.bind(session, actor))

    def value(self, stored: Any) -> Any:
        return stored if self.show is None else self.show(stored)


@dataclass(frozen=True)
class Filter:
    """A filter of the list; `values` are all it may be, where that is fixed."""

    name: str
    clause: Clause
    values: tuple[str, ...] = ()
    many: bool = False

    def applied(self, session: Session, actor: Actor, given: Sequence[str]) -> ColumnElement[bool]:
        """The condition; `InvalidInput` for a value that it cannot be."""
        if len(given) > 1 and not self.many:
            raise InvalidInput(f"The filter {self.name} stands once")
        for value in given:
            if self.values and value not in self.values:
                known = ", ".join(self.values)
                raise InvalidInput(f"{self.name} is one of {known}, not {value!r}")
        return self.clause(session, actor, list(given))


@dataclass(frozen=True)
class ExportForm:
    """A kind of export. `visible` selects what the actor may see; `joined` adds the tables that
    the columns name; `order` ends with a unique column."""

    kind: str
    en: str
    zh: str
    scope: str
    visible: Callable[[Actor], Statement]
    columns: tuple[Column, ...]
    order: tuple[Source, ...]
    filters: tuple[Filter, ...] = ()
    joined: Callable[[Statement], Statement] = field(default=lambda statement: statement)
    own: Subject | None = None
    """Whose own fields follow the columns, and filter by `custom.<key>`."""

    def bound(self, session: Session, actor: Actor) -> ExportForm:
        """The form with every column ready for one export, the maker's own fields last."""
        columns = (*self.columns, *own_columns(session, actor, self.own))
        return replace(self, columns=tuple(one.bound(session, actor) for one in columns))

    def filter(self, name: str) -> Filter:
        """The filter of that name; `InvalidInput` names those there are."""
        if self.own is not None and name.startswith(PREFIX):
            return own_filter(self.own, name)
        found = next((item for item in self.filters if item.name == name), None)
        if found is None:
            known = ", ".join(item.name for item in self.filters) or "none"
            raise InvalidInput(f"{self.kind} has no filter {name!r}; it has {known}")
        return found


def own_columns(session: Session, actor: Actor, subject: Subject | None) -> list[Column]:
    """A column for each of the maker's own fields that is in use."""
    if subject is None:
        return []
    source = custom.table_of(subject).custom
    return [
        Column(
            f"{PREFIX}{one.key}", label_of(one.label, "en"), label_of(one.label, "zh"), source,
            _KINDS.get(one.type, TEXT), show=_own(one),
        )
        for one in custom.fields(session, actor.tenant_id, subject)
        if one.active
    ]  # fmt: skip


def _own(one: FieldView) -> Show:
    """How a stored value becomes a cell that an import reads again."""

    def show(values: Any) -> Any:
        value = (values or {}).get(one.key)
        if value is None or isinstance(value, bool):
            return value
        if one.type is FieldType.NUMBER:
            return Decimal(str(value))
        if one.type is FieldType.DATE:
            return date.fromisoformat(value)
        if one.type is FieldType.DATETIME:
            return instant(value)
        return joined_list(value) if isinstance(value, list) else value

    return show


_KINDS = {
    FieldType.NUMBER: DECIMAL, FieldType.DATE: DAY, FieldType.DATETIME: MOMENT,
    FieldType.BOOLEAN: YES_NO, FieldType.MULTI_CHOICE: LIST,
}  # fmt: skip


def own_filter(subject: Subject, name: str) -> Filter:
    """A filter by an own field, as the list has it."""

    def clause(session: Session, actor: Actor, given: list[str]) -> ColumnElement[bool]:
        named = own_filters.given_of({name: given})
        model = custom.table_of(subject)
        (one,) = own_filters.sought(session, actor.tenant_id, subject, named)
        return model.id.in_(own_filters.ids(one, actor.tenant_id))

    return Filter(name, clause, many=True)


def equals(name: str, source: Source, values: Sequence[str] = ()) -> Filter:
    """The column is one of the values given."""
    return Filter(name, lambda _, __, given: source.in_(given), tuple(values), many=True)


def matches(name: str, source: Source, values: Sequence[str] = ()) -> Filter:
    """The column is the one value given."""
    return Filter(name, lambda _, __, given: source == given[0], tuple(values))


def since(name: str, source: Source) -> Filter:
    """The time is at or after the one given."""
    return Filter(name, lambda _, __, given: source >= moment(name, given[0]))


def until(name: str, source: Source) -> Filter:
    """The time is before the one given."""
    return Filter(name, lambda _, __, given: source < moment(name, given[0]))


def from_day(name: str, source: Source) -> Filter:
    return Filter(name, lambda _, __, given: source >= day(name, given[0]))


def until_day(name: str, source: Source) -> Filter:
    return Filter(name, lambda _, __, given: source <= day(name, given[0]))


def moment(name: str, text: str) -> datetime:
    """An instant in RFC 3339; without a zone it is UTC."""
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:
        raise InvalidInput(f"{name} is a time such as 2026-03-05T08:00:00Z") from None


def day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{name} is a day such as 2026-03-05") from None


def contains(text: str) -> str:
    """A LIKE pattern with `\\` as its escape."""
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def joined_list(items: Any) -> str:
    """Items as the import reads them again: `a;b;c`."""
    return ";".join(str(item) for item in items or ())


def quantities(items: Any) -> str:
    """`PART:2;PART:1`."""
    return ";".join(f"{name}:{count}" for name, count in (items or {}).items())


def named(key: str) -> Show:
    """One entry of a mapping that the row holds as JSON."""
    return lambda mapping: (mapping or {}).get(key)
