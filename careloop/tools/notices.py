"""Tools over notices."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.notices import service
from careloop.crm_core.notices.schemas import NoticesRead, ReadNotices
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("notices.read", effect=Effect.WRITE, scope="desk")
def read_notices(session: Session, actor: Actor, command: ReadNotices) -> NoticesRead:
    """Mark the caller's own notices as read."""
    return service.read_notices(session, actor, command)
