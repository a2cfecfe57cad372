"""What differs between two texts, line by line, for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from pydantic import BaseModel

CONTEXT = 3
MAX_LINES = 20_000
LineKind = Literal["same", "add", "del", "skip"]


class LineChange(BaseModel):
    """A line; `old` and `new` are its numbers from 1 where it stands. `skip` stands for lines
    that are the same and left out."""

    kind: LineKind
    old: int | None
    new: int | None
    text: str


class FieldChange(BaseModel):
    """A field of the front matter that differs."""

    name: str
    before: Any
    after: Any


def line_changes(before: str, after: str) -> list[LineChange]:
    """Changed lines with a little of what stands around them; empty when nothing differs.

    Texts beyond `MAX_LINES` lines are compared up to there.
    """
    old, new = before.splitlines()[:MAX_LINES], after.splitlines()[:MAX_LINES]
    changes: list[LineChange] = []
    matcher = SequenceMatcher(None, old, new)
    groups = list(matcher.get_grouped_opcodes(CONTEXT))
    for place, group in enumerate(groups):
        if place or group[0][1] > 0:
            changes.append(LineChange(kind="skip", old=None, new=None, text=""))
        for tag, a, b, c, d in group:
            changes += _changed(tag, old, new, (a, b, c, d))
    if groups and groups[-1][-1][2] < len(old):
        changes.append(LineChange(kind="skip", old=None, new=None, text=""))
    return changes


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """Fields with another value, in the order of `after`."""
    return [
        FieldChange(name=name, before=before.get(name), after=value)
        for name, value in after.items()
        if before.get(name) != value
    ]


def _changed(
    tag: str, old: Sequence[str], new: Sequence[str], span: tuple[int, int, int, int]
) -> list[LineChange]:
    a, b, c, d = span
    if tag == "equal":
        return [
            LineChange(kind="same", old=a + at + 1, new=c + at + 1, text=old[a + at])
            for at in range(b - a)
        ]
    return [
        *(LineChange(kind="del", old=at + 1, new=None, text=old[at]) for at in range(a, b)),
        *(LineChange(kind="add", old=None, new=at + 1, text=new[at]) for at in range(c, d)),
    ]
