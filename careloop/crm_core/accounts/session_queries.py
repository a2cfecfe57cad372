"""Selects of login sessions, for the person whose they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import LoginSession
from careloop.crm_core.accounts.schemas import SessionView
from careloop.crm_core.accounts.secrets import hash_secret
from careloop.crm_core.accounts.sessions import is_open
from careloop.crm_core.accounts.sightings import sightings_of
from careloop.kit.actor import Actor
from careloop.kit.clock import iso


def visible_to(actor: Actor, user_id: str = "") -> Select[LoginSession]:
    """One's own logins; a colleague's with `users:write`."""
    owner = user_id or actor.user_id or ""
    statement = select(LoginSession).where(
        LoginSession.tenant_id == actor.tenant_id, LoginSession.user_id == owner
    )
    allowed = actor.is_staff and (owner == actor.user_id or actor.may("users:write"))
    return statement if allowed else statement.where(false())


def open_views(
    session: Session, actor: Actor, at: datetime, *, user_id: str = "", current: str = ""
) -> list[SessionView]:
    """Logins that are open at that moment, the latest first; `current` is a login's secret."""
    statement = visible_to(actor, user_id).where(
        LoginSession.ended_at.is_(None), LoginSession.expires_at > at
    )
    rows = session.scalars(statement.order_by(LoginSession.id.desc()))
    seen = sightings_of(session)
    mine = hash_secret(current) if current else ""
    return [
        _view(row, seen.last(row.secret_hash), row.secret_hash == mine)
        for row in rows
        if is_open(row, seen.last(row.secret_hash), at)
    ]


def id_of(session: Session, actor: Actor, secret: str) -> str | None:
    """The id of one's own login with that secret."""
    statement = visible_to(actor).where(LoginSession.secret_hash == hash_secret(secret))
    found = session.scalar(statement)
    return found.id if found else None


def _view(row: LoginSession, last: datetime | None, current: bool) -> SessionView:
    seen = max(filter(None, (last, row.seen_at)), default=None)
    return SessionView(
        id=row.id, device=row.device, address=row.address, method=row.method,
        created_at=iso(row.created_at), seen_at=iso(seen) if seen else None,
        expires_at=iso(row.expires_at), current=current,
    )  # fmt: skip
