"""What the library hands out: immutable, safe to keep after the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from careloop.knowledge.explain import Reason


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to the library.

    `text` is the customer's words; `lang` None lets the text decide. `model` pins one or several
    models, unless the text itself names one. `audience` can only narrow what the actor may read.
    `history` holds the customer's earlier messages, oldest first; they help a short follow-up.
    `firmware` is the machine's version, unless the text names one. `now` sets the day of validity.
    """

    text: str
    lang: str | None = None
    model: str | Sequence[str] | None = None
    audience: str | None = None
    history: Sequence[str] = ()
    k: int = 5
    now: datetime | None = None
    firmware: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is comparable within one search only; `covered` is the share
    (0..1) of the question's weight that the passage holds; `models` empty means every model."""

    passage_id: str
    document_id: str
    document: str
    lang: str
    title: str
    section: str
    ordinal: int
    kind: str
    type: str
    text: str
    score: float
    covered: float
    models: tuple[str, ...]
    audience: str
    codes: tuple[str, ...]
    hazard: dict[str, Any] | None
    data: dict[str, Any]
    page: int | None
    updated: date | None = None

    @property
    def role(self) -> str:
        """The lowest role that may act on it: `customer` or `engineer`."""
        return str(self.hazard["role"]) if self.hazard else "customer"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits best first, at most two of a document.

    `confidence` (0..1) is the calibrated chance that the first hit's document holds the answer;
    below `ABSTAIN_BELOW` of `retrieve.confidence` an answer should not be given. `clarify` names
    the models to choose from when the answer differs by model and none is known. `models` are
    those that the search was pinned to.
    """

    hits: list[Hit]
    clarify: list[str]
    confidence: float
    took_ms: float
    reasons: list[str]
    lang: str
    models: tuple[str, ...] = ()
    answerable: bool = False
    why: tuple[tuple[Reason, ...], ...] = ()
    """For each hit what of the question it holds."""
    contradicted_by: Hit | None = None
    """A passage of another document that says otherwise than the first hit."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A picture of a document; `document_id` is the row it lies with."""

    document_id: str
    name: str
    media_type: str
    caption: str
    page: int | None


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage in the language to show. `marked` when it is not the customer's language."""

    text: str
    lang: str
    marked: bool
    document: str
    title: str
    section: str
    kind: str
    ordinal: int
    models: tuple[str, ...]
    hazard: dict[str, Any] | None
    data: dict[str, Any]
    page: int | None = None
    figures: tuple[ShownFigure, ...] = ()

    @property
    def role(self) -> str:
        return str(self.hazard["role"]) if self.hazard else "customer"


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole document as published."""

    id: str
    key: str
    lang: str
    title: str
    type: str
    models: tuple[str, ...]
    audience: str
    firmware: str
    updated: date | None
    effective_from: date | None
    effective_until: date | None
    translation: str
    state: str
    languages: tuple[str, ...]
    body: str
    extra: dict[str, Any] = field(default_factory=dict)
