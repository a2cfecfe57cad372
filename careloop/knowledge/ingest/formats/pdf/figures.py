"""Pictures and drawings of a page, with their captions."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.markers import FIGURE_CAPTION, read_marker
from careloop.knowledge.ingest.formats.pdf.parts import Shot
from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows
from careloop.knowledge.ingest.formats.pdf.sheet import (
    Rect,
    Rule,
    Sheet,
    Span,
    area,
    holds,
    overlap,
    union,
)
from careloop.knowledge.ingest.formats.pdf.wording import columns, joined

_MIN_SIDE = 36.0
_MAX_STROKES = 4000
_LONGEST_LABEL = 24
_LOOSE = 30.0
"""How far the strokes of a drawing may reach below the lines in it that frame something."""
_ASIDE = 130.0
"""How far a caption may begin beside its figure, as one set flush left under a centred one."""


def find_figures(sheet: Sheet, keep_off: list[Rect]) -> list[Shot]:
    """Figures of a page. Captions and labels within a figure are taken out of the sheet;
    `keep_off` are tables and text boxes, which are never part of a figure."""
    whole = sheet.width * sheet.height
    regions = [r for r in sheet.pictures if area(r) < 0.85 * whole or not sheet.spans]
    regions = [r for r in regions if not _background(r, sheet)]
    regions += _drawings(sheet, keep_off)
    regions = [r for r in regions if not any(overlap(r, k) > 0.6 * area(r) for k in keep_off)]
    regions = _grouped(regions, 6.0)
    captions = _captions(sheet)
    shots: list[Shot] = []
    for region in sorted(regions, key=lambda r: (r[1], r[0])):
        if min(region[2] - region[0], region[3] - region[1]) < _MIN_SIDE:
            continue
        if area(region) < 0.006 * whole:
            continue
        shots.append(Shot(region, sheet.number))
    _caption(shots, captions, sheet)
    for shot in shots:
        _take_labels(shot, sheet)
    return shots


def is_drawing(rect: Rect, inside: Sequence[Span], sheet: Sheet) -> bool:
    """Whether lines that could frame a table are those of a drawing: it has a figure's caption
    below, slanted or curved strokes, and no text but short labels."""
    if any(columns(span.text) > _LONGEST_LABEL for span in inside):
        return False
    slanted = sum(
        1 for s in sheet.strokes
        if max(s[2] - s[0], s[3] - s[1]) > 2
        and holds(rect, (s[0] + s[2]) / 2, (s[1] + s[3]) / 2)
    )  # fmt: skip
    near = (rect[0], rect[1], rect[2], rect[3] + _LOOSE)
    below = any(_below(rect, span) or _below(near, span) for span in _captions(sheet))
    return slanted >= 3 and below


def _background(rect: Rect, sheet: Sheet) -> bool:
    """Whether a picture lies under running text."""
    inside = [s for s in sheet.spans if holds(rect, (s.x0 + s.x1) / 2, s.middle)]
    return sum(columns(s.text) for s in inside if columns(s.text) > 24) > 300


def _drawings(sheet: Sheet, keep_off: list[Rect]) -> list[Rect]:
    """Regions of line drawings: many strokes near each other, or some above a caption."""
    strokes = [s for s in sheet.strokes if max(s[2] - s[0], s[3] - s[1]) > 2][:_MAX_STROKES]
    lines = [_thick(rule) for rule in sheet.rules[:_MAX_STROKES]]
    pieces = [
        r for r in [*strokes, *lines, *(s for s in sheet.shades if area(s) > 100)]
        if not any(overlap(r, k) >= 0.5 * max(area(r), 0.01) for k in keep_off)
    ]  # fmt: skip
    if len(pieces) < 3:
        return []
    slanted = set(strokes)
    found = []
    for group in _grouped_members(pieces, 9.0):
        region = group[0]
        for piece in group[1:]:
            region = union(region, piece)
        if min(region[2] - region[0], region[3] - region[1]) < _MIN_SIDE:
            continue
        odd = sum(1 for piece in group if piece in slanted)
        text = sum(
            columns(s.text) for s in sheet.spans
            if holds(region, (s.x0 + s.x1) / 2, s.middle) and columns(s.text) > 30
        )  # fmt: skip
        near = any(_below(region, span) for span in _captions(sheet))
        if text > 200 or (odd < 3 and not (near and len(group) >= 3)):
            continue
        if near or odd >= 8:
            found.append(region)
    return found


def _thick(rule: Rule) -> Rect:
    return (rule.x0 - 0.5, rule.top - 0.5, rule.x1 + 0.5, rule.bottom + 0.5)


def _below(region: Rect, span: Span) -> bool:
    return (
        -0.5 * span.size <= span.top - region[3] <= 4.5 * span.size
        and span.x0 < region[2] + _ASIDE
        and span.x1 > region[0] - _ASIDE
    )


def _above(region: Rect, span: Span) -> bool:
    return (
        -0.5 * span.size <= region[1] - span.bottom <= 3 * span.size
        and span.x0 < region[2] + _ASIDE
        and span.x1 > region[0] - _ASIDE
    )


def _grouped_members(rects: list[Rect], near: float) -> list[list[Rect]]:
    """Rectangles put together while they touch or nearly do."""
    groups: list[tuple[Rect, list[Rect]]] = []
    for rect in sorted(rects, key=lambda r: (r[1], r[0])):
        whole, members = rect, [rect]
        rest: list[tuple[Rect, list[Rect]]] = []
        changed = True
        while changed:
            changed = False
            rest = []
            for box, held in groups:
                if _close(whole, box, near):
                    whole, members, changed = union(whole, box), held + members, True
                else:
                    rest.append((box, held))
            groups = rest
        groups.append((whole, members))
    return [members for _, members in groups]


def _grouped(rects: list[Rect], near: float) -> list[Rect]:
    found = []
    for group in _grouped_members(rects, near):
        whole = group[0]
        for rect in group[1:]:
            whole = union(whole, rect)
        found.append(whole)
    return found


def _close(one: Rect, other: Rect, near: float) -> bool:
    return (
        one[0] - near <= other[2]
        and other[0] - near <= one[2]
        and one[1] - near <= other[3]
        and other[1] - near <= one[3]
    )


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a figure and not a sentence that speaks of one."""
    match = FIGURE_CAPTION.match(text)
    if match is None or columns(text) > 160:
        return False
    rest = match["rest"].strip()
    if not rest or match["sep"]:
        return True
    return not rest[0].islower() and not rest.startswith(
        (
            "所示",
            "中",
            "为",
            "是",
            "显示",
            "和",
            "与",
            "、",
            "，",
            ",",
            ")",
            "）",
            "的",
            "shows",
            "に",
            "は",
        )
    )


