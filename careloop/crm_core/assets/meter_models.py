"""Tables of meters and their readings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by

READING = Numeric(18, 3)


class MeterKind(StrEnum):
    """A counter only rises (hours, cycles); a gauge shows a level (temperature, pressure)."""

    COUNTER = "counter"
    GAUGE = "gauge"


class ReadingKind(StrEnum):
    """Why a counter may show less than before: it passed its end, or it is another one."""

    READING = "reading"
    ROLLOVER = "rollover"
    REPLACED = "replaced"


class AssetMeter(Entity):
    """Something a device counts or shows. `total` goes on over rollovers and replaced counters.

    The readings of a counter with `feeds_usage` are the device's operating hours.
    """

    __tablename__ = "asset_meter"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        UniqueConstraint("tenant_id", "asset_id", "name"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    name: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(10), default=MeterKind.COUNTER.value)
    feeds_usage: Mapped[bool] = mapped_column(default=False)
    rollover_at: Mapped[Decimal | None] = mapped_column(READING)
    last_value: Mapped[Decimal | None] = mapped_column(READING)
    last_total: Mapped[Decimal | None] = mapped_column(READING)
    last_read_at: Mapped[datetime | None]


class MeterReading(Entity):
    """What a meter showed at a time; never changed."""

    __tablename__ = "meter_reading"
    __table_args__ = (
        owned_by("asset_meter", "meter_id"),
        UniqueConstraint("tenant_id", "meter_id", "read_at"),
        UniqueConstraint("tenant_id", "command_id"),
        Index("ix_meter_reading_asset", "tenant_id", "asset_id", "read_at"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    meter_id: Mapped[str] = mapped_column(String(26))
    value: Mapped[Decimal] = mapped_column(READING)
    total: Mapped[Decimal] = mapped_column(READING)
    kind: Mapped[str] = mapped_column(String(10), default=ReadingKind.READING.value)
    read_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(40), default="")
    work_order: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    command_id: Mapped[str | None] = mapped_column(String(100))
