"""Selects of meters and readings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.meter_models import AssetMeter, MeterKind, MeterReading, ReadingKind
from careloop.crm_core.assets.meter_schemas import MeterReadingView, MeterView
from careloop.crm_core.assets.models import Asset
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def meters(session: Session, row: Asset) -> list[AssetMeter]:
    """The device's meters by name."""
    statement = select(AssetMeter).where(
        AssetMeter.tenant_id == row.tenant_id, AssetMeter.asset_id == row.id
    )
    return list(session.scalars(statement.order_by(AssetMeter.name)))


def meter(session: Session, row: Asset, name: str, lock: bool = False) -> AssetMeter:
    """The device's meter of that name or id."""
    statement = select(AssetMeter).where(
        AssetMeter.tenant_id == row.tenant_id,
        AssetMeter.asset_id == row.id,
        or_(AssetMeter.name == name, AssetMeter.id == name),
    )
    if lock:
        statement = statement.with_for_update()
    found = session.scalar(statement.order_by(AssetMeter.id != name).limit(1))
    if found is None:
        raise NotFound("This device has no such meter; add it first")
    return found


def usage_meter(session: Session, row: Asset) -> AssetMeter | None:
    """The meter whose total is the device's operating hours."""
    statement = select(AssetMeter).where(
        AssetMeter.tenant_id == row.tenant_id,
        AssetMeter.asset_id == row.id,
        AssetMeter.feeds_usage.is_(True),
    )
    return session.scalar(statement)


def by_command(session: Session, tenant_id: str, command_id: str) -> MeterReading | None:
    """The reading that came with that command id."""
    statement = select(MeterReading).where(
        MeterReading.tenant_id == tenant_id, MeterReading.command_id == command_id
    )
    return session.scalar(statement)


def reading_at(session: Session, row: AssetMeter, at: datetime) -> MeterReading | None:
    statement = select(MeterReading).where(
        MeterReading.tenant_id == row.tenant_id,
        MeterReading.meter_id == row.id,
        MeterReading.read_at == at,
    )
    return session.scalar(statement)


def neighbours(
    session: Session, row: AssetMeter, at: datetime
) -> tuple[MeterReading | None, MeterReading | None]:
    """The readings just before and just after a time."""
    mine = select(MeterReading).where(
        MeterReading.tenant_id == row.tenant_id, MeterReading.meter_id == row.id
    )
    before = mine.where(MeterReading.read_at < at).order_by(MeterReading.read_at.desc())
    after = mine.where(MeterReading.read_at > at).order_by(MeterReading.read_at)
    return session.scalar(before.limit(1)), session.scalar(after.limit(1))


def readings(
    session: Session,
    row: AssetMeter,
    before: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[MeterReading]:
    """A meter's readings, the latest first, those before `(time, id)`."""
    statement = select(MeterReading).where(
        MeterReading.tenant_id == row.tenant_id, MeterReading.meter_id == row.id
    )
    if before is not None:
        at, reading_id = before
        statement = statement.where(
            or_(
                MeterReading.read_at < at,
                and_(MeterReading.read_at == at, MeterReading.id < reading_id),
            )
        )
    ordered = statement.order_by(MeterReading.read_at.desc(), MeterReading.id.desc())
    return list(session.scalars(ordered.limit(limit)))


def meter_view(row: AssetMeter) -> MeterView:
    return MeterView(
        id=row.id, name=row.name, unit=row.unit, kind=MeterKind(row.kind),
        feeds_usage=row.feeds_usage, version=row.version,
        rollover_at=float(row.rollover_at) if row.rollover_at is not None else None,
        last_value=float(row.last_value) if row.last_value is not None else None,
        last_total=float(row.last_total) if row.last_total is not None else None,
        last_read_at=iso(row.last_read_at) if row.last_read_at else None,
    )  # fmt: skip


def reading_view(row: MeterReading, meter: AssetMeter) -> MeterReadingView:
    return MeterReadingView(
        id=row.id, meter=meter.name, unit=meter.unit, value=float(row.value),
        total=float(row.total), kind=ReadingKind(row.kind), read_at=iso(row.read_at),
        source=row.source, work_order=row.work_order, note=row.note,
    )  # fmt: skip
