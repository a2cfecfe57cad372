"""Tables of rules, their versions, their work and its log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class Rule(Entity):
    """One rule. `revision` counts what it says, `version` every change of the row."""

    __tablename__ = "rule"
    __table_args__ = (Index("ix_rule_trigger", "tenant_id", "active", "trigger"),)

    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    trigger: Mapped[str] = mapped_column(String(40))
    timing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Of a rule by time: `field` and `minutes` after it, negative ones before."""
    condition: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    active: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    stop_processing: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    max_per_hour: Mapped[int] = mapped_column(default=100)
    revision: Mapped[int] = mapped_column(default=1)
    active_since: Mapped[datetime | None]
    stopped_reason: Mapped[str] = mapped_column(String(300), default="")
    """Why the house switched it off; empty where a person did."""

    def stop(self, reason: str, at: datetime) -> None:
        """Switch it off because it does harm."""
        self.active, self.stopped_reason = False, reason[:300]
        self.touch(at)


class RuleVersion(Entity):
    """What a rule said in one revision."""

    __tablename__ = "rule_version"
    __table_args__ = (owned_by("rule", "rule_id"), UniqueConstraint("tenant_id", "rule_id",
                                                                    "revision"))  # fmt: skip

    rule_id: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    actor: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RuleTask(TenantRow):
    """Something happened that rules may want to know of; written in the act itself.

    `path` holds the rules whose acts led here, `chain_id` names the person's act at its root. A
    task with a `rule_id` is for that rule alone.
    """

    __tablename__ = "rule_task"
    audited = False
    __table_args__ = (
        UniqueConstraint("tenant_id", "event_key"),
        Index("ix_rule_task_waiting", "state", "due_at", "id"),
        Index("ix_rule_task_object", "tenant_id", "object_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    event_key: Mapped[str] = mapped_column(String(200))
    trigger: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[str] = mapped_column(String(26))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rule_id: Mapped[str | None] = mapped_column(String(26))
    chain_id: Mapped[str] = mapped_column(String(26))
    path: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class RuleRun(TenantRow):
    """One rule looked at one task, once: what it found, did and changed."""

    __tablename__ = "rule_run"
    audited = False
    __table_args__ = (
        UniqueConstraint("tenant_id", "task_id", "rule_id"),
        Index("ix_rule_run_rule", "tenant_id", "rule_id", "id"),
        Index("ix_rule_run_object", "tenant_id", "object_id", "id"),
        Index("ix_rule_run_chain", "tenant_id", "chain_id", "matched"),
        Index("ix_rule_run_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    rule_id: Mapped[str] = mapped_column(String(26))
    rule_name: Mapped[str] = mapped_column(String(120))
    revision: Mapped[int]
    task_id: Mapped[str] = mapped_column(String(26))
    trigger: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[str] = mapped_column(String(26))
    object_label: Mapped[str] = mapped_column(String(60), default="")
    chain_id: Mapped[str] = mapped_column(String(26))
    depth: Mapped[int] = mapped_column(default=0)
    matched: Mapped[bool] = mapped_column(default=False)
    truth: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    acts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    error: Mapped[str] = mapped_column(String(500), default="")
    milliseconds: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class RuleWatch(TenantRow):
    """How far a rule by time has looked."""

    __tablename__ = "rule_watch"
    audited = False

    rule_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    looked_until: Mapped[datetime]


class RuleMail(Entity):
    """A mail that a rule wrote; a durable job sends it."""

    __tablename__ = "rule_mail"

    to: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    ticket_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default="waiting")

    def become(self, state: str, at: datetime) -> None:
        self.state = state
        self.touch(at)
