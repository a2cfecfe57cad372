"""Commands to the library and what they answer with."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field, field_validator, model_validator

from careloop.kit.actor import AUDIENCES
from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.models import ORIGINS, TYPES

MAX_BODY = 4_000_000
_ID = Field(max_length=26, description="Id of the article.")


class ArticleFields(BaseModel):
    """What an editor writes; dates count as in on both ends."""

    title: str = Field(min_length=1, max_length=500, description="Title.")
    type: str = Field("faq", description=f"One of {', '.join(TYPES)}.")
    product_models: list[str] = Field(
        default_factory=list, max_length=200, description="Models it is for; none means all."
    )
    audience: str = Field("public", description=f"One of {', '.join(AUDIENCES)}.")
    firmware: str = Field("", max_length=100, description="Firmware range, such as >=3.2,<4.")
    effective_from: date | None = Field(None, description="First day it holds.")
    effective_until: date | None = Field(None, description="Last day it holds.")
    supersedes: list[str] = Field(
        default_factory=list, max_length=100, description="Keys of articles that it replaces."
    )
    body: str = Field("", max_length=MAX_BODY, description="The text as Markdown.")
    note: str = Field("", max_length=1000, description="What was changed and why.")

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        return _one_of(value, TYPES)

    @field_validator("audience")
    @classmethod
    def _known_audience(cls, value: str) -> str:
        return _one_of(value, AUDIENCES)

    @field_validator("title", "body", "note")
    @classmethod
    def _without_nul(cls, value: str) -> str:
        return value.replace("\x00", "")

    @model_validator(mode="after")
    def _ordered_days(self) -> ArticleFields:
        if (
            self.effective_from
            and self.effective_until
            and self.effective_until < self.effective_from
        ):
            raise ValueError("effective_until lies before effective_from")
        return self


class CreateArticle(ArticleFields):
    """Write a new article, or a translation of one."""

    key: str = Field("", max_length=300, description="Id shared by all languages; empty: made.")
    lang: str = Field(description="Language code of the text.")
    translation: str = Field("", description="Empty for an original, else unreviewed or reviewed.")
    origin: str = Field("editor", description="What it was made from.")

    @field_validator("lang")
    @classmethod
    def _known_lang(cls, value: str) -> str:
        return _one_of(value, SUPPORTED)

    @field_validator("translation")
    @classmethod
    def _known_translation(cls, value: str) -> str:
        return _one_of(value, ("", "reviewed", "unreviewed"))

    @field_validator("origin")
    @classmethod
    def _written(cls, value: str) -> str:
        # What a file said is put in by a delivery alone: it decides what counts as changed.
        return _one_of(value, tuple(name for name in ORIGINS if name != "file"))

    @field_validator("key")
    @classmethod
    def _plain_key(cls, value: str) -> str:
        return value.strip().replace("\x00", "")


class SaveDraft(ArticleFields):
    """Write the next version of an article; the published one stays until it is published."""

    id: str = _ID
    row_version: int | None = Field(None, description="As read; refused when changed meanwhile.")
    origin: str = Field("editor", description="What it was made from.")


class PickArticle(BaseModel):
    """One article."""

    id: str = _ID


class PickEdition(PickArticle):
    """One version of an article."""

    number: int = Field(ge=1, description="Number of the version.")


class SetOwner(PickArticle):
    """Who looks after an article."""

    user_id: str | None = Field(None, max_length=26, description="A member of the team, or nobody.")


class ArticleState(BaseModel):
    """How an article stands after an act. `edition` is published, `waiting` is the draft."""

    id: str
    key: str
    lang: str
    state: str
    edition: int
    waiting: int | None
    row_version: int


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")
    return value
