"""Which engineer a ticket goes to: skilled, serving the country, and near."""

from __future__ import annotations

import math
from random import Random

from careloop.demo.source_tables import Customer, Engineer, Place, Sources

EARTH_RADIUS_KM = 6371.0
NEAREST_IS_FREE = 0.8


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance by the haversine formula."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    d_lat, d_lon = lat_b - lat_a, math.radians(b.longitude - a.longitude)
    h = math.sin(d_lat / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


def assign(rng: Random, sources: Sources, customer: Customer, family: str, skill: str) -> Engineer:
    """The nearest engineer with the skills, now and then the next one."""
    needed = {family, skill} - {""}
    able = [
        engineer
        for engineer in sources.engineers
        if customer.country in engineer.countries and needed <= set(engineer.skills)
    ]
    if not able:
        raise ValueError(f"no engineer with {sorted(needed)} serves {customer.country}")
    site = sources.places[customer.city]
    able.sort(key=lambda e: (distance_km(sources.places[e.city], site), e.code))
    return able[0] if len(able) == 1 or rng.random() < NEAREST_IS_FREE else able[1]
