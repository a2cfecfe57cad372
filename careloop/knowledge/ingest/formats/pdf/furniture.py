"""Running heads, running feet and page numbers: what repeats at the edge of the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from careloop.knowledge.ingest.formats.pdf.markers import is_mark
from careloop.knowledge.ingest.formats.pdf.parts import Frame, Table
from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Sheet, Span
from careloop.knowledge.ingest.formats.pdf.wording import columns

_EDGE, _FAR = 0.085, 0.13
_NUMBER = re.compile(r"\d+|\b[ivxl]{1,6}\b", re.IGNORECASE)
_PAGE = re.compile(
    r"^\W*(?:(?:page|seite|página|pagina|pág\.?|стр\.?|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6}|[A-Z]{1,2}-\d{1,3}|\d{1,2}-\d{1,3})"
    r"(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?\W*$"
    r"|^\W*第\s*\d{1,4}\s*[页頁](?:\s*[/，,、]?\s*共\s*\d{1,4}\s*[页頁])?\W*$"
    r"|^\W*共\s*\d{1,4}\s*[页頁]\s*第\s*\d{1,4}\s*[页頁]\W*$",
    re.IGNORECASE,
)
_FIRST, _LAST = re.compile(r"^\W*\d{1,4}(?=\s|$|\W)"), re.compile(r"(?<![\d.])\d{1,4}(?=\W*$)")
_BLANK_PAGE = re.compile(
    r"^\W*(?:this page (?:is )?intentionally left blank|此页?空白|本页空白)\W*$", re.I
)


@dataclass(slots=True)
class _Edge:
    """A line near the upper (`head`) or lower edge; `whole` if it is all that stands there."""

    line: Span
    row: list[Span]
    head: bool
    whole: bool
    height: float
    gone: bool = False


def strip_furniture(sheets: Sequence[Sheet], body: float) -> None:
    """Take running heads and feet and page numbers out of the sheets, and logos that repeat.

    `body` is the size of the running text: what is clearly larger is a heading unless it repeats.
    """
    seen: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    edges = [_edge_lines(sheet) for sheet in sheets]
    for index, lines in enumerate(edges):
        for edge in lines:
            seen[edge.head, _shape(edge.line.text)].append((index, edge.height))
    counted = _counting(sheets, edges)
    for index, lines in enumerate(edges):
        for edge in lines:
            same = [
                page for page, height in seen[edge.head, _shape(edge.line.text)]
                if abs(height - edge.height) < 0.018
            ]  # fmt: skip
            edge.gone = (
                _repeats(same, index, len(sheets))
                or (edge.whole and _PAGE.match(edge.line.text) is not None)
                or (
                    (edge.line.size < 1.15 * body)
                    and _number_of(edge, sheets[index].number, counted)
                )
            )
    _same_places(edges, body)
    for sheet, lines in zip(sheets, edges, strict=True):
        gone = {id(span) for edge in lines if edge.gone for span in edge.row}
        sheet.spans = [
            s for s in sheet.spans if id(s) not in gone and not _BLANK_PAGE.match(s.text)
        ]
    _strip_logos(sheets)


def _ends(text: str) -> set[int]:
    """The numbers a line begins or ends with."""
    return {
        int(re.sub(r"\D", "", match[0]))
        for match in (_FIRST.search(text), _LAST.search(text))
        if match
    }


def _counting(sheets: Sequence[Sheet], edges: Sequence[list[_Edge]]) -> set[tuple[bool, int]]:
    """By how much the numbers at the edge differ from the count of pages, where they count."""
    votes: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for sheet, lines in zip(sheets, edges, strict=True):
        for edge in lines:
            for number in _ends(edge.line.text):
                votes[edge.head, number - sheet.number].add(sheet.number)
    return {key for key, pages in votes.items() if len(pages) >= max(3, 0.2 * len(sheets))}


def _number_of(edge: _Edge, page: int, counted: set[tuple[bool, int]]) -> bool:
    return columns(edge.line.text) < 120 and any(
        (edge.head, number - page) in counted for number in _ends(edge.line.text)
    )


def _same_places(edges: Sequence[list[_Edge]], body: float) -> None:
    """Where most pages have a running head, another text at that height is one too."""
    places: dict[tuple[bool, int], int] = defaultdict(int)
    for lines in edges:
        for key in {(e.head, round(e.height * 200)) for e in lines if e.gone}:
            places[key] += 1
    for lines in edges:
        for edge in lines:
            at = round(edge.height * 200)
            near = sum(places[edge.head, at + step] for step in (-1, 0, 1))
            small = edge.line.size < 1.15 * body
            if (
                edge.whole
                and small
                and near >= max(3, 0.4 * len(edges))
                and columns(edge.line.text) < 120
            ):
                edge.gone = True


def _edge_lines(sheet: Sheet) -> list[_Edge]:
    rows = printed_rows(sheet.spans)
    found: list[_Edge] = []
    for order, head in ((rows, True), (rows[::-1], False)):
        for position, row in enumerate(order[:4]):
            line = line_of(row)
            share = line.middle / sheet.height
            away = share if head else 1 - share
            if away > _FAR:
                break
            gap = 99.0
            if position + 1 < len(order):
                near = line_of(order[position + 1])
                gap = (near.top - line.bottom) if head else (line.top - near.bottom)
            if away > _EDGE and gap <= 1.2 * line.size:
                continue
            found.append(_Edge(line, row, head, True, share))
            if len(row) > 1:
                # Marks of list items repeat at the head of pages without being furniture.
                found += [
                    _Edge(span, [span], head, False, share) for span in row
                    if not is_mark(span.text) or span.text.strip().isdigit()
                ]  # fmt: skip
    return found


def _shape(text: str) -> str:
    """The text with its numbers made alike."""
    return re.sub(r"\s+", "", _NUMBER.sub("#", text)).casefold()


def _repeats(same: Sequence[int], index: int, pages: int) -> bool:
    numbers = set(same)
    if pages <= 5:
        return len(numbers) >= 2
    return sum(1 for number in numbers if abs(number - index) <= 6) >= 3


def _strip_logos(sheets: Sequence[Sheet]) -> None:
    """Pictures at the same place on most pages, near the edge or all over."""
    places: dict[tuple[int, int, int, int], set[int]] = defaultdict(set)
    for sheet in sheets:
        for rect in sheet.pictures:
            places[_place(rect)].add(sheet.number)
    for sheet in sheets:
        sheet.pictures = [
            rect for rect in sheet.pictures
            if len(places[_place(rect)]) < 3
            or not (rect[3] < 0.15 * sheet.height or rect[1] > 0.85 * sheet.height)
        ]  # fmt: skip


def _place(rect: Rect) -> tuple[int, int, int, int]:
    return (round(rect[0] / 4), round(rect[1] / 4), round(rect[2] / 4), round(rect[3] / 4))


def strip_boxes(sheets: Sequence[Sheet], boxes: Sequence[tuple[list[Table], list[Frame]]]) -> None:
    """Take away ruled heads and feet: small tables or boxes that repeat at the edge of pages."""
    seen: dict[tuple[bool, str], set[int]] = defaultdict(set)
    keys: dict[int, tuple[bool, str]] = {}
    for sheet, (tables, frames) in zip(sheets, boxes, strict=True):
        items: list[Table | Frame] = [*tables, *frames]
        for item in items:
            high = item.rect[3] < 0.16 * sheet.height
            if (high or item.rect[1] > 0.86 * sheet.height) and not (
                high and isinstance(item, Table) and len(item.rows) > 5
            ):
                keys[id(item)] = (high, _shape(_words(item)))
                seen[keys[id(item)]].add(sheet.number)
    for tables, frames in boxes:
        tables[:] = [t for t in tables if len(seen[keys.get(id(t), (False, "\0"))]) < 3]
        frames[:] = [f for f in frames if len(seen[keys.get(id(f), (False, "\0"))]) < 3]


def _words(item: Table | Frame) -> str:
    if isinstance(item, Table):
        return " ".join(cell.text for _, row in item.rows for cell in row)
    return " ".join(span.text for span in item.inside if isinstance(span, Span))
