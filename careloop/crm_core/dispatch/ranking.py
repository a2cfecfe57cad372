"""Every engineer for one job in one sweep: where it fits their day, what speaks for and against.

Pure over the arrays of a snapshot; the clock, the books and the words are elsewhere. Minutes are
minutes since 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from careloop.crm_core.dispatch.geo import Floats, Point, km_to
from careloop.crm_core.dispatch.needs import Needed
from careloop.crm_core.dispatch.settings_schemas import DispatchFacts
from careloop.crm_core.dispatch.snapshot import Snapshot

Flags = NDArray[np.bool_]
Way = Callable[[Floats, Floats], tuple[Floats, Floats]]
EPOCH = 719_163
"""Ordinal of 1970-01-01."""
DAY = 1440.0
TRIES = 6
EXPIRING_DAYS = 30
FRESH_POSITION = 120.0
FAR_MINUTES = 180
HALF_TRAVEL = 45.0
"""Minutes of extra way at which the travel term is a half."""
TERMS = ("skill", "level", "certificate", "travel", "load", "due", "parts", "area", "preference",
         "language")  # fmt: skip


@dataclass(slots=True)
class Wish:
    """What is asked: the job, and from when until when work may begin."""

    needed: Needed
    place: Point
    areas: Sequence[str]
    language: str
    since: float
    until: float
    minutes: float
    due: float | None
    now: float
    without: str = ""
    """Id of the visit itself, which is not in its own way."""
    known: Mapping[str, str] = field(default_factory=dict)
    assigned: str = ""
    vans: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Parts on board by engineer's code."""


@dataclass(slots=True)
class Field:
    """All engineers for one job on one day, index by index. `before` and `after` are slots of the
    visits next to the gap, -1 for home."""

    start: Floats
    reached: Flags
    """Whether the span reaches into that day of theirs."""
    score: Floats
    terms: dict[str, Floats]
    hard: dict[str, Flags]
    soft: dict[str, Flags]
    travel: Floats
    km: Floats
    onward: Floats
    before: NDArray[np.int64]
    seen: Flags
    visits: NDArray[np.int64]
    booked: Floats
    shift: Floats
    shift_start: Floats
    shift_end: Floats
    vans: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def blocked(self) -> Flags:
        found = np.zeros(len(self.start), bool)
        for flags in self.hard.values():
            found |= flags
        return found

    def warnings(self) -> Floats:
        """How many things speak against each that a person may overrule."""
        found = np.zeros(len(self.start))
        for flags in self.soft.values():
            found += flags
        return found


