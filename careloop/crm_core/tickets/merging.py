"""Two tickets that are one, and one that is two.

A merged ticket keeps its own rows and points to the target; who reads the target reads the lines
and files of both. So nothing is copied, and a merge that was a mistake is undone without loss.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.tickets import family_queries, own_fields, policy, queries
from careloop.crm_core.tickets.events import TicketMerged, TicketMoved
from careloop.crm_core.tickets.lines import check_version, note, refuse_merged, tell_watchers
from careloop.crm_core.tickets.models import (
    Priority,
    Ticket,
    TicketEvent,
    TicketLink,
    TicketState,
    TicketType,
    TicketWatcher,
)  # fmt: skip
from careloop.crm_core.tickets.schemas import (
    MergeTicket,
    OpenTicket,
    SplitTicket,
    TicketView,
    UnmergeTicket,
)  # fmt: skip
from careloop.crm_core.tickets.service import open_ticket
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def merge_ticket(session: Session, actor: Actor, command: MergeTicket) -> TicketView:
    """Make a ticket part of another and tell the view of the other.

    Its watchers watch the target too, its conversation leads there, and the tickets below it hang
    under the target. Raises `Conflict` where the two belong to different customers, where the
    target is over or hangs under the source.
    """
    number, into = command.number.strip().upper(), command.into.strip().upper()
    if number == into:
        raise InvalidInput("A ticket cannot be merged into itself", into="is the ticket itself")
    below = [one.number for one in _children(session, actor, number)]
    rows = family_queries.locked(session, actor, [number, into, *below])
    source, target = rows[number], rows[into]
    check_version(source, command.version)
    refuse_merged(source)
    refuse_merged(target)
    _check(session, source, target)
    before = source.state
    moved = _take_children(session, source, target, [rows[one] for one in below])
    data: dict[str, Any] = {
        "into": target.number, "state": before, "children": moved,
        "watchers": _share_watchers(session, source, target),
        "conversation": _share_conversation(session, source, target),
    }  # fmt: skip
    source.merge_into(target, now(session))
    note(session, actor, source, "merged", command.reason, data)
    note(session, actor, target, "merged_in", command.reason, {"number": source.number})
    _tell(session, source, target, before, undone=False)
    tell_watchers(session, actor, target, "merged", f"{source.number} was merged into it")
    session.flush()
    return queries.ticket_view(target)


def _children(session: Session, actor: Actor, number: str) -> list[Ticket]:
    row = queries.ticket(session, actor, number)
    return family_queries.children(session, actor, row) if row.children_count else []


def _check(session: Session, source: Ticket, target: Ticket) -> None:
    known = {source.customer_id, target.customer_id} - {None}
    if len(known) > 1:
        raise Conflict("The two tickets belong to different customers; mend that first")
    if target.state == TicketState.CANCELLED:
        raise Conflict(f"{target.number} is cancelled; merge into a ticket that goes on")
    if source.is_open and not target.is_open:
        raise Conflict(f"{target.number} is {target.state}; reopen it first, or merge it here")
    if source.id in family_queries.above(session, target):
        raise Conflict(f"{target.number} hangs under {source.number}; merge the other way round")


def _take_children(
    session: Session, source: Ticket, target: Ticket, children: list[Ticket]
) -> list[str]:
    """Tickets below the source hang under the target from now on."""
    if children and len(family_queries.above(session, target)) + 2 > policy.MAX_DEPTH:
        raise Conflict(f"{target.number} hangs too deep to take the tickets below {source.number}")
    for child in children:
        child.hang_under(target, now(session))
    source.children_count -= len(children)
    return [child.number for child in children]


def _share_watchers(session: Session, source: Ticket, target: Ticket) -> list[str]:
    theirs = set(family_queries.watchers(session, target.tenant_id, target.id))
    added = [
        user_id
        for user_id in family_queries.watchers(session, source.tenant_id, source.id)
        if user_id not in theirs
    ]
    session.add_all(
        TicketWatcher(tenant_id=target.tenant_id, user_id=user_id, ticket_id=target.id)
        for user_id in added
    )
    return added


def _share_conversation(session: Session, source: Ticket, target: Ticket) -> str:
    """Let the source's conversation lead to the target; tells the id if that is new."""
    talk = source.conversation_id
    if talk is None or talk == target.conversation_id:
        return ""
    if family_queries.link(session, target, "conversation", talk) is not None:
        return ""
    session.add(
        TicketLink(
            tenant_id=target.tenant_id, id=new_id(), ticket_id=target.id, kind="conversation",
            target_id=talk, target=talk,
        )
    )  # fmt: skip
    return talk


