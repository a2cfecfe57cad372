"""Tables of dispatch: what jobs need, where visits stand in the day, the pool, rules, the log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class DispatchSettings(TenantRow):
    """How this company dispatches, as one document: `settings_schemas.DispatchFacts`."""

    __tablename__ = "dispatch_settings"

    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)


class DispatchNeed(Entity):
    """What the next visit for a ticket needs; told by a person, a rule, or the visit before.

    `wanted` is False where the matter is settled from afar. `skills` is a list of
    `schemas.NeededSkill`, `parts` are numbers with quantities.
    """

    __tablename__ = "dispatch_need"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        UniqueConstraint("tenant_id", "ticket_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    wanted: Mapped[bool] = mapped_column(default=True)
    skills: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    level: Mapped[int | None]
    minutes: Mapped[int | None]
    parts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    tools: Mapped[list[str]] = mapped_column(JSON, default=list)
    preferred: Mapped[str] = mapped_column(String(40), default="")
    excluded: Mapped[list[str]] = mapped_column(JSON, default=list)
    not_before: Mapped[datetime | None]
    not_after: Mapped[datetime | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    note: Mapped[str] = mapped_column(Text, default="")


class PoolState(StrEnum):
    """Where a visit stands in the pool: never offered, open to all, taken, taken back."""

    NONE = "none"
    OFFERED = "offered"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class DispatchSlot(Entity):
    """When the work of a visit begins and how long it takes, and how it was given out.

    The window of a visit is what the customer was told; within it the slot is the plan. Without
    a slot the work begins with the window.
    """

    __tablename__ = "dispatch_slot"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        UniqueConstraint("tenant_id", "work_order_id"),
        Index("ix_dispatch_slot_pool", "tenant_id", "pool", "offered_at"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
    )

    work_order_id: Mapped[str] = mapped_column(String(26))
    work_order: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(10), default="")
    """Who gave it to the engineer: hand, rule, pool or plan."""
    pool: Mapped[str] = mapped_column(String(10), default=PoolState.NONE)
    offered_at: Mapped[datetime | None]
    offered_by: Mapped[str] = mapped_column(String(60), default="")
    offered_to: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of the engineers it is offered to; empty: to all who may do it."""
    taken_by: Mapped[str] = mapped_column(String(40), default="")
    taken_at: Mapped[datetime | None]


class RuleAct(StrEnum):
    """What a rule does beside telling what a job needs."""

    NONE = "none"
    SUGGEST = "suggest"
    OFFER = "offer"
    ASSIGN = "assign"


class DispatchRule(Entity):
    """For which tickets (`when`), what they need (`needs`), and what is done (`act`)."""

    __tablename__ = "dispatch_rule"
    __table_args__ = (Index("ix_dispatch_rule", "tenant_id", "active", "position"),)

    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=100)
    active: Mapped[bool] = mapped_column(default=True)
    when: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    needs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    act: Mapped[str] = mapped_column(String(10), default=RuleAct.NONE)
    least_score: Mapped[int] = mapped_column(default=0)
    within_hours: Mapped[int] = mapped_column(default=72)


class DispatchLog(Entity):
    """A line of why a job went where it went; written once."""

    __tablename__ = "dispatch_log"
    audited = False
    __table_args__ = (
        Index("ix_dispatch_log", "tenant_id", "id"),
        Index("ix_dispatch_log_ticket", "tenant_id", "ticket", "id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(30))
    ticket: Mapped[str] = mapped_column(String(40), default="")
    work_order: Mapped[str] = mapped_column(String(40), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    rule_id: Mapped[str] = mapped_column(String(26), default="")
    rule: Mapped[str] = mapped_column(String(120), default="")
    plan_id: Mapped[str] = mapped_column(String(26), default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    score: Mapped[int | None]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")


class DispatchRevision(TenantRow):
    """How often the roster or the visits of a tenant changed; raised by the last statement of
    every transaction that changes them, so revisions stand in the order of the commits."""

    __tablename__ = "dispatch_revision"
    audited = False

    revision: Mapped[int] = mapped_column(default=0)


class DispatchChange(TenantRow):
    """What changed at a revision: an engineer or a visit by id, or everything."""

    __tablename__ = "dispatch_change"
    audited = False

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(26), primary_key=True, default="")
