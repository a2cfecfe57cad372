"""Guided troubleshooting: step, answer, branch, until solved, escalated or a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from careloop.agents.mind.embedded.answers import read_answer
from careloop.agents.mind.embedded.flows.composing import Found
from careloop.agents.mind.embedded.flows.ticketing import start_ticket
from careloop.agents.mind.embedded.memory import Guide
from careloop.agents.mind.embedded.situation import NOT_SOLVED, PERSON, SOLVED, STUCK, Situation
from careloop.agents.mind.ports import Citation, Decision, Plan, Say
from careloop.agents.mind.reading import Answer as ShortAnswer
from careloop.kit.messages import Part, RatingRequest, Sources, StepCard
from careloop.knowledge.ingest.procedure import SOLVED as AT_END
from careloop.knowledge.ingest.procedure import TICKET, Branch, Procedure, Step
from careloop.knowledge.library import ShownPassage

SAME_ANSWER = 86
_YES_NO = {ShortAnswer.YES, ShortAnswer.NO}
_LABEL = {ShortAnswer.YES: "yes", ShortAnswer.NO: "no"}


def begin(
    s: Situation,
    found: Found,
    sources: Sources,
    citations: Sequence[Citation],
    confidence: float,
) -> Say:
    """Show what it is about, and the first step."""
    assert found.guide is not None
    source, procedure = found.guide
    first = procedure.steps[0]
    s.memory.guide = Guide(
        document=source.document, ordinal=source.ordinal, lang=source.lang,
        model=s.memory.model, step=first.number,
    )  # fmt: skip
    intro = s.t("guide.intro", count=len(procedure.steps))
    text = f"{found.lead}\n\n{intro}" if found.lead else intro
    return s.say(
        Decision.ANSWER, text, sources, *found.pictures, _card(s, procedure, first),
        pending="guide",
        confidence=confidence, citations=citations,
        evidence=[item.text for item in found.sources],
    )  # fmt: skip


def walk(s: Situation) -> Plan | None:
    """Take the customer's answer to the open step; None when the message is about else."""
    guide = s.memory.guide
    procedure = _procedure(s)
    step = procedure.step(guide.step) if guide and procedure else None
    if guide is None or procedure is None or step is None:
        s.memory.guide = None
        return None
    action = _action(s, step)
    if action is None:
        unclear = s.reading.answer is not None and not s.chosen
        return _again(s, procedure, step) if unclear else None
    return _follow(s, procedure, step, action)


def place(s: Situation) -> list[Part]:
    """The card of the step that is still open, to go on with after an aside."""
    guide = s.memory.guide
    procedure = _procedure(s)
    step = procedure.step(guide.step) if guide and procedure else None
    return [_card(s, procedure, step)] if procedure and step else []


def _procedure(s: Situation) -> Procedure | None:
    guide = s.memory.guide
    if guide is None:
        return None
    place = ShownPassage(
        "", guide.lang, False, guide.document, "", "", "procedure", guide.ordinal, (), None, {}
    )
    return s.library.procedure_of(s.turn.actor, place)


def _action(s: Situation, step: Step) -> str | None:
    """What the customer's words mean at this step: a branch, or one of the natural answers."""
    if s.chosen:
        known = s.chosen.startswith("branch:") or s.chosen in {SOLVED, NOT_SOLVED, STUCK, PERSON}
        return s.chosen if known else None
    answer = s.reading.answer
    for index, branch in enumerate(step.branches):
        means = read_answer(branch.answer)
        if answer in _YES_NO and means is answer:
            return f"branch:{index}"
    if answer is ShortAnswer.SOLVED:
        return SOLVED
    if answer is ShortAnswer.STUCK or answer is ShortAnswer.UNKNOWN_VALUE:
        return STUCK
    if not step.branches and answer in {ShortAnswer.DONE, ShortAnswer.YES}:
        return "next"
    if not step.branches and answer in {ShortAnswer.NOT_SOLVED, ShortAnswer.NO}:
        return NOT_SOLVED
    return _branch_in_words(s.text, step.branches)


