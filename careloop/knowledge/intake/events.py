"""Facts about deliveries."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class IntakeQueued(Event):
    """Files were handed in and wait to be read."""

    intake_id: str
