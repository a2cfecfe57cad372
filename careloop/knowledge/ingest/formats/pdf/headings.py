"""Which paragraphs are headings, and how deep: by the outline, by numbering, by type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from careloop.knowledge.ingest.formats.pdf.figures import is_caption
from careloop.knowledge.ingest.formats.pdf.markers import SECTION, TABLE_CAPTION
from careloop.knowledge.ingest.formats.pdf.parts import Block
from careloop.knowledge.ingest.formats.pdf.sheet import Sheet
from careloop.knowledge.ingest.formats.pdf.wording import columns, finished, is_wide

Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file's outline; levels count from 1, pages from 1."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Body:
    """The type most of the text is set in."""

    size: float
    font: str
    heavy: bool


def body_of(sheets: Sequence[Sheet]) -> Body:
    """The commonest type by letters."""
    sizes: Counter[float] = Counter()
    fonts: Counter[tuple[str, bool]] = Counter()
    for sheet in sheets:
        for span in sheet.spans:
            sizes[round(span.size * 2) / 2] += len(span.text)
            fonts[span.font, span.bold] += len(span.text)
    if not sizes:
        return Body(10.0, "", False)
    font, heavy = fonts.most_common(1)[0][0]
    return Body(sizes.most_common(1)[0][0], font, heavy)


def find_headings(blocks: list[Block], body: Body, outline: Sequence[Entry]) -> str:
    """Turn paragraphs into headings with levels 2 to 6, the title of the file into level 1.

    Returns the title as printed, or nothing.
    """
    entries = _by_page(outline)
    depths = _section_depths(blocks)
    listed: dict[int, int] = {}
    for block in blocks:
        if block.kind not in ("text", "item") or block.framed or not block.text:
            continue
        level = _outlined(block, entries)
        if level is not None and columns(block.text) <= 200:
            listed[id(block)] = level
            _promote(block)
        elif _looks_like_one(block, body, depths):
            _promote(block)
    _promote_missing(blocks)
    headings = [block for block in blocks if block.kind == "heading"]
    trusted = len(listed) >= 3 and len(listed) >= 0.5 * len(outline)
    title = _title(headings, listed)
    _set_levels([h for h in headings if h is not title], listed if trusted else {})
    if title is not None:
        title.level = 1
        _demote_cover(blocks, title, listed)
    return title.text if title is not None else ""


def _promote_missing(blocks: Sequence[Block]) -> None:
    """Where sections 1 and 3 are headings, a short line numbered 2 between them is one, too."""
    counted = {
        int(match["one"])
        for block in blocks
        if block.kind == "heading" and (match := SECTION.match(block.text)) and match["one"]
    }
    for block in blocks:
        match = SECTION.match(block.text) if block.kind == "text" and block.lines == 1 else None
        if match is None or not match["one"] or block.framed or finished(block.text):
            continue
        number, title = int(match["one"]), block.text[match.end() :]
        between = (
            number not in counted
            and number + 1 in counted
            and (number == 1 or number - 1 in counted)
        )
        if between and columns(title) <= 60 and title[:1].isupper() | is_wide(title[:1] or " "):
            counted.add(number)
            _promote(block)


def _promote(block: Block) -> None:
    block.kind, block.marker = "heading", None
    text = block.text
    match = SECTION.match(text)
    if match and match.end() < len(text) and _tight(match[0], text[match.end()]):
        # OCR and tight setting lose the space behind a number.
        text = f"{match[0].rstrip()} {text[match.end() :]}"
    block.pieces = [(block.page, text)]


def _tight(number: str, letter: str) -> bool:
    return number[-1] not in " 、.．:：" and (is_wide(letter) or letter.isupper())


def _normal(text: str) -> str:
    bare = SECTION.sub("", text.strip(), count=1)
    return re.sub(r"[\W_]+", "", bare).casefold()


def _by_page(outline: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in outline:
        if _normal(entry.title):
            found[_normal(entry.title)].append(entry)
    return found


def _outlined(block: Block, entries: dict[str, list[Entry]]) -> int | None:
    match = [
        entry for entry in entries.get(_normal(block.text), [])
        if entry.page is None or abs(entry.page - block.page) <= 1
    ]  # fmt: skip
    return min(match, key=lambda e: abs((e.page or 0) - block.page)).level if match else None


def _section_depths(blocks: Sequence[Block]) -> Counter[str]:
    """First numbers of sections with sub-sections, as `3` of `3.1 Mounting`."""
    found: Counter[str] = Counter()
    for block in blocks:
        match = SECTION.match(block.text) if block.kind == "text" else None
        if match and match["number"] and block.lines <= 2 and not finished(block.text):
            found[re.split(r"\s?[.．]\s?", match["number"])[0]] += 1
    return found


def _looks_like_one(block: Block, body: Body, depths: Counter[str]) -> bool:
    text = block.text
    if block.lines > 3 or columns(text) > 130 or len(re.sub(r"[\W\d_]", "", text)) < 2:
        return False
    if TABLE_CAPTION.match(text) or is_caption(text):
        return False
    large = block.size >= body.size * 1.13
    bold = block.bold and not body.heavy
    ended = finished(text) and not text.rstrip().endswith(("?", "？"))
    marker = block.marker
    if marker is not None:
        if marker.style not in ("dot", "bare", "paren") or ended:
            return False
        known = depths[str(marker.number)] > 0
        return columns(text) <= 90 and (large or (bold and known))
    section = SECTION.match(text)
    if text.rstrip().endswith("。"):
        return False
    if ended and not (large and block.lines <= 2 and columns(text) <= 80):
        return False
    if large and (block.size >= body.size * 1.25 or columns(text) <= 100):
        return True
    if section is not None:
        kind = section.lastgroup
        rest = text[section.end() :]
        if kind in ("chapter", "node", "annex"):
            return columns(text) <= 70 and block.lines <= 2
        if kind == "number" and rest:
            return columns(text) <= 80 and block.lines <= 2 and not rest[0].islower()
        if kind == "han" and rest:
            return (bold or columns(text) <= 30) and block.lines == 1
    return bold and block.lines <= 2 and columns(text) <= 80 and text[-1] not in ",，、;；"


def _title(headings: Sequence[Block], listed: dict[int, int]) -> Block | None:
    """The largest heading of the first page with any, when it stands before the sections."""
    if not headings:
        return None
    first = headings[0].page
    head = [h for h in headings if h.page == first and not SECTION.match(h.text)]
    if not head or first > 3:
        return None
    best = max(head, key=lambda h: (round(h.size, 1), -headings.index(h)))
    sections = [h for h in headings if h is not best and SECTION.match(h.text)]
    others = [h.size for h in headings if h is not best]
    early = not sections or headings.index(best) < headings.index(sections[0])
    top_size = best.size >= max(others, default=0.0) - 0.2
    if early and top_size and (id(best) not in listed or len(head) == 1 or best is head[0]):
        return best
    return None


def _demote_cover(blocks: Sequence[Block], title: Block, listed: dict[int, int]) -> None:
    """On a cover, large type names people and models; only the title heads what follows."""
    cover = [block for block in blocks if block.page == title.page]
    if any(block.kind == "text" and columns(block.text) > 200 for block in cover):
        return
    if any(block.kind in ("item", "table") for block in cover) or cover[-1] is blocks[-1]:
        return
    for block in cover:
        if (
            block.kind == "heading"
            and block is not title
            and id(block) not in listed
            and (not SECTION.match(block.text))
        ):
            block.kind = "text"


def _number_level(text: str, chapters: bool, han: bool) -> int | None:
    match = SECTION.match(text)
    if match is None:
        return None
    kind = match.lastgroup
    if kind in ("chapter", "annex"):
        return 1
    if kind == "node":
        return 2
    if kind == "number":
        return len(re.split(r"\s?[.．]\s?", match["number"]))
    if kind == "han":
        return 2 if chapters else 1
    return 2 if han else 1


def _set_levels(headings: Sequence[Block], listed: dict[int, int]) -> None:
    chapters = any((m := SECTION.match(h.text)) and m["chapter"] for h in headings)
    han = any((m := SECTION.match(h.text)) and m["han"] for h in headings)
    known: dict[int, int] = {}
    styles: dict[Style, list[int]] = defaultdict(list)
    for heading in headings:
        level = listed.get(id(heading)) or _number_level(heading.text, chapters, han)
        if level is not None:
            known[id(heading)] = level
            styles[_style(heading)].append(level)
    levels = {style: round(median(found)) for style, found in styles.items()}
    for style in sorted({_style(h) for h in headings} - set(levels), reverse=True):
        larger = [(s, level) for s, level in levels.items() if s > style]
        smaller = [level for s, level in levels.items() if s < style]
        if larger:
            nearest = min(larger)[1]
            levels[style] = nearest + 1
        else:
            levels[style] = max(min(smaller, default=1) - 1, 1)
    last = 0
    for heading in headings:
        level = known.get(id(heading), levels[_style(heading)])
        last = min(max(level, 1), last + 1)
        heading.level = min(last + 1, 6)


def _style(block: Block) -> Style:
    return (round(block.size * 2) / 2, block.bold)
