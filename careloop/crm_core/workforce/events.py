"""Facts about engineers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class EngineerAbsent(Event):
    """An absence counts from now on: it was approved, or an engineer reported ill."""

    engineer: str
    absence_id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class AbsenceRequested(Event):
    """An engineer asks for an absence."""

    engineer: str
    name: str
    absence_id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class AbsenceDecidedOn(Event):
    """The engineer's request was answered."""

    engineer: str
    user_id: str | None
    absence_id: str
    state: str
    starts_at: datetime
    at: datetime
