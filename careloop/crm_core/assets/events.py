"""Facts about devices."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class AssetStatusChanged(Event):
    serial: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AssetTransferred(Event):
    """A device has another owner; ids of customers, None for nobody."""

    serial: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ComponentReplaced(Event):
    serial: str
    position: str
    part: str
    work_order: str


@dataclass(frozen=True, slots=True)
class ReadingNoted(Event):
    serial: str
    meter: str
    total: str
