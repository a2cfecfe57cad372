"""Views of tickets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from careloop.crm_core.custom.schemas import PublicValue


class TicketEventView(BaseModel):
    """One line of the history; `words` says in English what `kind` and `data` mean.

    `ticket` is set where the line was written on a ticket that was merged into this one.
    """

    seq: int
    kind: str
    actor: str
    text: str
    data: dict[str, Any]
    public: bool
    created_at: str
    words: str = ""
    ticket: str | None = None


class DueView(BaseModel):
    """The promise that falls due next: respond, arrive or fix."""

    kind: str
    due_at: str
    state: str


class TicketView(BaseModel):
    """A ticket as staff, or the customer it belongs to, may see it."""

    number: str
    type: str
    state: str
    priority: str
    title: str
    description: str
    language: str
    channel: str
    customer_id: str | None
    contact_id: str | None
    serial: str
    model: str
    conversation_id: str | None
    assignee_id: str | None
    engineer: str
    error_codes: list[str]
    callback_phone: str
    version: int
    created_at: str
    updated_at: str
    resolved_at: str | None
    closed_at: str | None
    possible_states: list[str] = Field(default_factory=list)
    tags: list[str] = Field(default_factory=list)
    fields: dict[str, Any] = Field(default_factory=dict)
    own_type: str = ""
    """Code of the maker's own type, of which `type` is the base."""
    custom: dict[str, Any] = Field(default_factory=dict)
    """Values of the maker's own fields by key; a customer is shown the public ones."""
    missing: list[str] = Field(default_factory=list)
    """Fields that its type asks for before it may be resolved, and that are not filled in."""
    contract: str = ""
    parent: str | None = None
    children_count: int = 0
    merged_into: str | None = None
    due: DueView | None = None
    answered_at: str | None = None
    resolution: str = ""
    cause: str = ""
    component: str = ""
    confirmed_at: str | None = None
    confirmed_by: str = ""
    durable: bool | None = None
    durable_at: str | None = None
    reopened_count: int = 0
    watching: bool | None = None
    """Whether the reader watches it; null where nobody asked."""


class TicketStatus(BaseModel):
    """What may be told about a ticket in a chat it belongs to."""

    number: str
    state: str
    title: str
    updated_at: str
    public_notes: list[str] = Field(default_factory=list)
    custom: list[PublicValue] = Field(default_factory=list)


class ChildView(BaseModel):
    """A ticket below another."""

    number: str
    title: str
    type: str
    state: str
    priority: str
    serial: str


class TicketLinkView(BaseModel):
    """What else a ticket speaks of; `inverse` when the other ticket says so."""

    kind: str
    target: str
    title: str = ""
    state: str = ""
    inverse: bool = False


class TicketFileView(BaseModel):
    """A file of a ticket; `url` works for an hour."""

    id: str
    name: str
    media_type: str
    size: int
    public: bool
    actor: str
    created_at: str
    url: str = ""
    ticket: str | None = None
    """The merged ticket that it came with."""


class DuplicateReason(BaseModel):
    """Why two tickets may be one: a code, and the same in English."""

    code: str
    text: str


class DuplicateView(BaseModel):
    """A ticket that may be about the same; `score` runs from 0 to 100."""

    number: str
    title: str
    state: str
    serial: str
    created_at: str
    score: int
    reasons: list[DuplicateReason]


class FormField(BaseModel):
    """A field of a type's form. `serial` lies on the ticket itself, all others in `fields`."""

    name: str
    kind: str
    required_at: str | None
    """`open`, `resolve` or null."""
    choices: list[str] = Field(default_factory=list)


class TicketForm(BaseModel):
    type: str
    fields: list[FormField]


class TicketForms(BaseModel):
    """What a ticket may hold and where it may go."""

    types: list[TicketForm]
    states: list[str]
    open_states: list[str]
    arrows: dict[str, list[str]]
    priorities: list[str]
    causes: list[str]
    link_kinds: list[str]
    reopen_days: int
    durable_days: int


class TagCount(BaseModel):
    tag: str
    tickets: int
