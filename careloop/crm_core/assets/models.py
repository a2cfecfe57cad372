"""Table of assets."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class Asset(Entity):
    """One physical device. `serial_key` is the serial with look-alike characters folded."""

    __tablename__ = "asset"
    __table_args__ = (
        UniqueConstraint("tenant_id", "serial"),
        owned_by("product_model", "model_id"),
        owned_by("customer", "customer_id"),
        Index("ix_asset_serial_key", "tenant_id", "serial_key"),
        Index("ix_asset_customer", "tenant_id", "customer_id"),
    )

    serial: Mapped[str] = mapped_column(String(80))
    serial_key: Mapped[str] = mapped_column(String(80))
    model_id: Mapped[str] = mapped_column(String(26))
    model: Mapped[str] = mapped_column(String(80))
    customer_id: Mapped[str | None] = mapped_column(String(26))
    site: Mapped[str] = mapped_column(String(200), default="")
    shipped_on: Mapped[date | None] = mapped_column(Date)
    installed_on: Mapped[date | None] = mapped_column(Date)
    warranty_until: Mapped[date | None] = mapped_column(Date)
    firmware: Mapped[str] = mapped_column(String(40), default="")
    usage_hours: Mapped[int | None]
    contract_number: Mapped[str] = mapped_column(String(60), default="")

    def under_warranty(self, on: date) -> bool | None:
        """Whether the warranty covers that day; None where no date is on file."""
        return None if self.warranty_until is None else on <= self.warranty_until