def unmerge_ticket(session: Session, actor: Actor, command: UnmergeTicket) -> TicketView:
    """Take a merged ticket out again, in the state it had, with what it brought along.

    What was written on the target meanwhile stays there. Raises `Conflict` after 30 days.
    """
    row = queries.ticket(session, actor, command.number)
    if row.state != TicketState.MERGED:
        raise Conflict(f"{row.number} is not merged into another ticket")
    line = queries.last_line(session, row, "merged")
    if line is None or now(session) - line.created_at > timedelta(days=policy.UNMERGE_DAYS):
        raise Conflict(f"A merge is undone within {policy.UNMERGE_DAYS} days; split it instead")
    kept = line.data
    numbers = [row.number, row.merged_into, *kept.get("children", [])]
    rows = family_queries.locked(session, actor, numbers)
    source, target = rows[row.number], rows[row.merged_into]
    if source.merged_into_id != target.id:
        raise Conflict("Somebody changed this merge at the same moment; try again")
    for number in kept.get("children", []):
        child = rows[number]
        if child.parent_id == target.id:
            target.children_count -= 1
            child.hang_under(source, now(session))
    _take_back(session, target, kept)
    state = TicketState(kept["state"])
    source.take_out_of(target, state, now(session))
    note(session, actor, source, "unmerged", command.reason, {"from": target.number})
    note(session, actor, target, "unmerged_out", command.reason, {"number": source.number})
    _tell(session, source, target, TicketState.MERGED, undone=True)
    return queries.ticket_view(source)


def _take_back(session: Session, target: Ticket, kept: dict[str, Any]) -> None:
    for user_id in kept.get("watchers", []):
        watcher = family_queries.watcher(session, target, user_id)
        if watcher is not None:
            session.delete(watcher)
    if kept.get("conversation"):
        link = family_queries.link(session, target, "conversation", kept["conversation"])
        if link is not None:
            session.delete(link)


def _tell(session: Session, source: Ticket, target: Ticket, before: str, undone: bool) -> None:
    at = now(session)
    emit(
        session,
        TicketMoved(
            source.tenant_id, source.number, before, source.state, source.conversation_id,
            source.id, source.type, source.priority, at,
        ),
    )  # fmt: skip
    emit(
        session,
        TicketMerged(
            source.tenant_id, source.number, source.id, target.number, target.id, undone, at
        ),
    )


def split_ticket(session: Session, actor: Actor, command: SplitTicket) -> TicketView:
    """Open a ticket for a second matter, with the lines of the history that belong to it.

    Customer, contact, device and conversation are those of the first, where nothing else is said.
    """
    row = queries.ticket(session, actor, command.number, lock=True)
    refuse_merged(row)
    lines = queries.lines_of(session, row, command.lines)
    unknown = sorted(set(command.lines) - {line.seq for line in lines})
    if unknown:
        raise InvalidInput("Lines that the history has not", lines=str(unknown))
    opened = OpenTicket(
        type=command.type or TicketType(row.type), title=command.title,
        description=command.description, priority=command.priority or Priority(row.priority),
        language=row.language, serial=row.serial if command.serial is None else command.serial,
        model=row.model, callback_phone=row.callback_phone, fields=command.fields,
        customer_id=row.customer_id, contact_id=row.contact_id,
        conversation_id=row.conversation_id, channel=row.channel,
        parent=row.number if command.as_child else "",
        custom={**own_fields.carried(session, row), **command.custom},
        own_type=row.own_type if command.type is None else "",
    )  # fmt: skip
    view = open_ticket(session, actor, opened, {"split_from": row.number})
    born = queries.ticket(session, actor, view.number, lock=True)
    for line in lines:
        _copy_line(session, row, born, line)
    note(session, actor, row, "split", data={"number": born.number, "lines": command.lines})
    row.touch(now(session))
    session.flush()
    return queries.ticket_view(born)


def _copy_line(session: Session, row: Ticket, born: Ticket, line: TicketEvent) -> None:
    session.add(
        TicketEvent(
            tenant_id=line.tenant_id, ticket_id=born.id, seq=born.next_seq(), kind=line.kind,
            actor=line.actor, text=line.text, public=line.public, created_at=line.created_at,
            updated_at=now(session), data={**line.data, "from": row.number, "line": line.seq},
        )
    )  # fmt: skip
