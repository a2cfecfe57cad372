"""Tables of the audit and of answered idempotency keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity


class AuditEntry(Entity):
    """One act: who called which tool, and each row it changed with before and after."""

    __tablename__ = "audit_entry"
    audited = False
    __table_args__ = (Index("ix_audit_entry_target", "tenant_id", "target", "id"),)

    actor: Mapped[str] = mapped_column(String(60))
    tool: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class AnsweredCall(Entity):
    """The stored answer to a call with an idempotency key; the same call gets it again."""

    __tablename__ = "answered_call"
    audited = False
    __table_args__ = (UniqueConstraint("tenant_id", "actor", "tool", "key"),)

    actor: Mapped[str] = mapped_column(String(60))
    tool: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(200))
    arguments_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[Any] = mapped_column(JSON, default=None)
