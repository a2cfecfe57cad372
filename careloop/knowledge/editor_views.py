"""What the knowledge studio shows of articles, versions and passages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from careloop.knowledge.changes import FieldChange, LineChange


class WaitingLine(BaseModel):
    """The version that waits to be published."""

    number: int
    state: str
    at: datetime
    by: str
    origin: str


class LanguageLine(BaseModel):
    """The same article in a language; `behind`: the original was changed after it."""

    lang: str
    id: str
    state: str
    behind: bool


class ArticleLine(BaseModel):
    """An article in a list. `version` is the published one's number, 0 for none."""

    id: str
    key: str
    lang: str
    title: str
    type: str
    state: str
    audience: str
    product_models: list[str]
    firmware: str
    updated: date | None
    owner_id: str | None
    version: int
    draft: WaitingLine | None
    translation: str
    languages: list[LanguageLine]
    passages: int
    format: str
    pages: int
    warnings: int


class VersionLine(BaseModel):
    """A version in the history of an article."""

    number: int
    state: str
    at: datetime
    by: str
    origin: str
    note: str
    approved_by: str
    published_at: datetime | None


class DraftFields(BaseModel):
    """The fields of the version that waits."""

    number: int
    state: str
    title: str
    type: str
    product_models: list[str]
    audience: str
    firmware: str
    effective_from: date | None
    effective_until: date | None
    supersedes: list[str]
    body: str


class Article(ArticleLine):
    """An article with its text and history."""

    body: str
    effective_from: date | None
    effective_until: date | None
    supersedes: list[str]
    source_path: str
    has_source: bool
    versions: list[VersionLine]
    draft_fields: DraftFields | None
    warnings_text: list[str]
    row_version: int


class ArticleCounts(BaseModel):
    """Articles by how they stand."""

    published: int = 0
    waiting: int = 0
    draft: int = 0
    retired: int = 0


class PassageFigure(BaseModel):
    """A picture shown with a passage; `url` is filled by the door."""

    name: str
    caption: str
    page: int | None
    box: list[float] | None
    url: str = ""


class ConceptName(BaseModel):
    key: str
    name: str


class PassageView(BaseModel):
    """A compiled passage as an editor checks it."""

    ordinal: int
    section: str
    kind: str
    text: str
    page: int | None
    hazard: dict[str, Any] | None
    codes: list[str]
    concepts: list[ConceptName]
    figures: list[PassageFigure]


class Difference(BaseModel):
    """What one version changes in another."""

    from_number: int
    to_number: int
    fields: list[FieldChange]
    lines: list[LineChange]


class ArticleFilter(BaseModel):
    """What a list of articles is narrowed by; empty means anything."""

    q: str = ""
    state: str = ""
    type: str = ""
    audience: str = ""
    lang: str = ""
    model: str = ""
    owner_id: str = ""
    waiting: bool = False
    translation: str = ""
