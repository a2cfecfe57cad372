"""Tags, watchers, links and files of a ticket."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.tickets import family_queries, queries
from careloop.crm_core.tickets.events import TicketEdited
from careloop.crm_core.tickets.lines import locked, locked_for_words, note
from careloop.crm_core.tickets.models import TicketFile, TicketLink, TicketTag, TicketWatcher
from careloop.crm_core.tickets.schemas import (
    MAX_TAGS,
    AttachFile,
    LinkTicket,
    TagTicket,
    TicketFileView,
    TicketView,
    WatchTicket,
)  # fmt: skip
from careloop.crm_core.tickets.search import index_words
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.kit.text import clean

MAX_FILES = 200
MAX_LINKS = 200


def tag_ticket(session: Session, actor: Actor, command: TagTicket) -> TicketView:
    """Put tags on and take tags off; a tag in both lists is put on."""
    ticket = locked(session, actor, command.number)
    rows = family_queries.tag_rows(session, ticket)
    add = [tag for tag in dict.fromkeys(command.add) if tag not in rows]
    remove = [tag for tag in set(command.remove) - set(command.add) if tag in rows]
    if len(rows) + len(add) - len(remove) > MAX_TAGS:
        raise InvalidInput(f"A ticket has {MAX_TAGS} tags at most", add="are too many")
    if not add and not remove:
        return queries.ticket_view(ticket)
    for tag in add:
        session.add(TicketTag(tenant_id=ticket.tenant_id, tag=tag, ticket_id=ticket.id))
    for tag in remove:
        session.delete(rows[tag])
    before, ticket.tags = sorted(rows), sorted((rows.keys() | set(add)) - set(remove))
    index_words(session, ticket)
    ticket.touch(now(session))
    note(session, actor, ticket, "tagged", data={"add": add, "remove": sorted(remove)})
    changes = {"tags": [before, ticket.tags]}
    emit(session, TicketEdited(ticket.tenant_id, ticket.number, ticket.id, changes, now(session)))
    return queries.ticket_view(ticket)


def watch_ticket(session: Session, actor: Actor, command: WatchTicket) -> TicketView:
    """Let a member of staff hear of the ticket, or no longer; that is no change of the ticket."""
    ticket = locked(session, actor, command.number)
    user_id = command.user_id or actor.user_id
    if not user_id:
        raise InvalidInput("Say who is to watch", user_id="is needed")
    accounts.user(session, actor, user_id)
    row = family_queries.watcher(session, ticket, user_id)
    if command.watching and row is None:
        session.add(TicketWatcher(tenant_id=ticket.tenant_id, user_id=user_id, ticket_id=ticket.id))
    elif not command.watching and row is not None:
        session.delete(row)
    session.flush()
    watched = family_queries.watched(session, actor, [ticket])
    return queries.ticket_view(ticket, ticket.id in watched)


def link_ticket(session: Session, actor: Actor, command: LinkTicket) -> TicketView:
    """Link another ticket or one more conversation, or take the link away."""
    ticket = locked(session, actor, command.number)
    target_id = target = command.target.strip()
    if command.kind != "conversation":
        other = queries.ticket(session, actor, command.target)
        target_id, target = other.id, other.number
        if other.id == ticket.id:
            raise InvalidInput("A ticket is not linked to itself", target="is the ticket itself")
    row = family_queries.link(session, ticket, command.kind, target_id)
    if command.remove == (row is None):
        return queries.ticket_view(ticket)
    if row is not None:
        session.delete(row)
    elif len(family_queries.links(session, actor, ticket)) >= MAX_LINKS:
        raise Conflict(f"A ticket has {MAX_LINKS} links at most")
    else:
        session.add(
            TicketLink(
                tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, kind=command.kind,
                target_id=target_id, target=target, created_at=now(session),
                updated_at=now(session),
            )
        )  # fmt: skip
    kind = "unlinked" if row is not None else "linked"
    note(session, actor, ticket, kind, data={"kind": command.kind, "target": target})
    ticket.touch(now(session))
    return queries.ticket_view(ticket)


def attach_file(session: Session, actor: Actor, command: AttachFile) -> TicketFileView:
    """Put a file to the ticket; what a customer sends, the customer may see."""
    ticket = locked_for_words(session, actor, command.number)
    if len(family_queries.files(session, actor, ticket)) >= MAX_FILES:
        raise Conflict(f"A ticket has {MAX_FILES} files at most")
    kept, _ = clean(command.name.replace("\\", "/").rsplit("/", 1)[-1], 120)
    name = kept.replace("\n", " ") or "file"
    file = TicketFile(
        tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, name=name,
        media_type=command.media_type, size=command.size, sha256=command.sha256,
        public=command.public or not actor.is_staff, actor=(actor.name or actor.label)[:60],
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(file)
    ticket.touch(now(session))
    note(session, actor, ticket, "attached", data={"name": name, "file": file.id})
    session.flush()
    return family_queries.file_view(file)
