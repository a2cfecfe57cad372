"""Facts about what leaves the house."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class DeliveriesQueued(Event):
    """Something waits to be sent."""
