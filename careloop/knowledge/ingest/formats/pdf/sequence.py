"""What goes on over the end of a column or page: paragraphs, list items, tables, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.figures import is_caption
from careloop.knowledge.ingest.formats.pdf.markers import CONTINUED, TABLE_CAPTION, read_marker
from careloop.knowledge.ingest.formats.pdf.parts import Block, Cell, Table
from careloop.knowledge.ingest.formats.pdf.tabling import same_row_text
from careloop.knowledge.ingest.formats.pdf.wording import columns, finished, is_wide, joined

_HYPHENED = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_UNIT = re.compile(
    r"^[（(]?\s*(?:单位|單位|unit|units|einheit|unidad|unité)\s*[:：]?.{0,40}$", re.I
)


def run_on(strips: Sequence[list[Block]]) -> list[Block]:
    """All blocks in order, with what was cut by a column or page end put together."""
    blocks: list[Block] = []
    for strip in strips:
        for position, block in enumerate(strip):
            if position == 0 and block.kind == "text" and not block.framed:
                before = _open_end(blocks, block)
                if before is not None:
                    _append(before, block)
                    continue
            blocks.append(block)
    return _join_tables(blocks)


def _open_end(blocks: Sequence[Block], block: Block) -> Block | None:
    """The paragraph that a block at the head of a strip carries on."""
    over = 0
    for before in reversed(blocks):
        if before.kind in ("figure", "table") and over < 2:
            over += 1
            continue
        if before.kind not in ("text", "item") or before.framed or finished(before.text):
            return None
        if abs(before.size - block.size) > 0.12 * block.size or before.bold != block.bold:
            return None
        if block.page - before.last_page > 1 or TABLE_CAPTION.match(block.text):
            return None
        text = block.text
        goes_on = text[:1].islower() or (before.full and (
            is_wide(text[:1]) or is_wide(before.text[-1:] or " ") or not over))  # fmt: skip
        return before if goes_on and before.full | text[:1].islower() else None
    return None


def _append(before: Block, block: Block) -> None:
    pieces = list(block.pieces)
    page, text = before.pieces[-1]
    if _HYPHENED.search(text) and pieces[0][1][:1].islower():
        word, _, rest = pieces[0][1].partition(" ")
        before.pieces[-1] = (page, text[:-1] + word)
        pieces[0] = (pieces[0][0], rest)
    if pieces[0][0] == before.pieces[-1][0] and pieces[0][1]:
        before.pieces[-1] = (page, joined(before.pieces[-1][1], pieces[0][1]))
        pieces = pieces[1:]
    before.pieces += [piece for piece in pieces if piece[1]]
    before.full, before.lines = block.full, before.lines + block.lines


def _join_tables(blocks: list[Block]) -> list[Block]:
    """Tables that go on over a page end as one."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        held = _last_table(found)
        if held is not None and held.table is not None:
            skip = 1 if _announces(block, found) and at + 1 < len(blocks) else 0
            other = blocks[at + skip]
            if other.kind == "table" and other.table and _continues(
                held.table, other.table, bool(skip)
            ):  # fmt: skip
                _extend(held.table, other.table)
                at += skip + 1
                continue
        found.append(block)
        at += 1
    return found


def _last_table(found: Sequence[Block]) -> Block | None:
    if found and found[-1].kind == "table":
        return found[-1]
    return None


def _announces(block: Block, found: Sequence[Block]) -> bool:
    """Whether a line says that the table before goes on."""
    if block.kind not in ("text", "heading") or columns(block.text) > 120 or block.framed:
        return False
    text = block.text
    match = TABLE_CAPTION.match(text)
    if match is None:
        return bool(CONTINUED.fullmatch(text.strip()))
    if CONTINUED.search(text) or text.lstrip("(（")[:1] in "续續":
        return True
    caption = next((TABLE_CAPTION.match(b.text) for b in reversed(found[-3:-1]) if b.text), None)
    return caption is not None and caption["number"] == match["number"]


def _continues(one: Table, other: Table, announced: bool) -> bool:
    page, next_page = one.rows[-1][0], other.rows[0][0]
    if len(one.rows[0][1]) != len(other.rows[0][1]) or not 0 <= next_page - page <= 1:
        return False
    same_head = same_row_text(one.rows[0][1], other.rows[0][1])
    if next_page == page and not (announced or same_head):
        return False
    wide = max(one.rect[2] - one.rect[0], 1.0)
    near = all(
        abs((a - one.edges[0]) - (b - other.edges[0])) <= 0.08 * wide
        for a, b in zip(one.edges, other.edges, strict=True)
    )
    return announced or same_head or (near and one.ruled == other.ruled)


def _extend(one: Table, other: Table) -> None:
    rows = list(other.rows)
    repeated = 0
    while repeated < min(len(rows), len(one.rows), 3) and same_row_text(
        one.rows[repeated][1], rows[repeated][1]
    ):
        repeated += 1
    rows = rows[repeated:]
    if rows and len(one.rows) >= 2 and one.ruled:
        _fill_down(one.rows, rows)
    one.rows += rows


def _fill_down(
    before: Sequence[tuple[int, list[Cell]]], rows: Sequence[tuple[int, list[Cell]]]
) -> None:
    """A merged cell that was cut by the page end holds on its next page what it held before."""
    last, above = before[-1][1], before[-2][1]
    for column, cell in enumerate(rows[0][1]):
        if cell.text or last[column] is not above[column]:
            return
        cell.text = last[column].text


def follow_numbers(blocks: Sequence[Block]) -> None:
    """Paragraphs that carry on bare numbers, `1 ... 2 ... 3 ...`, are steps."""
    last: Block | None = None
    count = 0
    for block in blocks:
        if block.kind == "heading":
            last, count = None, 0
        if block.kind not in ("text", "item") or block.framed or not block.text:
            continue
        marker = block.marker or read_marker(block.text, detached=True)
        if marker is None or marker.style != "bare" or marker.number is None:
            continue
        if last is not None and marker.number == count + 1 and not block.text[-1:].isdigit():
            for step in (last, block):
                if step.marker is None:
                    step.kind = "item"
                    step.marker = read_marker(step.text, detached=True)
        elif marker.number != 1:
            continue
        last, count = block, marker.number


def place_captions(blocks: list[Block]) -> list[Block]:
    """Captions of tables directly above them, on one line; a figure's that slipped to the next
    page goes back to it."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind == "table":
            if (
                after is not None
                and after.kind in ("text", "heading")
                and TABLE_CAPTION.match(after.text)
                and not (found and TABLE_CAPTION.match(found[-1].text))
                and not (at + 2 < len(blocks) and blocks[at + 2].kind == "table")
            ):
                after.kind = "text"
                found += [after, block]
                at += 2
                continue
            if (
                len(found) > 1
                and _UNIT.match(found[-1].text)
                and TABLE_CAPTION.match(found[-2].text)
            ):
                unit = found.pop()
                page, text = found[-1].pieces[-1]
                found[-1].pieces[-1] = (page, f"{text} ({unit.text.strip('()（）')})")
        found.append(block)
        at += 1
        if block.shot is not None and after is not None and _slipped(block, after):
            block.shot.caption, at = after.text, at + 1
    return found


def _slipped(figure: Block, after: Block) -> bool:
    """Whether a text is the caption of the figure that ends the page before."""
    return (
        figure.shot is not None and not figure.shot.caption and after.kind == "text"
        and after.page == figure.page + 1 and is_caption(after.text)
    )  # fmt: skip