def _branch_in_words(text: str, branches: Sequence[Branch]) -> str | None:
    """The branch whose answer the customer wrote in nearly the same words."""
    scored = [
        (fuzz.token_set_ratio(text.casefold(), branch.answer.casefold()), index)
        for index, branch in enumerate(branches)
        if len(branch.answer) > 2
    ]
    best = sorted(scored, reverse=True)[:2]
    clear = best and best[0][0] >= SAME_ANSWER and (len(best) < 2 or best[0][0] > best[1][0])
    return f"branch:{best[0][1]}" if clear else None


def _follow(s: Situation, procedure: Procedure, step: Step, action: str) -> Plan:
    guide = s.memory.guide
    assert guide is not None
    if action == SOLVED:
        return (yield from _solved(s, ""))
    if action in {STUCK, PERSON}:
        return (yield from _stuck(s, step))
    if action == NOT_SOLVED:
        s.helped = False
    target: int | str | None = procedure.following(step.number)
    note = ""
    if action.startswith("branch:"):
        branch = step.branches[int(action.removeprefix("branch:"))]
        s.memory.tried.append(f"{step.number}. {_short(step.text)} → {branch.answer}")
        target, note = branch.target, branch.note
    else:
        s.memory.tried.append(f"{step.number}. {_short(step.text)} → {s.t(f'button.{action}')}")
    if target == AT_END:
        return (yield from _solved(s, note))
    following = procedure.step(target) if isinstance(target, int) else None
    if following is None or target == TICKET:
        if note:
            s.lead.append(note)
        s.lead.append(s.t("guide.at_end"))
        s.memory.guide = None
        return (yield from start_ticket(s))
    if following.role == "engineer" and s.serves_customer:
        s.lead.append(s.t("answer.engineers_only"))
        s.memory.guide = None
        return (yield from start_ticket(s))
    guide.trail.append(step.number)
    guide.step = following.number
    return s.say(
        Decision.ANSWER, s.t("guide.next"), _card(s, procedure, following), pending="guide",
        citations=[Citation(guide.document)],
        evidence=[following.text, *(hazard.note for hazard in following.hazards)],
    )  # fmt: skip


def _solved(s: Situation, note: str) -> Plan:
    s.memory.guide = None
    s.memory.unsolved = 0
    s.helped = True
    yield from ()
    text = s.t("guide.solved")
    return s.say(Decision.ANSWER, f"{note}\n\n{text}" if note else text, RatingRequest())


def _again(s: Situation, procedure: Procedure, step: Step) -> Plan:
    """A bare yes or no that fits none of the step's answers: ask which one it is."""
    yield from ()
    return s.say(Decision.ASK, s.t("guide.which"), _card(s, procedure, step), pending="guide")


def _stuck(s: Situation, step: Step) -> Plan:
    s.memory.tried.append(f"{step.number}. {_short(step.text)} → {s.t('button.stuck')}")
    yield from ()
    return s.say(
        Decision.ASK, s.t("guide.stuck"), s.buttons(("open_ticket", "person", "go_on")),
        pending="ticket_offer",
    )  # fmt: skip


def _card(s: Situation, procedure: Procedure, step: Step) -> StepCard:
    labels: dict[str, str] = {}
    for index, branch in enumerate(step.branches):
        means = read_answer(branch.answer)
        label = s.t(f"button.{_LABEL[means]}") if means in _LABEL else branch.answer
        labels[label if label not in labels else branch.answer] = f"branch:{index}"
    if not step.branches:
        labels = {s.t("button.next"): "next", s.t("button.solved"): SOLVED}
        if procedure.following(step.number) is None:
            labels = {s.t("button.solved"): SOLVED, s.t("button.not_solved"): NOT_SOLVED}
    labels[s.t("button.stuck")] = STUCK
    hazards = [item.note for item in (*procedure.hazards, *step.hazards)]
    position = [item.number for item in procedure.steps].index(step.number) + 1
    return StepCard(
        index=position,
        total=len(procedure.steps),
        title=procedure.title,
        text=step.text,
        hazards=list(dict.fromkeys(hazards)),
        options=s.choices(labels).options,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:90] + "…"
