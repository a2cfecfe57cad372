"""Learned scores and rules of safety joined into one verdict on a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloop.agents.mind.embedded.classify import Scores, best
from careloop.agents.mind.embedded.cues import cues_in
from careloop.agents.mind.embedded.hazards import hazard_classes, names_hazard
from careloop.agents.mind.embedded.masking import clip
from careloop.agents.mind.reading import HandoffReason, Intent, Urgency
from careloop.knowledge.language.normalize import normalize

# The shares below are chosen on held-out folds, see `python -m training.train --report`.
_SAFETY_SHARE = 0.06
"""Learned share from which safety is believed without a word of danger."""
_NAMED_SHARE = 0.02
"""The same with a word of danger; below it the word is taken for harmless ("no smoke at all")."""
_TOLD_SHARE = 0.03
"""The same with a danger told in two halves."""
_ENOUGH = {HandoffReason.COMPLEX: 0.3, HandoffReason.ASKED_FOR_HUMAN: 0.3}
_ENOUGH_ELSE = 0.22
"""Learned share from which a reason is believed; vague reasons need more."""
_PERSON_SURE = 0.5
"""Share of the wish for a person from which it is a reason by itself."""
_CONTAINED = 0.45
"""Learned share of high urgency from which a danger counts as over or under control."""
_PRESSING = 0.4
"""Learned share of high and critical urgency together from which a message is pressing."""
_LEISURE = {Intent.ASK_HOW_TO: 0.4, Intent.ASK_WARRANTY: 0.4}
_LEISURE_ELSE = 0.6
"""Learned share of low urgency from which a message can wait; a question needs less."""
_CAN_WAIT = frozenset({Intent.THANKS, Intent.CHIT_CHAT, Intent.OUT_OF_SCOPE, Intent.SALES_ENQUIRY})
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


_PLEASANT = frozenset({Intent.CHIT_CHAT, Intent.THANKS})
_PLEASANT_SURE = 0.6


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
    urgency = _urgency(scores, intent, reason)
    return Judgement(scores.intent, intent, int(best(scores.sentiment)[0]), urgency, reason)


def _reason(
    text: str, lang: str, scores: Scores, intent: Intent, earlier: Sequence[str]
) -> HandoffReason:
    if _dangerous(text, lang, scores.signal.get("safety", 0.0)):
        return HandoffReason.SAFETY
    if intent in _PLEASANT and scores.intent[intent] >= _PLEASANT_SURE:
        # A cheerful greeting is full of exclamation marks too.
        return HandoffReason.NONE
    shares = {k: v for k, v in scores.signal.items() if k not in ("none", "safety")}
    label, share = best(shares)
    reason = HandoffReason(label)
    if share >= _ENOUGH.get(reason, _ENOUGH_ELSE):
        return reason
    if intent not in _DONE_INTENTS and _says_again(text, lang):
        before = sum(_says_again(line, lang) for line in earlier[-6:])
        if before + 1 >= _REPEATS:
            return HandoffReason.REPEAT_FAILURE
    if intent is Intent.PERSON_WANTED and scores.intent[intent] >= _PERSON_SURE:
        return HandoffReason.ASKED_FOR_HUMAN
    return HandoffReason.NONE


def _dangerous(text: str, lang: str, share: float) -> bool:
    return (
        share >= _SAFETY_SHARE
        or (share >= _NAMED_SHARE and names_hazard(text, lang))
        or (share >= _TOLD_SHARE and bool(hazard_classes(text, lang)))
    )


def _urgency(scores: Scores, intent: Intent, reason: HandoffReason) -> Urgency:
    high, critical = scores.urgency.get("high", 0.0), scores.urgency.get("critical", 0.0)
    if reason is HandoffReason.SAFETY:
        return Urgency.HIGH if high >= _CONTAINED else Urgency.CRITICAL
    if intent in _CAN_WAIT:
        return Urgency.LOW if reason is HandoffReason.NONE else Urgency.NORMAL
    if high + critical >= _PRESSING:
        return Urgency.CRITICAL if critical > high else Urgency.HIGH
    leisure = scores.urgency.get("low", 0.0)
    enough = _LEISURE.get(intent, _LEISURE_ELSE)
    return Urgency.LOW if leisure >= enough else Urgency.NORMAL


def _says_again(text: str, lang: str) -> bool:
    return not _NOT_SOLVED_CUES.isdisjoint(cues_in(normalize(clip(text), lang), lang))
