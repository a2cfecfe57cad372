"""Sums of feedback: by month, channel, engineer and model, as the surveys were sent."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from careloop.crm_core.feedback import callback_queries, queries
from careloop.crm_core.feedback.models import SurveyAnswer, SurveyInvitation, SurveyState
from careloop.crm_core.feedback.policy import Sum, of_scores, scores
from careloop.crm_core.feedback.views import (
    FeedbackSummary,
    HeldCount,
    ReasonCount,
    Scores,
)  # fmt: skip
from careloop.crm_core.workforce import queries as workforce
from careloop.kit.actor import Actor

GROUPS = ("month", "channel", "engineer", "model")
MOST = 40
"""Groups of a kind at most; those with the most surveys."""


def summary(session: Session, actor: Actor, since: str, until: str) -> FeedbackSummary:
    """Feedback of the months from `since` to `until`, both counted, such as 2026-01."""
    stands = queries.facts(session, actor.tenant_id)
    labels = {reason.code: reason.label for reason in stands.reasons}
    by = {name: _group(session, actor, name, since, until) for name in GROUPS}
    total = Sum()
    for one in by["month"].values():
        total.add({name: getattr(one, name) for name in Sum.__slots__})
    people = {row.code: row.name for row in workforce.engineers(session, actor)}
    open_tasks, overdue = callback_queries.open_counts(session, actor)
    return FeedbackSummary(
        since=since, until=until, total=scores("all", total),
        months=[scores(key, by["month"][key]) for key in sorted(by["month"])],
        channels=_ranked(by["channel"]), engineers=_ranked(by["engineer"], people),
        models=_ranked(by["model"]),
        csat_shares=_shares(session, actor, SurveyAnswer.csat, since, until),
        nps_shares=_shares(session, actor, SurveyAnswer.nps, since, until),
        reasons=[
            ReasonCount(code=code, label=labels.get(code, {}), count=count)
            for code, count in _reasons(session, actor, since, until).most_common()
        ],
        held=_held(session, actor), open_callbacks=open_tasks, overdue_callbacks=overdue,
    )  # fmt: skip


def _ranked(found: dict[str, Sum], labels: dict[str, str] | None = None) -> list[Scores]:
    most = sorted(found.items(), key=lambda item: (-item[1].sent, item[0]))[:MOST]
    return [scores(key, total, (labels or {}).get(key, "")) for key, total in most if key]


def _group(session: Session, actor: Actor, name: str, since: str, until: str) -> dict[str, Sum]:
    sent: InstrumentedAttribute[str] = getattr(SurveyInvitation, name)
    said: InstrumentedAttribute[str] = getattr(SurveyAnswer, name)
    found: dict[str, Sum] = {}
    asked = (
        queries.surveys_visible_to(actor)
        .where(
            SurveyInvitation.state.in_(queries.OUT), SurveyInvitation.month.between(since, until)
        )
        .with_only_columns(sent, func.count())
        .group_by(sent)
    )  # fmt: skip
    for key, count in session.execute(asked):
        found.setdefault(key, Sum()).add({"sent": count})
    answers = (
        queries.visible_to(actor)
        .where(SurveyAnswer.month.between(since, until))
        .with_only_columns(
            said, SurveyAnswer.csat, SurveyAnswer.nps,
            func.count().filter(SurveyAnswer.low.is_(True)), func.count(),
        )
        .group_by(said, SurveyAnswer.csat, SurveyAnswer.nps)
    )  # fmt: skip
    rows: dict[str, list[Any]] = {}
    for key, csat, nps, low, count in session.execute(answers):
        rows.setdefault(key, []).append((csat, nps, low, count))
    for key, told in rows.items():
        found.setdefault(key, Sum()).add(of_scores(told))
    return found


def _shares(
    session: Session, actor: Actor, column: InstrumentedAttribute[int | None], since: str,
    until: str,
) -> dict[str, int]:  # fmt: skip
    statement = (
        queries.visible_to(actor)
        .where(SurveyAnswer.month.between(since, until), column.is_not(None))
        .with_only_columns(column, func.count())
        .group_by(column)
    )
    return {str(value): count for value, count in sorted(session.execute(statement).all())}


def _reasons(session: Session, actor: Actor, since: str, until: str) -> Counter[str]:
    statement = queries.visible_to(actor).where(SurveyAnswer.month.between(since, until))
    found: Counter[str] = Counter()
    for reasons in session.scalars(statement.with_only_columns(SurveyAnswer.reasons)):
        found.update(reasons or ())
    return found


def _held(session: Session, actor: Actor) -> list[HeldCount]:
    statement = (
        queries.surveys_visible_to(actor)
        .where(SurveyInvitation.state == SurveyState.HELD)
        .with_only_columns(SurveyInvitation.reason, func.count())
        .group_by(SurveyInvitation.reason)
    )
    rows = sorted(session.execute(statement).all(), key=lambda row: (-row[1], row[0]))
    return [HeldCount(reason=row[0], count=row[1]) for row in rows]
