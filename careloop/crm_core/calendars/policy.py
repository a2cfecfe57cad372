"""Working time on a calendar: pure rules, exact over changes of the clocks.

A calendar's hours are hours on the wall of its zone. A wall time that a zone skips is the instant
of the jump; one that it repeats is the first of the two. So spans never overlap, and working
time adds up: that of a..c is that of a..b and of b..c together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DayMinutes = tuple[tuple[int, int], ...]
"""Spans of one day in minutes from midnight, in order, without overlap."""
ZERO = timedelta()
ONE_DAY = timedelta(days=1)
DAY_MINUTES = 1440


@dataclass(frozen=True)
class Hours:
    """When work is done. `weekly` has seven days, Monday first; `extra` wins over `off`.

    With `always`, nothing else counts. Otherwise at least one weekday has a span, and `off` and
    `extra` are finite, so that every stretch of work ends.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    weekly: tuple[DayMinutes, ...] = ((),) * 7
    off: frozenset[date] = frozenset()
    extra: Mapping[date, DayMinutes] = field(default_factory=dict)
    always: bool = False

    def __post_init__(self) -> None:
        if not self.always and (len(self.weekly) != 7 or not any(self.weekly)):
            raise ValueError("a calendar needs seven weekdays, and hours on one of them at least")

    def of_day(self, day: date) -> DayMinutes:
        """The spans of one day on the wall."""
        if self.always:
            return ((0, DAY_MINUTES),)
        if day in self.extra:
            return self.extra[day]
        return () if day in self.off else self.weekly[day.weekday()]


ROUND_THE_CLOCK = Hours(always=True)


def add_working(hours: Hours, start: datetime, minutes: int) -> datetime:
    """When so many working minutes from `start` are over, in UTC; never before `start`.

    With 0 minutes it is `start` itself, also outside working hours.
    """
    return add_working_time(hours, start, timedelta(minutes=minutes))


def add_working_time(hours: Hours, start: datetime, amount: timedelta) -> datetime:
    """The first instant at which `amount` of working time from `start` has passed."""
    start = start.astimezone(UTC)
    if amount <= ZERO:
        return start
    if hours.always:
        return start + amount
    left = amount
    for begin, end in _spans_from(hours, start):
        length = end - begin
        if length >= left:
            return begin + left
        left -= length
    raise AssertionError("a calendar with hours never ends")


def working_time(hours: Hours, a: datetime, b: datetime) -> timedelta:
    """Working time from `a` to `b`; none when `b` is not after `a`."""
    a, b = a.astimezone(UTC), b.astimezone(UTC)
    if b <= a:
        return ZERO
    if hours.always:
        return b - a
    total = ZERO
    for begin, end in _spans_from(hours, a):
        if begin >= b:
            break
        total += min(end, b) - begin
    return total


def working_minutes(hours: Hours, a: datetime, b: datetime) -> int:
    """Whole working minutes from `a` to `b`."""
    return working_time(hours, a, b) // timedelta(minutes=1)


def _spans_from(hours: Hours, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Working spans in UTC that end after `start`, the first cut to begin there."""
    day = start.astimezone(hours.zone).date() - ONE_DAY
    while True:
        for first, last in hours.of_day(day):
            end = _instant(hours.zone, day, last)
            if end > start:
                begin = max(start, _instant(hours.zone, day, first))
                if end > begin:
                    yield begin, end
        day += ONE_DAY


def _instant(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """The instant of a wall time, in UTC."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    return _jump(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), early)


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant between the two at which the zone skips wall time, to the second."""
    offset = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        at = before + timedelta(seconds=middle)
        if at.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)
