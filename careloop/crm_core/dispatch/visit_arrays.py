"""The visits of a company as arrays: who, from when until when, where. Changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from careloop.crm_core.dispatch.gazetteer import Gazetteer
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.roster_arrays import minute
from careloop.kit.clock import as_utc

LONGEST_WINDOW = 4 * 60
USUAL_MINUTES = 120
SPARE = 256


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """A visit as a snapshot holds it; minutes since 1970."""

    id: str
    number: str
    engineer: str
    state: str
    ticket_id: str
    asset_id: str | None
    customer_id: str | None
    start: float
    end: float
    place: Point


def span_of(
    window_from: Any, window_until: Any, starts_at: Any, slot_minutes: int | None,
    need_minutes: int | None, arrived_at: Any, finished_at: Any,
) -> tuple[float, float]:  # fmt: skip
    """From when until when an engineer is busy with a visit.

    What happened goes before the slot, the slot before the window. A long window without a slot
    is taken as work of the usual length at its begin.
    """
    start = minute(arrived_at or starts_at or window_from)
    if finished_at is not None:
        return start, max(minute(finished_at), start + 1)
    minutes = slot_minutes or need_minutes
    if minutes is None:
        window = (as_utc(window_until) - as_utc(window_from)) / timedelta(minutes=1)
        minutes = round(window) if window <= LONGEST_WINDOW else USUAL_MINUTES
    return start, start + minutes


def held(row: Any, gazetteer: Gazetteer) -> HeldVisit:
    """A visit out of the columns of `snapshot_queries.VISIT_COLUMNS`."""
    (id_, number, engineer, state, ticket_id, asset_id, customer_id, window_from, window_until,
     arrived_at, finished_at, _promised, starts_at, minutes, need_minutes, need_lat, need_lon,
     lat, lon, city, _country) = row  # fmt: skip
    start, end = span_of(
        window_from, window_until, starts_at, minutes, need_minutes, arrived_at, finished_at
    )
    place = gazetteer.resolve((need_lat, need_lon), (lat, lon), None, city or "")
    return HeldVisit(
        id_, number, engineer, state, ticket_id, asset_id, customer_id, start, end, place
    )


class VisitArrays:
    """Visits by slot of the arrays; a visit that is gone leaves a hole (engineer -1)."""

    def __init__(self, visits: list[HeldVisit], by_code: dict[str, int]) -> None:
        size = len(visits) + SPARE
        self.engineer = np.full(size, -1, np.int64)
        self.start, self.end = np.zeros(size), np.zeros(size)
        self.lat, self.lon = np.full(size, np.nan), np.full(size, np.nan)
        self.visits: dict[str, HeldVisit] = {}
        self._slot: dict[str, int] = {}
        self._number: dict[int, HeldVisit] = {}
        self._free = list(range(size - 1, -1, -1))
        for one in visits:
            self.put(one, by_code)

    def put(self, visit: HeldVisit, by_code: dict[str, int]) -> None:
        """Add or replace a visit."""
        at = self._slot.get(visit.id)
        if at is None:
            if not self._free:
                self._grow()
            at = self._slot[visit.id] = self._free.pop()
        self.visits[visit.id] = self._number[at] = visit
        self.engineer[at] = by_code.get(visit.engineer, -1)
        self.start[at], self.end[at] = visit.start, visit.end
        self.lat[at] = np.nan if visit.place.lat is None else visit.place.lat
        self.lon[at] = np.nan if visit.place.lon is None else visit.place.lon

    def drop(self, visit_id: str) -> None:
        """Forget a visit."""
        at = self._slot.pop(visit_id, None)
        if at is not None:
            self.visits.pop(visit_id)
            self._number.pop(at)
            self.engineer[at] = -1
            self._free.append(at)

    def at(self, slot: int) -> HeldVisit:
        return self._number[slot]

    def _grow(self) -> None:
        size = len(self.engineer)
        self.engineer = np.concatenate([self.engineer, np.full(size, -1, np.int64)])
        for name in ("start", "end"):
            setattr(self, name, np.concatenate([getattr(self, name), np.zeros(size)]))
        for name in ("lat", "lon"):
            setattr(self, name, np.concatenate([getattr(self, name), np.full(size, np.nan)]))
        self._free = list(range(2 * size - 1, size - 1, -1))
