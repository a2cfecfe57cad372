"""Table of service contracts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class ServiceContract(Entity):
    """What a customer is entitled to, and until when."""

    __tablename__ = "service_contract"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("customer", "customer_id"),
        Index("ix_service_contract_customer", "tenant_id", "customer_id"),
    )

    number: Mapped[str] = mapped_column(String(60))
    customer_id: Mapped[str] = mapped_column(String(26))
    plan: Mapped[str] = mapped_column(String(60), default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    response_hours: Mapped[int | None]
    onsite_hours: Mapped[int | None]
    covers: Mapped[str] = mapped_column(Text, default="")

    def active(self, on: date) -> bool:
        """Whether the contract runs on that day; an open start or end does not limit it."""
        started = self.starts_on is None or self.starts_on <= on
        return started and (self.ends_on is None or on <= self.ends_on)
