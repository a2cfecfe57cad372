"""From hits to what is shown: the passages in the order of languages, copied, with sources."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.reading import Intent
from careloop.knowledge.answer import compose
from careloop.knowledge.hazard import ENGINEER
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.library import SearchResult, ShownPassage

NEAR = 0.8
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
    """The best passage, with a second one of the same document where both are asked for."""
    actor = s.turn.actor
    best = result.hits[0]
    near = [
        hit for hit in result.hits[1:3]
        if hit.document == best.document and hit.score >= NEAR * best.score
        # A second row is a second machine or part more often than a second half of the answer.
        and hit.kind != "table_row"
    ]  # fmt: skip
    models = result.models or ((s.memory.model,) if s.memory.model else ())
    texts: list[str] = []
    sources: list[ShownPassage] = []
    roles: set[str] = set()
    for hit in (best, *near):
        shown = s.library.shown(actor, hit, s.language)
        section = s.library.section_of(actor, shown)
        steps = s.library.procedure_of(actor, shown)
        for block in compose(question, [shown], steps, models, section):
            if block.text and not any(block.text in known for known in texts):
                texts.append(block.text)
                roles.add(block.role)
        sources.append(shown)
    first = sources[0]
    return Found(
        text="\n\n".join(texts),
        lead=_lead(first, texts),
        lang=first.lang,
        marked=first.marked,
        needs_engineer=ENGINEER in roles,
        sources=tuple(sources),
        guide=_guide(s, result),
    )


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
