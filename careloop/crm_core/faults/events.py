"""Facts about the fault library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class FindingRecorded(Event):
    """Somebody, or the house, wrote down what a ticket was about; `origin` says who."""

    finding_id: str
    fault: str
    ticket: str
    origin: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FaultReviewed(Event):
    """An editor stands for a fault from now on."""

    fault: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FaultsMerged(Event):
    """`fault` became a part of `into`; `undone` when it was taken out again."""

    fault: str
    into: str
    undone: bool
    at: datetime
