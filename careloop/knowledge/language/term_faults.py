"""What is wrong with a set of concepts: doubles, clashes, gaps."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import KINDS, Concept
from careloop.knowledge.language.normalize import normalize

SOURCE_LANGUAGES = ("zh", "en")
"""Every concept has names in these; other languages may have gaps."""
PLAIN_WORDS = "words"
_HOMONYMS = "homonyms.csv"

Homonyms = Mapping[tuple[str, str], frozenset[str]]


class Fault(NamedTuple):
    """`kind` is duplicate, clash or missing; `error` tells whether it must be mended."""

    kind: str
    key: str
    lang: str
    text: str
    error: bool


def faults(rows: Iterable[tuple[str, Concept]], accepted: Homonyms | None = None) -> list[Fault]:
    """Faults of concepts, each with the name of the folder it stands in.

    In the tables of the trade a key stands once, and a name means one concept, unless
    `homonyms.csv` accepts the pair. The tables of plain words add wider meanings on purpose:
    what they share with others is told, as no error.
    """
    listed = list(rows)
    accepted = homonyms() if accepted is None else accepted
    return [*_doubles(listed), *_clashes(listed, accepted), *_gaps(listed)]


@lru_cache(maxsize=1)
def homonyms() -> Homonyms:
    """(language, normalised name) to the concepts that the language itself gives this name."""
    table = resources.files("careloop.knowledge.language") / _HOMONYMS
    found: dict[tuple[str, str], frozenset[str]] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        place = (row["lang"], normalize(row["name"], row["lang"]))
        found[place] = found.get(place, frozenset()) | frozenset(row["concepts"].split("|"))
    return found


def _doubles(rows: list[tuple[str, Concept]]) -> list[Fault]:
    found: list[Fault] = []
    kinds: dict[str, str] = {}
    for folder, concept in rows:
        key = concept.key
        if folder != PLAIN_WORDS and key in kinds:
            found.append(Fault("duplicate", key, "", "the key stands twice", True))
        kinds.setdefault(key, concept.kind)
        if concept.kind not in KINDS:
            found.append(Fault("duplicate", key, "", f"unknown kind {concept.kind!r}", True))
        for lang, names in concept.names.items():
            for at, name in enumerate(names):
                same = [other for other in names[:at] if _one(name, other, lang)]
                # Two spellings that read alike cost nothing; the same one twice is a slip.
                slip = any(other.casefold() == name.casefold() for other in same)
                found += [Fault("duplicate", key, lang, name, slip)] if same else []
    return found


def _one(name: str, other: str, lang: str) -> bool:
    return normalize(name, lang) == normalize(other, lang)


def _clashes(rows: list[tuple[str, Concept]], accepted: Homonyms) -> list[Fault]:
    owners: defaultdict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for folder, concept in rows:
        for lang, names in concept.names.items():
            for name in names:
                of_name = owners[lang, normalize(name, lang)]
                of_name[concept.key] = of_name.get(concept.key, False) or folder != PLAIN_WORDS
    return [
        Fault("clash", "|".join(keys), lang, name, sum(keys.values()) > 1)
        for (lang, name), keys in owners.items()
        if len(keys) > 1 and not set(keys) <= accepted.get((lang, name), frozenset())
    ]


def _gaps(rows: list[tuple[str, Concept]]) -> list[Fault]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for _, concept in rows:
        named[concept.key].update(lang for lang, names in concept.names.items() if names)
    found = [
        Fault("missing", key, lang, "no name", lang in SOURCE_LANGUAGES)
        for key, langs in named.items()
        for lang in LANGUAGES
        if lang not in langs
    ]
    empty = set(LANGUAGES) - set().union(*named.values()) if named else set()
    return found + [
        Fault("missing", "", lang, "no concept has a name", True) for lang in sorted(empty)
    ]
