"""Commands and views of notices."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from careloop.crm_core.notices.models import Severity

NoticeId = Annotated[str, StringConstraints(min_length=1, max_length=26)]


class Message(BaseModel):
    """What is told: `key` and `args` for the reader's language, `text` in English."""

    kind: str = Field(max_length=40, description="What it is about, e.g. sla, stock, mention.")
    key: str = Field(max_length=80, description="Name of the sentence in the catalogues.")
    args: dict[str, Any] = Field(default_factory=dict, description="Values of its places.")
    text: str = Field(max_length=1000, description="The sentence in English.")
    link: str = Field("", max_length=300, description="Path in the desk, e.g. /tickets/TK-1.")
    severity: Severity = Field(Severity.INFO, description="How much it asks for.")
    dedupe: str = Field(max_length=120, description="The same person is told this only once.")


class ReadNotices(BaseModel):
    """Mark the caller's notices as read."""

    ids: list[NoticeId] = Field(
        default_factory=list, max_length=500, description="Which notices; none with `all`."
    )
    all: bool = Field(False, description="Every unread one.")


class NoticesRead(BaseModel):
    """How many notices the call marked, and how many are left unread."""

    marked: int
    unread: int


class NoticeView(BaseModel):
    """A notice as its reader sees it."""

    id: str
    kind: str
    key: str
    args: dict[str, Any]
    text: str
    link: str
    severity: Severity
    created_at: str
    read_at: str | None
