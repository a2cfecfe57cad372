"""Office hours mean the clock on the wall, on every day of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from careloop.crm_core.workforce.policy import HORIZON_DAYS, is_open, next_opening
from careloop.crm_core.workforce.schemas import OfficeHoursView

ZONES = (
    "UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe",
    "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns",
)  # fmt: skip
clocks = st.integers(0, 24 * 4).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
spans = st.tuples(clocks, clocks).filter(lambda span: span[0] < span[1])
hours = st.builds(
    OfficeHoursView,
    time_zone=st.sampled_from(ZONES),
    weekly=st.dictionaries(
        st.sampled_from([str(day) for day in range(7)]), st.lists(spans, max_size=2), max_size=7
    ),
    holidays=st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=4),
)
instants = st.integers(0, 365 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)


def on_the_wall(view: OfficeHoursView, at: datetime) -> bool | None:
    """What a person reads off the wall clock; None in the hours that a zone skips or repeats."""
    local = at.astimezone(view.zone)
    for edge in (-120, 120):
        near = (at + timedelta(minutes=edge)).astimezone(view.zone)
        if near.utcoffset() != local.utcoffset():
            return None
    if local.date() in view.holidays:
        return False
    clock = local.strftime("%H:%M")
    return any(start <= clock < end for start, end in view.weekly.get(str(local.weekday()), []))


@given(hours, instants)
def test_open_is_what_the_wall_clock_says(view: OfficeHoursView, at: datetime) -> None:
    wanted = on_the_wall(view, at)
    if wanted is not None:
        assert is_open(view, at) == wanted


@given(hours, instants)
def test_the_next_opening_is_open_and_the_first(view: OfficeHoursView, at: datetime) -> None:
    opening = next_opening(view, at)
    if opening is None:
        later = (at + timedelta(hours=h) for h in range((HORIZON_DAYS - 1) * 24))
        assert not any(is_open(view, hour) for hour in later)
        return
    assert opening >= at
    assert opening.tzinfo is UTC
    assert is_open(view, opening)
    assert (opening == at) == is_open(view, at)
    step = (opening - at) / 7
    assert not any(is_open(view, at + step * n) for n in range(7) if at + step * n < opening)


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("2026-03-08T12:59:00Z", False),  # 08:59 in New York, the day summer time begins
        ("2026-03-08T13:00:00Z", True),  # 09:00, an hour earlier in UTC than the day before
        ("2026-03-07T13:59:00Z", False),
        ("2026-03-07T14:00:00Z", True),
        ("2026-11-01T13:59:00Z", False),  # the day it ends
        ("2026-11-01T14:00:00Z", True),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(at: str, opened: bool) -> None:
    week = {str(day): [("09:00", "17:00")] for day in range(7)}
    view = OfficeHoursView(time_zone="America/New_York", weekly=week)
    assert is_open(view, datetime.fromisoformat(at)) == opened


def test_until_midnight_means_the_last_minute_of_the_day() -> None:
    view = OfficeHoursView(time_zone="Asia/Shanghai", weekly={"0": [("20:00", "24:00")]})
    zone = ZoneInfo("Asia/Shanghai")
    assert is_open(view, datetime(2026, 11, 23, 23, 59, 59, tzinfo=zone))
    assert not is_open(view, datetime(2026, 11, 24, 0, 0, tzinfo=zone))


def test_around_the_clock_has_no_hole() -> None:
    week = {str(day): [("00:00", "24:00")] for day in range(7)}
    for name in ZONES:
        view = OfficeHoursView(time_zone=name, weekly=week)
        start = datetime(2026, 1, 1, tzinfo=UTC)
        assert all(is_open(view, start + timedelta(hours=h)) for h in range(0, 365 * 24, 3)), name


def test_a_holiday_is_closed_and_the_next_day_is_told() -> None:
    week = {str(day): [("09:00", "17:00")] for day in range(7)}
    view = OfficeHoursView(time_zone="UTC", weekly=week, holidays=[date(2026, 12, 25)])
    noon = datetime(2026, 12, 25, 12, tzinfo=UTC)
    assert not is_open(view, noon)
    assert next_opening(view, noon) == datetime(2026, 12, 26, 9, tzinfo=UTC)


def test_no_hours_means_never() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert not is_open(OfficeHoursView(), now)
    assert next_opening(OfficeHoursView(), now) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": ""},
        {"weekly": {"7": [["09:00", "10:00"]]}},
        {"weekly": {"Monday": []}},
        {"weekly": {"0": [["10:00", "09:00"]]}},
        {"weekly": {"0": [["09:00", "09:00"]]}},
        {"weekly": {"0": [["9:00", "10:00"]]}},
        {"weekly": {"0": [["09:00", "24:01"]]}},
        {"weekly": {"0": [["09:60", "10:00"]]}},
        {"weekly": {"0": [["22:00", "06:00"]]}},
        {"holidays": ["2026-02-30"]},
    ],
)
def test_hours_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OfficeHoursView.model_validate(wrong)
