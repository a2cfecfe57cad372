"""The embedded planner: safety first, then people, then what was left open, then the intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from careloop.agents.mind.embedded.answers import match_option
from careloop.agents.mind.embedded.flows import (
    answering,
    asking,
    guide,
    handoff,
    identify,
    smalltalk,
    status,
    ticketing,
    warranty,
)  # fmt: skip
from careloop.agents.mind.embedded.flows.resume import resume
from careloop.agents.mind.embedded.flows.wishes import (
    has_question,
    wants_bypass,
    wants_order,
    wants_visit,
)  # fmt: skip
from careloop.agents.mind.embedded.memory import Memory
from careloop.agents.mind.embedded.situation import PERSON, Situation
from careloop.agents.mind.ports import Decision, Plan, Reader, Say, Turn
from careloop.agents.mind.reading import HandoffReason, Intent
from careloop.kit.text import base
from careloop.knowledge.library import Library

SimpleFlow = Callable[[Situation], Say]

_NOTHING_TO_PLAN: dict[Intent, SimpleFlow] = {
    Intent.CHIT_CHAT: smalltalk.greet,
    Intent.THANKS: smalltalk.thank,
}
_BOOKINGS = frozenset({
    Intent.REQUEST_MAINTENANCE, Intent.REQUEST_INSTALLATION, Intent.CANCEL_OR_RESCHEDULE,
})  # fmt: skip
_ADVISABLE = frozenset({Intent.REPORT_FAULT, Intent.ASK_HOW_TO})
SHORT = 60
CALM = -1
SURE = 0.75
_SERVICES = frozenset({
    Intent.ORDER_PARTS, Intent.REQUEST_MAINTENANCE, Intent.REQUEST_INSTALLATION,
    Intent.SALES_ENQUIRY, Intent.CANCEL_OR_RESCHEDULE, Intent.COMPLAINT,
})  # fmt: skip


class EmbeddedPlanner:
    """Plans a turn from what the reader read, what is remembered, and the library."""

    def __init__(self, reader: Reader, library: Library) -> None:
        self._reader = reader
        self._library = library

    def plan(self, turn: Turn) -> Plan:
        """Yield tool calls and return what to say; deterministic."""
        memory = Memory.model_validate(dict(turn.memory))
        reading = self._reader.read(turn)
        chosen = turn.action or _chosen(turn.text.strip(), memory.options)
        if chosen and turn.language_hint:
            # A label is our own word, too short to judge by: the language stays as it was.
            reading = replace(reading, language=base(turn.language_hint))
        s = Situation(turn, reading, memory, self._library, chosen)
        s.reasons.append(f"intent {reading.intent} {reading.intent_confidence:.2f}")
        if not turn.text:
            return _files_only(s)
        if turn.truncated:
            s.lead.append(s.t("truncated"))
        reason = PERSON_REASON if s.chosen == PERSON else reading.handoff_reason
        _keep_reach(s)
        if wants_bypass(turn.text):
            return handoff.refuse_bypass(s)
        if reason is HandoffReason.REPEAT_FAILURE and _first_contact(s):
            reason = HandoffReason.NONE
        if reason not in {HandoffReason.NONE, HandoffReason.OUT_OF_SCOPE}:
            identify.notice_device(s)
            return (yield from handoff.to_person(s, reason))
        stopped = identify.notice_device(s)
        if stopped is not None:
            return stopped
        going_on = resume(s)
        if going_on is not None:
            return (yield from going_on)
        unfinished = s.memory.pending == "ticket_field"
        said = yield from _by_intent(s)
        return _with_question(s, said) if unfinished else _with_place(s, said)


def _keep_reach(s: Situation) -> None:
    """A phone number or mail address given at any time is never asked for again."""
    found = s.reading.entities
    s.memory.phone = found.phones[0] if found.phones else s.memory.phone
    s.memory.email = found.emails[0] if found.emails else s.memory.email


def _first_contact(s: Situation) -> bool:
    """A calm customer whom nobody has advised yet: try advice before a person."""
    advised = any(line.role != "customer" for line in s.turn.history)
    return not advised and s.reading.sentiment >= CALM and s.reading.intent in _ADVISABLE


def _chosen(text: str, options: dict[str, str]) -> str:
    """The action of the button that was pressed, or written out, or counted ("the second")."""
    if text in options:
        return options[text]
    labels = list(options)
    at = match_option(text, labels) if len(text) <= SHORT else None
    return options[labels[at]] if at is not None else ""


PERSON_REASON = HandoffReason.ASKED_FOR_HUMAN


def _by_intent(s: Situation) -> Plan:
    intent = s.reading.intent
    if _only_device(s):
        return _after_device(s)
    if intent in _NOTHING_TO_PLAN and s.reading.intent_confidence >= SURE:
        return _NOTHING_TO_PLAN[intent](s)
    unsure = s.reading.intent_confidence < SURE
    if (intent is Intent.REPORT_FAULT or unsure) and wants_visit(s.text):
        return (yield from ticketing.start_ticket(s))
    if intent is Intent.ASK_STATUS:
        known = None if status.has_subject(s) else _perhaps_known(s)
        return known or (yield from status.report(s))
    if intent is Intent.ASK_WARRANTY:
        return warranty.answer(s)
    if intent is Intent.OUT_OF_SCOPE:
        return _perhaps_known(s) or smalltalk.decline(s)
    if intent in _SERVICES:
        return (yield from _service(s))
    if intent in _NOTHING_TO_PLAN:
        return _perhaps_known(s) or _NOTHING_TO_PLAN[intent](s)
    said = answering.answer(s, s.text)
    if said.decision is Decision.ABSTAIN and intent is Intent.REPORT_FAULT and s.memory.asset:
        # The machine is known and the library has no advice: a ticket is the help there is.
        return (yield from ticketing.start_ticket(s))
    return said


def _service(s: Situation) -> Plan:
    """An order, a booking or a complaint becomes a ticket; a question about one an answer."""
    asks = has_question(s.text)
    told = s.reading.intent is Intent.COMPLAINT and s.reading.intent_confidence >= SURE
    sure = s.reading.intent_confidence >= SURE
    booked = sure and s.reading.intent in _BOOKINGS and not asks
    if told or booked or wants_visit(s.text) or (wants_order(s.text) and not asks):
        return (yield from ticketing.start_ticket(s))
    known = _perhaps_known(s)
    if known is not None:
        return known
    if asks or not sure:
        # Nothing is written on a guess: say what is known, and offer a ticket.
        return answering.answer(s, s.text)
    return (yield from ticketing.start_ticket(s))


def _perhaps_known(s: Situation) -> Say | None:
    """An answer from the library, if it is sure of one."""
    memory = s.memory.model_copy(deep=True)
    said = answering.answer(s, s.text)
    if said.decision in {Decision.ANSWER, Decision.CLARIFY_MODEL}:
        return said
    s.memory, s.cards, s.lead, s.unknown = memory, [], [], False
    return None


def _only_device(s: Situation) -> bool:
    return bool(s.reading.entities.serials) and ticketing.only_identifiers(s)


def _after_device(s: Situation) -> Say:
    """A serial and nothing else: go on with the open question, or ask what is wrong."""
    if s.memory.question:
        return answering.answer(s, s.memory.question)
    return s.say(Decision.ASK, s.t("device.what_is_wrong"))


def _with_place(s: Situation, said: Say) -> Say:
    """After an aside, show the step that is still open."""
    if s.memory.guide is None or s.memory.pending == "guide":
        return said
    parts = guide.place(s)
    if not parts or said.decision not in {Decision.ANSWER, Decision.STATUS}:
        return said
    s.lead, s.cards = [], []
    follow_up = s.say(Decision.ANSWER, s.t("guide.back"), *parts, pending="guide")
    return s.joined(said, follow_up)


def _with_question(s: Situation, said: Say) -> Say:
    """After an aside in the middle of a ticket, the question that is still open."""
    if said.decision not in {Decision.ANSWER, Decision.STATUS, Decision.ABSTAIN}:
        return said
    s.lead, s.cards = [], []
    question = asking.ask_again(s)
    return said if question is None else s.joined(said, question)


def _files_only(s: Situation) -> Say:
    key = "files.picture" if s.turn.pictures else "files.file"
    return s.say(Decision.ASK, s.t(key), pending=s.memory.pending)
