"""Drafts of invoices: out of tickets, an approved quote, and free lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import bill_queries, invoice_queries, queries, quote_queries
from careloop.crm_core.billing.amounts import line_amount, percents
from careloop.crm_core.billing.bill_models import BillLine, TicketBill
from careloop.crm_core.billing.closing import keep
from careloop.crm_core.billing.invoice_models import (
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceState,
)  # fmt: skip
from careloop.crm_core.billing.invoice_schemas import ChangeInvoice, DraftInvoice, FreeInvoiceLine
from careloop.crm_core.billing.papers import tax_on, totals
from careloop.crm_core.billing.quote_lines import word
from careloop.crm_core.billing.quote_models import Quote, QuoteRevision, QuoteState
from careloop.crm_core.billing.schemas import BillingRulesView
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import family_queries
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

MINIMUM = "minimum"
LANGUAGES = frozenset({"zh", "en", "es", "de", "fr"})
_LEAST = {
    "en": "Minimum charge", "zh": "最低收费补足", "es": "Cargo mínimo", "de": "Mindestpauschale",
    "fr": "Forfait minimal",
}  # fmt: skip


def draft_invoice(session: Session, actor: Actor, command: DraftInvoice) -> Invoice:
    """Draft an invoice. Of tickets it takes what the customer bears and nobody billed yet."""
    found = _tickets(session, actor, command.tickets)
    quote, revision = _quote(session, actor, command.quote)
    customer_id = _customer_of(command, found, quote)
    if quote is not None and quote.ticket in command.tickets:
        raise InvalidInput("Bill the ticket or its quote, not both", quote="doubles the ticket")
    rules = queries.rules(session, actor.tenant_id)
    customer = customers.customer(session, system_actor(actor.tenant_id), customer_id)
    language = command.language or (customer.language if customer.language in LANGUAGES else "en")
    lines = [line for ticket in found for line in _of_ticket(session, actor, ticket, language)]
    if quote is not None and revision is not None:
        lines += _of_quote(quote, revision)
    currency = _currency(command, quote, lines, rules)
    lines = [facts for facts in lines if facts.pop("currency") == currency]
    lines += [_free(line, currency) for line in command.lines]
    if not lines:
        raise Conflict(
            "There is nothing to bill: the customer bears nothing in this currency that is not on "
            "an invoice already"
        )
    at = now(session)
    row = Invoice(
        tenant_id=actor.tenant_id, id=new_id(), kind=InvoiceKind.INVOICE,
        state=InvoiceState.DRAFT, series=series_of(rules, command.series, InvoiceKind.INVOICE),
        customer_id=customer_id, language=language, currency=currency,
        tickets=[ticket.number for ticket in found], quote=quote.number if quote else "",
        note=command.note, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _write(session, row, lines, rules)
    return row


def change_draft(session: Session, actor: Actor, command: ChangeInvoice) -> Invoice:
    """Change a draft: its words, free lines, tax codes; leave out lines."""
    row = open_draft(session, actor, command.invoice, command.version)
    rules = queries.rules(session, actor.tenant_id)
    if command.series is not None:
        row.series = series_of(rules, command.series, InvoiceKind.INVOICE)
    row.note = row.note if command.note is None else command.note
    row.language = command.language or row.language
    kept = []
    for line in invoice_queries.lines_of(session, row):
        facts = {name: getattr(line, name) for name in _KEPT}
        code = command.tax_codes.get(str(line.position))
        if code is not None:
            facts["tax_code"] = code
        free = line.source == ""
        if line.position not in command.drop and not (free and command.lines is not None):
            kept.append(facts)
        session.delete(line)
    session.flush()
    kept += [_free(line, row.currency) for line in command.lines or ()]
    _write(session, row, kept, rules)
    present = {line["ticket"] for line in kept}
    row.tickets = [number for number in row.tickets if number in present]
    row.touch(now(session))
    session.flush()
    return row


def open_draft(session: Session, actor: Actor, name: str, version: int | None) -> Invoice:
    """The draft, locked; 412 when it is not of the version the act is based on."""
    row = invoice_queries.invoice(session, actor, name, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this invoice meanwhile; load it again")
    if row.state != InvoiceState.DRAFT:
        raise Conflict(f"This invoice is {row.state}; only a draft changes")
    return row


def series_of(rules: BillingRulesView, code: str, kind: InvoiceKind) -> str:
    """The series, or the first of its kind."""
    fitting = [one.code for one in rules.series if one.kind == kind]
    if code and code not in fitting:
        raise InvalidInput(
            f"There is no series {code} for this; there are {', '.join(fitting)}",
            series="is unknown",
        )
    return code or fitting[0]


_KEPT = (
    "kind", "item", "hours", "code", "text", "on", "quantity", "unit", "per", "unit_price",
    "discount", "share", "net", "tax_code", "ticket", "source",
)  # fmt: skip


def _write(
    session: Session, row: Invoice, lines: Sequence[dict[str, Any]], rules: BillingRulesView
) -> None:
    made = []
    for position, facts in enumerate(lines, 1):
        rate = rules.tax(facts["tax_code"])
        made.append(
            InvoiceLine(
                tenant_id=row.tenant_id, id=new_id(), invoice_id=row.id, position=position,
                tax_rate=rate, tax=tax_on(facts["net"], rate, row.currency),
                created_at=now(session), updated_at=now(session), **facts,
            )
        )  # fmt: skip
    session.add_all(made)
    row.net, row.tax, row.gross = totals(made)
    session.flush()


def _tickets(session: Session, actor: Actor, numbers: Iterable[str]) -> list[Ticket]:
    """The tickets, locked in one order, closed, and of one customer."""
    wanted = sorted({number.strip().upper() for number in numbers})
    found = family_queries.locked(session, actor, wanted)
    rows = [found[number] for number in wanted]
    for row in rows:
        if row.state != TicketState.CLOSED:
            raise Conflict(
                f"{row.number} is {row.state}; its costs are kept, and can be billed, once it is "
                "closed"
            )
    if len({row.customer_id for row in rows}) > 1:
        raise InvalidInput("The tickets belong to several customers", tickets="do not fit")
    return rows


def _quote(
    session: Session, actor: Actor, number: str
) -> tuple[Quote | None, QuoteRevision | None]:
    if not number:
        return None, None
    row = quote_queries.quote(session, actor, number, lock=True)
    if row.state != QuoteState.APPROVED:
        raise Conflict(f"Quote {row.number} is {row.state}; the customer has not approved it")
    known = invoice_queries.of_quote(session, system_actor(actor.tenant_id), row.number)
    if known is not None:
        raise Conflict(f"Quote {row.number} is billed by {known.number or 'a draft'} already")
    sent = quote_queries.revisions_of(session, row)
    return row, next(one for one in sent if one.revision == row.revision)


def _customer_of(command: DraftInvoice, found: Sequence[Ticket], quote: Quote | None) -> str:
    ids = {ticket.customer_id for ticket in found}
    ids |= {quote.customer_id} if quote else set()
    ids |= {command.customer_id} if command.customer_id else set()
    ids.discard(None)
    if len(ids) != 1:
        raise InvalidInput("An invoice is for exactly one customer", customer_id="does not fit")
    return str(ids.pop())


def _currency(
    command: DraftInvoice, quote: Quote | None, lines: Sequence[dict[str, Any]],
    rules: BillingRulesView,
) -> str:  # fmt: skip
    if command.currency:
        return command.currency
    if quote is not None:
        return quote.currency
    return str(lines[0]["currency"]) if lines else rules.currency


def _of_ticket(
    session: Session, actor: Actor, ticket: Ticket, language: str
) -> list[dict[str, Any]]:
    """What the customer bears of a ticket and no live invoice has."""
    bill = keep(session, ticket)
    books = system_actor(actor.tenant_id)
    known = invoice_queries.billed_sources(session, books, [ticket.number])
    lines = [
        _billed(line, ticket.number, language)
        for line in bill_queries.lines_of(session, bill)
        if line.price_customer and (ticket.number, line.source) not in known
    ]
    before = sum((net for _, net in known.values()), Decimal(0))
    return lines + _least(bill, lines, before, ticket.number, language)


def _billed(line: BillLine, ticket: str, language: str) -> dict[str, Any]:
    text = line.text
    if line.item in {"labour", "travel_time", "travel_km", "call_out"}:
        name = word(line.item, language)
        text = f"{name}: {text}" if text else name
    whole = [line.price_customer, (line.price or Decimal(0)) - line.price_customer]
    return {
        "kind": line.kind, "item": line.item, "hours": line.hours, "code": line.code,
        "text": (text or line.code)[:500], "on": line.on, "quantity": line.billed,
        "unit": line.unit, "per": line.per, "unit_price": line.unit_price or Decimal(0),
        "discount": line.discount, "share": percents(whole)[0], "net": line.price_customer,
        "tax_code": line.tax_code, "ticket": ticket, "source": line.source,
        "currency": line.price_currency,
    }  # fmt: skip


def _least(
    bill: TicketBill, lines: Sequence[dict[str, Any]], before: Decimal, ticket: str, language: str
) -> list[dict[str, Any]]:
    """What is missing to the least charge of the price list."""
    minimum = bill.minimum
    if not minimum:
        return []
    mine = [line for line in lines if line["currency"] == minimum["currency"]]
    missing = Decimal(minimum["amount"]) - before - sum(
        (line["net"] for line in mine), Decimal(0)
    )  # fmt: skip
    if not mine or missing <= 0:
        return []
    text = _LEAST.get(language, _LEAST["en"])
    return [
        {
            **_one(text, Decimal(1), missing), "tax_code": minimum.get("tax_code", ""),
            "ticket": ticket, "source": MINIMUM, "currency": minimum["currency"],
        }
    ]  # fmt: skip


def _of_quote(quote: Quote, revision: QuoteRevision) -> list[dict[str, Any]]:
    """The lines as they were approved."""
    return [
        {
            **_one(line["text"], Decimal(line["quantity"]), Decimal(line["net"])),
            "kind": line["kind"], "item": line["kind"], "hours": line["hours"],
            "code": line["code"], "unit": line["unit"], "per": line["per"],
            "unit_price": Decimal(line["unit_price"]), "discount": Decimal(line["discount"]),
            "tax_code": line["tax_code"], "source": f"quote:{revision.revision}:{position}",
            "ticket": "", "currency": quote.currency,
        }
        for position, line in enumerate(revision.document["lines"], 1)
    ]  # fmt: skip


def _free(line: FreeInvoiceLine, currency: str) -> dict[str, Any]:
    price, discount = Decimal(line.unit_price), Decimal(line.discount)
    quantity = Decimal(line.quantity)
    net = line_amount(quantity, price, currency, discount=discount).amount
    return {
        **_one(line.text, quantity, net), "unit": line.unit, "unit_price": price,
        "discount": discount, "tax_code": line.tax_code,
    }  # fmt: skip


def _one(text: str, quantity: Decimal, net: Decimal) -> dict[str, Any]:
    """A line with the values that most have in common."""
    return {
        "kind": "other", "item": "", "hours": "", "code": "", "text": text, "on": None,
        "quantity": quantity, "unit": "", "per": 1, "unit_price": net, "discount": Decimal(0),
        "share": Decimal(100), "net": net, "tax_code": "", "ticket": "", "source": "",
    }  # fmt: skip
