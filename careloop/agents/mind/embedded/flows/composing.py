"""From hits to what is shown: the passages in the order of languages, copied, with sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from careloop.agents.mind.embedded.flows.wishes import wants_own_hands
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.reading import Intent
from careloop.knowledge.answer import AnswerBlock, steps_text
from careloop.knowledge.hazard import ENGINEER
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.library import SearchResult, ShownPassage
from careloop.knowledge.retrieve.question import Wants, wanted

CLOSE = 0.4
LEAD_CHARS = 600


@dataclass(frozen=True, slots=True)
class Found:
    """An answer ready to be said; `lead` is what stands before the steps, if anything."""

    text: str
    lead: str
    lang: str
    marked: bool
    needs_engineer: bool
    sources: tuple[ShownPassage, ...]
    guide: tuple[ShownPassage, Procedure] | None


def compose_answer(s: Situation, question: str, result: SearchResult) -> Found:
    """What the library shows for the question, and the passages it was taken from."""
    actor = s.turn.actor
    blocks = s.library.answer(actor, question, result, s.language)
    used = {(block.document, block.section) for block in blocks}
    sources = [
        s.library.shown(actor, hit, s.language)
        for hit in result.hits
        if hit is result.hits[0] or hit.document == result.hits[0].document
    ]
    sources = [
        item for item in sources if item is sources[0] or (item.document, item.section) in used
    ]
    first = sources[0]
    texts = [_told(s, block, result) for block in blocks if block.text]
    return Found(
        text="\n\n".join(texts),
        lead=_lead(first, texts),
        lang=first.lang,
        marked=first.marked,
        needs_engineer=any(_barred(s, block, result) for block in blocks),
        sources=tuple(sources),
        guide=_guide(s, result),
    )


def _barred(s: Situation, block: AnswerBlock, result: SearchResult) -> bool:
    """Whether the block is work that the asker may not do.

    Facts may be told to everybody. The checks of a troubleshooting article are the customer's
    unless a step says otherwise (see `_told`); a procedure with an engineer's warning is not.
    """
    if block.role != ENGINEER or block.kind in {"row", "table"}:
        return False
    if block.kind == "text":
        # "Only certified staff may charge refrigerant" is a fact, unless somebody wants to do it.
        steps = wanted(normalize(s.text, s.language)) is Wants.STEPS
        return steps or wants_own_hands(s.text)
    if result.hits[0].type != "troubleshooting":
        return True
    procedure = _procedure(s, result)
    return procedure is None or all(step.role == ENGINEER for step in procedure.steps)


def _told(s: Situation, block: AnswerBlock, result: SearchResult) -> str:
    """The block's text; for a customer, steps of engineers are named but not described."""
    procedure = _procedure(s, result) if block.kind == "steps" else None
    if procedure is None or not s.serves_customer or block.role != ENGINEER:
        return block.text
    steps = tuple(
        replace(step, text=s.t("guide.engineer_step"), branches=(), hazards=())
        if step.role == ENGINEER
        else step
        for step in procedure.steps
    )
    return steps_text(replace(procedure, steps=steps))


def _procedure(s: Situation, result: SearchResult) -> Procedure | None:
    shown = s.library.shown(s.turn.actor, result.hits[0], s.language)
    return s.library.procedure_of(s.turn.actor, shown)


def _guide(s: Situation, result: SearchResult) -> tuple[ShownPassage, Procedure] | None:
    """The branching checks to walk through: of the best hit, else - for a fault that was
    reported - of a troubleshooting article that came close."""
    actor = s.turn.actor
    best = result.hits[0]
    for hit in result.hits:
        close = hit.score >= CLOSE * best.score and hit.type == "troubleshooting"
        reported = s.reading.intent is Intent.REPORT_FAULT and close
        if hit is not best and not reported:
            continue
        shown = s.library.shown(actor, hit, s.language)
        procedure = s.library.procedure_of(actor, shown)
        if procedure is not None and procedure.branching:
            safe = procedure.steps[0].role != ENGINEER or not s.serves_customer
            return (shown, procedure) if safe else None
    return None


def _lead(first: ShownPassage, texts: list[str]) -> str:
    """The words that explain the matter, without the steps."""
    if "procedure" not in first.data:
        return texts[0][:LEAD_CHARS] if texts else ""
    return first.title
