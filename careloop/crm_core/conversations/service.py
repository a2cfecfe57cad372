"""Writers of conversations: the doors for inbound messages, bot turns and persons."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations.events import ConversationChanged, CustomerWaits, OwnerChanged
from careloop.crm_core.conversations.models import (
    Attachment,
    Author,
    Conversation,
    Message,
    Owner,
)  # fmt: skip
from careloop.crm_core.conversations.schemas import (
    AddNote,
    AssignConversation,
    Claim,
    PickConversation,
    Rate,
    ReplyAsPerson,
    RequestPerson,
    TurnEnd,
    TurnResult,
)  # fmt: skip
from careloop.crm_core.customers import service as customers
from careloop.kit.actor import Actor
from careloop.kit.blobs import Content
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage, Notice, RatingRequest, Reply
from careloop.kit.telemetry import HANDOFFS, MESSAGES
from careloop.kit.text import clean

SNIPPET = 140
MAX_ATTACHMENTS = 10


def start(
    session: Session,
    tenant_id: str,
    channel: str,
    account: str,
    sender: str,
    language: str = "",
    visitor_hash: str | None = None,
    days: int = 30,
    page_url: str = "",
) -> Conversation:
    """Open a conversation for whoever is known as `sender` on the channel."""
    at = now(session)
    contact = customers.ensure_contact(session, tenant_id, channel, account, sender, language)
    conversation = Conversation(
        tenant_id=tenant_id,
        id=new_id(),
        channel=channel,
        account=account,
        contact_id=contact.id,
        visitor_hash=visitor_hash,
        visitor_expires_at=at + timedelta(days=days) if visitor_hash else None,
        language=language,
        last_message_at=at,
        created_at=at,
        updated_at=at,
        memory={},
        page_url=page_url[:500],
    )
    session.add(conversation)
    session.flush()
    return conversation


def speak(session: Session, conversation: Conversation, language: str) -> None:
    """The visitor chose another language in the widget."""
    if language and language != conversation.language:
        conversation.language = language
        conversation.touch(now(session))


def receive(
    session: Session,
    conversation_id: str,
    tenant_id: str,
    message: InboundMessage,
    limit: int,
) -> Message:
    """Store an inbound message once; the same `external_id` again returns the first one.

    A message to a closed conversation reopens it for the bot.
    """
    conversation = queries.locked(session, tenant_id, conversation_id)
    known = queries.by_client_id(session, conversation, message.external_id)
    if known is not None:
        return known
    text, cut = clean(message.text, limit)
    files = queries.loose_attachments(session, conversation, message.attachment_ids)
    if not text and not files:
        raise InvalidInput("Write something or attach a file")
    if not conversation.is_open:
        conversation.reopen(now(session))
    row = _append(
        session, conversation, Author.CUSTOMER, text,
        client_msg_id=message.external_id, truncated=cut,
        trace={"action": message.action} if message.action else None,
    )  # fmt: skip
    for file in files:
        file.message_id = row.id
    conversation.last_customer_seq = row.seq
    conversation.unread += 1
    if conversation.owner != Owner.BOT:
        conversation.answered_seq = row.seq
    if not conversation.subject and text:
        conversation.subject = text[:200]
    return row


def store_attachment(
    session: Session, tenant_id: str, conversation_id: str, name: str, content: Content
) -> Attachment:
    """Register an uploaded file; the bytes lie in the blob store under their hash."""
    conversation = queries.locked(session, tenant_id, conversation_id)
    if queries.loose_count(session, conversation) >= MAX_ATTACHMENTS:
        raise Conflict("Send the files you have attached first")
    file = Attachment(
        tenant_id=tenant_id, conversation_id=conversation_id, message_id=None,
        name=safe_name(name), media_type=content.media_type, size=len(content.data),
        sha256=content.sha256, created_at=now(session),
    )  # fmt: skip
    session.add(file)
    session.flush()
    return file


def safe_name(name: str) -> str:
    """A file's name for display: the last path part, without control characters."""
    kept, _ = clean(name.replace("\\", "/").rsplit("/", 1)[-1], 120)
    return kept.replace("\n", " ") or "file"


