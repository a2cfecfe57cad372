"""Quotes: drafted, released, sent by a secret link, decided."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from careloop.api.auth import BillingReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.billing_papers import PAPER_HEADERS, quote_paper
from careloop.api.bootstrap import Services
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.billing import queries as billing
from careloop.crm_core.billing import quote_queries, quote_views, quotes
from careloop.crm_core.billing.quote_models import Quote, QuoteRevision, QuoteState
from careloop.crm_core.billing.quote_schemas import (
    AnswerFacts,
    AnswerQuestion,
    ChangeQuote,
    CreateQuote,
    NoteDecision,
    QuoteChanges,
    QuotePage,
    QuoteStep,
    QuoteView,
    Refusal,
    RefuseQuote,
    Release,
    ReleaseQuote,
    RenewLink,
    ReviseQuote,
    Sending,
    SendQuote,
    ToldDecision,
    WithdrawQuote,
)  # fmt: skip
from careloop.kit.db import now

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])
WITH_LINK = frozenset({QuoteState.SENT, QuoteState.APPROVED, QuoteState.REJECTED})


def secret_of(services: Services, row: Quote, link: int) -> str:
    """The secret of a quote's link: made out of its id, revision and the link's number by the
    house's key, so that staff can see the link again while only its hash is stored."""
    return services.signer.sign(f"/q/{row.id}/{row.revision}/{link}", 0, "quote")


def address_of(services: Services, row: Quote, sent: QuoteRevision | None) -> str | None:
    """The customer's link; None where it was made with another key, or nothing was sent."""
    if sent is None or sent.revision != row.revision or row.state not in WITH_LINK:
        return None
    secret = secret_of(services, row, sent.link)
    if token_hash(secret) != sent.token_hash:
        return None
    return f"{services.settings.public_url.rstrip('/')}/q/{secret}"


@router.get("")
def list_quotes(
    session: SessionDep, actor: BillingReaderDep, q: str = "",
    state: Annotated[list[QuoteState] | None, Query()] = None, customer_id: str = "",
    ticket: str = "", currency: str = "",
    questions: Annotated[bool, Query(description="Only those with open questions.")] = False,
    cursor: str = "", limit: Limit = 50,
) -> Page[QuoteView]:  # fmt: skip
    """Quotes, the newest first."""
    place = decode_cursor(cursor, 1)
    found = quote_queries.QuoteFilter(
        today=now(session).date(), q=q, states=state or (), customer_id=customer_id,
        ticket=ticket, currency=currency, questions=questions,
    )  # fmt: skip
    rows = quote_queries.quotes(session, actor, found, str(place[0]) if place else "", limit + 1)
    return Page(
        items=quote_views.views(session, actor.tenant_id, rows[:limit]),
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateQuote, response: Response,
    key: RequiredKeyDep,
) -> QuoteView:  # fmt: skip
    """Draft a quote for a ticket or a customer; lines without a price take that of the list."""
    return _told(response, act(services, actor, "quotes.create", body, QuoteView, key))


@router.get("/{quote}")
def one(
    services: ServicesDep, session: SessionDep, actor: BillingReaderDep, quote: str,
    response: Response,
) -> QuotePage:  # fmt: skip
    """A quote with its lines, the revisions that were sent, and questions."""
    row = quote_queries.quote(session, actor, quote)
    page = quote_views.page(session, row)
    sent = quote_queries.revisions_of(session, row)
    page.url = address_of(services, row, sent[0] if sent else None)
    tag(response, page.version)
    return page


