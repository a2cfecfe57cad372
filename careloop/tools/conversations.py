"""Tools over conversations."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.conversations import queries, saved_replies, service
from careloop.crm_core.conversations.models import Author
from careloop.crm_core.conversations.schemas import (
    AddNote,
    AssignConversation,
    MessageView,
    PickConversation,
    Rate,
    ReplyAsPerson,
    RequestPerson,
    SavedReplyView,
    SaveReply,
)  # fmt: skip
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import Priority, TicketType
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict
from careloop.tools.spec import Done, Effect, tool

TITLE = 120


class PersonRequested(BaseModel):
    """Who owns the conversation after the request."""

    owner: str


class NoArguments(BaseModel):
    """Nothing to say."""


class TicketDraft(BaseModel):
    """The conversation to draft a ticket from."""

    conversation_id: str = Field(description="Id of the conversation.")


class PickSavedReply(BaseModel):
    """One saved reply."""

    reply_id: str = Field(description="Id of the saved reply.")


@tool("conversations.request_person", effect=Effect.WRITE, scope="conversations:handoff")
def request_person(session: Session, actor: Actor, command: RequestPerson) -> PersonRequested:
    """Hand the conversation over to a person."""
    return PersonRequested(owner=service.request_person(session, actor, command))


@tool("conversations.ticket_draft", effect=Effect.READ, scope="tickets:open")
def ticket_draft(session: Session, actor: Actor, command: TicketDraft) -> OpenTicket:
    """Prefill a ticket from what was said in a conversation."""
    row = queries.conversation(session, actor, command.conversation_id)
    said = [
        line.text
        for line in queries.messages(session, actor, row.id)
        if line.author == Author.CUSTOMER and line.text
    ]
    told = str(row.memory.get("fault") or row.memory.get("question") or (said[0] if said else ""))
    asset = assets.asset_by_id(session, actor.tenant_id, row.asset_id) if row.asset_id else None
    contact = customers.contact(session, actor, row.contact_id)
    return OpenTicket(
        type=TicketType.INCIDENT,
        title=" ".join(told.split())[:TITLE] or row.id,
        description="\n".join(said)[:20_000],
        priority=Priority.NORMAL,
        language=row.language,
        serial=asset.serial if asset else "",
        model=asset.model if asset else str(row.memory.get("model") or ""),
        error_codes=list(row.memory.get("error_codes") or []),
        callback_phone=contact.phone or str(row.memory.get("phone") or ""),
        conversation_id=row.id,
        contact_id=contact.id,
        customer_id=contact.customer_id,
    )


@tool("conversations.take_over", effect=Effect.WRITE, scope="conversations:write")
def take_over(session: Session, actor: Actor, command: PickConversation) -> Done:
    """Answer a conversation oneself from now on."""
    service.take_over(session, actor, command)
    return Done()


@tool("conversations.assign", effect=Effect.WRITE, scope="conversations:write")
def assign(session: Session, actor: Actor, command: AssignConversation) -> Done:
    """Give a conversation to a colleague, or back to the queue."""
    colleague = accounts.user(session, actor, command.user_id) if command.user_id else None
    if colleague is not None and not colleague.active:
        raise Conflict("This colleague has no access any more")
    service.assign(session, actor, command, colleague.name if colleague else "")
    return Done()


@tool("conversations.hand_back", effect=Effect.WRITE, scope="conversations:write")
def hand_back(session: Session, actor: Actor, command: PickConversation) -> Done:
    """Give a conversation back to the bot."""
    service.hand_back(session, actor, command)
    return Done()


@tool("conversations.reply", effect=Effect.WRITE, scope="conversations:write")
def reply(session: Session, actor: Actor, command: ReplyAsPerson) -> MessageView:
    """Write to the customer."""
    row = service.reply_as_person(session, actor, command)
    tickets.note_conversation_answer(session, actor.tenant_id, command.conversation_id)
    return queries.message_views(session, actor, [row])[0]


@tool("conversations.note", effect=Effect.WRITE, scope="conversations:write")
def note(session: Session, actor: Actor, command: AddNote) -> MessageView:
    """Add an internal note."""
    row = service.add_note(session, actor, command)
    return queries.message_views(session, actor, [row])[0]


@tool("conversations.mark_read", effect=Effect.WRITE, scope="conversations:write")
def mark_read(session: Session, actor: Actor, command: PickConversation) -> Done:
    """Mark all messages of a conversation as read by the desk."""
    service.mark_read(session, actor, command)
    return Done()


@tool("conversations.close", effect=Effect.WRITE, scope="conversations:write")
def close(session: Session, actor: Actor, command: PickConversation) -> Done:
    """Close a conversation and ask the customer for a rating."""
    service.close(session, actor, command)
    return Done()


@tool("conversations.end", effect=Effect.WRITE, scope="chat")
def end(session: Session, actor: Actor, command: NoArguments) -> Done:
    """End one's own conversation."""
    own = PickConversation(conversation_id=actor.conversation_id or "")
    service.close(session, actor, own)
    return Done()


@tool("conversations.reopen", effect=Effect.WRITE, scope="conversations:write")
def reopen(session: Session, actor: Actor, command: PickConversation) -> Done:
    """Open a closed conversation again."""
    service.reopen(session, actor, command)
    return Done()


@tool("conversations.rate", effect=Effect.WRITE, scope="chat")
def rate(session: Session, actor: Actor, command: Rate) -> Done:
    """Store the customer's rating of this conversation."""
    service.rate(session, actor, command)
    return Done()


@tool("saved_replies.save", effect=Effect.WRITE, scope="conversations:write")
def save_reply(session: Session, actor: Actor, command: SaveReply) -> SavedReplyView:
    """Save a reply under a shortcut."""
    return saved_replies.save_reply(session, actor, command)


@tool("saved_replies.delete", effect=Effect.DESTROY, scope="conversations:write")
def delete_reply(session: Session, actor: Actor, command: PickSavedReply) -> SavedReplyView:
    """Delete a saved reply."""
    return saved_replies.delete_reply(session, actor, command.reply_id)