def claim_turn(
    session: Session, tenant_id: str, conversation_id: str, seconds: int
) -> Claim | None:
    """Lease the bot's turn, or None when there is nothing to answer or another holds it."""
    conversation = queries.locked(session, tenant_id, conversation_id)
    token = new_id()
    if not conversation.lease_turn(token, now(session), seconds):
        return None
    return Claim(
        tenant_id=tenant_id,
        conversation_id=conversation_id,
        token=token,
        upto_seq=conversation.last_customer_seq,
        attempts=conversation.turn_attempts,
    )


def finish_turn(session: Session, claim: Claim, result: TurnResult) -> TurnEnd:
    """Store a turn's replies and memory at once, if the claim still holds.

    A lost claim (a person took over, or the lease ran out and another worker answered) stores
    nothing: no customer ever gets two answers to one message.
    """
    conversation = queries.locked(session, claim.tenant_id, claim.conversation_id)
    if conversation.turn_token != claim.token:
        return TurnEnd.LOST
    for reply in result.replies:
        _append_reply(session, conversation, Author.BOT, reply, trace=result.trace)
    conversation.memory = result.memory
    if result.language:
        conversation.language = result.language
    if result.subject:
        conversation.subject = result.subject[:200]
    if result.asset_id:
        conversation.asset_id = result.asset_id
    conversation.end_turn(claim.upto_seq)
    return TurnEnd.MORE if conversation.awaits_bot else TurnEnd.DONE


def request_person(session: Session, actor: Actor, command: RequestPerson) -> str:
    """Bot to queue, with a reason and a summary; asking again changes nothing."""
    conversation_id = command.conversation_id if actor.is_staff else actor.conversation_id
    conversation = queries.locked(session, actor.tenant_id, conversation_id or "")
    if conversation.queue_for_person(command.reason, command.summary, now(session)):
        HANDOFFS.labels(command.reason).inc()
        emit(session, CustomerWaits(actor.tenant_id, conversation.id, command.reason))
        notice = Notice(event="waiting", wait_minutes=command.wait_minutes)
        _append_reply(session, conversation, Author.SYSTEM, Reply(text="", parts=[notice]))
    return conversation.owner


def take_over(session: Session, actor: Actor, command: PickConversation) -> None:
    """The acting agent answers from now on; the customer sees who joined."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    user_id = _person(actor)
    if conversation.owner == Owner.PERSON and conversation.owner_user_id == user_id:
        return
    conversation.take(user_id, now(session))
    _notice(session, conversation, "person_joined", actor.name)


def assign(session: Session, actor: Actor, command: AssignConversation, user_name: str) -> None:
    """Give the conversation to a colleague, or back to the queue."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    if command.user_id is None:
        conversation.requeue(now(session))
        emit(session, CustomerWaits(actor.tenant_id, conversation.id, "requeued"))
        _changed(session, conversation)
        return
    conversation.take(command.user_id, now(session))
    _notice(session, conversation, "person_joined", user_name)


def hand_back(session: Session, actor: Actor, command: PickConversation) -> None:
    """The bot answers again from the next message on."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    conversation.hand_back(now(session))
    # What was asked before the person came is settled; the bot starts from a clean slate.
    kept = {"asset", "model", "language"}
    conversation.memory = {k: v for k, v in conversation.memory.items() if k in kept}
    _notice(session, conversation, "bot_back", actor.name)


def reply_as_person(session: Session, actor: Actor, command: ReplyAsPerson) -> Message:
    """An agent's message; writing takes the conversation over if nobody has it."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    if command.client_msg_id:
        known = queries.by_client_id(session, conversation, command.client_msg_id)
        if known is not None:
            return known
    user_id = _person(actor)
    text, _ = clean(command.text, 10_000)
    files = queries.loose_attachments(session, conversation, command.attachment_ids)
    if not text and not files:
        raise InvalidInput("Write something or attach a file")
    if conversation.owner == Owner.PERSON and conversation.owner_user_id != user_id:
        raise Conflict("A colleague has this conversation; take it over first")
    if conversation.owner != Owner.PERSON:
        conversation.take(user_id, now(session))
        _notice(session, conversation, "person_joined", actor.name)
    row = _append(
        session, conversation, Author.AGENT, text, user_id=user_id, name=actor.name,
        client_msg_id=command.client_msg_id,
    )  # fmt: skip
    for file in files:
        file.message_id = row.id
    conversation.unread = 0
    return row


