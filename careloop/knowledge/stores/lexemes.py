"""Compiled terms in the notation of PostgreSQL's text search: quoted, never parsed as language.

A `tsvector` of ours is not made by any configuration: each term is a lexeme as it is, with a mark
for concepts as in `retrieve.index`, and a weight A to D that tells how well the passage holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha1

from careloop.knowledge.retrieve.index import CONCEPT, OWN

LONGEST = 200
"""Bytes of a lexeme; longer ones stand by their hash. PostgreSQL allows 2046."""
MOST_BYTES = 600_000
"""Of a vector's lexemes together; PostgreSQL allows 1 MB with their entries."""
LEVELS = (0.28, 0.5, 0.72, 1.0)
"""What the weights D, C, B, A stand for: impact of a term in a passage (see `retrieve.index`), as
a share of that of the best."""
_BOUNDS = ((1.4, "A"), (1.0, "B"), (0.65, "C"))


def lexeme(term: str) -> str:
    """The term as a lexeme; different terms stay different."""
    stored = term.encode("utf-8", "replace").replace(b"\0", b"\xef\xbf\xbd")
    if len(stored) > LONGEST:
        return "\x03" + sha1(stored, usedforsecurity=False).hexdigest()
    return stored.decode("utf-8")


def quoted(text: str) -> str:
    """A lexeme between quotes, for a `tsvector` or a `tsquery`."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def level(impact: float) -> str:
    """The letter for how well a passage holds a term."""
    return next((letter for bound, letter in _BOUNDS if impact >= bound), "D")


def vector(impacts: Mapping[str, float]) -> str:
    """The text of a `tsvector` of lexemes with their impacts."""
    parts, room = [], MOST_BYTES
    for text, impact in impacts.items():
        room -= len(text) * 3
        if room < 0:
            break
        parts.append(f"{quoted(text)}:1{level(impact)}")
    return " ".join(parts)


def any_of(lexemes: Iterable[str]) -> str:
    """The text of a `tsquery` that any of these fits."""
    return "|".join(map(quoted, lexemes))


def terms_of(search: str) -> list[list[str]]:
    """The terms of a passage's `search` by line, in the form that the index knows them by."""
    lines = [line.split(" ") if line else [] for line in search.split("\n")]
    lines += [[] for _ in range(6 - len(lines))]
    marks = ("", "", "", CONCEPT, CONCEPT, OWN)
    return [
        [mark + word for word in words if word] if mark else [word for word in words if word]
        for mark, words in zip(marks, lines, strict=False)
    ]
