"""What every file becomes before it is compiled: Markdown with page marks, and its figures.

One text form for all formats, so that an editor can read, mend and compare it. A line
`<!-- page: 12 -->` says that what follows stands on page 12 (also inside a list or a table); an
image `![caption](figure:NAME)` shows the figure of that name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from careloop.knowledge.ingest.source import SourceFile

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares (0..1) of the page's width and height."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture taken out of a file. `name` is unique in its manuscript; `page` counts from 1."""

    name: str
    data: bytes
    media_type: str
    page: int | None = None
    box: Box | None = None
    caption: str = ""


@dataclass(slots=True)
class Manuscript:
    """A file as Markdown.

    `matter` holds what the file says about itself in the keys of the front matter (`title`,
    `lang`, `updated` ...); a front matter at the head of `text` wins. `pages` is 0 for formats
    without pages. `attachments` are files found inside, to be read as documents of their own.
    """

    text: str
    matter: dict[str, Any] = field(default_factory=dict)
    pages: int = 0
    figures: list[Figure] = field(default_factory=list)
    attachments: list[SourceFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def page_mark(page: int) -> str:
    """The line that opens a page."""
    return f"<!-- page: {page} -->"
