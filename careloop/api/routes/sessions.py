"""One's own logins and password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from careloop.api.auth import COOKIE, DeskDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import act
from careloop.crm_core.accounts import session_queries
from careloop.crm_core.accounts.schemas import EndSessions, SessionsDone, SessionView

router = APIRouter(prefix="/v1/sessions", tags=["login"])


class Sessions(BaseModel):
    """Logins, the latest first."""

    items: list[SessionView]


@router.get("")
def sessions(
    request: Request, session: SessionDep, actor: DeskDep, services: ServicesDep
) -> Sessions:
    """One's own open logins; `current` marks the one that asks."""
    secret = request.cookies.get(COOKIE, "")
    now = services.clock.now()
    return Sessions(items=session_queries.open_views(session, actor, now, current=secret))


@router.delete("/{session_id}")
def end_session(services: ServicesDep, actor: StaffDep, session_id: str) -> SessionsDone:
    """End one of one's own logins."""
    return act(services, actor, "sessions.end", EndSessions(session_id=session_id), SessionsDone)


@router.delete("")
def end_others(
    request: Request, services: ServicesDep, session: SessionDep, actor: StaffDep,
    current_too: Annotated[bool, Query(description="True: end this login as well.")] = False,
) -> SessionsDone:  # fmt: skip
    """End all of one's own logins but the one that asks."""
    secret = "" if current_too else request.cookies.get(COOKIE, "")
    keep = session_queries.id_of(session, actor, secret) if secret else None
    return act(services, actor, "sessions.end", EndSessions(keep=keep), SessionsDone)
