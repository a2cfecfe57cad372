"""Tools over costs, prices, quotes and invoices."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.billing import (
    bill_queries,
    closing,
    cost_views,
    entries,
    invoice_drafts,
    invoice_views,
    invoices,
    price_lists,
    queries,
    quote_decisions,
    quote_views,
    quotes,
    rates,
)  # fmt: skip
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.cost_schemas import (
    AddCostEntry,
    AskBearing,
    BearingView,
    RuleOnBearing,
    SettleTicket,
    VoidCostEntry,
)  # fmt: skip
from careloop.crm_core.billing.costing import Costing
from careloop.crm_core.billing.invoice_schemas import (
    ChangeInvoice,
    CreditInvoice,
    DiscardInvoice,
    DraftInvoice,
    ExportBatchView,
    ExportInvoices,
    InvoiceView,
    IssueInvoice,
)  # fmt: skip
from careloop.crm_core.billing.quote_schemas import (
    ActOnQuote,
    AnswerQuestion,
    ChangeQuote,
    CreateQuote,
    FoundQuote,
    NoteDecision,
    QuoteLineFacts,
    QuoteView,
    RefuseQuote,
    ReleaseQuote,
    RenewLink,
    ReviseQuote,
    SendQuote,
    WithdrawQuote,
)  # fmt: skip
from careloop.crm_core.billing.rate_schemas import (
    ChangeRate,
    CopyPriceList,
    CreatePriceList,
    CreateRate,
    ExchangeRateView,
    PriceListView,
    RateView,
    ReplacePriceList,
    SetExchangeRate,
)  # fmt: skip
from careloop.crm_core.billing.schemas import BillingRulesView, SetBillingRules
from careloop.crm_core.sop import queries as sops
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.tools.spec import Effect, tool

ROUND = 200


class EntryKept(BaseModel):
    """The id of an entry, and whether it was taken back."""

    id: str
    voided: bool


class BillKept(BaseModel):
    """What is kept of a ticket's costs."""

    ticket: str
    lines: int
    taken: int
    version: int


class KeepClosed(BaseModel):
    """Keep the costs of closed tickets of which nothing is kept yet, as after an import."""

    limit: int = Field(ROUND, ge=1, le=1000, description="At most so many tickets.")


class KeptTickets(BaseModel):
    """How many tickets' costs were kept."""

    count: int


@tool("billing.create_rate", effect=Effect.WRITE, scope="billing:write")
def create_rate(session: Session, actor: Actor, command: CreateRate) -> RateView:
    """Add what a unit of labour or travel costs from a day on."""
    return rates.rate_view(rates.create_rate(session, actor, command))


@tool("billing.change_rate", effect=Effect.WRITE, scope="billing:write")
def change_rate(session: Session, actor: Actor, command: ChangeRate) -> RateView:
    """Mend or end a cost rate."""
    return rates.rate_view(rates.change_rate(session, actor, command))


@tool("billing.set_exchange_rate", effect=Effect.WRITE, scope="billing:write")
def set_exchange_rate(session: Session, actor: Actor, command: SetExchangeRate) -> ExchangeRateView:
    """Enter an exchange rate for a day."""
    return rates.exchange_view(rates.set_exchange_rate(session, actor, command))


@tool("billing.set_rules", effect=Effect.WRITE, scope="billing:write")
def set_rules(session: Session, actor: Actor, command: SetBillingRules) -> BillingRulesView:
    """Change how the maker bills: taxes, series, limits, calendars."""
    rates.set_rules(session, actor, command)
    return queries.rules(session, actor.tenant_id)


@tool("billing.create_price_list", effect=Effect.WRITE, scope="billing:write")
def create_price_list(session: Session, actor: Actor, command: CreatePriceList) -> PriceListView:
    """Add a price list."""
    row = price_lists.create_list(session, actor, command)
    return price_lists.views(session, actor, [row], now(session).date())[0]


@tool("billing.replace_price_list", effect=Effect.WRITE, scope="billing:write")
def replace_price_list(session: Session, actor: Actor, command: ReplacePriceList) -> PriceListView:
    """Change a price list and its prices."""
    row = price_lists.replace_list(session, actor, command)
    return price_lists.views(session, actor, [row], now(session).date())[0]