def add_note(session: Session, actor: Actor, command: AddNote) -> Message:
    """An internal note; the customer never sees it."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    return _append(
        session, conversation, Author.AGENT, command.text.strip(), user_id=_person(actor),
        name=actor.name, internal=True,
    )  # fmt: skip


def mark_read(session: Session, actor: Actor, command: PickConversation) -> None:
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    if conversation.unread:
        conversation.unread = 0
        _changed(session, conversation)


def close(session: Session, actor: Actor, command: PickConversation) -> None:
    """End a conversation; the customer is asked for a rating, once."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    conversation.close(now(session))
    message = Reply(text="", parts=[Notice(event="closed")])
    if conversation.rating is None:
        message.parts.append(RatingRequest())
    _append_reply(session, conversation, Author.SYSTEM, message)


def reopen(session: Session, actor: Actor, command: PickConversation) -> None:
    """Open a closed conversation again; it belongs to the agent who did so."""
    conversation = queries.locked(session, actor.tenant_id, command.conversation_id)
    if conversation.is_open:
        raise Conflict("This conversation is open")
    conversation.reopen(now(session), Owner.PERSON, _person(actor))
    _notice(session, conversation, "person_joined", actor.name)


def rate(session: Session, actor: Actor, command: Rate) -> None:
    """Store the customer's rating; the last one counts."""
    conversation = queries.locked(session, actor.tenant_id, actor.conversation_id or "")
    conversation.rating, conversation.rating_comment = command.score, command.comment.strip()
    conversation.touch(now(session))
    _changed(session, conversation)


def announce(session: Session, tenant_id: str, conversation_id: str) -> None:
    """Tell watchers that something beside the messages changed, such as a ticket."""
    emit(session, ConversationChanged(tenant_id, conversation_id))


def say_for_the_house(
    session: Session, conversation: Conversation, text: str, client_msg_id: str
) -> Message:
    """A message by nobody in particular; the caller holds the lock. See `telling`."""
    lang = conversation.language
    return _append(session, conversation, Author.SYSTEM, text, language=lang,
                   client_msg_id=client_msg_id)  # fmt: skip


def _person(actor: Actor) -> str:
    if actor.user_id is None:
        raise Forbidden("Only a member of staff can do this")
    return actor.user_id


def _notice(session: Session, conversation: Conversation, event: str, name: str) -> None:
    reply = Reply(text="", parts=[Notice(event=event)])
    _append_reply(session, conversation, Author.SYSTEM, reply, name=name)
    emit(session, OwnerChanged(conversation.tenant_id, conversation.id, event))


def _append_reply(
    session: Session,
    conversation: Conversation,
    author: Author,
    reply: Reply,
    name: str = "",
    trace: dict[str, object] | None = None,
) -> Message:
    return _append(
        session, conversation, author, reply.text, name=name,
        language=reply.language or conversation.language,
        parts=[part.model_dump(mode="json") for part in reply.parts], trace=trace,
    )  # fmt: skip


def _append(
    session: Session,
    conversation: Conversation,
    author: Author,
    text: str,
    *,
    user_id: str | None = None,
    name: str = "",
    internal: bool = False,
    truncated: bool = False,
    language: str = "",
    client_msg_id: str | None = None,
    parts: list[dict[str, object]] | None = None,
    trace: dict[str, object] | None = None,
) -> Message:
    at = now(session)
    row = Message(
        tenant_id=conversation.tenant_id,
        id=new_id(),
        conversation_id=conversation.id,
        seq=conversation.next_seq(),
        author=author,
        author_user_id=user_id,
        author_name=name,
        internal=internal,
        text=text,
        truncated=truncated,
        language=language,
        parts=parts or [],
        client_msg_id=client_msg_id,
        trace=trace or {},
        created_at=at,
        updated_at=at,
    )
    session.add(row)
    conversation.last_message_at = at
    if text and not internal:
        conversation.last_snippet = " ".join(text.split())[:SNIPPET]
    conversation.touch(at)
    MESSAGES.labels(conversation.channel, author).inc()
    _changed(session, conversation)
    return row


def _changed(session: Session, conversation: Conversation) -> None:
    emit(session, ConversationChanged(conversation.tenant_id, conversation.id))
