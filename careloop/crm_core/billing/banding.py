"""Minutes of work by the kind of hours they fall in: normal, overtime, night, holiday.

Normal is what the calendar calls working time. A day on which the calendar rests altogether, a
weekend as well as a feast, is a holiday. Outside working time, the night is night and the rest
overtime. Every minute is of exactly one kind.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from careloop.crm_core.calendars.policy import Hours

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)


class Band(StrEnum):
    NORMAL = "normal"
    OVERTIME = "overtime"
    NIGHT = "night"
    HOLIDAY = "holiday"


Night = tuple[int, int]
"""Minutes of the day at which the night begins and ends, e.g. (1320, 360)."""


def bands(hours: Hours, start: datetime, minutes: int, night: Night) -> dict[Band, int]:
    """So many minutes from `start`, by kind; the values add up to `minutes`."""
    start = start.astimezone(UTC)
    end = start + minutes * MINUTE
    found: dict[Band, int] = {}
    before = start
    counted = 0
    for cut in [*_cuts(hours, start, end, night), end]:
        until = (cut - start) // MINUTE
        if until > counted:
            band = _band(hours, before + (cut - before) / 2, night)
            found[band] = found.get(band, 0) + until - counted
            counted = until
        before = cut
    return {band: found[band] for band in Band if band in found}


def minute_of(clock: str) -> int:
    """`22:30` in minutes from midnight."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _cuts(hours: Hours, start: datetime, end: datetime, night: Night) -> list[datetime]:
    """Instants inside the span at which the kind of hours may change, in order."""
    found: set[datetime] = set()
    day = start.astimezone(hours.zone).date() - ONE_DAY
    last = end.astimezone(hours.zone).date() + ONE_DAY
    while day <= last:
        marks = {0, *night}
        for begin, finish in hours.of_day(day):
            marks |= {begin, finish}
        found |= {_instant(hours, day, minute) for minute in marks}
        day += ONE_DAY
    return sorted(cut for cut in found if start < cut < end)


def _instant(hours: Hours, day: date, minute: int) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=hours.zone).astimezone(UTC)


def _band(hours: Hours, at: datetime, night: Night) -> Band:
    here = at.astimezone(hours.zone)
    minute = here.hour * 60 + here.minute
    spans = hours.of_day(here.date())
    if any(begin <= minute < finish for begin, finish in spans):
        return Band.NORMAL
    if not spans:
        return Band.HOLIDAY
    begin, finish = night
    at_night = begin <= minute < finish if begin <= finish else minute >= begin or minute < finish
    return Band.NIGHT if at_night else Band.OVERTIME
