"""Selects of conversations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.conversations.models import (
    Attachment,
    Author,
    Conversation,
    Message,
    Owner,
    SavedReply,
)  # fmt: skip
from careloop.crm_core.conversations.schemas import (
    AttachmentView,
    ConversationDetail,
    ConversationSummary,
    MessageView,
    SavedReplyView,
)  # fmt: skip
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput, NotFound

MIN_WAITS = 3
BOXES = ("bot", "queue", "mine", "people", "closed", "all")


def visible_to(actor: Actor) -> Select[Conversation]:
    """Staff with the scope see all; a visitor sees the one they hold the token of."""
    statement = select(Conversation).where(Conversation.tenant_id == actor.tenant_id)
    if actor.is_staff:
        return statement if actor.may("conversations:read") else statement.where(false())
    return statement.where(Conversation.id == (actor.conversation_id or ""))


def in_box(statement: Select[Any], actor: Actor, box: str) -> Select[Any]:
    """Narrow to a box of the inbox."""
    opened = statement.where(Conversation.state == "open")
    if box == "bot":
        return opened.where(Conversation.owner == Owner.BOT, Conversation.last_seq > 0)
    if box == "queue":
        return opened.where(Conversation.owner == Owner.QUEUE)
    if box == "mine":
        return opened.where(
            Conversation.owner == Owner.PERSON, Conversation.owner_user_id == actor.user_id
        )
    if box == "people":
        return opened.where(Conversation.owner == Owner.PERSON)
    if box == "closed":
        return statement.where(Conversation.state == "closed")
    return statement.where(Conversation.last_seq > 0)


def conversations(
    session: Session, actor: Actor, box: str, q: str = "", before: str = "", limit: int = 50
) -> list[Conversation]:
    """A box, latest message first (the queue: longest wait first); `before` is a cursor."""
    statement = in_box(visible_to(actor), actor, box)
    if q:
        statement = statement.where(_matches(actor, q))
    if box == "queue":
        statement = _longest_wait_first(statement, before)
    else:
        statement = _latest_first(statement, before)
    return list(session.scalars(statement.limit(limit)))


def cursor_of(row: Conversation, box: str) -> str:
    """Where the page of `box` that ends with this row goes on."""
    at = row.waiting_since if box == "queue" else row.last_message_at
    # `Z`, not `+00:00`: a plus sign in an address would arrive as a space.
    instant = as_utc(at or row.last_message_at).isoformat().replace("+00:00", "Z")
    return f"{instant}|{row.id}"


def _latest_first(statement: Select[Conversation], before: str) -> Select[Conversation]:
    at, row_id = Conversation.last_message_at, Conversation.id
    if before:
        # The cursor pairs instant and id, so rows of one instant are neither lost nor doubled.
        instant, last_id = _cursor(before)
        statement = statement.where(or_(at < instant, (at == instant) & (row_id < last_id)))
    return statement.order_by(at.desc(), row_id.desc())


def _longest_wait_first(statement: Select[Conversation], before: str) -> Select[Conversation]:
    at, row_id = Conversation.waiting_since, Conversation.id
    if before:
        instant, last_id = _cursor(before)
        statement = statement.where(or_(at > instant, (at == instant) & (row_id > last_id)))
    return statement.order_by(at, row_id)


def _cursor(text: str) -> tuple[datetime, str]:
    instant, _, last_id = text.partition("|")
    try:
        return datetime.fromisoformat(instant), last_id
    except ValueError:
        raise InvalidInput("cursor: use the one that the last page gave") from None


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """How many conversations lie in each box."""
    result = {}
    for box in ("bot", "queue", "mine", "people"):
        inner = in_box(visible_to(actor), actor, box).subquery()
        result[box] = session.scalar(select(func.count()).select_from(inner)) or 0
    return result


def conversation(session: Session, actor: Actor, conversation_id: str) -> Conversation:
    found = session.scalar(visible_to(actor).where(Conversation.id == conversation_id))
    if found is None:
        raise NotFound("There is no such conversation")
    return found


def locked(session: Session, tenant_id: str, conversation_id: str) -> Conversation:
    """The row under a lock, for the writers."""
    statement = select(Conversation).where(
        Conversation.tenant_id == tenant_id, Conversation.id == conversation_id
    )
    found = session.scalar(statement.with_for_update())
    if found is None:
        raise NotFound("There is no such conversation")
    return found


def by_id(session: Session, tenant_id: str, conversation_id: str) -> Conversation:
    """The row without a lock, for a caller that has been let in already."""
    found = session.get(Conversation, (tenant_id, conversation_id))
    if found is None:
        raise NotFound("There is no such conversation")
    return found


def by_visitor(session: Session, visitor_hash: str) -> Conversation | None:
    return session.scalar(select(Conversation).where(Conversation.visitor_hash == visitor_hash))


def unanswered(session: Session, at: datetime, limit: int = 100) -> list[Conversation]:
    """Conversations, of all tenants, whose customer waits for a bot turn nobody is doing."""
    statement = (
        select(Conversation)
        .where(
            Conversation.state == "open",
            Conversation.owner == Owner.BOT,
            Conversation.last_customer_seq > Conversation.answered_seq,
            or_(Conversation.turn_lease_until.is_(None), Conversation.turn_lease_until <= at),
        )
        .order_by(Conversation.last_message_at)
        .limit(limit)
    )
    return list(session.scalars(statement))


def median_wait_minutes(session: Session, tenant_id: str, of_last: int = 20) -> int | None:
    """The median wait for a person in the latest hand-overs, in whole minutes, at least one."""
    statement = (
        select(Conversation.waited_seconds)
        .where(Conversation.tenant_id == tenant_id, Conversation.waited_seconds.is_not(None))
        .order_by(Conversation.id.desc())
        .limit(of_last)
    )
    waits = [seconds for seconds in session.scalars(statement) if seconds is not None]
    return max(1, round(median(waits) / 60)) if len(waits) >= MIN_WAITS else None


def changed_since(session: Session, since: datetime) -> list[tuple[str, str]]:
    """(tenant, conversation) that changed after that instant; wakes sockets of other processes."""
    statement = select(Conversation.tenant_id, Conversation.id).where(
        Conversation.updated_at > since
    )
    return [(row.tenant_id, row.id) for row in session.execute(statement)]


def messages(
    session: Session, actor: Actor, conversation_id: str, after_seq: int = 0, limit: int = 500
) -> list[Message]:
    """Messages in order; internal notes for staff only."""
    statement = select(Message).where(
        Message.tenant_id == actor.tenant_id,
        Message.conversation_id == conversation_id,
        Message.seq > after_seq,
    )
    if not actor.is_staff:
        statement = statement.where(Message.internal.is_(False))
    return list(session.scalars(statement.order_by(Message.seq).limit(limit)))


def recent(session: Session, tenant_id: str, conversation_id: str, limit: int) -> list[Message]:
    """The last `limit` messages that the customer can see, oldest first."""
    statement = select(Message).where(
        Message.tenant_id == tenant_id,
        Message.conversation_id == conversation_id,
        Message.internal.is_(False),
    )
    latest = session.scalars(statement.order_by(Message.seq.desc()).limit(limit))
    return list(reversed(latest.all()))


def by_client_id(
    session: Session, conversation: Conversation, client_msg_id: str
) -> Message | None:
    return session.scalar(
        select(Message).where(
            Message.tenant_id == conversation.tenant_id,
            Message.conversation_id == conversation.id,
            Message.client_msg_id == client_msg_id,
        )
    )


def attachments_of(
    session: Session, tenant_id: str, message_ids: Iterable[str]
) -> dict[str, list[Attachment]]:
    """Attachments by message id."""
    result: dict[str, list[Attachment]] = {}
    statement = select(Attachment).where(
        Attachment.tenant_id == tenant_id, Attachment.message_id.in_(list(message_ids))
    )
    for row in session.scalars(statement.order_by(Attachment.id)):
        result.setdefault(row.message_id or "", []).append(row)
    return result


def loose_attachments(
    session: Session, conversation: Conversation, ids: Sequence[str]
) -> list[Attachment]:
    """Uploaded files of this conversation not yet sent; a foreign or used id is not found."""
    if not ids:
        return []
    statement = select(Attachment).where(
        Attachment.tenant_id == conversation.tenant_id,
        Attachment.conversation_id == conversation.id,
        Attachment.message_id.is_(None),
        Attachment.id.in_(ids),
    )
    found = list(session.scalars(statement))
    if len(found) != len(set(ids)):
        raise NotFound("An attached file is missing; attach it again")
    return found


def loose_count(session: Session, conversation: Conversation) -> int:
    statement = select(func.count()).where(
        Attachment.tenant_id == conversation.tenant_id,
        Attachment.conversation_id == conversation.id,
        Attachment.message_id.is_(None),
    )
    return session.scalar(statement) or 0


def attachment(session: Session, tenant_id: str, attachment_id: str) -> Attachment:
    found = session.get(Attachment, (tenant_id, attachment_id))
    if found is None:
        raise NotFound("There is no such file")
    return found


def attachment_by_id(session: Session, attachment_id: str) -> Attachment:
    """The file of a signed link; the signature is the permission, whatever the tenant."""
    found = session.scalar(select(Attachment).where(Attachment.id == attachment_id))
    if found is None:
        raise NotFound("There is no such file")
    return found


def saved_replies(session: Session, actor: Actor) -> list[SavedReplyView]:
    statement = select(SavedReply).where(SavedReply.tenant_id == actor.tenant_id)
    rows = session.scalars(statement.order_by(SavedReply.shortcut, SavedReply.language))
    return [SavedReplyView.model_validate(row, from_attributes=True) for row in rows]


def saved_reply(session: Session, actor: Actor, shortcut: str, language: str) -> SavedReply | None:
    return session.scalar(
        select(SavedReply).where(
            SavedReply.tenant_id == actor.tenant_id,
            SavedReply.shortcut == shortcut,
            SavedReply.language == language,
        )
    )


def message_views(session: Session, actor: Actor, rows: Sequence[Message]) -> list[MessageView]:
    files = attachments_of(session, actor.tenant_id, [row.id for row in rows])
    return [
        MessageView.model_validate(
            {
                "id": row.id,
                "seq": row.seq,
                "author": row.author,
                "author_name": row.author_name,
                "internal": row.internal,
                "text": row.text,
                "truncated": row.truncated,
                "language": row.language,
                "parts": row.parts,
                "attachments": [attachment_view(file) for file in files.get(row.id, [])],
                "client_msg_id": row.client_msg_id,
                "created_at": iso(row.created_at),
                "trace": row.trace if actor.is_staff else {},
            }
        )
        for row in rows
    ]


def attachment_view(row: Attachment) -> AttachmentView:
    return AttachmentView(id=row.id, name=row.name, media_type=row.media_type, size=row.size)


def summaries(
    session: Session, actor: Actor, rows: Sequence[Conversation]
) -> list[ConversationSummary]:
    """Lines of the inbox, with names looked up in three queries, not in three per line."""
    names = _Names(session, actor.tenant_id, rows)
    return [ConversationSummary(**_summary(row, names)) for row in rows]


def detail(session: Session, actor: Actor, row: Conversation) -> ConversationDetail:
    names = _Names(session, actor.tenant_id, [row])
    contact = names.contacts.get(row.contact_id)
    return ConversationDetail(
        **_summary(row, names),
        customer_id=contact.customer_id if contact else None,
        asset_id=row.asset_id,
        handoff_summary=row.handoff_summary,
        last_seq=row.last_seq,
        version=row.version,
        page_url=row.page_url,
        rating_comment=row.rating_comment,
        created_at=iso(row.created_at),
        closed_at=iso(row.closed_at) if row.closed_at else None,
    )


class _Names:
    def __init__(self, session: Session, tenant_id: str, rows: Sequence[Conversation]) -> None:
        self.contacts = customers.contacts_by_id(
            session, tenant_id, {row.contact_id for row in rows}
        )
        owners = {row.owner_user_id for row in rows if row.owner_user_id}
        self.users = accounts.names(session, tenant_id, owners)
        organisations = {c.customer_id for c in self.contacts.values() if c.customer_id}
        self.customers = customers.names(session, tenant_id, organisations)


def _summary(row: Conversation, names: _Names) -> dict[str, Any]:
    contact = names.contacts.get(row.contact_id)
    return {
        "id": row.id,
        "channel": row.channel,
        "state": row.state,
        "owner": row.owner,
        "owner_user_id": row.owner_user_id,
        "owner_name": names.users.get(row.owner_user_id or "", ""),
        "contact_id": row.contact_id,
        "contact_name": contact.name if contact else "",
        "customer_name": names.customers.get(contact.customer_id or "", "") if contact else "",
        "language": row.language,
        "subject": row.subject,
        "snippet": row.last_snippet,
        "last_message_at": iso(row.last_message_at),
        "waiting_since": iso(row.waiting_since) if row.waiting_since else None,
        "handoff_reason": row.handoff_reason,
        "unread": row.unread,
        "rating": row.rating,
    }


def _matches(actor: Actor, q: str) -> Any:
    like = q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    said = select(Message.conversation_id).where(
        Message.tenant_id == actor.tenant_id,
        Message.author != Author.SYSTEM,
        func.lower(Message.text).like(f"%{like}%", escape="\\"),
    )
    people = customers.contact_ids_named(actor.tenant_id, q)
    return or_(Conversation.id.in_(said), Conversation.contact_id.in_(people))
