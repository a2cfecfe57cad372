"""Tables of a ticket's costs: what was entered by hand, who decided, and the bill as kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class LineKind(StrEnum):
    LABOUR = "labour"
    TRAVEL = "travel"
    PARTS = "parts"
    OUTSIDE = "outside"
    OTHER = "other"


class DecisionState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"


class CostEntry(Entity):
    """A cost that no visit tells of: outside work with supplier and document, or other."""

    __tablename__ = "billing_cost_entry"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        Index("ix_billing_cost_entry", "tenant_id", "ticket_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500))
    supplier: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    on: Mapped[date] = mapped_column("happened_on", Date)
    quantity: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    unit: Mapped[str] = mapped_column(String(20), default="")
    unit_cost: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    currency: Mapped[str] = mapped_column(String(3))
    charge: Mapped[str] = mapped_column(String(10), default="cost")
    """`cost`: passed on at cost, `price`: at `unit_price`, `none`: not charged."""
    unit_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    price_currency: Mapped[str] = mapped_column(String(3), default="")
    cover: Mapped[str] = mapped_column(String(20), default="")
    """Kind of service whose entitlement decides who bears it; empty: the customer."""
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")


class BearingDecision(Entity):
    """A person decided who bears what, against or beyond what contract and warranty say."""

    __tablename__ = "billing_bearing_decision"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        Index("ix_billing_bearing_decision", "tenant_id", "ticket_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    by: Mapped[str] = mapped_column("borne_by", String(20))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    source: Mapped[str] = mapped_column(String(120), default="")
    share: Mapped[int] = mapped_column(default=100)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=DecisionState.ASKED)
    asked_by: Mapped[str] = mapped_column(String(60), default="")
    decided_by: Mapped[str] = mapped_column(String(60), default="")
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")


class TicketBill(Entity):
    """The costs of a ticket as they were when it closed; prices that change later do not."""

    __tablename__ = "billing_ticket_bill"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        owned_by("customer", "customer_id"),
        UniqueConstraint("tenant_id", "ticket_id"),
        Index("ix_billing_ticket_bill_day", "tenant_id", "closed_on", "id"),
        Index("ix_billing_ticket_bill_customer", "tenant_id", "customer_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    customer_id: Mapped[str | None] = mapped_column(String(26))
    serial: Mapped[str] = mapped_column(String(80), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    contract: Mapped[str] = mapped_column(String(60), default="")
    cause: Mapped[str] = mapped_column(String(60), default="")
    type: Mapped[str] = mapped_column(String(20), default="")
    closed_at: Mapped[datetime]
    closed_on: Mapped[date] = mapped_column(Date)
    computed_at: Mapped[datetime]
    taken: Mapped[int] = mapped_column(default=1)
    """How many times it was taken anew, as a whole."""
    reason: Mapped[str] = mapped_column(Text, default="")
    minimum: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The least charge of the price list that held, `{amount, currency, price_list}`."""


class BillLine(Entity):
    """One fact of a kept bill: what it cost, what it is charged with, and who bears that."""

    __tablename__ = "billing_bill_line"
    __table_args__ = (
        owned_by("billing_ticket_bill", "bill_id"),
        UniqueConstraint("tenant_id", "bill_id", "source"),
        Index("ix_billing_bill_line_contract", "tenant_id", "contract"),
    )

    bill_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(20), default="")
    hours: Mapped[str] = mapped_column(String(10), default="")
    code: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(String(500), default="")
    work_order: Mapped[str] = mapped_column(String(40), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    supplier: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    on: Mapped[date] = mapped_column("happened_on", Date)
    quantity: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    billed: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    unit: Mapped[str] = mapped_column(String(20), default="")
    per: Mapped[int] = mapped_column("per_units", default=1)
    unit_cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    cost_currency: Mapped[str] = mapped_column(String(3), default="")
    unit_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    discount: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    price_currency: Mapped[str] = mapped_column(String(3), default="")
    price_list: Mapped[str] = mapped_column(String(60), default="")
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(6, 3))
    contract: Mapped[str] = mapped_column(String(60), default="")
    shares: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Who bears it: `{by, percent, price, cost}`, which add up to the line."""
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    late: Mapped[bool] = mapped_column(default=False)
    price_warranty: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    price_contract: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    price_goodwill: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    price_customer: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    cost_warranty: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    cost_contract: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    cost_goodwill: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    cost_customer: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
