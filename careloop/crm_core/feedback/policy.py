"""Rules of feedback: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from careloop.crm_core.feedback.schemas import ReasonTag, SurveyFacts
from careloop.crm_core.feedback.views import Scores

CHANGEABLE = timedelta(hours=24)
MAIL_ATTEMPTS = 3
RETRY = timedelta(minutes=15)
MAX_DUE = timedelta(days=180)
NEGATIVE = -1
"""Mood from which words count as negative."""
HELD = {
    "quiet": "This person was asked a short while ago",
    "opted_out": "This person wants no surveys",
    "no_consent": "This person has not consented to surveys",
    "no_way": "There is no chat and no mail address to reach this person",
    "no_contact": "The ticket names no person",
    "reopened": "The ticket is being worked on again",
    "refused": "The mail was refused",
    "unsent": "The mail server did not take it",
    "off": "Surveys were switched off",
}
"""Why a survey is not sent, and the same in English."""
USUAL_REASONS = (
    ReasonTag(code="fast", good=True, label={
        "zh": "响应快", "en": "Quick", "es": "Rápido", "de": "Schnell", "fr": "Rapide"}),
    ReasonTag(code="skilled", good=True, label={
        "zh": "专业", "en": "Skilled", "es": "Competente", "de": "Fachkundig",
        "fr": "Compétent"}),
    ReasonTag(code="friendly", good=True, label={
        "zh": "态度好", "en": "Friendly", "es": "Amable", "de": "Freundlich", "fr": "Aimable"}),
    ReasonTag(code="slow", label={
        "zh": "等待太久", "en": "Took too long", "es": "Tardó demasiado",
        "de": "Hat zu lange gedauert", "fr": "Trop long"}),
    ReasonTag(code="not_solved", label={
        "zh": "问题没解决", "en": "Not solved", "es": "No resuelto", "de": "Nicht gelöst",
        "fr": "Pas résolu"}),
    ReasonTag(code="repeated", label={
        "zh": "多次上门", "en": "Several visits needed", "es": "Varias visitas",
        "de": "Mehrere Besuche nötig", "fr": "Plusieurs visites"}),
    ReasonTag(code="price", label={
        "zh": "费用高", "en": "Too expensive", "es": "Demasiado caro", "de": "Zu teuer",
        "fr": "Trop cher"}),
    ReasonTag(code="communication", label={
        "zh": "沟通不畅", "en": "Poorly informed", "es": "Mala comunicación",
        "de": "Schlecht informiert", "fr": "Mal informé"}),
)  # fmt: skip


def usual() -> SurveyFacts:
    """What holds until a maker says otherwise: nothing goes out by itself."""
    return SurveyFacts(reasons=list(USUAL_REASONS))


def is_low(facts: SurveyFacts, csat: int | None, nps: int | None) -> bool:
    """Whether one of the scores is low by these settings."""
    return (csat is not None and csat <= facts.low_csat) or (
        nps is not None and nps <= facts.low_nps
    )


def changeable_until(answered_at: datetime) -> datetime:
    return answered_at + CHANGEABLE


def spoken(facts: SurveyFacts, *wishes: str) -> str:
    """The first wish that is offered, else the first language of the settings."""
    for wish in wishes:
        code = wish.replace("_", "-").split("-")[0].lower()
        if code in facts.languages:
            return code
    return facts.languages[0]


def month_of(at: datetime) -> str:
    """The month in UTC, such as 2026-11."""
    return f"{at.year:04d}-{at.month:02d}"


@dataclass(slots=True)
class Sum:
    """What is added up of a group."""

    sent: int = 0
    answered: int = 0
    low: int = 0
    csat_count: int = 0
    csat_total: int = 0
    satisfied: int = 0
    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    def add(self, more: Mapping[str, int]) -> None:
        for name, value in more.items():
            setattr(self, name, getattr(self, name) + value)


def scores(key: str, total: Sum, label: str = "") -> Scores:
    """Rates of what was added up."""
    judged = total.promoters + total.passives + total.detractors
    return Scores(
        key=key, label=label or key, sent=total.sent, answered=total.answered,
        response_rate=round(total.answered / total.sent, 4) if total.sent else None,
        csat_count=total.csat_count,
        csat=round(total.csat_total / total.csat_count, 2) if total.csat_count else None,
        satisfied=round(total.satisfied / total.csat_count, 4) if total.csat_count else None,
        nps_count=judged,
        nps=round(100 * (total.promoters - total.detractors) / judged) if judged else None,
        promoters=total.promoters, passives=total.passives, detractors=total.detractors,
        low=total.low,
    )  # fmt: skip


def of_scores(answers: Iterable[tuple[int | None, int | None, int, int]]) -> dict[str, int]:
    """Sums of (csat, nps, low, how many) rows."""
    total = Sum()
    for csat, nps, low, count in answers:
        more = {"answered": count, "low": low}
        if csat is not None:
            more |= {"csat_count": count, "csat_total": csat * count,
                     "satisfied": count if csat >= 4 else 0}  # fmt: skip
        if nps is not None:
            group = "promoters" if nps >= 9 else "passives" if nps >= 7 else "detractors"
            more[group] = count
        total.add(more)
    return {name: getattr(total, name) for name in Sum.__slots__ if name != "sent"}
