"""Commands and views of accounts."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from careloop.kit.actor import Role

_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$")


def _mail(value: str) -> str:
    value = value.strip().lower()
    if len(value) > 254 or not _MAIL.match(value):
        raise ValueError("is not an e-mail address")
    return value


Mail = Annotated[str, AfterValidator(_mail)]


class CreateUser(BaseModel):
    """A new member of staff."""

    email: Mail = Field(description="E-mail address; the login name.")
    name: str = Field(min_length=1, max_length=200, description="Name as customers see it.")
    role: Role = Field(description="Role; it decides what the account may do.")
    password: str = Field(description="First password, 10 to 200 characters.")
    language: str = Field("en", max_length=10, description="Language of the desk, ISO 639-1.")


class ChangeUser(BaseModel):
    """Changes to a member of staff; what is left out stays."""

    user_id: str = Field(description="Id of the account.")
    name: str | None = Field(
        None, min_length=1, max_length=200, description="Name as customers see it."
    )
    role: Role | None = Field(None, description="Role; it decides what the account may do.")
    password: str | None = Field(None, description="New password; ends every open login.")
    active: bool | None = Field(None, description="False takes the access away.")


class UserView(BaseModel):
    """A member of staff as colleagues see them."""

    id: str
    email: str
    name: str
    role: str
    language: str
    active: bool


class CreateToken(BaseModel):
    """A token for scripts, for the caller's own account."""

    name: str = Field(min_length=1, max_length=100, description="What the token is for.")
    scopes: list[str] = Field(default_factory=list, description="Empty: all of the caller's.")
    days: int | None = Field(None, ge=1, le=3650, description="Days until it ends; empty: never.")


class TokenView(BaseModel):
    """A token; `secret` is shown once, when it is made."""

    id: str
    name: str
    scopes: list[str]
    expires_at: str | None
    revoked: bool
    secret: str | None = None
