"""Facts about accounts."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """Logins of this user ended; a socket that one of them opened has to look again."""

    user_id: str


@dataclass(frozen=True, slots=True)
class PasswordLinkAsked(Event):
    """A link has to be made and sent by mail; the row says to whom, if to anybody."""

    link_id: str
