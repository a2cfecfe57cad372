"""Table of import runs: who handed in which files, and what became of every row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from careloop.kit.db import Entity

ENDED = ("done", "failed")


class ImportRun(Entity):
    """Files handed in together: queued -> running -> done, or failed.

    `files` lists name, size and SHA-256 of each; `options` holds zone, country, currency and the
    mapping given with them; `phase` is reading, checking or written while it runs. The report is
    loaded only where it is asked for: it may list ten thousand rows.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_newest", "tenant_id", "id"),)

    state: Mapped[str] = mapped_column(String(10), default="queued")
    dry_run: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(200), default="")
    by_user: Mapped[str | None] = mapped_column(String(26))
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    phase: Mapped[str] = mapped_column(String(10), default="")
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON(none_as_null=True)))
    error: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def begin(self, at: datetime) -> None:
        """Take the run up, or up again after a crash."""
        self.state, self.phase, self.error = "running", "reading", ""
        self.rows_done = 0
        self.started_at = at
        self.touch(at)

    def advance(self, phase: str, done: int, total: int, at: datetime) -> None:
        """Say how far it is, in rows."""
        self.phase, self.rows_done, self.rows_total = phase, done, total
        self.touch(at)

    def end(self, state: str, at: datetime, error: str = "") -> None:
        self.state, self.phase, self.error, self.finished_at = state, "", error, at
        self.touch(at)
