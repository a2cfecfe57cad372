"""Working time is exact on every calendar, over every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from careloop.crm_core.calendars import queries, service
from careloop.crm_core.calendars.policy import (
    Hours,
    add_working,
    add_working_time,
    working_minutes,
    working_time,
)  # fmt: skip
from careloop.crm_core.calendars.schemas import CreateCalendar, ReplaceCalendar
from careloop.kit.actor import Actor
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict

ZONES = (
    "UTC", "America/Sao_Paulo", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe",
    "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Atlantic/Azores",
)  # fmt: skip
YEARS = (2011, 2017, 2018, 2026)
"""Brazil jumped at midnight until 2019; Samoa left out a whole day in 2011."""
NINE_TO_SIX = ((9 * 60, 18 * 60),)


@st.composite
def day_spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.integers(0, 96), max_size=6, unique=True)))
    return tuple((a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Hours:
    if draw(st.integers(0, 9)) == 0:
        return Hours(always=True)
    weekly = tuple(draw(st.lists(day_spans(), min_size=7, max_size=7)))
    if not any(weekly):
        weekly = (NINE_TO_SIX, *weekly[1:])
    year = draw(st.sampled_from(YEARS))
    days = st.dates(date(year, 1, 1), date(year, 12, 31))
    return Hours(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        weekly,
        frozenset(draw(st.lists(days, max_size=6))),
        draw(st.dictionaries(days, day_spans(), max_size=3)),
    )


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    year = draw(st.sampled_from(YEARS))
    second = draw(st.integers(0, 366 * 86_400 - 1))
    return datetime(year, 1, 1, tzinfo=UTC) + timedelta(seconds=second)


stretches = st.integers(0, 21 * 86_400_000_000).map(lambda us: timedelta(microseconds=us))


@settings(max_examples=150, deadline=None)
@given(calendars(), instants(), stretches, stretches)
def test_working_time_adds_up(
    hours: Hours, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = working_time(hours, start, end)
    assert whole == working_time(hours, start, middle) + working_time(hours, middle, end)
    assert timedelta() <= whole <= end - start
    assert working_time(hours, end, start) == timedelta()


@settings(max_examples=150, deadline=None)
@given(calendars(), instants(), stretches, stretches)
def test_adding_undoes_measuring(
    hours: Hours, start: datetime, first: timedelta, second: timedelta
) -> None:
    """The due instant is the first one by which the work has been done."""
    due = add_working_time(hours, start, first)
    assert working_time(hours, start, due) == first
    assert due >= start + first
    later = add_working_time(hours, start, first + second)
    assert later >= due
    if first:
        # In two steps or in one: the same instant.
        assert later == add_working_time(hours, due, second)
        assert working_time(hours, start, due - timedelta(microseconds=1)) < first


@settings(max_examples=120, deadline=None)
@given(calendars(), instants())
def test_a_minute_is_worked_when_the_wall_clock_says_so(hours: Hours, at: datetime) -> None:
    at = at.replace(second=0)
    local = at.astimezone(hours.zone)
    for edge in (-125, 125):
        near = (at + timedelta(minutes=edge)).astimezone(hours.zone)
        if near.utcoffset() != local.utcoffset():
            return  # the wall clock itself is of two minds around a change
    minute = local.hour * 60 + local.minute
    on_the_wall = any(a <= minute < b for a, b in hours.of_day(local.date()))
    assert (working_minutes(hours, at, at + timedelta(minutes=1)) == 1) is on_the_wall


@pytest.mark.parametrize(
    ("zone", "spans", "start", "minutes", "due"),
    [
        # Friday 17:00 in Berlin, two hours: over the weekend on which summer time begins.
        ("Europe/Berlin", NINE_TO_SIX, "2026-03-27T16:00:00Z", 120, "2026-03-30T08:00:00Z"),
        # A night shift over the jump loses the hour that never was.
        ("Europe/Berlin", ((0, 360),), "2026-03-28T23:00:00Z", 300, "2026-03-29T04:00:00Z"),
        # Brazil's midnight that never was: the day begins at one o'clock.
        ("America/Sao_Paulo", ((0, 60), (120, 180)), "2018-11-04T02:00:00Z", 30,
         "2018-11-04T04:30:00Z"),
        # Lord Howe moves its clocks by half an hour.
        ("Australia/Lord_Howe", ((0, 180),), "2026-10-03T13:30:00Z", 150, "2026-10-03T16:00:00Z"),
    ],
)  # fmt: skip
def test_known_changes_of_the_clocks(
    zone: str, spans: tuple[tuple[int, int], ...], start: str, minutes: int, due: str
) -> None:
    days = (spans,) * 5 + (((), ()) if spans == NINE_TO_SIX else (spans, spans))
    hours = Hours(ZoneInfo(zone), days)
    found = add_working(hours, datetime.fromisoformat(start), minutes)
    assert found == datetime.fromisoformat(due)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="hours on one"):
        Hours()
    for bad in (
        {"weekly": {}}, {"weekly": {"7": [("09:00", "10:00")]}},
        {"weekly": {"0": [("10:00", "09:00")]}}, {"weekly": {"0": [("9:00", "10:00")]}},
        {"weekly": {"0": [("09:00", "12:00"), ("11:00", "13:00")]}},
        {"weekly": {"0": [("09:00", "12:00")]}, "time_zone": "Mars/Olympus"},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            CreateCalendar.model_validate({"code": "x", **bad})


@pytest.fixture
def clock() -> Clock:
    return FixedClock(datetime(2026, 11, 22, 8, tzinfo=UTC))


CHINA = CreateCalendar.model_validate(
    {
        "code": "CN", "time_zone": "Asia/Shanghai", "country": "cn",
        "weekly": {str(day): [("09:00", "12:00"), ("13:00", "18:00")] for day in range(5)},
        "days_off": [{"on": "2026-11-23", "name": "Founding day"}],
        "extra_days": [{"on": "2026-11-28", "spans": [("09:00", "11:00")]}],
    }
)  # fmt: skip


def test_china_works_on_transferred_days(database: Database, admin: Actor) -> None:
    with database.write() as session:
        row = service.create_calendar(session, admin, CHINA)
        view = queries.calendar_view(row)
    assert view.country == "CN"
    assert view.public_until == date(2029, 12, 31)
    with database.read() as session:
        row = queries.calendar(session, admin, view.id)
        days = {
            day.on.isoformat(): day
            for day in queries.days_of(row, date(2026, 1, 1), date(2026, 12, 31))
        }
    assert days["2026-02-17"].day_off == "Chinese New Year (Spring Festival)"
    # Saturday 28 February 2026 was worked for a day of the Spring Festival.
    assert days["2026-02-28"].extra
    assert days["2026-02-28"].spans == [("09:00", "12:00"), ("13:00", "18:00")]
    assert days["2026-11-23"].day_off == "Founding day"
    assert days["2026-11-28"].spans == [("09:00", "11:00")]
    assert days["2026-11-29"].day_off is None
    assert days["2026-11-29"].spans == []


def test_a_calendar_is_changed_by_whoever_read_it_last(database: Database, admin: Actor) -> None:
    with database.write() as session:
        row = service.create_calendar(session, admin, CHINA)
        with pytest.raises(Conflict):
            service.create_calendar(session, admin, CHINA)
        facts = CHINA.model_dump() | {"calendar_id": row.id, "version": 1, "country": ""}
        changed = service.replace_calendar(session, admin, ReplaceCalendar.model_validate(facts))
        assert changed.version == 2
        assert changed.public_holidays == []
        with pytest.raises(VersionConflict):
            service.replace_calendar(session, admin, ReplaceCalendar.model_validate(facts))
        with pytest.raises(Conflict):
            renamed = facts | {"version": 2, "code": "DE"}
            service.replace_calendar(session, admin, ReplaceCalendar.model_validate(renamed))
        with pytest.raises(NotFound):
            unknown = facts | {"calendar_id": "0" * 26}
            service.replace_calendar(session, admin, ReplaceCalendar.model_validate(unknown))
    with pytest.raises(InvalidInput), database.write() as session:
        nowhere = CHINA.model_copy(update={"code": "QQ", "country": "QQ"})
        service.create_calendar(session, admin, nowhere)
