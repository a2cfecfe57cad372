"""Facts about service levels; each is told once for a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class SlaWarned(Event):
    """A promise will be broken soon."""

    number: str
    clock_id: str
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SlaBreached(Event):
    """A promise was broken."""

    number: str
    clock_id: str
    kind: str
    due_at: datetime
