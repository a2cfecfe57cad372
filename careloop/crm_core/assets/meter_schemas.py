"""Commands and views of meters."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from careloop.crm_core.assets.meter_models import MeterKind, ReadingKind

Value = Annotated[Decimal, Field(max_digits=15, decimal_places=3)]
MeterName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class NewMeter(BaseModel):
    """A meter of a device."""

    name: MeterName = Field(description="What it counts or shows.")
    unit: str = Field("", max_length=20, description="Unit, such as h or cycles.")
    kind: MeterKind = Field(MeterKind.COUNTER, description="Only rising, or a level.")
    feeds_usage: bool = Field(False, description="Its total is the device's operating hours.")
    rollover_at: Value | None = Field(None, gt=0, description="Value at which it starts anew.")


class AddMeter(NewMeter):
    """A meter of a device."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class NewReading(BaseModel):
    """What a meter showed."""

    meter: str = Field(max_length=80, description="Name or id of the meter.")
    value: Value = Field(description="What it showed, in its unit.")
    kind: ReadingKind = Field(
        ReadingKind.READING,
        description="`rollover` when it passed its end, `replaced` for a new counter.",
    )
    read_at: datetime | None = Field(None, description="When it was read; else now.")
    source: str = Field("", max_length=40, description="Who or what read it.")
    work_order: str = Field("", max_length=40, description="Work order of the visit.")
    note: str = Field("", max_length=500, description="What else is worth knowing.")
    command_id: str | None = Field(
        None, min_length=1, max_length=100, description="The sender's id of this act."
    )


class NoteReading(NewReading):
    """What a meter showed."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class MeterReadingView(BaseModel):
    """A reading; `total` counts on over rollovers and replaced counters."""

    id: str
    meter: str
    unit: str
    value: float
    total: float
    kind: ReadingKind
    read_at: str
    source: str
    work_order: str
    note: str


class MeterView(BaseModel):
    """A meter with what it showed last."""

    id: str
    name: str
    unit: str
    kind: MeterKind
    feeds_usage: bool
    rollover_at: float | None
    last_value: float | None
    last_total: float | None
    last_read_at: str | None
    version: int
