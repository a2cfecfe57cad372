"""Minutes of travel between all places of a day.

From coordinates: great-circle kilometres (haversine, radius 6371 km) x road_factor / speed_kmh x 60
+ fixed_min, rounded to the nearest whole minute, a half to the even one. Two different stops at the
same coordinates are `fixed_min` apart (a new door, a new parking space); only from a place to
itself it is nothing. A matrix is taken as it is, its diagonal included.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careloop.crm_core.dispatch.planning.errors import (
    DuplicateId,
    MatrixShape,
    MissingCoordinates,
    UnknownPlace,
)
from careloop.crm_core.dispatch.planning.schemas import Depot, Engineer, Job, PlanLine, Travel

EARTH_KM = 6371.0
Minutes = NDArray[np.float64]
Place = tuple[str, Any, float | None, float | None]
"""What it is, its place id, latitude, longitude."""


class TravelTimes:
    """Minutes between the nodes of a day, in the order: jobs, depots, starts, and the ends of
    those who end elsewhere; `back` is the node where each engineer ends."""

    def __init__(self, line: PlanLine) -> None:
        places = _places(line)
        starts = len(line.jobs) + len(line.depots)
        self.back = list(range(starts, len(places)))
        for e, engineer in enumerate(line.engineers):
            end = _end(engineer)
            if end is not None:
                self.back[e] = len(places)
                places.append(end)
        self.keys: list[Hashable]
        self.whole: bool
        """Whether all minutes are known to be whole."""
        if line.travel.matrix is not None:
            index = _indexes(line.travel, places)
            self.keys = list(index)
            self.whole = False
            table = np.asarray(line.travel.matrix, dtype=np.float64)
            self.minutes: Minutes = table[np.ix_(index, index)] if index else np.zeros((0, 0))
        else:
            for what, place, lat, lon in places:
                if lat is None or lon is None:
                    raise MissingCoordinates(f"{what} {place!r} has no lat and lon, and there is"
                                             " no matrix")  # fmt: skip
            self.whole = True
            self.keys = [(lat, lon) for _, _, lat, lon in places]
            self.minutes = _from_coordinates(line.travel, places)


def _places(line: PlanLine) -> list[Place]:
    def of(what: str, item: Job | Depot | Engineer) -> Place:
        return (what, item.id if item.place is None else item.place, item.lat, item.lon)

    places = [of("job", job) for job in line.jobs]
    places += [of("depot", depot) for depot in line.depots]
    return places + [of("engineer", engineer) for engineer in line.engineers]


def _end(engineer: Engineer) -> Place | None:
    """Where the engineer ends, if that is elsewhere."""
    if engineer.end_place is None and engineer.end_lat is None and engineer.end_lon is None:
        return None
    return ("the end of an engineer", engineer.end_place, engineer.end_lat, engineer.end_lon)


def _indexes(travel: Travel, places: list[Place]) -> list[int]:
    matrix, names = travel.matrix or [], travel.places
    if names is None:
        raise UnknownPlace("A travel matrix needs `places`: the ids of its rows and columns")
    size = len(names)
    if len(matrix) != size or any(len(row) != size for row in matrix):
        raise MatrixShape(f"The matrix must be {size} x {size}, one row and column for each place")
    known: dict[Any, int] = {}
    for at, name in enumerate(names):
        if name in known:
            raise DuplicateId(f"The place {name!r} is given twice", place=name)
        known[name] = at
    index = []
    for what, place, _, _ in places:
        at_place = known.get(place)
        if at_place is None:
            raise UnknownPlace(f"The matrix has no place {place!r} for {what}", place=place)
        index.append(at_place)
    return index


def _from_coordinates(travel: Travel, places: list[Place]) -> Minutes:
    if not places:
        return np.zeros((0, 0))
    lat = np.radians(np.array([place[2] for place in places], dtype=np.float64))
    lon = np.radians(np.array([place[3] for place in places], dtype=np.float64))
    half = np.sin((lat[:, None] - lat[None, :]) / 2.0) ** 2
    half += (
        np.cos(lat)[:, None]
        * np.cos(lat)[None, :]
        * (np.sin((lon[:, None] - lon[None, :]) / 2.0) ** 2)
    )
    km = 2.0 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    minutes: Minutes = np.rint(km * travel.road_factor / travel.speed_kmh * 60.0 + travel.fixed_min)
    return minutes
