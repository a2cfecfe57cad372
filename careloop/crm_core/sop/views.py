"""Views of standard procedures and of their runs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from careloop.crm_core.sop.content import SopContent, SopReadingLimits
from careloop.crm_core.sop.schemas import SopRuleFacts
from careloop.crm_core.sop.validation import SopProblem


class SopView(BaseModel):
    """One procedure in a list; `title` by language, `minutes` for the whole of it."""

    code: str
    title: dict[str, str]
    state: str
    published: int
    has_draft: bool
    draft_by: str
    draft_at: str | None
    models: list[str]
    ticket_types: list[str]
    component: str
    tags: list[str]
    languages: list[str]
    minutes: int
    steps_count: int
    hazard: str
    source: str
    rules_count: int
    required: bool
    """Whether a rule puts it on visits as required."""
    version: int
    created_at: str
    updated_at: str


class SopVersionView(BaseModel):
    number: int
    note: str
    by: str
    published_at: str
    steps_count: int


class SopPage(SopView):
    """A procedure with what is published, the draft, what is wrong in it, and its rules."""

    content: SopContent | None
    draft: SopContent | None
    draft_base: int
    problems: list[SopProblem]
    rules: list[SopRuleFacts]
    versions: list[SopVersionView]


class SopVersionPage(SopVersionView):
    content: SopContent


class SopCheck(BaseModel):
    """What a draft would be told when it is published."""

    problems: list[SopProblem]
    publishable: bool


class SopChange(BaseModel):
    """One difference: a step or field that was added, removed, moved or changed."""

    kind: str
    step: str = ""
    field: str = ""
    language: str = ""
    before: Any = None
    after: Any = None


class SopDiff(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: int = Field(alias="from")
    until: int
    changes: list[SopChange]


class SopNextStep(BaseModel):
    step: str
    number: int
    title: str


class SopRunView(BaseModel):
    """One run. `result` is passed, remarks or failed once it has ended."""

    id: str
    sop: str
    title: str
    sop_version: int
    """The version it began with; before that the one it would begin with."""
    pinned: bool
    work_order: str
    ticket: str
    serial: str
    model: str
    required: bool
    by_rule: bool
    attached_by: str
    state: str
    result: str
    next: SopNextStep | None
    passed_count: int
    steps_count: int
    deviations: int
    hazard: str
    minutes: int
    reason: str
    reason_by: str
    begun_at: str | None
    ended_at: str | None
    created_at: str
    version: int


class SopRunPhoto(BaseModel):
    id: str
    url: str = ""


class SopRecordView(BaseModel):
    """What somebody said of a step: `happened_at` by the device, `recorded_at` by the server.

    `counts` tells whether it is part of the way that the run took; `replaced_by` the record that
    corrected it; `deviation` why it is none.
    """

    id: str
    seq: int
    step: str
    outcome: str
    value: float | None
    ok: bool | None
    option: str
    photos: list[SopRunPhoto]
    signed_by: str
    note: str
    hazard_text: str
    hazard_by: str
    actor: str
    engineer: str
    role: str
    corrects: str | None
    replaced_by: str | None
    counts: bool
    deviation: str
    happened_at: str
    recorded_at: str
    late: bool


class SopPartHint(BaseModel):
    part: str
    name: str
    quantity: int


class SopOptionView(BaseModel):
    id: str
    label: str
    goto: str


class SopRunStep(BaseModel):
    """A step as the person before the machine sees it, in one language.

    `fallback` when some text is in another language than asked for; `may` whether the reader may
    do it, `may_not` why not. `state`: open, next, done, passed, failed, skipped, waiting (recorded
    ahead of what comes before it) or off_way.
    """

    id: str
    number: int
    title: str
    text: str
    safety: str
    language: str
    fallback: bool
    kind: str
    hazard: str
    role: str
    required: bool
    may: bool
    may_not: str
    reading: SopReadingLimits | None
    photos_min: int
    options: list[SopOptionView]
    on_fail: str
    goto: str
    then: str
    minutes: int
    parts: list[SopPartHint]
    tools: list[str]
    state: str
    turns: int
    """How often the way has come through it."""
    record: SopRecordView | None


class SopRunPage(SopRunView):
    """A run with all that a phone needs to go on with it, also without a signal."""

    summary: str
    language: str
    languages: list[str]
    tools: list[str]
    parts: list[SopPartHint]
    steps: list[SopRunStep]
    path: list[str]
    missing: list[SopNextStep]
    records: list[SopRecordView]


class SopRunPhotoAdded(SopRunPhoto):
    """A picture that was added to the visit; give its id with the step."""

    run_id: str


class SopTransfer(BaseModel):
    """What taking in a file did."""

    code: str
    created: bool
    problems: list[SopProblem]
