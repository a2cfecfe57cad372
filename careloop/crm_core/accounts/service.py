"""Writers of tenants, users, login sessions and tokens."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries
from careloop.crm_core.accounts.models import ApiToken, Tenant, User
from careloop.crm_core.accounts.passwords import hash_password, matches
from careloop.crm_core.accounts.schemas import (
    ChangePassword,
    ChangeUser,
    CreateToken,
    CreateUser,
    TokenView,
    UserView,
)  # fmt: skip
from careloop.crm_core.accounts.secrets import hash_secret
from careloop.crm_core.accounts.sessions import (
    end_all_sessions,
    is_open,
    logout,
    open_session,
)  # fmt: skip
from careloop.crm_core.accounts.sightings import sightings_of
from careloop.kit.actor import STAFF, Actor, Role, scopes_of
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, Unauthenticated
from careloop.kit.ids import new_id, new_secret

TOKEN_PREFIX = "clp_"  # noqa: S105 - a prefix, not a password
EVERY_SCOPE = frozenset(scope for role in Role for scope in scopes_of(role))

__all__ = [
    "actor_of_session", "actor_of_token", "change_password", "change_user", "check_password",
    "create_token", "create_user", "describe_tenant", "end_all_sessions", "ensure_tenant",
    "hash_secret", "logout", "open_session", "revoke_token", "set_language", "token_view",
]  # fmt: skip


def ensure_tenant(session: Session, slug: str, name: str) -> Tenant:
    """The tenant of that name, made if it is missing."""
    found = queries.find_tenant(session, slug)
    if found is None:
        found = Tenant(tenant_id=new_id(), slug=slug, name=name, profile={})
        session.add(found)
        session.flush()
    return found


def describe_tenant(
    session: Session, tenant_id: str, name: str, profile: dict[str, object]
) -> None:
    """Set the company's name and public profile (languages, hotline, greeting, origins)."""
    tenant = queries.tenant(session, tenant_id)
    tenant.name, tenant.profile = name, {**tenant.profile, **profile}


def create_user(session: Session, actor: Actor, command: CreateUser) -> UserView:
    """Add a member of staff; the e-mail address must be new in this tenant."""
    if command.role not in STAFF:
        raise InvalidInput(f"{command.role} is not a role of staff")
    if queries.user_by_email(session, actor.tenant_id, command.email):
        raise Conflict(f"{command.email} already has an account")
    user = User(
        tenant_id=actor.tenant_id,
        email=command.email,
        name=command.name,
        role=command.role,
        language=command.language,
        password_hash=hash_password(command.password),
    )
    session.add(user)
    session.flush()
    return queries.user_view(user)


def change_user(session: Session, actor: Actor, command: ChangeUser) -> UserView:
    """Change name, role, password or activity; the last active admin stays one."""
    user = queries.user(session, actor, command.user_id)
    if command.role is not None and command.role not in STAFF:
        raise InvalidInput(f"{command.role} is not a role of staff")
    losing = command.active is False or (command.role not in (None, "admin"))
    ruling = user.role == "admin" and user.active
    if losing and ruling and queries.active_admins(session, actor.tenant_id) == 1:
        raise Conflict("This is the last admin; make another one first")
    if command.name is not None:
        user.name = command.name
    if command.role is not None:
        user.role = command.role
    if command.active is not None:
        user.active = command.active
    if command.password is not None:
        user.password_hash = hash_password(command.password)
    user.touch(now(session))
    if command.password is not None or command.active is False:
        end_all_sessions(session, actor.tenant_id, user.id)
    return queries.user_view(user)


def set_language(session: Session, actor: Actor, language: str) -> UserView:
    """The language in which the desk speaks to the actor."""
    user = queries.user(session, actor, actor.user_id or "")
    user.language = language
    user.touch(now(session))
    return queries.user_view(user)


def check_password(session: Session, tenant_id: str, email: str, password: str) -> UserView:
    """The user who knows this password, else `Unauthenticated`.

    Slow on purpose, so it only reads: no write transaction stays open while it hashes.
    """
    user = queries.user_by_email(session, tenant_id, email.strip().lower())
    if not matches(user.password_hash if user and user.active else None, password) or user is None:
        raise Unauthenticated("E-mail address or password is wrong")
    return queries.user_view(user)


