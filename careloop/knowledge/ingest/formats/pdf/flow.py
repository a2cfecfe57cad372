"""Printed lines to paragraphs and list items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloop.knowledge.ingest.formats.pdf.aligned import find_aligned
from careloop.knowledge.ingest.formats.pdf.markers import (
    FIGURE_CAPTION,
    NOTE,
    NOTICE,
    SECTION,
    TABLE_CAPTION,
    is_sign,
    read_marker,
)
from careloop.knowledge.ingest.formats.pdf.parts import Block, Frame, Item, Shot, Table
from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows, usual_pitch
from careloop.knowledge.ingest.formats.pdf.sheet import Rule, Sheet, Span
from careloop.knowledge.ingest.formats.pdf.wording import columns, finished, is_wide, joined


@dataclass(slots=True)
class Measure:
    """The column a paragraph stands in."""

    left: float
    right: float
    pitch: float
    page: int
    slack: float = 0.06
    """Differences of type size up to this share mean nothing."""


def blocks_of(strip: Sequence[Item], sheet: Sheet, margin: float = 0.0) -> list[Block]:
    """The blocks of one strip, from top to bottom; `margin` is where the text of pages with one
    column ends on the right, 0 if not known."""
    spans = [item for item in strip if isinstance(item, Span)]
    measure = _measure(spans, strip, sheet)
    if not _settled(spans, measure):
        measure.right = max(measure.right, margin)
    blocks: list[Block] = []
    pending: list[Span] = []
    for item in [*strip, None]:
        if isinstance(item, Span):
            pending.append(item)
            continue
        blocks += _paragraphs(pending, sheet.rules, measure)
        pending = []
        if isinstance(item, Table):
            blocks += _caption(item, sheet, measure)
            blocks.append(
                Block("table", sheet.number, left=item.rect[0] - measure.left, top=item.rect[1],
                      table=item)
            )  # fmt: skip
        elif isinstance(item, Shot):
            blocks.append(
                Block("figure", sheet.number, left=item.rect[0] - measure.left, top=item.rect[1],
                      shot=item)
            )  # fmt: skip
        elif isinstance(item, Frame):
            blocks += _framed(item, sheet, measure)
    return blocks


def _measure(spans: Sequence[Span], strip: Sequence[Item], sheet: Sheet) -> Measure:
    lines = [line_of(row) for row in printed_rows(spans)]
    if not lines:
        left = min((item.rect[0] for item in strip), default=0.0)
        return Measure(left, sheet.width, 1.25, sheet.number)
    long = sorted(line.x1 for line in lines)
    slack = 0.25 if sheet.scanned else 0.06
    return Measure(
        min(line.x0 for line in lines), long[int(0.95 * (len(long) - 1))], usual_pitch(lines),
        sheet.number, slack,
    )  # fmt: skip


def _settled(spans: Sequence[Span], measure: Measure) -> bool:
    """Whether the lines of a strip show by themselves how wide it is."""
    lines = [line_of(row) for row in printed_rows(spans)]
    wide = max(measure.right - measure.left, 1.0)
    return len(lines) >= 5 and sum(1 for s in lines if s.x1 - measure.left > 0.75 * wide) >= (
        0.6 * len(lines)
    )


def _framed(frame: Frame, sheet: Sheet, outer: Measure) -> list[Block]:
    """The content of a box without its sign; a signal word that stands beside the text comes
    first."""
    spans = [item for item in frame.inside if isinstance(item, Span) and not is_sign(item.text)]
    signal = [span for span in spans if _only_signal(span.text)]
    rest: list[Item] = [s for s in spans if s not in signal[:1]]
    blocks = blocks_of([*signal[:1]], sheet) if signal else []
    blocks += blocks_of(sorted(rest, key=lambda s: (s.rect[1], s.rect[0])), sheet)
    for block in blocks:
        block.framed = True
        block.left = frame.rect[0] - outer.left
    return blocks


def _caption(table: Table, sheet: Sheet, measure: Measure) -> list[Block]:
    """The caption of a table as one line."""
    text = ""
    for row in printed_rows(table.caption):
        text = joined(text, line_of(row).text)
    if not text:
        return []
    first = table.caption[0]
    return [
        Block("text", sheet.number, [(sheet.number, " ".join(text.split()))],
              left=first.x0 - measure.left, top=first.top, size=first.size)
    ]  # fmt: skip


def _only_signal(text: str) -> bool:
    match = NOTICE.match(text) or NOTE.match(text)
    return match is not None and match.end() == len(text)


def _paragraphs(spans: Sequence[Span], rules: Sequence[Rule], measure: Measure) -> list[Block]:
    if not spans:
        return []
    rows = printed_rows(spans)
    lines = find_aligned(rows, rules, measure.page)
    blocks: list[Block] = []
    open_: _Paragraph | None = None
    for line in lines:
        if isinstance(line, Table):
            open_ = None
            blocks.append(
                Block("table", measure.page, left=line.rect[0] - measure.left, top=line.rect[1],
                      table=line)
            )  # fmt: skip
        elif open_ is not None and open_.takes(line):
            open_.add(line)
        else:
            gap = line.top - open_.last.bottom if open_ else 0.0
            open_ = _Paragraph(line, measure)
            open_.block.gap = gap
            blocks.append(open_.block)
    return blocks


class _Paragraph:
    """Lines that run on."""

    def __init__(self, line: Span, measure: Measure) -> None:
        self.measure = measure
        self.last = line
        self.left: float | None = None
        marker = read_marker(line.text, detached="\t" in line.text[:8])
        if marker and marker.ordered and _is_section(line.text):
            marker = None
        text = " ".join(line.text.split()) if marker is None else line.text.replace("\t", " ")
        if marker is not None:
            text = " ".join(text.split())
            marker = read_marker(text, detached=marker.style == "bare")
        self.block = Block(
            "item" if marker else "text", measure.page, [(measure.page, text)],
            left=line.x0 - measure.left, top=line.top, size=line.size, bold=line.bold,
            lead=line.lead, full=self._full(line), marker=marker,
            width=measure.right - measure.left,
        )  # fmt: skip

    def takes(self, line: Span) -> bool:
        last, em = self.last, max(line.size, 1.0)
        if abs(line.size - last.size) > self.measure.slack * max(line.size, last.size):
            return False
        pitch = min(max(self.measure.pitch, 1.0), 1.9)
        if line.bottom - last.bottom > (pitch + 0.38) * em:
            return False
        if line.bold != last.bold and not self._runs_on(line):
            return False
        if self._opens(line):
            return False
        if self.block.marker is not None:
            return self._takes_in_item(line, em)
        return self._takes_in_text(line, em)

    def _opens(self, line: Span) -> bool:
        """Whether a line begins something by its own words."""
        text = line.text
        if read_marker(text, detached="\t" in text[:8]) is not None:
            # A number that only happens to stand at the head of a wrapped line.
            wrapped = self._full(self.last) and not finished(self.last.text)
            return not (wrapped and text[:1].isdigit() and not self._aligned(line))
        if TABLE_CAPTION.match(text) or FIGURE_CAPTION.match(text):
            return not (self._full(self.last) and not finished(self.last.text))
        section = SECTION.match(text)
        if section and section.lastgroup != "one":
            return not self._full(self.last) or finished(self.last.text) or line.bold
        signal = NOTICE.match(text) or NOTE.match(text)
        return bool(signal and (signal["colon"] or signal.end() == len(text)))

    def _aligned(self, line: Span) -> bool:
        return self.block.marker is not None and abs(line.x0 - self._start) < 0.5 * line.size

    @property
    def _start(self) -> float:
        return self.block.left + self.measure.left

    def _takes_in_item(self, line: Span, em: float) -> bool:
        if line.x0 > self._start + 0.3 * em:
            return not self._ended_early(line)
        return self._full(self.last) and (
            not finished(self.last.text) or self.last.x1 > self.measure.right - 0.6 * em
        )

    def _takes_in_text(self, line: Span, em: float) -> bool:
        if self._ended_early(line):
            return False
        if self.left is None:
            if line.x0 > self.last.x0 + 0.8 * em:
                return self._full(self.last) and not finished(self.last.text)
            return line.x0 >= self.last.x0 - 0.8 * em or self._full(self.last)
        return abs(line.x0 - self.left) <= 0.8 * em or (
            line.x0 < self.left and self._full(self.last) and not finished(self.last.text)
        )

    def _ended_early(self, line: Span) -> bool:
        """Whether the next word would have fitted on the last line."""
        room = self.measure.right - self.last.x1
        if line.text[:1].islower() and not finished(self.last.text):
            # A short line of code or of a list is followed by small letters, too.
            wide = self.measure.right - self.measure.left
            hangs = self.block.marker is not None or self.last.text[-1] in "-\u2010"
            return not hangs and room > 0.45 * wide
        word = line.text.split(" ", 1)[0]
        need = 1.0 if is_wide(word[0]) else 0.55 * columns(word) + 0.3
        slack = 2.0 if finished(self.last.text) else 4.0
        return room > (need + slack) * line.size

    def _full(self, line: Span) -> bool:
        return line.x1 > self.measure.right - 4.5 * line.size

    def _runs_on(self, line: Span) -> bool:
        """Whether text set in bold changes to plain within one sentence."""
        return self._full(self.last) and not finished(self.last.text) and (
            line.text[:1].islower() or is_wide(line.text[:1] or " ")
        ) and self.last.lead < len(self.last.text.replace(" ", ""))  # fmt: skip

    def add(self, line: Span) -> None:
        text = " ".join(line.text.split())
        page, held = self.block.pieces[-1]
        self.block.pieces[-1] = (page, joined(held, text))
        if self.block.marker is None:
            self.left = line.x0 if self.left is None else min(self.left, line.x0)
        self.last = line
        self.block.lines += 1
        self.block.full = self._full(line)
        self.block.bold = self.block.bold and line.bold


def _is_section(text: str) -> bool:
    """Whether a number counts sections, as in `2.1`, rather than steps."""
    match = SECTION.match(" ".join(text.split()))
    return match is not None and match.lastgroup == "number"
