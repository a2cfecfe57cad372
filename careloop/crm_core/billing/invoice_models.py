"""Tables of invoices and credit notes. Once issued they never change.

An issued row keeps what was issued; only its mark of export and of the credit note that cancels
it are written afterwards. `keep_issued` refuses everything else, whoever writes.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Date,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
    text,
)  # fmt: skip
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from careloop.crm_core.billing.errors import InvoiceIssued
from careloop.kit.db import Entity, owned_by


class InvoiceKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    CANCELLED = "cancelled"
    DISCARDED = "discarded"


class Invoice(Entity):
    """A bill to a customer, or the credit note that takes one back. Amounts of a credit note are
    negative. A draft has no number."""

    __tablename__ = "billing_invoice"
    __table_args__ = (
        owned_by("customer", "customer_id"),
        owned_by("billing_invoice", "credits_id"),
        Index(
            "uq_billing_invoice_number", "tenant_id", "number", unique=True,
            sqlite_where=text("number <> ''"), postgresql_where=text("number <> ''"),
        ),
        UniqueConstraint("tenant_id", "credits_id"),
        Index("ix_billing_invoice_state", "tenant_id", "state", "id"),
        Index("ix_billing_invoice_customer", "tenant_id", "customer_id", "id"),
        Index("ix_billing_invoice_batch", "tenant_id", "batch_id"),
        Index("ix_billing_invoice_day", "tenant_id", "issued_on"),
        CheckConstraint("(number = '') = (state IN ('draft', 'discarded'))", name="number"),
    )  # fmt: skip

    number: Mapped[str] = mapped_column(String(40), default="")
    series: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20), default=InvoiceKind.INVOICE)
    state: Mapped[str] = mapped_column(String(20), default=InvoiceState.DRAFT)
    customer_id: Mapped[str] = mapped_column(String(26))
    language: Mapped[str] = mapped_column(String(10), default="en")
    currency: Mapped[str] = mapped_column(String(3))
    tickets: Mapped[list[str]] = mapped_column(JSON, default=list)
    quote: Mapped[str] = mapped_column(String(40), default="")
    buyer: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seller: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[str] = mapped_column(String(60), default="")
    net: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    tax: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    gross: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    taxes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    digest: Mapped[str] = mapped_column(String(64), default="")
    credits_id: Mapped[str | None] = mapped_column(String(26))
    credits: Mapped[str] = mapped_column(String(40), default="")
    credited_by: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    batch_id: Mapped[str | None] = mapped_column(String(26))
    exported_at: Mapped[datetime | None]


class InvoiceLine(Entity):
    """One line; `share` is what of its price the customer bears, in percent."""

    __tablename__ = "billing_invoice_line"
    __table_args__ = (
        owned_by("billing_invoice", "invoice_id"),
        UniqueConstraint("tenant_id", "invoice_id", "position"),
        Index("ix_billing_invoice_line_source", "tenant_id", "ticket", "source"),
    )

    invoice_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(20), default="")
    hours: Mapped[str] = mapped_column(String(10), default="")
    code: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(String(500))
    on: Mapped[date | None] = mapped_column("happened_on", Date)
    quantity: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    unit: Mapped[str] = mapped_column(String(20), default="")
    per: Mapped[int] = mapped_column("per_units", default=1)
    unit_price: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    discount: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    share: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(100))
    net: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(6, 3))
    tax: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    ticket: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(120), default="")
    issued: Mapped[bool] = mapped_column(default=False)


class ExportBatch(Entity):
    """Invoices that were handed to the accounts together; each is in one batch only."""

    __tablename__ = "billing_export_batch"
    __table_args__ = (Index("ix_billing_export_batch", "tenant_id", "id"),)

    number: Mapped[str] = mapped_column(String(40))
    series: Mapped[str] = mapped_column(String(12), default="")
    count: Mapped[int] = mapped_column("invoice_count")
    made_by: Mapped[str] = mapped_column(String(60), default="")


_AFTERWARDS = frozenset({
    "batch_id", "exported_at", "credited_by", "reason", "state", "version", "updated_at",
})  # fmt: skip


def keep_issued(mapper: Mapper[Any], connection: Connection, row: Invoice) -> None:
    """Refuse to change what was issued."""
    state = inspect(row)
    before = state.attrs.state.history.deleted or [row.state]
    if before[0] in {InvoiceState.DRAFT, InvoiceState.DISCARDED}:
        return
    changed = {item.key for item in state.attrs if item.history.has_changes()}
    if changed - _AFTERWARDS or row.state not in {InvoiceState.ISSUED, InvoiceState.CANCELLED}:
        raise InvoiceIssued(row.number)


def keep_issued_line(mapper: Mapper[Any], connection: Connection, row: InvoiceLine) -> None:
    """Refuse to change or delete a line of what was issued."""
    before = inspect(row).attrs.issued.history.deleted or [row.issued]
    if before[0]:
        raise InvoiceIssued(row.source or row.id)


def keep_row(mapper: Mapper[Any], connection: Connection, row: Invoice) -> None:
    """Refuse to delete what has a number."""
    if row.number:
        raise InvoiceIssued(row.number)


event.listen(Invoice, "before_update", keep_issued)
event.listen(Invoice, "before_delete", keep_row)
event.listen(InvoiceLine, "before_update", keep_issued_line)
event.listen(InvoiceLine, "before_delete", keep_issued_line)
