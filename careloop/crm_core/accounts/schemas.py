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

    email: Mail
    name: str = Field(min_length=1, max_length=200)
    role: Role
    password: str
    language: str = Field("en", max_length=10)


class ChangeUser(BaseModel):
    """Changes to a member of staff; what is left out stays."""

    user_id: str
    name: str | None = Field(None, min_length=1, max_length=200)
    role: Role | None = None
    password: str | None = None
    active: bool | None = None


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

    name: str = Field(min_length=1, max_length=100)
    scopes: list[str] = Field(default_factory=list, description="Empty: all of the user's.")
    days: int | None = Field(None, ge=1, le=3650)


class TokenView(BaseModel):
    """A token; `secret` is shown once, when it is made."""

    id: str
    name: str
    scopes: list[str]
    expires_at: str | None
    revoked: bool
    secret: str | None = None
