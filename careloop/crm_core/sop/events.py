"""Facts about standard work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class SopPublished(Event):
    sop: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SopStepFailed(Event):
    """A step failed, or a reading was out of its limits."""

    run_id: str
    sop: str
    work_order: str
    ticket: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SopRunFinished(Event):
    """A run came to its end; `result` is passed, remarks or failed."""

    run_id: str
    sop: str
    work_order: str
    ticket: str
    result: str
    at: datetime
