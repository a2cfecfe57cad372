"""The text layer of a PDF page as spans, upright, in the order of lines.

PDFium gives every letter with its place; letters set at another angle than most (watermarks,
titles along the edge) are left out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from careloop.knowledge.ingest.formats.pdf.sheet import Span
from careloop.knowledge.ingest.formats.pdf.wording import BULLETS, cleaned, glued

MAX_LETTERS = 60_000
GAP = 0.9
"""Widest gap within a span, in units of the type size."""

_HEAVY = re.compile(r"bold|black|heavy|demi|simhei|heiti|-hei|黑体|w[6-9]\b", re.IGNORECASE)
Affine = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Style:
    """How a run of letters is set; `angle` in degrees, counter-clockwise, on the unturned page."""

    size: float
    bold: bool
    angle: float
    font: str


@dataclass(slots=True)
class Letter:
    """One letter in page coordinates: its advance box and the start of its baseline."""

    text: str
    style: Style
    x: float
    y: float
    box: tuple[float, float, float, float]


def letters_of(page: Any) -> list[Letter]:
    """All letters of the text layer in the order of the content, at most `MAX_LETTERS`."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        return _letters(text)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _letters(text: Any) -> list[Letter]:
    count = min(pdfium.FPDFText_CountChars(text), MAX_LETTERS)
    styles: dict[int, Style] = {}
    found: list[Letter] = []
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    x_ref, y_ref, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            continue
        holder = pdfium.FPDFText_GetTextObject(text, index)
        if not holder:
            # A space that is not printed but that PDFium finds between two words.
            if code == 32 and found:
                last = found[-1]
                found.append(Letter(" ", last.style, last.x, last.y, last.box))
            continue
        address = ctypes.addressof(holder.contents)
        style = styles.get(address)
        if style is None:
            style = styles[address] = _style(text, index, holder)
        pdfium.FPDFText_GetCharOrigin(text, index, x_ref, y_ref)
        pdfium.FPDFText_GetLooseCharBox(text, index, box_ref)
        letter = "\ufffd" if code == 0 else chr(code) if code < 0x110000 else "\ufffd"
        found.append(
            Letter(letter, style, x.value, y.value, (box.left, box.bottom, box.right, box.top))
        )
    return found


def _style(text: Any, index: int, holder: Any) -> Style:
    matrix = pdfium.FS_MATRIX()
    scale, angle = 1.0, 0.0
    if pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
    size = pdfium.FPDFText_GetFontSize(text, index) * scale
    if not 1.0 <= size <= 2000:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        size = max(abs(box.top - box.bottom), 1.0)
    font = _font_name(pdfium.FPDFTextObj_GetFont(holder))
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    stroked = pdfium.FPDFTextObj_GetTextRenderMode(holder) == 2
    heavy = bool(_HEAVY.search(font)) or weight >= 600 or stroked
    return Style(size, heavy, angle, font)


def _font_name(font: Any) -> str:
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    return buffer.value.decode("utf-8", "replace").split("+", 1)[-1]


def text_angle(letters: list[Letter]) -> int:
    """The angle of most letters: 0, 90, 180 or 270 degrees counter-clockwise."""
    votes = Counter(
        round(item.style.angle / 90) * 90 % 360 for item in letters if not item.text.isspace()
    )
    return votes.most_common(1)[0][0] if votes else 0


def spans_of(
    letters: list[Letter], angle: int, affine: Affine, fences: list[tuple[float, float, float]]
) -> list[Span]:
    """Letters along `angle` as spans. `affine` maps page to upright coordinates; a span never
    crosses a fence (x, top, bottom), a vertical rule."""
    runs = _runs(letters, angle, affine, fences)
    runs.sort(key=lambda run: (run.base, run.x0))
    lines: list[list[_Run]] = []
    for run in runs:
        home = next(
            (
                line
                for line in reversed(lines[-6:])
                if abs(line[0].base - run.base) <= 0.3 * max(line[0].size, run.size)
            ),
            None,
        )
        if home is None:
            lines.append([run])
        else:
            home.append(run)
    spans: list[Span] = []
    for line in lines:
        line.sort(key=lambda run: run.x0)
        current = line[0]
        for run in line[1:]:
            if current.takes(run.x0, run.base, run.size, fences):
                current.absorb(run)
            else:
                spans.append(current.span())
                current = run
        spans.append(current.span())
    return [span for span in spans if span.text]


@dataclass(slots=True)
class _Run:
    """Letters that follow each other on one baseline."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    heavy: int = 0
    lead: int = 0
    count: int = 0
    blank: bool = False
    opened: bool = False

    def takes(
        self, x: float, base: float, size: float, fences: list[tuple[float, float, float]]
    ) -> bool:
        em = max(min(self.size, size), 1.0)
        gap = (x - self.x1) / em
        if not -0.8 <= gap <= GAP or abs(base - self.base) > 0.36 * max(self.size, size):
            return False
        return gap < 0.05 or not any(
            self.x1 - 1 <= fence <= x + 1 and top <= base - 0.3 * size <= bottom
            for fence, top, bottom in fences
        )

    def add(self, letter: str, x0: float, x1: float, style: Style) -> None:
        gap = (x0 - self.x1) / max(self.size, 1.0)
        self.text = glued(self.text, letter, gap, self.blank)
        self.blank = False
        self.x1 = max(self.x1, x1)
        self._weigh(1, style.bold, 1 if style.bold else 0, style.size, style.font)

    def absorb(self, other: _Run) -> None:
        gap = (other.x0 - self.x1) / max(self.size, 1.0)
        self.text = glued(self.text, other.text, gap, self.blank or other.opened)
        self.blank = other.blank
        self.x1 = max(self.x1, other.x1)
        whole = other.heavy == other.count
        self._weigh(other.count, whole, other.lead, other.size, other.font)
        if not whole:
            self.heavy += other.heavy

    def _weigh(self, count: int, bold: bool, lead: int, size: float, font: str) -> None:
        if self.lead == self.count:
            self.lead += lead
        if size > self.size or (count > self.count and size > 0.75 * self.size):
            self.size, self.font = size, font
        self.count += count
        self.heavy += count if bold else 0

    def span(self) -> Span:
        text = " ".join(cleaned(self.text).split())
        return Span(
            text, self.x0, self.base - 0.84 * self.size, self.x1, self.base + 0.18 * self.size,
            self.size, self.heavy >= 0.7 * max(self.count, 1), self.lead, self.font,
        )  # fmt: skip


def _runs(
    letters: list[Letter], angle: int, affine: Affine, fences: list[tuple[float, float, float]]
) -> list[_Run]:
    a, b, c, d, e, f = affine
    runs: list[_Run] = []
    current: _Run | None = None
    blank = False
    for item in letters:
        if abs((item.style.angle - angle + 180) % 360 - 180) > 8:
            continue
        left, low, right, high = item.box
        base = b * item.x + d * item.y + f
        ax, bx = a * left + c * low + e, a * right + c * high + e
        x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
        text = item.text
        if text.isspace() or text in "\u200b\ufeff":
            blank = True
            continue
        style = item.style
        if current is not None and current.takes(x0, base, style.size, fences):
            current.blank = current.blank or blank
            current.add(text, x0, x1, style)
        else:
            if current is not None:
                current.blank = current.blank or blank
            bold = 1 if style.bold else 0
            current = _Run(
                text, x0, x1, base, style.size, style.font, bold, bold, 1, opened=blank
            )  # fmt: skip
            runs.append(current)
        if text in BULLETS:
            current.blank = True
        blank = False
    return runs
