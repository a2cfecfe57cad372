"""Lists whose numbers and bullets were typed by hand, found by their run: 1., 2., 3. ...

A single "1." is text. A run of another style inside a step is a list of that step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from careloop.knowledge.ingest.formats.draft import Entry
from careloop.knowledge.ingest.formats.signal_words import is_bare_signal, read_signal


class Marker(NamedTuple):
    """A mark at the start of a line: its style, its value and the text after it."""

    style: str
    number: int
    rest: str


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("step", re.compile(
        r"^(?:步骤|步驟|手順|ステップ|step|schritt|paso|étape|etape|passo|шаг|bước|단계|ขั้นตอนที่)"
        r"\s*(\d{1,3})(?:\s*[:：.、．)）\-–—]\s*|\s+)(.*)$", re.IGNORECASE | re.DOTALL)),
    ("nth", re.compile(r"^第\s*(\d{1,3})\s*步\s*[:：.、．,，]?\s*(.*)$", re.DOTALL)),
    ("paren", re.compile(r"^[(（]\s*(\d{1,3})\s*[)）]\s*(.*)$", re.DOTALL)),
    ("half", re.compile(r"^(\d{1,3})\s?[)）]\s*(.*)$", re.DOTALL)),
    ("comma", re.compile(r"^(\d{1,3})\s?、\s*(.*)$", re.DOTALL)),
    ("dot", re.compile(r"^(\d{1,3})\s?[.．](?:\s+|(?=[^\d\s.]))(.*)$", re.DOTALL)),
)  # fmt: skip
_LETTER = re.compile(r"^[(（]?([a-z])[)）.．]\s*(\S.*)$", re.DOTALL)
_BULLET = re.compile(r"^[•·●○◦▪▫■□◆◇►▶➢➤✓✔√‣⁃∙–—―\-*]\s*(?P<rest>\S.*)$", re.DOTALL)
_NEEDS_COMPANY = "-–—―*·□√"
_REACH = 8
"""Blocks that may stand between two members of a run."""


def read_marker(text: str) -> Marker | None:
    """The number or letter a line begins with."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match and match[2].strip():
            return Marker(style, int(match[1]), match[2].strip())
    if text[:1] in _CIRCLED and text[1:].strip(" .、"):
        return Marker("circled", _CIRCLED.index(text[0]) + 1, text[1:].lstrip(" .、"))
    match = _LETTER.match(text)
    return Marker("letter", ord(match[1]) - 96, match[2].strip()) if match else None


@dataclass(slots=True)
class _Run:
    style: str
    members: list[tuple[int, Marker]] = field(default_factory=list)
    parent: _Run | None = None


def find_typed_lists(entries: list[Entry]) -> list[Entry]:
    """The same blocks with hand-made lists as list items, and signal words as notes."""
    entries = _notes(_split_lines(entries))
    runs = [run for run in _runs(entries) if len(run.members) > 1]
    for number, run in enumerate(runs):
        depth, parent = 0, run.parent
        while parent is not None:
            depth, parent = depth + (len(parent.members) > 1), parent.parent
        for position, marker in run.members:
            entry = entries[position]
            if depth and run.style == "letter":
                # A letter inside a step is a name that other steps refer to.
                mended = Entry("item", entry.text, depth, None, f"typed{number}")
            else:
                mended = Entry("item", marker.rest, depth, marker.number, f"typed{number}")
            entries[position] = mended
    return _bullets(entries)


def _split_lines(entries: list[Entry]) -> list[Entry]:
    split: list[Entry] = []
    for entry in entries:
        lines = entry.text.splitlines()
        if entry.kind == "paragraph" and len(lines) > 1:
            split += [Entry("paragraph", line.strip(), inside=entry.inside)
                      for line in lines if line.strip()]  # fmt: skip
        else:
            split.append(entry)
    return split


def _notes(entries: list[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for entry in entries:
        last = found[-1] if found else None
        if (
            last is not None and last.kind == "note" and is_bare_signal(last.text)
            and entry.kind == "paragraph"
        ):  # fmt: skip
            last.text = f"{last.text.strip()} {entry.text}".replace("： ", "：")
            continue
        signal = read_signal(entry.text) if entry.kind == "paragraph" else None
        if signal is not None:
            entry = Entry("note", signal.text, inside=entry.inside, hazard=signal.hazard)
        found.append(entry)
    return found


def _runs(entries: list[Entry]) -> list[_Run]:
    runs: list[_Run] = []
    active: list[_Run] = []
    for position, entry in enumerate(entries):
        if entry.kind == "heading" or (entry.kind == "item" and entry.inside is None):
            active = []
        if entry.kind != "paragraph" or entry.inside is not None:
            continue
        marker = read_marker(entry.text)
        active = [run for run in active if position - run.members[-1][0] <= _REACH]
        if marker is None:
            continue
        place = next(
            (n for n, run in enumerate(active)
             if run.style == marker.style and run.members[-1][1].number + 1 == marker.number),
            None,
        )  # fmt: skip
        if place is not None:
            active[place].members.append((position, marker))
            del active[place + 1 :]
        elif marker.number == 1:
            styles = [run.style for run in active]
            if marker.style in styles:
                del active[styles.index(marker.style) :]
            run = _Run(marker.style, [(position, marker)], active[-1] if active else None)
            runs.append(run)
            active.append(run)
    return runs


def _bullets(entries: list[Entry]) -> list[Entry]:
    marks = [
        entry.kind == "paragraph" and _BULLET.match(entry.text) is not None for entry in entries
    ]
    depth: int | None = None
    for position, entry in enumerate(entries):
        if not marks[position]:
            # Points below a step belong to it; a block between ends that.
            depth = entry.level if entry.kind == "item" and entry.number is not None else None
            continue
        alone = not any(marks[max(position - 1, 0) : position] + marks[position + 1 : position + 2])
        match = _BULLET.match(entry.text)
        if match is None or (alone and entry.text[0] in _NEEDS_COMPANY):
            continue
        level = 0 if depth is None else depth + 1
        entries[position] = Entry("item", match["rest"], level, None, "points", entry.inside)
    return entries
