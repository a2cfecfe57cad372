"""Termbases in and out as files; the kind of a file is read from its content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from careloop.knowledge.ingest.source import decode
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.term_csv import read_csv, write_csv
from careloop.knowledge.language.term_entry import Problem, Reading, UnreadableTerms
from careloop.knowledge.language.term_tbx import read_tbx, write_tbx

__all__ = [
    "MEDIA_TYPES",
    "Format",
    "Problem",
    "Reading",
    "UnreadableTerms",
    "read_terms",
    "write_terms",
]

Format = Literal["csv", "tbx"]
MEDIA_TYPES: dict[str, str] = {"csv": "text/csv; charset=utf-8", "tbx": "application/x-tbx+xml"}


def read_terms(data: bytes) -> Reading:
    """The concepts of a CSV or TBX file; raises `UnreadableTerms` when it is neither."""
    if not data.strip():
        raise UnreadableTerms("The file is empty")
    try:
        text, _ = decode(data)
    except ValueError as error:
        raise UnreadableTerms(str(error)) from None
    return read_tbx(data) if text.lstrip("\ufeff \t\r\n").startswith("<") else read_csv(text)


def write_terms(concepts: Iterable[Concept], form: Format) -> bytes:
    """The concepts as a file; reading it gives the same concepts."""
    return write_csv(concepts) if form == "csv" else write_tbx(concepts)
