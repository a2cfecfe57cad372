"""Tables of quotes: the offer, its lines, each revision as it was sent, questions about it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.billing.errors import QuoteStepNotAllowed
from careloop.kit.db import Entity, TenantRow, owned_by


class QuoteState(StrEnum):
    DRAFT = "draft"
    WAITING_APPROVAL = "waiting_approval"
    RELEASED = "released"
    SENT = "sent"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


Q = QuoteState
QUOTE_STEPS: dict[QuoteState, frozenset[QuoteState]] = {
    Q.DRAFT: frozenset({Q.WAITING_APPROVAL, Q.SENT, Q.WITHDRAWN}),
    Q.WAITING_APPROVAL: frozenset({Q.RELEASED, Q.DRAFT, Q.WITHDRAWN}),
    Q.RELEASED: frozenset({Q.SENT, Q.DRAFT, Q.WITHDRAWN}),
    Q.SENT: frozenset({Q.APPROVED, Q.REJECTED, Q.EXPIRED, Q.WITHDRAWN, Q.DRAFT}),
    Q.APPROVED: frozenset(),
    Q.REJECTED: frozenset({Q.DRAFT}),
    Q.EXPIRED: frozenset({Q.DRAFT, Q.WITHDRAWN}),
    Q.WITHDRAWN: frozenset({Q.DRAFT}),
}


class Quote(Entity):
    """An offer to a customer. It is changed as a draft; what was sent is kept by revision."""

    __tablename__ = "billing_quote"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("customer", "customer_id"),
        owned_by("contact", "contact_id"),
        owned_by("ticket", "ticket_id"),
        Index("ix_billing_quote_state", "tenant_id", "state", "id"),
        Index("ix_billing_quote_ticket", "tenant_id", "ticket_id"),
        Index("ix_billing_quote_customer", "tenant_id", "customer_id", "id"),
    )

    number: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default=QuoteState.DRAFT)
    customer_id: Mapped[str] = mapped_column(String(26))
    contact_id: Mapped[str | None] = mapped_column(String(26))
    ticket_id: Mapped[str | None] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(300))
    intro: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    currency: Mapped[str] = mapped_column(String(3))
    price_list: Mapped[str] = mapped_column(String(60), default="")
    valid_until: Mapped[date] = mapped_column(Date)
    net: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    tax: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    gross: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    author_id: Mapped[str | None] = mapped_column(String(26))
    author: Mapped[str] = mapped_column(String(60), default="")
    state_reason: Mapped[str] = mapped_column(Text, default="")
    released_by: Mapped[str] = mapped_column(String(60), default="")
    released_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_via: Mapped[str] = mapped_column(String(20), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    approved_hash: Mapped[str] = mapped_column(String(64), default="")
    open_questions: Mapped[int] = mapped_column(default=0)

    def step_to(self, state: QuoteState, at: datetime) -> None:
        """One step; `QuoteStepNotAllowed` names what is possible instead."""
        present = QuoteState(self.state)
        if state not in QUOTE_STEPS[present]:
            raise QuoteStepNotAllowed(self.number, present, state, sorted(QUOTE_STEPS[present]))
        self.state = state
        self.touch(at)


class QuoteLine(Entity):
    """One line of the offer as it stands now."""

    __tablename__ = "billing_quote_line"
    __table_args__ = (
        owned_by("billing_quote", "quote_id"),
        UniqueConstraint("tenant_id", "quote_id", "position"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    quote_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60), default="")
    hours: Mapped[str] = mapped_column(String(10), default="")
    text: Mapped[str] = mapped_column(String(500))
    quantity: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    unit: Mapped[str] = mapped_column(String(20), default="")
    per: Mapped[int] = mapped_column("per_units", default=1)
    unit_price: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    discount: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(6, 3))
    net: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    tax: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    origin: Mapped[str] = mapped_column(String(80), default="")
    """Where the price is from: `list:<code>`, `sop:<code>`, `catalogue`, `hand`."""


class QuoteRevision(Entity):
    """A revision exactly as it was sent; its hash is what a customer approves.

    `token_hash` is the hash of the secret in the link; the secret itself is kept nowhere.
    """

    __tablename__ = "billing_quote_revision"
    __table_args__ = (
        owned_by("billing_quote", "quote_id"),
        UniqueConstraint("tenant_id", "quote_id", "revision"),
        UniqueConstraint("token_hash"),
    )

    quote_id: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[str] = mapped_column(String(64))
    link: Mapped[int] = mapped_column(default=1)
    """How many links it has had; a new one closes the former."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(String(60), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_via: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    approved_hash: Mapped[str] = mapped_column(String(64), default="")


class QuoteQuestion(Entity):
    """A customer's question about a quote, or the maker's answer."""

    __tablename__ = "billing_quote_question"
    __table_args__ = (
        owned_by("billing_quote", "quote_id"),
        UniqueConstraint("tenant_id", "quote_id", "client_id"),
    )

    quote_id: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    from_customer: Mapped[bool]
    name: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str] = mapped_column(String(60))


class DocumentCounter(TenantRow):
    """The last number given in a series and year; numbers leave no gap, for an act that fails
    takes its number back."""

    __tablename__ = "billing_document_counter"
    audited = False

    series: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
