"""Views of invoices and of batches for the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.billing import bill_queries, invoice_queries, queries
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.invoice_models import (
    ExportBatch,
    Invoice,
    InvoiceLine,
    InvoiceState,
)  # fmt: skip
from careloop.crm_core.billing.invoice_schemas import (
    ExportBatchView,
    InvoiceLineView,
    InvoicePage,
    InvoiceView,
)  # fmt: skip
from careloop.crm_core.billing.invoices import paper_of, problems
from careloop.crm_core.billing.papers import digest_of, fixed, tax_sums
from careloop.crm_core.billing.quote_schemas import TaxSum
from careloop.crm_core.billing.schemas import Amount
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import system_actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound
from careloop.kit.money import Money

_PLAIN = (
    "id", "number", "series", "kind", "state", "customer_id", "language", "currency", "tickets",
    "quote", "issued_on", "due_on", "issued_by", "credits", "credited_by", "reason", "batch_id",
    "version",
)  # fmt: skip


def views(session: Session, tenant_id: str, rows: Sequence[Invoice]) -> list[InvoiceView]:
    """Invoices as a list shows them."""
    names = customers.names(session, tenant_id, {row.customer_id for row in rows})
    return [_view(row, names.get(row.customer_id, "")) for row in rows]


def view(session: Session, row: Invoice) -> InvoiceView:
    return views(session, row.tenant_id, [row])[0]


def page(session: Session, row: Invoice) -> InvoicePage:
    """An invoice with everything; of a draft also what it lacks."""
    lines = invoice_queries.lines_of(session, row)
    rules = queries.rules(session, row.tenant_id)
    draft = row.state == InvoiceState.DRAFT
    taxes = (
        [TaxSum.model_validate(one) for one in row.taxes] if row.number
        else tax_sums(lines, rules, row.currency)
    )  # fmt: skip
    return InvoicePage(
        **dict(view(session, row)), note=row.note, buyer=row.buyer,
        seller=row.seller or rules.seller.model_dump(mode="json"),
        lines=[_line(line, row.currency) for line in lines], taxes=taxes, digest=row.digest,
        intact=not row.number or digest_of(paper_of(row, lines)) == row.digest,
        problems=problems(row, lines, rules) if draft else [],
        left_out=_left_out(session, row) if draft else [],
    )  # fmt: skip


def batch_view(row: ExportBatch) -> ExportBatchView:
    return ExportBatchView(
        id=row.id, number=row.number, series=row.series, count=row.count, made_by=row.made_by,
        created_at=iso(row.created_at),
    )  # fmt: skip


def _view(row: Invoice, customer: str) -> InvoiceView:
    return InvoiceView(
        **{name: getattr(row, name) for name in _PLAIN}, customer_name=customer,
        net=_amount(row, "net"), tax=_amount(row, "tax"), gross=_amount(row, "gross"),
        exported_at=iso(row.exported_at) if row.exported_at else None,
        created_at=iso(row.created_at), updated_at=iso(row.updated_at),
    )  # fmt: skip


def _amount(row: Invoice, name: str) -> Amount:
    return Amount.exactly(Money.of(getattr(row, name), row.currency))


def _line(row: InvoiceLine, currency: str) -> InvoiceLineView:
    return InvoiceLineView(
        position=row.position, kind=row.kind, item=row.item, hours=row.hours, code=row.code,
        text=row.text, on=row.on, quantity=plain(row.quantity), unit=row.unit, per=row.per,
        unit_price=plain(row.unit_price), discount=plain(row.discount), share=plain(row.share),
        net=fixed(row.net, currency), tax_code=row.tax_code,
        tax_rate=None if row.tax_rate is None else plain(row.tax_rate),
        tax=fixed(row.tax, currency), ticket=row.ticket, source=row.source,
    )  # fmt: skip


def _left_out(session: Session, row: Invoice) -> list[Amount]:
    """What the customer bears of the draft's tickets in other currencies."""
    books = system_actor(row.tenant_id)
    sums: dict[str, Decimal] = {}
    for number in row.tickets:
        try:
            ticket = tickets.ticket(session, books, number)
        except NotFound:
            continue
        bill = bill_queries.bill_of(session, ticket)
        for line in bill_queries.lines_of(session, bill) if bill else ():
            if line.price_customer and line.price_currency != row.currency:
                before = sums.get(line.price_currency, Decimal(0))
                sums[line.price_currency] = before + line.price_customer
    return [Amount(amount=fixed(sums[code], code), currency=code) for code in sorted(sums)]
