"""Tools over users and tokens."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import service
from careloop.crm_core.accounts.schemas import (
    ChangeUser,
    CreateToken,
    CreateUser,
    TokenView,
    UserView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


class SetLanguage(BaseModel):
    """The language of one's own desk."""

    language: str = Field(pattern=r"^[a-z]{2}$", description="ISO 639-1 code.")


class RevokeToken(BaseModel):
    """Which token to end."""

    token_id: str = Field(description="Id of the token.")


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


@tool("tokens.create", effect=Effect.WRITE, scope="desk")
def create_token(session: Session, actor: Actor, command: CreateToken) -> TokenView:
    """Make an API token for one's own account."""
    return service.create_token(session, actor, command)


@tool("tokens.revoke", effect=Effect.DESTROY, scope="desk")
def revoke_token(session: Session, actor: Actor, command: RevokeToken) -> Done:
    """End an API token of one's own account."""
    service.revoke_token(session, actor, command.token_id)
    return Done()
