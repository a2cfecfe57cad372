"""Words of faults to concepts of the termbase, and back to words in the reader's language.

The matching is the knowledge package's own. Words that it does not cover stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from careloop.crm_core.faults.models import SLOTS, Fault, FaultFinding
from careloop.crm_core.faults.schemas import Said, Slot, Slots, Told
from careloop.crm_core.faults.views import (
    DuplicatePair,
    Expansion,
    FaultView,
    FindingView,
    MergePreview,
    SlotView,
)  # fmt: skip
from careloop.kit.errors import InvalidInput
from careloop.kit.text import LANGUAGES, base
from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import ConceptMatch, Termbase
from careloop.knowledge.terms.queries import termbase_of

V = TypeVar("V", bound=FaultView | FindingView)
KINDS: dict[str, frozenset[str]] = {
    "component": frozenset({"component"}),
    "symptom": frozenset({"symptom"}),
    "cause": frozenset({"cause", "symptom"}),
    "remedy": frozenset({"action"}),
}
"""Which kinds of concept a slot may be."""
_THINGS = frozenset({"component", "measure", "property"})
SPOKEN_OF: dict[str, frozenset[str]] = {
    "component": _THINGS,
    "symptom": _THINGS | {"symptom"},
    "cause": _THINGS | {"symptom", "cause"},
    "remedy": _THINGS | {"action"},
}
"""Which kinds of concept the words of a slot may speak of."""
NAMED: frozenset[str] = frozenset().union(*SPOKEN_OF.values())
_TELLING = 24
"""Letters from which plain Latin words tell their language."""
COVERED = 0.6
"""Share of the letters that concepts must cover before words say nothing more than these."""
_LETTER = re.compile(r"[^\W_]")
_EXACT = re.compile(r"[a-z]*\d[\w.]*", re.IGNORECASE)
_LATIN = frozenset({"en", "es", "de", "fr", "pt", "vi"})
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]")
_JOINED = " · "


def matched(terms: Termbase, slot: str, said: Said, lang: str = "") -> Slot:
    """What was told, with the concepts that it names; `InvalidInput` for a key that is none."""
    if said.concept:
        return _of_key(terms, slot, said)
    text = said.text
    if not text:
        return Slot()
    code = base(said.lang) if base(said.lang) in LANGUAGES else _language(text, base(lang))
    kinds = SPOKEN_OF[slot]
    found = [one for one in terms.concepts(text, code, nested=True) if one.kind in kinds]
    plain = normalize(text, code)
    told = [one for one in found if not one.negated]
    keys = list(dict.fromkeys(one.concept for one in _outer(told)))
    whole = _says_all(plain, _outer(told))
    alone = keys[0] if whole and len(keys) == 1 and told[0].kind in KINDS[slot] else ""
    same = f"c:{'+'.join(sorted(keys))}" if whole and keys else f"t:{' '.join(plain.split())}"
    every = list(dict.fromkeys(one.concept for one in told))[:40]
    return Slot(concept=alone, text=text, lang=code, concepts=every, same=same[:1000])


def _language(text: str, hint: str) -> str:
    """The language of words that came without one: the teller's, unless the script says no."""
    own_script = hint in LANGUAGES and (hint in _LATIN) == text.isascii()
    if own_script or (hint in _LATIN and not _OTHER_SCRIPT.search(text)):
        return hint
    found = detect(text).code
    sure = found in LANGUAGES and (not text.isascii() or len(text) >= _TELLING)
    return found if sure else "en"


def _of_key(terms: Termbase, slot: str, said: Said) -> Slot:
    known = terms.concepts_by_key.get(said.concept)
    if known is None:
        raise InvalidInput(
            f"The termbase has no concept {said.concept!r}", **{slot: "is no concept"}
        )
    if known.kind not in KINDS[slot]:
        kinds = " or ".join(sorted(KINDS[slot]))
        raise InvalidInput(
            f"{said.concept} is a {known.kind}, no {kinds}", **{slot: f"is no {kinds}"}
        )
    lang = base(said.lang) if said.text else ""
    return Slot(
        concept=said.concept, text=said.text, lang=lang, concepts=[said.concept],
        same=f"c:{said.concept}",
    )  # fmt: skip


