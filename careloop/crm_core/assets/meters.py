"""Writers of meters and readings."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.assets import meter_queries, queries
from careloop.crm_core.assets.errors import CommandMismatch
from careloop.crm_core.assets.events import ReadingNoted
from careloop.crm_core.assets.meter_models import AssetMeter, MeterKind, MeterReading, ReadingKind
from careloop.crm_core.assets.meter_queries import meter_view, reading_view
from careloop.crm_core.assets.meter_schemas import (
    AddMeter,
    MeterReadingView,
    MeterView,
    NoteReading,
)
from careloop.crm_core.assets.policy import Reading, moment, total_of
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def add_meter(session: Session, actor: Actor, command: AddMeter) -> MeterView:
    """Give a device a meter; one counter at most is its operating hours."""
    row = queries.asset(session, actor, command.serial, lock=True)
    if any(item.name == command.name for item in meter_queries.meters(session, row)):
        raise Conflict(f"The device has a meter {command.name!r} already")
    if command.kind is MeterKind.GAUGE and (command.feeds_usage or command.rollover_at):
        raise InvalidInput("Only a counter can roll over or be the operating hours")
    if command.feeds_usage:
        other = meter_queries.usage_meter(session, row)
        if other is not None:
            raise Conflict(f"{other.name!r} is the device's operating hours already")
    meter = AssetMeter(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, name=command.name,
        unit=command.unit.strip(), kind=command.kind.value, feeds_usage=command.feeds_usage,
        rollover_at=command.rollover_at, created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(meter)
    session.flush()
    return meter_view(meter)


def note_reading(session: Session, actor: Actor, command: NoteReading) -> MeterReadingView:
    """Note what a meter showed. A counter may not run backwards; see `policy.total_of`.

    The same command again, or the same value at the same time, changes nothing.
    """
    row = queries.asset(session, actor, command.serial, lock=True)
    meter = meter_queries.meter(session, row, command.meter, lock=True)
    at = moment(command.read_at, now(session))
    known = _known(session, meter, command)
    if known is not None:
        return reading_view(known, meter)
    same = meter_queries.reading_at(session, meter, at)
    if same is not None:
        if (same.value, same.kind) == (command.value, command.kind.value):
            return reading_view(same, meter)
        raise Conflict("Another reading of that very time is on file")
    before, after = meter_queries.neighbours(session, meter, at)
    total = total_of(
        command.value, command.kind, MeterKind(meter.kind), meter.rollover_at, _told(before),
        _told(after),
    )  # fmt: skip
    reading = MeterReading(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, meter_id=meter.id,
        value=command.value, total=total, kind=command.kind.value, read_at=at,
        source=command.source or (actor.name or actor.label)[:40],
        work_order=command.work_order, note=command.note, command_id=command.command_id,
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(reading)
    if after is None:
        meter.last_value, meter.last_total, meter.last_read_at = command.value, total, at
        meter.touch(now(session))
        if meter.feeds_usage:
            row.usage_hours = int(total)
            row.touch(now(session))
    session.flush()
    emit(session, ReadingNoted(actor.tenant_id, row.serial, meter.name, f"{total:f}"))
    return reading_view(reading, meter)


def _known(session: Session, meter: AssetMeter, command: NoteReading) -> MeterReading | None:
    if not command.command_id:
        return None
    found = meter_queries.by_command(session, meter.tenant_id, command.command_id)
    if found is not None and (found.meter_id, found.value) != (meter.id, command.value):
        raise CommandMismatch("This command id was used for another reading; make a new one")
    return found


def _told(row: MeterReading | None) -> Reading | None:
    if row is None:
        return None
    return Decimal(row.value), Decimal(row.total), ReadingKind(row.kind)
