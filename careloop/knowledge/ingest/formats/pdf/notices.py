"""Hazard notes and remarks: boxed or led by a signal word."""

from __future__ import annotations

import re

from careloop.knowledge.ingest.formats.pdf.markers import NOTE, NOTICE
from careloop.knowledge.ingest.formats.pdf.parts import Block


def find_notices(blocks: list[Block]) -> list[Block]:
    """The blocks with notes as blocks of their own, which hold all that belongs to them."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        match = _signal(block) if block.kind in ("text", "item") else None
        if match is None:
            found.append(block)
            at += 1
            continue
        end = at + 1
        alone = not block.text[match.end() :].strip()
        while end < len(blocks) and _belongs(blocks[end], block, end - at, alone):
            end += 1
        found.append(_notice(block, match, blocks[at + 1 : end]))
        at = end
    return found


def _signal(block: Block) -> re.Match[str] | None:
    if block.kind == "item" and (block.marker is None or block.marker.ordered):
        return None
    text = block.text
    match = NOTICE.match(text)
    note = match is None
    if match is None:
        match = NOTE.match(text)
    if match is None:
        return None
    word, rest = match["word"].strip(), text[match.end() :].strip()
    if not rest:
        return match if block.bold or block.framed or word.isupper() or match["colon"] or (
            not word.isascii()) else None  # fmt: skip
    if match["colon"]:
        return match
    if note:
        return None
    shouted = word.isupper() and word.isascii() and not rest.isupper()
    led = block.lead >= len(word) and not block.bold
    spaced = not word.isascii() and text[len(match[0].rstrip()) :][:1].isspace() and len(rest) > 8
    return match if shouted or led or block.framed or spaced else None


def _belongs(other: Block, notice: Block, distance: int, alone: bool) -> bool:
    """Whether a block is part of the note before it."""
    over = other.page == notice.page + 1 or (other.page == notice.page and other.top < notice.top)
    if notice.framed and alone and distance == 1 and over and other.kind == "text":
        # The page or column ends within the box, right below the signal word.
        return _fresh(other)
    if notice.framed:
        return other.framed and other.page == notice.page and _fresh(other)
    if other.kind not in ("text", "item") or other.framed or not _fresh(other):
        return False
    if other.kind == "item":
        bulleted = other.marker is not None and other.marker.style == "bullet"
        return bulleted and alone and other.size <= notice.size * 1.05
    # A signal word on a line of its own has one paragraph.
    return (
        alone and distance == 1 and other.page <= notice.page + 1
        and not (other.bold and other.size > notice.size)
    )  # fmt: skip


def _fresh(block: Block) -> bool:
    return block.kind in ("text", "item") and _signal(block) is None


def _notice(block: Block, match: re.Match[str], rest: list[Block]) -> Block:
    word = match["word"].strip().rstrip("!！")
    who = (match.groupdict().get("who") or "").strip()
    colon = "：" if not word.isascii() and ord(word[0]) > 0x2E7F else ":"
    lead = f"{word}{' ' if who[:1] == '(' else ''}{who}{colon}"
    own = block.text[match.end() :].strip()
    pieces = [(page, text) for page, text in block.pieces if text]
    if own and rest == [] and len(pieces) > 1:
        first = pieces[0][1][match.end() :].strip()
        pieces = [(pieces[0][0], _led(lead, first)), *pieces[1:]]
    elif own:
        pieces = [(block.page, _led(lead, own))]
    else:
        head = next((b for b in rest if b.kind == "text"), None)
        if head is not None and rest[0] is head:
            pieces = [(head.page, _led(lead, head.pieces[0][1])), *head.pieces[1:]]
            rest = rest[1:]
        else:
            pieces = [(block.page, lead)]
    notice = Block(
        "notice", pieces[0][0], pieces, left=block.left, top=block.top, size=block.size,
        framed=block.framed, body=rest,
    )  # fmt: skip
    notice.page = pieces[0][0]
    return notice


def _led(lead: str, text: str) -> str:
    return f"{lead}{text}" if lead.endswith("：") else f"{lead} {text}"
