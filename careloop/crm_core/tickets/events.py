"""Facts about tickets. `at` is when it happened, by the books' clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class TicketOpened(Event):
    number: str
    conversation_id: str | None
    ticket_id: str
    type: str
    priority: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketMoved(Event):
    number: str
    before: str
    after: str
    conversation_id: str | None
    ticket_id: str
    type: str
    priority: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketChanged(Event):
    """Facts that promises depend on changed: `fields` are among type, priority, contract, asset
    and customer."""

    number: str
    ticket_id: str
    fields: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketEdited(Event):
    """Facts of a ticket changed, whichever; `changes` is name to [before, after], own fields as
    `custom.<key>`, tags as `tags`."""

    number: str
    ticket_id: str
    changes: dict[str, list[Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketCommented(Event):
    """A line was written: `public` ones the customer may read; `by` is staff, customer or
    system."""

    number: str
    ticket_id: str
    public: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketReplied(Event):
    """The first public answer by a person of the maker."""

    number: str
    ticket_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketMerged(Event):
    """`number` became a part of `into`; `undone` when it was taken out again."""

    number: str
    ticket_id: str
    into: str
    into_id: str
    undone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketConfirmed(Event):
    """It was said that the device works again: `by` is customer or sensor."""

    number: str
    ticket_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketSettled(Event):
    """Thirty days after the repair it is known whether it lasted; null where nobody can tell."""

    number: str
    ticket_id: str
    durable: bool | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketReopened(Event):
    """A resolved or closed ticket is being worked on again; `count` is how often by now."""

    number: str
    ticket_id: str
    count: int
    at: datetime
