"""One table's rows by natural key: what is stored, and what the import will write."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from careloop.crm_core.intake.errors import BadRow
from careloop.kit.clock import iso
from careloop.kit.db import Entity
from careloop.kit.errors import Conflict
from careloop.kit.ids import new_id

Row = dict[str, Any]
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
CHUNK = 2_000


class Ledger:
    """All rows of one table for one tenant, read at once; nothing is written before `write`.

    Rows live as plain dictionaries by column name, so that 100,000 of them load fast. `created`
    holds new rows in the order they came, `changes` each stored row that changed as the audit
    wants it: table, id, and per column [before, after]. An `append_only` one reads nothing.
    """

    def __init__(
        self,
        session: Session,
        tenant_id: str,
        model: type[Entity],
        key_of: Callable[[Row], Hashable],
        now: datetime,
        append_only: bool = False,
    ) -> None:
        assert isinstance(model.__table__, Table)
        self.table = model.__table__
        self.created: list[Row] = []
        self.changes: list[Row] = []
        self._changed: dict[str, Row] = {}
        self._stored_ids: set[str] = set()
        self._claimed: dict[str, str] = {}
        self._tenant_id, self._now = tenant_id, now
        self.rows: dict[Hashable, Row] = {}
        if append_only:
            return
        statement = select(self.table).where(self.table.c.tenant_id == tenant_id)
        for found in session.execute(statement.order_by(self.table.c.id)):
            row = dict(found._mapping)
            self._stored_ids.add(row["id"])
            self.rows.setdefault(key_of(row), row)

    @property
    def changed(self) -> list[Row]:
        """The stored rows that changed, as they are now."""
        return list(self._changed.values())

    def find(self, key: Hashable) -> Row | None:
        return self.rows.get(key)

    def claim(self, row: Row, place: str, column: str) -> None:
        """Note which row of the files speaks for this row; the second to do so is a duplicate."""
        first = self._claimed.setdefault(row["id"], place)
        if first != place:
            raise BadRow(column, f"stands in {first} already")

    def put(self, key: Hashable, values: Row, place: str, column: str) -> tuple[Row, str]:
        """Create the row of that key or change it; tells the row and what happened."""
        found = self.rows.get(key)
        if found is not None:
            self.claim(found, place, column)
            return found, self.change(found, values)
        row = self.create(key, values)
        self.claim(row, place, column)
        return row, CREATED

    def create(self, key: Hashable, values: Row) -> Row:
        """A new row with the model's own defaults for all that `values` leaves out."""
        row = {
            **_defaults(self.table), "tenant_id": self._tenant_id, "id": new_id(), "version": 1,
            "created_at": self._now, "updated_at": self._now, **values,
        }  # fmt: skip
        self.rows[key] = row
        self.created.append(row)
        return row

    def change(self, row: Row, values: Row) -> str:
        """Change a row; where nothing differs, neither its version nor its time moves."""
        before = {name: row[name] for name, value in values.items() if not _same(row[name], value)}
        if not before:
            return UNCHANGED
        row.update({name: values[name] for name in before})
        if row["id"] in self._stored_ids:
            self._note(row, before)
        return UPDATED

    def _note(self, row: Row, before: Row) -> None:
        if row["id"] not in self._changed:
            self._changed[row["id"]] = row
            row["version"] += 1
            row["updated_at"] = self._now
        columns = {name: [plain(old), plain(row[name])] for name, old in before.items()}
        self.changes.append({"table": self.table.name, "id": row["id"], "columns": columns})

    def write(self, session: Session) -> None:
        """Write what was created and changed, in few statements.

        Raises `Conflict` when somebody changed one of the rows since they were read.
        """
        for start in range(0, len(self.created), CHUNK):
            session.execute(insert(self.table), self.created[start : start + CHUNK])
        changed = self.changed
        for start in range(0, len(changed), CHUNK):
            self._update(session, changed[start : start + CHUNK])

    def _update(self, session: Session, rows: list[Row]) -> None:
        columns = [c.name for c in self.table.columns if c.name not in {"tenant_id", "id"}]
        statement = (
            update(self.table)
            .where(
                self.table.c.tenant_id == self._tenant_id,
                self.table.c.id == bindparam("_id"),
                self.table.c.version == bindparam("_version"),
            )
            .values({name: bindparam(f"_new_{name}") for name in columns})
        )
        found = session.connection().execute(
            statement,
            [
                {"_id": row["id"], "_version": row["version"] - 1}
                | {f"_new_{name}": row[name] for name in columns}
                for row in rows
            ],
        )
        counts = session.connection().dialect.supports_sane_multi_rowcount
        if counts and found.rowcount != len(rows):
            raise Conflict("Somebody changed these data meanwhile; run the import again")


def _same(stored: Any, given: Any) -> bool:
    """Whether a value is what is stored; files know times to the second and prices as written."""
    if isinstance(stored, datetime) and isinstance(given, datetime) and not given.microsecond:
        return stored.replace(microsecond=0) == given
    return bool(stored == given)


def _defaults(table: Table) -> Row:
    """A row of the model's defaults, fresh lists and mappings among them."""
    row: Row = {}
    for column in table.columns:
        default: Any = column.default
        if default is None:
            row[column.name] = None
        else:
            row[column.name] = default.arg(None) if default.is_callable else default.arg
    return row


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime):
        return iso(value)
    return str(value) if isinstance(value, date | Decimal) else value
