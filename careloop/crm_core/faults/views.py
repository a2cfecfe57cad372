"""Views of the fault library. Times are ISO 8601 in UTC; shares run from 0 to 1."""

from __future__ import annotations

from pydantic import BaseModel, Field


class SlotView(BaseModel):
    """A slot as its reader sees it: `label` in the reader's language where the termbase knows it.

    `text` and `lang` are the words it was told in; `translated` when the label is not those.
    """

    concept: str = ""
    text: str = ""
    lang: str = ""
    label: str = ""
    translated: bool = False
    concepts: list[str] = Field(default_factory=list)


class Success(BaseModel):
    """How often the remedy held. `attempts` are ended cases, `successes` those that were confirmed
    or lasted 30 days, `failures` those that came back, `unknown` the rest.

    `rate` is successes over attempts; `low` and `high` bound it with 95 % confidence (Wilson).
    """

    attempts: int = 0
    successes: int = 0
    failures: int = 0
    unknown: int = 0
    open: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None


class FaultView(BaseModel):
    """A fault in a list."""

    number: str
    state: str
    origin: str
    component: SlotView
    symptom: SlotView
    cause: SlotView
    remedy: SlotView
    models: list[str]
    error_codes: list[str]
    firmware: str
    note: str
    success: Success
    last_seen: str | None
    merged_into: str | None
    reviewed_at: str | None
    reviewed_by: str
    reject_reason: str
    article_id: str | None
    version: int
    created_at: str
    updated_at: str


class PartShare(BaseModel):
    """A part of a remedy: used in `cases` of `of` ended cases, usually `quantity` of it."""

    part: str
    name: str = ""
    cases: int
    of: int
    share: float
    quantity: int


class MinutesView(BaseModel):
    """Minutes of work, over the cases in which they were written down."""

    median: int
    low: int
    high: int
    of: int


class FaultLinkView(BaseModel):
    """What belongs to a fault; `path` opens it on the desk."""

    id: str
    kind: str
    target: str
    title: str
    quantity: int
    path: str = ""


class MergeView(BaseModel):
    """A fault that was merged into this one, or this one into another."""

    id: str
    fault: str
    into: str
    findings: int
    reason: str
    actor: str
    at: str
    undone_at: str | None


class ModelCount(BaseModel):
    model: str
    cases: int


class FaultPage(FaultView):
    """A fault with all that is known of it."""

    parts: list[PartShare] = Field(default_factory=list)
    minutes: MinutesView | None = None
    by_model: list[ModelCount] = Field(default_factory=list)
    links: list[FaultLinkView] = Field(default_factory=list)
    merges: list[MergeView] = Field(default_factory=list)
    possible_states: list[str] = Field(default_factory=list)


class FindingView(BaseModel):
    """One piece of evidence."""

    id: str
    fault: str
    fault_state: str
    ticket: str
    origin_ticket: str
    work_order: str | None
    origin: str
    outcome: str
    outcome_at: str | None
    superseded_by: str | None
    component: SlotView
    symptom: SlotView
    cause: SlotView
    remedy: SlotView
    model: str
    serial: str
    error_codes: list[str]
    firmware: str
    parts: dict[str, int]
    minutes: int | None
    note: str
    actor: str
    happened_at: str
    created_at: str


class FindingList(BaseModel):
    items: list[FindingView]


class Likeness(BaseModel):
    """How alike two faults are in one slot, 0 to 1; null where neither says anything."""

    slot: str
    share: float | None


class DuplicatePair(BaseModel):
    """Two faults that may be one; `score` runs from 0 to 100, `keep` names the better proven."""

    fault: FaultView
    other: FaultView
    keep: str
    score: int
    same_models: bool
    likeness: list[Likeness]


class DuplicateList(BaseModel):
    items: list[DuplicatePair]


class MergePreview(BaseModel):
    """What a merge would do: counts before and after, what the one that stays gains."""

    fault: FaultView
    into: FaultView
    after: Success
    findings: int
    models_added: list[str]
    codes_added: list[str]
    links_added: int
    score: int
    likeness: list[Likeness]


class LibraryOverview(BaseModel):
    """How the library stands."""

    draft: int
    reviewed: int
    rejected: int
    merged: int
    findings: int
    engineer_findings: int
    waiting_tickets: int
    """Ended tickets whose finding is not drawn up yet."""


class FaultReason(BaseModel):
    """Why a fault is suggested: a code with its values, and the same in English."""

    code: str
    args: dict[str, str | int] = Field(default_factory=dict)
    text: str


class Suggestion(BaseModel):
    """A fault that may be behind what was told; `share` is its part of all evidence that fits."""

    fault: FaultView
    score: float
    share: float
    cases_on_model: int
    reasons: list[FaultReason]
    parts: list[PartShare]
    minutes: MinutesView | None
    links: list[FaultLinkView]


class Expansion(BaseModel):
    """A word to search with besides: a concept and its name in the reader's language."""

    concept: str
    kind: str
    name: str


class Suggestions(BaseModel):
    """What is known of a fault like this, the likeliest first; `understood` are the concepts that
    were read from the words, `expansion` what to search for besides."""

    items: list[Suggestion]
    understood: list[Expansion]
    expansion: list[Expansion]


class DrawnUp(BaseModel):
    """What came of ended tickets: findings proposed, filled in, and tickets that told nothing."""

    proposed: int
    filled: int
    silent: int
    waiting: int


class ArticleMade(BaseModel):
    """The draft that a fault was written as; `refreshed` when there was one already."""

    article_id: str
    key: str
    refreshed: bool
