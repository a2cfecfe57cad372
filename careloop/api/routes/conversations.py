"""Conversations for the desk."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, UploadFile
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.bootstrap import Services
from careloop.api.files import link, linked, read_upload
from careloop.api.live import chat_topic
from careloop.api.routes.commands import KeyDep
from careloop.api.routes.paging import AfterSeq, Limit, Page
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.schemas import (
    AddNote,
    AssignConversation,
    AttachmentView,
    ConversationDetail,
    ConversationSummary,
    MessageView,
    PickConversation,
    ReplyAsPerson,
)  # fmt: skip
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import ContactView, CustomerView
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.schemas import OpenTicket, TicketView
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden
from careloop.tools.conversations import TicketDraft

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

Box = Literal["bot", "queue", "mine", "people", "closed", "all"]


class Counts(BaseModel):
    bot: int
    queue: int
    mine: int
    people: int


class ConversationPage(BaseModel):
    """A conversation with all that stands beside it."""

    conversation: ConversationDetail
    contact: ContactView
    customer: CustomerView | None
    assets: list[AssetView]
    tickets: list[TicketView]
    memory: dict[str, Any]


class DeskMessages(BaseModel):
    messages: list[MessageView]


class Assign(BaseModel):
    user_id: str | None = None


class ReplyText(BaseModel):
    text: str = Field("", max_length=10_000)
    client_msg_id: str | None = Field(None, max_length=100)
    attachment_ids: list[str] = Field(default_factory=list, max_length=10)


class NoteText(BaseModel):
    text: str = Field(min_length=1, max_length=10_000)


@router.get("")
def inbox(
    session: SessionDep, actor: StaffDep, box: Box = "all", q: str = "", cursor: str = "",
    limit: Limit = 50,
) -> Page[ConversationSummary]:  # fmt: skip
    """A box of the inbox, latest first."""
    rows = queries.conversations(session, actor, box, q, cursor, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    following = queries.cursor_of(rows[-1], box) if more else None
    return Page(items=queries.summaries(session, actor, rows), next_cursor=following)


@router.get("/counts")
def counts(session: SessionDep, actor: StaffDep) -> Counts:
    """How many conversations lie in each box."""
    return Counts(**queries.counts(session, actor))


@router.get("/{conversation_id}")
def conversation(session: SessionDep, actor: StaffDep, conversation_id: str) -> ConversationPage:
    """One conversation with contact, customer, devices and tickets."""
    row = queries.conversation(session, actor, conversation_id)
    contact = customers.contact(session, actor, row.contact_id)
    customer = None
    owned: list[AssetView] = []
    if contact.customer_id:
        customer = customers.customer_view(customers.customer(session, actor, contact.customer_id))
        rows = assets.assets_of(session, actor.tenant_id, contact.customer_id)
        owned = [assets.asset_view(asset) for asset in rows]
    if row.asset_id and row.asset_id not in {asset.id for asset in owned}:
        found = assets.asset_by_id(session, actor.tenant_id, row.asset_id)
        owned = [assets.asset_view(found), *owned] if found else owned
    own = tickets.of_conversation(session, actor.tenant_id, row.id)
    return ConversationPage(
        conversation=queries.detail(session, actor, row),
        contact=customers.contact_view(contact),
        customer=customer,
        assets=owned,
        tickets=[tickets.ticket_view(ticket) for ticket in own],
        memory=row.memory,
    )


@router.get("/{conversation_id}/messages")
def messages(
    services: ServicesDep, session: SessionDep, actor: StaffDep, conversation_id: str,
    after_seq: AfterSeq = 0,
) -> DeskMessages:  # fmt: skip
    """Messages after `after_seq`, with internal notes and the bot's reasons."""
    row = queries.conversation(session, actor, conversation_id)
    rows = queries.messages(session, actor, row.id, after_seq)
    views = queries.message_views(session, actor, rows)
    return DeskMessages(messages=[linked(services, view) for view in views])


@router.post("/{conversation_id}/take-over")
def take_over(
    services: ServicesDep, actor: StaffDep, conversation_id: str, key: KeyDep = None
) -> ConversationDetail:
    """Answer this conversation oneself."""
    return _act(services, actor, "conversations.take_over", conversation_id, key=key)


