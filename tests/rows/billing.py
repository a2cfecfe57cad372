"""A rate, a price list, a quote that was sent, a kept bill, an invoice and a batch of a maker."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import (
    bill_queries,
    closing,
    entries,
    invoice_drafts,
    invoices,
    price_lists,
    quotes,
    rates,
)
from careloop.crm_core.billing.cost_schemas import AddCostEntry, AskBearing
from careloop.crm_core.billing.invoice_queries import InvoiceFilter
from careloop.crm_core.billing.invoice_schemas import DraftInvoice, ExportInvoices, IssueInvoice
from careloop.crm_core.billing.quote_queries import QuoteFilter
from careloop.crm_core.billing.quote_schemas import CreateQuote, SendQuote
from careloop.crm_core.billing.rate_schemas import CreatePriceList, CreateRate, SetExchangeRate
from careloop.crm_core.billing.schemas import SetBillingRules
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.db import now

RATE = {"kind": "labour", "amount": {"amount": "50", "currency": "EUR"}, "valid_from": "2020-01-01"}
LIST = {
    "name": "Mine", "currency": "EUR", "valid_from": "2020-01-01", "tax_code": "S",
    "items": [{"kind": "labour", "price": "100"}],
}  # fmt: skip
RULES = {
    "taxes": [{"code": "S", "rate": "19"}], "seller": {"name": "Maker"},
    "series": [
        {"code": "INV", "kind": "invoice"}, {"code": "CN", "kind": "credit_note"},
    ],
}  # fmt: skip
QUOTE: dict[str, Any] = {
    "title": "Repair", "lines": [{"kind": "labour", "quantity": "60"}],
}  # fmt: skip
BODIES = {
    ("PUT", "/v1/price-lists/{price_list}"): LIST,
    ("PUT", "/v1/quotes/{quote}"): QUOTE,
    ("POST", "/v1/price-lists/{price_list}/copy"): {"code": "next", "valid_from": "2027-01-01"},
    ("POST", "/v1/quotes/{quote}/answers"): {"text": "Yes", "client_id": "answer-0001"},
}


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """One row of every kind; `tag` marks every text of it."""
    tag = ids["tag"]
    rules = {**RULES, "seller": {"name": f"Maker {tag}"}}
    rates.set_rules(session, actor, SetBillingRules.model_validate(rules))
    rate = rates.create_rate(
        session, actor, CreateRate.model_validate({**RATE, "note": f"rate of {tag}"})
    )
    exchange = {"base": "EUR", "quote": "USD", "rate": "1.1", "valid_on": "2020-01-01"}
    rates.set_exchange_rate(session, actor, SetExchangeRate.model_validate(exchange))
    code = f"list-{tag}"
    command = CreatePriceList.model_validate({**LIST, "code": code, "name": f"List {tag}"})
    price_lists.create_list(session, actor, command)
    entry = entries.add_entry(
        session, actor,
        AddCostEntry.model_validate(
            {
                "number": ids["number"], "text": f"Crane of {tag}", "supplier": f"Lifts {tag}",
                "document": f"R-{tag}", "unit_cost": {"amount": "80", "currency": "EUR"},
            }
        ),
    )  # fmt: skip
    wish = AskBearing(number=ids["number"], by="goodwill", share=50, reason=f"wish of {tag}")
    decision = entries.ask_bearing(session, actor, wish)
    facts = {**QUOTE, "title": f"Repair {tag}", "ticket": ids["number"]}
    quote = quotes.create_quote(session, actor, CreateQuote.model_validate(facts))
    secret = sha256(f"secret of {tag}".encode()).hexdigest()
    quotes.send_quote(session, actor, SendQuote(quote=quote.number, token_hash=secret))
    if tag in ("two", "theirs"):
        # So that a number of theirs is none of ours.
        for _ in range(12):
            quote = quotes.create_quote(session, actor, CreateQuote.model_validate(facts))
    ticket = tickets.ticket(session, actor, ids["number"])
    closing.keep(session, ticket)
    draft = {
        "customer_id": ids["customer_id"],
        "lines": [{"text": f"Work {tag}", "unit_price": "10", "tax_code": "S"}],
    }
    invoice = invoice_drafts.draft_invoice(session, actor, DraftInvoice.model_validate(draft))
    invoices.issue_invoice(session, actor, IssueInvoice(invoice=invoice.id))
    batch = invoices.export_invoices(session, actor, ExportInvoices())
    bill = bill_queries.bill_of(session, ticket)
    assert bill is not None
    return {
        "rate_id": rate.id, "price_list": code, "quote": quote.number, "invoice": invoice.id,
        "batch_id": batch.id, "line_id": entry.id, "decision_id": decision.id,
        "code": code, "name": invoice.number, "token_hash": secret, "bill_id": bill.id,
        "base": "EUR", "quote_id": quote.id, "tickets": [ids["number"]],
        "found": QuoteFilter(today=now(session).date(), q=tag), "group": "ticket",
        "invoice_filter": InvoiceFilter(q=tag), "list_ids": [], "client_id": "x" * 8,
        "first": date(2020, 1, 1), "last": date(2030, 1, 1), "series": "INV",
    }  # fmt: skip
