"""Notices of the member of staff who asks."""

from __future__ import annotations

from fastapi import APIRouter

from careloop.api.auth import DeskDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import KeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.notices import queries
from careloop.crm_core.notices.schemas import NoticesRead, NoticeView, ReadNotices

router = APIRouter(prefix="/v1/notices", tags=["notices"])


class NoticePage(Page[NoticeView]):
    """One page of notices, and how many are unread in all."""

    unread: int


@router.get("")
def notices(
    session: SessionDep, actor: DeskDep, unread: bool = False, cursor: str = "", limit: Limit = 50
) -> NoticePage:
    """The caller's notices, the newest first."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    rows = queries.notices(session, actor, unread, before, limit + 1)
    return NoticePage(
        items=[queries.notice_view(row) for row in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
        unread=queries.unread_count(session, actor),
    )


@router.post("/read")
def read(
    services: ServicesDep, actor: StaffDep, body: ReadNotices, key: KeyDep = None
) -> NoticesRead:
    """Mark some, or with `all` every one, of the caller's notices as read."""
    return act(services, actor, "notices.read", body, NoticesRead, key=key)
