"""The only selects of what is learned."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound
from careloop.knowledge.learning.models import Feedback, Gap, GapOccurrence, TicketDraft
from careloop.knowledge.learning.schemas import ArticleFeedback, FeedbackLine, GapView
from careloop.knowledge.models import Document

SHOWN = 500
DOUBT = 3.0
"""So many imagined verdicts of each kind stand beside the real ones."""
OLD_WEIGHT = 0.25
"""What a verdict on an earlier version of the text still counts."""


class GapNotFound(NotFound):
    """There is no such gap in this tenant."""

    code = "gap_not_found"


def visible_to(actor: Actor) -> Select[Gap]:
    """The gaps of the actor's tenant."""
    return select(Gap).where(Gap.tenant_id == actor.tenant_id)


def gaps(session: Session, actor: Actor, state: str = "") -> list[GapView]:
    """Gaps in this state or in all, those asked most often first."""
    statement = visible_to(actor).order_by(Gap.count.desc(), Gap.last_at.desc(), Gap.id)
    if state:
        statement = statement.where(Gap.state == state)
    return [GapView.model_validate(row) for row in session.scalars(statement.limit(SHOWN))]


def gap(session: Session, actor: Actor, gap_id: str) -> Gap:
    """Raises `GapNotFound`, also for one of another tenant."""
    row = session.get(Gap, (actor.tenant_id, gap_id))
    if row is None:
        raise GapNotFound("There is no such gap")
    return row


def conversations_of(session: Session, actor: Actor, gap_id: str, limit: int = 5) -> list[str]:
    """Conversations that asked and were taken over by a person, the newest first."""
    row = gap(session, actor, gap_id)
    found = session.scalars(
        select(GapOccurrence.conversation_id)
        .where(
            GapOccurrence.tenant_id == row.tenant_id, GapOccurrence.gap_id == row.id,
            GapOccurrence.person, GapOccurrence.conversation_id.is_not(None),
        )
        .order_by(GapOccurrence.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [item for item in dict.fromkeys(found) if item]


def gaps_of_tenant(session: Session, tenant_id: str) -> Sequence[Gap]:
    """Every gap in every state, for the writer."""
    return session.scalars(select(Gap).where(Gap.tenant_id == tenant_id).order_by(Gap.id)).all()


def answered_by(session: Session, tenant_id: str) -> Sequence[Gap]:
    """Open gaps whose article is published."""
    return session.scalars(
        select(Gap)
        .join(
            Document,
            (Document.tenant_id == Gap.tenant_id) & (Document.id == Gap.article_id),
        )
        .where(Gap.tenant_id == tenant_id, Gap.state == "open", Document.state == "published")
    ).all()


def ungrouped(session: Session, tenant_id: str, limit: int) -> Sequence[GapOccurrence]:
    """Occurrences that belong to no gap yet, the oldest first, locked."""
    return session.scalars(
        select(GapOccurrence)
        .where(GapOccurrence.tenant_id == tenant_id, GapOccurrence.gap_id.is_(None))
        .order_by(GapOccurrence.id)
        .limit(limit)
        .with_for_update()
    ).all()


def tenants_to_settle(session: Session) -> list[str]:
    """Tenants with occurrences that belong to no gap yet."""
    return list(
        session.scalars(
            select(GapOccurrence.tenant_id).where(GapOccurrence.gap_id.is_(None)).distinct()
        )
    )


def asked_before(session: Session, tenant_id: str, gap_id: str, conversation_id: str) -> bool:
    """Whether this conversation is counted in the gap already."""
    found = session.scalar(
        select(GapOccurrence.id)
        .where(
            GapOccurrence.tenant_id == tenant_id, GapOccurrence.gap_id == gap_id,
            GapOccurrence.conversation_id == conversation_id,
        )
        .limit(1)
    )  # fmt: skip
    return found is not None


def last_occurrence(session: Session, tenant_id: str, conversation_id: str) -> GapOccurrence | None:
    """The newest question of a conversation that found no answer."""
    return session.scalars(
        select(GapOccurrence)
        .where(
            GapOccurrence.tenant_id == tenant_id,
            GapOccurrence.conversation_id == conversation_id,
        )
        .order_by(GapOccurrence.id.desc())
        .limit(1)
    ).first()


def verdict_of(session: Session, tenant_id: str, conversation_id: str, key: str) -> Feedback | None:
    """What a conversation has said of a document."""
    return session.scalars(
        select(Feedback).where(
            Feedback.tenant_id == tenant_id, Feedback.document_key == key,
            Feedback.conversation_id == conversation_id,
        )
    ).first()  # fmt: skip


def feedback_of(session: Session, document: Document, limit: int = 200) -> ArticleFeedback:
    """What was said of an article in its language."""
    here = (
        Feedback.tenant_id == document.tenant_id,
        Feedback.document_key == document.key,
        Feedback.lang == document.lang,
    )
    rows = session.execute(
        select(Feedback.helpful, func.count()).where(*here).group_by(Feedback.helpful)
    )
    counts: dict[bool, int] = {row[0]: row[1] for row in rows}
    lines = session.scalars(select(Feedback).where(*here).order_by(Feedback.id.desc()).limit(limit))
    return ArticleFeedback(
        helpful=counts.get(True, 0), not_helpful=counts.get(False, 0),
        items=[FeedbackLine.model_validate(row) for row in lines],
    )  # fmt: skip


def scores(session: Session, tenant_id: str) -> dict[str, float]:
    """For each document key how much more often it helped than not: see `score`.

    All languages of an article count together, since they say the same; a verdict on an earlier
    version of the text counts `OLD_WEIGHT`.
    """
    editions = {
        (row[0], row[1]): row[2]
        for row in session.execute(
            select(Document.key, Document.lang, Document.edition).where(
                Document.tenant_id == tenant_id
            )
        )
    }
    rows = session.execute(
        select(
            Feedback.document_key, Feedback.lang, Feedback.edition, Feedback.helpful, func.count()
        )
        .where(Feedback.tenant_id == tenant_id)
        .group_by(Feedback.document_key, Feedback.lang, Feedback.edition, Feedback.helpful)
    )
    sums: dict[str, list[float]] = {}
    for key, lang, edition, helpful, count in rows:
        old = edition < editions.get((key, lang), 0)
        sums.setdefault(key, [0.0, 0.0])[not helpful] += count * (OLD_WEIGHT if old else 1.0)
    return {key: score(good, bad) for key, (good, bad) in sums.items()}


def score(helpful: float, not_helpful: float) -> float:
    """Log-odds that an answer helps, smoothed by `DOUBT`, within -1..1; 0 without verdicts."""
    odds = math.log((helpful + DOUBT) / (not_helpful + DOUBT))
    return round(max(-1.0, min(1.0, odds)), 4)


def ticket_drafts(session: Session, tenant_id: str, numbers: Iterable[str]) -> dict[str, str]:
    """Which of these tickets have become which article."""
    rows = session.execute(
        select(TicketDraft.number, TicketDraft.article_id).where(
            TicketDraft.tenant_id == tenant_id, TicketDraft.number.in_(list(numbers))
        )
    )
    return {row[0]: row[1] for row in rows}


def ticket_draft(session: Session, tenant_id: str, number: str) -> TicketDraft | None:
    return session.scalars(
        select(TicketDraft).where(
            TicketDraft.tenant_id == tenant_id, TicketDraft.number == number
        )
    ).first()  # fmt: skip
