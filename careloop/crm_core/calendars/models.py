"""Table of business calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity


class BusinessCalendar(Entity):
    """When work is done in one place.

    `days_off`, `extra_days` are the house's own; `public_*` were looked up for the country when
    the calendar was saved, as plain dates, and hold until `public_until`.
    """

    __tablename__ = "business_calendar"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120), default="")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    always: Mapped[bool] = mapped_column(default=False)
    weekly: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    country: Mapped[str] = mapped_column(String(2), default="")
    subdivision: Mapped[str] = mapped_column(String(10), default="")
    days_off: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    extra_days: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    public_holidays: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    public_extra_days: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    public_until: Mapped[date | None] = mapped_column(Date)
