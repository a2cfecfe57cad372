"""What a customer does with a quote: approve or reject it once, or ask about it.

The decision is about a revision as it was sent: its hash is stored with the name and the time.
It starts nothing by itself; `QuoteDecided` says that it fell.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.billing import quote_queries
from careloop.crm_core.billing.entries import name_of
from careloop.crm_core.billing.events import QuoteDecided
from careloop.crm_core.billing.quote_models import (
    Quote,
    QuoteQuestion,
    QuoteRevision,
    QuoteState,
)  # fmt: skip
from careloop.crm_core.billing.quote_schemas import (
    ActOnQuote,
    AnswerQuestion,
    FoundQuote,
    NoteDecision,
)  # fmt: skip
from careloop.crm_core.billing.quotes import locked, notify_people, tell_ticket, today_of
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

MOST_QUESTIONS = 50
_OUTCOME = {"approve": QuoteState.APPROVED, "reject": QuoteState.REJECTED}


class QuoteClosed(Conflict):
    """The quote is open no more."""

    code = "quote_closed"


def shown_state(row: Quote, revision: QuoteRevision, over: bool) -> str:
    """How a sent revision stands for its customer: open, approved, rejected, expired, closed."""
    if revision.outcome:
        return revision.outcome
    if row.state != QuoteState.SENT or row.revision != revision.revision:
        return "closed"
    return "expired" if over else "open"


def act(session: Session, actor: Actor, command: ActOnQuote) -> FoundQuote:
    """A customer's act by the link; the same decision again changes nothing."""
    row, revision = quote_queries.locked_by_token(session, command.token_hash, actor.tenant_id)
    over = row.valid_until < today_of(session, row.tenant_id, row.customer_id)
    if command.act == "question":
        return _ask(session, actor, row, revision, command, over)
    wanted = _OUTCOME[command.act]
    if revision.outcome:
        if revision.outcome == wanted:
            return FoundQuote(state=revision.outcome, repeated=True)
        raise QuoteClosed(f"This quote was {revision.outcome} already; ask us to change it")
    _check_open(row, revision, over)
    if command.act == "approve" and command.digest != revision.digest:
        raise InvalidInput(
            "This is not the quote that was shown; load the page again", digest="does not fit"
        )
    name = command.name or (actor.name if actor.is_staff else "")
    _decide(session, actor, row, revision, wanted, name, "link", command.text)
    return FoundQuote(state=revision.outcome)


def note_decision(session: Session, actor: Actor, command: NoteDecision) -> Quote:
    """Note a decision that was told by telephone, mail or on paper."""
    row = locked(session, actor, command.quote, command.version)
    sent = quote_queries.revisions_of(session, row)
    if not sent or sent[0].revision != row.revision:
        raise Conflict(f"Revision {row.revision} of {row.number} was not sent yet")
    revision = sent[0]
    wanted = QuoteState.APPROVED if command.approved else QuoteState.REJECTED
    if revision.outcome == wanted:
        return row
    over = row.valid_until < today_of(session, row.tenant_id, row.customer_id)
    _check_open(row, revision, over)
    _decide(session, actor, row, revision, wanted, command.name, command.via, command.reason)
    return row


def answer(session: Session, actor: Actor, command: AnswerQuestion) -> Quote:
    """Answer a customer's questions; they read it on their page."""
    row = locked(session, actor, command.quote, None)
    if quote_queries.question_of(session, row, command.client_id) is not None:
        return row
    if not quote_queries.revisions_of(session, row):
        raise Conflict(f"Quote {row.number} was not sent yet; nobody can have asked")
    _say(session, row, row.revision, command.client_id, name_of(actor), command.text, False)
    row.open_questions = 0
    row.touch(now(session))
    session.flush()
    return row


def _check_open(row: Quote, revision: QuoteRevision, over: bool) -> None:
    state = shown_state(row, revision, over)
    if state == "expired":
        raise QuoteClosed(f"This quote was valid until {row.valid_until}; ask us for a new one")
    if state != "open":
        raise QuoteClosed("This quote is open no more; there is a newer one, or it was taken back")


def _decide(
    session: Session, actor: Actor, row: Quote, revision: QuoteRevision, wanted: QuoteState,
    name: str, via: str, reason: str,
) -> None:  # fmt: skip
    at = now(session)
    row.step_to(wanted, at)
    for one in (row, revision):
        one.decided_at, one.decided_by, one.decided_via = at, name[:200], via
    row.decision_reason = revision.reason = reason
    revision.outcome = str(wanted)
    if wanted is QuoteState.APPROVED:
        row.approved_hash = revision.approved_hash = revision.digest
    revision.touch(at)
    session.flush()
    tell_ticket(session, actor, row, str(wanted), reason)
    if row.author_id and row.author_id != actor.user_id:
        notify_people(session, actor, row, str(wanted), [row.author_id])
    emit(
        session,
        QuoteDecided(
            row.tenant_id, row.id, row.number, row.revision, row.ticket,
            wanted is QuoteState.APPROVED, name, reason, at,
        ),
    )  # fmt: skip


def _ask(
    session: Session, actor: Actor, row: Quote, revision: QuoteRevision, command: ActOnQuote,
    over: bool,
) -> FoundQuote:  # fmt: skip
    state = shown_state(row, revision, over)
    if quote_queries.question_of(session, row, command.client_id) is not None:
        return FoundQuote(state=state, repeated=True)
    if state == "closed":
        raise QuoteClosed("This quote is open no more; write to us instead")
    asked = [one for one in quote_queries.questions_of(session, row) if one.from_customer]
    if len(asked) >= MOST_QUESTIONS:
        raise Conflict("There are many questions already; please call us")
    _say(session, row, revision.revision, command.client_id, command.name, command.text, True)
    row.open_questions += 1
    row.touch(now(session))
    session.flush()
    tell_ticket(session, actor, row, "question", command.text[:1000])
    if row.author_id:
        notify_people(session, actor, row, "question", [row.author_id])
    return FoundQuote(state=state)


def _say(
    session: Session, row: Quote, revision: int, client_id: str, name: str, text: str,
    from_customer: bool,
) -> None:  # fmt: skip
    session.add(
        QuoteQuestion(
            tenant_id=row.tenant_id, id=new_id(), quote_id=row.id, revision=revision,
            from_customer=from_customer, name=name[:200], text=text, client_id=client_id,
            created_at=now(session), updated_at=now(session),
        )
    )  # fmt: skip
