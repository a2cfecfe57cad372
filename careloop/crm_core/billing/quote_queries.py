"""Selects of quotes, their revisions and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing.fact_queries import may_see
from careloop.crm_core.billing.quote_models import (
    Quote,
    QuoteLine,
    QuoteQuestion,
    QuoteRevision,
    QuoteState,
)  # fmt: skip
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound

NAMED = 200
"""Customers whose quotes a search by name finds."""


def visible_to(actor: Actor) -> Select[Quote]:
    """Quotes, for staff who read billing or write tickets."""
    statement = select(Quote).where(Quote.tenant_id == actor.tenant_id)
    return statement if may_see(actor) else statement.where(false())


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """What a list of quotes is narrowed by; empty fields do not narrow. `today` decides which
    of the sent ones have expired."""

    today: date
    q: str = ""
    states: Sequence[str] = ()
    customer_id: str = ""
    ticket: str = ""
    currency: str = ""
    questions: bool = False


def quotes(
    session: Session, actor: Actor, found: QuoteFilter, before: str = "", limit: int = 50
) -> list[Quote]:
    """Quotes, the newest first, those before the id `before`."""
    statement = visible_to(actor)
    if found.q:
        word = found.q.lower()
        named = [row.id for row in customers.customers(session, actor, found.q, limit=NAMED)]
        statement = statement.where(
            or_(
                func.lower(Quote.number).contains(word, autoescape=True),
                func.lower(Quote.title).contains(word, autoescape=True),
                func.lower(Quote.ticket).contains(word, autoescape=True),
                Quote.customer_id.in_(named),
            )
        )
    if found.states:
        statement = statement.where(or_(*(_in_state(s, found.today) for s in found.states)))
    for column, value in (
        (Quote.customer_id, found.customer_id), (Quote.ticket, found.ticket.strip().upper()),
        (Quote.currency, found.currency.upper()),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if found.questions:
        statement = statement.where(Quote.open_questions > 0)
    if before:
        statement = statement.where(Quote.id < before)
    return list(session.scalars(statement.order_by(Quote.id.desc()).limit(limit)))


def _in_state(state: str, today: date) -> ColumnElement[bool]:
    over = and_(Quote.state == QuoteState.SENT, Quote.valid_until < today)
    if state == QuoteState.EXPIRED:
        return over
    if state == QuoteState.SENT:
        return and_(Quote.state == QuoteState.SENT, Quote.valid_until >= today)
    return Quote.state == state


def quote(session: Session, actor: Actor, number: str, lock: bool = False) -> Quote:
    statement = visible_to(actor).where(Quote.number == number.strip().upper())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no quote {number} that you may see")
    return found


def of_ticket(session: Session, actor: Actor, ticket_ids: Sequence[str]) -> list[Quote]:
    """Quotes for these tickets, the newest first."""
    statement = visible_to(actor).where(Quote.ticket_id.in_(list(ticket_ids)))
    return list(session.scalars(statement.order_by(Quote.id.desc())))


def lines_of(session: Session, row: Quote) -> list[QuoteLine]:
    statement = select(QuoteLine).where(
        QuoteLine.tenant_id == row.tenant_id, QuoteLine.quote_id == row.id
    )
    return list(session.scalars(statement.order_by(QuoteLine.position)))


def revisions_of(session: Session, row: Quote) -> list[QuoteRevision]:
    """What was sent, the latest first."""
    statement = select(QuoteRevision).where(
        QuoteRevision.tenant_id == row.tenant_id, QuoteRevision.quote_id == row.id
    )
    return list(session.scalars(statement.order_by(QuoteRevision.revision.desc())))


def questions_of(session: Session, row: Quote) -> list[QuoteQuestion]:
    statement = select(QuoteQuestion).where(
        QuoteQuestion.tenant_id == row.tenant_id, QuoteQuestion.quote_id == row.id
    )
    return list(session.scalars(statement.order_by(QuoteQuestion.id)))


def question_of(session: Session, row: Quote, client_id: str) -> QuoteQuestion | None:
    statement = select(QuoteQuestion).where(
        QuoteQuestion.tenant_id == row.tenant_id, QuoteQuestion.quote_id == row.id,
        QuoteQuestion.client_id == client_id,
    )  # fmt: skip
    return session.scalar(statement)


def by_token(
    session: Session, token_hash: str, tenant_id: str = ""
) -> tuple[Quote, QuoteRevision] | None:
    """The revision that a link opens; whoever has the link may look."""
    statement = (
        select(Quote, QuoteRevision)
        .join(
            Quote,
            and_(Quote.tenant_id == QuoteRevision.tenant_id, Quote.id == QuoteRevision.quote_id),
        )
        .where(QuoteRevision.token_hash == token_hash)
    )
    if tenant_id:
        statement = statement.where(QuoteRevision.tenant_id == tenant_id)
    found = session.execute(statement).first()
    return None if found is None else (found[0], found[1])


def locked_by_token(
    session: Session, token_hash: str, tenant_id: str
) -> tuple[Quote, QuoteRevision]:
    """The same, with the quote locked for a decision."""
    known = by_token(session, token_hash, tenant_id)
    if known is None:
        raise NotFound("There is no such page")
    statement = select(Quote).where(Quote.tenant_id == tenant_id, Quote.id == known[0].id)
    row = session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one()
    session.refresh(known[1])
    return row, known[1]


def open_count(session: Session, actor: Actor, today: date) -> int:
    """How many quotes wait for a customer."""
    statement = visible_to(actor).where(_in_state(QuoteState.SENT, today)).subquery()
    return session.scalar(select(func.count()).select_from(statement)) or 0
