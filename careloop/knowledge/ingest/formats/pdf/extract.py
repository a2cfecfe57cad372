"""One PDF page as a sheet: text, straight rules, shaded areas, pictures and drawing strokes."""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from careloop.knowledge.ingest.formats.pdf.glyphs import (
    Affine,
    letters_of,
    spans_of,
    text_angle,
)
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Rule, Sheet, area

_MAX_SEGMENTS = 30_000
_MAX_DEPTH = 6
_THIN = 3.0
_IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Drawn:
    """What is painted, in page coordinates; `budget` bounds the work on a page of drawings."""

    rules: list[Rect] = field(default_factory=list)
    shades: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    strokes: list[Rect] = field(default_factory=list)
    budget: int = _MAX_SEGMENTS


def read_sheet(page: Any, number: int) -> Sheet:
    """The page; `scanned` is not judged here. The caller holds the PDFium lock."""
    left, bottom, right, top = page.get_bbox()
    letters = letters_of(page)
    angle = text_angle(letters)
    rotation = page.get_rotation() % 360
    to_upright, width, height = _upright((left, bottom, right, top), angle)
    # A text at `angle` on the unturned page is shown turned by `rotation` clockwise.
    sheet = Sheet(number, width, height, turn=((angle - rotation) // 90) % 4)
    drawn = _Drawn()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, drawn, 0)
        if drawn.budget <= 0:
            break
    _place(drawn, to_upright, sheet)
    fences = [(r.x0, r.top, r.bottom) for r in sheet.rules if not r.horizontal]
    sheet.spans = spans_of(letters, angle, to_upright, fences)
    sheet.spans = [
        s for s in sheet.spans if s.x0 >= -2 and s.x1 <= width + 20 and -2 <= s.middle <= height
    ]
    return sheet


def _upright(bbox: Rect, angle: int) -> tuple[Affine, float, float]:
    """The map from the page to upright coordinates, and the upright width and height."""
    left, bottom, right, top = bbox
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    if angle == 90:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left), height, width
    if angle == 180:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom), width, height
    if angle == 270:
        return (0.0, -1.0, -1.0, 0.0, top, right), height, width
    return (1.0, 0.0, 0.0, -1.0, -left, top), width, height


def _collect(item: Any, matrix: Affine, drawn: _Drawn, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    drawn.budget -= 1
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = _times(_matrix(item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            if drawn.budget <= 0:
                return
            _collect(pdfium.FPDFFormObj_GetObject(item, index), inner, drawn, depth + 1)
    elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        bounds = _bounds(item, matrix)
        if bounds and kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(bounds)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _collect_path(item, matrix, drawn)


def _collect_path(item: Any, matrix: Affine, drawn: _Drawn) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroked)):
        return
    filled = mode.value != 0 and not _white(item)
    if not filled and not stroked.value:
        return
    count = pdfium.FPDFPath_CountSegments(item)
    bounds = _bounds(item, matrix)
    if bounds is None:
        return
    if count > drawn.budget or count > 4000:
        drawn.strokes.append(bounds)
        return
    drawn.budget -= count
    for points, curved in _outlines(item, _times(_matrix(item), matrix), count):
        _sort_outline(points, curved, filled, bool(stroked.value), drawn)


def _outlines(
    item: Any, matrix: Affine, count: int
) -> list[tuple[list[tuple[float, float]], bool]]:
    """The subpaths as points, with whether one has a curve in it."""
    a, b, c, d, e, f = matrix
    found: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                found.append((points, curved))
            points, curved = [point], False
            continue
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != point:
            points.append(points[0])
    if len(points) > 1:
        found.append((points, curved))
    return found


def _sort_outline(
    points: list[tuple[float, float]], curved: bool, filled: bool, stroked: bool, drawn: _Drawn
) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    wide, high = box[2] - box[0], box[3] - box[1]
    straight = not curved and all(
        abs(p[0] - q[0]) < 0.7 or abs(p[1] - q[1]) < 0.7 for p, q in itertools.pairwise(points)
    )
    if min(wide, high) <= _THIN and max(wide, high) > _THIN and not curved:
        drawn.rules.append(box)
    elif straight and stroked:
        drawn.rules += [
            (min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))
            for p, q in itertools.pairwise(points)
            if abs(p[0] - q[0]) + abs(p[1] - q[1]) > _THIN
        ]
    if straight and filled and min(wide, high) > _THIN and 4 <= len(points) <= 6:
        drawn.shades.append(box)
    elif not straight or (filled and min(wide, high) > _THIN):
        # A box with round corners frames text; it is no drawing.
        drawn.strokes.append(box)
        if curved and len(points) >= 8 and wide > 150 and high > 20 and area(box) > 6000:
            drawn.strokes.pop()
            drawn.shades.append(box)


def _place(drawn: _Drawn, affine: Affine, sheet: Sheet) -> None:
    whole = sheet.width * sheet.height

    def placed(rect: Rect) -> Rect:
        a, b, c, d, e, f = affine
        xs = (a * rect[0] + c * rect[1] + e, a * rect[2] + c * rect[3] + e)
        ys = (b * rect[0] + d * rect[1] + f, b * rect[2] + d * rect[3] + f)
        return (
            max(min(xs), 0.0), max(min(ys), 0.0),
            min(max(xs), sheet.width), min(max(ys), sheet.height),
        )  # fmt: skip

    for rect in map(placed, drawn.rules):
        x0, top, x1, bottom = rect
        if x1 - x0 >= bottom - top > -1 and x1 - x0 > _THIN:
            middle = (top + bottom) / 2
            sheet.rules.append(Rule(x0, middle, x1, middle))
        elif bottom - top > _THIN:
            middle = (x0 + x1) / 2
            sheet.rules.append(Rule(middle, top, middle, bottom))
    sheet.shades = [r for r in map(placed, drawn.shades) if 30 < area(r) < 0.7 * whole]
    sheet.pictures = [r for r in map(placed, drawn.pictures) if area(r) > 1]
    sheet.strokes = [r for r in map(placed, drawn.strokes) if area(r) < 0.9 * whole]


def _white(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(
        item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    ):
        return False
    return alpha.value < 8 or min(red.value, green.value, blue.value) >= 252


def _matrix(item: Any) -> Affine:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(one: Affine, other: Affine) -> Affine:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _bounds(item: Any, matrix: Affine) -> Rect | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(
        item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    ):
        return None
    a, b, c, d, e, f = matrix
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    if not all(abs(v) < 1e6 for v in (*xs, *ys)):
        return None
    return (min(xs), min(ys), max(xs), max(ys))