@router.post("/{conversation_id}/hand-back")
def hand_back(
    services: ServicesDep, actor: StaffDep, conversation_id: str, key: KeyDep = None
) -> ConversationDetail:
    """Give it back to the bot."""
    return _act(services, actor, "conversations.hand_back", conversation_id, key=key)


@router.post("/{conversation_id}/close")
def close(
    services: ServicesDep, actor: StaffDep, conversation_id: str, key: KeyDep = None
) -> ConversationDetail:
    """Close it and ask for a rating."""
    return _act(services, actor, "conversations.close", conversation_id, key=key)


@router.post("/{conversation_id}/reopen")
def reopen(
    services: ServicesDep, actor: StaffDep, conversation_id: str, key: KeyDep = None
) -> ConversationDetail:
    """Open it again."""
    return _act(services, actor, "conversations.reopen", conversation_id, key=key)


@router.post("/{conversation_id}/read")
def mark_read(
    services: ServicesDep, actor: StaffDep, conversation_id: str, key: KeyDep = None
) -> ConversationDetail:
    """Mark all messages as read."""
    return _act(services, actor, "conversations.mark_read", conversation_id, key=key)


@router.post("/{conversation_id}/assign")
def assign(
    services: ServicesDep, actor: StaffDep, conversation_id: str, body: Assign, key: KeyDep = None
) -> ConversationDetail:
    """Give it to a colleague, or to the queue."""
    command = AssignConversation(conversation_id=conversation_id, user_id=body.user_id)
    services.runtime.invoke(actor, "conversations.assign", command, key=key)
    return _detail(services, actor, conversation_id)


@router.post("/{conversation_id}/reply", status_code=201)
def reply(
    services: ServicesDep,
    actor: StaffDep,
    conversation_id: str,
    body: ReplyText,
    key: KeyDep = None,
) -> MessageView:
    """Write to the customer."""
    command = ReplyAsPerson(conversation_id=conversation_id, **body.model_dump())
    view = services.runtime.invoke(actor, "conversations.reply", command, key=key)
    return linked(services, MessageView.model_validate(view))


@router.post("/{conversation_id}/notes", status_code=201)
def note(
    services: ServicesDep, actor: StaffDep, conversation_id: str, body: NoteText, key: KeyDep = None
) -> MessageView:
    """Add an internal note."""
    command = AddNote(conversation_id=conversation_id, text=body.text)
    view = services.runtime.invoke(actor, "conversations.note", command, key=key)
    return MessageView.model_validate(view)


@router.post("/{conversation_id}/uploads", status_code=201)
def upload(
    services: ServicesDep, actor: StaffDep, conversation_id: str, file: UploadFile
) -> AttachmentView:
    """Store a file; it goes along with the next reply."""
    if not actor.may("conversations:write"):
        raise Forbidden("You may not write in conversations")
    content = read_upload(services, file)
    services.blobs.put(actor.tenant_id, content)
    with services.database.write(actor.tenant_id) as session:
        queries.conversation(session, actor, conversation_id)
        row = conversations.store_attachment(
            session, actor.tenant_id, conversation_id, file.filename or "", content
        )
        return link(services, queries.attachment_view(row))


@router.post("/{conversation_id}/typing", status_code=204)
def typing(request: Request, session: SessionDep, actor: StaffDep, conversation_id: str) -> None:
    """Tell the customer that a person is typing."""
    row = queries.conversation(session, actor, conversation_id)
    request.app.state.hub.publish(chat_topic(row.id), {"type": "typing", "who": "agent"})


@router.get("/{conversation_id}/ticket-draft")
def ticket_draft(services: ServicesDep, actor: StaffDep, conversation_id: str) -> OpenTicket:
    """A ticket prefilled from the conversation."""
    command = TicketDraft(conversation_id=conversation_id)
    drafted = services.runtime.invoke(actor, "conversations.ticket_draft", command)
    return OpenTicket.model_validate(drafted)


def _act(
    services: Services, actor: Actor, tool: str, conversation_id: str, key: str | None
) -> ConversationDetail:
    command = PickConversation(conversation_id=conversation_id)
    services.runtime.invoke(actor, tool, command, key=key)
    return _detail(services, actor, conversation_id)


def _detail(services: Services, actor: Actor, conversation_id: str) -> ConversationDetail:
    with services.database.read(actor.tenant_id) as session:
        row = queries.conversation(session, actor, conversation_id)
        return queries.detail(session, actor, row)