def change_password(session: Session, actor: Actor, command: ChangePassword) -> UserView:
    """Set one's own password, knowing the old one; every login ends, the caller's too."""
    user = queries.user(session, actor, actor.user_id or "")
    if not matches(user.password_hash, command.old):
        raise InvalidInput("The present password is wrong", old="is wrong")
    if command.new == command.old:
        raise InvalidInput("Choose a password other than the present one", new="is the old one")
    user.password_hash = hash_password(command.new)
    user.touch(now(session))
    end_all_sessions(session, actor.tenant_id, user.id)
    return queries.user_view(user)


def create_token(session: Session, actor: Actor, command: CreateToken) -> TokenView:
    """Make a token for the actor's own account; its scopes can only narrow the actor's."""
    if actor.user_id is None:
        raise Forbidden("Only a member of staff can have tokens")
    unknown = sorted(set(command.scopes) - EVERY_SCOPE)
    if unknown:
        raise InvalidInput(f"There are no such scopes: {', '.join(unknown)}")
    excess = sorted(set(command.scopes) - actor.scopes)
    if excess:
        raise InvalidInput(f"You cannot give these scopes: {', '.join(excess)}")
    secret = TOKEN_PREFIX + new_secret()
    expires = now(session) + timedelta(days=command.days) if command.days else None
    token = ApiToken(
        created_at=now(session),
        tenant_id=actor.tenant_id,
        user_id=actor.user_id,
        name=command.name,
        secret_hash=hash_secret(secret),
        scopes=command.scopes or _own_scopes(actor),
        expires_at=expires,
    )
    session.add(token)
    session.flush()
    return token_view(token, secret)


def _own_scopes(actor: Actor) -> list[str]:
    """All of the user's own, now and later; but a narrowed token hands on no more than it has."""
    return [] if actor.scopes == scopes_of(actor.role) else sorted(actor.scopes)


def revoke_token(session: Session, actor: Actor, token_id: str) -> None:
    """End a token: one's own, or anybody's with `users:write`."""
    token = queries.revocable_token(session, actor, token_id)
    token.revoked_at = token.revoked_at or now(session)


def token_view(token: ApiToken, secret: str | None = None, owner: str = "") -> TokenView:
    return TokenView(
        id=token.id,
        name=token.name,
        scopes=token.scopes,
        expires_at=iso(token.expires_at) if token.expires_at else None,
        revoked=token.revoked_at is not None,
        secret=secret,
        created_at=iso(token.created_at),
        last_used_at=iso(token.last_used_at) if token.last_used_at else None,
        owner_id=token.user_id,
        owner_name=owner,
    )


def actor_of_session(session: Session, secret: str, at: datetime) -> Actor:
    """The member of staff who holds this login secret; `Unauthenticated` if it is not valid."""
    key, seen = hash_secret(secret), sightings_of(session)
    row = queries.login_session(session, key)
    if row is None or not is_open(row, seen.last(key), at):
        raise Unauthenticated("Your login has ended; log in again")
    seen.note(key, at)
    return _actor(session, row.tenant_id, row.user_id, None)


def actor_of_token(session: Session, secret: str, at: datetime) -> Actor:
    """The actor of an API token, with its scopes narrowed."""
    key = hash_secret(secret)
    row = queries.token_by_hash(session, key)
    if row is None or row.revoked_at is not None or (row.expires_at and row.expires_at <= at):
        raise Unauthenticated("This API token is not valid")
    sightings_of(session).note(key, at)
    return _actor(session, row.tenant_id, row.user_id, row.scopes)


def _actor(session: Session, tenant_id: str, user_id: str, narrow: list[str] | None) -> Actor:
    user = session.get(User, (tenant_id, user_id))
    if user is None or not user.active:
        raise Unauthenticated("This account is not active")
    role = Role(user.role)
    scopes = scopes_of(role)
    return Actor(
        tenant_id,
        role,
        user.id,
        user.name,
        audience="internal",
        language=user.language,
        scopes=scopes & frozenset(narrow) if narrow else scopes,
    )
