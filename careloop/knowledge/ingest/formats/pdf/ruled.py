"""Tables and boxes drawn with lines: rules to grids, grids to cells, merged cells kept as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careloop.knowledge.ingest.formats.pdf.figures import is_drawing
from careloop.knowledge.ingest.formats.pdf.markers import NOTE, NOTICE
from careloop.knowledge.ingest.formats.pdf.parts import Cell, Frame, Table
from careloop.knowledge.ingest.formats.pdf.rows import text_of
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Rule, Sheet, Span, area, holds
from careloop.knowledge.ingest.formats.pdf.wording import columns

_SNAP = 3.0
_MAX_RULES = 3000


@dataclass(slots=True)
class _Grid:
    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]

    @property
    def rect(self) -> Rect:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_ruled(sheet: Sheet) -> tuple[list[Table], list[Frame]]:
    """Tables and framed texts of a page. Their spans are taken out of the sheet."""
    rules = _merged([*sheet.rules, *_edges(sheet.shades)])
    if len(rules) > _MAX_RULES:
        return [], []
    tables: list[Table] = []
    frames: list[Frame] = []
    grids = [grid for group in _groups(rules) if (grid := _grid(group)) is not None]
    # Inner grids first: what stands in a box in a table is the box's.
    for grid in sorted(grids, key=lambda item: area(item.rect)):
        if area(grid.rect) > 0.75 * sheet.width * sheet.height and len(grid.xs) * len(grid.ys) < 9:
            continue
        inside = [s for s in sheet.spans if holds(grid.rect, (s.x0 + s.x1) / 2, s.middle, 1.0)]
        if not inside or is_drawing(grid.rect, inside, sheet):
            continue
        found = _read(grid, inside, sheet)
        if found is None:
            continue
        taken = {id(span) for span in inside}
        sheet.spans = [span for span in sheet.spans if id(span) not in taken]
        if isinstance(found, Table):
            tables.append(found)
        else:
            frames.append(found)
    return tables, frames


def _edges(shades: Sequence[Rect]) -> list[Rule]:
    found = []
    for x0, top, x1, bottom in shades[:400]:
        if bottom - top > 8 and x1 - x0 > 8:
            found += [
                Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom),
                Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom),
            ]  # fmt: skip
    return found


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Collinear pieces as one; duplicates gone."""
    found: list[Rule] = []
    for flat in (True, False):
        pieces = [
            ((r.top, r.x0, r.x1) if flat else (r.x0, r.top, r.bottom))
            for r in rules
            if r.horizontal is flat
        ]
        pieces.sort()
        lanes: list[list[tuple[float, float, float]]] = []
        for piece in pieces:
            if lanes and piece[0] - lanes[-1][-1][0] <= 2.0 and piece[0] - lanes[-1][0][0] <= 4.0:
                lanes[-1].append(piece)
            else:
                lanes.append([piece])
        for lane in lanes:
            at = sorted(piece[0] for piece in lane)[len(lane) // 2]
            start, end = None, 0.0
            for _, low, high in sorted(lane, key=lambda piece: piece[1]):
                if start is None:
                    start, end = low, high
                elif low - end <= _SNAP:
                    end = max(end, high)
                else:
                    found.append(_rule(flat, at, start, end))
                    start, end = low, high
            if start is not None:
                found.append(_rule(flat, at, start, end))
    return [rule for rule in found if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= 6]


def _rule(flat: bool, at: float, low: float, high: float) -> Rule:
    return Rule(low, at, high, at) if flat else Rule(at, low, at, high)


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch each other."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    flat = [index for index, rule in enumerate(rules) if rule.horizontal]
    upright = [index for index, rule in enumerate(rules) if not rule.horizontal]
    for i in flat:
        h = rules[i]
        for j in upright:
            v = rules[j]
            if h.x0 - _SNAP <= v.x0 <= h.x1 + _SNAP and v.top - _SNAP <= h.top <= v.bottom + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    return list(groups.values())


def _grid(group: list[Rule]) -> _Grid | None:
    across = [rule for rule in group if rule.horizontal]
    down = [rule for rule in group if not rule.horizontal]
    if len(across) < 2 or not down:
        return None
    ys = _distinct([rule.top for rule in across])
    xs = _distinct([rule.x0 for rule in down])
    # A table open at its sides still ends where its rules end.
    left, right = min(rule.x0 for rule in across), max(rule.x1 for rule in across)
    if left < xs[0] - 8:
        xs.insert(0, left)
    if right > xs[-1] + 8:
        xs.append(right)
    low, high = min(rule.top for rule in down), max(rule.bottom for rule in down)
    if low < ys[0] - 8:
        ys.insert(0, low)
    if high > ys[-1] + 8:
        ys.append(high)
    if len(xs) < 2 or len(ys) < 2 or ys[-1] - ys[0] < 8 or xs[-1] - xs[0] < 20:
        return None
    return _Grid(xs, ys, across, down)


def _distinct(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _read(grid: _Grid, inside: list[Span], sheet: Sheet) -> Table | Frame | None:
    cells = _cells(grid)
    boxes = list(dict.fromkeys(cell for row in cells for cell in row))
    held: dict[Rect, list[Span]] = {box: [] for box in boxes}
    for span in inside:
        x, y = (span.x0 + span.x1) / 2, span.middle
        home = next((box for box in boxes if holds(box, x, y)), None)
        if home is None:
            home = min(boxes, key=lambda box: _away(box, x, y))
        held[home].append(span)
    texts = {box: text_of(spans, _text_end(box, spans)) for box, spans in held.items()}
    filled = [box for box in boxes if texts[box]]
    tall, wide = len(grid.ys) - 1, len(grid.xs) - 1
    signal = any(NOTICE.match(texts[box]) or NOTE.match(texts[box]) for box in filled[:2])
    if len(boxes) == 1 or wide == 1 or (tall == 1 and len(filled) < 2):
        return _frame(grid.rect, boxes, held, sheet)
    if wide == 2 and tall <= 2 and signal:
        return Frame(grid.rect, [span for box in boxes for span in held[box]])
    if len(filled) < (2 if tall == 1 else 3) or len(filled) * 5 < len(boxes):
        return None
    lengths = [columns(texts[box]) for box in filled]
    if sum(lengths) / len(lengths) > 500:
        return Frame(grid.rect, [span for box in boxes for span in held[box]])
    shaded = {box for box in boxes if _shaded(box, sheet)}
    made = {
        box: Cell(texts[box], bool(held[box]) and all(s.bold for s in held[box]), box in shaded)
        for box in boxes
    }
    rows = [(sheet.number, [made[box] for box in row]) for row in cells]
    return _tidied(Table(grid.rect, rows, grid.xs[:-1]))


def _text_end(box: Rect, spans: Sequence[Span]) -> float:
    """Where the text of a cell must end: as far from its right side as it begins from its left."""
    return box[2] - max(min((span.x0 for span in spans), default=box[0]) - box[0], 0.0)


def _frame(
    rect: Rect, boxes: list[Rect], held: dict[Rect, list[Span]], sheet: Sheet
) -> Frame | None:
    spans = [span for box in boxes for span in held[box]]
    lines = {round(span.middle / max(span.size * 0.6, 1)) for span in spans}
    ruled = sum(1 for rule in sheet.rules if holds(rect, rule.x0, rule.top, _SNAP))
    if len(lines) < 2 and ruled < 2:
        return None
    return Frame(rect, list(spans))


def _cells(grid: _Grid) -> list[list[Rect]]:
    """For every place of the grid the rectangle of the cell that covers it."""
    tall, wide = len(grid.ys) - 1, len(grid.xs) - 1
    owner = {(i, j): (i, j, i, j) for i in range(tall) for j in range(wide)}

    def merge(one: tuple[int, int], other: tuple[int, int]) -> None:
        a, b = owner[one], owner[other]
        box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        while True:
            touched = {
                owner[i, j] for i in range(box[0], box[2] + 1) for j in range(box[1], box[3] + 1)
            }
            grown = (
                min(t[0] for t in touched), min(t[1] for t in touched),
                max(t[2] for t in touched), max(t[3] for t in touched),
            )  # fmt: skip
            if grown == box:
                break
            box = grown
        for i in range(box[0], box[2] + 1):
            for j in range(box[1], box[3] + 1):
                owner[i, j] = box

    for i in range(tall):
        middle = (grid.ys[i] + grid.ys[i + 1]) / 2
        for j in range(wide - 1):
            if not any(
                abs(v.x0 - grid.xs[j + 1]) <= _SNAP and v.top <= middle <= v.bottom
                for v in grid.down
            ):
                merge((i, j), (i, j + 1))
    for j in range(wide):
        middle = (grid.xs[j] + grid.xs[j + 1]) / 2
        for i in range(tall - 1):
            if not any(
                abs(h.top - grid.ys[i + 1]) <= _SNAP and h.x0 <= middle <= h.x1 for h in grid.across
            ):
                merge((i, j), (i + 1, j))
    return [
        [
            (
                grid.xs[owner[i, j][1]], grid.ys[owner[i, j][0]],
                grid.xs[owner[i, j][3] + 1], grid.ys[owner[i, j][2] + 1],
            )
            for j in range(wide)
        ]
        for i in range(tall)
    ]  # fmt: skip


def _tidied(table: Table) -> Table:
    """Without rows and columns that hold nothing or only repeat a merged neighbour."""
    rows = [row for row in table.rows if any(cell.text for cell in row[1])]
    kept = [
        row for index, row in enumerate(rows)
        if index == 0 or any(a is not b for a, b in zip(row[1], rows[index - 1][1], strict=True))
    ]  # fmt: skip
    wide = len(table.edges)
    live = [
        j for j in range(wide)
        if any(cells[j].text for _, cells in kept)
        and not (j > 0 and all(cells[j] is cells[j - 1] for _, cells in kept))
    ]  # fmt: skip
    table.rows = [(page, [cells[j] for j in live]) for page, cells in kept]
    table.edges = [table.edges[j] for j in live]
    return table


def _shaded(box: Rect, sheet: Sheet) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(holds(shade, x, y) for shade in sheet.shades)


def _away(box: Rect, x: float, y: float) -> float:
    return max(box[0] - x, x - box[2], 0.0) + max(box[1] - y, y - box[3], 0.0)