@router.put("/{quote}")
def change(
    services: ServicesDep, actor: StaffDep, quote: str, body: QuoteChanges, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """Change a draft as a whole; one that waited for a manager is a draft again."""
    command = ChangeQuote.model_validate(_given(body, quote, base))
    return _told(response, act(services, actor, "quotes.change", command, QuoteView, key))


@router.get("/{quote}/print")
def printed(session: SessionDep, actor: BillingReaderDep, quote: str) -> Response:
    """The quote as a page to print, as it stands now or as it was sent."""
    row = quote_queries.quote(session, actor, quote)
    sent = [one for one in quote_queries.revisions_of(session, row) if one.revision == row.revision]
    rules = billing.rules(session, row.tenant_id)
    lines = quote_queries.lines_of(session, row)
    document = sent[0].document if sent else quotes.document_of(session, row, lines, rules)
    page = quote_paper(document, draft=not sent)
    return Response(page, media_type="text/html", headers=PAPER_HEADERS)


@router.post("/{quote}/send")
def send(
    services: ServicesDep, actor: StaffDep, quote: str, body: Sending, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> QuoteView:  # fmt: skip
    """Send it: its link works from now on. Above the limit it waits for a manager instead."""
    with services.database.read(actor.tenant_id) as session:
        secret = secret_of(services, quote_queries.quote(session, actor, quote), 1)
    given = _given(body, quote, base) | {"token_hash": token_hash(secret)}
    command = SendQuote.model_validate(given)
    return _told(response, act(services, actor, "quotes.send", command, QuoteView, key))


@router.post("/{quote}/link")
def renew_link(
    services: ServicesDep, actor: StaffDep, quote: str, body: QuoteStep, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """Give a sent quote a new link; the former one opens nothing any more."""
    with services.database.read(actor.tenant_id) as session:
        row = quote_queries.quote(session, actor, quote)
        sent = quote_queries.revisions_of(session, row)
        link = (sent[0].link if sent else 0) + 1
        secret = secret_of(services, row, max(link, 2))
    given = _given(body, quote, base)
    given |= {"token_hash": token_hash(secret), "link": max(link, 2)}
    command = RenewLink.model_validate(given)
    return _told(response, act(services, actor, "quotes.renew_link", command, QuoteView, key))


@router.post("/{quote}/approve")
def approve(
    services: ServicesDep, actor: StaffDep, quote: str, body: Release, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """A manager lets a quote go out that waits for it."""
    command = ReleaseQuote.model_validate(_given(body, quote, base))
    return _told(response, act(services, actor, "quotes.release", command, QuoteView, key))


@router.post("/{quote}/reject")
def reject(
    services: ServicesDep, actor: StaffDep, quote: str, body: Refusal, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """A manager sends a quote back to its author, with the reason."""
    command = RefuseQuote.model_validate(_given(body, quote, base))
    view = act(services, actor, "quotes.refuse", command, QuoteView, key, body.reason)
    return _told(response, view)


@router.post("/{quote}/withdraw")
def withdraw(
    services: ServicesDep, actor: StaffDep, quote: str, body: Refusal, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """Take a quote back; its link says that it is open no more."""
    command = WithdrawQuote.model_validate(_given(body, quote, base))
    view = act(services, actor, "quotes.withdraw", command, QuoteView, key, body.reason)
    return _told(response, view)


@router.post("/{quote}/revise")
def revise(
    services: ServicesDep, actor: StaffDep, quote: str, body: QuoteStep, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """Open the next revision as a draft; the link that went out closes."""
    command = ReviseQuote.model_validate(_given(body, quote, base))
    return _told(response, act(services, actor, "quotes.revise", command, QuoteView, key))


@router.post("/{quote}/decision")
def decide(
    services: ServicesDep, actor: StaffDep, quote: str, body: ToldDecision, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> QuoteView:  # fmt: skip
    """Note what the customer decided by telephone, mail or on paper."""
    command = NoteDecision.model_validate(_given(body, quote, base))
    view = act(services, actor, "quotes.note_decision", command, QuoteView, key, body.reason)
    return _told(response, view)


@router.post("/{quote}/answers", status_code=201)
def answer(
    services: ServicesDep, actor: StaffDep, quote: str, body: AnswerFacts, response: Response,
    key: KeyDep = None,
) -> QuoteView:  # fmt: skip
    """Answer the customer's questions; they read it on their page."""
    command = AnswerQuestion.model_validate(_given(body, quote, None))
    return _told(response, act(services, actor, "quotes.answer", command, QuoteView, key))


def _given(body: BaseModel, quote: str, base: int | None) -> dict[str, Any]:
    """What the caller sent, for the quote of the path; `If-Match` wins over the body."""
    given = {**body.model_dump(exclude_unset=True), "quote": quote[:40]}
    if base is not None:
        given["version"] = base
    return given


def _told(response: Response, view: QuoteView) -> QuoteView:
    tag(response, view.version)
    return view
