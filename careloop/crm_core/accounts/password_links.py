"""Writers of one-time links by which a member of staff chooses a password."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries
from careloop.crm_core.accounts.events import PasswordLinkAsked
from careloop.crm_core.accounts.models import PasswordLink, User
from careloop.crm_core.accounts.passwords import hash_password
from careloop.crm_core.accounts.schemas import (
    InviteUser,
    PasswordLinkMade,
    PasswordLinkView,
    UserView,
)  # fmt: skip
from careloop.crm_core.accounts.secrets import hash_secret
from careloop.crm_core.accounts.sessions import end_all_sessions
from careloop.kit.actor import STAFF, Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound
from careloop.kit.events import emit
from careloop.kit.ids import new_id, new_secret

LINK_PREFIX = "clr_"
RESET, INVITE, ADMIN = "reset", "invite", "admin"
LIFE = {
    RESET: timedelta(minutes=30), INVITE: timedelta(days=7), ADMIN: timedelta(hours=24),
}  # fmt: skip
MOST_AN_HOUR = 3
"""So many mails one account gets in an hour, whoever asks."""


def ask_reset(session: Session, tenant_id: str, email: str) -> None:
    """Somebody says that the password of this address is lost.

    One look-up and one row, whether the account exists or not. An address without an active
    account, or one that got `MOST_AN_HOUR` mails in the last hour, gets none; nobody is told.
    """
    user = queries.user_by_email(session, tenant_id, email)
    since = now(session) - timedelta(hours=1)
    asked = queries.links_since(session, tenant_id, user.id if user else "", since)
    heard = user is not None and user.active and asked < MOST_AN_HOUR
    _plan(session, tenant_id, user.id if user and heard else None, RESET)


def invite(session: Session, actor: Actor, command: InviteUser) -> UserView:
    """Add a member of staff without a password; a mail brings the link to choose one."""
    if command.role not in STAFF:
        raise InvalidInput(f"{command.role} is not a role of staff")
    if queries.user_by_email(session, actor.tenant_id, command.email):
        raise Conflict(f"{command.email} already has an account")
    user = User(
        tenant_id=actor.tenant_id, id=new_id(), email=command.email, name=command.name,
        role=command.role, language=command.language,
    )  # fmt: skip
    session.add(user)
    session.flush()
    _plan(session, actor.tenant_id, user.id, INVITE)
    return queries.user_view(user)


def invite_again(session: Session, actor: Actor, user_id: str) -> UserView:
    """Send the invitation once more, to somebody who has not chosen a password yet."""
    user = queries.user(session, actor, user_id)
    if user.password_hash or not user.active:
        raise Conflict("This account has a password already, or is locked; make a reset link")
    _plan(session, actor.tenant_id, user.id, INVITE)
    return queries.user_view(user)


def make_link(session: Session, actor: Actor, user_id: str) -> PasswordLinkMade:
    """A link for an admin to hand over, where mail does not arrive; older links end."""
    user = queries.user(session, actor, user_id)
    if not user.active:
        raise Conflict("This account is locked; activate it first")
    link = _row(session, actor.tenant_id, user.id, ADMIN)
    secret = _arm(session, link)
    return PasswordLinkMade(user_id=user.id, expires_at=iso(link.expires_at), secret=secret)


def issue(session: Session, tenant_id: str, link_id: str) -> tuple[PasswordLinkView, str] | None:
    """Give a planned link its secret, just before the mail goes out; None where nobody gets one.

    Doing it again makes a new secret and ends the former: the last mail counts.
    """
    link = queries.link(session, tenant_id, link_id)
    if link is None or link.user_id is None or link.used_at or link.expires_at <= now(session):
        return None
    user = queries.user_row(session, tenant_id, link.user_id)
    if user is None or not user.active:
        return None
    return _view(link, user), _arm(session, link)


def describe(session: Session, secret: str) -> PasswordLinkView:
    """For whom this link is; `NotFound` when it is used, too old or not ours."""
    link, user = _open(session, secret)
    return _view(link, user)


def choose_password(session: Session, actor: Actor, secret: str, password: str) -> UserView:
    """Set the password by a link of the actor's tenant, and end every login and other link."""
    link, user = _open(session, secret)
    if link.tenant_id != actor.tenant_id:
        raise NotFound("This link has been used or is too old; ask for a new one")
    user.password_hash = hash_password(password)
    user.touch(now(session))
    for other in queries.open_links(session, user.tenant_id, user.id):
        other.used_at = now(session)
    end_all_sessions(session, user.tenant_id, user.id)
    return queries.user_view(user)


def _plan(session: Session, tenant_id: str, user_id: str | None, purpose: str) -> None:
    link = _row(session, tenant_id, user_id, purpose)
    emit(session, PasswordLinkAsked(tenant_id, link.id))


def _row(session: Session, tenant_id: str, user_id: str | None, purpose: str) -> PasswordLink:
    at = now(session)
    link = PasswordLink(
        tenant_id=tenant_id, id=new_id(), user_id=user_id, purpose=purpose,
        expires_at=at + LIFE[purpose], created_at=at,
    )  # fmt: skip
    session.add(link)
    session.flush()
    return link


def _arm(session: Session, link: PasswordLink) -> str:
    """Make the secret; the user's older links end, so that one is open at a time."""
    for other in queries.open_links(session, link.tenant_id, link.user_id or ""):
        if other.id != link.id:
            other.used_at = now(session)
    secret = LINK_PREFIX + new_secret()
    link.secret_hash = hash_secret(secret)
    link.touch(now(session))
    return secret


def _open(session: Session, secret: str) -> tuple[PasswordLink, User]:
    link = queries.link_by_hash(session, hash_secret(secret))
    user = queries.user_row(session, link.tenant_id, link.user_id or "") if link else None
    usable = link is not None and link.used_at is None and link.expires_at > now(session)
    if link is None or user is None or not usable or not user.active:
        raise NotFound("This link has been used or is too old; ask for a new one")
    return link, user


def _view(link: PasswordLink, user: User) -> PasswordLinkView:
    return PasswordLinkView(
        email=user.email, name=user.name, language=user.language, purpose=link.purpose,
        expires_at=iso(link.expires_at),
    )  # fmt: skip
