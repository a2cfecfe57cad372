"""Tables of a page: cells with their spans, header rows by `thead` and `th`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bs4 import Tag

from careloop.knowledge.ingest.formats.grid import Cell, Grid, expand


def read_table(tag: Tag, words: Callable[[Tag], str]) -> Grid:
    """A table element; `words` gives the text of a cell, tables inside it included."""
    rows, heads, bodies = [], 0, 0
    for row in own_parts(tag, ("tr",)):
        cells = [
            (Cell(words(cell), cell.name == "th" or _bold(cell)),
             whole_number(cell.get("colspan")) or 1, _span(cell.get("rowspan")))
            for cell in row.find_all(["td", "th"], recursive=False)
        ]  # fmt: skip
        in_head = row.parent is not None and row.parent.name == "thead"
        heads += in_head
        bodies += not in_head
        rows.append(cells)
    caption = tag.find("caption")
    text = caption.get_text(" ", strip=True) if isinstance(caption, Tag) else ""
    grid = Grid(expand(rows), heads if heads and bodies else None, text)
    if grid.header_rows is None and rows:
        grid.header_rows = _headed(rows)
    return grid


def _headed(rows: list[list[tuple[Cell, int, int]]]) -> int | None:
    """The header rows that `th` tells; None when it tells nothing."""
    first = rows[0]
    if len(first) > 1 and all(cell.header for cell, _, _ in first):
        if any(not cell.header for row in rows[1:] for cell, _, _ in row):
            tall = max(span for _, _, span in first)
            return max(1, min(tall or 1, len(rows) - 1))
        return None
    # Names on the left, values on the right: no row is a header.
    named = all(len(row) == 2 and row[0][0].header and not row[1][0].header for row in rows)
    return 0 if named else None


def own_parts(tag: Tag, wanted: tuple[str, ...]) -> list[Tag]:
    """The parts of a table that do not belong to a table inside it."""
    return [item for item in tag.find_all(list(wanted)) if item.find_parent("table") is tag]


def is_layout(tag: Tag) -> bool:
    """Whether a table only places text on the page."""
    if tag.get("role") in ("presentation", "none"):
        return True
    if tag.find("th") is not None:
        return False
    cells = own_parts(tag, ("td",))
    blocks = [cell.find(["h1", "h2", "h3", "table", "ol", "pre"]) for cell in cells]
    if len(cells) == 1:
        return blocks[0] is not None or len(cells[0].get_text()) > 400
    inner = tag.find("table")
    return inner is not None and len(cells) <= 6 and any(blocks) and inner.find("td") is not None


def _bold(cell: Tag) -> bool:
    text = cell.get_text(strip=True)
    return bool(text) and any(
        bold.get_text(strip=True) == text for bold in cell.find_all(["b", "strong"])[:2]
    )


def whole_number(value: Any) -> int | None:
    """An attribute as a number; None when it is none."""
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None


def _span(value: Any) -> int:
    found = whole_number(value)
    return 1 if found is None else max(found, 0)
