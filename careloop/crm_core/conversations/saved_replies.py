"""Saved replies: texts that agents put into a conversation by a shortcut."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations.models import SavedReply
from careloop.crm_core.conversations.schemas import SavedReplyView, SaveReply
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def save_reply(session: Session, actor: Actor, command: SaveReply) -> SavedReplyView:
    """Set the text under a shortcut in a language."""
    row = queries.saved_reply(session, actor, command.shortcut, command.language)
    if row is None:
        row = SavedReply(
            tenant_id=actor.tenant_id, shortcut=command.shortcut, language=command.language
        )
        session.add(row)
    row.title, row.text = command.title, command.text
    session.flush()
    return SavedReplyView.model_validate(row, from_attributes=True)


def delete_reply(session: Session, actor: Actor, reply_id: str) -> SavedReplyView:
    """Delete a saved reply; returns it, so that the act can be undone."""
    row = session.get(SavedReply, (actor.tenant_id, reply_id))
    if row is None:
        raise NotFound("There is no such saved reply")
    view = SavedReplyView.model_validate(row, from_attributes=True)
    session.delete(row)
    return view
