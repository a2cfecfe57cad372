"""Tools over users and tokens."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import password_links, queries, service, sessions
from careloop.crm_core.accounts.oidc.login import JoinIdentity, join
from careloop.crm_core.accounts.schemas import (
    ChangePassword,
    ChangeUser,
    CreateToken,
    CreateUser,
    EndSessions,
    InviteUser,
    PasswordLinkMade,
    PickUser,
    SessionsDone,
    TokenView,
    UsePasswordLink,
    UserView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


class DescribeTenant(BaseModel):
    """What the bot and the widget say of the company; what is left out stays."""

    display_name: str | None = Field(None, max_length=200, description="Name customers see.")
    language: str | None = Field(None, pattern=r"^[a-z]{2}$", description="Language of the desk.")
    hotline: str | None = Field(None, max_length=40, description="Phone number of the service.")
    emergency: str | None = Field(None, max_length=300, description="A line for emergencies.")
    origins: list[str] | None = Field(None, description="Sites that may embed the chat.")

    @field_validator("origins")
    @classmethod
    def _origins(cls, value: list[str] | None) -> list[str] | None:
        for origin in value or []:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or parts.path or not parts.netloc:
                raise ValueError(f"{origin!r} is not an origin such as https://www.example.com")
        return value


class TenantProfile(DescribeTenant):
    """The company as it is described now."""

    slug: str


class SetLanguage(BaseModel):
    """The language of one's own desk."""

    language: str = Field(pattern=r"^[a-z]{2}$", description="ISO 639-1 code.")


class RevokeToken(BaseModel):
    """Which token to end."""

    token_id: str = Field(description="Id of the token.")


@tool("tenant.describe", effect=Effect.WRITE, scope="settings:write")
def describe_tenant(session: Session, actor: Actor, command: DescribeTenant) -> TenantProfile:
    """Set the company's name, hotline, language and the sites that may embed the chat."""
    tenant = queries.tenant(session, actor.tenant_id)
    changes = command.model_dump(exclude_none=True)
    name = str(changes.get("display_name") or tenant.name)
    service.describe_tenant(session, actor.tenant_id, name, changes)
    return TenantProfile(slug=tenant.slug, **{**tenant.profile, **changes})


@tool("users.create", effect=Effect.WRITE, scope="users:write")
def create_user(session: Session, actor: Actor, command: CreateUser) -> UserView:
    """Add a member of staff."""
    return service.create_user(session, actor, command)


@tool("users.change", effect=Effect.WRITE, scope="users:write")
def change_user(session: Session, actor: Actor, command: ChangeUser) -> UserView:
    """Change a member of staff's name, role, password or activity."""
    return service.change_user(session, actor, command)


@tool("users.set_language", effect=Effect.WRITE, scope="desk")
def set_language(session: Session, actor: Actor, command: SetLanguage) -> UserView:
    """Choose the language of one's own desk."""
    return service.set_language(session, actor, command.language)


@tool("users.invite", effect=Effect.WRITE, scope="users:write")
def invite_user(session: Session, actor: Actor, command: InviteUser) -> UserView:
    """Add a member of staff who chooses the first password by a link sent by mail."""
    return password_links.invite(session, actor, command)


@tool("users.invite_again", effect=Effect.WRITE, scope="users:write")
def invite_again(session: Session, actor: Actor, command: PickUser) -> UserView:
    """Send an invitation once more."""
    return password_links.invite_again(session, actor, command.user_id)


@tool("users.make_link", effect=Effect.WRITE, scope="users:write")
def make_link(session: Session, actor: Actor, command: PickUser) -> PasswordLinkMade:
    """Make a one-time link to choose a password, to hand over by oneself."""
    return password_links.make_link(session, actor, command.user_id)


@tool("users.choose_password", effect=Effect.WRITE, scope="users:write")
def choose_password(session: Session, actor: Actor, command: UsePasswordLink) -> UserView:
    """Choose a password by a one-time link; ends every login of the account."""
    return password_links.choose_password(session, actor, command.token, command.password)


@tool("users.join_identity", effect=Effect.WRITE, scope="users:write")
def join_identity(session: Session, actor: Actor, command: JoinIdentity) -> UserView:
    """Join an identity of the company's provider to the account of its verified address."""
    return join(session, actor, command)


@tool("users.change_password", effect=Effect.WRITE, scope="desk")
def change_password(session: Session, actor: Actor, command: ChangePassword) -> UserView:
    """Change one's own password, knowing the old one; ends every login of the account."""
    return service.change_password(session, actor, command)


@tool("users.end_sessions", effect=Effect.DESTROY, scope="users:write")
def end_sessions_of(session: Session, actor: Actor, command: PickUser) -> SessionsDone:
    """End every login of a member of staff."""
    user = queries.user(session, actor, command.user_id)
    return SessionsDone(ended=sessions.end_all_sessions(session, actor.tenant_id, user.id))


@tool("sessions.end", effect=Effect.DESTROY, scope="desk")
def end_sessions(session: Session, actor: Actor, command: EndSessions) -> SessionsDone:
    """End one of one's own logins, or all but one."""
    if command.session_id is not None:
        return SessionsDone(ended=sessions.end_session(session, actor, command.session_id))
    return SessionsDone(ended=sessions.end_other_sessions(session, actor, command.keep))


@tool("tokens.create", effect=Effect.WRITE, scope="desk")
def create_token(session: Session, actor: Actor, command: CreateToken) -> TokenView:
    """Make an API token for one's own account."""
    return service.create_token(session, actor, command)


@tool("tokens.revoke", effect=Effect.DESTROY, scope="desk")
def revoke_token(session: Session, actor: Actor, command: RevokeToken) -> Done:
    """End an API token: one's own, or a colleague's with the right to change users."""
    service.revoke_token(session, actor, command.token_id)
    return Done()
