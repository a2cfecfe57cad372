"""Learned scores and rules of safety joined into one verdict on a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloop.agents.mind.embedded.classify import Scores, best
from careloop.agents.mind.embedded.cues import cues_in
from careloop.agents.mind.embedded.hazards import names_hazard
from careloop.agents.mind.embedded.masking import clip
from careloop.agents.mind.reading import HandoffReason, Intent, Urgency
from careloop.knowledge.language.normalize import normalize

_SAFETY_SHARE = 0.1
"""Learned share from which safety is believed without a word of the lexicon."""
_NONE_SHARE = 0.65
"""Learned share of "no reason" below which the likeliest reason is believed."""
_CONTAINED = 0.5
"""Learned share of high urgency from which a danger counts as over or under control."""
_REPEATS = 2
_NOT_SOLVED_CUES = frozenset({"still_again"})
_DONE_INTENTS = frozenset({Intent.THANKS, Intent.CHIT_CHAT, Intent.CANCEL_OR_RESCHEDULE})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict; `intent` keeps the learned shares."""

    intent: dict[str, float]
    chosen_intent: Intent
    sentiment: int
    urgency: Urgency
    handoff_reason: HandoffReason


def judge(text: str, lang: str, scores: Scores, earlier: Sequence[str] = ()) -> Judgement:
    """Verdict on `text`; `earlier` is what the customer said before in this conversation."""
    intent = Intent(best(scores.intent)[0])
    reason = _reason(text, lang, scores, intent, earlier)
    if reason is HandoffReason.SAFETY and intent in (
        Intent.ASK_HOW_TO,
        Intent.CHIT_CHAT,
        Intent.OUT_OF_SCOPE,
    ):
        intent = Intent.REPORT_FAULT
    urgency = Urgency(best(scores.urgency)[0])
    if reason is HandoffReason.SAFETY:
        urgency = (
            Urgency.HIGH if scores.urgency.get("high", 0.0) >= _CONTAINED else Urgency.CRITICAL
        )
    return Judgement(scores.intent, intent, int(best(scores.sentiment)[0]), urgency, reason)


def _reason(
    text: str, lang: str, scores: Scores, intent: Intent, earlier: Sequence[str]
) -> HandoffReason:
    if scores.signal.get("safety", 0.0) >= _SAFETY_SHARE or names_hazard(text, lang):
        return HandoffReason.SAFETY
    if scores.signal.get("none", 0.0) < _NONE_SHARE:
        reasons = {label: share for label, share in scores.signal.items() if label != "none"}
        return HandoffReason(best(reasons)[0])
    if intent not in _DONE_INTENTS and _says_again(text, lang):
        before = sum(_says_again(line, lang) for line in earlier[-6:])
        if before + 1 >= _REPEATS:
            return HandoffReason.REPEAT_FAILURE
    if intent is Intent.PERSON_WANTED:
        return HandoffReason.ASKED_FOR_HUMAN
    return HandoffReason.NONE


def _says_again(text: str, lang: str) -> bool:
    return not _NOT_SOLVED_CUES.isdisjoint(cues_in(normalize(clip(text), lang), lang))
