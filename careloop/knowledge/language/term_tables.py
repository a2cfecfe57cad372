"""The shipped tables of concepts: `terms/*.csv` (the trade), `words/*.csv` (plain words).

Columns: concept, kind, reviewed, then one for each language with `preferred|synonym|...`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept, read_reviewed

FOLDERS = ("terms", "words")
COLUMNS = ("concept", "kind", "reviewed", *LANGUAGES)


def parse_table(lines: Iterable[str], domain: str = "") -> list[Concept]:
    """Concepts of one CSV table; a row without key or kind is left out."""
    concepts = []
    for row in csv.DictReader(lines):
        key, kind = (row.get("concept") or "").strip(), (row.get("kind") or "").strip()
        if not key or not kind:
            continue
        names = {lang: found for lang in LANGUAGES if (found := read_names(row.get(lang)))}
        reviewed = read_reviewed(row.get("reviewed") or "")
        concepts.append(Concept(key, kind, reviewed, names, domain))
    return concepts


def read_names(cell: str | None) -> tuple[str, ...]:
    """The names of a cell, the preferred first."""
    return tuple(name for part in (cell or "").split("|") if (name := part.strip()))


def domain_of(file: str) -> str:
    """The domain of a table; `symptoms_more.csv` goes on with `symptoms`."""
    return file.removesuffix(".csv").removesuffix("_more")


def shipped_rows() -> Iterator[tuple[str, Concept]]:
    """Every row of every table with the folder it stands in, the trade first."""
    package = resources.files("careloop.knowledge.language")
    for folder in FOLDERS:
        for table in _tables(package / folder):
            lines = table.read_text(encoding="utf-8-sig").splitlines()
            for concept in parse_table(lines, domain_of(table.name)):
                yield folder, concept


def shipped_concepts() -> list[Concept]:
    """Each concept once; names that stand in several tables are joined.

    The first name of the first table is the preferred one.
    """
    found: dict[str, Concept] = {}
    for _, concept in shipped_rows():
        known = found.get(concept.key)
        found[concept.key] = concept if known is None else _joined(known, concept)
    return list(found.values())


def _joined(first: Concept, second: Concept) -> Concept:
    names = dict(first.names)
    for lang, more in second.names.items():
        names[lang] = tuple(dict.fromkeys((*names.get(lang, ()), *more)))
    # A language counts as reviewed when its names were in each table that has some.
    reviewed = frozenset(
        lang
        for lang in first.reviewed | second.reviewed
        if all(lang in row.reviewed for row in (first, second) if row.names.get(lang))
    )
    return Concept(first.key, first.kind, reviewed, names, first.domain)


def _tables(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".csv"))
    return sorted(found, key=lambda entry: entry.name)
