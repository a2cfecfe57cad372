"""Selects of surveys, answers and settings; staff only, but for who holds a survey's secret."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, Text, false, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.feedback.models import (
    CallbackTask,
    SurveyAnswer,
    SurveyInvitation,
    SurveySettings,
    SurveyState,
)  # fmt: skip
from careloop.crm_core.feedback.policy import NEGATIVE, usual
from careloop.crm_core.feedback.schemas import SurveyFacts
from careloop.crm_core.feedback.views import FeedbackView, SettingsView, SurveyView
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.visible_queries import visible_to as tickets_visible_to
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

OUT = (SurveyState.SENT, SurveyState.ANSWERED, SurveyState.EXPIRED)
"""States of a survey that went out."""
_PLAIN = (
    "id", "ticket", "occasion", "state", "reason", "way", "channel", "engineer", "model",
    "language", "contact_id",
)  # fmt: skip
_ANSWERED = (
    "id", "ticket", "contact_id", "customer_id", "csat", "nps", "comment", "reasons", "language",
    "channel", "engineer", "model", "mood", "low",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFilter:
    """Which answers are wanted; what is empty does not filter."""

    q: str = ""
    low: bool | None = None
    negative: bool = False
    csat: Sequence[int] = ()
    channel: str = ""
    engineer: str = ""
    model: str = ""
    ticket: str = ""
    customer_id: str = ""
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


def visible_to(actor: Actor) -> Select[SurveyAnswer]:
    """Answers the actor may see."""
    statement = select(SurveyAnswer).where(SurveyAnswer.tenant_id == actor.tenant_id)
    return statement if _reads(actor) else statement.where(false())


def surveys_visible_to(actor: Actor) -> Select[SurveyInvitation]:
    statement = select(SurveyInvitation).where(SurveyInvitation.tenant_id == actor.tenant_id)
    return statement if _reads(actor) else statement.where(false())


def _reads(actor: Actor) -> bool:
    return actor.is_staff and actor.may("feedback:read")


def settings_row(session: Session, tenant_id: str) -> SurveySettings | None:
    return session.get(SurveySettings, tenant_id)


def facts(session: Session, tenant_id: str) -> SurveyFacts:
    """The settings in force."""
    row = settings_row(session, tenant_id)
    return SurveyFacts.model_validate(row.facts) if row else usual()


def settings_view(session: Session, tenant_id: str) -> SettingsView:
    row = settings_row(session, tenant_id)
    stands = SurveyFacts.model_validate(row.facts) if row else usual()
    return SettingsView(
        **stands.model_dump(), version=row.version if row else 0,
        updated_at=iso(row.updated_at) if row else None,
    )  # fmt: skip


def survey(session: Session, actor: Actor, survey_id: str, lock: bool = False) -> SurveyInvitation:
    statement = surveys_visible_to(actor).where(SurveyInvitation.id == survey_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such survey")
    return found


def by_token(
    session: Session, token_hash: str, tenant_id: str = "", lock: bool = False
) -> SurveyInvitation | None:
    """The survey that a secret opens; the secret's hash is the permission."""
    statement = select(SurveyInvitation).where(SurveyInvitation.token_hash == token_hash)
    if tenant_id:
        statement = statement.where(SurveyInvitation.tenant_id == tenant_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalar(statement)


def of_occasion(
    session: Session, tenant_id: str, ticket_id: str, occasion: str
) -> SurveyInvitation | None:
    statement = select(SurveyInvitation).where(
        SurveyInvitation.tenant_id == tenant_id, SurveyInvitation.ticket_id == ticket_id,
        SurveyInvitation.occasion == occasion,
    )  # fmt: skip
    return session.scalar(statement.with_for_update())


def of_ticket(session: Session, actor: Actor, ticket_id: str) -> list[SurveyInvitation]:
    """Surveys of a ticket, the newest first."""
    statement = surveys_visible_to(actor).where(SurveyInvitation.ticket_id == ticket_id)
    return list(session.scalars(statement.order_by(SurveyInvitation.id.desc())))


def asked_lately(
    session: Session, tenant_id: str, contact_id: str, at: datetime, days: int, but: str
) -> bool:
    """Whether a person was sent another survey within the quiet days."""
    if days <= 0:
        return False
    statement = select(SurveyInvitation.id).where(
        SurveyInvitation.tenant_id == tenant_id, SurveyInvitation.contact_id == contact_id,
        SurveyInvitation.sent_at > at - timedelta(days=days), SurveyInvitation.id != but,
    )  # fmt: skip
    return session.scalar(statement.limit(1)) is not None


def to_send(session: Session, at: datetime, limit: int) -> list[SurveyInvitation]:
    """Surveys of all makers that are due to go out, for the sweep."""
    statement = select(SurveyInvitation).where(
        SurveyInvitation.state == SurveyState.WAITING, SurveyInvitation.send_at <= at
    )
    return list(session.scalars(statement.order_by(SurveyInvitation.send_at).limit(limit)))


def overdue(session: Session, at: datetime, limit: int) -> list[SurveyInvitation]:
    """Surveys of all makers whose time is over, for the sweep."""
    statement = select(SurveyInvitation).where(
        SurveyInvitation.state == SurveyState.SENT, SurveyInvitation.expires_at <= at
    )
    return list(session.scalars(statement.order_by(SurveyInvitation.expires_at).limit(limit)))


def expired_of(
    session: Session, tenant_id: str, at: datetime, limit: int
) -> list[SurveyInvitation]:
    statement = select(SurveyInvitation).where(
        SurveyInvitation.tenant_id == tenant_id, SurveyInvitation.state == SurveyState.SENT,
        SurveyInvitation.expires_at <= at,
    )  # fmt: skip
    statement = statement.order_by(SurveyInvitation.id).limit(limit)
    return list(session.scalars(statement.with_for_update()))


def answer_of(
    session: Session, tenant_id: str, invitation_id: str, lock: bool = False
) -> SurveyAnswer | None:
    statement = select(SurveyAnswer).where(
        SurveyAnswer.tenant_id == tenant_id, SurveyAnswer.invitation_id == invitation_id
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def answer(session: Session, actor: Actor, feedback_id: str) -> SurveyAnswer:
    found = session.scalar(visible_to(actor).where(SurveyAnswer.id == feedback_id))
    if found is None:
        raise NotFound("There is no such answer")
    return found


def page(
    session: Session, actor: Actor, wanted: FeedbackFilter,
    after: tuple[datetime, str] | None = None, limit: int = 50,
) -> tuple[list[SurveyAnswer], tuple[datetime, str] | None]:  # fmt: skip
    """Answers, the newest first, and where the next page begins."""
    statement = _filtered(actor, wanted)
    if after:
        statement = statement.where(tuple_(SurveyAnswer.answered_at, SurveyAnswer.id) < after)
    order = (SurveyAnswer.answered_at.desc(), SurveyAnswer.id.desc())
    rows = list(session.scalars(statement.order_by(*order).limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    return rows, (rows[-1].answered_at, rows[-1].id) if more else None


def _filtered(actor: Actor, wanted: FeedbackFilter) -> Select[SurveyAnswer]:
    statement = visible_to(actor)
    for name in ("channel", "engineer", "model", "ticket", "customer_id"):
        if value := getattr(wanted, name):
            statement = statement.where(getattr(SurveyAnswer, name) == value)
    if wanted.low is not None:
        statement = statement.where(SurveyAnswer.low.is_(wanted.low))
    if wanted.negative:
        statement = statement.where(SurveyAnswer.mood <= NEGATIVE)
    if wanted.csat:
        statement = statement.where(SurveyAnswer.csat.in_(wanted.csat))
    if wanted.since:
        statement = statement.where(SurveyAnswer.answered_at >= wanted.since)
    if wanted.until:
        statement = statement.where(SurveyAnswer.answered_at < wanted.until)
    for word in wanted.q.split():
        statement = statement.where(
            SurveyAnswer.comment.icontains(word, autoescape=True)
            | SurveyAnswer.ticket.icontains(word, autoescape=True)
        )
    if wanted.reason:
        # Codes are plain words, so the JSON holds each between quotation marks.
        statement = statement.where(
            SurveyAnswer.reasons.cast(Text).contains(f'"{wanted.reason}"', autoescape=True)
        )
    return statement


def callbacks_of(
    session: Session, tenant_id: str, answer_ids: Iterable[str]
) -> dict[str, CallbackTask]:
    """Call-backs by the answer that asked for them."""
    statement = select(CallbackTask).where(
        CallbackTask.tenant_id == tenant_id, CallbackTask.answer_id.in_(list(answer_ids))
    )
    return {row.answer_id or "": row for row in session.scalars(statement)}


def occasions(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, str]:
    statement = select(SurveyInvitation.id, SurveyInvitation.occasion).where(
        SurveyInvitation.tenant_id == tenant_id, SurveyInvitation.id.in_(list(ids))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def ticket_titles(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, str]:
    """Titles of the tickets that the actor may see, by id."""
    statement = tickets_visible_to(actor).where(Ticket.id.in_(list(ids)))
    rows = session.execute(statement.with_only_columns(Ticket.id, Ticket.title))
    return {row[0]: row[1] for row in rows}


def survey_view(row: SurveyInvitation) -> SurveyView:
    return SurveyView(
        **{name: getattr(row, name) for name in _PLAIN}, send_at=iso(row.send_at),
        sent_at=_time(row.sent_at), expires_at=_time(row.expires_at),
        opened_at=_time(row.opened_at), created_at=iso(row.created_at),
    )  # fmt: skip


def feedback_view(row: SurveyAnswer) -> FeedbackView:
    return FeedbackView(
        **{name: getattr(row, name) for name in _ANSWERED}, survey_id=row.invitation_id,
        answered_at=iso(row.answered_at), changed_at=_time(row.changed_at), case=row.case or None,
    )  # fmt: skip


def _time(value: datetime | None) -> str | None:
    return iso(value) if value is not None else None
