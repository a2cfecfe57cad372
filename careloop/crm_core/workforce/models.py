"""Tables of engineers, presence and office hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class Engineer(Entity):
    """A field engineer; `user_id` is set when the engineer has a login.

    `lat`, `lon` are where the engineer starts in the morning. `skill_levels` holds the skills whose
    level differs from `level`. `shift` is the free text of an import; a row of `EngineerShift`
    goes before it. `van` is the stock location the engineer carries parts in.
    """

    __tablename__ = "engineer"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    base_city: Mapped[str] = mapped_column(String(100), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    level: Mapped[int] = mapped_column(default=1)
    shift: Mapped[str] = mapped_column(String(60), default="")
    user_id: Mapped[str | None] = mapped_column(String(26))
    active: Mapped[bool] = mapped_column(default=True)
    skill_levels: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    tools: Mapped[list[str]] = mapped_column(JSON, default=list)
    van: Mapped[str] = mapped_column(String(80), default="")
    daily_limit: Mapped[int | None]
    """Visits a day at most; null where only the shift limits them."""

    def level_in(self, skill: str) -> int:
        """The level in one skill; 0 for a skill the engineer has not."""
        if skill not in self.skills:
            return 0
        return int(self.skill_levels.get(skill, self.level))


class Presence(Entity):
    """Whether a member of staff takes conversations now; stale after `PRESENCE_SECONDS`."""

    __tablename__ = "presence"
    __table_args__ = (
        owned_by("user_account", "user_id"),
        UniqueConstraint("tenant_id", "user_id"),
    )

    user_id: Mapped[str] = mapped_column(String(26))
    status: Mapped[str] = mapped_column(String(10), default="offline")
    seen_at: Mapped[datetime]


class OfficeHours(TenantRow):
    """When persons answer: weekday 0 (Monday) to 6 -> list of ["HH:MM", "HH:MM"]."""

    __tablename__ = "office_hours"

    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    weekly: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    holidays: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
