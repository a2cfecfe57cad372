"""Who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from careloop.api.auth import AuditReaderDep, SessionDep
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.audit import queries
from careloop.crm_core.audit.schemas import AuditEntryView
from careloop.kit.clock import as_utc

router = APIRouter(prefix="/v1/audit", tags=["audit"])

Word = Annotated[str, Query(max_length=120)]


@router.get("")
def entries(
    session: SessionDep, actor: AuditReaderDep,
    target: Annotated[str, Query(
        max_length=120, description="`<table>:<id>`, or `<table>:` for all rows of a table."
    )] = "",
    actor_label: Annotated[str, Query(
        max_length=60, description="`user:<id>`, `contact:<id>`, `bot` or `system`."
    )] = "",
    tool: Annotated[str, Query(
        max_length=80, description="Name of a tool, or of a domain with a dot: `tickets.`"
    )] = "",
    since: datetime | None = None, until: datetime | None = None,
    cursor: Word = "", limit: Limit = 50,
) -> Page[AuditEntryView]:  # fmt: skip
    """Acts, newest first, each with the rows it changed: before and after, column by column."""
    place = decode_cursor(cursor, 1)
    found = queries.entries(
        session, actor, target=target, actor_label=actor_label, tool=tool,
        since=as_utc(since) if since else None, until=as_utc(until) if until else None,
        before=str(place[0]) if place else "", limit=limit + 1,
    )  # fmt: skip
    following = encode_cursor(found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=following)
