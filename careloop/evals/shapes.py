"""The fields of cases: inputs as the batch lines of the shell have them, and expectations."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from careloop.agents.mind.ports import Decision
from careloop.agents.mind.reading import HandoffReason, Intent, Urgency
from careloop.crm_core.conversations.models import Owner


class _Strict(BaseModel):
    """A misspelt field is an error: an expectation that is never looked at proves nothing."""

    model_config = ConfigDict(extra="forbid")


class HistoryLine(_Strict):
    role: Literal["customer", "bot", "agent"]
    text: str


class SearchInput(_Strict):
    """A query to the library, as a customer (audience `public`) unless said otherwise."""

    query: str
    model: str = ""
    audience: str = "public"
    history: list[str] = Field(default_factory=list)

    @property
    def words(self) -> str:
        return self.query


class SearchExpect(_Strict):
    """Any of these documents is right."""

    documents: list[str] = Field(min_length=1)


class AskInput(_Strict):
    """A question to the bot."""

    text: str
    history: list[HistoryLine] = Field(default_factory=list)
    contact: dict[str, str] = Field(default_factory=dict)
    asset: str = ""
    model: str = ""
    channel: str = "api"
    audience: str = "public"
    now: datetime | None = None

    @property
    def words(self) -> str:
        return self.text


class AskExpect(_Strict):
    """What the answer must be like; an empty field asks for nothing.

    Any of `decision` is right, any of `documents` must be cited, all `facts` must be said, nothing
    `forbidden` may be. `options` must be among the buttons; `asset` must be the device pinned.
    """

    decision: list[Decision] = Field(min_length=1)
    documents: list[str] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)
    forbidden: list[str] = Field(default_factory=list)
    options: list[str] = Field(default_factory=list)
    language: str = ""
    asset: str = ""
    reason: HandoffReason | None = None


class ReadInput(_Strict):
    """A message to read, after these earlier lines."""

    text: str
    history: list[HistoryLine] = Field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text


class ReadExpect(_Strict):
    """What a reader must find; a label that is left out is not judged."""

    intent: Intent | None = None
    sentiment: int | None = Field(None, ge=-2, le=2)
    urgency: Urgency | None = None
    handoff: bool | None = None
    handoff_reason: HandoffReason | None = None


class IdentifyInput(_Strict):
    """A conversation, mail or call: a text, or messages of several roles."""

    channel: Literal["im", "email", "call"] = "im"
    text: str = ""
    messages: list[HistoryLine] = Field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text or "\n".join(f"{line.role}: {line.text}" for line in self.messages)


class IdentifyExpect(_Strict):
    """Exact values, in any order. A list that is left out is not judged."""

    serials: list[str] | None = None
    unverified_serials: list[str] | None = None
    tickets: list[str] | None = None
    parts: list[str] | None = None
    contracts: list[str] | None = None
    error_codes: list[str] | None = None
    phones: list[str] | None = None
    emails: list[str] | None = None


class Step(_Strict):
    """What the customer does next, and then waits for the answer.

    `say` writes one message, or several before the bot gets to answer. `press` presses a button
    by what it does (`open_ticket`, `yes`, `branch:0`, `model:GS-2000` ...); it must be on show.
    `twice` delivers the message a second time, as channels do. `restart` ends the process and
    starts another over the same database; `later` lets minutes pass; both come before the rest.
    """

    say: list[str] = Field(default_factory=list)
    press: str = ""
    twice: bool = False
    restart: bool = False
    later: int = 0

    @field_validator("say", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class JourneyInput(_Strict):
    """A scripted customer. Without `sender` nobody knows them; with it they are a contact known
    by that identity on the channel."""

    steps: list[Step] = Field(min_length=1)
    channel: str = "web"
    sender: str = ""
    language: str = ""
    now: datetime | None = None
    rich: bool = True

    @property
    def words(self) -> str:
        return " / ".join(
            "; ".join(step.say) or f"[{step.press or 'restart'}]" for step in self.steps
        )


class TicketExpect(_Strict):
    """A ticket as it must stand in the books; what is left out is not judged."""

    serial: str | None = None
    model: str | None = None
    type: list[str] = Field(default_factory=list)
    priority: list[str] = Field(default_factory=list)
    error_codes: list[str] | None = None
    callback_phone: str | None = None
    holds: list[str] = Field(default_factory=list)

    @field_validator("type", "priority", mode="before")
    @classmethod
    def _any_of(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class JourneyExpect(_Strict):
    """The state of the books at the end, and what was on show on the way.

    `decisions` gives, turn by turn, what the bot may have decided; an empty list takes any.
    """

    tickets: list[TicketExpect] = Field(default_factory=list)
    owner: list[Owner] = Field(default_factory=lambda: [Owner.BOT])
    reason: HandoffReason | None = None
    asset: str | None = None
    language: str = ""
    decisions: list[list[Decision]] = Field(default_factory=list)
    shown: list[str] = Field(default_factory=list)
    never: list[str] = Field(default_factory=list)
    steps_at_least: int = 0

    @field_validator("owner", mode="before")
    @classmethod
    def _any_of(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value
