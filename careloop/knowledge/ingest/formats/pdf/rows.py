"""Spans to printed lines, and lines to running text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from statistics import median

from careloop.knowledge.ingest.formats.pdf.markers import is_mark
from careloop.knowledge.ingest.formats.pdf.sheet import Span
from careloop.knowledge.ingest.formats.pdf.wording import glued, is_wide, joined


def printed_rows(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans that share a baseline, from top to bottom and left to right."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda item: (item.middle, item.x0)):
        home = next((row for row in reversed(rows[-4:]) if same_row(row[0], span)), None)
        if home is None:
            rows.append([span])
        else:
            home.append(span)
    for row in rows:
        row.sort(key=lambda item: item.x0)
    return rows


def same_row(one: Span, other: Span) -> bool:
    """Whether two spans stand on one line, sub- and superscripts included."""
    return abs(one.middle - other.middle) <= 0.45 * max(min(one.size, other.size), 4.0) or (
        abs(one.bottom - other.bottom) <= 0.12 * max(one.size, other.size)
    )


def line_of(row: Sequence[Span]) -> Span:
    """A row as one span."""
    if len(row) == 1:
        return row[0]
    text, reach = "", row[0].x0
    size = max(span.size for span in row)
    count = sum(len(span.text) for span in row)
    lead, open_ = 0, True
    for span in row:
        text = glued(text, span.text, (span.x0 - reach) / max(size, 1.0), span.x0 - reach > 0.9)
        reach = max(reach, span.x1)
        if open_:
            lead += span.lead
            open_ = span.lead >= len(span.text.replace(" ", ""))
    heavy = sum(len(span.text) for span in row if span.bold)
    main = max(row, key=lambda span: len(span.text))
    return Span(
        " ".join(text.split()), row[0].x0, min(span.top for span in row), reach,
        max(span.bottom for span in row), main.size, heavy >= 0.7 * max(count, 1), lead, main.font,
    )  # fmt: skip


def text_of(spans: Sequence[Span], right: float | None = None) -> str:
    """The running text of a cell or box; `right` is where the text of a cell must end."""
    text = ""
    last: Span | None = None
    for row in printed_rows(spans):
        line = line_of(row)
        if last is not None and right is not None and _cut_within_word(last, line, right):
            text += line.text
        else:
            text = joined(text, line.text)
        last = line
    return text


def _cut_within_word(last: Span, line: Span, right: float) -> bool:
    """Whether a word too long for its cell goes on: it fills its line alone to the last letter,
    and small letters follow without a hyphen."""
    return (
        " " not in last.text.strip()
        and last.text[-1:].isalpha()
        and not is_wide(last.text[-1])
        and line.text[:1].islower()
        and right - last.x1 < 0.6 * last.size
    )


def with_marks(row: list[Span]) -> list[Span]:
    """A row in which list marks are one with the text they introduce."""
    found: list[Span] = []
    for span in row:
        near = found and span.x0 - found[-1].x1 < 6 * span.size
        # In a row of three or more a number is rather the first cell of a table.
        points = found and (len(row) == 2 or not found[-1].text[:1].isdigit())
        if near and points and is_mark(found[-1].text):
            mark = found.pop()
            span = Span(
                f"{mark.text}\t{span.text}", mark.x0, span.top, span.x1, span.bottom, span.size,
                span.bold, span.lead + (len(mark.text) if span.lead else 0), span.font,
            )  # fmt: skip
        found.append(span)
    return found


def usual_pitch(lines: Sequence[Span]) -> float:
    """The usual distance of baselines in units of the type size."""
    steps = [
        (below.bottom - above.bottom) / max(above.size, 1.0)
        for above, below in itertools.pairwise(lines)
        if 0.9 <= (below.bottom - above.bottom) / max(above.size, 1.0) <= 2.4
        and abs(below.size - above.size) < 0.1 * above.size
    ]
    if not steps:
        return 1.25
    steps.sort()
    # The lower third: gaps between paragraphs must not pass for the pitch.
    return min(steps[len(steps) // 3], median(steps))
