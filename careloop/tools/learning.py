"""Tools over what the library learns: gaps, feedback, drafts from tickets."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.models import Author
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket, TicketEvent
from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict
from careloop.knowledge.learning import queries, service
from careloop.knowledge.learning.privacy import masked
from careloop.knowledge.learning.schemas import (
    DismissGap,
    DraftFromGap,
    FeedbackLine,
    GapView,
    GiveFeedback,
    PickGap,
    TicketCase,
)  # fmt: skip
from careloop.knowledge.schemas import ArticleState
from careloop.tools.spec import Effect, tool

WRITE = "knowledge:write"
LOOKED_AT = 300
EXCERPT = 400
REPLIES, REPLY_CHARS = 8, 600


class PickResolvedTicket(BaseModel):
    """One resolved ticket."""

    number: str = Field(max_length=40, description="Ticket number.")


class ListResolvedTickets(BaseModel):
    """Resolved tickets that tell what helped."""

    used: bool = Field(False, description="Also those that have become an article.")
    limit: int = Field(100, ge=1, le=LOOKED_AT, description="How many at most.")


class ResolvedTicket(BaseModel):
    """A ticket that an article could be made from, masked."""

    number: str
    title: str
    model: str
    symptom: str
    resolution: str
    closed_at: datetime | None
    article_id: str | None


class ResolvedTickets(BaseModel):
    items: list[ResolvedTicket]


@tool("learning.draft_gap", effect=Effect.WRITE, scope=WRITE)
def draft_gap(session: Session, actor: Actor, command: PickGap) -> ArticleState:
    """Begin the article that answers a question of customers."""
    replies = _replies(session, actor, command.id)
    return service.draft_gap(session, actor, DraftFromGap(id=command.id, replies=replies))


@tool("learning.dismiss_gap", effect=Effect.WRITE, scope=WRITE)
def dismiss_gap(session: Session, actor: Actor, command: DismissGap) -> GapView:
    """Say that a question needs no article."""
    return service.dismiss(session, actor, command)


@tool("learning.reopen_gap", effect=Effect.WRITE, scope=WRITE)
def reopen_gap(session: Session, actor: Actor, command: PickGap) -> GapView:
    """Put a settled question back."""
    return service.reopen(session, actor, command)


@tool("learning.give_feedback", effect=Effect.WRITE, scope="desk")
def give_feedback(session: Session, actor: Actor, command: GiveFeedback) -> FeedbackLine:
    """Tell whether an article answered a question."""
    return service.give_feedback(session, actor, command)


@tool("learning.resolved_tickets", effect=Effect.READ, scope="tickets:read")
def resolved_tickets(
    session: Session, actor: Actor, command: ListResolvedTickets
) -> ResolvedTickets:
    """List resolved tickets that tell what helped, the newest first."""
    told = [
        (row, events)
        for row, events in tickets.resolved(session, actor, LOOKED_AT)
        if _resolution(row, events)
    ]
    used = queries.ticket_drafts(session, actor.tenant_id, [row.number for row, _ in told])
    items = [
        _line(session, row, events, used.get(row.number))
        for row, events in told
        if command.used or row.number not in used
    ]
    return ResolvedTickets(items=items[: command.limit])


@tool("learning.draft_ticket", effect=Effect.WRITE, scope=WRITE)
def draft_ticket(session: Session, actor: Actor, command: PickResolvedTicket) -> ArticleState:
    """Write a resolved ticket as a draft for colleagues."""
    row = tickets.ticket(session, actor, command.number)
    events = tickets.history(session, actor, row)
    if row.state not in ("resolved", "closed") or not _resolution(row, events):
        raise Conflict(f"Ticket {row.number} does not tell yet what helped")
    return service.draft_ticket(session, actor, _case(session, row, events))


def _replies(session: Session, actor: Actor, gap_id: str) -> list[str]:
    """What colleagues wrote to those who asked, masked; nothing for an actor who may not read
    conversations."""
    if not actor.may("conversations:read"):
        return []
    found: list[str] = []
    for conversation_id in queries.conversations_of(session, actor, gap_id):
        row = conversations.by_id(session, actor.tenant_id, conversation_id)
        people = _people(session, row.tenant_id, row.contact_id)
        found += [
            masked(line.text[:REPLY_CHARS], people)
            for line in conversations.recent(session, actor.tenant_id, conversation_id, 60)
            if line.author == Author.AGENT and line.text
        ]
    return found[:REPLIES]


def _line(
    session: Session, row: Ticket, events: list[TicketEvent], article_id: str | None
) -> ResolvedTicket:
    case = _case(session, row, events)
    return ResolvedTicket(
        number=row.number, title=_told(case, case.title), model=row.model,
        symptom=_told(case, case.symptom or case.description or case.title),
        resolution=_told(case, case.resolution), closed_at=row.closed_at or row.resolved_at,
        article_id=article_id,
    )  # fmt: skip


def _told(case: TicketCase, text: str) -> str:
    return masked(" ".join(text.split())[:EXCERPT], case.people, case.identifiers)


def _case(session: Session, row: Ticket, events: list[TicketEvent]) -> TicketCase:
    found = row.diagnosis
    parts = found.get("parts_used")
    identifiers = [row.serial, row.callback_phone, row.number]
    return TicketCase(
        number=row.number, title=row.title, description=row.description, lang=row.language,
        models=[row.model] if row.model else [], error_codes=list(row.error_codes),
        symptom=str(found.get("symptom", "")), cause=str(found.get("cause", "")),
        resolution=_resolution(row, events),
        parts={str(k): int(v) for k, v in parts.items()} if isinstance(parts, dict) else {},
        notes=[f"{item.kind}: {item.text}" for item in events if item.text],
        people=_people(session, row.tenant_id, row.contact_id, row.customer_id),
        identifiers=[value for value in identifiers if value],
    )  # fmt: skip


def _resolution(row: Ticket, events: list[TicketEvent]) -> str:
    """What helped: the diagnosis' remedy, else what was said when it was resolved."""
    remedy = row.diagnosis.get("remedy")
    if remedy:
        return str(remedy)
    moved = [
        item.text.strip()
        for item in events
        if item.kind == "moved" and item.data.get("state", ["", ""])[-1] in ("resolved", "closed")
    ]
    return next((text for text in moved if text), "")


def _people(
    session: Session, tenant_id: str, contact_id: str | None, customer_id: str | None = None
) -> list[str]:
    """Names of the contact and the organisation, to be masked."""
    names = []
    if contact_id:
        contact = customers.contacts_by_id(session, tenant_id, {contact_id}).get(contact_id)
        names = [contact.name] if contact else []
        customer_id = customer_id or (contact.customer_id if contact else None)
    if customer_id:
        names += customers.names(session, tenant_id, {customer_id}).values()
    return [name for name in names if name]
