"""The engineers of a company as arrays, so that a thousand are ranked in one sweep.

Minutes are minutes since 1970 in UTC; days are proleptic ordinals. A row of the arrays is one
engineer, in the order of their codes; rows are replaced in place when an engineer changes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from careloop.crm_core.dispatch.snapshot_queries import EngineerRows
from careloop.crm_core.workforce import roster_queries, shifts
from careloop.kit.clock import as_utc

FOREVER = 10**7
NEVER = -(10**12)
DAYS_KEPT = 60


def minute(at: datetime) -> float:
    """An instant in minutes since 1970."""
    return as_utc(at).timestamp() / 60


class Person:
    """One engineer's facts as readers of a snapshot want them."""

    __slots__ = ("absences", "areas", "code", "expiring", "id", "lat", "limit", "lon", "name",
                 "position", "rows", "text_week", "user_id", "van", "zone")  # fmt: skip

    def __init__(self, rows: EngineerRows) -> None:
        row = rows.engineer
        self.rows, self.id, self.code, self.name = rows, row.id, row.code, row.name
        self.user_id, self.van, self.limit = row.user_id, row.van, row.daily_limit
        self.lat, self.lon, self.areas = row.lat, row.lon, list(row.areas or ())
        self.zone = ZoneInfo(row.time_zone)
        self.absences = [(minute(one.starts_at), minute(one.ends_at)) for one in rows.absences]
        self.position = rows.position
        try:
            self.text_week: shifts.Weekly = shifts.parse(row.shift) if row.shift.strip() else {}
        except shifts.Unreadable:
            self.text_week = {}

    def spans(self, day: date) -> list[shifts.Span]:
        """The spans of work on a local day, absences not taken off."""
        week = roster_queries.current_shift(self.rows.shifts, day)
        if week is not None:
            return shifts.spans_of(week.weekly, ZoneInfo(week.time_zone), day)
        return shifts.spans_of(self.text_week, self.zone, day)

    def paper(self, skill: str) -> int:
        """The last day on which a certificate of that skill holds; 0 without one."""
        ends = [
            FOREVER if one.valid_until is None else one.valid_until.toordinal()
            for one in self.rows.certificates
            if one.skill == skill
        ]
        return max(ends, default=0)


