"""What the demo maker's service costs and is sold for: rates, two price lists, the kept costs of
its latest closed tickets, quotes in every state, and invoices of the last months."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.billing import (
    bill_queries,
    closing,
    entries,
    invoice_drafts,
    invoices,
    price_lists,
    quote_decisions,
    quote_queries,
    quotes,
    rates,
)  # fmt: skip
from careloop.crm_core.billing.bill_models import TicketBill
from careloop.crm_core.billing.cost_schemas import AddCostEntry, AskBearing, RuleOnBearing
from careloop.crm_core.billing.costing import Costing
from careloop.crm_core.billing.invoice_schemas import (
    CreditInvoice,
    DraftInvoice,
    ExportInvoices,
    IssueInvoice,
)  # fmt: skip
from careloop.crm_core.billing.quote_models import Quote
from careloop.crm_core.billing.quote_schemas import (
    ActOnQuote,
    CreateQuote,
    ReleaseQuote,
    SendQuote,
    WithdrawQuote,
)  # fmt: skip
from careloop.crm_core.billing.rate_schemas import CreatePriceList, CreateRate, SetExchangeRate
from careloop.crm_core.billing.schemas import SetBillingRules
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket
from careloop.demo.billing_terms import (
    EXCHANGE,
    GOODWILL,
    LISTS,
    OUTSIDE,
    QUOTES,
    RATES,
    RULES,
    Offer,
)  # fmt: skip
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import now

KEPT = 32
"""Closed tickets whose costs are kept; what is older was billed by the system before."""
INVOICES = 10
DRAFTS = 2


def enact(session: Session, actor: Actor) -> None:
    """Write it; once, after visits and stock."""
    today = now(session).date()
    rates.set_rules(session, actor, SetBillingRules.model_validate(RULES))
    _price(session, actor, today)
    closed = bill_queries.closed_without(session, actor.tenant_id, KEPT)
    _by_hand(session, actor, closed)
    costing = Costing(session, actor.tenant_id)
    bills = [closing.keep(session, ticket, costing) for ticket in closed]
    _invoice(session, actor, bills)
    _quote(session, actor)


def _price(session: Session, actor: Actor, today: date) -> None:
    """Rates of last year and of this one, lists from the year before, exchange rates by month."""
    first = date(today.year - 2, 1, 1)
    for rate in RATES:
        for year, factor in ((first, 94), (date(today.year, 1, 1), 100)):
            facts = {**rate, "valid_from": year}
            amount = int(rate["amount"]["amount"]) * factor
            facts["amount"] = {**rate["amount"], "amount": f"{amount // 100}.{amount % 100:02d}"}
            rates.create_rate(session, actor, CreateRate.model_validate(facts))
    for row in LISTS:
        command = CreatePriceList.model_validate({**row, "valid_from": first})
        price_lists.create_list(session, actor, command)
    last = len(EXCHANGE) - 2
    for at, (base, value) in enumerate(EXCHANGE):
        day = (today.replace(day=1) - timedelta(days=30 * (at // 2))).replace(day=1)
        day = first if at >= last else day
        facts = {"base": base, "quote": "CNY", "rate": value, "valid_on": day, "note": "月初牌价"}
        rates.set_exchange_rate(session, actor, SetExchangeRate.model_validate(facts))


def _by_hand(session: Session, actor: Actor, closed: list[Ticket]) -> None:
    """Outside work with its papers, and goodwill that was asked for."""
    for ticket, facts in zip(closed[3::7], OUTSIDE, strict=False):
        day = (ticket.closed_at or now(session)).date()
        command = AddCostEntry.model_validate({**facts, "number": ticket.number, "on": day})
        entries.add_entry(session, actor, command)
    mine = [ticket for ticket in closed if ticket.customer_id]
    for at, (ticket, (share, reason, approve)) in enumerate(
        zip(mine[1::5], GOODWILL, strict=False)
    ):
        wish = AskBearing(number=ticket.number, by="goodwill", share=share, reason=reason)
        row = entries.ask_bearing(session, actor, wish)
        if approve is not None:
            ruling = RuleOnBearing(
                number=ticket.number, decision_id=row.id, approve=approve,
                note="" if approve else f"第 {at + 1} 次提醒：超出本季度善意额度",
            )  # fmt: skip
            entries.rule_on_bearing(session, actor, ruling)


def _invoice(session: Session, actor: Actor, bills: list[TicketBill]) -> None:
    """Invoices of the last months in the order of their days; the newest are drafts still."""
    owed = [bill for bill in bills if _owed(session, bill)][: INVOICES + DRAFTS]
    owed.sort(key=lambda bill: (bill.closed_at, bill.ticket))
    done = []
    for at, bill in enumerate(owed):
        issue = at < len(owed) - DRAFTS
        with _at(session, bill.closed_at + timedelta(hours=30)):
            command = DraftInvoice(tickets=[bill.ticket])
            row = invoice_drafts.draft_invoice(session, actor, command)
            if issue:
                invoices.issue_invoice(session, actor, IssueInvoice(invoice=row.id))
                done.append(row)
    if len(done) > 3:
        reason = "开票抬头有误，客户要求重开"
        invoices.credit_invoice(session, actor, CreditInvoice(invoice=done[2].id, reason=reason))
        upto = done[len(done) // 2].issued_on
        invoices.export_invoices(session, actor, ExportInvoices(issued_until=upto))


def _owed(session: Session, bill: TicketBill) -> bool:
    """Whether the customer bears something, and every line of that can be billed."""
    lines = [line for line in bill_queries.lines_of(session, bill) if line.price_customer]
    return bool(lines) and bill.customer_id is not None and all(
        line.tax_rate is not None for line in lines
    )  # fmt: skip


def _quote(session: Session, actor: Actor) -> None:
    """One offer in each state, for tickets that are open now."""
    wanted = list_queries.TicketFilter(states=sorted(OPEN_STATES))
    rows, _ = list_queries.page(session, actor, wanted, "newest", None, 200)
    tickets = [row for row in rows if row.customer_id and row.serial]
    people = {
        role: next((user for user in accounts.users(session, actor) if user.role == role), None)
        for role in (Role.AGENT, Role.MANAGER)
    }
    staff = {
        role: staff_actor(actor.tenant_id, role, user.id, user.name, user.language)
        if user else actor
        for role, user in people.items()
    }  # fmt: skip
    for ticket, offer in zip(tickets, QUOTES, strict=False):
        with _at(session, now(session) - timedelta(days=offer.days_ago)):
            row = _offer(session, staff[Role.AGENT], ticket, offer)
            if offer.state in {"released", "sent", "approved", "rejected", "expired",
                               "withdrawn", "question"}:  # fmt: skip
                _let_out(session, staff, row, offer)
        if offer.state in {"approved", "rejected", "question"}:
            with _at(session, now(session) - timedelta(days=max(0, offer.days_ago - 2))):
                _answer(session, actor, row, offer)
        elif offer.state == "withdrawn":
            back = WithdrawQuote(quote=row.number, reason=offer.words)
            quotes.withdraw_quote(session, staff[Role.AGENT], back)


def _offer(session: Session, actor: Actor, ticket: Ticket, offer: Offer) -> Quote:
    language = ticket.language if ticket.language in {"zh", "en", "es", "de", "fr"} else "en"
    facts: dict[str, Any] = {
        "ticket": ticket.number, "title": offer.titles.get(language, offer.titles["en"]),
        "terms": offer.terms.get(language, offer.terms["en"]), "language": language,
        "lines": list(offer.lines),
    }  # fmt: skip
    row = quotes.create_quote(session, actor, CreateQuote.model_validate(facts))
    if offer.state == "waiting_approval":
        quotes.send_quote(session, actor, _sending(row))
    return row


def _let_out(session: Session, staff: dict[Role, Actor], row: Quote, offer: Offer) -> None:
    """Sent, by way of a manager where the amount asks for one."""
    if offer.state != "released":
        quotes.send_quote(session, staff[Role.MANAGER], _sending(row))
        return
    quotes.send_quote(session, staff[Role.AGENT], _sending(row))
    if row.state == "waiting_approval":
        quotes.release_quote(session, staff[Role.MANAGER], ReleaseQuote(quote=row.number))


def _sending(row: Quote) -> SendQuote:
    # The demo's links are made by whoever opens the page "new link": their key is not known here.
    return SendQuote(quote=row.number, token_hash=sha256(f"demo/{row.id}".encode()).hexdigest())


def _answer(session: Session, actor: Actor, row: Quote, offer: Offer) -> None:
    customer = Actor(actor.tenant_id, Role.CUSTOMER, scopes=frozenset({"quotes:answer"}))
    sent = quote_queries.revisions_of(session, row)[0]
    verb = {"approved": "approve", "rejected": "reject", "question": "question"}[offer.state]
    command = ActOnQuote.model_validate(
        {
            "act": verb, "client_id": f"demo-{row.id}", "token_hash": sent.token_hash,
            "name": offer.name, "accepted": verb == "approve", "text": offer.words,
            "digest": sent.digest if verb == "approve" else "",
        }
    )  # fmt: skip
    quote_decisions.act(session, replace(customer, name=offer.name), command)


@contextmanager
def _at(session: Session, moment: datetime) -> Iterator[None]:
    """Let the books believe that it is that moment, which is never later than now."""
    info: dict[str, Any] = session.info
    real = info.get("clock")
    info["clock"] = FixedClock(min(moment, now(session)))
    try:
        yield
    finally:
        info["clock"] = real
