"""Views of feedback. Times are ISO 8601 in UTC."""

from __future__ import annotations

from pydantic import BaseModel, Field

from careloop.crm_core.feedback.schemas import ReasonTag, SurveyFacts


class SettingsView(SurveyFacts):
    """The settings as they stand."""

    version: int
    updated_at: str | None


class SurveyView(BaseModel):
    """A survey: where it stands, how it went out."""

    id: str
    ticket: str
    occasion: str
    state: str
    reason: str
    way: str
    channel: str
    engineer: str
    model: str
    language: str
    contact_id: str | None
    send_at: str
    sent_at: str | None
    expires_at: str | None
    opened_at: str | None
    created_at: str


class AskedSurvey(BaseModel):
    """A survey that was made by hand; `secret` is the address to copy, told this once."""

    survey: SurveyView
    secret: str = ""


class FeedbackView(BaseModel):
    """An answer as staff sees it."""

    id: str
    survey_id: str
    ticket: str
    ticket_title: str = ""
    contact_id: str | None
    contact_name: str = ""
    customer_id: str | None
    customer_name: str = ""
    csat: int | None
    nps: int | None
    comment: str
    reasons: list[str]
    language: str
    channel: str
    engineer: str
    engineer_name: str = ""
    model: str
    occasion: str = ""
    answered_at: str
    changed_at: str | None
    mood: int | None
    low: bool
    case: str | None
    callback_id: str | None = None
    callback_state: str | None = None


class CallbackView(BaseModel):
    """A call-back task. `overdue` by the books' clock."""

    id: str
    ticket: str
    ticket_title: str = ""
    contact_id: str | None
    contact_name: str = ""
    customer_id: str | None
    customer_name: str = ""
    feedback_id: str | None
    csat: int | None = None
    nps: int | None = None
    comment: str = ""
    owner_id: str | None
    owner_name: str = ""
    state: str
    reason: str
    phone: str
    language: str = ""
    due_at: str
    overdue: bool
    postponed: int
    outcome: str
    note: str
    done_at: str | None
    done_by: str
    created_at: str
    version: int


class Scores(BaseModel):
    """Figures of one group. `csat` is the mean of 1 to 5, `satisfied` the share of 4 and 5, `nps`
    runs from -100 to 100; each null where nobody answered that question.

    `sent` counts surveys sent in the span, `answered` those of them that were answered.
    """

    key: str
    label: str = ""
    sent: int = 0
    answered: int = 0
    response_rate: float | None = None
    csat_count: int = 0
    csat: float | None = None
    satisfied: float | None = None
    nps_count: int = 0
    nps: int | None = None
    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    low: int = 0


class ReasonCount(BaseModel):
    code: str
    label: dict[str, str] = Field(default_factory=dict)
    count: int


class HeldCount(BaseModel):
    """Surveys that were not sent, by reason."""

    reason: str
    count: int


class FeedbackSummary(BaseModel):
    """Feedback of a span of months, whole and by group."""

    since: str
    until: str
    total: Scores
    months: list[Scores]
    channels: list[Scores]
    engineers: list[Scores]
    models: list[Scores]
    csat_shares: dict[str, int]
    nps_shares: dict[str, int]
    reasons: list[ReasonCount]
    held: list[HeldCount]
    open_callbacks: int
    overdue_callbacks: int


class PublicReason(BaseModel):
    code: str
    label: str
    good: bool


class PublicAnswer(BaseModel):
    csat: int | None
    nps: int | None
    comment: str
    reasons: list[str]


class PublicSurvey(BaseModel):
    """What the page of a survey is told; nothing that the mail did not say already."""

    state: str
    """`open`, `answered` (may be changed until `changeable_until`), `closed` or `expired`."""
    maker: str
    language: str
    languages: list[str]
    ticket: str
    device: str
    finished_on: str
    ask_csat: bool
    ask_nps: bool
    ask_comment: bool
    reasons: list[PublicReason]
    intro: str
    thanks: str
    consent: str
    low_csat: int
    answer: PublicAnswer | None
    changeable_until: str | None
    stopped: bool


class SettingsPreview(BaseModel):
    """How the page would look with settings that are not saved yet."""

    survey: PublicSurvey
    message: str
    subject: str
    text: str


__all__ = [
    "AskedSurvey", "CallbackView", "FeedbackSummary", "FeedbackView", "HeldCount", "PublicAnswer",
    "PublicReason", "PublicSurvey", "ReasonCount", "ReasonTag", "Scores", "SettingsPreview",
    "SettingsView", "SurveyView",
]  # fmt: skip
