"""Tables of what is learned: gaps and their occurrences, feedback, tickets that became drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity
from careloop.kit.errors import Conflict
from careloop.kit.ids import ID_LENGTH

OPEN, DISMISSED, ANSWERED = "open", "dismissed", "answered"
STATES = (OPEN, DISMISSED, ANSWERED)
ABSTAINED, NOT_HELPED = "abstain", "not_helped"
REOPEN_AFTER = 5
"""So often a settled question is asked again before it stands open again."""
MAX_EXAMPLES = 10


class Gap(Entity):
    """Something customers ask and the library does not answer: open, dismissed or answered.

    `count` is the number of conversations that asked; `asked_since` counts those after it was
    settled. `profile` is what the wordings mean on average, see `grouping.Profile`. `examples`
    are at most `MAX_EXAMPLES` wordings: `{text, lang, at, conversation_id}`.
    """

    __tablename__ = "knowledge_gaps"
    __table_args__ = (Index(None, "tenant_id", "state"),)

    question: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(8))
    count: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    models: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    examples: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    asked_since: Mapped[int] = mapped_column(default=0)
    article_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))

    @property
    def is_fault(self) -> bool:
        """Whether most of those who ask report a fault."""
        return self.faults * 2 > sum(self.languages.values())

    def dismiss(self, reason: str) -> None:
        """It needs no article; `Conflict` unless it is open."""
        self._settle(DISMISSED)
        self.reason = reason

    def answer(self) -> None:
        """Its article is published; `Conflict` unless it is open."""
        self._settle(ANSWERED)

    def reopen(self) -> None:
        """It is asked again, or an editor thinks anew; `Conflict` when it is open."""
        if self.state == OPEN:
            raise Conflict("This question is open already")
        self.state, self.reason, self.asked_since = OPEN, "", 0

    def ask_again(self) -> None:
        """One more conversation asked; a settled question may open again by that."""
        self.count += 1
        if self.state != OPEN:
            self.asked_since += 1
            if self.asked_since >= REOPEN_AFTER:
                self.reopen()

    def _settle(self, state: str) -> None:
        if self.state != OPEN:
            raise Conflict(f"This question is {self.state} already")
        self.state, self.asked_since = state, 0


class GapOccurrence(Entity):
    """One question that found no answer; `gap_id` is empty until it has been grouped.

    `text` is masked. `person` tells that a member of staff took the conversation over then.
    """

    __tablename__ = "knowledge_gap_occurrences"
    audited: ClassVar[bool] = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "gap_id"], ["knowledge_gaps.tenant_id", "knowledge_gaps.id"],
            ondelete="CASCADE",
        ),
        Index(None, "tenant_id", "gap_id"),
        Index(None, "tenant_id", "conversation_id"),
    )  # fmt: skip

    gap_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(8))
    model: Mapped[str] = mapped_column(String(200), default="")
    fault: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(12), default=ABSTAINED)
    person: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))


class Feedback(Entity):
    """A verdict on an answer that rested on a document; `edition` is the version it judged.

    A conversation judges a document once, the last word counts. `by` is empty for customers.
    """

    __tablename__ = "knowledge_feedback"
    audited: ClassVar[bool] = False
    __table_args__ = (Index(None, "tenant_id", "document_key"),)

    document_key: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(8))
    edition: Mapped[int] = mapped_column(default=0)
    section: Mapped[str] = mapped_column(Text, default="")
    helpful: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(200), default="")
    conversation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))


class TicketDraft(Entity):
    """A resolved ticket that has become an article."""

    __tablename__ = "knowledge_ticket_drafts"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[str] = mapped_column(String(40))
    article_id: Mapped[str] = mapped_column(String(ID_LENGTH))