def sweep(held: Snapshot, wish: Wish, ahead: int = 0) -> Field:
    """Rank everybody on one day of the span: each engineer's own local day, so many days after
    the one in which the span begins."""
    roster, travel = held.roster, held.settings.travel
    n = len(roster.people)
    offsets = roster.offsets(wish.since + ahead * DAY)
    day = np.floor((wish.since + offsets) / DAY) + ahead
    since = np.maximum(wish.since, day * DAY - offsets)
    until = np.minimum(wish.until, (day + 1) * DAY - offsets - 1)
    reached = since <= until
    shift, work = _shift_of(held, day)
    visits = _visits(held, wish, day, offsets)
    factor = travel.road_factor / travel.speed_kmh * 60

    def way(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        far = km_to(lat, lon, wish.place)
        return far, far * factor + travel.fixed_min

    home_km, home = way(roster.lat, roster.lon)
    home_known = np.nan_to_num(home)
    v_km, v_way = way(visits.lat, visits.lon)
    v_known = np.nan_to_num(v_way)
    first = np.where(np.isnan(shift[:, 0]), -np.inf, shift[:, 0] + home_known)
    begin = np.fmax(since, np.where(shift[:, 0] <= until, shift[:, 0], since))
    start = np.where(first <= until, np.maximum(since, first), begin)
    # Over night everybody goes home: ways count between the visits of one day.
    start = _free_start(start, visits, np.where(visits.same_day, v_known, 0.0), wish, until)
    end = start + wish.minutes
    before, after, same = _neighbours(n, visits, start, end)
    overlap = _touches(n, visits, start, end)
    from_seen, seen_km, seen_way = _from_position(held, wish, start, before, way)
    came_km = np.where(before >= 0, _take(v_km, before), np.where(from_seen, seen_km, home_km))
    came = np.where(before >= 0, _take(v_way, before), np.where(from_seen, seen_way, home))
    onward = np.where(after >= 0, _take(v_way, after), home)
    late_start = np.where(before >= 0, _take(visits.end, before) + np.nan_to_num(came), -np.inf)
    late_next = np.where(after >= 0, end + np.nan_to_num(onward), -np.inf)
    next_start = np.where(after >= 0, _take(visits.start, after), np.inf)
    lengths = (visits.end - visits.start)[same]
    booked = np.bincount(visits.engineer[same], lengths, n).astype(np.float64)
    count = np.bincount(visits.engineer[same], minlength=n)
    field_ = Field(
        start=start, reached=reached, score=np.zeros(n), terms={}, hard={}, soft={},
        travel=came, km=came_km,
        onward=onward, before=_slots(visits, before), seen=from_seen, visits=count,
        booked=booked, shift=work, shift_start=shift[:, 0],
        shift_end=shift[:, 1], vans=wish.vans,
    )  # fmt: skip
    _papers_and_skills(held, wish, field_, day)
    field_.hard |= {
        "inactive": ~roster.active, "absent": roster.absent(start, end), "overlap": overlap,
        "excluded": _named(held, wish.needed.excluded),
    }  # fmt: skip
    field_.soft |= {
        "off_shift": np.isnan(shift[:, 0]) | (start < shift[:, 0]) | (end > shift[:, 1]),
        "travel_tight": ~overlap & ((late_start > start + 0.5) | (late_next > next_start + 0.5)),
        "far": np.nan_to_num(came) > FAR_MINUTES,
        "load": (roster.limit > 0) & (count >= roster.limit),
        "area": _other_area(held, wish.areas),
        "time": _out_of_time(wish, start),
    }
    _score(held, wish, field_, day)
    return field_


@dataclass(slots=True)
class _Visits:
    slot: NDArray[np.int64]
    engineer: NDArray[np.int64]
    start: Floats
    end: Floats
    lat: Floats
    lon: Floats
    same_day: Flags


def _visits(held: Snapshot, wish: Wish, day: Floats, offsets: Floats) -> _Visits:
    """The visits of each engineer's day, and those that reach into the span."""
    every = held.visits
    reach = (every.engineer >= 0) & (every.start < wish.until + wish.minutes + DAY)
    slots = np.flatnonzero(reach & (every.end > wish.since - DAY))
    who = every.engineer[slots]
    start, end = every.start[slots], every.end[slots]
    same = np.floor((start + offsets[who]) / DAY) == day[who]
    near = same | ((start < wish.until + wish.minutes) & (end > wish.since))
    if wish.without:
        near &= np.array([every.at(int(s)).id != wish.without for s in slots], bool)
    keep = np.flatnonzero(near)
    slots = slots[keep]
    return _Visits(
        slots, who[keep], start[keep], end[keep], every.lat[slots], every.lon[slots], same[keep]
    )


def _shift_of(held: Snapshot, day: Floats) -> tuple[Floats, Floats]:
    """First and last minute of work of each engineer's own local day, and its minutes."""
    n = len(day)
    spans, minutes = np.full((n, 2), np.nan), np.zeros(n)
    for one in np.unique(day):
        mine = day == one
        found = held.roster.shift(int(one) + EPOCH)
        spans[mine], minutes[mine] = found[0][mine], found[1][mine]
    return spans, minutes


def _free_start(start: Floats, visits: _Visits, way: Floats, wish: Wish, until: Floats) -> Floats:
    """When work can begin: in the first gap with the ways; without them where there is none; at
    the begin where there is none either."""
    found = _first_gap(start, visits, way, wish.minutes)
    if (found <= until).all():
        return found
    bare = _first_gap(start, visits, np.zeros_like(way), wish.minutes)
    return np.where(found <= until, found, np.where(bare <= until, bare, start))


def _first_gap(start: Floats, visits: _Visits, way: Floats, minutes: float) -> Floats:
    """The first minute at which the job fits between the visits, travel counted."""
    ready = visits.end + way
    for _ in range(TRIES):
        mine = start[visits.engineer]
        in_way = (ready > mine) & (visits.start - way < mine + minutes)
        if not in_way.any():
            break
        pushed = start.copy()
        np.maximum.at(pushed, visits.engineer[in_way], ready[in_way])
        if np.array_equal(pushed, start):
            break
        start = pushed
    return start


def _neighbours(
    n: int, visits: _Visits, start: Floats, end: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], Flags]:
    """Rows of the visits before and after the gap on the same day, -1 for none."""
    before, after = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    order = np.argsort(visits.start, kind="stable")
    who = visits.engineer[order]
    past = visits.same_day[order] & (visits.start[order] < start[who])
    before[who[past]] = order[past]
    backwards = order[::-1]
    who = visits.engineer[backwards]
    coming = visits.same_day[backwards] & (visits.start[backwards] >= end[who] - 0.5)
    after[who[coming]] = backwards[coming]
    return before, after, visits.same_day


