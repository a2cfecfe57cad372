"""Facts about conversations."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class ConversationChanged(Event):
    """Something of the conversation changed: a message, its owner, its state."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class CustomerWaits(Event):
    """A conversation entered the queue; a person is wanted."""

    conversation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnerChanged(Event):
    """Somebody else answers from now on; `notice` is what the customer sees: `person_joined` or
    `bot_back`."""

    conversation_id: str
    notice: str
