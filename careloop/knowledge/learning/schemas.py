"""Commands and views of what is learned."""

from __future__ import annotations

from datetime import datetime

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

_GAP = Field(max_length=26, description="Id of the gap.")
MAX_TEXT = 2000


class Asked(BaseModel):
    """A question that found no answer, as the customer wrote it.

    `people` and `identifiers` are what is known to be personal in it, and is masked.
    """

    text: str
    lang: str
    model: str = ""
    fault: bool = False
    reason: str = "abstain"
    conversation_id: str | None = None
    people: list[str] = Field(default_factory=list)
    identifiers: list[str] = Field(default_factory=list)


class Judged(BaseModel):
    """A customer's word on an answer that rested on these documents: (key, section)."""

    documents: list[tuple[str, str]]
    lang: str
    helpful: bool
    question: str = ""
    conversation_id: str | None = None
    people: list[str] = Field(default_factory=list)
    identifiers: list[str] = Field(default_factory=list)


class GapExample(BaseModel):
    """How somebody asked, masked."""

    text: str
    lang: str
    at: datetime
    conversation_id: str | None


class GapView(BaseModel):
    """A question without an answer; `count` is the number of conversations that asked it, and
    `persons` those of them that a member of staff took over."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    question: str
    lang: str
    count: int
    persons: int
    first_at: datetime
    last_at: datetime
    models: list[str]
    languages: dict[str, int]
    state: str
    reason: str
    article_id: str | None
    examples: list[GapExample]


class PickGap(BaseModel):
    """One gap."""

    id: str = _GAP


class DismissGap(PickGap):
    """A question that needs no article."""

    reason: str = Field("", max_length=1000, description="Why it needs none.")


class DraftFromGap(PickGap):
    """Write a draft for a question; `replies` are what colleagues answered to those who asked."""

    replies: list[str] = Field(default_factory=list, max_length=20)


class GiveFeedback(BaseModel):
    """A colleague's verdict on an article as an answer."""

    document: str = Field(min_length=1, max_length=300, description="Key of the article.")
    lang: str = Field("", max_length=8, description="Its language; empty: the original.")
    section: str = Field("", max_length=1000, description="The section it is about.")
    helpful: bool = Field(description="Whether it answered the question.")
    reason: str = Field("", max_length=MAX_TEXT, description="What is wrong or missing.")
    question: str = Field("", max_length=MAX_TEXT, description="What was asked.")


class FeedbackLine(BaseModel):
    """One verdict; `by` is empty for a customer."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime = Field(validation_alias=AliasChoices("created_at", "at"))
    by: str
    helpful: bool
    reason: str
    question: str


class ArticleFeedback(BaseModel):
    """What was said of an article, the newest first."""

    helpful: int
    not_helpful: int
    items: list[FeedbackLine]


class TicketCase(BaseModel):
    """A resolved ticket in plain words; `notes` are lines of its history for the editor.

    `people` and `identifiers` are masked everywhere.
    """

    number: str
    title: str
    description: str = ""
    lang: str = ""
    models: list[str] = Field(default_factory=list)
    error_codes: list[str] = Field(default_factory=list)
    symptom: str = ""
    cause: str = ""
    resolution: str = ""
    parts: dict[str, int] = Field(default_factory=dict)
    notes: list[str] = Field(default_factory=list)
    people: list[str] = Field(default_factory=list)
    identifiers: list[str] = Field(default_factory=list)
