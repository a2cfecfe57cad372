"""Reading order: columns one after the other, what spans them in between."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.parts import Item
from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows, with_marks
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Span, union
from careloop.knowledge.ingest.formats.pdf.wording import columns

_STEP = 2.0
_SHORT, _PIECED = 12, 0.4
"""Columns of a short piece at most, and the share of rows with one that makes a table."""


def in_columns(items: Sequence[Item], em: float, depth: int = 0) -> list[list[Item]]:
    """The items as strips to be read one after the other, each from top to bottom."""
    ordered = sorted(items, key=lambda item: (item.rect[1], item.rect[0]))
    cut = _gutter(ordered, em) if depth < 6 else None
    if cut is None:
        return [ordered] if ordered else []
    strips: list[list[Item]] = []
    for band in _bands(ordered, cut):
        left = [item for item in band if item.rect[2] <= cut]
        right = [item for item in band if item.rect[0] >= cut]
        if not left or not right:
            strips.append(band)
            continue
        if not _side_by_side(left, right, em):
            strips += in_columns(band, em, 6) if len(band) < 8 else in_columns(band, em, depth + 3)
            continue
        strips += in_columns(left, em, depth + 1)
        strips += in_columns(right, em, depth + 1)
    return [strip for strip in strips if strip]


def _bands(items: Sequence[Item], cut: float) -> list[list[Item]]:
    """Runs from top to bottom that either cross the cut or do not."""
    crossing = [item for item in items if item.rect[0] < cut < item.rect[2]]
    if not crossing:
        return [list(items)]
    bands: list[list[Item]] = []
    rest = [item for item in items if not item.rect[0] < cut < item.rect[2]]
    for item in sorted(crossing, key=lambda one: one.rect[1]):
        middle = (item.rect[1] + item.rect[3]) / 2
        before = [one for one in rest if (one.rect[1] + one.rect[3]) / 2 < middle]
        # What begins far above a spanning item and reaches below it stays with what is above.
        rest = [one for one in rest if (one.rect[1] + one.rect[3]) / 2 >= middle]
        if before:
            bands.append(before)
        if bands and not before and all(_crosses(one, cut) for one in bands[-1]):
            bands[-1].append(item)
        else:
            bands.append([item])
    if rest:
        bands.append(rest)
    return bands


def _crosses(item: Item, cut: float) -> bool:
    return item.rect[0] < cut < item.rect[2]


def _gutter(items: Sequence[Item], em: float) -> float | None:
    """The middle of the white lane that best divides the items into columns."""
    if len(items) < 6:
        return None
    whole = items[0].rect
    for item in items[1:]:
        whole = union(whole, item.rect)
    wide = whole[2] - whole[0]
    if wide < 14 * em:
        return None
    best: tuple[float, float] | None = None
    for start, end in _lanes(items, whole, em):
        cut = (start + end) / 2
        left = [i for i in items if i.rect[2] <= cut]
        right = [i for i in items if i.rect[0] >= cut]
        crossing = [i for i in items if i.rect[0] < cut < i.rect[2]]
        if len(printed(left)) < 3 or len(printed(right)) < 3:
            continue
        if not _columns_of_text(left, right, em):
            continue
        # Few crossing items, then a cut that leaves whole columns on the left.
        tall = sum(i.rect[3] - i.rect[1] for i in crossing)
        rank = (tall, cut)
        if best is None or rank < best:
            best = rank
    return best[1] if best else None


def _lanes(items: Sequence[Item], whole: Rect, em: float) -> list[tuple[float, float]]:
    """Vertical lanes that few items cross."""
    count = int((whole[2] - whole[0]) / _STEP) + 2
    covered = [0.0] * count
    for item in items:
        high = item.rect[3] - item.rect[1]
        first = int((item.rect[0] - whole[0]) / _STEP)
        last = int((item.rect[2] - whole[0]) / _STEP)
        for index in range(max(first, 0), min(last + 1, count)):
            covered[index] += high
    limit = 0.35 * max(covered)
    need = max(0.85 * em, 7.0) / _STEP
    lanes: list[tuple[float, float]] = []
    levels = sorted({round(c, 1) for c in covered if c <= limit})[:12]
    for level in levels:
        start: int | None = None
        for index in range(count + 1):
            low = index < count and covered[index] <= level + 0.1
            if low and start is None:
                start = index
            elif not low and start is not None:
                if start > 0 and index < count and index - start >= need:
                    lanes.append((whole[0] + start * _STEP, whole[0] + (index - 1) * _STEP))
                start = None
    return lanes


def printed(items: Sequence[Item]) -> list[Span]:
    """The items as printed lines; a table or figure counts as one."""
    spans = [item for item in items if isinstance(item, Span)]
    lines = [line_of(row) for row in printed_rows(spans)]
    return lines + [
        Span("", *item.rect, 0.0) for item in items if not isinstance(item, Span)
    ]  # fmt: skip


def _side_by_side(left: Sequence[Item], right: Sequence[Item], em: float) -> bool:
    """Whether two groups of one band are columns rather than rows of a table."""
    return _columns_of_text(left, right, em, few=True)


def _columns_of_text(
    left: Sequence[Item], right: Sequence[Item], em: float, few: bool = False
) -> bool:
    one, other = printed(left), printed(right)
    top = max(min(s.top for s in one), min(s.top for s in other))
    bottom = min(max(s.bottom for s in one), max(s.bottom for s in other))
    if not few and bottom - top < 2.0 * em:
        return False
    lines_l, lines_r = [s for s in one if s.text], [s for s in other if s.text]
    if not lines_l or not lines_r:
        return True
    if few and min(len(lines_l), len(lines_r)) < 3:
        return not _in_rows(lines_l, lines_r, 0.99)
    fills = [_fill(lines_l), _fill(lines_r)]
    lengths = [_mean_length(lines_l), _mean_length(lines_r)]
    if _in_rows(lines_l, lines_r, 0.6):
        if max(_pieced(left), _pieced(right)) >= _PIECED:
            return False
        return min(fills) >= 0.4 and min(lengths) >= 16
    return min(lengths) >= 8 or (min(fills) >= 0.4 and min(lengths) >= 5)


def _pieced(items: Sequence[Item]) -> float:
    """The share of rows with a short piece beside others, as a table has its codes and values;
    columns of text are long."""
    rows = [
        with_marks(row) for row in printed_rows(i for i in items if isinstance(i, Span))
    ]  # fmt: skip
    short = sum(
        1 for row in rows
        if len(row) > 1 and min(columns(span.text) for span in row) <= _SHORT
    )  # fmt: skip
    return short / max(len(rows), 1)


def _in_rows(one: Sequence[Span], other: Sequence[Span], share: float) -> bool:
    """Whether the lines of the shorter side stand on the baselines of the longer."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    top, bottom = min(s.top for s in many), max(s.bottom for s in many)
    inside = [s for s in few if top - 2 <= s.middle <= bottom + 2]
    if not inside:
        return False
    hits = sum(
        1 for s in inside if any(abs(s.bottom - m.bottom) <= 0.2 * max(s.size, 4) for m in many)
    )
    return hits >= share * len(inside)


def _fill(lines: Sequence[Span]) -> float:
    """The share of lines that reach over most of their column."""
    left, right = min(s.x0 for s in lines), max(s.x1 for s in lines)
    wide = max(right - left, 1.0)
    return sum(1 for s in lines if s.x1 - s.x0 >= 0.75 * wide) / len(lines)


def _mean_length(lines: Sequence[Span]) -> float:
    return sum(columns(s.text) for s in lines) / len(lines)
