"""The mind as a port: it reads, decides and writes, but never acts.

A planner gets a frozen `Turn` and yields the tool calls it wants, one after another; it is sent
their outcomes and returns what to say. `agents/turn/loop.py` does the calling.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from careloop.agents.mind.reading import Reading
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.custom.schemas import FieldView, FormView
from careloop.crm_core.tickets.schemas import TicketStatus
from careloop.kit.actor import Actor
from careloop.kit.messages import Reply


class Decision(StrEnum):
    """What a turn came to; the words of the quality contract."""

    ANSWER = "answer"
    ASK = "ask"
    CLARIFY_MODEL = "clarify_model"
    ABSTAIN = "abstain"
    HANDOFF = "handoff"
    STATUS = "status"
    TICKET = "ticket"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Line:
    """One earlier message."""

    role: Literal["customer", "bot", "agent"]
    text: str


@dataclass(frozen=True, slots=True)
class Office:
    """Whether persons answer now, else from when (UTC).

    `wait_minutes` is the median wait of late; None where there is nothing to tell it from.
    """

    open: bool
    next_opening: datetime | None = None
    wait_minutes: int | None = None
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Company:
    """What the bot may say about the maker."""

    name: str
    language: str = "zh"
    hotline: str = ""
    emergency: str = ""
    hosts: tuple[str, ...] = ()
    """Hosts of the maker's own sites; links to others are never shown."""


@dataclass(frozen=True, slots=True)
class Turn:
    """All that a mind may know for one turn. `text` joins the messages not yet answered."""

    actor: Actor
    text: str
    language_hint: str
    history: tuple[Line, ...]
    memory: Mapping[str, Any]
    company: Company
    office: Office
    now: datetime
    action: str = ""
    rich: bool = True
    truncated: bool = False
    pictures: int = 0
    files: int = 0
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    customer_tier: str = ""
    own_assets: tuple[AssetView, ...] = ()
    own_tickets: tuple[TicketStatus, ...] = ()
    ticket_forms: Mapping[str, FormView] = field(default_factory=dict)
    """What a new ticket of a type needs of the maker's own fields, by type."""
    ticket_fields: tuple[FieldView, ...] = ()
    model: str = ""
    asset: str = ""


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """What a tool call came to: its result, or the code of its failure."""

    name: str
    result: BaseModel | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class CallTool:
    """Ask for a tool to be called with these arguments."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the library that the answer rests on."""

    document: str
    section: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The end of a turn: replies, what the bot remembers, and why it decided so.

    `evidence` holds the texts that values in the replies were copied from. `question` is what the
    library was asked, `unknown` that it holds no answer; `helped` is the customer's own word on
    the answer before.
    """

    decision: Decision
    replies: tuple[Reply, ...]
    memory: Mapping[str, Any]
    language: str
    confidence: float = 1.0
    citations: tuple[Citation, ...] = ()
    evidence: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    reading: Reading | None = None
    asset: str = ""
    ticket: str = ""
    handoff_reason: str = ""
    question: str = ""
    unknown: bool = False
    helped: bool | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)


class Reader(Protocol):
    """Language, intent, entities and emotion of a message."""

    def read(self, turn: Turn) -> Reading: ...


Plan = Generator[CallTool, ToolOutcome, Say]


class Planner(Protocol):
    """Decides a turn: yields tool calls, is sent their outcomes, returns what to say."""

    def plan(self, turn: Turn) -> Plan: ...
