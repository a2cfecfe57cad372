"""Facts about contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class ContractChanged(Event):
    """A contract's promise may be another one than before."""

    number: str


@dataclass(frozen=True, slots=True)
class ContractEndsSoon(Event):
    """A contract without a successor ends in `days` days."""

    number: str
    ends_on: date
    days: int
