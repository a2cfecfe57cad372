"""Which promise a ticket gets, and when it is due: pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from careloop.crm_core.calendars.policy import Hours, add_working, add_working_time
from careloop.crm_core.sla.models import ClockKind
from careloop.crm_core.sla.schemas import Step, Target

WARNING, BREACH = "warning", "breach"
STEP = "step:"
MICROSECOND = timedelta(microseconds=1)


class Offer(Protocol):
    """What a policy says of whom it is for."""

    code: str
    active: bool
    fallback: bool
    plans: list[str]
    tiers: list[str]


@dataclass(frozen=True, slots=True)
class Due:
    """When to warn and when the promise is broken."""

    warn_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """Something a clock fires once: a warning, a breach, a step of the ladder."""

    at: datetime
    name: str
    step: Step | None = None


def choose(offers: Sequence[Offer], named: str, plan: str, tier: str) -> Offer | None:
    """The policy for a ticket: the one its contract names, else that of the contract's plan, of
    the customer's tier, the fallback; of several alike the first by code. None where none fits.
    """
    usable = sorted((offer for offer in offers if offer.active), key=lambda offer: offer.code)
    tests = (
        lambda offer: bool(named) and offer.code == named,
        lambda offer: bool(plan) and plan in offer.plans,
        lambda offer: bool(tier) and tier in offer.tiers,
        lambda offer: offer.fallback,
    )
    for fits in tests:
        for offer in usable:
            if fits(offer):
                return offer
    return None


def target_for(
    targets: Iterable[Target], kind: ClockKind, type_: str, priority: str
) -> Target | None:
    """The most exact target: for type and priority, for the type, for the priority, for all."""
    best: tuple[int, Target] | None = None
    for target in targets:
        if target.kind is not kind:
            continue
        if target.type is not None and target.type != type_:
            continue
        if target.priority is not None and target.priority != priority:
            continue
        rank = 2 * (target.type is not None) + (target.priority is not None)
        if best is None or rank > best[0]:
            best = (rank, target)
    return best[1] if best else None


def due(
    hours: Hours, started_at: datetime, target_minutes: int, paused_us: int, warn_percent: int
) -> Due:
    """When a promise is due: its start plus target plus pauses, in working time of its hours."""
    target = timedelta(minutes=target_minutes)
    paused = paused_us * MICROSECOND
    warn = target * warn_percent / 100
    return Due(
        warn_at=add_working_time(hours, started_at, warn + paused),
        due_at=add_working_time(hours, started_at, target + paused),
    )


def levels(hours: Hours, kind: ClockKind, times: Due, steps: Iterable[Step]) -> list[Level]:
    """All that a clock of that kind fires, in order of time."""
    found = [Level(times.warn_at, WARNING), Level(times.due_at, BREACH)]
    for step in steps:
        if step.kind is None or step.kind is kind:
            start = times.warn_at if step.at == WARNING else times.due_at
            at = add_working(hours, start, step.after_minutes)
            found.append(Level(at, STEP + step.key, step))
    # Python sorts stably: at the same instant the warning comes first, then breach, then steps.
    return sorted(found, key=lambda level: level.at)
