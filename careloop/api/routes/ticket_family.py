"""What belongs to a ticket: tickets around it, tags, watchers, links, files, its end."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from careloop.api.auth import AuditReaderDep, ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.bootstrap import Services
from careloop.api.files import read_upload, signed
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act
from careloop.api.routes.paging import Limit, Page
from careloop.crm_core.audit import queries as audit
from careloop.crm_core.audit.schemas import AuditEntryView
from careloop.crm_core.tickets import duplicates, family_queries, queries
from careloop.crm_core.tickets.schemas import (
    LINK_KINDS,
    AttachFile,
    ChangeTicket,
    ConfirmTicket,
    LinkTicket,
    MergeTicket,
    ReopenTicket,
    SplitOff,
    SplitTicket,
    Tag,
    TagTicket,
    UnmergeTicket,
    WatchTicket,
)  # fmt: skip
from careloop.crm_core.tickets.views import (
    ChildView,
    DuplicateView,
    TicketFileView,
    TicketLinkView,
    TicketView,
)  # fmt: skip
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import NotFound

router = APIRouter(prefix="/v1/tickets", tags=["tickets"])
signed_files = APIRouter(prefix="/v1/ticket-files", tags=["files"])
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


class Merge(BaseModel):
    into: str = Field(max_length=40)
    reason: str = Field("", max_length=1000)
    version: int | None = None


class Reason(BaseModel):
    reason: str = Field(min_length=1, max_length=2000)


class Children(BaseModel):
    """Numbers of tickets that are to hang under this one."""

    numbers: list[str] = Field(min_length=1, max_length=100)


class Tags(BaseModel):
    add: list[Tag] = Field(default_factory=list)
    remove: list[Tag] = Field(default_factory=list)


class Watch(BaseModel):
    user_id: str | None = None


class Link(BaseModel):
    kind: LINK_KINDS
    target: str = Field(max_length=40)
    remove: bool = False


class Confirmation(BaseModel):
    by: Literal["customer", "sensor"] = "customer"
    note: str = Field("", max_length=2000)


def linked(services: Services, view: TicketFileView) -> TicketFileView:
    """The view with a link that works for an hour."""
    return view.model_copy(update={"url": signed(services, f"/v1/ticket-files/{view.id}")})


def stored_file(
    services: Services, path: str, expires: int, signature: str, tenant_id: str, sha256: str,
    media_type: str, name: str,
) -> Response:  # fmt: skip
    """The bytes behind a signed link, shown where that is safe, else saved."""
    now = int(services.clock.now().timestamp())
    if not services.signer.valid(path, expires, signature, now):
        raise NotFound("This link has expired; reload the page")
    shown = "inline" if media_type in INLINE else "attachment"
    return Response(
        services.blobs.get(tenant_id, sha256), media_type=media_type,
        headers={
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, max-age=3600",
        },
    )  # fmt: skip


@router.post("/{number}/merge")
def merge(
    services: ServicesDep, actor: StaffDep, number: str, body: Merge, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> TicketView:  # fmt: skip
    """Make this ticket a part of another; answers with the other one."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = MergeTicket(number=number, **facts)
    return act(services, actor, "tickets.merge", command, TicketView, key, body.reason)


@router.post("/{number}/unmerge")
def unmerge(
    services: ServicesDep, actor: StaffDep, number: str, body: Reason, key: KeyDep = None
) -> TicketView:
    """Take a merged ticket out again, in the state it had; within 30 days."""
    command = UnmergeTicket(number=number, reason=body.reason[:1000])
    return act(services, actor, "tickets.unmerge", command, TicketView, key, body.reason)


@router.post("/{number}/split", status_code=201)
def split(
    services: ServicesDep, actor: StaffDep, number: str, body: SplitOff, key: KeyDep = None
) -> TicketView:
    """Make a second matter a ticket of its own; answers with the new one."""
    command = SplitTicket(number=number, **body.model_dump())
    return act(services, actor, "tickets.split", command, TicketView, key)


@router.get("/{number}/children")
def children(session: SessionDep, actor: TicketReaderDep, number: str) -> list[ChildView]:
    """Tickets directly below this one."""
    row = queries.ticket(session, actor, number)
    found = family_queries.children(session, actor, row)
    return [family_queries.child_view(one) for one in found]


@router.post("/{number}/children")
def adopt(
    services: ServicesDep, actor: StaffDep, number: str, body: Children, key: KeyDep = None
) -> list[TicketView]:
    """Hang tickets under this one; stops at the first that may not."""
    views = []
    for child in body.numbers:
        command = ChangeTicket(number=child, parent=number)
        own_key = f"{key[:120]}:{child[:40]}" if key else None
        views.append(act(services, actor, "tickets.change", command, TicketView, own_key))
    return views


