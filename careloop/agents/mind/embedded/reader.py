"""The embedded reader: one message in, what it says out. Rules and small learned models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from careloop.agents.mind.embedded.answers import read_answer
from careloop.agents.mind.embedded.atoms import flatten
from careloop.agents.mind.embedded.book import IdentifierBook
from careloop.agents.mind.embedded.classify import best, classify
from careloop.agents.mind.embedded.corrections import without_rejected
from careloop.agents.mind.embedded.error_codes import find_error_codes
from careloop.agents.mind.embedded.judgement import judge
from careloop.agents.mind.embedded.mentions import (
    find_contracts,
    find_mails,
    find_parts,
    find_tickets,
)
from careloop.agents.mind.embedded.phones import asks_for_phone, find_phones
from careloop.agents.mind.embedded.serials import SerialSpan, find_serials, find_unverified
from careloop.agents.mind.ports import Line
from careloop.agents.mind.reading import Entities, Reading, SerialCandidate
from careloop.knowledge.language.detect import SUPPORTED, Detected, detect
from careloop.knowledge.language.model_names import ModelNames

__all__ = ["EmbeddedReader", "Line"]

_HEAD, _TAIL = 12_000, 8_000
_SEAM = 60
_SURE = 0.75
_LATIN_WORD = re.compile(r"[^\w]*[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{1,24}[^\w]*")


class EmbeddedReader:
    """Reads messages in the light of what is on file. Pure: no database, no clock, no network."""

    def __init__(self, book: IdentifierBook) -> None:
        self._book = book

    def read(
        self,
        text: str,
        *,
        history: Sequence[Line] = (),
        hint_language: str = "",
        expects: str | None = None,
    ) -> Reading:
        """Everything found in `text`.

        `history` is the conversation before it, oldest first. `hint_language` is what the
        customer wrote or chose before. `expects` is what the bot has just asked for: "serial"
        makes a bare number a candidate serial, "phone" a phone number. Of a text of more than
        20,000 characters the beginning and the end are read.
        """
        text = _readable(text)
        language = _language(text, history, hint_language)
        said = judge(text, language.code, classify(text, language.code), history_of(history))
        intent, confidence = best(said.intent)
        return Reading(
            language=language.code,
            language_confidence=language.confidence,
            intent=said.chosen_intent,
            intent_confidence=confidence if intent == said.chosen_intent else 1.0,
            sentiment=said.sentiment,
            urgency=said.urgency,
            handoff_reason=said.handoff_reason,
            entities=self._entities(text, language.code, history, expects),
            answer=read_answer(text),
        )

    def _entities(
        self, text: str, lang: str, history: Sequence[Line], expects: str | None
    ) -> Entities:
        mails, taken = find_mails(text)
        spans = [span for span in find_serials(text, self._book) if not _within(span, taken)]
        taken += [(span.start, span.end) for span in spans]
        tickets, found = find_tickets(text, self._book, taken)
        taken += found
        contracts, found = find_contracts(text, self._book, taken)
        taken += found
        parts, found = find_parts(text, self._book, taken)
        taken += found
        names = tuple(self._book.models())
        models = _model_names(names).find(text) if names else []
        unverified = find_unverified(text, self._book, taken, expected=expects == "serial")
        spans += unverified
        taken += [(span.start, span.end) for span in unverified]
        phones, found = find_phones(text, lang, taken, asked=_asked_for_phone(history, expects))
        taken += found
        meant = without_rejected(flatten(text), spans)
        return Entities(
            serials=_distinct([*self._across(text, history), *meant]),
            tickets=tuple(tickets),
            error_codes=tuple(find_error_codes(text, taken, names, self._book.parts())),
            models=tuple(models),
            parts=tuple(parts),
            contracts=tuple(contracts),
            phones=tuple(phones),
            emails=tuple(mails),
        )

    def _across(self, text: str, history: Sequence[Line]) -> list[SerialSpan]:
        """A serial begun in the customer's last message and ended in this one."""
        last = next((line.text for line in reversed(history) if line.role == "customer"), "")
        if not last:
            return []
        left, right = last[-_SEAM:], text[:_SEAM]
        whole = [
            span
            for span in find_serials(left + "\n" + right, self._book)
            if span.candidate.verified
        ]
        seam = len(left)
        return [span for span in whole if span.start < seam < span.end - 1]


def history_of(history: Sequence[Line]) -> tuple[str, ...]:
    """What the customer has said before, oldest first."""
    return tuple(_readable(line.text) for line in history if line.role == "customer")


def _readable(text: str) -> str:
    """The text without NUL, bounded in length so that no message can hold up the others."""
    text = text.replace("\x00", " ")
    if len(text) <= _HEAD + _TAIL:
        return text
    return text[:_HEAD] + "\n" + text[-_TAIL:]


def _language(text: str, history: Sequence[Line], hint: str) -> Detected:
    hints = [hint] if hint in SUPPORTED else []
    found = detect(text, hints)
    if history and hints and _LATIN_WORD.fullmatch(text.strip()):
        # "ok", "hola", "da" are said in every language; a conversation keeps its own.
        return Detected(hints[0], 0.0)
    if found.confidence >= _SURE or hints or not history:
        return found
    earlier = " ".join(history_of(history)[-3:])
    return detect(text, [detect(earlier).code]) if earlier.strip() else found


def _asked_for_phone(history: Sequence[Line], expects: str | None) -> bool:
    if expects == "phone":
        return True
    last = history[-1] if history else None
    return last is not None and last.role != "customer" and asks_for_phone(last.text)


def _within(span: SerialSpan, taken: list[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in taken)


def _distinct(spans: Sequence[SerialSpan]) -> tuple[SerialCandidate, ...]:
    """Each device once; a verified reading wins over an unverified one of the same writing."""
    verified: dict[str, SerialCandidate] = {}
    others: dict[str, SerialCandidate] = {}
    for span in spans:
        candidate = span.candidate
        if candidate.verified:
            verified.setdefault(candidate.serial, candidate)
        else:
            others.setdefault(candidate.written, candidate)
    return (*verified.values(), *others.values())


@lru_cache(maxsize=32)
def _model_names(models: tuple[str, ...]) -> ModelNames:
    return ModelNames(models)
