"""Tools over tickets."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.tickets import queries, service
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    MoveTicket,
    OpenTicket,
    ReachCustomer,
    TicketStatus,
    TicketView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


class PickTicket(BaseModel):
    """One ticket."""

    number: str = Field(max_length=40, description="Ticket number.")


class OwnTickets(BaseModel):
    """The caller's own open tickets."""

    limit: int = Field(10, ge=1, le=50, description="How many at most.")


class TicketStatuses(BaseModel):
    tickets: list[TicketStatus]


@tool("tickets.open", effect=Effect.WRITE, scope="tickets:open")
def open_ticket(session: Session, actor: Actor, command: OpenTicket) -> TicketView:
    """Open a ticket."""
    if actor.is_staff and command.conversation_id:
        conversations.conversation(session, actor, command.conversation_id)
    return service.open_ticket(session, actor, command)


@tool("tickets.status", effect=Effect.READ, scope="chat")
def ticket_status(session: Session, actor: Actor, command: PickTicket) -> TicketStatus:
    """Tell how a ticket of the caller stands."""
    return queries.status(session, actor, queries.ticket(session, actor, command.number))


@tool("tickets.own", effect=Effect.READ, scope="chat")
def own_tickets(session: Session, actor: Actor, command: OwnTickets) -> TicketStatuses:
    """List the caller's own open tickets."""
    rows = queries.open_tickets(session, actor, command.limit)
    return TicketStatuses(tickets=[queries.status(session, actor, row) for row in rows])


@tool("tickets.reach", effect=Effect.WRITE, scope="tickets:open")
def reach(session: Session, actor: Actor, command: ReachCustomer) -> TicketStatus:
    """Note where the customer of one's own ticket can be reached."""
    return service.note_reach(session, actor, command)


@tool("tickets.change", effect=Effect.WRITE, scope="tickets:write")
def change_ticket(session: Session, actor: Actor, command: ChangeTicket) -> TicketView:
    """Change a ticket's title, description, priority, type, assignee or engineer."""
    return service.change_ticket(session, actor, command)


@tool("tickets.move", effect=Effect.WRITE, scope="tickets:write")
def move_ticket(session: Session, actor: Actor, command: MoveTicket) -> TicketView:
    """Move a ticket to its next state."""
    return service.move_ticket(session, actor, command)


@tool("tickets.comment", effect=Effect.WRITE, scope="tickets:write")
def comment_ticket(session: Session, actor: Actor, command: CommentTicket) -> TicketView:
    """Add a line to a ticket's history."""
    return service.comment_ticket(session, actor, command)
