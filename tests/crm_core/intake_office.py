"""An office for the tests of the import: a database, a folder of files, and what was stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

import careloop.crm_core.audit.models
import careloop.crm_core.conversations.models  # noqa: F401 - its tables belong to the books
from careloop.crm_core.accounts.service import ensure_tenant
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.service import run_import
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Base, Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Office:
    """Writes files, imports them, and reads the books."""

    database: Database
    actor: Actor
    folder: Path

    def file(self, name: str, *lines: str, encoding: str = "utf-8") -> None:
        (self.folder / name).write_bytes(("\n".join(lines) + "\n").encode(encoding))

    def load(self, folder: Path | None = None, **options: Any) -> ImportReport:
        with self.database.write() as session:
            return run_import(session, self.actor, read_folder(folder or self.folder), **options)

    def rows(self, model: type[Any]) -> list[Any]:
        with self.database.read() as session:
            found = list(session.scalars(select(model).order_by(model.id)))
            session.expunge_all()
            return found

    def only(self, model: type[Any]) -> Any:
        (row,) = self.rows(model)
        return row


def open_office(folder: Path) -> Office:
    """An empty office in a folder of its own."""
    database = Database(f"sqlite:///{folder / 'books.db'}", clock=FixedClock(NOON))
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        tenant_id = ensure_tenant(session, "maker", "Maker").tenant_id
    files = folder / "files"
    files.mkdir()
    return Office(database, system_actor(tenant_id), files)


def faults(report: ImportReport) -> list[tuple[str, int, str, str]]:
    """File, row, column and value of every error."""
    return [(e.file, e.row, e.column, e.value) for e in report.errors]


def counts(report: ImportReport) -> dict[str, tuple[int, int, int, int]]:
    """Created, updated, unchanged and rejected by kind of file."""
    return {f.kind: (f.created, f.updated, f.unchanged, f.rejected) for f in report.files}