@router.post("/{number}/tags")
def tags(
    services: ServicesDep, actor: StaffDep, number: str, body: Tags, key: KeyDep = None
) -> TicketView:
    """Put tags on and take tags off."""
    command = TagTicket(number=number, add=body.add, remove=body.remove)
    return act(services, actor, "tickets.tag", command, TicketView, key)


@router.post("/{number}/watch")
def watch(
    services: ServicesDep, actor: StaffDep, number: str, body: Watch | None = None
) -> TicketView:
    """Watch the ticket, or let a colleague watch it."""
    command = WatchTicket(number=number, user_id=body.user_id if body else None, watching=True)
    return act(services, actor, "tickets.watch", command, TicketView)


@router.post("/{number}/unwatch")
def unwatch(
    services: ServicesDep, actor: StaffDep, number: str, body: Watch | None = None
) -> TicketView:
    """Watch the ticket no longer."""
    command = WatchTicket(number=number, user_id=body.user_id if body else None, watching=False)
    return act(services, actor, "tickets.watch", command, TicketView)


@router.get("/{number}/links")
def links(session: SessionDep, actor: TicketReaderDep, number: str) -> list[TicketLinkView]:
    """What the ticket speaks of, and what speaks of it."""
    return family_queries.links(session, actor, queries.ticket(session, actor, number))


@router.post("/{number}/links")
def link(
    services: ServicesDep, actor: StaffDep, number: str, body: Link, key: KeyDep = None
) -> TicketView:
    """Link a ticket or a conversation, or take the link away."""
    command = LinkTicket(number=number, **body.model_dump())
    return act(services, actor, "tickets.link", command, TicketView, key)


@router.get("/{number}/attachments")
def attachments(
    services: ServicesDep, session: SessionDep, actor: TicketReaderDep, number: str
) -> list[TicketFileView]:
    """Files of the ticket, with links that work for an hour."""
    row = queries.ticket(session, actor, number)
    return [linked(services, file) for file in family_queries.files(session, actor, row)]


@router.post("/{number}/attachments", status_code=201)
def attach(
    services: ServicesDep, actor: StaffDep, number: str, file: UploadFile,
    public: Annotated[bool, Form()] = False, key: KeyDep = None,
) -> TicketFileView:  # fmt: skip
    """Add a file; `public` shows it to the customer."""
    content = read_upload(services, file)
    command = AttachFile(
        number=number, name=(file.filename or "file")[-300:], media_type=content.media_type,
        size=len(content.data), sha256=content.sha256, public=public,
    )  # fmt: skip
    services.blobs.put(actor.tenant_id, content)
    return linked(services, act(services, actor, "tickets.attach", command, TicketFileView, key))


@router.post("/{number}/confirm")
def confirm(
    services: ServicesDep, actor: StaffDep, number: str, body: Confirmation, key: KeyDep = None
) -> TicketView:
    """Note that it works again; a customer's word closes a resolved ticket."""
    command = ConfirmTicket(number=number, by=body.by, note=body.note)
    return act(services, actor, "tickets.confirm", command, TicketView, key, body.note)


@router.post("/{number}/reopen")
def reopen(
    services: ServicesDep, actor: StaffDep, number: str, body: Reason, key: KeyDep = None
) -> TicketView:
    """It does not work after all: the ticket itself within 14 days, later a new one below it."""
    command = ReopenTicket(number=number, reason=body.reason)
    return act(services, actor, "tickets.reopen", command, TicketView, key, body.reason)


@router.get("/{number}/duplicates")
def ticket_duplicates(
    session: SessionDep, actor: TicketReaderDep, number: str
) -> list[DuplicateView]:
    """Tickets that may be about the same, the likeliest first, with the reasons."""
    return duplicates.of_ticket(session, actor, queries.ticket(session, actor, number))


@router.get("/{number}/audit")
def ticket_audit(
    session: SessionDep, actor: AuditReaderDep, number: str, cursor: str = "", limit: Limit = 50
) -> Page[AuditEntryView]:
    """Every act on the ticket with each column before and after, newest first."""
    row = queries.ticket(session, actor, number)
    found = audit.entries(session, actor, target=f"ticket:{row.id}", before=cursor, limit=limit + 1)
    following = found[limit - 1].id if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=following)


@signed_files.get("/{file_id}")
def ticket_file(
    services: ServicesDep, file_id: str, expires: Annotated[int, Query(ge=0, le=2**40)],
    signature: Annotated[str, Query(max_length=64)],
) -> Response:  # fmt: skip
    """A ticket's file, by a signed link that works for an hour."""
    path = f"/v1/ticket-files/{file_id}"
    if not services.signer.valid(path, expires, signature, int(services.clock.now().timestamp())):
        raise NotFound("This link has expired; reload the page")
    with services.database.read(EVERY_TENANT) as session:
        row = family_queries.file_by_id(session, file_id)
        tenant_id, sha256, media_type, name = row.tenant_id, row.sha256, row.media_type, row.name
    return stored_file(services, path, expires, signature, tenant_id, sha256, media_type, name)
