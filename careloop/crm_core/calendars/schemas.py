"""Commands and views of business calendars."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")
WEEKDAYS = frozenset("0123456")
Span = tuple[str, str]


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is not an IANA time zone") from None
    return value


def _spans(spans: list[Span]) -> list[Span]:
    """Spans of one day in order; they may touch, but not overlap."""
    ordered = sorted(spans)
    for start, end in ordered:
        if not (_TIME.match(start) and _TIME.match(end)) or start >= end:
            raise ValueError(f"{start}-{end} is not a span of one day")
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            raise ValueError(f"the span from {start} overlaps the one until {end}")
    return ordered


def _week(weekly: dict[str, list[Span]]) -> dict[str, list[Span]]:
    if set(weekly) - WEEKDAYS:
        raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
    return {day: _spans(spans) for day, spans in sorted(weekly.items()) if spans}


Spans = Annotated[list[Span], Field(max_length=12), AfterValidator(_spans)]
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")
]
Zone = Annotated[str, AfterValidator(_zone)]
Week = Annotated[dict[str, list[Span]], AfterValidator(_week)]


class DayOff(BaseModel):
    """A day without work."""

    on: date = Field(description="The day.")
    name: str = Field("", max_length=120, description="Why, e.g. the feast's name.")


class WorkingDay(BaseModel):
    """A day worked although the week or a holiday says otherwise."""

    on: date = Field(description="The day.")
    spans: Spans = Field(
        default_factory=list, description="Hours of that day; none: those of the first working day."
    )


class CalendarFacts(BaseModel):
    """When work is done: a week, what breaks it, and where the public holidays come from."""

    code: Code = Field(description="Short name that contracts and policies use.")
    name: str = Field("", max_length=120, description="Name for people.")
    time_zone: Zone = Field("UTC", description="IANA name of the zone the times are in.")
    always: bool = Field(False, description="Work never rests (24 hours, 7 days).")
    weekly: Week = Field(
        default_factory=dict, description='Weekday to spans, e.g. {"0": [["09:00", "18:00"]]}.'
    )
    country: str = Field(
        "", max_length=2, description="ISO 3166 country whose public holidays are days off."
    )
    subdivision: str = Field("", max_length=10, description="Its part, e.g. BY for Bavaria.")
    days_off: list[DayOff] = Field(
        default_factory=list, max_length=500, description="The house's own days off."
    )
    extra_days: list[WorkingDay] = Field(
        default_factory=list, max_length=500, description="The house's own extra working days."
    )

    @model_validator(mode="after")
    def _works_at_all(self) -> CalendarFacts:
        if not self.always and not self.weekly:
            raise ValueError("weekly: name at least one weekday with hours, or set `always`")
        return self


class CreateCalendar(CalendarFacts):
    """A new business calendar."""


class ReplaceCalendar(CalendarFacts):
    """A calendar's facts as they shall be from now on."""

    calendar_id: str = Field(max_length=26, description="Id of the calendar.")
    version: int | None = Field(None, description="Version the change is based on.")


class CalendarView(CalendarFacts):
    """A calendar with the public days that were looked up for it."""

    id: str
    version: int
    public_holidays: list[DayOff]
    public_extra_days: list[WorkingDay]
    public_until: date | None = Field(description="Public days are known until then.")
    updated_at: str


class CalendarDay(BaseModel):
    """One day of a calendar: its hours, and why it rests."""

    on: date
    spans: list[Span]
    day_off: str | None = Field(description="Name of the holiday; null on other days.")
    extra: bool


class WorkingSpan(BaseModel):
    """When a stretch of work that starts then is over."""

    start: str
    minutes: int
    due_at: str
