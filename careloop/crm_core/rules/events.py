"""Facts about rules."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class RuleTaskWritten(Event):
    """Something waits for the rules; a worker may look at once."""


@dataclass(frozen=True, slots=True)
class RuleMailWritten(Event):
    """A mail waits to be sent."""

    mail_id: str
