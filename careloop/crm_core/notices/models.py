"""Table of notices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class Severity(StrEnum):
    """How much a notice asks for."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Notice(Entity):
    """Something one member of staff should know; `dedupe` keeps it from being told twice.

    `key` and `args` let a reader's language be used; `text` is the same sentence in English.
    """

    __tablename__ = "notice"
    audited = False
    __table_args__ = (
        owned_by("user_account", "user_id"),
        UniqueConstraint("tenant_id", "user_id", "dedupe"),
        Index("ix_notice_unread", "tenant_id", "user_id", "read_at", "id"),
    )

    user_id: Mapped[str] = mapped_column(String(26))
    dedupe: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(300), default="")
    severity: Mapped[str] = mapped_column(String(10), default=Severity.INFO)
    read_at: Mapped[datetime | None]

    def mark_read(self, at: datetime) -> None:
        """Note when it was read first."""
        if self.read_at is None:
            self.read_at = at
            self.touch(at)
