"""Writers of notices."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.notices import queries
from careloop.crm_core.notices.events import NoticeCreated
from careloop.crm_core.notices.models import Notice
from careloop.crm_core.notices.schemas import Message, NoticesRead, ReadNotices
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.events import emit
from careloop.kit.ids import new_id

BATCH = 500


def notify(session: Session, tenant_id: str, user_ids: Iterable[str], message: Message) -> int:
    """Tell each user once; ids that name no user of the tenant are passed over.

    Returns how many were told now. `NoticeCreated` follows for each of them.
    """
    wanted = sorted(set(user_ids))
    if not wanted:
        return 0
    known = accounts.names(session, tenant_id, set(wanted))
    told = queries.already_told(session, tenant_id, wanted, message.dedupe)
    at = now(session)
    rows = [
        Notice(
            tenant_id=tenant_id, id=new_id(), user_id=user_id, created_at=at, updated_at=at,
            **message.model_dump(),
        )
        for user_id in wanted
        if user_id in known and user_id not in told
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    for row in rows:
        emit(session, NoticeCreated(tenant_id, row.id, row.user_id))
    return len(rows)


def read_notices(session: Session, actor: Actor, command: ReadNotices) -> NoticesRead:
    """Mark notices of the actor as read; those of others are passed over."""
    marked = 0
    while rows := queries.to_mark(session, actor, None if command.all else command.ids, BATCH):
        for row in rows:
            row.mark_read(now(session))
        session.flush()
        marked += len(rows)
    return NoticesRead(marked=marked, unread=queries.unread_count(session, actor))
