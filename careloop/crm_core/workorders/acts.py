"""What is told of each act on a visit; `schemas` adds the number of the visit.

An act from a device without a signal carries `command_id`, which acts once for ever, and
`happened_at`, the device's time; facts are accepted late, steps only where they still fit.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from careloop.crm_core.workorders.models import RepeatReason, Result

DAY_MINUTES = 24 * 60
LabourKind = Literal["work", "wait", "travel"]
Taken = Literal["before", "after", "nameplate", "other"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone of the IANA list, such as Asia/Shanghai") from None
    return name


TimeZone = Annotated[str, Field(max_length=60), AfterValidator(_zone)]
Version = Annotated[int | None, Field(description="Version the change is based on.")]


class Window(BaseModel):
    """An appointment; times with zone or UTC, `time_zone` is the zone it was agreed in."""

    model_config = ConfigDict(populate_by_name=True)

    from_: AwareDatetime = Field(alias="from", description="Earliest arrival.")
    until: AwareDatetime = Field(description="Latest arrival.")
    time_zone: TimeZone = Field("UTC", description="Zone it was agreed in (IANA).")

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.until <= self.from_:
            raise ValueError("a window ends after it begins")
        return self


class DeviceAct(BaseModel):
    """What every act of a visit carries."""

    command_id: str | None = Field(None, min_length=1, max_length=100, description="Acts once.")
    happened_at: AwareDatetime | None = Field(None, description="The device's time of it.")
    version: Version = None


class Confirmation(DeviceAct):
    """The customer agreed to the window; from now on it is a promise."""

    note: str = Field("", max_length=1000, description="With whom it was agreed.")


class Departure(DeviceAct):
    """The engineer is on the way."""


class Arrival(DeviceAct):
    """The engineer has arrived."""

    lat: float | None = Field(None, ge=-90, le=90, description="Latitude, degrees.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude, degrees.")
    accuracy_m: float | None = Field(None, ge=0, le=1e6, description="Accuracy, metres.")
    place: str = Field("", max_length=200, description="Where, in words.")
    travel_minutes: int | None = Field(None, ge=0, le=7 * DAY_MINUTES, description="Way there.")
    travel_km: Decimal | None = Field(None, ge=0, le=99999, description="Way there, km.")


class Labour(DeviceAct):
    """Minutes of work, waiting or travel."""

    kind: LabourKind = Field("work", description="What the time was spent on.")
    minutes: int = Field(ge=1, le=DAY_MINUTES, description="How many.")
    note: str = Field("", max_length=2000, description="What was done.")


class Reading(DeviceAct):
    """A measured value; with limits it passes or fails."""

    name: str = Field(min_length=1, max_length=120, description="What was measured.")
    value: Decimal = Field(max_digits=20, decimal_places=6, description="The value.")
    unit: str = Field("", max_length=20, description="Its unit.")
    low: Decimal | None = Field(None, max_digits=20, decimal_places=6, description="Least allowed.")
    high: Decimal | None = Field(None, max_digits=20, decimal_places=6, description="Most allowed.")

    @model_validator(mode="after")
    def _in_order(self) -> Reading:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the lower limit is above the upper one")
        return self


class Photo(DeviceAct):
    """A picture whose bytes lie in the blob store already."""

    when: Taken = Field("other", description="What it shows.")
    caption: str = Field("", max_length=300, description="In words.")
    media_type: str = Field(max_length=100, description="Type, as found by its content.")
    size: int = Field(ge=1, description="Bytes.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of its bytes.")


class UsedPart(DeviceAct):
    """A part taken from stock and fitted; with serials the component is replaced as well."""

    model_config = ConfigDict(populate_by_name=True)

    part: str = Field(max_length=60, description="Part number.")
    quantity: int = Field(1, ge=1, le=10_000, description="How many, in the part's unit.")
    from_: str = Field("", alias="from", max_length=80, description="Location; empty: the van.")
    lot: str = Field("", max_length=80, description="Lot of the part.")
    serial_out: str = Field("", max_length=80, description="Serial of what was taken out.")
    serial_in: str = Field("", max_length=80, description="Serial of what was put in.")
    component_id: str | None = Field(None, max_length=26, description="Component replaced.")
    position: str = Field("", max_length=120, description="Place in the device.")
    reservation_id: str | None = Field(None, max_length=26, description="Reservation used up.")
    reason: str = Field("", max_length=500, description="Why it was replaced.")
    accept_discrepancy: bool = Field(
        False, description="Book it even where the stock books do not show it, as after the fact."
    )


class SignatureFacts(DeviceAct):
    """The customer signs the report as it stands."""

    name: str = Field(min_length=1, max_length=200, description="Who signs.")
    role: str = Field("", max_length=100, description="What they are there.")
    size: int = Field(0, ge=0, description="Bytes of the picture; 0: confirmed by word alone.")
    sha256: str = Field("", pattern="^([0-9a-f]{64})?$", description="Hash of the picture.")


class Revision(DeviceAct):
    """Open a signed report again; it must be signed anew."""

    reason: str = Field(min_length=1, max_length=1000, description="What is wrong in it.")


class ReportText(DeviceAct):
    """The words of the report, before it is signed."""

    report: str = Field(max_length=20_000, description="What was found and done.")


class NextVisit(BaseModel):
    """What the next visit needs."""

    wished_from: datetime | None = Field(None, description="Not before.")
    skill: str = Field("", max_length=100, description="Skill it needs.")
    parts: list[str] = Field(default_factory=list, max_length=50, description="Parts to bring.")
    note: str = Field("", max_length=2000, description="In words.")


class Ending(DeviceAct):
    """The end of a visit."""

    result: Result = Field(description="What came of it.")
    repeat_reason: RepeatReason | None = Field(
        None, description="Why one more visit is needed; must be given unless it is solved."
    )
    report: str | None = Field(None, max_length=20_000, description="What was found and done.")
    cause: str = Field("", max_length=60, description="Code of the cause, for the ticket.")
    component: str = Field("", max_length=120, description="Part of the device at fault.")
    reason: str = Field("", max_length=1000, description="Why it was broken off.")
    unfinished_reason: str = Field(
        "", max_length=1000, description="Why required standard work stays open."
    )
    travel_minutes: int | None = Field(None, ge=0, le=7 * DAY_MINUTES, description="All travel.")
    travel_km: Decimal | None = Field(None, ge=0, le=99999, description="All travel, km.")
    lat: float | None = Field(None, ge=-90, le=90, description="Latitude at check-out, degrees.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude, degrees.")
    accuracy_m: float | None = Field(None, ge=0, le=1e6, description="Accuracy, metres.")
    place: str = Field("", max_length=200, description="Where, in words.")
    next_visit: NextVisit | None = Field(None, description="What the next visit needs.")


class Cancellation(DeviceAct):
    """The visit will not take place."""

    reason: str = Field(min_length=1, max_length=1000, description="Why.")