def _outer(found: Sequence[ConceptMatch]) -> list[ConceptMatch]:
    """Without those that only a part of a longer name names; of one place the first."""
    kept: list[ConceptMatch] = []
    for one in sorted(found, key=lambda match: (match.start, -match.end)):
        if not any(other.start <= one.start and one.end <= other.end for other in kept):
            kept.append(one)
    return kept


def _says_all(plain: str, found: Sequence[ConceptMatch]) -> bool:
    """Whether the concepts cover the words: most letters, and every number."""
    if not found:
        return False
    inside = {at for one in found for at in range(one.start, one.end)}
    letters = [at for at, letter in enumerate(plain) if _LETTER.match(letter)]
    covered = sum(at in inside for at in letters)
    exact = all(
        all(at in inside for at in range(*match.span())) for match in _EXACT.finditer(plain)
    )
    return exact and bool(letters) and covered >= COVERED * len(letters)


def slots_of(terms: Termbase, told: Told, lang: str = "") -> Slots:
    """All four slots, matched."""
    return Slots(**{name: matched(terms, name, getattr(told, name), lang) for name in SLOTS})


def said_by(row: Fault | FaultFinding, slot: str) -> Said:
    """A stored slot as it was told, to be matched again."""
    return Said(
        concept=getattr(row, slot), text=getattr(row, f"{slot}_text"),
        lang=getattr(row, f"{slot}_lang"),
    )  # fmt: skip


def names_of(terms: Termbase, slots: Slots) -> str:
    """Names of all concepts in every language, for the search of the list."""
    keys = {key for _, slot in slots.items() for key in slot.concepts}
    names = {
        name
        for key in keys
        if key in terms.concepts_by_key
        for names in terms.concepts_by_key[key].names.values()
        for name in names[:3]
    }
    return "\n".join(sorted(names))[:20_000]


def understood(terms: Termbase, text: str, lang: str) -> list[ConceptMatch]:
    """Concepts that a question names and does not deny, read in the language that it is in and in
    the one that the asker speaks: a few words do not always tell."""
    codes = dict.fromkeys((detect(text).code, base(lang)))
    found: dict[str, ConceptMatch] = {}
    for code in codes:
        if code in LANGUAGES:
            for one in terms.concepts(text, code, nested=True):
                if one.kind in NAMED and not one.negated:
                    found.setdefault(one.concept, one)
    return list(found.values())


def expansion(terms: Termbase, keys: Iterable[str], lang: str) -> list[Expansion]:
    """Concepts with their names in the reader's language."""
    return [
        Expansion(concept=key, kind=terms.concepts_by_key[key].kind, name=terms.name(key, lang))
        for key in dict.fromkeys(keys)
        if key in terms.concepts_by_key
    ]


class Wording:
    """Labels in one reader's language, of one maker's termbase."""

    def __init__(self, session: Session, tenant_id: str, lang: str) -> None:
        self.terms = termbase_of(session, tenant_id)
        self.lang = base(lang) if base(lang) in LANGUAGES else "en"

    def fault(self, view: V) -> V:
        """The view with its slots labelled."""
        for slot in SLOTS:
            self._label(slot, getattr(view, slot))
        return view

    def faults(self, views: Iterable[V]) -> list[V]:
        return [self.fault(view) for view in views]

    def pair(self, pair: DuplicatePair) -> DuplicatePair:
        self.fault(pair.fault)
        self.fault(pair.other)
        return pair

    def preview(self, found: MergePreview) -> MergePreview:
        self.fault(found.fault)
        self.fault(found.into)
        return found

    def _label(self, slot: str, view: SlotView) -> None:
        """Its words where they are in the reader's language, else the concepts' names in the order
        of the words, else its words as they stand."""
        if view.text and (view.lang == self.lang or not view.lang):
            view.label = view.text
        elif view.concept:
            view.label = self.terms.name(view.concept, self.lang)
            view.translated = bool(view.text)
        elif view.concepts:
            told = [
                one
                for one in self.terms.concepts(view.text, view.lang)
                if one.kind in SPOKEN_OF[slot] and not one.negated
            ]
            names = [self.terms.name(one.concept, self.lang) for one in _outer(told)]
            if names:
                view.label, view.translated = _JOINED.join(dict.fromkeys(names)), True
