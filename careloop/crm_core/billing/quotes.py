"""Quotes as the house writes them: drafted, released, sent, revised, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.billing import queries, quote_queries
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.entries import name_of
from careloop.crm_core.billing.events import QuoteSent
from careloop.crm_core.billing.numbers import QUOTES, next_number
from careloop.crm_core.billing.papers import buyer_of, digest_of, fixed, tax_sums
from careloop.crm_core.billing.pricing import Tariff
from careloop.crm_core.billing.quote_lines import buyer_for, problems, set_lines
from careloop.crm_core.billing.quote_models import Quote, QuoteLine, QuoteRevision, QuoteState
from careloop.crm_core.billing.quote_schemas import (
    ChangeQuote,
    CreateQuote,
    RefuseQuote,
    ReleaseQuote,
    RenewLink,
    ReviseQuote,
    SendQuote,
    WithdrawQuote,
)  # fmt: skip
from careloop.crm_core.billing.schemas import BillingRulesView
from careloop.crm_core.contracts.entitlement_queries import zone_of
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.lines import note
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders.journal import live_ticket
from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.kit.money import Money

CHANGEABLE = frozenset({QuoteState.DRAFT, QuoteState.WAITING_APPROVAL, QuoteState.RELEASED})


def create_quote(session: Session, actor: Actor, command: CreateQuote) -> Quote:
    """Draft a quote for a ticket or a customer, priced by the list that holds for them."""
    ticket = tickets.ticket(session, actor, command.ticket) if command.ticket else None
    customer_id = command.customer_id or (ticket.customer_id if ticket else None)
    if not customer_id:
        raise InvalidInput("The ticket has no customer; name one", customer_id="is needed")
    if ticket is not None and ticket.customer_id not in (None, customer_id):
        raise InvalidInput("This is another customer's ticket", customer_id="does not fit")
    books = system_actor(actor.tenant_id)
    customers.customer(session, books, customer_id)
    _check_contact(session, actor, command.contact_id, customer_id)
    today = today_of(session, actor.tenant_id, customer_id)
    buyer = buyer_for(session, actor, customer_id, ticket.contract if ticket else "")
    tariff = Tariff(session, actor.tenant_id)
    listed = (
        queries.price_list(session, books, command.price_list) if command.price_list
        else tariff.price_list(buyer, today, command.currency or "")
    )  # fmt: skip
    currency = command.currency or (listed.currency if listed else tariff.rules.currency)
    at = now(session)
    row = Quote(
        tenant_id=actor.tenant_id, id=new_id(),
        number=next_number(session, actor.tenant_id, QUOTES, at.year),
        customer_id=customer_id, contact_id=command.contact_id or _contact(ticket),
        ticket_id=ticket.id if ticket else None, ticket=ticket.number if ticket else "",
        title=command.title, intro=command.intro, terms=command.terms,
        language=command.language, currency=currency, price_list=listed.code if listed else "",
        valid_until=_until(command.valid_until, today, tariff.rules), author_id=actor.user_id,
        author=name_of(actor), state=QuoteState.DRAFT, revision=1, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    set_lines(session, row, buyer, command.lines, today)
    tell_ticket(session, actor, row, "drafted")
    return row


def change_quote(session: Session, actor: Actor, command: ChangeQuote) -> Quote:
    """Change a draft. One that waits for a manager, or was released, is a draft again."""
    row = locked(session, actor, command.quote, command.version)
    if row.state not in CHANGEABLE:
        raise Conflict(f"Quote {row.number} is {row.state}; open its next revision to change it")
    _check_contact(session, actor, command.contact_id, row.customer_id)
    today = today_of(session, row.tenant_id, row.customer_id)
    if row.state != QuoteState.DRAFT:
        row.step_to(QuoteState.DRAFT, now(session))
        row.released_by, row.released_at = "", None
    for name in ("title", "intro", "terms", "language"):
        setattr(row, name, getattr(command, name))
    if command.contact_id is not None:
        row.contact_id = command.contact_id
    if command.valid_until is not None:
        row.valid_until = _until(command.valid_until, today, None)
    set_lines(session, row, _buyer(session, actor, row), command.lines, today)
    row.touch(now(session))
    session.flush()
    return row


def send_quote(session: Session, actor: Actor, command: SendQuote) -> Quote:
    """Send it as it stands, or put it before a manager where its amount asks for one."""
    row = locked(session, actor, command.quote, command.version)
    lines = quote_queries.lines_of(session, row)
    if found := problems(row, lines):
        raise Conflict(f"Quote {row.number} is not complete: {', '.join(found)}", problems=found)
    today = today_of(session, row.tenant_id, row.customer_id)
    if row.valid_until < today:
        raise Conflict(f"Quote {row.number} was valid until {row.valid_until}; name a later day")
    rules = queries.rules(session, row.tenant_id)
    if row.state == QuoteState.DRAFT and needs_approval(row, rules):
        if not _may_release(actor, row, rules):
            row.step_to(QuoteState.WAITING_APPROVAL, now(session))
            _ask_managers(session, actor, row)
            session.flush()
            return row
        row.released_by, row.released_at = name_of(actor), now(session)
    row.step_to(QuoteState.SENT, now(session))
    row.sent_at = now(session)
    document = document_of(session, row, lines, rules)
    session.add(
        QuoteRevision(
            tenant_id=row.tenant_id, id=new_id(), quote_id=row.id, revision=row.revision,
            document=document, digest=digest_of(document), token_hash=command.token_hash,
            sent_at=now(session), sent_by=name_of(actor), created_at=now(session),
            updated_at=now(session),
        )
    )  # fmt: skip
    session.flush()
    tell_ticket(session, actor, row, "sent")
    emit(
        session,
        QuoteSent(row.tenant_id, row.id, row.number, row.revision, row.ticket, now(session)),
    )
    return row


def renew_link(session: Session, actor: Actor, command: RenewLink) -> Quote:
    """A new link for what was sent, such as when the former went to the wrong person."""
    row = locked(session, actor, command.quote, command.version)
    sent = quote_queries.revisions_of(session, row)
    if row.state != QuoteState.SENT or not sent or sent[0].revision != row.revision:
        raise Conflict(f"Quote {row.number} is {row.state}; only an open one has a link")
    if command.link != sent[0].link + 1:
        raise VersionConflict("Somebody made a new link meanwhile; load the quote again")
    sent[0].token_hash, sent[0].link = command.token_hash, command.link
    sent[0].touch(now(session))
    row.touch(now(session))
    session.flush()
    return row


def release_quote(session: Session, actor: Actor, command: ReleaseQuote) -> Quote:
    """A manager lets a quote go out that waits for it."""
    row = locked(session, actor, command.quote, command.version)
    rules = queries.rules(session, row.tenant_id)
    if not _may_release(actor, row, rules):
        raise Forbidden("Somebody else has to release a quote that you wrote")
    row.step_to(QuoteState.RELEASED, now(session))
    row.released_by, row.released_at = name_of(actor), now(session)
    row.state_reason = command.note
    _tell_author(session, actor, row, "released")
    session.flush()
    return row


def refuse_quote(session: Session, actor: Actor, command: RefuseQuote) -> Quote:
    """A manager sends a quote back to its author."""
    row = locked(session, actor, command.quote, command.version)
    if row.state != QuoteState.WAITING_APPROVAL:
        raise Conflict(f"Quote {row.number} is {row.state}; it does not wait for a manager")
    row.step_to(QuoteState.DRAFT, now(session))
    row.state_reason = command.reason
    _tell_author(session, actor, row, "refused")
    session.flush()
    return row


def withdraw_quote(session: Session, actor: Actor, command: WithdrawQuote) -> Quote:
    """Take a quote back; its link says so."""
    row = locked(session, actor, command.quote, command.version)
    row.step_to(QuoteState.WITHDRAWN, now(session))
    row.state_reason = command.reason
    session.flush()
    tell_ticket(session, actor, row, "withdrawn")
    return row


def revise_quote(session: Session, actor: Actor, command: ReviseQuote) -> Quote:
    """Open the next revision as a draft; the link that went out closes, the quote stays."""
    row = locked(session, actor, command.quote, command.version)
    sent = any(
        one.revision == row.revision for one in quote_queries.revisions_of(session, row)
    )  # fmt: skip
    if not sent:
        raise Conflict(f"Revision {row.revision} of {row.number} was not sent; change it instead")
    row.step_to(QuoteState.DRAFT, now(session))
    row.revision += 1
    row.released_by, row.released_at, row.sent_at = "", None, None
    row.decided_at, row.decided_by, row.decided_via, row.decision_reason = None, "", "", ""
    row.state_reason = ""
    today = today_of(session, row.tenant_id, row.customer_id)
    if row.valid_until < today:
        row.valid_until = _until(None, today, queries.rules(session, row.tenant_id))
    session.flush()
    return row


def needs_approval(row: Quote, rules: BillingRulesView) -> bool:
    """Whether its amount asks for a manager. A currency without a limit of its own always does,
    once there are limits: nobody converts them silently."""
    if not rules.approval_above:
        return False
    limits = {one.currency: one.value() for one in rules.approval_above}
    return row.currency not in limits or row.gross > limits[row.currency]


def document_of(
    session: Session, row: Quote, lines: list[QuoteLine], rules: BillingRulesView
) -> dict[str, Any]:
    """The quote as the customer sees it: plain values, in a fixed shape, fit to be hashed."""
    return {
        "number": row.number, "revision": row.revision, "title": row.title, "intro": row.intro,
        "terms": row.terms, "language": row.language, "currency": row.currency,
        "valid_until": row.valid_until.isoformat(), "ticket": row.ticket,
        "seller": rules.seller.model_dump(mode="json"),
        "buyer": buyer_of(session, row.tenant_id, row.customer_id),
        "lines": [
            {
                "kind": line.kind, "code": line.code, "hours": line.hours, "text": line.text,
                "quantity": plain(line.quantity), "unit": line.unit, "per": line.per,
                "unit_price": plain(line.unit_price), "discount": plain(line.discount),
                "tax_code": line.tax_code,
                "tax_rate": None if line.tax_rate is None else plain(line.tax_rate),
                "net": fixed(line.net, row.currency), "tax": fixed(line.tax, row.currency),
            }
            for line in lines
        ],
        "taxes": [one.model_dump() for one in tax_sums(lines, rules, row.currency)],
        "net": fixed(row.net, row.currency), "tax": fixed(row.tax, row.currency),
        "gross": fixed(row.gross, row.currency),
    }  # fmt: skip


def locked(session: Session, actor: Actor, number: str, version: int | None) -> Quote:
    """The quote, locked; 412 when it is not of the version the act is based on."""
    row = quote_queries.quote(session, actor, number, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this quote meanwhile; load it again")
    return row


def tell_ticket(session: Session, actor: Actor, row: Quote, what: str, text: str = "") -> None:
    """A line in the history of the ticket in which the matter goes on."""
    if not row.ticket:
        return
    ticket = live_ticket(session, system_actor(row.tenant_id), row.ticket)
    data = {
        "quote": row.number, "revision": row.revision, "what": what,
        "amount": format(Money.of(row.gross, row.currency).amount, "f"),
        "currency": row.currency,
    }  # fmt: skip
    note(session, actor, ticket, "quote", text, data)
    ticket.touch(now(session))
    session.flush()


def today_of(session: Session, tenant_id: str, customer_id: str) -> date:
    """Today where a customer is."""
    return now(session).astimezone(zone_of(session, tenant_id, customer_id)).date()


def _until(day: date | None, today: date, rules: BillingRulesView | None) -> date:
    if day is None:
        return today + timedelta(days=rules.quote_days if rules else 30)
    if day < today:
        raise InvalidInput("A quote is valid until today at least", valid_until="lies in the past")
    return day


def _may_release(actor: Actor, row: Quote, rules: BillingRulesView) -> bool:
    own = row.author_id is not None and row.author_id == actor.user_id
    return actor.may("billing:write") and not (rules.four_eyes and own)


def _check_contact(
    session: Session, actor: Actor, contact_id: str | None, customer_id: str
) -> None:
    if contact_id is None:
        return
    found = customers.contact(session, system_actor(actor.tenant_id), contact_id)
    if found.customer_id != customer_id:
        raise NotFound("This contact does not belong to the customer")


def _contact(ticket: Ticket | None) -> str | None:
    return ticket.contact_id if ticket else None


def _buyer(session: Session, actor: Actor, row: Quote) -> Any:
    contract = ""
    if row.ticket_id:
        ticket = tickets.ticket_by_id(session, row.tenant_id, row.ticket_id)
        contract = ticket.contract if ticket else ""
    return buyer_for(session, actor, row.customer_id, contract)


def _ask_managers(session: Session, actor: Actor, row: Quote) -> None:
    people = [
        user.id
        for user in accounts.users(session, system_actor(row.tenant_id))
        if user.role in {Role.MANAGER, Role.ADMIN} and user.active
    ]
    notify_people(session, actor, row, "waiting", people)


def _tell_author(session: Session, actor: Actor, row: Quote, what: str) -> None:
    if row.author_id and row.author_id != actor.user_id:
        notify_people(session, actor, row, what, [row.author_id])


def notify_people(session: Session, actor: Actor, row: Quote, what: str, people: list[str]) -> None:
    amount = Money.of(row.gross, row.currency)
    message = Message(
        kind="quote", key=f"notice.quote.{what}",
        args={"number": row.number, "title": row.title, "actor": name_of(actor),
              "amount": f"{amount.amount:f} {amount.currency}"},
        text=f"Quote {row.number} ({amount.amount:f} {amount.currency}): {what}",
        link=f"/billing/quotes/{row.number}",
        dedupe=f"quote:{row.id}:{row.revision}:{what}:{row.version}",
    )  # fmt: skip
    notices.notify(session, row.tenant_id, people, message)