@tool("billing.copy_price_list", effect=Effect.WRITE, scope="billing:write")
def copy_price_list(session: Session, actor: Actor, command: CopyPriceList) -> PriceListView:
    """Add the price list that follows another."""
    row = price_lists.copy_list(session, actor, command)
    return price_lists.views(session, actor, [row], now(session).date())[0]


@tool("billing.add_cost", effect=Effect.WRITE, scope="tickets:write")
def add_cost(session: Session, actor: Actor, command: AddCostEntry) -> EntryKept:
    """Enter outside work or another cost of a ticket."""
    row = entries.add_entry(session, actor, command)
    return EntryKept(id=row.id, voided=False)


@tool("billing.void_cost", effect=Effect.WRITE, scope="tickets:write")
def void_cost(session: Session, actor: Actor, command: VoidCostEntry) -> EntryKept:
    """Take back a cost that was entered by hand."""
    row = entries.void_entry(session, actor, command)
    return EntryKept(id=row.id, voided=True)


@tool("billing.ask_bearing", effect=Effect.WRITE, scope="tickets:write")
def ask_bearing(session: Session, actor: Actor, command: AskBearing) -> BearingView:
    """Ask that goodwill, the warranty or the customer bears costs of a ticket."""
    return cost_views.bearing_view(entries.ask_bearing(session, actor, command))


@tool("billing.rule_on_bearing", effect=Effect.WRITE, scope="billing:write")
def rule_on_bearing(session: Session, actor: Actor, command: RuleOnBearing) -> BearingView:
    """Approve or reject a wish of who shall bear costs."""
    return cost_views.bearing_view(entries.rule_on_bearing(session, actor, command))


@tool("billing.settle", effect=Effect.WRITE, scope="tickets:write")
def settle(session: Session, actor: Actor, command: SettleTicket) -> BillKept:
    """Add late lines to the kept costs of a closed ticket, or take them anew."""
    row = closing.settle(session, actor, command)
    lines = bill_queries.lines_of(session, row)
    return BillKept(ticket=row.ticket, lines=len(lines), taken=row.taken, version=row.version)


@tool("billing.keep_closed", effect=Effect.WRITE, scope="billing:write")
def keep_closed(session: Session, actor: Actor, command: KeepClosed) -> KeptTickets:
    """Keep the costs of closed tickets of which nothing is kept yet, the latest first."""
    rows = bill_queries.closed_without(session, actor.tenant_id, command.limit)
    costing = Costing(session, actor.tenant_id)
    for row in rows:
        closing.keep(session, row, costing)
    return KeptTickets(count=len(rows))


@tool("quotes.create", effect=Effect.WRITE, scope="tickets:write")
def create_quote(session: Session, actor: Actor, command: CreateQuote) -> QuoteView:
    """Draft a quote for a ticket or a customer."""
    if command.sop:
        lines = [*_lines_of_sop(session, actor, command.sop), *command.lines]
        command = command.model_copy(update={"lines": lines})
    return quote_views.view(session, quotes.create_quote(session, actor, command))


@tool("quotes.change", effect=Effect.WRITE, scope="tickets:write")
def change_quote(session: Session, actor: Actor, command: ChangeQuote) -> QuoteView:
    """Change the draft of a quote."""
    return quote_views.view(session, quotes.change_quote(session, actor, command))


@tool("quotes.send", effect=Effect.WRITE, scope="tickets:write")
def send_quote(session: Session, actor: Actor, command: SendQuote) -> QuoteView:
    """Send a quote, or put it before a manager where its amount asks for one."""
    return quote_views.view(session, quotes.send_quote(session, actor, command))


@tool("quotes.renew_link", effect=Effect.WRITE, scope="tickets:write")
def renew_link(session: Session, actor: Actor, command: RenewLink) -> QuoteView:
    """Give a sent quote a new link; the former one opens nothing any more."""
    return quote_views.view(session, quotes.renew_link(session, actor, command))


@tool("quotes.release", effect=Effect.WRITE, scope="billing:write")
def release_quote(session: Session, actor: Actor, command: ReleaseQuote) -> QuoteView:
    """Let a quote go out that waits for a manager."""
    return quote_views.view(session, quotes.release_quote(session, actor, command))


@tool("quotes.refuse", effect=Effect.WRITE, scope="billing:write")
def refuse_quote(session: Session, actor: Actor, command: RefuseQuote) -> QuoteView:
    """Send a quote that waits for a manager back to its author."""
    return quote_views.view(session, quotes.refuse_quote(session, actor, command))


