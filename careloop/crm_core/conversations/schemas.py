"""Commands and views of conversations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from careloop.kit.messages import Part, Reply

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class AttachmentView(BaseModel):
    id: str
    name: str
    media_type: str
    size: int
    url: str = ""
    """Short-lived signed link; filled in by the edge."""


class MessageView(BaseModel):
    """One message; `trace` (why the bot said so) is for staff only."""

    id: str
    seq: int
    author: str
    author_name: str
    internal: bool
    text: str
    truncated: bool
    language: str
    parts: list[Part]
    attachments: list[AttachmentView]
    client_msg_id: str | None
    created_at: str
    trace: dict[str, Any] = Field(default_factory=dict)


class ConversationSummary(BaseModel):
    """A line of the inbox."""

    id: str
    channel: str
    state: str
    owner: str
    owner_user_id: str | None
    owner_name: str
    contact_id: str
    contact_name: str
    customer_name: str
    language: str
    subject: str
    snippet: str
    last_message_at: str
    waiting_since: str | None
    handoff_reason: str
    unread: int
    rating: int | None


class ConversationDetail(ConversationSummary):
    """A conversation for the desk."""

    customer_id: str | None
    asset_id: str | None
    handoff_summary: str
    last_seq: int
    version: int
    page_url: str
    rating_comment: str
    created_at: str
    closed_at: str | None


class ReplyAsPerson(BaseModel):
    """A message of an agent to the customer."""

    conversation_id: str = Field(description="Id of the conversation.")
    text: str = Field(max_length=10_000, description="What to write; empty with files alone.")
    client_msg_id: str | None = Field(
        None, max_length=100, description="The sender's own id; the same one again stores once."
    )
    attachment_ids: list[str] = Field(
        default_factory=list, max_length=10, description="Uploaded files that go along."
    )


class AddNote(BaseModel):
    """An internal note."""

    conversation_id: str = Field(description="Id of the conversation.")
    text: Written = Field(max_length=10_000, description="The note.")


class PickConversation(BaseModel):
    """An act on one conversation."""

    conversation_id: str = Field(description="Id of the conversation.")


class AssignConversation(BaseModel):
    """Give a conversation to a colleague; no user puts it back into the queue."""

    conversation_id: str = Field(description="Id of the conversation.")
    user_id: str | None = Field(None, description="Who gets it; empty: the queue.")


class RequestPerson(BaseModel):
    """The bot, or a person, asks for a colleague."""

    conversation_id: str | None = Field(
        None, description="Id of the conversation (staff); the bot asks for its own."
    )
    reason: str = Field(max_length=30, description="One of the hand-off reasons.")
    summary: str = Field("", max_length=5000, description="What has happened so far.")
    wait_minutes: int | None = Field(None, description="Expected wait, where one is known.")


class Rate(BaseModel):
    """The customer's rating of this conversation."""

    score: int = Field(ge=1, le=5, description="1 (bad) to 5 (good).")
    comment: str = Field("", max_length=2000, description="In the customer's own words.")


class SaveReply(BaseModel):
    """A saved reply; the same shortcut and language is overwritten."""

    shortcut: str = Field(
        min_length=1, max_length=40, pattern=r"^[\w-]+$", description="Word to call it up by."
    )
    language: str = Field(min_length=2, max_length=10, description="Language of the text.")
    title: str = Field(min_length=1, max_length=120, description="What it is about.")
    text: str = Field(min_length=1, max_length=10_000, description="The reply itself.")


class SavedReplyView(SaveReply):
    id: str


class Claim(BaseModel):
    """A turn that this process may do: answer all customer messages up to `upto_seq`."""

    tenant_id: str
    conversation_id: str
    token: str
    upto_seq: int
    attempts: int


class TurnEnd(StrEnum):
    """How a turn ended: its claim was lost, all is answered, or more has come in meanwhile."""

    LOST = "lost"
    DONE = "done"
    MORE = "more"


class TurnResult(BaseModel):
    """What a finished turn stores, in one transaction."""

    replies: list[Reply] = Field(default_factory=list)
    memory: dict[str, Any] = Field(default_factory=dict)
    language: str = ""
    subject: str = ""
    asset_id: str | None = None
    trace: dict[str, Any] = Field(default_factory=dict)