def _touches(n: int, visits: _Visits, start: Floats, end: Floats) -> Flags:
    found = np.zeros(n, bool)
    who = visits.engineer
    hit = (visits.start < end[who] - 0.5) & (visits.end > start[who] + 0.5)
    found[who[hit]] = True
    return found


def _take(values: Floats, rows: NDArray[np.int64]) -> Floats:
    if not len(values):
        return np.full(len(rows), np.nan)
    return values[np.maximum(rows, 0)]


def _slots(visits: _Visits, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(visits.slot):
        return np.full(len(rows), -1, np.int64)
    return np.where(rows >= 0, visits.slot[np.maximum(rows, 0)], -1)


def _from_position(
    held: Snapshot, wish: Wish, start: Floats, before: NDArray[np.int64], way: Way
) -> tuple[Flags, Floats, Floats]:
    """Who sets out from where they were seen: today's first job, a fresh position."""
    n = len(start)
    lat, lon, fresh = np.full(n, np.nan), np.full(n, np.nan), np.zeros(n, bool)
    soon = start - wish.now < FRESH_POSITION
    for at in np.flatnonzero(soon & (before < 0)):
        seen = held.roster.people[at].position
        if seen is not None and wish.now - seen.seen_at.timestamp() / 60 <= FRESH_POSITION:
            lat[at], lon[at], fresh[at] = seen.lat, seen.lon, True
    far, minutes = way(lat, lon)
    return fresh, far, minutes


def _named(held: Snapshot, codes: Sequence[str]) -> Flags:
    found = np.zeros(len(held.roster.people), bool)
    rows = [held.roster.by_code[code] for code in codes if code in held.roster.by_code]
    found[rows] = True
    return found


def _papers_and_skills(held: Snapshot, wish: Wish, found: Field, day: Floats) -> None:
    """Who lacks a skill, a level, a paper or a tool; and the terms of what they have."""
    roster, needed = held.roster, wish.needed
    n = len(roster.people)
    no_skill, no_level = np.zeros(n, bool), roster.level < needed.level
    no_paper, old_paper, ending = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool)
    above = (
        np.maximum(roster.level - needed.level, 0).astype(float) if needed.level else np.zeros(n)
    )
    today = day + EPOCH
    for one in needed.skills.values():
        has = roster.skill(one.skill)
        no_skill |= has == 0
        if one.level:
            no_level |= (has > 0) & (has < one.level)
            above = np.maximum(above, np.maximum(has - one.level, 0))
        until = roster.paper(one.skill)
        if one.certified:
            no_paper |= (until == 0) & (has > 0)
            old_paper |= (until > 0) & (until < today)
        ending |= (until >= today) & (until < today + EXPIRING_DAYS)
    no_tool = np.zeros(n, bool)
    for tool in needed.tools:
        no_tool |= ~roster.carries(tool)
    found.hard |= {"skill": no_skill, "level": no_level & ~no_skill,
                   "certificate_missing": no_paper, "certificate_expired": old_paper}  # fmt: skip
    found.soft["tool"] = no_tool
    found.terms["skill"] = np.where(no_skill, 0.0, 1.0)
    found.terms["level"] = np.where(no_level, 0.0, np.maximum(0.4, 1 - 0.15 * above))
    found.terms["certificate"] = np.where(no_paper | old_paper, 0.0, np.where(ending, 0.6, 1.0))


