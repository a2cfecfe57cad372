"""A delivery of files and what became of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity
from careloop.kit.ids import ID_LENGTH

ENDED = ("added", "changed", "unchanged", "held", "quarantined")


class Intake(Entity):
    """Files handed in together: queued -> running -> done, or failed.

    Readers see the old knowledge until the delivery is done. `accept` publishes changed files
    too; without it they wait as drafts. `matter` holds for every file that says nothing else.
    """

    __tablename__ = "knowledge_intakes"
    __table_args__ = (Index(None, "tenant_id", "created_at"),)

    state: Mapped[str] = mapped_column(String(10), default="queued")
    accept: Mapped[bool] = mapped_column(default=False)
    again: Mapped[bool] = mapped_column(default=False)
    matter: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    by: Mapped[str] = mapped_column(String(200), default="")
    error: Mapped[str] = mapped_column(Text, default="")

    def move_to(self, state: str, at: Any) -> None:
        self.state = state
        self.touch(at)


class IntakeFile(Entity):
    """One file of a delivery.

    waiting -> read -> added | changed | held; or unchanged, or quarantined with the `reason`.
    `held`: it differs from what is published, and its edition waits to be accepted.
    """

    __tablename__ = "knowledge_intake_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "intake_id"],
            ["knowledge_intakes.tenant_id", "knowledge_intakes.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("tenant_id", "intake_id", "path"),
    )
    audited = False

    intake_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    path: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(String(64))
    matter: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    reason: Mapped[str] = mapped_column(Text, default="")
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    passages: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    document_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    edition: Mapped[int] = mapped_column(default=0)

    def end(self, state: str, at: Any, reason: str = "") -> None:
        self.state, self.reason = state, reason
        self.touch(at)
