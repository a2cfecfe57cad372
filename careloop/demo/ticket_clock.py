"""When customers write and how long service takes, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from careloop.demo.agreements import PLANS

IN_OFFICE_HOURS = 0.86
WEEKEND_WAITS = 0.75
# Median hours until an engineer stands on site without a promise in a contract.
ONSITE_WITHOUT_PLAN = 76.0


def written_at(rng: Random, day: date, time_zone: str) -> datetime:
    """A moment of that local day, mostly in office hours; weekends often wait for Monday."""
    if day.weekday() >= 5 and rng.random() < WEEKEND_WAITS:
        day += timedelta(days=7 - day.weekday())
    hours = rng.triangular(8.0, 19.0, 10.0)
    if rng.random() >= IN_OFFICE_HOURS:
        hours = rng.uniform(6.0, 23.5)
    minutes = round(hours * 60)
    local = datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(time_zone))
    return local.astimezone(UTC)


def _minutes(hours: float) -> timedelta:
    return timedelta(minutes=round(hours * 60))


def time_to_close(
    rng: Random, plan: str, visits: int, labour_hours: float, lead_days: int
) -> timedelta:
    """From the customer's message to closure.

    `lead_days` is the longest delivery time of the parts used; one repair in four finds a part
    out of stock near the customer and waits for half of that time.
    """
    if visits == 0:
        return _minutes(rng.lognormvariate(1.2, 0.9) + labour_hours)
    promised = PLANS[plan].onsite_hours if plan in PLANS else 0
    median = promised or ONSITE_WITHOUT_PLAN
    hours = sum(median * rng.lognormvariate(0.0, 0.45) for _ in range(visits)) + labour_hours
    if lead_days and rng.random() < 0.25:
        hours += 24 * lead_days * rng.uniform(0.35, 0.65)
    confirmed_after = rng.uniform(1.0, 30.0)
    return _minutes(hours + confirmed_after)
