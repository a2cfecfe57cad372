"""Facts about notices."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class NoticeCreated(Event):
    """A member of staff has something new to read."""

    notice_id: str
    user_id: str
