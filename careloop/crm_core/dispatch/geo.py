"""Distances and the time they take: pure functions, for one pair or for many at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from careloop.crm_core.dispatch.settings_schemas import TravelFacts

EARTH_KM = 6371.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """A place and how it is known; `lat` and `lon` are None where it is not."""

    lat: float | None
    lon: float | None
    kind: str = "unknown"
    label: str = ""

    @property
    def known(self) -> bool:
        return self.lat is not None and self.lon is not None


NOWHERE = Point(None, None)


def km(a: Point, b: Point) -> float | None:
    """Great-circle kilometres; None where a place is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * (
        math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def minutes(a: Point, b: Point, travel: TravelFacts) -> int | None:
    """Whole minutes from one place to another; None where a place is unknown."""
    far = km(a, b)
    return None if far is None else minutes_of(far, travel)


def minutes_of(far: float, travel: TravelFacts) -> int:
    """Whole minutes for so many kilometres as the crow flies."""
    return round(far * travel.road_factor / travel.speed_kmh * 60 + travel.fixed_min)


def km_to(lat: Floats, lon: Floats, place: Point) -> Floats:
    """Kilometres from many places to one; NaN where a place is unknown."""
    if place.lat is None or place.lon is None:
        return np.full(lat.shape, np.nan)
    p, q = np.radians(lat), math.radians(place.lat)
    half = np.sin((q - p) / 2) ** 2 + np.cos(p) * math.cos(q) * (
        np.sin(np.radians(place.lon - lon) / 2) ** 2
    )
    found: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return found


def inside(lat: float, lon: float, centre: Point, radius_km: float) -> bool:
    """Whether a place lies in a circle."""
    far = km(Point(lat, lon), centre)
    return far is not None and far <= radius_km
