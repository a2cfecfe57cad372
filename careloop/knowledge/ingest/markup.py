"""Writing Markdown: text that means itself, headings, lists, tables with equal rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|={3,}|-{3,}|\d{1,9}[.)](?=\s))")


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is, whatever it begins with."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    start = _LINE_START.match(line)
    if start is None:
        return line
    mark = start[2]
    if mark[0].isdigit():
        return f"{mark[:-1]}\\{mark[-1]}{line[start.end() :]}"
    return f"\\{line[start.start(2) :]}"


def heading(text: str, level: int) -> str:
    """A heading of level 1 to 6."""
    return f"{'#' * min(max(level, 1), 6)} {escaped(text)}"


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A pipe table. Rows are filled up or cut to the width of the header; cells are one line."""
    size = len(headers)
    lines = [_row(headers), "|" + " --- |" * size]
    lines += [_row([*row[:size], *([""] * (size - len(row)))]) for row in rows]
    return "\n".join(lines)


def ordered(items: Sequence[str], start: int = 1) -> str:
    """A numbered list; an item of several lines (Markdown itself) stays in its place."""
    lines = []
    for number, item in enumerate(items, start):
        mark = f"{number}. "
        lines.append(mark + item.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def bullets(items: Sequence[str]) -> str:
    """A list of points."""
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


def quote(text: str) -> str:
    """A block quote, as used for hazard notes."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def image(caption: str, name: str) -> str:
    """A figure of this manuscript; see `manuscript.Figure`."""
    return f"![{escaped(caption)}](figure:{name})"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"
