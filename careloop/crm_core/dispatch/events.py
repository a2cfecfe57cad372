"""Facts about dispatch."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class BoardChanged(Event):
    """Engineers, visits or plans changed; whoever shows a board reads it again."""

    revision: int


@dataclass(frozen=True, slots=True)
class PlanQueued(Event):
    """A plan waits to be computed."""

    plan_id: str


@dataclass(frozen=True, slots=True)
class VisitAssigned(Event):
    """A visit was given to an engineer, by hand, rule, pool or plan."""

    work_order: str
    ticket: str
    engineer: str
    source: str
