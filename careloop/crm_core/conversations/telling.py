"""The house itself says something in a conversation, such as that there is a survey."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.models import Message
from careloop.kit.errors import InvalidInput
from careloop.kit.text import clean

MOST_CHARS = 10_000


def tell(
    session: Session, tenant_id: str, conversation_id: str, text: str, client_msg_id: str
) -> Message:
    """Put a message of the house at the end, once for each `client_msg_id`.

    Who answers in the conversation stays as it is; a closed one stays closed.
    """
    conversation = queries.locked(session, tenant_id, conversation_id)
    known = queries.by_client_id(session, conversation, client_msg_id)
    if known is not None:
        return known
    said, _ = clean(text, MOST_CHARS)
    if not said:
        raise InvalidInput("There is nothing to say")
    return conversations.say_for_the_house(session, conversation, said, client_msg_id)
