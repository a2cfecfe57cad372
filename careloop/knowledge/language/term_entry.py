"""One concept as it comes from outside: checked, with a reason for all that does not fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from careloop.kit.errors import InvalidInput
from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import KINDS, Concept
from careloop.knowledge.language.normalize import normalize

KEY = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
MAX_KEY = 80
MAX_NAME = 120
MAX_NAMES = 40
MAX_NOTE = 1000
MAX_DOMAIN = 80
_KEY = re.compile(KEY)


class UnreadableTerms(InvalidInput):
    """A file is no table of terms and no TBX."""

    code, title = "unreadable_terms", "The file of terms cannot be read"


class Problem(NamedTuple):
    """Why something was not taken; `row` counts as the file shows it, the header being 1."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What a file of terms held: each concept that fits, and what does not."""

    concepts: list[Concept] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)

    def take(self, row: int, concept: Concept) -> None:
        """Keep the concept, or the reasons why it does not fit."""
        found = problems_of(concept)
        if concept.key in self._keys:
            found.append(("concept", f"{concept.key!r} stands twice in the file"))
        self.problems += [Problem(row, column, reason) for column, reason in found]
        if not found:
            self._keys.add(concept.key)
            self.concepts.append(concept)


def problems_of(concept: Concept) -> list[tuple[str, str]]:
    """(column, reason) of each thing that keeps a concept from being stored."""
    found: list[tuple[str, str]] = []
    if len(concept.key) > MAX_KEY or not _KEY.fullmatch(concept.key):
        text = f"{concept.key[:40]!r} is no key: lower-case letters, digits, single underscores"
        found.append(("concept", text))
    if concept.kind not in KINDS:
        found.append(("kind", f"{concept.kind[:40]!r} is none of {', '.join(KINDS)}"))
    if not any(concept.names.values()):
        found.append(("concept", "has no name in any language"))
    for limit, column, text in (
        (MAX_NOTE, "note", concept.note),
        (MAX_DOMAIN, "domain", concept.domain),
    ):
        if len(text) > limit:
            found.append((column, f"is longer than {limit} characters"))
        elif not storable(text):
            found.append((column, "holds a control character"))
    for lang, names in concept.names.items():
        found += [(lang, reason) for reason in _faults_of_names(lang, names)]
    return found


def storable(text: str) -> bool:
    """Whether a text is free of control characters and halves of broken characters."""
    return not any(
        sign in "\ufffe\uffff" or unicodedata.category(sign) in ("Cc", "Cs") for sign in text
    )


def tidied(names: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Names with single spaces, in NFC, each once, in the order of the languages."""
    clean = {
        lang: tuple(dict.fromkeys(name for raw in found if (name := _tidy(raw))))
        for lang, found in names.items()
    }
    order = [*LANGUAGES, *(lang for lang in clean if lang not in LANGUAGES)]
    return {lang: clean[lang] for lang in order if clean.get(lang)}


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _faults_of_names(lang: str, names: Sequence[str]) -> list[str]:
    if lang not in LANGUAGES:
        return [f"{lang[:10]!r} is not a supported language"]
    found = [f"more than {MAX_NAMES} names"] if len(names) > MAX_NAMES else []
    for name in names:
        if len(name) > MAX_NAME:
            found.append(f"a name is longer than {MAX_NAME} characters: {name[:40]}")
        elif "|" in name or not storable(name):
            found.append(f"a name holds a bar or a control character: {name[:40]!r}")
        elif not any(sign.isalnum() for sign in normalize(name, lang)):
            found.append(f"a name without a letter or digit: {name[:40]!r}")
    return found
