"""The list of tickets in the order of one of the maker's own fields.

Tickets with a value come first, in the order of the field's index; those without follow, newest
first. A page reads a stretch of the index and then the tickets of that stretch.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.models import CustomValue, FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.tickets import lead_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.clock import as_utc
from careloop.kit.errors import InvalidInput

PATTERN = r"-?custom\.[a-z][a-z0-9_]{0,39}"
_WRITTEN = re.compile(PATTERN)
_UNORDERED = {FieldType.LONG_TEXT, FieldType.MULTI_CHOICE}
V = CustomValue


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """A field to sort by, its column, and the direction."""

    field: FieldView
    descending: bool

    @property
    def column(self) -> Any:
        if self.field.type is FieldType.NUMBER:
            return V.number
        timed = self.field.type in {FieldType.DATE, FieldType.DATETIME}
        return V.at if timed else V.folded

    def stretch(self, tenant_id: str) -> Select[Any]:
        """Objects with a value, and the value, from the first on."""
        column = self.column
        found = select(V.object_id.label("id"), column.label("value")).where(
            V.tenant_id == tenant_id, V.field_id == self.field.id, column.is_not(None)
        )
        ends = (column, V.object_id)
        return found.order_by(*(one.desc() if self.descending else one.asc() for one in ends))

    def after(self, value: str, last: str) -> ColumnElement[bool]:
        """Behind a place of the order."""
        here = tuple_(self.column, V.object_id)
        there = tuple_(literal(self._read(value), self.column.type), literal(last))
        return here < there if self.descending else here > there

    def _read(self, value: str) -> Any:
        try:
            if self.field.type is FieldType.NUMBER:
                return Decimal(value)
            if self.field.type in {FieldType.DATE, FieldType.DATETIME}:
                return datetime.fromisoformat(value)
        except (ValueError, InvalidOperation):
            raise InvalidInput("This cursor does not belong to this list; start again") from None
        return value

    def without(self, tenant_id: str) -> ColumnElement[bool]:
        """Tickets that have no value."""
        found = exists().where(
            V.tenant_id == tenant_id, V.subject == Subject.TICKET,
            V.object_id == Ticket.id, V.field_id == self.field.id,
        )  # fmt: skip
        return ~found.correlate_except(V)


def order_of(session: Session, tenant_id: str, sort: str) -> OwnOrder | None:
    """The order that a sort names; None for a built-in one, `InvalidInput` for an unknown one."""
    if not _WRITTEN.fullmatch(sort):
        return None
    key = sort.removeprefix("-").removeprefix("custom.")
    field = custom.by_key(session, tenant_id, Subject.TICKET).get(key)
    if field is None or field.type in _UNORDERED:
        raise InvalidInput(f"Lists cannot be sorted by custom.{key}")
    return OwnOrder(field, sort.startswith("-"))


def valued(
    session: Session, statement: Select[Any], tenant_id: str, order: OwnOrder, many: int,
    place: tuple[str, str] | None = None, ids: list[str] | None = None,
) -> tuple[list[tuple[str, Ticket]], tuple[str, str] | None]:  # fmt: skip
    """The first tickets of a statement in the order, each with its value as the cursor holds it;
    and where it stopped, where its time was up. `ids` are the few that can be among them."""
    stretch = order.stretch(tenant_id)
    if ids is not None:
        stretch = stretch.where(V.object_id.in_(ids))
    size, found = 4 * many, list[tuple[str, Ticket]]()
    until = time.perf_counter() + lead_queries.SECONDS
    while True:
        part = stretch.where(order.after(*place)) if place else stretch
        seen = session.execute(part.limit(size)).all()
        rows = {
            row.id: row
            for row in session.scalars(statement.where(Ticket.id.in_([one.id for one in seen])))
        }
        found += [(_written(one.value), rows[one.id]) for one in seen if one.id in rows]
        if len(found) >= many or len(seen) < size:
            return found[:many], None
        place = (_written(seen[-1].value), seen[-1].id)
        if time.perf_counter() > until:
            return found, place
        size = min(4 * size, lead_queries.WINDOW)


def _written(value: Any) -> str:
    return as_utc(value).isoformat() if isinstance(value, datetime) else str(value)
