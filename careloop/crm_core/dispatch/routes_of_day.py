"""The order of an engineer's day, and the way from each place to the next: pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from careloop.crm_core.dispatch import geo
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.settings_schemas import TravelFacts


@dataclass(frozen=True, slots=True)
class Leg:
    """A visit of a day: when work begins and ends, and the way to it."""

    number: str
    start: datetime
    end: datetime
    place: Point


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a visit: from home or the visit before; None where a place is unknown."""

    origin: str
    minutes: int | None
    km: float | None
    leave_at: datetime | None
    tight: bool


def ways(home: Point, legs: Sequence[Leg], travel: TravelFacts) -> dict[str, Way]:
    """The way to each visit of one day, by its number; legs are in their order."""
    found: dict[str, Way] = {}
    place, origin, ready = home, "home", None
    for leg in legs:
        far = geo.km(place, leg.place)
        minutes = None if far is None else geo.minutes_of(far, travel)
        leave = None if minutes is None else leg.start - timedelta(minutes=minutes)
        tight = ready is not None and leave is not None and leave < ready
        found[leg.number] = Way(
            origin, minutes, None if far is None else round(far * travel.road_factor, 1), leave,
            tight,
        )  # fmt: skip
        if leg.place.known:
            place, origin = leg.place, leg.number
        ready = leg.end
    return found
