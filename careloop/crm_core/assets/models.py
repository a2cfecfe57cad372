"""Table of assets; whether a device may change its status is decided on the row."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.assets.codes import new_public_code
from careloop.crm_core.assets.errors import StatusNotAllowed
from careloop.crm_core.custom.models import Customised, Subject
from careloop.kit.db import owned_by


class AssetStatus(StrEnum):
    """Where a device stands in its life."""

    IN_STOCK = "in_stock"
    INSTALLED = "installed"
    RETURNED = "returned"
    DECOMMISSIONED = "decommissioned"


S = AssetStatus
STATUS_ARROWS: dict[AssetStatus, frozenset[AssetStatus]] = {
    S.IN_STOCK: frozenset({S.INSTALLED, S.DECOMMISSIONED}),
    S.INSTALLED: frozenset({S.RETURNED, S.DECOMMISSIONED}),
    S.RETURNED: frozenset({S.IN_STOCK, S.INSTALLED, S.DECOMMISSIONED}),
    S.DECOMMISSIONED: frozenset({S.RETURNED}),
}


class Asset(Customised):
    """One physical device. `serial_key` is the serial with look-alike characters folded.

    `parent` is the serial of the system that this device is a part of. `public_code` opens the
    device's page for whoever stands before it; it says nothing by itself.
    """

    __tablename__ = "asset"
    custom_subject = Subject.ASSET
    __table_args__ = (
        UniqueConstraint("tenant_id", "serial"),
        ForeignKeyConstraint(
            ["tenant_id", "parent"], ["asset.tenant_id", "asset.serial"], ondelete="RESTRICT"
        ),
        owned_by("product_model", "model_id"),
        owned_by("customer", "customer_id"),
        Index("ix_asset_serial_key", "tenant_id", "serial_key"),
        Index("ix_asset_customer", "tenant_id", "customer_id"),
        Index("ix_asset_parent", "tenant_id", "parent"),
        Index("ix_asset_public_code", "public_code", unique=True),
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
    name: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(20), default=AssetStatus.INSTALLED.value)
    configuration: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    installed_by: Mapped[str] = mapped_column(String(120), default="")
    decommissioned_on: Mapped[date | None] = mapped_column(Date)
    parent: Mapped[str | None] = mapped_column(String(80))
    public_code: Mapped[str] = mapped_column(String(32), default=new_public_code)

    def under_warranty(self, on: date) -> bool | None:
        """Whether the warranty covers that day; None where no date is on file."""
        return None if self.warranty_until is None else on <= self.warranty_until

    def become(self, status: AssetStatus, on: date, at: datetime) -> None:
        """Change the status as of a day; `StatusNotAllowed` names what is possible instead."""
        present = AssetStatus(self.status)
        if status not in STATUS_ARROWS[present]:
            raise StatusNotAllowed(present, status, sorted(STATUS_ARROWS[present]))
        self.status = status.value
        self.decommissioned_on = on if status is AssetStatus.DECOMMISSIONED else None
        if status is AssetStatus.INSTALLED and self.installed_on is None:
            self.installed_on = on
        self.touch(at)
