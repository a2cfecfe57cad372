"""From hits to what is shown: the passages in the order of languages, copied, with sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from careloop.agents.mind.embedded.flows.wishes import wants_own_hands
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.reading import Intent
from careloop.kit.messages import Picture
from careloop.knowledge.answer import AnswerBlock, steps_text
from careloop.knowledge.gloss import glossary, glossary_line
from careloop.knowledge.hazard import ENGINEER
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.library import Hit, SearchResult, ShownPassage
from careloop.knowledge.retrieve.question import Wants, wanted

CLOSE = 0.4
LEAD_CHARS = 600
PICTURES = 3
POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer ready to be said; `lead` is what stands before the steps, if anything.

    `evidence` are the texts that what is said was copied from.
    """

    text: str
    lead: str
    lang: str
    marked: bool
    needs_engineer: bool
    sources: tuple[ShownPassage, ...]
    guide: tuple[ShownPassage, Procedure] | None
    pictures: tuple[Picture, ...] = ()
    evidence: tuple[str, ...] = ()


def compose_answer(s: Situation, question: str, result: SearchResult) -> Found:
    """What the library shows for the question, and the passages it was taken from."""
    actor, best = s.turn.actor, result.hits[0]
    blocks = s.library.answer(actor, question, result, s.language)
    shown = [block.source for block in blocks if block.source is not None]
    shown = shown or [s.library.shown(actor, best, s.language)]
    first = shown[0]
    texts = [_told(s, block) for block in blocks]
    quoted = [text for block in blocks for text in block.quoted]
    rival = result.contradicted_by
    if rival is not None:
        other = s.library.shown(actor, rival, s.language)
        shown.append(other)
        texts = _both(s, first, best, "\n\n".join(texts), other, rival)
    elif best.type == POLICY and best.updated is not None and not _asks_own_dates(s):
        quoted.append(best.updated.isoformat())
        texts.append(s.t("answer.as_of", date=best.updated.isoformat()))
    marked = [item for item in shown if item.marked]
    return Found(
        text="\n\n".join([*texts, *_glossary(s, texts, marked)]),
        lead=_lead(first, texts),
        lang=first.lang,
        marked=first.marked,
        needs_engineer=any(_barred(s, block, result) for block in blocks),
        sources=tuple({(item.document, item.section, item.page): item for item in shown}.values()),
        guide=_guide(s, result),
        pictures=_pictures(s, first),
        evidence=tuple(dict.fromkeys([*quoted, *(item.text for item in shown)])),
    )


def _asks_own_dates(s: Situation) -> bool:
    """Whether a machine's own warranty is asked for: a policy's date would be taken for its end."""
    found = s.reading.entities
    return s.reading.intent is Intent.ASK_WARRANTY and bool(found.serials or s.memory.asset)


def _glossary(s: Situation, texts: list[str], marked: list[ShownPassage]) -> list[str]:
    """A line with the main terms of what is shown in another language than the customer's."""
    if not marked:
        return []
    pairs = glossary("\n".join(texts), marked[0].lang, s.language)
    return [s.t("answer.glossary", terms=glossary_line(pairs, s.language))] if pairs else []


def _both(
    s: Situation, first: ShownPassage, best: Hit, told: str, other: ShownPassage, rival: Hit
) -> list[str]:
    """What each of two documents says, with its date: the asker sees that they differ."""
    return [
        s.t("answer.contradiction"),
        f"**{_dated(first.title, best)}**\n{told}",
        f"**{_dated(other.title, rival)}**\n{other.text}",
    ]


def _dated(title: str, hit: Hit) -> str:
    return f"{title} ({hit.updated.isoformat()})" if hit.updated else title


def _pictures(s: Situation, first: ShownPassage) -> tuple[Picture, ...]:
    """The figures of the passage, else those that stand beside it in its section."""
    beside = s.library.section_of(s.turn.actor, first)
    figures = first.figures or tuple(figure for item in beside for figure in item.figures)
    return tuple(
        Picture(
            document_id=item.document_id, name=item.name, media_type=item.media_type,
            caption=item.caption, page=item.page,
        )
        for item in dict.fromkeys(figures)
    )[:PICTURES]  # fmt: skip


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


def _told(s: Situation, block: AnswerBlock) -> str:
    """The block's text; for a customer, steps of engineers are named but not described."""
    procedure = block.procedure
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
