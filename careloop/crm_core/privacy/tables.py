"""How privacy reads the tables of all domains: by their columns and references, not by name.

A domain that is added later is found by the same rules, so nothing of a person stays behind
because somebody forgot to list a table here.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import JSON, Column, ForeignKeyConstraint, String, Table
from sqlalchemy.types import TypeDecorator

from careloop.crm_core.inventory import guards
from careloop.kit.db import Base

# References without a foreign key: the column's name says what it holds.
_BY_ID = {
    "contact_id": "contact", "conversation_id": "conversation", "message_id": "message",
    "ticket_id": "ticket", "work_order_id": "work_order", "report_id": "device_report",
}  # fmt: skip
_BY_NUMBER = {
    "ticket": "ticket", "ticket_number": "ticket", "work_order": "work_order",
    "work_order_number": "work_order",
}  # fmt: skip
# The library is edited text, read by everybody; a person named there is an editor's decision.
_LIBRARY_BUT = frozenset({
    "knowledge_gaps", "knowledge_gap_occurrences", "knowledge_feedback",
    "knowledge_ticket_drafts",
})  # fmt: skip
KEPT = {
    "customer": "organisation", "user_account": "staff", "engineer": "staff",
    "tenant": "organisation",
}  # fmt: skip
"""Tables whose rows are about somebody else, and who that is."""
_WORDS_ALONE = {guards.TABLE: guards.WORDS}
"""Tables of which the database itself lets nothing be changed but these columns."""


@cache
def tables() -> tuple[Table, ...]:
    """Every tenant's table, parents first."""
    return tuple(t for t in Base.metadata.sorted_tables if "tenant_id" in t.columns)


def table(name: str) -> Table | None:
    """The table of that name, where some domain declares it."""
    return Base.metadata.tables.get(name)


def is_library(name: str) -> bool:
    """Whether a table holds the edited knowledge."""
    return name.startswith("knowledge_") and name not in _LIBRARY_BUT


def key_of(found: Table) -> list[Column[object]]:
    """The columns of the key, without the tenant."""
    return [column for column in found.primary_key.columns if column.name != "tenant_id"]


def parents_of(found: Table) -> list[tuple[str, Column[object]]]:
    """(parent table, column that holds its id), by foreign keys and by names of columns.

    A reference of a table to itself is left out: a merged or parent ticket may be another's.
    """
    result: dict[str, str] = {}
    for constraint in found.foreign_key_constraints:
        column = _reference(constraint)
        if column is not None:
            result[column] = constraint.referred_table.name
    for name, parent in _BY_ID.items():
        if name in found.columns:
            result.setdefault(name, parent)
    return [(parent, found.columns[c]) for c, parent in result.items() if parent != found.name]


def numbers_of(found: Table) -> list[tuple[str, Column[object]]]:
    """(parent table, column that holds its number)."""
    return [
        (parent, found.columns[name])
        for name, parent in _BY_NUMBER.items()
        if name in found.columns and parent != found.name
    ]


def hard_parents_of(found: Table) -> list[tuple[str, Column[object]]]:
    """Parents by foreign keys alone: rows that the database would not let go."""
    return [
        (constraint.referred_table.name, found.columns[column])
        for constraint in found.foreign_key_constraints
        if (column := _reference(constraint)) is not None
    ]


def text_columns(found: Table) -> list[Column[object]]:
    """Columns that can hold what a person is called: texts and JSON, no ids and no hashes."""
    allowed = _WORDS_ALONE.get(found.name)
    referring = {c.name for fk in found.foreign_key_constraints for c in fk.columns}
    return [
        column
        for column in found.columns
        if (allowed is None or column.name in allowed)
        and column.name not in referring
        and column.name not in {"id", "tenant_id", "sha256"}
        and not column.name.endswith(("_id", "_hash", "_sha256"))
        and _holds_text(column)
    ]


def hash_columns(found: Table) -> list[Column[object]]:
    """Columns that name a stored file."""
    return [c for c in found.columns if c.name == "sha256" or c.name.endswith("_sha256")]


def is_json(column: Column[object]) -> bool:
    return isinstance(column.type, JSON)


def _holds_text(column: Column[object]) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String | JSON)


def _reference(constraint: ForeignKeyConstraint) -> str | None:
    names = [name for name in constraint.column_keys if name != "tenant_id"]
    return names[0] if len(names) == 1 else None