def _captions(sheet: Sheet) -> list[Span]:
    return [span for span in sheet.spans if is_caption(span.text)]


def _caption(shots: list[Shot], captions: list[Span], sheet: Sheet) -> None:
    """Each caption to the nearest figure above it, else to the one below."""
    free = list(captions)
    for test in (_below, _above):
        for span in list(free):
            near = [s for s in shots if not s.caption and test(s.rect, span)]
            if not near:
                continue
            shot = min(near, key=lambda s: _distance(s.rect, span.rect))
            free.remove(span)
            taken = _wrapped(span, sheet)
            for row in printed_rows(taken):
                shot.caption = joined(shot.caption, line_of(row).text)
            ids = {id(s) for s in taken}
            sheet.spans = [s for s in sheet.spans if id(s) not in ids]


def _distance(one: Rect, other: Rect) -> float:
    aside = max(one[0] - other[2], other[0] - one[2], 0.0)
    apart = max(one[1] - other[3], other[1] - one[3], 0.0)
    return 3 * aside + apart + 0.01 * abs(_mid(one) - _mid(other))


def _mid(rect: Rect) -> float:
    return (rect[0] + rect[2]) / 2


def _wrapped(span: Span, sheet: Sheet) -> list[Span]:
    """The caption with the lines it runs on into."""
    taken = [span]
    taken += [
        s for s in sheet.spans
        if s is not span and abs(s.bottom - span.bottom) < 1.5 and 0 < s.x0 - span.x1 < 3 * s.size
    ]  # fmt: skip
    last = span
    for other in sorted(sheet.spans, key=lambda s: s.top):
        if (
            other.top > last.top + 1
            and other.top - last.bottom < 0.35 * last.size
            and abs(other.size - span.size) < 0.3
            and other.bold == span.bold
            and columns(last.text) > 40
            and other.font == span.font
            and len(taken) < 4
            and other.x0 < span.x1
            and other.x1 > span.x0
            and not read_marker(other.text)
            and not is_caption(other.text)
        ):
            taken.append(other)
            last = other
    return taken


def _take_labels(shot: Shot, sheet: Sheet) -> None:
    """Short texts within a figure are its labels; the picture shows them."""
    kept = []
    for span in sheet.spans:
        inside = holds(shot.rect, (span.x0 + span.x1) / 2, span.middle, 4.0)
        if inside and columns(span.text) <= 40:
            shot.rect = union(shot.rect, span.rect)
        else:
            kept.append(span)
    sheet.spans = kept
