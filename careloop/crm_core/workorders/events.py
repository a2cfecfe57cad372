"""Facts about visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class WorkOrderPlanned(Event):
    number: str
    ticket_id: str
    ticket: str
    engineer: str
    window_from: datetime
    window_until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class EngineerArrived(Event):
    """An engineer checked in; `at` is when the books heard of it, `happened_at` when it was."""

    number: str
    ticket_id: str
    ticket: str
    engineer: str
    happened_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkOrderFinished(Event):
    number: str
    ticket_id: str
    ticket: str
    result: str
    repeat_reason: str
    at: datetime
