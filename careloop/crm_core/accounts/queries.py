"""Selects of accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import ApiToken, LoginSession, PasswordLink, Tenant, User
from careloop.crm_core.accounts.schemas import UserView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[User]:
    """Users that the actor may see: colleagues, for staff only."""
    statement = select(User).where(User.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def tenant(session: Session, tenant_id: str) -> Tenant:
    found = session.get(Tenant, tenant_id)
    if found is None:
        raise NotFound("There is no such tenant")
    return found


def find_tenant(session: Session, slug: str) -> Tenant | None:
    return session.scalar(select(Tenant).where(Tenant.slug == slug))


def tenant_by_slug(session: Session, slug: str) -> Tenant:
    found = find_tenant(session, slug)
    if found is None:
        raise NotFound(f"There is no tenant {slug!r}; run `careloop init` first")
    return found


def tenant_ids(session: Session) -> list[str]:
    """All tenants of this installation; for its own start-up alone."""
    return list(session.scalars(select(Tenant.tenant_id)))


def users(session: Session, actor: Actor) -> list[UserView]:
    return [user_view(row) for row in session.scalars(visible_to(actor).order_by(User.name))]


def user(session: Session, actor: Actor, user_id: str) -> User:
    found = session.scalar(visible_to(actor).where(User.id == user_id))
    if found is None:
        raise NotFound("There is no such user")
    return found


def names(session: Session, tenant_id: str, ids: set[str]) -> dict[str, str]:
    """Names of users by id."""
    rows = session.execute(
        select(User.id, User.name).where(User.tenant_id == tenant_id, User.id.in_(ids))
    )
    return {row.id: row.name for row in rows}


def user_row(session: Session, tenant_id: str, user_id: str) -> User | None:
    """The row of a user, for callers that hold its id from a row of their own."""
    return session.get(User, (tenant_id, user_id))


def user_by_subject(session: Session, tenant_id: str, subject: str) -> User | None:
    """The user whom the identity provider calls `<issuer>|<subject>`."""
    return session.scalar(
        select(User).where(User.tenant_id == tenant_id, User.login_subject == subject)
    )


def user_by_email(session: Session, tenant_id: str, email: str) -> User | None:
    return session.scalar(select(User).where(User.tenant_id == tenant_id, User.email == email))


def active_admins(session: Session, tenant_id: str) -> int:
    """How many there are; their rows stay locked, so that two cannot leave at once."""
    statement = select(User.id).where(
        User.tenant_id == tenant_id, User.role == "admin", User.active
    )
    return len(session.scalars(statement.order_by(User.id).with_for_update()).all())


def login_session(session: Session, secret_hash: str) -> LoginSession | None:
    return session.scalar(select(LoginSession).where(LoginSession.secret_hash == secret_hash))


def open_sessions(session: Session, tenant_id: str, user_id: str) -> list[LoginSession]:
    statement = select(LoginSession).where(
        LoginSession.tenant_id == tenant_id,
        LoginSession.user_id == user_id,
        LoginSession.ended_at.is_(None),
    )
    return list(session.scalars(statement))


def sessions_by_hash(session: Session, hashes: set[str]) -> list[LoginSession]:
    """Login sessions, of all tenants, by the hashes of their secrets."""
    return list(session.scalars(select(LoginSession).where(LoginSession.secret_hash.in_(hashes))))


def tokens_by_hash(session: Session, hashes: set[str]) -> list[ApiToken]:
    """API tokens, of all tenants, by the hashes of their secrets."""
    return list(session.scalars(select(ApiToken).where(ApiToken.secret_hash.in_(hashes))))


def link(session: Session, tenant_id: str, link_id: str) -> PasswordLink | None:
    """A password link under a lock, for the writers."""
    statement = select(PasswordLink).where(
        PasswordLink.tenant_id == tenant_id, PasswordLink.id == link_id
    )
    return session.scalar(statement.with_for_update())


def link_by_hash(session: Session, secret_hash: str) -> PasswordLink | None:
    """The link of that secret under a lock: two uses at once wait for each other."""
    statement = select(PasswordLink).where(PasswordLink.secret_hash == secret_hash)
    return session.scalar(statement.with_for_update())


def open_links(session: Session, tenant_id: str, user_id: str) -> list[PasswordLink]:
    """Links of a user that nobody has used yet."""
    statement = select(PasswordLink).where(
        PasswordLink.tenant_id == tenant_id, PasswordLink.user_id == user_id,
        PasswordLink.used_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(PasswordLink.id)))


def links_since(session: Session, tenant_id: str, user_id: str, since: datetime) -> int:
    """How many links were asked for a user after that instant."""
    statement = select(func.count()).where(
        PasswordLink.tenant_id == tenant_id, PasswordLink.user_id == user_id,
        PasswordLink.created_at > since,
    )  # fmt: skip
    return session.scalar(statement) or 0


def token_by_hash(session: Session, secret_hash: str) -> ApiToken | None:
    return session.scalar(select(ApiToken).where(ApiToken.secret_hash == secret_hash))


def own_tokens(session: Session, actor: Actor) -> list[ApiToken]:
    statement = select(ApiToken).where(
        ApiToken.tenant_id == actor.tenant_id, ApiToken.user_id == actor.user_id
    )
    return list(session.scalars(statement.order_by(ApiToken.id)))


def own_token(session: Session, actor: Actor, token_id: str) -> ApiToken:
    found = next((row for row in own_tokens(session, actor) if row.id == token_id), None)
    if found is None:
        raise NotFound("There is no such token")
    return found


def tokens_visible_to(actor: Actor) -> Select[ApiToken]:
    """One's own tokens; everybody's with `users:read`."""
    statement = select(ApiToken).where(ApiToken.tenant_id == actor.tenant_id)
    if not actor.is_staff:
        return statement.where(false())
    return statement if actor.may("users:read") else statement.where(
        ApiToken.user_id == actor.user_id
    )  # fmt: skip


def all_tokens(session: Session, actor: Actor) -> list[ApiToken]:
    """Tokens of all colleagues, as far as the actor may see them."""
    return list(session.scalars(tokens_visible_to(actor).order_by(ApiToken.id)))


def revocable_token(session: Session, actor: Actor, token_id: str) -> ApiToken:
    """A token that the actor may end: one's own, or anybody's with `users:write`."""
    if not actor.may("users:write"):
        return own_token(session, actor, token_id)
    found = session.scalar(tokens_visible_to(actor).where(ApiToken.id == token_id))
    if found is None:
        raise NotFound("There is no such token")
    return found


def user_view(row: User) -> UserView:
    return UserView(
        id=row.id, email=row.email, name=row.name, role=row.role, language=row.language,
        active=row.active, invited=not row.password_hash and row.last_login_at is None,
        last_login_at=iso(row.last_login_at) if row.last_login_at else None,
    )  # fmt: skip
