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
    invited: bool = Field(False, description="True until the invited person chose a password.")
    last_login_at: str | None = None


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
    created_at: str = ""
    last_used_at: str | None = None
    owner_id: str = ""
    owner_name: str = ""


class InviteUser(BaseModel):
    """A new member of staff who chooses the first password by a link sent by mail."""

    email: Mail = Field(description="E-mail address; the login name.")
    name: str = Field(min_length=1, max_length=200, description="Name as customers see it.")
    role: Role = Field(description="Role; it decides what the account may do.")
    language: str = Field("en", max_length=10, description="Language of desk and mail, ISO 639-1.")


class PickUser(BaseModel):
    """Which member of staff."""

    user_id: str = Field(description="Id of the account.")


class ChangePassword(BaseModel):
    """A new password for one's own account."""

    old: str = Field(max_length=200, description="The present password.")
    new: str = Field(max_length=200, description="New password, 10 to 200 characters.")


class UsePasswordLink(BaseModel):
    """Choose a password by the one-time link."""

    token: str = Field(min_length=10, max_length=200, description="What stands in the link.")
    password: str = Field(max_length=200, description="New password, 10 to 200 characters.")


class PasswordLinkMade(BaseModel):
    """A link to hand over; `secret` is shown this once and never stored."""

    user_id: str
    expires_at: str
    secret: str | None = None


class PasswordLinkView(BaseModel):
    """For whom a link is, before it is used."""

    email: str
    name: str
    language: str
    purpose: str
    expires_at: str


class SessionView(BaseModel):
    """A login of one browser."""

    id: str
    device: str = Field(description="What the browser calls itself.")
    address: str = Field(description="Network address at login.")
    method: str = Field(description="`password` or `oidc`.")
    created_at: str
    seen_at: str | None
    expires_at: str
    current: bool = False


class EndSessions(BaseModel):
    """End logins of one's own."""

    session_id: str | None = Field(None, description="Which one; empty: all but `keep`.")
    keep: str | None = Field(None, description="Id of the login to keep, where all others end.")


class SessionsDone(BaseModel):
    """How many logins an act ended."""

    ended: int
