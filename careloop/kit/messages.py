"""The contract between channels, books and mind: what a message is.

A reply is text plus `parts`: structured pieces that a rich channel shows as buttons and cards
and a plain one writes out as text.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Option(_Part):
    """One button: what it shows, and the text it sends."""

    label: str
    value: str


class QuickReplies(_Part):
    kind: Literal["quick_replies"] = "quick_replies"
    options: list[Option]


class Source(_Part):
    """One citation; `lang` is the language of the excerpt."""

    document: str
    title: str
    section: str = ""
    page: int | None = None
    lang: str = ""
    excerpt: str = ""


class Sources(_Part):
    kind: Literal["sources"] = "sources"
    items: list[Source]


class StepCard(_Part):
    """One step of a guided check: step `index` (from 1) of `total`."""

    kind: Literal["step"] = "step"
    index: int
    total: int
    title: str
    text: str
    hazards: list[str] = Field(default_factory=list)
    options: list[Option] = Field(default_factory=list)


class DeviceCard(_Part):
    kind: Literal["device"] = "device"
    serial: str
    model: str
    name: str = ""
    warranty_until: str | None = None


class TicketCard(_Part):
    kind: Literal["ticket"] = "ticket"
    number: str
    title: str
    state: str
    state_label: str
    progress: list[str] = Field(default_factory=list)
    reached: int = 0
    updated_at: str = ""


class RatingRequest(_Part):
    kind: Literal["rating"] = "rating"
    scale: int = 5


class Notice(_Part):
    """A line about the conversation itself, such as a hand-over."""

    kind: Literal["notice"] = "notice"
    event: str
    wait_minutes: int | None = None


class Picture(_Part):
    """A figure of a document that belongs to the answer; the door makes it a file with a link."""

    kind: Literal["picture"] = "picture"
    document_id: str
    name: str
    media_type: str
    caption: str = ""
    page: int | None = None


Part = Annotated[
    QuickReplies | Sources | Picture | StepCard | DeviceCard | TicketCard | RatingRequest | Notice,
    Field(discriminator="kind"),
]


class InboundMessage(BaseModel):
    """A message as a channel adapter hands it in; `external_id` is the vendor's id of it."""

    channel: str
    account: str = "default"
    sender: str
    external_id: str
    text: str = ""
    attachment_ids: list[str] = Field(default_factory=list)
    language_hint: str | None = None
    action: str = ""
    """A button of the channel itself, such as `person`; it means the same in every language."""


class Reply(BaseModel):
    """What the mind or a person wants to say."""

    text: str
    language: str = ""
    parts: list[Part] = Field(default_factory=list)
