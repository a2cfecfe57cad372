"""Selects of notices: each reader sees their own alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.notices.models import Notice
from careloop.crm_core.notices.schemas import NoticeView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso


def visible_to(actor: Actor) -> Select[Notice]:
    """Notices the actor may see: their own, for staff with an account."""
    statement = select(Notice).where(Notice.tenant_id == actor.tenant_id)
    if not actor.is_staff or actor.user_id is None:
        return statement.where(false())
    return statement.where(Notice.user_id == actor.user_id)


def notices(
    session: Session, actor: Actor, unread: bool = False, before: str = "", limit: int = 50
) -> list[Notice]:
    """The actor's notices, the newest first; those before the id `before`."""
    statement = visible_to(actor)
    if unread:
        statement = statement.where(Notice.read_at.is_(None))
    if before:
        statement = statement.where(Notice.id < before)
    return list(session.scalars(statement.order_by(Notice.id.desc()).limit(limit)))


def unread_count(session: Session, actor: Actor) -> int:
    """How many of the actor's notices are unread."""
    unread = visible_to(actor).where(Notice.read_at.is_(None)).with_only_columns(func.count())
    return session.execute(unread).scalar_one()


def to_mark(session: Session, actor: Actor, ids: Sequence[str] | None, limit: int) -> list[Notice]:
    """Unread notices of the actor, locked in the order of their ids; all where `ids` is None."""
    statement = visible_to(actor).where(Notice.read_at.is_(None))
    if ids is not None:
        statement = statement.where(Notice.id.in_(ids))
    return list(session.scalars(statement.order_by(Notice.id).limit(limit).with_for_update()))


def already_told(
    session: Session, tenant_id: str, user_ids: Sequence[str], dedupe: str
) -> set[str]:
    """Those of the users who have this notice."""
    statement = select(Notice.user_id).where(
        Notice.tenant_id == tenant_id, Notice.user_id.in_(user_ids), Notice.dedupe == dedupe
    )
    return set(session.scalars(statement))


def notice_view(row: Notice) -> NoticeView:
    return NoticeView.model_validate(
        {
            **{name: getattr(row, name) for name in NoticeView.model_fields},
            "created_at": iso(row.created_at),
            "read_at": iso(row.read_at) if row.read_at else None,
        }
    )
