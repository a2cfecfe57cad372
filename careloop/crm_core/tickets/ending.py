"""After the repair: confirmed, said not to have helped, or seen by time to have lasted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.tickets import family_queries, policy, queries
from careloop.crm_core.tickets.events import (
    TicketConfirmed,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketSettled,
)  # fmt: skip
from careloop.crm_core.tickets.lines import line_of, locked, note, tell_watchers
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.crm_core.tickets.numbers import next_number
from careloop.crm_core.tickets.schemas import ConfirmTicket, ReopenTicket, TicketView
from careloop.crm_core.tickets.search import index_words
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

BATCH = 500
_ENDED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


def confirm_ticket(session: Session, actor: Actor, command: ConfirmTicket) -> TicketView:
    """Note that it works again. A customer's word closes a resolved ticket, a sensor's does not.

    A second word changes nothing; raises `Conflict` while the ticket is being worked on.
    """
    ticket = locked(session, actor, command.number)
    if ticket.state not in _ENDED:
        raise Conflict(f"{ticket.number} is {ticket.state}; only what is resolved is confirmed")
    by = command.by if actor.is_staff else "customer"
    if ticket.confirmed_at is None or (by == "customer" and ticket.confirmed_by == "sensor"):
        ticket.confirmed_at, ticket.confirmed_by = now(session), by
        note(session, actor, ticket, "confirmed", command.note.strip(), {"by": by}, public=True)
        ticket.touch(now(session))
        emit(
            session,
            TicketConfirmed(actor.tenant_id, ticket.number, ticket.id, by, now(session)),
        )
    if by == "customer" and ticket.state == TicketState.RESOLVED:
        _move(session, actor, ticket, TicketState.CLOSED)
    return queries.ticket_view(ticket)


def reopen_ticket(session: Session, actor: Actor, command: ReopenTicket) -> TicketView:
    """It does not work after all; tells the ticket in which the matter goes on.

    That is the ticket itself while it is young, else a new one below it.
    """
    ticket = locked(session, actor, command.number)
    if ticket.is_open:
        raise Conflict(f"{ticket.number} is being worked on already; write a comment instead")
    if ticket.state not in _ENDED:
        raise Conflict(f"{ticket.number} is {ticket.state}; open a new ticket")
    if policy.may_reopen(ticket, now(session)):
        _move(session, actor, ticket, TicketState.IN_PROGRESS, command.reason)
        note_reopened(session, actor, ticket)
        tell_watchers(session, actor, ticket, "reopened", "reopened")
        return queries.ticket_view(ticket)
    following = _follow_up(session, actor, ticket, command.reason)
    tell_watchers(session, actor, ticket, "followed", f"goes on in {following.number}")
    return queries.ticket_view(following)


def note_reopened(session: Session, actor: Actor, ticket: Ticket) -> None:
    """Tell that an ended ticket is being worked on again; its state has been moved already."""
    emit(
        session,
        TicketReopened(
            actor.tenant_id, ticket.number, ticket.id, ticket.reopened_count, now(session)
        ),
    )


def _move(
    session: Session, actor: Actor, ticket: Ticket, state: TicketState, reason: str = ""
) -> None:
    before = ticket.state
    ticket.move_to(state, now(session))
    data: dict[str, Any] = {"state": [before, ticket.state]}
    if ticket.is_open:
        data["reopened"] = ticket.reopened_count
    note(session, actor, ticket, "moved", reason, data, public=True)
    emit(
        session,
        TicketMoved(
            actor.tenant_id, ticket.number, before, ticket.state, ticket.conversation_id,
            ticket.id, ticket.type, ticket.priority, now(session),
        ),
    )  # fmt: skip


def _follow_up(session: Session, actor: Actor, ticket: Ticket, reason: str) -> Ticket:
    """A new ticket about the old matter, below it, or beside it where the levels are used up."""
    depth = len(family_queries.above(session, ticket)) + 1
    at = now(session)
    row = Ticket(
        tenant_id=ticket.tenant_id, id=new_id(), number=next_number(session, ticket.tenant_id),
        type=ticket.type, priority=ticket.priority, state=TicketState.NEW, title=ticket.title,
        description=reason, language=ticket.language, channel=ticket.channel,
        customer_id=ticket.customer_id, contact_id=ticket.contact_id, asset_id=ticket.asset_id,
        serial=ticket.serial, model=ticket.model, conversation_id=ticket.conversation_id,
        contract=ticket.contract, error_codes=list(ticket.error_codes),
        callback_phone=ticket.callback_phone, fields=dict(ticket.fields), created_at=at,
        updated_at=at,
    )  # fmt: skip
    row.children_count, row.reopened_count, row.version = 0, 0, 1
    opening = line_of(session, actor, row, "opened", reason, {"follows": ticket.number}, True)
    session.add(row)
    session.flush()
    session.add(opening)
    index_words(session, row)
    if depth < policy.MAX_DEPTH and ticket.children_count < policy.MAX_CHILDREN:
        row.hang_under(ticket, at)
    note(session, actor, ticket, "followed", reason, {"number": row.number}, public=True)
    ticket.touch(at)
    emit(
        session,
        TicketOpened(
            row.tenant_id, row.number, row.conversation_id, row.id, row.type, row.priority, at
        ),
    )
    return row


def settle_durable(session: Session, at: datetime, tenant_id: str | None = None) -> int:
    """Say of repairs that are 30 days old whether they lasted; returns of how many.

    One lasted if no incident on the same device and component was opened in those days; where
    the component of either is unknown, the device alone decides. Without a device nobody can
    tell, and `durable` stays null. At most 500 a call, the oldest first.
    """
    span = timedelta(days=policy.DURABLE_DAYS)
    rows = family_queries.unsettled(session, at - span, BATCH, tenant_id)
    later = _later_incidents(session, rows)
    for row in rows:
        row.durable_at = at
        if row.asset_id is None:
            continue
        ended = _ended(row)
        returned = [
            one.number
            for one in later.get(row.asset_id, [])
            if one.id != row.id and ended < one.created_at <= ended + span and _same(row, one)
        ]
        row.durable = not returned
        data: dict[str, Any] = {"durable": row.durable, "returned": returned}
        note(session, system_actor(row.tenant_id), row, "durable", data=data)
        emit(session, TicketSettled(row.tenant_id, row.number, row.id, row.durable, at))
    return len(rows)


def _ended(row: Ticket) -> datetime:
    return row.resolved_at or row.closed_at or row.updated_at


def _same(row: Ticket, other: Ticket) -> bool:
    """Whether the two may be about the same component; one that is not known may be any."""
    known = row.component and other.component
    return not known or row.component == other.component


def _later_incidents(session: Session, rows: list[Ticket]) -> dict[str, list[Ticket]]:
    """Incidents since the first of these ends, by device."""
    devices = {row.asset_id for row in rows if row.asset_id is not None}
    if not devices:
        return {}
    since = min(_ended(row) for row in rows)
    found: dict[str, list[Ticket]] = {}
    for one in family_queries.incidents_on(session, {r.tenant_id for r in rows}, devices, since):
        found.setdefault(one.asset_id or "", []).append(one)
    return found
