"""The ways a number on file may have been written: which spellings to look up for a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]+(?![A-Za-z0-9])")
_GAP = re.compile(r"[ \t]{0,2}[\-_/.]?[ \t]{0,2}")
_BORDER = re.compile(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])")
_MOST_TOKENS = 5
_SHORTEST, _LONGEST = 4, 24
_MOST_FORMS = 4000
_BATCH = 400


class Stretch(NamedTuple):
    """Letters and digits of a text that may be one number; `groups` are parted by its signs."""

    groups: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=4)
def stretches(flat: str) -> tuple[Stretch, ...]:
    """Every run of up to five tokens with a digit in it, parted by one sign or a space at most."""
    tokens = list(_TOKEN.finditer(flat))
    found: list[Stretch] = []
    for at in range(len(tokens)):
        groups: list[str] = []
        end = tokens[at].start()
        for token in tokens[at : at + _MOST_TOKENS]:
            if not _GAP.fullmatch(flat, end, token.start()):
                break
            groups.append(token[0].upper())
            end = token.end()
            if sum(map(len, groups)) > _LONGEST:
                break
            if any(char.isdigit() for group in groups for char in group):
                found.append(Stretch(tuple(groups), tokens[at].start(), end))
    return tuple(found)


def on_file(flat: str, known: Callable[[set[str]], set[str]]) -> list[tuple[int, int, str]]:
    """(start, end, number as on file) of the numbers the text names, longest first.

    Case, dashes, spaces and strokes may differ from what is on file; the letters and digits may
    not. A text that fits two numbers alike names neither.
    """
    places: dict[tuple[str, ...], list[Stretch]] = defaultdict(list)
    for stretch in stretches(flat):
        places[stretch.groups].append(stretch)
    owners: dict[str, list[Stretch]] = defaultdict(list)
    for groups, same in places.items():
        if len(owners) > _MOST_FORMS:
            break
        for form in forms(groups):
            owners[form] += same
    keys = sorted(owners)
    numbers: set[str] = set()
    for at in range(0, len(keys), _BATCH):
        numbers |= known(set(keys[at : at + _BATCH]))
    by_stretch: dict[Stretch, set[str]] = {}
    for number in numbers:
        for stretch in owners.get(number, ()):
            by_stretch.setdefault(stretch, set()).add(number)
    hits: list[tuple[int, int, str]] = []
    for stretch, fitting in by_stretch.items():
        meant = _one(flat[stretch.start : stretch.end].upper(), fitting)
        if meant:
            hits.append((stretch.start, stretch.end, meant))
    return sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0]))


def forms(groups: tuple[str, ...]) -> Iterator[str]:
    """Spellings on file that these letters and digits may stand for, themselves among them."""
    compact = "".join(groups)
    if not _SHORTEST <= len(compact) <= _LONGEST or sum(c.isdigit() for c in compact) < 3:
        return
    for sign in ("-", "/", "", " "):
        yield sign.join(groups)
    if compact.isdigit():
        return
    bordered = _BORDER.sub("\0", compact)
    # Where a maker parts letters from digits, and one more place among the digits.
    for sign in ("-", "/", "", " "):
        parted = bordered.replace("\0", sign)
        yield parted
        for inner in "-/":
            for at in range(2, len(parted) - 1):
                if parted[at - 1].isdigit() and parted[at].isdigit():
                    yield parted[:at] + inner + parted[at:]
    # `RQ26 00118`: the writer's own gaps kept and letters parted from digits.
    yield "-".join(_BORDER.sub("-", group) for group in groups)


def _one(written: str, fitting: set[str]) -> str | None:
    if written in fitting:
        return written
    return next(iter(fitting)) if len(fitting) == 1 else None
