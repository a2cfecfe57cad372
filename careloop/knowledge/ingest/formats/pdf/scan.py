"""A picture of a page as a sheet: text by OCR, rules and pictures by their ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Rule, Sheet, Span, holds
from careloop.knowledge.ingest.formats.pdf.wording import cleaned
from careloop.knowledge.ingest.ocr import Ocr, OcrLine

_BLOCK = 8
_MAX_SKEW = 12.0


def read_scan(picture: Image.Image, number: int, ocr: Ocr, width: float) -> Sheet:
    """The page in a picture that is `width` points wide as shown."""
    turn = ocr.turn(picture)
    upright = picture.rotate(-90 * turn, expand=True) if turn else picture
    scale = width / picture.width
    lines = ocr.lines(upright)
    skew = _skew(lines)
    spans = _spans(lines, skew, upright.size, scale)
    sheet = Sheet(
        number, upright.width * scale, upright.height * scale, spans, turn=turn, scanned=True
    )
    gray = upright.convert("L")
    if abs(skew) > 0.05:
        gray = gray.rotate(skew, resample=Image.Resampling.BILINEAR, fillcolor=255)
    dark = _dark(np.asarray(gray))
    sheet.rules = _rules(dark, scale, spans)
    _mark_points(dark, scale, spans)
    sheet.pictures = _pictures(dark, scale, sheet)
    return sheet


def _skew(lines: Sequence[OcrLine]) -> float:
    """The angle of the text in degrees, clockwise, by its longer lines."""
    angles = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.box
        wide = math.hypot(bx - ax, by - ay)
        if wide > 4 * math.hypot(dx - ax, dy - ay):
            angles.append((wide, math.degrees(math.atan2(by - ay + cy - dy, bx - ax + cx - dx))))
    long = [angle for wide, angle in sorted(angles, reverse=True)[: max(3, len(angles) // 2)]]
    found = median(long) if len(long) >= 3 else 0.0
    return found if abs(found) <= _MAX_SKEW else 0.0


def _spans(
    lines: Sequence[OcrLine], skew: float, size: tuple[int, int], scale: float
) -> list[Span]:
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    mid_x, mid_y = size[0] / 2, size[1] / 2
    placed: list[tuple[str, Rect]] = []
    for line in lines:
        points = [
            (
                (x - mid_x) * cos + (y - mid_y) * sin + mid_x,
                -(x - mid_x) * sin + (y - mid_y) * cos + mid_y,
            )
            for x, y in line.box
        ]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        rect = ((ax + dx) / 2, (ay + by) / 2, (bx + cx) / 2, (cy + dy) / 2)
        if rect[2] > rect[0] and rect[3] > rect[1]:
            placed.append((" ".join(cleaned(line.text).split()), rect))
    sizes = _type_sizes([rect for _, rect in placed])
    spans = []
    for (text, rect), high in zip(placed, sizes, strict=True):
        left, top, right, bottom = (value * scale for value in rect)
        type_size = high * scale
        middle = (top + bottom) / 2
        inset = min(0.12 * type_size, (right - left) / 4)
        spans.append(
            Span(text, left + inset, middle - 0.5 * type_size, right - inset,
                 middle + 0.5 * type_size, type_size)
        )  # fmt: skip
    return [span for span in spans if span.text]


def _type_sizes(rects: Sequence[Rect]) -> list[float]:
    """Type sizes in pixels. Boxes vary with the letters in them: near the usual is the usual."""
    heights = [0.82 * (rect[3] - rect[1]) for rect in rects]
    if not heights:
        return []
    weights = sorted((high, rect[2] - rect[0]) for high, rect in zip(heights, rects, strict=True))
    half, run, usual = sum(w for _, w in weights) / 2, 0.0, heights[0]
    for high, wide in weights:
        run += wide
        if run >= half:
            usual = high
            break
    return [
        usual if 0.72 <= high / usual <= 1.22 else usual * round(5 * high / usual) / 5 or usual
        for high in heights
    ]


def _dark(gray: Any) -> Any:
    """Where ink is: clearly darker than the paper."""
    paper = float(np.percentile(gray[::4, ::4], 80))
    return gray < min(0.72 * paper, 190)


def _rules(dark: Any, scale: float, spans: Sequence[Span]) -> list[Rule]:
    found: list[Rule] = []
    for flat in (True, False):
        need = int((28 if flat else 13) / scale)
        for at, low, high in _long_runs(dark if flat else dark.T, need):
            at, low, high = float(at * scale), float(low * scale), float(high * scale)
            rule = Rule(low, at, high, at) if flat else Rule(at, low, at, high)
            if not any(_through(span, rule) for span in spans):
                found.append(rule)
    return found


def _mark_points(dark: Any, scale: float, spans: Sequence[Span]) -> None:
    """Put a bullet before lines that have a round or square dot of ink to their left; OCR
    passes over such dots."""
    for span in spans:
        em = span.size / scale
        left, right = span.x0 - 2.8 * span.size, span.x0 - 0.2 * span.size
        if any(
            other is not span and other.x1 > left and other.x0 < span.x0
            and abs(other.middle - span.middle) < 0.8 * span.size
            for other in spans
        ):  # fmt: skip
            continue
        window = dark[
            max(int(span.top / scale), 0) : int(span.bottom / scale) + 1,
            max(int(left / scale), 0) : max(int(right / scale), 0),
        ]
        dot = _only_blob(window)
        if dot is None:
            continue
        top, low, start, end = dot
        wide, high, middle = end - start, low - top, (top + low) / 2 / max(window.shape[0], 1)
        round_ = 0.1 * em <= wide <= 0.6 * em and 0.1 * em <= high <= 0.6 * em
        if round_ and 0.6 <= wide / high <= 1.7 and 0.25 <= middle <= 0.8:
            span.text = f"• {span.text}"
            span.x0 = left + start * scale


def _only_blob(window: Any) -> tuple[int, int, int, int] | None:
    """Top, bottom, left and right of the ink if it is one compact spot, specks aside."""
    if window.size == 0:
        return None
    columns = np.flatnonzero(window.sum(axis=0) >= 2)
    rows = np.flatnonzero(window.sum(axis=1) >= 2)
    if len(columns) < 3 or len(rows) < 3:
        return None
    start, end, top, low = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    if window[top:low, start:end].mean() < 0.5:
        return None
    return top, low, start, end


def _through(span: Span, rule: Rule) -> bool:
    """Whether a rule is a stroke of letters."""
    inner = (span.x0 + 1, span.top + 1.5, span.x1 - 1, span.bottom - 1.5)
    middle = holds(inner, (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2)
    longer = max(rule.x1 - rule.x0 - (span.x1 - span.x0), rule.bottom - rule.top - 2 * span.size)
    return middle and longer < 0


def _long_runs(dark: Any, need: int) -> list[tuple[float, float, float]]:
    """Straight runs of ink along the rows, as (row, start, end) in pixels."""
    if dark.shape[1] <= need:
        return []
    # A line that is not quite level steps from row to row.
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    closed = thick.copy()
    for shift in (1, 2):
        closed[:, shift:] |= thick[:, :-shift]
    sums = np.zeros((closed.shape[0], closed.shape[1] + 1), dtype=np.int32)
    np.cumsum(closed, axis=1, out=sums[:, 1:])
    solid = sums[:, need:] - sums[:, :-need] >= need
    runs: list[list[float]] = []
    for row in map(int, np.flatnonzero(solid.any(axis=1))):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], solid[row].view(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            reach = float(end - 1 + need)
            home = next(
                (r for r in reversed(runs[-200:])
                 if row - r[1] <= 2 and start <= r[3] + 4 and reach >= r[2] - 4),
                None,
            )  # fmt: skip
            if home is None:
                runs.append([float(row), float(row), float(start), reach])
            else:
                home[1], home[2], home[3] = (
                    float(row),
                    min(home[2], float(start)),
                    max(home[3], reach),
                )
    # A thick band is a shaded area or a photograph.
    return [((r[0] + r[1]) / 2, r[2], r[3]) for r in runs if r[1] - r[0] <= 14]


def _pictures(dark: Any, scale: float, sheet: Sheet) -> list[Rect]:
    """Regions full of ink that is neither text nor rules."""
    high, wide = (n // _BLOCK for n in dark.shape)
    if high < 8 or wide < 8:
        return []
    blocks = dark[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK)
    ink = blocks.mean(axis=(1, 3)) > 0.05
    unit = _BLOCK * scale
    for span in sheet.spans:
        top, bottom = int((span.top - 2) / unit), int((span.bottom + 2) / unit) + 1
        ink[max(top, 0) : bottom, max(int(span.x0 / unit), 0) : int(span.x1 / unit) + 1] = False
    for rule in sheet.rules:
        ink[
            max(int((rule.top - 2) / unit), 0) : int((rule.bottom + 2) / unit) + 1,
            max(int((rule.x0 - 2) / unit), 0) : int((rule.x1 + 2) / unit) + 1,
        ] = False
    # The black edge of a photocopy is no picture.
    ink[:2], ink[-2:], ink[:, :2], ink[:, -2:] = False, False, False, False
    found = []
    for top, left, bottom, right, count in _patches(ink):
        tall, broad = bottom - top + 1, right - left + 1
        if min(tall, broad) * unit >= 40 and count >= 0.12 * tall * broad and count >= 30:
            found.append((left * unit, top * unit, (right + 1) * unit, (bottom + 1) * unit))
    return found


def _patches(ink: Any) -> list[tuple[int, int, int, int, int]]:
    """Connected blocks, two blocks apart at most: top, left, bottom, right, number."""
    todo = {(int(i), int(j)) for i, j in zip(*np.nonzero(ink), strict=True)}
    found = []
    near = [(a, b) for a in range(-2, 3) for b in range(-2, 3)]
    while todo:
        stack = [todo.pop()]
        seen = list(stack)
        while stack:
            i, j = stack.pop()
            for a, b in near:
                if (i + a, j + b) in todo:
                    todo.remove((i + a, j + b))
                    stack.append((i + a, j + b))
                    seen.append((i + a, j + b))
        rows, cols = [i for i, _ in seen], [j for _, j in seen]
        found.append((min(rows), min(cols), max(rows), max(cols), len(seen)))
    return found
