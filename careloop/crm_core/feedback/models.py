"""Tables of feedback."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by
from careloop.kit.errors import Conflict


class SurveyState(StrEnum):
    """`held` was not sent and will not be; `reason` says why."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    HELD = "held"


class CallbackState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class SurveySettings(TenantRow):
    """What a maker asks, when and of whom; one row a maker."""

    __tablename__ = "survey_settings"

    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]


class SurveyInvitation(Entity):
    """One survey for one occasion of one ticket, and the secret that opens it.

    `occasion` is `closed`, `visit:<number>` or `asked`. Who worked on what, and by which way it
    came in, stands here as it was then.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "ticket_id", "occasion"),
        owned_by("ticket", "ticket_id"),
        owned_by("contact", "contact_id"),
        Index("ix_survey_token", "token_hash", unique=True),
        Index("ix_survey_waiting", "state", "send_at"),
        Index("ix_survey_expiry", "state", "expires_at"),
        Index("ix_survey_contact", "tenant_id", "contact_id", "sent_at"),
        Index("ix_survey_month", "tenant_id", "month"),
        Index("ix_survey_list", "tenant_id", "id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    occasion: Mapped[str] = mapped_column(String(60))
    contact_id: Mapped[str | None] = mapped_column(String(26))
    customer_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default=SurveyState.WAITING)
    reason: Mapped[str] = mapped_column(String(20), default="")
    way: Mapped[str] = mapped_column(String(10), default="")
    """How it went out: chat, mail or link."""
    channel: Mapped[str] = mapped_column(String(20), default="")
    """How the ticket came in."""
    engineer: Mapped[str] = mapped_column(String(40), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    token_hash: Mapped[str | None] = mapped_column(String(64))
    send_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    month: Mapped[str] = mapped_column(String(7), default="")
    """Month in which it was sent, UTC."""
    expires_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


class SurveyAnswer(Entity):
    """What the customer said; one for an invitation, changeable for a day."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        owned_by("survey_invitation", "invitation_id"),
        owned_by("contact", "contact_id"),
        owned_by("ticket", "ticket_id"),
        UniqueConstraint("tenant_id", "invitation_id"),
        Index("ix_survey_answer_list", "tenant_id", "answered_at", "id"),
        Index("ix_survey_answer_ticket", "tenant_id", "ticket_id"),
        CheckConstraint("csat IS NULL OR csat BETWEEN 1 AND 5", name="csat"),
        CheckConstraint("nps IS NULL OR nps BETWEEN 0 AND 10", name="nps"),
    )

    invitation_id: Mapped[str] = mapped_column(String(26))
    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    contact_id: Mapped[str | None] = mapped_column(String(26))
    customer_id: Mapped[str | None] = mapped_column(String(26))
    csat: Mapped[int | None]
    nps: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(10), default="")
    channel: Mapped[str] = mapped_column(String(20), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    month: Mapped[str] = mapped_column(String(7), default="")
    """Month in which the survey was sent, so that answers stand beside what was asked."""
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    mood: Mapped[int | None]
    """How the house reads the words: -2 (angry) to 2 (glad); null where there are none."""
    low: Mapped[bool] = mapped_column(default=False)
    case: Mapped[str] = mapped_column(String(40), default="")
    """Number of the complaint that it opened."""


class CallbackTask(Entity):
    """A call to a customer that somebody owes."""

    __tablename__ = "callback_task"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        owned_by("contact", "contact_id"),
        owned_by("survey_answer", "answer_id"),
        owned_by("user_account", "owner_id"),
        UniqueConstraint("tenant_id", "answer_id"),
        Index("ix_callback_due", "state", "due_at"),
        Index("ix_callback_list", "tenant_id", "state", "due_at", "id"),
        Index("ix_callback_owner", "tenant_id", "owner_id", "state"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    contact_id: Mapped[str | None] = mapped_column(String(26))
    customer_id: Mapped[str | None] = mapped_column(String(26))
    answer_id: Mapped[str | None] = mapped_column(String(26))
    owner_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default=CallbackState.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    due_at: Mapped[datetime]
    first_due_at: Mapped[datetime]
    postponed: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(60), default="")

    def end(self, state: CallbackState, at: datetime) -> None:
        """Close an open task; `Conflict` when it is closed already."""
        if self.state != CallbackState.OPEN:
            raise Conflict(f"This call-back is {self.state} already")
        self.state, self.done_at = state, at
        self.touch(at)
