"""Tables of day plans: drafts that a person accepts line by line, or throws away."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.dispatch.errors import PlanNotOpen
from careloop.kit.db import Entity, owned_by


class PlanState(StrEnum):
    QUEUED = "queued"
    COMPUTING = "computing"
    READY = "ready"
    FAILED = "failed"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class LineState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LEFT = "left"
    """Not chosen when others were accepted, or thrown away with the plan."""


class DispatchPlan(Entity):
    """A plan of one day or several. `result` holds routes and costs as shown, `progress` 0..100.

    `reason` says why it was made: hand, or what made a new one needed.
    """

    __tablename__ = "dispatch_plan"
    __table_args__ = (Index("ix_dispatch_plan", "tenant_id", "id"),)

    state: Mapped[str] = mapped_column(String(10), default=PlanState.QUEUED)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    days: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The local days of the engineers that are planned."""
    engineers: Mapped[list[str]] = mapped_column(JSON, default=list)
    tickets: Mapped[list[str]] = mapped_column(JSON, default=list)
    seconds: Mapped[float]
    keep: Mapped[bool] = mapped_column(default=True)
    """Whether the present plan is kept as far as it goes."""
    reason: Mapped[str] = mapped_column(String(20), default="hand")
    cause: Mapped[str] = mapped_column(String(200), default="")
    progress: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str] = mapped_column(String(60), default="")
    computing_since: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(60), default="")

    def must_be(self, *states: PlanState) -> None:
        """`PlanNotOpen` where the plan is in none of these states."""
        if self.state not in states:
            raise PlanNotOpen(self.state)


class DispatchPlanLine(Entity):
    """One change that the plan proposes, with what it was based on.

    `base_version` is the visit's version when the plan was made; null for a ticket without a visit.
    """

    __tablename__ = "dispatch_plan_line"
    __table_args__ = (
        owned_by("dispatch_plan", "plan_id"),
        Index("ix_dispatch_plan_line", "tenant_id", "plan_id", "id"),
    )

    plan_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(10))
    """new, assign, move, swap, drop or keep."""
    state: Mapped[str] = mapped_column(String(10), default=LineState.OPEN)
    ticket: Mapped[str] = mapped_column(String(40))
    work_order: Mapped[str] = mapped_column(String(40), default="")
    base_version: Mapped[int | None]
    engineer_before: Mapped[str] = mapped_column(String(40), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    starts_before: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int]
    travel_minutes: Mapped[int] = mapped_column(default=0)
    late_minutes: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
