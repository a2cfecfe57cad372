"""Columns for a maker's own fields: known by key or by label in any language, checked cell by cell.

An import's forms are fixed; these columns are found beside them, for the maker who imports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.custom import holding, queries
from careloop.crm_core.custom.models import FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.custom.values import BadValue, fold, read_value
from careloop.crm_core.intake import dates, values
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.folding import fold_name
from careloop.crm_core.intake.ledger import Ledger, Row
from careloop.crm_core.intake.tables import Cell, Home
from careloop.kit.clock import iso

SUBJECTS = {
    "customers": Subject.CUSTOMER, "contacts": Subject.CONTACT, "assets": Subject.ASSET,
    "contracts": Subject.CONTRACT, "tickets": Subject.TICKET, "visits": Subject.WORK_ORDER,
}  # fmt: skip
_TABLES = {
    "customer": Subject.CUSTOMER, "contact": Subject.CONTACT, "asset": Subject.ASSET,
    "service_contract": Subject.CONTRACT, "ticket": Subject.TICKET,
    "work_order": Subject.WORK_ORDER,
}  # fmt: skip


class OwnFields:
    """A maker's own fields, as one import looks them up."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session, self._tenant_id = session, tenant_id
        self._fields: dict[Subject, dict[str, FieldView]] = {}

    def of(self, subject: Subject) -> dict[str, FieldView]:
        """Fields by key."""
        if subject not in self._fields:
            self._fields[subject] = queries.by_key(self._session, self._tenant_id, subject)
        return self._fields[subject]

    def columns(self, kind: str) -> dict[str, FieldView]:
        """Folded header to field, for a kind of file; a label that two fields have is neither's."""
        subject = SUBJECTS.get(kind)
        if subject is None:
            return {}
        found: dict[str, FieldView] = {}
        shared: set[str] = set()
        active = [field for field in self.of(subject).values() if field.active]
        for field in active:
            for header in {fold_name(label) for label in field.label.values()}:
                if found.setdefault(header, field) is not field:
                    shared.add(header)
        kept = {header: field for header, field in found.items() if header not in shared}
        for field in active:
            kept |= {fold_name(field.key): field, fold_name(f"custom.{field.key}"): field}
        return kept

    def write(self, ledger: Ledger) -> None:
        """Put the typed values beside the rows that a ledger has written."""
        subject = _TABLES.get(ledger.table.name)
        if subject is None or not self.of(subject):
            return
        fields = self.of(subject)
        new = [(row["id"], row["custom"]) for row in ledger.created if row["custom"]]
        holding.file_many(self._session, self._tenant_id, subject, fields, new)
        ids = {one["id"] for one in ledger.changes if "custom" in one["columns"]}
        changed = [(row["id"], row["custom"]) for row in ledger.changed if row["id"] in ids]
        if changed:
            holding.replace_many(self._session, self._tenant_id, subject, fields, changed)


def merged(own: Mapping[str, Any], stored: Row | None) -> Row:
    """The column `custom` of a row: what is on file with what the file gives; empty empties."""
    if not own:
        return {}
    before = (stored or {}).get("custom") or {}
    after = {**before, **own}
    return {"custom": {key: value for key, value in after.items() if value is not None}}


def read_cell(field: FieldView, cell: Cell, home: Home) -> Any:
    """The value of a cell; `BadCell` says what does not fit the field."""
    textual = field.type in {FieldType.TEXT, FieldType.LONG_TEXT}
    if cell is None or (values.is_nothing(cell) if not textual else not str(cell).strip()):
        return None
    try:
        return read_value(field, _plain(field, cell, home))
    except BadValue as error:
        raise BadCell(str(error)) from None


def _plain(field: FieldView, cell: Cell, home: Home) -> Any:
    """A cell as the field's type wants it."""
    if field.type is FieldType.NUMBER:
        return values.number(cell)
    if field.type is FieldType.DATE:
        return dates.day(cell)
    if field.type is FieldType.DATETIME:
        return iso(dates.moment(cell, home.time_zone))
    if field.type is FieldType.BOOLEAN:
        return values.yes_no(cell)
    if field.type is FieldType.CHOICE:
        return _option(field, values.as_text(cell))
    if field.type is FieldType.MULTI_CHOICE:
        return [_option(field, one) for one in values.listed(cell)]
    return values.as_text(cell)


def _option(field: FieldView, written: str) -> str:
    """The option that is meant, by its id or by a label in any language."""
    wanted = fold(written)
    for option in field.options:
        if wanted in {fold(option.id), *(fold(label) for label in option.label.values())}:
            return option.id
    names = ", ".join(option.id for option in field.options if not option.retired)
    raise BadCell(f"is none of {names}")