class RosterArrays:
    """Engineers by index: places, levels, skills, papers, languages, areas, shifts, absences."""

    def __init__(self, rows: list[EngineerRows]) -> None:
        self.people = [Person(one) for one in rows]
        self._index_all()

    def _index_all(self) -> None:
        n = len(self.people)
        self.by_id = {one.id: at for at, one in enumerate(self.people)}
        self.by_code = {one.code: at for at, one in enumerate(self.people)}
        self.lat, self.lon = np.full(n, np.nan), np.full(n, np.nan)
        self.level = np.zeros(n, np.int16)
        self.active = np.zeros(n, bool)
        self.limit = np.zeros(n, np.int32)
        self.zone = np.zeros(n, np.int32)
        self.serves_areas = np.zeros(n, bool)
        self.zones: list[ZoneInfo] = []
        self._skills: dict[str, NDArray[np.int16]] = {}
        self._papers: dict[str, NDArray[np.int32]] = {}
        self._languages: dict[str, NDArray[np.bool_]] = {}
        self._areas: dict[str, NDArray[np.bool_]] = {}
        self._tools: dict[str, NDArray[np.bool_]] = {}
        self._days: dict[int, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        for at in range(n):
            self._set(at)
        self._collect_absences()

    def replace(self, rows: list[EngineerRows]) -> bool:
        """Put changed engineers in; False where the list itself changed, so all is made anew."""
        if any(one.engineer.id not in self.by_id for one in rows):
            return False
        for one in rows:
            at = self.by_id[one.engineer.id]
            if self.people[at].code != one.engineer.code:
                return False
            self.people[at] = Person(one)
            self._set(at)
            for ordinal, (span, minutes) in self._days.items():
                span[at], minutes[at] = self._span(self.people[at], ordinal)
        self._collect_absences()
        return True

    def _set(self, at: int) -> None:
        person = self.people[at]
        row = person.rows.engineer
        self.lat[at] = np.nan if row.lat is None else row.lat
        self.lon[at] = np.nan if row.lon is None else row.lon
        self.level[at], self.active[at] = row.level, row.active
        self.limit[at] = row.daily_limit or 0
        self.serves_areas[at] = bool(row.areas)
        if person.zone not in self.zones:
            self.zones.append(person.zone)
        self.zone[at] = self.zones.index(person.zone)
        # The matrices are made by column when first asked for; a changed row drops out of them.
        for name, levels in self._skills.items():
            levels[at] = row.level_in(name)
        for name, ends in self._papers.items():
            ends[at] = person.paper(name)
        for known, words in ((self._languages, row.languages), (self._areas, row.areas),
                             (self._tools, row.tools)):  # fmt: skip
            for name, has in known.items():
                has[at] = name in (words or ())

    def _collect_absences(self) -> None:
        found = [(at, *span) for at, one in enumerate(self.people) for span in one.absences]
        table = np.array(found, np.float64).reshape(-1, 3)
        self._absent = table[:, 0].astype(np.int64), table[:, 1], table[:, 2]

    def skill(self, name: str) -> NDArray[np.int16]:
        """Levels in a skill; 0 where an engineer has it not."""
        if name not in self._skills:
            found = [one.rows.engineer.level_in(name) for one in self.people]
            self._skills[name] = np.array(found, np.int16)
        return self._skills[name]

    def paper(self, name: str) -> NDArray[np.int32]:
        """The last day of the certificate of a skill; 0 without one."""
        if name not in self._papers:
            self._papers[name] = np.array([one.paper(name) for one in self.people], np.int32)
        return self._papers[name]

    def speaks(self, language: str) -> NDArray[np.bool_]:
        return self._flags(self._languages, language, "languages")

    def serves(self, area: str) -> NDArray[np.bool_]:
        return self._flags(self._areas, area, "areas")

    def carries(self, tool: str) -> NDArray[np.bool_]:
        return self._flags(self._tools, tool, "tools")

    def _flags(
        self, known: dict[str, NDArray[np.bool_]], name: str, column: str
    ) -> NDArray[np.bool_]:
        if name not in known:
            has = [name in (getattr(one.rows.engineer, column) or ()) for one in self.people]
            known[name] = np.array(has, bool)
        return known[name]

    def offsets(self, at: float) -> NDArray[np.float64]:
        """Minutes by which each engineer's wall clock is ahead of UTC at an instant."""
        when = datetime.fromtimestamp(at * 60, ZoneInfo("UTC"))
        found = []
        for zone in self.zones:
            ahead = when.astimezone(zone).utcoffset() or timedelta()
            found.append(ahead.total_seconds() / 60)
        return np.array(found or [0.0])[self.zone]

    def shift(self, ordinal: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The first minute and last minute of each engineer's work on a local day (NaN without),
        and how many minutes of work that is."""
        if ordinal not in self._days:
            if len(self._days) > DAYS_KEPT:
                self._days.clear()
            spans = np.full((len(self.people), 2), np.nan)
            minutes = np.zeros(len(self.people))
            for at, one in enumerate(self.people):
                spans[at], minutes[at] = self._span(one, ordinal)
            self._days[ordinal] = spans, minutes
        return self._days[ordinal]

    @staticmethod
    def _span(person: Person, ordinal: int) -> tuple[tuple[float, float], float]:
        spans = [(minute(a), minute(b)) for a, b in person.spans(date.fromordinal(ordinal))]
        if not spans:
            return (np.nan, np.nan), 0.0
        return (spans[0][0], spans[-1][1]), sum(b - a for a, b in spans)

    def absent(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Who is away for any part of their own span."""
        who, since, until = self._absent
        found = np.zeros(len(self.people), bool)
        touches = (since < end[who]) & (until > start[who])
        found[who[touches]] = True
        return found
