"""Tools over tickets."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.tickets import belongings, merging, own_fields, queries, service
from careloop.crm_core.tickets.schemas import (
    AttachFile,
    ChangeTicket,
    CommentTicket,
    ConfirmTicket,
    LinkTicket,
    MergeTicket,
    MoveTicket,
    OpenTicket,
    ReachCustomer,
    ReopenTicket,
    SplitTicket,
    TagTicket,
    TicketFileView,
    TicketStatus,
    TicketView,
    UnmergeTicket,
    WatchTicket,
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
    """Change a ticket's facts: what it is about, how urgent, whose, who works on it."""
    if command.conversation_id:
        conversations.conversation(session, actor, command.conversation_id)
    return service.change_ticket(session, actor, command)


@tool("tickets.move", effect=Effect.WRITE, scope="tickets:write")
def move_ticket(session: Session, actor: Actor, command: MoveTicket) -> TicketView:
    """Move a ticket to its next state."""
    return service.move_ticket(session, actor, command)


@tool("tickets.comment", effect=Effect.WRITE, scope="tickets:write")
def comment_ticket(session: Session, actor: Actor, command: CommentTicket) -> TicketView:
    """Add a line to a ticket's history."""
    return service.comment_ticket(session, actor, command)


@tool("tickets.confirm", effect=Effect.WRITE, scope="tickets:open")
def confirm_ticket(session: Session, actor: Actor, command: ConfirmTicket) -> TicketView:
    """Note that the device of a resolved ticket works again."""
    return _for(session, actor, service.confirm_ticket(session, actor, command))


@tool("tickets.reopen", effect=Effect.WRITE, scope="tickets:open")
def reopen_ticket(session: Session, actor: Actor, command: ReopenTicket) -> TicketView:
    """Say that a resolved ticket's device does not work after all."""
    return _for(session, actor, service.reopen_ticket(session, actor, command))


@tool("tickets.merge", effect=Effect.WRITE, scope="tickets:write")
def merge_ticket(session: Session, actor: Actor, command: MergeTicket) -> TicketView:
    """Make a ticket part of another that is about the same."""
    return merging.merge_ticket(session, actor, command)


@tool("tickets.unmerge", effect=Effect.WRITE, scope="tickets:write")
def unmerge_ticket(session: Session, actor: Actor, command: UnmergeTicket) -> TicketView:
    """Take a ticket out of the one it was merged into."""
    return merging.unmerge_ticket(session, actor, command)


@tool("tickets.split", effect=Effect.WRITE, scope="tickets:write")
def split_ticket(session: Session, actor: Actor, command: SplitTicket) -> TicketView:
    """Make a second matter in a ticket one of its own."""
    return merging.split_ticket(session, actor, command)


@tool("tickets.tag", effect=Effect.WRITE, scope="tickets:write")
def tag_ticket(session: Session, actor: Actor, command: TagTicket) -> TicketView:
    """Put tags on a ticket and take tags off."""
    return belongings.tag_ticket(session, actor, command)


@tool("tickets.watch", effect=Effect.WRITE, scope="tickets:read")
def watch_ticket(session: Session, actor: Actor, command: WatchTicket) -> TicketView:
    """Hear of what happens to a ticket, or no longer."""
    return belongings.watch_ticket(session, actor, command)


@tool("tickets.link", effect=Effect.WRITE, scope="tickets:write")
def link_ticket(session: Session, actor: Actor, command: LinkTicket) -> TicketView:
    """Link a ticket to another, or to one more conversation."""
    if command.kind == "conversation" and not command.remove:
        conversations.conversation(session, actor, command.target)
    return belongings.link_ticket(session, actor, command)


@tool("tickets.attach", effect=Effect.WRITE, scope="tickets:write")
def attach_file(session: Session, actor: Actor, command: AttachFile) -> TicketFileView:
    """Put a stored file to a ticket."""
    return belongings.attach_file(session, actor, command)


def _for(session: Session, actor: Actor, view: TicketView) -> TicketView:
    """What a customer may see of their ticket: nothing of contract, colleagues or clocks."""
    if actor.is_staff:
        return view
    hidden: dict[str, object] = {
        "contract": "", "due": None, "assignee_id": None, "engineer": "", "tags": [],
        "resolution": "", "cause": "", "component": "", "parent": None,
        "custom": own_fields.seen_by_customer(session, actor.tenant_id, view.custom),
    }  # fmt: skip
    return view.model_copy(update=hidden)
