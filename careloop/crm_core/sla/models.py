"""Tables of service levels: policies, the clocks of tickets, what the clocks fired."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class ClockKind(StrEnum):
    """What is promised: an answer, an engineer on site, a device that works."""

    RESPOND = "respond"
    ARRIVE = "arrive"
    FIX = "fix"


class ClockState(StrEnum):
    """`stopped` is a clock whose promise no longer stands: cancelled, merged, no visit needed."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    STOPPED = "stopped"


OPEN_CLOCKS = (ClockState.RUNNING, ClockState.PAUSED)


class SlaPolicy(Entity):
    """Targets, pauses and the ladder of escalation, as one document with a version.

    `plans` and `tiers` say whom it is for when no contract names it; `targets` and `steps` are
    lists of `schemas.Target` and `schemas.Step`.
    """

    __tablename__ = "sla_policy"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120), default="")
    active: Mapped[bool] = mapped_column(default=True)
    fallback: Mapped[bool] = mapped_column(default=False)
    plans: Mapped[list[str]] = mapped_column(JSON, default=list)
    tiers: Mapped[list[str]] = mapped_column(JSON, default=list)
    calendar: Mapped[str] = mapped_column(String(60), default="")
    warn_percent: Mapped[int] = mapped_column(default=75)
    pauses: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    targets: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class SlaClock(Entity):
    """One promise about one ticket.

    `pauses` says from when until when it stood still, `paused_us` how long that was in
    microseconds of its calendar: `due_at` is always `started_at` plus target plus pauses on that
    calendar. `next_at` is when a running clock has something to fire. A reopened ticket gets a
    clock of the next `generation`.
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        UniqueConstraint("tenant_id", "ticket_id", "kind", "generation"),
        Index("ix_sla_clock_next", "state", "next_at"),
        Index("ix_sla_clock_due", "tenant_id", "state", "due_at"),
        Index("ix_sla_clock_contract", "tenant_id", "contract", "state"),
        Index("ix_sla_clock_policy", "tenant_id", "policy_id", "state"),
        Index("ix_sla_clock_met", "tenant_id", "met_at"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    generation: Mapped[int] = mapped_column(default=1)
    policy_id: Mapped[str] = mapped_column(String(26))
    policy: Mapped[str] = mapped_column(String(60))
    contract: Mapped[str] = mapped_column(String(60), default="")
    calendar: Mapped[str] = mapped_column(String(60), default="")
    target_minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=ClockState.RUNNING)
    started_at: Mapped[datetime]
    warn_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    paused_since: Mapped[datetime | None]
    pauses: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    paused_us: Mapped[int] = mapped_column(BigInteger, default=0)
    met_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str] = mapped_column(String(40), default="")
    warned_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CLOCKS

    @property
    def late(self) -> bool:
        """Whether the promise was broken, as far as anybody has noticed."""
        return self.breached_at is not None

    def pause(self, at: datetime) -> None:
        """Stand still from `at` on; nothing is fired meanwhile."""
        if self.state == ClockState.RUNNING:
            self.state, self.paused_since, self.next_at = ClockState.PAUSED, at, None
            self.touch(at)

    def resume(self, at: datetime) -> None:
        """Run on, and keep when it stood still; the caller counts the due times anew."""
        if self.state == ClockState.PAUSED and self.paused_since is not None:
            span = [self.paused_since.isoformat(), at.isoformat()]
            self.pauses = [*self.pauses, span]
            self.state, self.paused_since = ClockState.RUNNING, None
            self.touch(at)

    def stood_still(self) -> list[tuple[datetime, datetime]]:
        """The pauses that are over."""
        return [
            (datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in self.pauses
        ]

    def meet(self, at: datetime) -> None:
        """The promise was kept, or broken and done late, at `at`.

        A breach that was noted for a later instant is void: the books heard of the deed late.
        """
        self.state, self.met_at, self.next_at = ClockState.MET, at, None
        self.paused_since = None
        if self.breached_at is not None and self.breached_at > at:
            self.breached_at = None
        self.touch(at)

    def stop(self, at: datetime, reason: str) -> None:
        """The promise no longer stands; a pause ends with it."""
        self.resume(at)
        self.state, self.stopped_at, self.stop_reason = ClockState.STOPPED, at, reason
        self.next_at = None
        self.touch(at)

    def take_up(self, at: datetime, rested: bool = False) -> None:
        """The promise stands again: as if it had never been stopped, or `rested` meanwhile."""
        if rested and self.stopped_at is not None:
            self.pauses = [*self.pauses, [self.stopped_at.isoformat(), at.isoformat()]]
        self.state, self.stopped_at, self.stop_reason = ClockState.RUNNING, None, ""
        self.touch(at)


class SlaEvent(Entity):
    """A warning, a breach or a step of the ladder that a clock fired; each once for ever."""

    __tablename__ = "sla_event"
    audited = False
    __table_args__ = (
        owned_by("sla_clock", "clock_id"),
        UniqueConstraint("tenant_id", "clock_id", "level"),
        Index("ix_sla_event_ticket", "tenant_id", "ticket_id", "id"),
    )

    clock_id: Mapped[str] = mapped_column(String(26))
    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    policy: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(Text, default="")
