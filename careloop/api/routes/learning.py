"""What the library learns: questions without an answer, feedback, drafts from tickets."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from careloop.api.auth import (
    KnowledgeReaderDep,
    ServicesDep,
    SessionDep,
    StaffDep,
    TicketReaderDep,
)
from careloop.api.routes.articles import ArticlePage, done
from careloop.api.routes.commands import KeyDep
from careloop.knowledge import editor_queries
from careloop.knowledge.learning import queries
from careloop.knowledge.learning.schemas import (
    ArticleFeedback,
    DismissGap,
    FeedbackLine,
    GapView,
    GiveFeedback,
    PickGap,
)  # fmt: skip
from careloop.tools.learning import ListResolvedTickets, PickResolvedTicket, ResolvedTickets

router = APIRouter(prefix="/v1/kb", tags=["learning"])


class Gaps(BaseModel):
    items: list[GapView]


class Dismissal(BaseModel):
    reason: str = Field("", max_length=1000)


@router.get("/gaps")
def gaps(
    services: ServicesDep, actor: KnowledgeReaderDep,
    state: Literal["open", "dismissed", "answered", ""] = "open",
) -> Gaps:  # fmt: skip
    """Questions of customers that found no answer, those asked most often first; an empty state
    shows all."""
    services.lessons.settle(actor.tenant_id)
    with services.database.read(actor.tenant_id) as session:
        return Gaps(items=queries.gaps(session, actor, state))


@router.post("/gaps/{gap_id}/draft")
def draft_gap(
    services: ServicesDep, actor: StaffDep, gap_id: str, key: KeyDep = None
) -> ArticlePage:
    """Begin the article that answers the question; 409 when one has been begun."""
    return done(services, actor, "learning.draft_gap", PickGap(id=gap_id[:26]), key)


@router.post("/gaps/{gap_id}/dismiss")
def dismiss_gap(
    services: ServicesDep, actor: StaffDep, gap_id: str, body: Dismissal, key: KeyDep = None
) -> GapView:
    """Say that the question needs no article; it opens again when it is asked five times more."""
    command = DismissGap(id=gap_id[:26], reason=body.reason)
    result = services.runtime.invoke(
        actor, "learning.dismiss_gap", command, reason=body.reason, key=key
    )
    return GapView.model_validate(result)


@router.post("/gaps/{gap_id}/reopen")
def reopen_gap(services: ServicesDep, actor: StaffDep, gap_id: str, key: KeyDep = None) -> GapView:
    """Put a settled question back."""
    command = PickGap(id=gap_id[:26])
    return GapView.model_validate(
        services.runtime.invoke(actor, "learning.reopen_gap", command, key=key)
    )


@router.get("/ticket-drafts")
def ticket_drafts(
    services: ServicesDep, actor: TicketReaderDep, used: bool = False
) -> ResolvedTickets:
    """Resolved tickets that tell what helped, newest first; `used` shows those too that have
    become an article."""
    command = ListResolvedTickets(used=used, limit=100)
    result = services.runtime.invoke(actor, "learning.resolved_tickets", command)
    return ResolvedTickets.model_validate(result)


@router.post("/ticket-drafts/{number}")
def draft_ticket(
    services: ServicesDep, actor: StaffDep, number: str, key: KeyDep = None
) -> ArticlePage:
    """Write a resolved ticket as a draft for colleagues; 409 when it has been used."""
    command = PickResolvedTicket(number=number[:40])
    return done(services, actor, "learning.draft_ticket", command, key)


@router.post("/feedback", status_code=201)
def give_feedback(
    services: ServicesDep, actor: StaffDep, body: GiveFeedback, key: KeyDep = None
) -> FeedbackLine:
    """Tell whether an article answered a question."""
    result = services.runtime.invoke(actor, "learning.give_feedback", body, key=key)
    return FeedbackLine.model_validate(result)


@router.get("/articles/{article_id}/feedback")
def feedback(session: SessionDep, actor: KnowledgeReaderDep, article_id: str) -> ArticleFeedback:
    """What customers and colleagues said of the article, the newest first."""
    row = editor_queries.document(session, actor, article_id)
    return queries.feedback_of(session, row)
