"""Commands and views of translations."""

from __future__ import annotations

from pydantic import BaseModel, Field, field_validator

from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.schemas import MAX_BODY
from careloop.knowledge.translate.check import Problem


class BeginTranslation(BaseModel):
    """Begin the translation of an article by hand: a draft that holds the original's text."""

    id: str = Field(max_length=26, description="Id of the original.")
    lang: str = Field(max_length=8, description="Language to translate to.")

    @field_validator("lang")
    @classmethod
    def _known_lang(cls, value: str) -> str:
        if value not in SUPPORTED:
            raise ValueError(f"{value!r} is not one of {', '.join(SUPPORTED)}")
        return value


class KeepTranslation(BeginTranslation):
    """Keep what a translator made of version `edition` of the original, as a draft."""

    edition: int = Field(ge=0, description="Version of the original that was translated.")
    title: str = Field(min_length=1, max_length=500, description="Title in the target language.")
    body: str = Field(max_length=MAX_BODY, description="Text in the target language.")
    by: str = Field("", max_length=40, description="What translated it.")
    problems: list[str] = Field(
        default_factory=list, max_length=200, description="What is wrong with it, as checked."
    )


class Cell(BaseModel):
    """How an article stands in a language: published, unreviewed, behind, draft or missing."""

    state: str
    id: str | None


class MatrixLine(BaseModel):
    """An original with its translations by language."""

    key: str
    id: str
    title: str
    lang: str
    targets: dict[str, Cell]


class Matrix(BaseModel):
    """Every original with every language; `translator` is `none` where none is configured."""

    languages: list[str]
    items: list[MatrixLine]
    translator: str = "none"


class TranslationCheck(BaseModel):
    """What is wrong with a translation."""

    problems: list[Problem]
