"""Going on where the last turn left off."""

from __future__ import annotations

from careloop.agents.mind.embedded.flows import answering, guide, handoff, smalltalk, status
from careloop.agents.mind.embedded.flows.asking import still_open, take_answer
from careloop.agents.mind.embedded.flows.ticketing import finish_ticket, start_ticket, take_reach
from careloop.agents.mind.embedded.situation import (
    NO,
    NOT_SOLVED,
    OPEN_TICKET,
    SKIP,
    SOLVED,
    YES,
    Situation,
)  # fmt: skip
from careloop.agents.mind.ports import Decision, Plan, Say
from careloop.agents.mind.reading import Answer, HandoffReason, Intent
from careloop.kit.messages import RatingRequest

_CHOICE = {
    Answer.YES: YES, Answer.DONE: YES, Answer.NO: NO, Answer.SOLVED: SOLVED,
    Answer.NOT_SOLVED: NOT_SOLVED, Answer.SKIP: SKIP, Answer.UNKNOWN_VALUE: SKIP,
    Answer.STUCK: NOT_SOLVED,
}  # fmt: skip
UNSOLVED_LIMIT = 2


def resume(s: Situation) -> Plan | None:
    """The plan that continues the open matter; None when the message opens a new one."""
    pending = s.memory.pending
    choice = s.chosen or (_CHOICE.get(s.reading.answer, "") if s.reading.answer else "")
    if choice == OPEN_TICKET:
        return start_ticket(s)
    if choice == "go_on" and s.memory.guide:
        return _plain(_go_on(s))
    if choice.startswith("start_"):
        return _plain(_started(s, choice))
    if pending == "guide":
        return guide.walk(s)
    handlers = {
        "model": _model,
        "confirm_serial": _serial,
        "ticket_device": _ticket_device,
        "ticket_offer": _offer,
        "reach": _reach,
        "ticket_number": _ticket_number,
        "helped": _helped,
        "ticket_field": _ticket_field,
    }
    return handlers[pending](s, choice) if pending in handlers else None


def _plain(said: Say) -> Plan:
    """A plan without tool calls."""
    yield from ()
    return said


def _model(s: Situation, choice: str) -> Plan | None:
    if choice.startswith("model:"):
        s.memory.model = choice.removeprefix("model:")
    elif not s.reading.entities.models and not s.reading.entities.serials and choice != SKIP:
        return None
    return _plain(answering.answer(s, s.memory.question))


def _serial(s: Situation, choice: str) -> Plan | None:
    if choice != SKIP and not choice.startswith("serial:") and not s.reading.entities.serials:
        return None
    if s.memory.draft:
        return finish_ticket(s)
    return _plain(answering.answer(s, s.memory.question))


def _ticket_device(s: Situation, choice: str) -> Plan | None:
    given = s.reading.entities.serials or s.reading.entities.models
    new_question = s.reading.intent in {Intent.ASK_HOW_TO, Intent.ASK_STATUS, Intent.THANKS}
    if not given and choice not in {SKIP, NO} and new_question:
        return None
    return finish_ticket(s)


def _ticket_field(s: Situation, choice: str) -> Plan | None:
    if not take_answer(s, choice):
        return None
    again = still_open(s)
    return finish_ticket(s) if again is None else _plain(again)


def _offer(s: Situation, choice: str) -> Plan | None:
    if choice in {YES, NOT_SOLVED}:
        return start_ticket(s)
    if choice in {NO, SKIP}:
        return _plain(s.say(Decision.ANSWER, s.t("offer.declined")))
    if choice == SOLVED:
        return _plain(s.say(Decision.ANSWER, s.t("guide.solved"), RatingRequest()))
    return None


def _reach(s: Situation, choice: str) -> Plan | None:
    if s.reading.entities.phones or s.reading.entities.emails:
        return take_reach(s)
    if choice in {SKIP, NO}:
        return _plain(s.say(Decision.ANSWER, s.t("offer.declined")))
    return None


def _ticket_number(s: Situation, choice: str) -> Plan | None:
    return status.report(s) if s.reading.entities.tickets or choice == SKIP else None


def _helped(s: Situation, choice: str) -> Plan | None:
    if choice in {SOLVED, YES}:
        s.helped = True
        return _plain(s.say(Decision.ANSWER, s.t("guide.solved"), RatingRequest()))
    if choice not in {NOT_SOLVED, NO}:
        return None
    s.helped = False
    s.memory.unsolved += 1
    if s.memory.question:
        s.memory.tried.append(s.t("answer.did_not_help", question=s.memory.question[:120]))
    if s.memory.unsolved >= UNSOLVED_LIMIT:
        return handoff.to_person(s, HandoffReason.REPEAT_FAILURE)
    return _plain(
        s.say(
            Decision.ASK,
            s.t("answer.not_solved"),
            s.buttons(("open_ticket", "person")),
            pending="ticket_offer",
        )
    )


def _go_on(s: Situation) -> Say:
    parts = guide.place(s)
    return s.say(Decision.ANSWER, s.t("guide.next"), *parts, pending="guide")


def _started(s: Situation, choice: str) -> Say:
    if choice == "start_status":
        s.memory.ask("ticket_number", "ticket_number")
        if not s.turn.own_tickets:
            return s.say(Decision.ASK, s.t("status.ask_number"), pending="ticket_number")
        return status.tell(s, list(s.turn.own_tickets)[: status.SHOWN])
    key = "ask_fault" if choice == "start_fault" else "ask_how_to"
    return s.say(Decision.ASK, s.t(key)) if choice != "start" else smalltalk.ask_what(s)