@tool("quotes.withdraw", effect=Effect.WRITE, scope="tickets:write")
def withdraw_quote(session: Session, actor: Actor, command: WithdrawQuote) -> QuoteView:
    """Take a quote back."""
    return quote_views.view(session, quotes.withdraw_quote(session, actor, command))


@tool("quotes.revise", effect=Effect.WRITE, scope="tickets:write")
def revise_quote(session: Session, actor: Actor, command: ReviseQuote) -> QuoteView:
    """Open the next revision of a quote as a draft."""
    return quote_views.view(session, quotes.revise_quote(session, actor, command))


@tool("quotes.note_decision", effect=Effect.WRITE, scope="tickets:write")
def note_decision(session: Session, actor: Actor, command: NoteDecision) -> QuoteView:
    """Note what a customer decided by telephone, mail or on paper."""
    return quote_views.view(session, quote_decisions.note_decision(session, actor, command))


@tool("quotes.answer", effect=Effect.WRITE, scope="tickets:write")
def answer_question(session: Session, actor: Actor, command: AnswerQuestion) -> QuoteView:
    """Answer a customer's questions about a quote."""
    return quote_views.view(session, quote_decisions.answer(session, actor, command))


@tool("quotes.act", effect=Effect.WRITE, scope="quotes:answer")
def act_on_quote(session: Session, actor: Actor, command: ActOnQuote) -> FoundQuote:
    """What the holder of a quote's link does: approve, reject, or ask."""
    return quote_decisions.act(session, actor, command)


@tool("invoices.draft", effect=Effect.WRITE, scope="billing:write")
def draft_invoice(session: Session, actor: Actor, command: DraftInvoice) -> InvoiceView:
    """Draft an invoice out of tickets, an approved quote, and free lines."""
    return invoice_views.view(session, invoice_drafts.draft_invoice(session, actor, command))


@tool("invoices.change", effect=Effect.WRITE, scope="billing:write")
def change_invoice(session: Session, actor: Actor, command: ChangeInvoice) -> InvoiceView:
    """Change the draft of an invoice."""
    return invoice_views.view(session, invoice_drafts.change_draft(session, actor, command))


@tool("invoices.issue", effect=Effect.WRITE, scope="billing:write")
def issue_invoice(session: Session, actor: Actor, command: IssueInvoice) -> InvoiceView:
    """Give a draft its number; from then on it never changes."""
    return invoice_views.view(session, invoices.issue_invoice(session, actor, command))


@tool("invoices.credit", effect=Effect.WRITE, scope="billing:write")
def credit_invoice(session: Session, actor: Actor, command: CreditInvoice) -> InvoiceView:
    """Cancel an issued invoice by a credit note, which is the answer."""
    return invoice_views.view(session, invoices.credit_invoice(session, actor, command))


@tool("invoices.discard", effect=Effect.WRITE, scope="billing:write")
def discard_invoice(session: Session, actor: Actor, command: DiscardInvoice) -> InvoiceView:
    """Give up the draft of an invoice."""
    return invoice_views.view(session, invoices.discard_invoice(session, actor, command))


@tool("invoices.export", effect=Effect.WRITE, scope="billing:write")
def export_invoices(session: Session, actor: Actor, command: ExportInvoices) -> ExportBatchView:
    """Mark issued papers as handed to the accounts, as one batch."""
    return invoice_views.batch_view(invoices.export_invoices(session, actor, command))


def _lines_of_sop(session: Session, actor: Actor, code: str) -> list[QuoteLineFacts]:
    """The parts and the time of a published procedure, to be priced."""
    row = sops.sop(session, actor, code)
    if not row.published:
        raise Conflict(f"{code} was never published; publish it first")
    content = sops.content(session, actor.tenant_id, row.id, row.published)
    needed: dict[str, int] = {}
    for need in [*content.parts, *(need for step in content.steps for need in step.parts)]:
        needed[need.part] = needed.get(need.part, 0) + need.quantity
    origin = f"sop:{row.code}"
    lines = [
        QuoteLineFacts(kind="part", code=part, quantity=plain(Decimal(count)), origin=origin)
        for part, count in needed.items()
    ]
    if content.total_minutes:
        minutes = plain(Decimal(content.total_minutes))
        lines.append(QuoteLineFacts(kind="labour", quantity=minutes, origin=origin))
    return lines
