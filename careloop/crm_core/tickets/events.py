"""Facts about tickets."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class TicketOpened(Event):
    number: str
    conversation_id: str | None


@dataclass(frozen=True, slots=True)
class TicketMoved(Event):
    number: str
    before: str
    after: str
    conversation_id: str | None