def _other_area(held: Snapshot, areas: Sequence[str]) -> Flags:
    """Who serves areas, but none in which the job lies."""
    if not areas:
        return np.zeros(len(held.roster.people), bool)
    return held.roster.serves_areas & ~_in_area(held, areas)


def _in_area(held: Snapshot, areas: Sequence[str]) -> Flags:
    found = np.zeros(len(held.roster.people), bool)
    for area in areas:
        found |= held.roster.serves(area)
    return found


def _out_of_time(wish: Wish, start: Floats) -> Flags:
    early = wish.needed.not_before.timestamp() / 60 if wish.needed.not_before else -np.inf
    late = wish.needed.not_after.timestamp() / 60 if wish.needed.not_after else np.inf
    return (start < early) | (start > late)


def _score(held: Snapshot, wish: Wish, found: Field, day: Floats) -> None:
    settings: DispatchFacts = held.settings
    extra = np.nan_to_num(found.travel, nan=HALF_TRAVEL) + np.nan_to_num(
        found.onward, nan=HALF_TRAVEL
    )
    found.terms["travel"] = 1 / (1 + extra / (2 * HALF_TRAVEL))
    share = (found.booked + wish.minutes) / np.where(found.shift > 0, found.shift, 480.0)
    found.terms["load"] = np.clip(1.25 - share, 0, 1)
    found.terms["due"] = _on_time(wish, found.start)
    found.terms["parts"] = _parts(held, wish)
    if wish.areas:
        inside = _in_area(held, wish.areas)
        found.terms["area"] = np.where(inside, 1.0, np.where(held.roster.serves_areas, 0.0, 0.6))
    else:
        found.terms["area"] = np.full(len(found.start), 0.6)
    found.terms["preference"] = _preference(held, wish)
    speaks = held.roster.speaks(wish.language) if wish.language else None
    found.terms["language"] = (
        np.full(len(found.start), 0.5) if speaks is None else np.where(speaks, 1.0, 0.0)
    )
    weights = settings.terms.model_dump()
    total = sum(weights.values()) or 1.0
    for name in TERMS:
        found.score += found.terms[name] * weights[name]
    found.score *= 100 / total


def _on_time(wish: Wish, start: Floats) -> Floats:
    """1 in time, a half when two hours late; without a promise, sooner is a little better."""
    if wish.due is None:
        return np.clip(1 - (start - wish.now) / (10 * DAY), 0.2, 1)
    return np.where(start <= wish.due, 1.0, 1 / (1 + (start - wish.due) / 120))


def _parts(held: Snapshot, wish: Wish) -> Floats:
    """The share of what the job needs that lies on the van."""
    n = len(held.roster.people)
    total = sum(wish.needed.parts.values())
    if not total:
        return np.ones(n)
    share = np.zeros(n)
    for code, van in wish.vans.items():
        at = held.roster.by_code.get(code)
        if at is not None:
            has = sum(min(van.get(p, 0), q) for p, q in wish.needed.parts.items())
            share[at] = has / total
    return share


def _preference(held: Snapshot, wish: Wish) -> Floats:
    """The wished engineer, who has the ticket, who knows the device, who knows the customer."""
    found = np.full(len(held.roster.people), 0.2)
    worth = {"customer": 0.6, "device": 0.8}
    by_code = held.roster.by_code
    for code, kind in wish.known.items():
        if code in by_code:
            found[by_code[code]] = worth[kind]
    for code, value in ((wish.assigned, 0.9), (wish.needed.preferred, 1.0)):
        if code in by_code:
            found[by_code[code]] = value
    return found
