"""Grounded answers: the right passage for this machine, or an honest "I don't know"."""

from __future__ import annotations

import re
import time
from dataclasses import replace

from careloop.agents.mind.embedded.flows import guide, identify
from careloop.agents.mind.embedded.flows.composing import Found, compose_answer
from careloop.agents.mind.embedded.flows.ticketing import say_offer
from careloop.agents.mind.embedded.situation import PERSON, Situation
from careloop.agents.mind.ports import Citation, Decision, Say
from careloop.agents.mind.reading import Intent
from careloop.kit.actor import Actor
from careloop.kit.messages import Source, Sources
from careloop.kit.text import language_name
from careloop.knowledge.hazard import ENGINEER
from careloop.knowledge.language.identifiers import canonical
from careloop.knowledge.library import SearchQuery, SearchResult, ShownPassage

HISTORY = 3
_NUMBER_ALONE = re.compile(r"(?:tel|phone|ph|mob|电话|手机|電話)?[.:： ]*\+?[\d\s().\-/]+", re.I)
_FEWEST, _MOST = 7, 15
"""Digits of a telephone number, after E.164."""
EXCERPT = 400
SURE_INSIDE = 0.8


def answer(s: Situation, question: str) -> Say:
    """Search, then answer, ask for the model, refuse or abstain - in this order of honesty."""
    number = _bare_number(s)
    if number:
        return s.say(
            Decision.ASK,
            s.t("answer.number_for_what", number=number),
            s.buttons(("open_ticket", PERSON)),
            pending="ticket_offer",
        )
    began = time.perf_counter()
    s.told = question
    question = _matter(s, question)
    result = _search(s, s.turn.actor, question)
    s.reasons.extend(result.reasons)
    said = _decide(s, question, result)
    spent = round((time.perf_counter() - began) * 1000, 2)
    return replace(said, timings_ms={"answer": spent, "search": round(result.took_ms, 2)})


def _bare_number(s: Situation) -> str:
    """A telephone number that nobody asked for and nothing stands beside: it reports no fault."""
    found, text = s.reading.entities, s.text.strip()
    if found.serials or found.tickets or not _NUMBER_ALONE.fullmatch(text):
        return ""
    dialled = _FEWEST <= sum(char.isdigit() for char in text) <= _MOST
    return text if dialled else ""


def _decide(s: Situation, question: str, result: SearchResult) -> Say:
    if not result.hits or not (result.answerable or _code_of_machine(s, result)):
        return _without_answer(s, question, result)
    if result.clarify and not s.memory.was_asked("model"):
        return identify.ask_model(s, result.clarify, question)
    found = compose_answer(s, question, result)
    if found.needs_engineer and s.serves_customer:
        return _engineers_only(s, result)
    return _with_answer(s, question, result, found)


def _code_of_machine(s: Situation, result: SearchResult) -> bool:
    """Whether the best hit explains a code that this very machine shows: that is no guess."""
    if s.reading.intent is not Intent.REPORT_FAULT:
        return False
    codes = {canonical(code) for code in s.reading.entities.error_codes}
    return bool(identify.model_for_advice(s) and codes & set(result.hits[0].codes))


def _matter(s: Situation, question: str) -> str:
    """The question without serials, numbers and addresses: no article is about those."""
    found = s.reading.entities
    for value in (*(item.written for item in found.serials), *found.tickets, *found.emails):
        question = question.replace(value, " ")
    return question.strip() or s.text


def _search(s: Situation, actor: Actor, question: str) -> SearchResult:
    said = [line.text for line in s.turn.history if line.role == "customer"]
    return s.library.search(
        actor,
        SearchQuery(
            text=question,
            lang=s.language,
            model=identify.model_for_advice(s) or None,
            history=said[-HISTORY:],
            k=5,
            now=s.turn.now,
        ),
    )


def _with_answer(s: Situation, question: str, result: SearchResult, found: Found) -> Say:
    s.memory.question = question
    if s.reading.intent is Intent.REPORT_FAULT:
        s.memory.fault = s.memory.fault or s.told
    codes = [*s.memory.error_codes, *s.reading.entities.error_codes]
    s.memory.error_codes = list(dict.fromkeys(codes))
    if found.marked:
        name = language_name(found.lang, s.language)
        s.lead.append(s.t("answer.other_language", language=name))
    sources = Sources(items=[_source(item) for item in found.sources])
    citations = [Citation(item.document, item.section, item.page) for item in found.sources]
    if found.guide is not None and s.turn.rich:
        return guide.begin(s, found, sources, citations, result.confidence)
    return s.say(
        Decision.ANSWER,
        found.text,
        sources,
        *found.pictures,
        s.buttons(("solved", "not_solved", "person")),
        pending="helped",
        confidence=result.confidence,
        citations=citations,
        evidence=found.evidence,
    )


def _without_answer(s: Situation, question: str, result: SearchResult) -> Say:
    """The library that this person may read does not hold it; perhaps another shelf does."""
    if s.serves_customer and _known_inside(s, question):
        return say_offer(s, Decision.REFUSE, s.t("answer.not_public"))
    s.unknown = True
    if s.reading.intent is Intent.REPORT_FAULT:
        s.memory.fault = s.memory.fault or s.told
    key = "answer.unknown_fault" if s.memory.fault else "answer.unknown"
    return say_offer(s, Decision.ABSTAIN, s.t(key), confidence=1 - result.confidence)


def _known_inside(s: Situation, question: str) -> bool:
    """Whether only partner or internal documents answer this; their text is never shown."""
    insider = replace(s.turn.actor, audience="internal")
    result = _search(s, insider, question)
    sure = result.answerable and result.confidence >= SURE_INSIDE
    return bool(sure and result.hits and result.hits[0].audience != "public")


def _engineers_only(s: Situation, result: SearchResult) -> Say:
    s.memory.guide = None
    s.reasons.append(f"role {ENGINEER} needed")
    return s.say(
        Decision.REFUSE,
        s.t("answer.engineers_only"),
        s.buttons(("open_ticket", PERSON)),
        pending="ticket_offer",
        confidence=result.confidence,
    )


def _source(item: ShownPassage) -> Source:
    return Source(
        document=item.document,
        title=item.title,
        section=item.section,
        page=item.page,
        lang=item.lang,
        excerpt=item.text[:EXCERPT],
    )
