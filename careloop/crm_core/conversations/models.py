"""Tables of conversations and messages; who owns a conversation is a state machine."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by
from careloop.kit.errors import Conflict


class Owner(StrEnum):
    """Who answers now."""

    BOT = "bot"
    QUEUE = "queue"
    PERSON = "person"


class Author(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Conversation(Entity):
    """All messages with one contact about one matter.

    `last_seq` numbers the messages without gaps; `answered_seq` is the last customer message
    that a bot turn has dealt with; a turn holds `turn_lease_until` while it thinks.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        Index("ix_conversation_box", "tenant_id", "state", "owner", "last_message_at"),
        Index("ix_conversation_contact", "tenant_id", "contact_id"),
        Index("ix_conversation_changed", "tenant_id", "updated_at"),
        Index("ix_conversation_visitor", "visitor_hash", unique=True),
    )

    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(60), default="default")
    contact_id: Mapped[str] = mapped_column(String(26))
    visitor_hash: Mapped[str | None] = mapped_column(String(64))
    visitor_expires_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    owner: Mapped[str] = mapped_column(String(10), default=Owner.BOT)
    owner_user_id: Mapped[str | None] = mapped_column(String(26))
    language: Mapped[str] = mapped_column(String(10), default="")
    subject: Mapped[str] = mapped_column(String(200), default="")
    last_seq: Mapped[int] = mapped_column(default=0)
    last_customer_seq: Mapped[int] = mapped_column(default=0)
    answered_seq: Mapped[int] = mapped_column(default=0)
    unread: Mapped[int] = mapped_column(default=0)
    turn_token: Mapped[str | None] = mapped_column(String(26))
    turn_lease_until: Mapped[datetime | None]
    turn_attempts: Mapped[int] = mapped_column(default=0)
    memory: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asset_id: Mapped[str | None] = mapped_column(String(26))
    handoff_reason: Mapped[str] = mapped_column(String(30), default="")
    handoff_summary: Mapped[str] = mapped_column(Text, default="")
    waiting_since: Mapped[datetime | None]
    waited_seconds: Mapped[int | None]
    last_snippet: Mapped[str] = mapped_column(String(160), default="")
    last_message_at: Mapped[datetime]
    rating: Mapped[int | None]
    rating_comment: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    page_url: Mapped[str] = mapped_column(String(500), default="")

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def awaits_bot(self) -> bool:
        unanswered = self.last_customer_seq > self.answered_seq
        return self.is_open and self.owner == Owner.BOT and unanswered

    def next_seq(self) -> int:
        self.last_seq += 1
        return self.last_seq

    def lease_turn(self, token: str, now: datetime, seconds: int) -> bool:
        """Take the turn if a customer waits for the bot and nobody else holds it."""
        held = self.turn_lease_until is not None and self.turn_lease_until > now
        if not self.awaits_bot or held:
            return False
        self.turn_token = token
        self.turn_lease_until = now + timedelta(seconds=seconds)
        self.turn_attempts += 1
        return True

    def end_turn(self, answered_seq: int) -> None:
        self.answered_seq = max(self.answered_seq, answered_seq)
        self.turn_token, self.turn_lease_until, self.turn_attempts = None, None, 0

    def queue_for_person(self, reason: str, summary: str, now: datetime) -> bool:
        """Bot to queue; False when a person was asked for already, or nobody waits any more."""
        if self.owner != Owner.BOT or not self.is_open:
            return False
        self.owner, self.owner_user_id = Owner.QUEUE, None
        self.handoff_reason, self.handoff_summary = reason, summary
        self.waiting_since = now
        self.answered_seq = self.last_customer_seq
        self.touch(now)
        return True

    def take(self, user_id: str, now: datetime) -> None:
        """A person takes over from bot, queue or a colleague; the bot falls silent."""
        self._must_be_open()
        if self.waiting_since is not None:
            self.waited_seconds = int((now - self.waiting_since).total_seconds())
        self.owner, self.owner_user_id = Owner.PERSON, user_id
        self.waiting_since = None
        self.answered_seq = self.last_customer_seq
        self.turn_token = self.turn_lease_until = None
        self.touch(now)

    def hand_back(self, now: datetime) -> None:
        """Person or queue back to the bot; it answers only what is written from now on."""
        self._must_be_open()
        if self.owner == Owner.BOT:
            raise Conflict("The bot already has this conversation")
        self.owner, self.owner_user_id, self.waiting_since = Owner.BOT, None, None
        self.handoff_reason = ""
        self.answered_seq = self.last_customer_seq
        self.touch(now)

    def requeue(self, now: datetime) -> None:
        """A person gives the conversation back to all colleagues."""
        self._must_be_open()
        self.owner, self.owner_user_id, self.waiting_since = Owner.QUEUE, None, now
        self.touch(now)

    def close(self, now: datetime) -> None:
        self._must_be_open()
        self.state, self.closed_at, self.waiting_since = "closed", now, None
        self.answered_seq = self.last_customer_seq
        self.turn_token = self.turn_lease_until = None
        self.touch(now)

    def reopen(self, now: datetime, owner: Owner = Owner.BOT, user_id: str | None = None) -> None:
        self.state, self.closed_at = "open", None
        self.owner, self.owner_user_id = owner, user_id
        self.touch(now)

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Conflict("This conversation is closed; reopen it first")


class Message(Entity):
    """One message; `internal` ones are notes that the customer never sees."""

    __tablename__ = "message"
    __table_args__ = (
        owned_by("conversation", "conversation_id"),
        UniqueConstraint("tenant_id", "conversation_id", "seq"),
        UniqueConstraint("tenant_id", "conversation_id", "client_msg_id"),
    )

    conversation_id: Mapped[str] = mapped_column(String(26))
    seq: Mapped[int]
    author: Mapped[str] = mapped_column(String(10))
    author_user_id: Mapped[str | None] = mapped_column(String(26))
    author_name: Mapped[str] = mapped_column(String(200), default="")
    internal: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")
    truncated: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(10), default="")
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    client_msg_id: Mapped[str | None] = mapped_column(String(100))
    trace: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Attachment(Entity):
    """A stored file of a conversation; it belongs to a message once that is sent."""

    __tablename__ = "attachment"
    __table_args__ = (
        owned_by("conversation", "conversation_id"),
        Index("ix_attachment_message", "tenant_id", "message_id"),
    )

    conversation_id: Mapped[str] = mapped_column(String(26))
    message_id: Mapped[str | None] = mapped_column(String(26))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class SavedReply(Entity):
    """A text an agent can insert by its shortcut."""

    __tablename__ = "saved_reply"
    __table_args__ = (UniqueConstraint("tenant_id", "shortcut", "language"),)

    shortcut: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
