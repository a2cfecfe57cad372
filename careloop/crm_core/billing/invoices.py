"""Invoices as papers: issued with a number, credited, handed to the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import invoice_queries, queries
from careloop.crm_core.billing.amounts import line_amount, plain
from careloop.crm_core.billing.entries import name_of
from careloop.crm_core.billing.errors import InvoiceIncomplete
from careloop.crm_core.billing.events import InvoiceWasIssued
from careloop.crm_core.billing.invoice_drafts import open_draft, series_of
from careloop.crm_core.billing.invoice_models import (
    ExportBatch,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceState,
)  # fmt: skip
from careloop.crm_core.billing.invoice_schemas import (
    CreditInvoice,
    DiscardInvoice,
    ExportInvoices,
    IssueInvoice,
)  # fmt: skip
from careloop.crm_core.billing.numbers import BATCHES, next_number
from careloop.crm_core.billing.papers import (
    buyer_of,
    digest_of,
    fixed,
    tax_on,
    tax_sums,
    totals,
)  # fmt: skip
from careloop.crm_core.billing.quotes import today_of
from careloop.crm_core.billing.schemas import BillingRulesView
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

MOST_EXPORTED = 5000


def problems(row: Invoice, lines: Sequence[InvoiceLine], rules: BillingRulesView) -> list[str]:
    """What hinders a draft from being issued, coded; with the line's position.

    The sums are computed again from the lines, and the lines from quantity, price and share.
    """
    found = [] if lines else ["no_lines"]
    if not rules.seller.name:
        found.append("no_seller")
    for line in lines:
        if line.tax_rate is None:
            found.append(f"no_tax:{line.position}")
        elif line.tax != tax_on(line.net, line.tax_rate, row.currency):
            found.append(f"tax_wrong:{line.position}")
        if not line.source and line.net != line_amount(
            line.quantity, line.unit_price, row.currency, per=line.per, discount=line.discount
        ).amount:  # fmt: skip
            found.append(f"net_wrong:{line.position}")
    if (row.net, row.tax, row.gross) != totals(lines):
        found.append("totals_wrong")
    return found


def issue_invoice(session: Session, actor: Actor, command: IssueInvoice) -> Invoice:
    """Give a draft its number and close it for ever; `InvoiceIncomplete` says what it lacks."""
    row = open_draft(session, actor, command.invoice, command.version)
    lines = invoice_queries.lines_of(session, row)
    rules = queries.rules(session, actor.tenant_id)
    if found := problems(row, lines, rules):
        raise InvoiceIncomplete(f"This draft is not complete: {', '.join(found)}", problems=found)
    today = today_of(session, row.tenant_id, row.customer_id)
    row.issued_on = command.issued_on or today
    if row.issued_on > today:
        raise InvalidInput("An invoice is not issued in advance", issued_on="lies in the future")
    row.due_on = command.due_on or row.issued_on + timedelta(days=rules.payment_days)
    if row.due_on < row.issued_on:
        raise InvalidInput("It would be due before it is issued", due_on="too early")
    _issue(session, actor, row, lines, rules)
    return row


def credit_invoice(session: Session, actor: Actor, command: CreditInvoice) -> Invoice:
    """Take an issued invoice back by a credit note, which is issued at once."""
    row = invoice_queries.invoice(session, actor, command.invoice, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this invoice meanwhile; load it again")
    if row.kind != InvoiceKind.INVOICE or row.state != InvoiceState.ISSUED:
        raise Conflict(f"This paper is {row.state}; only an issued invoice is taken back")
    rules = queries.rules(session, actor.tenant_id)
    at = now(session)
    note = Invoice(
        tenant_id=row.tenant_id, id=new_id(), kind=InvoiceKind.CREDIT_NOTE,
        state=InvoiceState.DRAFT, series=series_of(rules, "", InvoiceKind.CREDIT_NOTE),
        customer_id=row.customer_id, language=row.language, currency=row.currency,
        tickets=list(row.tickets), quote=row.quote, note=command.reason, credits_id=row.id,
        credits=row.number, reason=command.reason, net=-row.net, tax=-row.tax,
        gross=-row.gross, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(note)
    session.flush()
    lines = [_taken_back(session, note, line) for line in invoice_queries.lines_of(session, row)]
    session.add_all(lines)
    session.flush()
    today = today_of(session, row.tenant_id, row.customer_id)
    note.issued_on = note.due_on = max(today, row.issued_on or today)
    _issue(session, actor, note, lines, rules)
    row.state, row.credited_by, row.reason = InvoiceState.CANCELLED, note.number, command.reason
    row.touch(at)
    session.flush()
    return note


def discard_invoice(session: Session, actor: Actor, command: DiscardInvoice) -> Invoice:
    """Give up a draft; what it took from tickets may be billed again."""
    row = open_draft(session, actor, command.invoice, command.version)
    row.state = InvoiceState.DISCARDED
    row.touch(now(session))
    session.flush()
    return row


def export_invoices(session: Session, actor: Actor, command: ExportInvoices) -> ExportBatch:
    """Mark what was in no batch yet as handed over, once; the batch can be fetched again."""
    rows = invoice_queries.to_export(
        session, actor, command.series, command.issued_from, command.issued_until, MOST_EXPORTED
    )
    if not rows:
        raise Conflict("Nothing new to hand over: every issued paper of these days is in a batch")
    at = now(session)
    batch = ExportBatch(
        tenant_id=actor.tenant_id, id=new_id(), series=command.series, count=len(rows),
        number=next_number(session, actor.tenant_id, BATCHES, at.year), made_by=name_of(actor),
        created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(batch)
    for row in rows:
        row.batch_id, row.exported_at = batch.id, at
        row.touch(at)
    session.flush()
    return batch


def paper_of(row: Invoice, lines: Sequence[InvoiceLine]) -> dict[str, Any]:
    """What was issued, in a fixed shape: what the hash of an invoice is made of."""
    return {
        "number": row.number, "kind": row.kind, "customer_id": row.customer_id,
        "currency": row.currency, "buyer": row.buyer, "seller": row.seller, "note": row.note,
        "issued_on": str(row.issued_on), "due_on": str(row.due_on), "credits": row.credits,
        "net": fixed(row.net, row.currency), "tax": fixed(row.tax, row.currency),
        "gross": fixed(row.gross, row.currency), "taxes": row.taxes,
        "lines": [
            {
                "position": line.position, "text": line.text, "code": line.code,
                "quantity": plain(line.quantity), "unit": line.unit, "per": line.per,
                "unit_price": plain(line.unit_price), "discount": plain(line.discount),
                "share": plain(line.share), "net": fixed(line.net, row.currency),
                "tax_code": line.tax_code, "tax": fixed(line.tax, row.currency),
                "tax_rate": None if line.tax_rate is None else plain(line.tax_rate),
                "ticket": line.ticket, "source": line.source,
            }
            for line in lines
        ],
    }  # fmt: skip


def _issue(
    session: Session, actor: Actor, row: Invoice, lines: Sequence[InvoiceLine],
    rules: BillingRulesView,
) -> None:  # fmt: skip
    """The number comes first: its row of counters keeps every other issue of the series out."""
    assert row.issued_on is not None
    number = next_number(session, row.tenant_id, row.series, row.issued_on.year)
    last = invoice_queries.last_day(session, row.tenant_id, row.series)
    if last is not None and row.issued_on < last:
        raise InvalidInput(
            f"The last paper of series {row.series} is of {last}; numbers follow the days",
            issued_on="is before the last one",
        )
    row.buyer = buyer_of(session, row.tenant_id, row.customer_id)
    row.seller = rules.seller.model_dump(mode="json")
    row.taxes = [one.model_dump() for one in tax_sums(lines, rules, row.currency)]
    row.issued_at, row.issued_by = now(session), name_of(actor)
    row.number = number
    row.digest = digest_of(paper_of(row, lines))
    row.state = InvoiceState.ISSUED
    for line in lines:
        line.issued = True
    row.touch(now(session))
    session.flush()
    emit(
        session,
        InvoiceWasIssued(row.tenant_id, row.id, number, row.kind, row.customer_id, now(session)),
    )


def _taken_back(session: Session, note: Invoice, line: InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        tenant_id=note.tenant_id, id=new_id(), invoice_id=note.id, position=line.position,
        kind=line.kind, item=line.item, hours=line.hours, code=line.code, text=line.text,
        on=line.on, quantity=-line.quantity, unit=line.unit, per=line.per,
        unit_price=line.unit_price, discount=line.discount, share=line.share, net=-line.net,
        tax_code=line.tax_code, tax_rate=line.tax_rate, tax=-line.tax, ticket=line.ticket,
        source=line.source, created_at=now(session), updated_at=now(session),
    )  # fmt: skip
