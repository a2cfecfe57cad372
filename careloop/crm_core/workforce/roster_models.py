"""Tables of the roster: certificates, shifts, absences, positions, areas."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.workforce.errors import AbsenceDecided
from careloop.kit.db import Entity, TenantRow, owned_by


class EngineerCertificate(Entity):
    """A paper that lets an engineer do what needs it; without an end it holds for good."""

    __tablename__ = "engineer_certificate"
    __table_args__ = (
        owned_by("engineer", "engineer_id"),
        UniqueConstraint("tenant_id", "engineer_id", "skill", "number"),
        Index("ix_engineer_certificate_end", "tenant_id", "valid_until"),
    )

    engineer_id: Mapped[str] = mapped_column(String(26))
    skill: Mapped[str] = mapped_column(String(100))
    number: Mapped[str] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(String(200), default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    """The last day on which it holds."""


class EngineerShift(Entity):
    """A week of work: weekday "0" (Monday) to "6" -> [["08:30", "12:00"], ["13:00", "17:30"]].

    Times are wall times of `time_zone`; the gaps between the spans of a day are breaks. Of several
    that hold on a day the one that began last counts.
    """

    __tablename__ = "engineer_shift"
    __table_args__ = (
        owned_by("engineer", "engineer_id"),
        Index("ix_engineer_shift", "tenant_id", "engineer_id", "valid_from"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
    )

    engineer_id: Mapped[str] = mapped_column(String(26))
    weekly: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(300), default="")


class AbsenceKind(StrEnum):
    LEAVE = "leave"
    SICK = "sick"
    TRAINING = "training"
    OTHER = "other"


class AbsenceState(StrEnum):
    """Only what is approved keeps an engineer from being planned."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class EngineerAbsence(Entity):
    """A time in which an engineer does not work."""

    __tablename__ = "engineer_absence"
    __table_args__ = (
        owned_by("engineer", "engineer_id"),
        Index("ix_engineer_absence", "tenant_id", "engineer_id", "starts_at"),
        Index("ix_engineer_absence_end", "tenant_id", "ends_at"),
        CheckConstraint("ends_at > starts_at", name="span"),
    )

    engineer_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20), default=AbsenceKind.LEAVE)
    state: Mapped[str] = mapped_column(String(20), default=AbsenceState.REQUESTED)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    requested_by: Mapped[str] = mapped_column(String(60), default="")
    decided_by: Mapped[str] = mapped_column(String(60), default="")
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    def decide(self, state: AbsenceState, by: str, answer: str, at: datetime) -> None:
        """Approve or reject what is asked for; `AbsenceDecided` where that was done before."""
        if self.state != AbsenceState.REQUESTED:
            raise AbsenceDecided(self.state)
        self.state, self.decided_by, self.decided_at, self.answer = state, by, at, answer
        self.touch(at)

    def cancel(self, by: str, at: datetime) -> None:
        """Take it back, whether it was approved or not."""
        if self.state in {AbsenceState.REJECTED, AbsenceState.CANCELLED}:
            raise AbsenceDecided(self.state)
        self.state, self.decided_by, self.decided_at = AbsenceState.CANCELLED, by, at
        self.touch(at)


class EngineerPosition(TenantRow):
    """Where an engineer was last seen: by a check-in, or told by the phone. No history is kept."""

    __tablename__ = "engineer_position"
    __table_args__ = (owned_by("engineer", "engineer_id"),)
    audited = False

    engineer_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]
    accuracy_m: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(20), default="phone")
    seen_at: Mapped[datetime]


class ServiceArea(Entity):
    """A named area: places by name, each with coordinates where they are known, or a circle.

    `places` is a list of `roster_schemas.Place`.
    """

    __tablename__ = "service_area"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120), default="")
    countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    radius_km: Mapped[float | None]
