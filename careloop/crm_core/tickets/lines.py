"""Lines of a ticket's history, the lock before a change, and the word to those who watch."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.tickets import family_queries, queries
from careloop.crm_core.tickets.models import Ticket, TicketEvent, TicketState
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, VersionConflict

ACTOR_NAME = 60


def locked(session: Session, actor: Actor, number: str, version: int | None = None) -> Ticket:
    """The ticket, locked for a change.

    Raises `VersionConflict` when it is not the version the change is based on, and `Conflict`
    when it was merged: its matter goes on in another ticket.
    """
    ticket = queries.ticket(session, actor, number, lock=True)
    check_version(ticket, version)
    if not actor.is_staff and ticket.state == TicketState.MERGED:
        # The number of the other ticket may be somebody else's: no customer is told it.
        raise Conflict(f"{ticket.number} has become part of another ticket")
    refuse_merged(ticket)
    return ticket


def locked_for_words(session: Session, actor: Actor, number: str) -> Ticket:
    """The ticket, locked for words or files.

    A customer may go on with one that was merged: whoever reads the other reads them there.
    """
    if actor.is_staff:
        return locked(session, actor, number)
    return queries.ticket(session, actor, number, lock=True)


def check_version(ticket: Ticket, version: int | None) -> None:
    if version is not None and version != ticket.version:
        raise VersionConflict("Somebody changed this ticket meanwhile; load it again")


def refuse_merged(ticket: Ticket) -> None:
    if ticket.state == TicketState.MERGED:
        raise Conflict(
            f"{ticket.number} was merged into {ticket.merged_into}; go on there",
            merged_into=ticket.merged_into,
        )


def note(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    kind: str,
    text: str = "",
    data: dict[str, Any] | None = None,
    public: bool = False,
) -> TicketEvent:
    """Add a line to the history; `public` ones may be shown to the customer."""
    line = line_of(session, actor, ticket, kind, text, data, public)
    session.add(line)
    return line


def line_of(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    kind: str,
    text: str = "",
    data: dict[str, Any] | None = None,
    public: bool = False,
) -> TicketEvent:
    """The next line of the history, not added yet: a new ticket must be written before it."""
    at = now(session)
    return TicketEvent(
        tenant_id=actor.tenant_id, ticket_id=ticket.id, seq=ticket.next_seq(), kind=kind,
        actor=(actor.name or actor.label)[:ACTOR_NAME], text=text, data=data or {},
        public=public, created_at=at, updated_at=at,
    )  # fmt: skip


def tell_watchers(session: Session, actor: Actor, ticket: Ticket, what: str, words: str) -> None:
    """A notice for everyone who watches the ticket, but for the one who acts."""
    people = set(family_queries.watchers(session, ticket.tenant_id, ticket.id))
    people -= {actor.user_id or ""}
    if not people:
        return
    message = Message(
        kind="ticket", key=f"notice.ticket.{what}",
        args={"number": ticket.number, "title": ticket.title, "state": ticket.state,
              "actor": actor.name},
        text=f"{ticket.number}: {words}"[:1000], link=f"/tickets/{ticket.number}",
        dedupe=f"ticket:{ticket.id}:{ticket.history_seq}",
    )  # fmt: skip
    notices.notify(session, ticket.tenant_id, people, message)
