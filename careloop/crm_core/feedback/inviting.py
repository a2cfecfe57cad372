"""Writers of surveys: made for an occasion, sent once, opened, expired."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.feedback import policy, queries
from careloop.crm_core.feedback.errors import SurveyNotSent
from careloop.crm_core.feedback.models import SurveyInvitation, SurveyState
from careloop.crm_core.feedback.schemas import AskForTicket, SurveyFacts
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id

ASKED, CLOSED = "asked", "closed"


def visit_occasion(work_order: str) -> str:
    return f"visit:{work_order}"


def invite(
    session: Session, ticket: Ticket, occasion: str, facts: SurveyFacts, engineer: str = "",
    at_once: bool = False, language: str = "",
) -> SurveyInvitation | None:  # fmt: skip
    """Make the survey of an occasion; None where there was one already."""
    if queries.of_occasion(session, ticket.tenant_id, ticket.id, occasion) is not None:
        return None
    at = now(session)
    wait = timedelta() if at_once else timedelta(minutes=facts.delay_minutes)
    row = SurveyInvitation(
        tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, ticket=ticket.number,
        occasion=occasion, contact_id=ticket.contact_id, customer_id=ticket.customer_id,
        state=SurveyState.WAITING, reason="", way="", channel=ticket.channel,
        engineer=engineer or ticket.engineer, model=ticket.model, serial=ticket.serial,
        language=policy.spoken(facts, language, ticket.language), send_at=at + wait, month="",
        attempts=0, version=1, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def ask(session: Session, actor: Actor, command: AskForTicket) -> SurveyInvitation:
    """A survey that a person asks for now; `SurveyNotSent` when one was asked for by hand before
    and has been answered. One that was not is given a new way out."""
    ticket = tickets.ticket(session, actor, command.number)
    facts = queries.facts(session, actor.tenant_id)
    row = invite(
        session, ticket, ASKED, facts, at_once=True, language=command.language or ""
    )  # fmt: skip
    if row is not None:
        return row
    row = queries.of_occasion(session, actor.tenant_id, ticket.id, ASKED)
    assert row is not None
    if row.state == SurveyState.ANSWERED:
        raise SurveyNotSent("answered", f"{ticket.number} was asked about and answered already")
    if row.state == SurveyState.SENT and command.way != "link":
        raise SurveyNotSent("sent", "The survey went out already; copy its link instead")
    return row


def sent(session: Session, row: SurveyInvitation, way: str, token_hash: str, days: int) -> None:
    """It goes out now, by this way. A link that was copied may go out of date with a new one."""
    at = now(session)
    row.state, row.way, row.reason = SurveyState.SENT, way, ""
    row.token_hash, row.sent_at, row.month = token_hash, at, policy.month_of(at)
    row.expires_at = at + timedelta(days=days)
    row.attempts += 1
    row.touch(at)
    session.flush()


def hold(session: Session, row: SurveyInvitation, reason: str) -> None:
    """It will not go out."""
    row.state, row.reason = SurveyState.HELD, reason
    row.touch(now(session))
    session.flush()


def mail_failed(session: Session, row: SurveyInvitation, again: bool) -> None:
    """The mail did not go; it waits for another try, a few times at most."""
    if row.state != SurveyState.SENT:
        return
    at = now(session)
    row.sent_at, row.month, row.expires_at = None, "", None
    if again and row.attempts < policy.MAIL_ATTEMPTS:
        row.state, row.send_at = SurveyState.WAITING, at + policy.RETRY
    else:
        row.state, row.reason = SurveyState.HELD, "unsent" if again else "refused"
    row.touch(at)
    session.flush()


def expire(session: Session, tenant_id: str, limit: int) -> int:
    """End the surveys whose time is over; how many."""
    rows = queries.expired_of(session, tenant_id, now(session), limit)
    for row in rows:
        row.state = SurveyState.EXPIRED
        row.touch(now(session))
    session.flush()
    return len(rows)


def opened(session: Session, row: SurveyInvitation) -> None:
    """Somebody looked at the page for the first time."""
    if row.opened_at is None:
        row.opened_at = now(session)
        row.touch(row.opened_at)
        session.flush()
