"""Tables without lines between their columns: rows whose pieces stand below each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.markers import (
    FIGURE_CAPTION,
    TABLE_CAPTION,
    is_mark,
    read_marker,
)
from careloop.knowledge.ingest.formats.pdf.parts import Cell, Table
from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows, with_marks
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Rule, Sheet, Span, holds, union
from careloop.knowledge.ingest.formats.pdf.wording import columns, is_wide, joined

_LEADER = "...."
_MAX_LANE = 40
_PROVEN = 3
"""Rows in a row that make sure how many columns a table has."""


def find_aligned(
    rows: Sequence[list[Span]], rules: Sequence[Rule], page: int
) -> list[Span | Table]:
    """Lines and tables of one column, in order."""
    found: list[Span | Table] = []
    prepared = [with_marks(row) for row in rows]
    at = 0
    while at < len(prepared):
        end = _run(prepared, at)
        table = _table(prepared[at:end], rules, page) if end - at >= 2 else None
        if table is None:
            found.append(line_of(prepared[at]))
            at += 1
        else:
            found.append(table)
            at = end
    return found


def _run(rows: Sequence[list[Span]], start: int) -> int:
    """The end of the longest run of rows from `start` that could be one table."""
    if len(rows[start]) < 2 or not _tabular(rows[start]):
        return start + 1
    corridors = _corridors(rows[start])
    end, held = start + 1, start + 1
    lonely = 0
    kept, before = 1, (0, 0)
    while end < len(rows):
        row, above = rows[end], rows[end - 1]
        size = max(row[0].size, above[0].size)
        if row[0].top - max(span.bottom for span in above) > 1.7 * size:
            break
        if any(TABLE_CAPTION.match(s.text) or FIGURE_CAPTION.match(s.text) for s in row[:1]):
            break
        narrowed = _meet(corridors, _corridors(row, corridors))
        if not narrowed or not _tabular(row):
            break
        if len(narrowed) < before[1]:
            # What stands below a heading has other columns: it is another table.
            return before[0]
        if len(row) < 2:
            if kept >= _PROVEN and _heads(row[0], rows[held - 1]):
                before = (held, len(corridors))
            lonely += 1
            if lonely > 2 and corridors[0][0] > row[0].x1:
                break
        else:
            lonely = 0
            held = end + 1
            kept = kept + 1 if len(narrowed) == len(corridors) else 1
        corridors = narrowed
        end += 1
    # Trailing single pieces belong to the table only as the wrapped text of a later column.
    while held < end and rows[held][0].x0 > corridors[0][0]:
        held += 1
    return held


def _heads(span: Span, row: Sequence[Span]) -> bool:
    """Whether a lone piece is set off as a heading from the row above it."""
    plain = not all(other.bold for other in row)
    return (span.bold and plain) or span.size > 1.08 * max(other.size for other in row)


def _tabular(row: Sequence[Span]) -> bool:
    if any(_LEADER in span.text or "……" in span.text for span in row):
        return False
    return not (len(row) < 2 and (read_marker(row[0].text) or columns(row[0].text) > 90))


def _corridors(
    row: Sequence[Span], known: Sequence[tuple[float, float]] | None = None
) -> list[tuple[float, float]]:
    """The white between the pieces of a row; for a row of one piece, what it leaves free."""
    gaps = [(a.x1, b.x0) for a, b in itertools.pairwise(row)]
    if known is None:
        return gaps
    return [(-1e9, row[0].x0), *gaps, (row[-1].x1, 1e9)]


def _meet(
    one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    return [
        (max(a, c), min(b, d)) for a, b in one for c, d in other if min(b, d) - max(a, c) >= 3.0
    ]


def _table(rows: Sequence[list[Span]], rules: Sequence[Rule], page: int) -> Table | None:
    corridors = _corridors(rows[0])
    for row in rows[1:]:
        corridors = _meet(corridors, _corridors(row, corridors))
    cuts = sorted((a + b) / 2 for a, b in corridors)
    wide = len(cuts) + 1
    split = [_split(row, cuts) for row in rows]
    several = sum(1 for row in split if sum(bool(cell) for cell in row) >= 2)
    if wide < 2 or several < (3 if wide == 2 else 2):
        return None
    texts = [line_of(cell).text for row in split for cell in row if cell]
    if all(is_mark(line_of(row[0]).text) for row in split if row[0]):
        return None
    if _prose(split) or (wide == 2 and several < 4 and max(map(columns, texts)) > 60):
        return None
    cells = _folded(split, rules)
    if len(cells) < 2:
        return None
    rect: Rect = rows[0][0].rect
    for row in rows:
        for span in row:
            rect = union(rect, span.rect)
    edges = [min((row[j][0].x0 for row in split if row[j]), default=rect[0]) for j in range(wide)]
    return Table(rect, [(page, row) for row in cells], edges, ruled=False)


def _split(row: Sequence[Span], cuts: Sequence[float]) -> list[list[Span]]:
    cells: list[list[Span]] = [[] for _ in range(len(cuts) + 1)]
    for span in row:
        cells[sum(1 for cut in cuts if (span.x0 + span.x1) / 2 > cut)].append(span)
    return cells


def _prose(split: Sequence[list[list[Span]]]) -> bool:
    """Whether the columns are lines of running text: most of them long and filled."""
    texts = [columns(line_of(cell).text) for row in split for cell in row if cell]
    return len(texts) > 4 and sum(1 for n in texts if n > 42) > 0.6 * len(texts)


def _folded(split: Sequence[list[list[Span]]], rules: Sequence[Rule]) -> list[list[Cell]]:
    """Rows with the lines of wrapped cells put together."""
    steps = [
        below - above
        for above, below in zip(map(_base, split), map(_base, split[1:]), strict=False)
    ]
    usual = sorted(steps)[len(steps) // 2] if steps else 0.0
    fences = _fences(split, rules)
    cells: list[list[Cell]] = []
    for index, row in enumerate(split):
        new = [
            Cell(line_of(cell).text, all(s.bold for s in cell)) if cell else Cell("")
            for cell in row
        ]
        if index and _wraps(split, index, steps[index - 1], usual, fences):
            for old, more in zip(cells[-1], new, strict=True):
                old.text = joined(old.text, more.text)
        else:
            cells.append(new)
    return cells


def _fences(split: Sequence[list[list[Span]]], rules: Sequence[Rule]) -> list[float]:
    """The heights of rules below the header, when there is one for about every row."""
    spans = [span for row in split for cell in row for span in cell]
    left, right = min(s.x0 for s in spans), max(s.x1 for s in spans)
    top, bottom = min(s.top for s in spans), max(s.bottom for s in spans)
    return [
        r.top
        for r in rules
        if r.horizontal
        and top < r.top < bottom
        and min(r.x1, right) - max(r.x0, left) > 0.6 * (right - left)
    ]


def _wraps(
    split: Sequence[list[list[Span]]],
    index: int, step: float, usual: float, fences: Sequence[float],
) -> bool:  # fmt: skip
    row = split[index]
    above, here = _base(split[index - 1]), _base(row)
    if any(above <= fence <= here - 2 for fence in fences):
        return False
    if len(fences) >= 3:
        return True
    filled = [bool(cell) for cell in row]
    if not filled[0] and sum(filled) < len(filled):
        return index > 1 or step <= usual
    if sum(filled) == 1 and filled[0] and step < 0.85 * usual:
        return True
    return index > 1 and not all(filled) and step <= 1.1 * usual and _runs_on(split, index)


def _runs_on(split: Sequence[list[list[Span]]], index: int) -> bool:
    """Whether every piece of a row carries on the filled line above it."""
    for column, cell in enumerate(split[index]):
        if not cell:
            continue
        above = split[index - 1][column]
        if not above:
            return False
        reach = max(row[column][-1].x1 for row in split if row[column])
        full = above[-1].x1 >= reach - 2.5 * above[-1].size
        if not (cell[0].text[:1].islower() or (full and is_wide(cell[0].text[:1]))):
            return False
    return True


def _base(row: Sequence[list[Span]]) -> float:
    return max(span.bottom for cell in row for span in cell)


def find_between_rules(sheet: Sheet) -> list[Table]:
    """Tables whose rows are set between horizontal rules of one length, without vertical ones.
    Their spans are taken out of the sheet."""
    lanes: dict[tuple[int, int], list[Rule]] = {}
    for rule in sheet.rules:
        if rule.horizontal and rule.x1 - rule.x0 > 120:
            lanes.setdefault((round(rule.x0 / 4), round(rule.x1 / 4)), []).append(rule)
    found: list[Table] = []
    for rules in lanes.values():
        rules.sort(key=lambda rule: rule.top)
        at = 0
        while 2 <= len(rules) <= _MAX_LANE and at < len(rules) - 1:
            end = next(
                (e for e in range(len(rules) - 1, at, -1) if _between(sheet, rules, at, e, found)),
                None,
            )
            at = at + 1 if end is None else end + 1
    return found


def _between(sheet: Sheet, rules: Sequence[Rule], at: int, end: int, found: list[Table]) -> bool:
    """Whether all that stands between two rules is one table; if so it moves to `found`."""
    region = (rules[at].x0, rules[at].top, rules[end].x1, rules[end].top)
    inside = [s for s in sheet.spans if holds(region, (s.x0 + s.x1) / 2, s.middle)]
    rows = printed_rows(inside)
    if len(rows) < 2 or rules[end].top - rules[at].top > 0.9 * sheet.height:
        return False
    if any(not r.horizontal and holds(region, r.x0, (r.top + r.bottom) / 2) for r in sheet.rules):
        return False
    items = find_aligned(rows, sheet.rules, sheet.number)
    if len(items) != 1 or not isinstance(items[0], Table):
        return False
    items[0].rect = region
    found.append(items[0])
    taken = {id(span) for span in inside}
    sheet.spans = [span for span in sheet.spans if id(span) not in taken]
    return True
