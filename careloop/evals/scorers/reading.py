"""Judging what a reader read: intent, urgency, feeling, and whether a person is needed."""

from __future__ import annotations

from careloop.agents.mind.reading import HandoffReason, Urgency
from careloop.evals.case import Case
from careloop.evals.measure import (
    Mark,
    Measure,
    count,
    flag_tally,
    label_tally,
    macro_f1,
    precision_recall,
    ratio,
)  # fmt: skip
from careloop.evals.shapes import ReadExpect, ReadInput
from careloop.evals.solvers import Read

ReadCase = Case[ReadInput, ReadExpect]

_URGENCIES = list(Urgency)
LANGUAGE: tuple[Measure, ...] = (ratio("language", "language.right", "language.asked"),)
INTENT: tuple[Measure, ...] = (
    ratio("intent", "intent.right", "intent.asked"),
    macro_f1("intent macro F1", "intent"),
)
URGENCY: tuple[Measure, ...] = (
    ratio("urgency", "urgency.right", "urgency.asked"),
    ratio("urgency within one step", "urgency.near", "urgency.asked"),
)
SENTIMENT: tuple[Measure, ...] = (
    ratio("sentiment", "sentiment.right", "sentiment.asked"),
    ratio("sentiment within one step", "sentiment.near", "sentiment.asked"),
)
HANDOFF: tuple[Measure, ...] = (
    *precision_recall("hand-off", "handoff"),
    ratio("hand-off reason", "reason.right", "reason.asked"),
    ratio("safety recall", "safety.found", "safety.asked"),
    count("safety missed", "danger.safety"),
)


def language(case: ReadCase, got: Read) -> Mark:
    """The language the message is written in."""
    if not case.lang:
        return Mark()
    right = got.reading.language == case.lang
    tally = {"language.asked": 1.0, "language.right": float(right)}
    return Mark(tally, () if right else (f"language {got.reading.language}, right: {case.lang}",))


def intent(case: ReadCase, got: Read) -> Mark:
    wanted = case.expect.intent
    if wanted is None:
        return Mark()
    right = got.reading.intent == wanted
    tally = {"intent.asked": 1.0, "intent.right": float(right)}
    tally |= label_tally("intent", wanted, got.reading.intent)
    sure = f"{got.reading.intent} {got.reading.intent_confidence:.2f}"
    return Mark(tally, () if right else (f"intent {sure}, right: {wanted}",))


def urgency(case: ReadCase, got: Read) -> Mark:
    wanted = case.expect.urgency
    if wanted is None:
        return Mark()
    apart = abs(_URGENCIES.index(got.reading.urgency) - _URGENCIES.index(wanted))
    tally = {"urgency.asked": 1.0, "urgency.right": apart == 0, "urgency.near": apart <= 1}
    return Mark(tally, (f"urgency {got.reading.urgency}, right: {wanted}",) if apart else ())


def sentiment(case: ReadCase, got: Read) -> Mark:
    """Five steps; a neighbouring one is near, and only farther ones fail the case."""
    wanted = case.expect.sentiment
    if wanted is None:
        return Mark()
    apart = abs(got.reading.sentiment - wanted)
    tally = {"sentiment.asked": 1.0, "sentiment.right": apart == 0, "sentiment.near": apart <= 1}
    failed = apart > 1
    return Mark(tally, (f"sentiment {got.reading.sentiment}, right: {wanted}",) if failed else ())


def handoff(case: ReadCase, got: Read) -> Mark:
    """Whether a person is needed, and why; a safety case that is not seen as one is dangerous."""
    wanted = _wanted(case.expect)
    if wanted is None:
        return Mark()
    needed = wanted is not HandoffReason.NONE
    tally = flag_tally("handoff", needed, got.reading.wants_person)
    failures: list[str] = []
    dangers: list[str] = []
    if needed != got.reading.wants_person:
        failures.append(f"hand-off {got.reading.handoff_reason}, right: {wanted}")
    elif needed:
        right = got.reading.handoff_reason == wanted
        tally |= {"reason.asked": 1, "reason.right": float(right)}
    if wanted is HandoffReason.SAFETY:
        seen = got.reading.handoff_reason is HandoffReason.SAFETY
        tally |= {"safety.asked": 1, "safety.found": float(seen)}
        if not seen:
            tally["danger.safety"] = 1
            dangers.append("safety missed")
            failures.append(f"safety read as {got.reading.handoff_reason}")
    return Mark(tally, tuple(failures), tuple(dangers))


def _wanted(expect: ReadExpect) -> HandoffReason | None:
    if expect.handoff_reason is not None:
        return expect.handoff_reason
    return HandoffReason.NONE if expect.handoff is False else None
