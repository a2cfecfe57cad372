"""Facts about feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Event):
    """A customer answered, or changed the answer; `low` by the settings of that moment."""

    feedback_id: str
    ticket: str
    csat: int | None
    nps: int | None
    low: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CallbackCreated(Event):
    """Somebody should call a customer back."""

    task_id: str
    ticket: str
    at: datetime
