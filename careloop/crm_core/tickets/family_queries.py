"""Selects of what belongs to a ticket: tickets above, below and inside it, links, files, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.tickets.models import (
    OPEN_STATES,
    Ticket,
    TicketFile,
    TicketLink,
    TicketState,
    TicketTag,
    TicketWatcher,
)  # fmt: skip
from careloop.crm_core.tickets.views import ChildView, TicketFileView, TicketLinkView
from careloop.crm_core.tickets.visible_queries import visible_to
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def children(session: Session, actor: Actor, row: Ticket) -> list[Ticket]:
    """The tickets directly below, the oldest first."""
    statement = visible_to(actor).where(Ticket.parent_id == row.id)
    return list(session.scalars(statement.order_by(Ticket.id)))


def open_children(session: Session, tenant_id: str, ticket_id: str) -> list[str]:
    """Numbers of the tickets directly below that are not at their end."""
    statement = select(Ticket.number).where(
        Ticket.tenant_id == tenant_id,
        Ticket.parent_id == ticket_id,
        Ticket.state.in_(OPEN_STATES),
    )
    return list(session.scalars(statement.order_by(Ticket.number)))


def above(session: Session, row: Ticket) -> list[str]:
    """Ids of the tickets above, the nearest first."""
    found: list[str] = []
    parent_id = row.parent_id
    while parent_id is not None and parent_id not in found:
        found.append(parent_id)
        parent_id = session.scalar(
            select(Ticket.parent_id).where(
                Ticket.tenant_id == row.tenant_id, Ticket.id == parent_id
            )
        )
    return found


def depth_below(session: Session, row: Ticket, most: int) -> int:
    """How many levels hang under the ticket, counted up to `most`."""
    level, ids = 0, [row.id]
    while level < most:
        statement = select(Ticket.id).where(
            Ticket.tenant_id == row.tenant_id, Ticket.parent_id.in_(ids)
        )
        ids = list(session.scalars(statement))
        if not ids:
            break
        level += 1
    return level


def merged_into(session: Session, tenant_id: str, ticket_ids: Iterable[str]) -> dict[str, str]:
    """Ids and numbers of all tickets that were merged into these, also by way of another."""
    found: dict[str, str] = {}
    todo = list(ticket_ids)
    while todo:
        statement = select(Ticket.id, Ticket.number).where(
            Ticket.tenant_id == tenant_id, Ticket.merged_into_id.in_(todo)
        )
        level = {row.id: row.number for row in session.execute(statement)}
        todo = [one for one in level if one not in found]
        found |= level
    return found


def locked(session: Session, actor: Actor, numbers: Iterable[str]) -> dict[str, Ticket]:
    """Tickets by number, locked in the order of their ids, so that two acts never wait crosswise.

    Empty numbers are passed over; raises `NotFound` for one that the actor may not see.
    """
    wanted = {number.strip().upper() for number in numbers if number.strip()}
    statement = visible_to(actor).where(Ticket.number.in_(wanted)).order_by(Ticket.id)
    fresh = statement.with_for_update().execution_options(populate_existing=True)
    found = {row.number: row for row in session.scalars(fresh)}
    for number in sorted(wanted - found.keys()):
        raise NotFound(f"There is no ticket {number} that you may see")
    return found


def links(session: Session, actor: Actor, row: Ticket) -> list[TicketLinkView]:
    """What the ticket speaks of, and what speaks of it."""
    statement = select(TicketLink).where(
        TicketLink.tenant_id == actor.tenant_id,
        or_(TicketLink.ticket_id == row.id, TicketLink.target_id == row.id),
    )
    rows = list(session.scalars(statement.order_by(TicketLink.id)))
    ids = {link.target_id for link in rows} | {link.ticket_id for link in rows}
    shown = visible_to(actor).where(Ticket.id.in_(ids))
    tickets = {ticket.id: ticket for ticket in session.scalars(shown)}
    views = []
    for link in rows:
        inverse = link.target_id == row.id
        other = tickets.get(link.ticket_id if inverse else link.target_id)
        if link.kind == "conversation":
            views.append(TicketLinkView(kind=link.kind, target=link.target))
        elif other is not None:
            views.append(
                TicketLinkView(
                    kind=link.kind, target=other.number, title=other.title, state=other.state,
                    inverse=inverse,
                )
            )  # fmt: skip
    return views


def link(session: Session, row: Ticket, kind: str, target_id: str) -> TicketLink | None:
    statement = select(TicketLink).where(
        TicketLink.tenant_id == row.tenant_id,
        TicketLink.ticket_id == row.id,
        TicketLink.kind == kind,
        TicketLink.target_id == target_id,
    )
    return session.scalar(statement)


def files(session: Session, actor: Actor, row: Ticket) -> list[TicketFileView]:
    """Files of the ticket and of those merged into it, the oldest first.

    A customer sees the public ones.
    """
    inside = merged_into(session, actor.tenant_id, [row.id]) if row.merged_count else {}
    statement = select(TicketFile).where(
        TicketFile.tenant_id == actor.tenant_id, TicketFile.ticket_id.in_([row.id, *inside])
    )
    if not actor.is_staff:
        statement = statement.where(TicketFile.public)
    found = session.scalars(statement.order_by(TicketFile.id))
    return [file_view(file, inside.get(file.ticket_id)) for file in found]


def file_view(row: TicketFile, ticket: str | None = None) -> TicketFileView:
    return TicketFileView(
        id=row.id, name=row.name, media_type=row.media_type, size=row.size, public=row.public,
        actor=row.actor, created_at=iso(row.created_at), ticket=ticket,
    )  # fmt: skip


def file_by_id(session: Session, file_id: str) -> TicketFile:
    """A file for the holder of a signed link; the signature is the permission."""
    found = session.scalar(select(TicketFile).where(TicketFile.id == file_id))
    if found is None:
        raise NotFound("There is no such file")
    return found


def watchers(session: Session, tenant_id: str, ticket_id: str) -> list[str]:
    """Ids of the users who watch the ticket."""
    statement = select(TicketWatcher.user_id).where(
        TicketWatcher.tenant_id == tenant_id, TicketWatcher.ticket_id == ticket_id
    )
    return list(session.scalars(statement.order_by(TicketWatcher.user_id)))


def watched(session: Session, actor: Actor, rows: Sequence[Ticket]) -> set[str]:
    """Which of these tickets the actor watches, by id."""
    if not actor.user_id or not rows:
        return set()
    statement = select(TicketWatcher.ticket_id).where(
        TicketWatcher.tenant_id == actor.tenant_id,
        TicketWatcher.user_id == actor.user_id,
        TicketWatcher.ticket_id.in_([row.id for row in rows]),
    )
    return set(session.scalars(statement))


def tag_rows(session: Session, row: Ticket) -> dict[str, TicketTag]:
    statement = select(TicketTag).where(
        TicketTag.tenant_id == row.tenant_id, TicketTag.ticket_id == row.id
    )
    return {found.tag: found for found in session.scalars(statement)}


def watcher(session: Session, row: Ticket, user_id: str) -> TicketWatcher | None:
    return session.get(TicketWatcher, (row.tenant_id, user_id, row.id))


def child_view(row: Ticket) -> ChildView:
    return ChildView(
        number=row.number, title=row.title, type=row.type, state=row.state,
        priority=row.priority, serial=row.serial,
    )  # fmt: skip


def similar(
    session: Session, actor: Actor, *, asset_id: str | None, customer_id: str | None,
    contact_id: str | None, since: datetime, until: datetime, limit: int = 200,
) -> list[Ticket]:  # fmt: skip
    """Tickets of the same device, customer or contact from that time, the newest first."""
    same = [
        column == value
        for column, value in (
            (Ticket.asset_id, asset_id), (Ticket.customer_id, customer_id),
            (Ticket.contact_id, contact_id),
        )
        if value
    ]  # fmt: skip
    if not same:
        return []
    statement = visible_to(actor).where(
        or_(*same),
        Ticket.created_at >= since,
        Ticket.created_at <= until,
        Ticket.state.not_in((TicketState.MERGED, TicketState.CANCELLED)),
    )
    return list(session.scalars(statement.order_by(Ticket.id.desc()).limit(limit)))


def unsettled(
    session: Session, before: datetime, limit: int, tenant_id: str | None = None
) -> list[Ticket]:
    """Closed tickets of which nobody has said whether the repair lasted, closed before then."""
    statement = select(Ticket).where(
        Ticket.state == TicketState.CLOSED,
        Ticket.durable_at.is_(None),
        Ticket.closed_at <= before,
    )
    if tenant_id is not None:
        statement = statement.where(Ticket.tenant_id == tenant_id)
    ordered = statement.order_by(Ticket.closed_at).limit(limit)
    return list(session.scalars(ordered.with_for_update(skip_locked=True)))


def incidents_on(
    session: Session, tenant_ids: Iterable[str], asset_ids: Iterable[str], since: datetime
) -> list[Ticket]:
    """Incidents on these devices that were opened after then, the oldest first."""
    statement = select(Ticket).where(
        Ticket.tenant_id.in_(set(tenant_ids)),
        Ticket.asset_id.in_(set(asset_ids)),
        Ticket.type == "incident",
        Ticket.created_at > since,
        Ticket.state.not_in((TicketState.MERGED, TicketState.CANCELLED)),
    )
    return list(session.scalars(statement.order_by(Ticket.id)))
