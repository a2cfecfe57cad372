"""Writers of login sessions: open, end one, end the others, write down when they were used."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries
from careloop.crm_core.accounts.events import SessionsEnded
from careloop.crm_core.accounts.models import LoginSession
from careloop.crm_core.accounts.secrets import hash_secret
from careloop.crm_core.accounts.sightings import sightings_of
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import NotFound
from careloop.kit.events import emit
from careloop.kit.ids import new_id, new_secret

SESSION_PREFIX = "cls_"


def open_session(
    session: Session, tenant_id: str, user_id: str, hours: int, *, idle_minutes: int = 0,
    address: str = "", device: str = "", method: str = "password",
) -> str:  # fmt: skip
    """Open a login session for a user whose identity was checked; returns its secret.

    It ends after `hours`, and after `idle_minutes` without a request (0: not for that).
    """
    secret = SESSION_PREFIX + new_secret()
    at = now(session)
    session.add(
        LoginSession(
            tenant_id=tenant_id, id=new_id(), user_id=user_id, secret_hash=hash_secret(secret),
            expires_at=at + timedelta(hours=hours), seen_at=at, idle_minutes=idle_minutes,
            address=address[:64], device=device[:200], method=method, created_at=at,
        )
    )  # fmt: skip
    user = queries.user_row(session, tenant_id, user_id)
    if user is not None:
        user.last_login_at = at
    return secret


def logout(session: Session, secret: str) -> None:
    """End the session of that secret; an unknown one is ended already."""
    found = queries.login_session(session, hash_secret(secret))
    if found is not None and found.ended_at is None:
        _end(session, [found])


def end_session(session: Session, actor: Actor, session_id: str) -> int:
    """End one of one's own sessions."""
    open_ones = queries.open_sessions(session, actor.tenant_id, actor.user_id or "")
    found = [row for row in open_ones if row.id == session_id]
    if not found:
        raise NotFound("There is no such login")
    return _end(session, found)


def end_other_sessions(session: Session, actor: Actor, keep: str | None) -> int:
    """End all of one's own sessions but `keep`; returns how many ended."""
    open_ones = queries.open_sessions(session, actor.tenant_id, actor.user_id or "")
    return _end(session, [row for row in open_ones if row.id != keep])


def end_all_sessions(session: Session, tenant_id: str, user_id: str) -> int:
    """End every session of a user; their sockets close with them."""
    return _end(session, queries.open_sessions(session, tenant_id, user_id))


def _end(session: Session, rows: list[LoginSession]) -> int:
    for row in rows:
        row.ended_at = now(session)
    for tenant_id, user_id in {(row.tenant_id, row.user_id) for row in rows}:
        emit(session, SessionsEnded(tenant_id, user_id))
    return len(rows)


def is_open(row: LoginSession, last_seen: datetime | None, at: datetime) -> bool:
    """Whether this login still lets in: neither ended, nor too old, nor idle for too long."""
    if row.ended_at is not None or row.expires_at <= at:
        return False
    seen = max(filter(None, (last_seen, row.seen_at)), default=row.created_at)
    return row.idle_minutes == 0 or at - seen < timedelta(minutes=row.idle_minutes)


def write_sightings(session: Session) -> int:
    """Write down when sessions and tokens were last used; returns how many rows changed."""
    seen = sightings_of(session).take(now(session))
    changed = 0
    for row in queries.sessions_by_hash(session, set(seen)):
        if row.seen_at is None or row.seen_at < seen[row.secret_hash]:
            row.seen_at = seen[row.secret_hash]
            changed += 1
    for token in queries.tokens_by_hash(session, set(seen)):
        if token.last_used_at is None or token.last_used_at < seen[token.secret_hash]:
            token.last_used_at = seen[token.secret_hash]
            changed += 1
    return changed
