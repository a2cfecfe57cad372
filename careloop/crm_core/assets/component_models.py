"""Table of components: what is, and was, fitted where in a device."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by

_FITTED = text("removed_at IS NULL")
_FITTED_WITH_SERIAL = text("removed_at IS NULL AND serial <> ''")


class AssetComponent(Entity):
    """One part in one position of one device, from the time it was fitted until it was removed.

    A position holds one component at a time, so the tree hangs on positions: `parent` names the
    position this one sits in, and stays true when the component there is replaced. A row is
    closed, never overwritten: the rows of a position are its history.
    """

    __tablename__ = "asset_component"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        UniqueConstraint("tenant_id", "command_id"),
        Index("ix_asset_component_position", "tenant_id", "asset_id", "position"),
        Index("ix_asset_component_serial", "tenant_id", "serial_key"),
        Index(
            "uq_asset_component_fitted", "tenant_id", "asset_id", "position", unique=True,
            sqlite_where=_FITTED, postgresql_where=_FITTED,
        ),
        Index(
            "uq_asset_component_serial", "tenant_id", "part", "serial", unique=True,
            sqlite_where=_FITTED_WITH_SERIAL, postgresql_where=_FITTED_WITH_SERIAL,
        ),
    )  # fmt: skip

    asset_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[str] = mapped_column(String(120))
    parent: Mapped[str] = mapped_column(String(120), default="")
    module: Mapped[str] = mapped_column(String(100), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    part: Mapped[str] = mapped_column(String(60), default="")
    quantity: Mapped[int] = mapped_column(default=1)
    serial: Mapped[str] = mapped_column(String(80), default="")
    serial_key: Mapped[str] = mapped_column(String(80), default="")
    lot: Mapped[str] = mapped_column(String(60), default="")
    fitted_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    work_order: Mapped[str] = mapped_column(String(40), default="")
    removed_by: Mapped[str] = mapped_column(String(40), default="")
    removed_for: Mapped[str] = mapped_column(String(500), default="")
    warranty_until: Mapped[date | None] = mapped_column(Date)
    replaces: Mapped[str | None] = mapped_column(String(26))
    replaced_by: Mapped[str | None] = mapped_column(String(26))
    command_id: Mapped[str | None] = mapped_column(String(100))
    command_digest: Mapped[str] = mapped_column(String(64), default="")

    def remove(self, at: datetime, work_order: str, reason: str, now: datetime) -> None:
        """Close the row: from `at` on the component is no longer in the device."""
        self.removed_at = at
        self.removed_by, self.removed_for = work_order, reason
        self.touch(now)
