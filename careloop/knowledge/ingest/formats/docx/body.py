"""The body of a Word file, block by block, into a draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from careloop.knowledge.ingest.formats.captions import is_figure_caption, is_table_caption
from careloop.knowledge.ingest.formats.docx.names import child, local, number, switched_on, value
from careloop.knowledge.ingest.formats.docx.numbering import Numbered, Numbering
from careloop.knowledge.ingest.formats.docx.runs import RunningText, read_runs
from careloop.knowledge.ingest.formats.docx.styles import Style, Styles
from careloop.knowledge.ingest.formats.docx.tables import Text, is_box, read_grid
from careloop.knowledge.ingest.formats.draft import Draft, Entry
from careloop.knowledge.ingest.formats.grid import tables
from careloop.knowledge.ingest.formats.ooxml import OfficePackage
from careloop.knowledge.ingest.formats.pictures import Pictures
from careloop.knowledge.ingest.formats.signal_words import read_signal
from careloop.knowledge.ingest.manuscript import Figure

_TYPED_HEADING = re.compile(
    r"^(?:(?P<path>\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、]?\s*(?=[^\d\s.．、])|"
    r"第\s*[\d一二三四五六七八九十]{1,3}\s*(?P<part>[章节節篇部])\s*|"
    r"(?P<chinese>[一二三四五六七八九十]{1,3})、\s*|（(?P<sub>[一二三四五六七八九十]{1,3})）\s*|"
    r"(?:chapter|kapitel|capítulo|chapitre|section|appendix|anhang|附录)\s+\w{1,4}\b)",
    re.IGNORECASE,
)
_STOP = "。；;.!！?？,，:："


@dataclass(slots=True)
class Parts:
    """What the body refers to: pictures by relationship, notes by kind and id."""

    package: OfficePackage
    relations: dict[str, tuple[str, str]]
    notes: dict[tuple[str, str], str]
    styles: Styles
    numbering: Numbering
    lang: str = ""
    pictures: Pictures = field(default_factory=Pictures)


class Body:
    """Walks the body once. `page` is 0 until a page mark is seen."""

    def __init__(self, root: Any, parts: Parts, outer: Body | None = None) -> None:
        self.root, self.parts = root, parts
        self.draft = Draft()
        self.warnings: list[str] = []
        self.title = ""
        self._lost = 0
        self.page: int = outer.page if outer else 1
        self._seen_notes: set[tuple[str, str]] = outer._seen_notes if outer else set()
        self.paged, self._rendered, self._styled = False, False, True
        # The pages of a frame are those of the text around it.
        if outer is None:
            self._survey(root)

    def _survey(self, root: Any) -> None:
        """Learn whether the body has page breaks and heading styles."""
        nodes = list(root.iter())
        self._rendered = any(local(node) == "lastRenderedPageBreak" for node in nodes)
        self.paged = self._rendered or any(
            local(node) == "br" and value(node, "type") == "page" for node in nodes
        )
        self._styled = any(
            self._heading_level(node, self._style(node)) for node in nodes if local(node) == "p"
        )

    def read(self) -> Draft:
        """The blocks of the whole body."""
        if self.paged:
            self.draft.page(1)
        self._blocks(self.root)
        if self._lost:
            self.warnings.append(f"{self._lost} pictures are of a kind that cannot be shown")
        return self.draft

    def _blocks(self, parent: Any) -> None:
        for node in parent:
            match local(node):
                case "p":
                    self._paragraph(node)
                case "tbl":
                    self._table(node)
                case "sdt":
                    gallery = child(node, "sdtPr", "docPartObj", "docPartGallery")
                    content = child(node, "sdtContent")
                    if content is not None and value(gallery) != "Table of Contents":
                        self._blocks(content)
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    self._blocks(node)

    def _style(self, node: Any) -> Style:
        return self.parts.styles.style(value(child(node, "pPr", "pStyle")))

    def _heading_level(self, node: Any, style: Style) -> int:
        own = number(value(child(node, "pPr", "outlineLvl")))
        if own is not None:
            return own + 1 if own < 9 else 0
        return style.heading

    def _paragraph(self, node: Any) -> None:
        style = self._style(node)
        if style.contents:
            return
        runs = read_runs(node)
        late = self._open_pages(node, runs)
        text = re.sub(r"[ \t\xa0]+", " ", runs.text).strip()
        numbered = self._numbered(node, style) if text or runs.pictures else None
        level = self._heading_level(node, style)
        if text and style.title and not self.title:
            self.title = " ".join(text.split())
            self.draft.heading(text, 1)
        elif text and level:
            label = f"{numbered.label} " if numbered and numbered.number is not None else ""
            self.draft.heading(label + text, level)
        elif text and not self._styled and self._typed_heading(text, runs, style, numbered):
            pass
        elif numbered is not None:
            self._item(text, numbered)
        elif text:
            self.draft.add("paragraph", text)
        self._after(runs)
        for _ in range(late):
            self._turn()

    def _open_pages(self, node: Any, runs: RunningText) -> int:
        """Open the pages that begin before the text; the number of those inside it."""
        breaks = runs.rendered if self._rendered else runs.explicit
        first = len(runs.text) - len(runs.text.lstrip())
        early = sum(place <= first for place in breaks)
        if not self._rendered and self.paged:
            early += switched_on(child(node, "pPr", "pageBreakBefore"))
        for _ in range(early):
            self._turn()
        return sum(place > first for place in breaks)

    def _turn(self) -> None:
        self.page += 1
        self.draft.page(self.page)

    def _numbered(self, node: Any, style: Style) -> Numbered | None:
        own = child(node, "pPr", "numPr")
        num = value(child(own, "numId")) if own is not None else None
        level = number(value(child(own, "ilvl"))) if own is not None else None
        num = style.num if num is None else num
        level = style.level if level is None else level
        if not num or num == "0":
            return None
        found = self.parts.numbering.next(num, level or 0)
        return replace(found, level=found.level + style.depth) if found else None

    def _item(self, text: str, numbered: Numbered) -> None:
        series = f"auto{numbered.series}"
        letter = numbered.format.endswith(("Letter", "Roman"))
        if numbered.number is not None and letter and numbered.level:
            # A letter inside a step is a name that other steps refer to.
            self.draft.item(f"{numbered.label} {text}", numbered.level, None, series)
        else:
            self.draft.item(text, numbered.level, numbered.number, series)

    def _typed_heading(
        self, text: str, runs: RunningText, style: Style, numbered: Numbered | None
    ) -> bool:
        """Add a heading that is one only by its look: a short, bold, numbered line."""
        bold = runs.all_bold or style.bold
        if not bold or len(text) > 60 or "\n" in text or text[-1] in _STOP:
            return False
        if numbered is not None:
            if numbered.number is None:
                return False
            self.draft.heading(f"{numbered.label} {text}", numbered.level + 2)
            return True
        match = _TYPED_HEADING.match(text)
        if match is None:
            return False
        path = match["path"]
        level = 2 if match["sub"] is None and match["part"] not in ("节", "節") else 3
        self.draft.heading(text, path.count(".") + path.count("．") + 2 if path else level)
        return True

    def _after(self, runs: RunningText) -> None:
        for picture in runs.pictures:
            self._picture(picture.relation, picture.alt)
        for box in runs.boxes:
            self._box(box)
        for key in runs.notes:
            text = self.parts.notes.get(key, "")
            if text and key not in self._seen_notes:
                self._seen_notes.add(key)
                self.draft.add("paragraph", f"[{key[1]}] {text}")

    def _picture(self, relation: str, alt: str) -> None:
        _, part = self.parts.relations.get(relation, ("", ""))
        data = self.parts.package.read(part) if part else None
        page = self.page if self.paged else None
        figure = self.parts.pictures.figure(data, alt, page) if data else None
        if figure is not None:
            self.draft.figure(figure)
        elif data is not None and len(data) > 2000:
            self._lost += 1

    def _box(self, box: Any) -> None:
        """A text box: one note when it begins with a signal word, else blocks like any."""
        inner = self._inner(box)
        text = "\n".join(_plain(entry) for entry in inner.draft.entries if entry.kind != "figure")
        signal = read_signal(text, self.parts.lang, boxed=True) if text else None
        if signal is None:
            self.draft.entries += inner.draft.entries
        else:
            self.draft.add("note", signal.text, hazard=signal.hazard)
        self.draft.figures += inner.draft.figures

    def _inner(self, node: Any) -> Body:
        inner = Body(node, self.parts, self)
        inner._blocks(node)
        self._lost += inner._lost
        return inner

    def _table(self, node: Any) -> None:
        if is_box(node):
            cells = [item for item in node.iter() if local(item) == "tc"]
            holder = [block for cell in cells for block in cell]
            self._box(holder)
            return
        texts = Text(self.parts.notes)
        start = self.page
        grid = read_grid(node, texts, start if self._rendered else None)
        self.page = max(grid.pages.values(), default=start)
        grid.caption = self._caption_above()
        parts = tables(grid)
        for caption, table in parts:
            self.draft.add("paragraph", caption)
            self.draft.add("table", table)
        for relation, alt in texts.pictures:
            self._picture(relation, alt)
        for line in texts.footnotes:
            self.draft.add("paragraph", line)
        if self.page != start and not any(f"page: {self.page} " in table for _, table in parts):
            self.draft.page(self.page)

    def _caption_above(self) -> str:
        """Take back the paragraph directly above when it is the caption of the table to come."""
        entries = self.draft.entries
        place = next((n for n in range(len(entries) - 1, -1, -1) if entries[n].kind != "page"), -1)
        if (
            place >= 0
            and entries[place].kind == "paragraph"
            and is_table_caption(entries[place].text)
        ):
            return entries.pop(place).text
        return ""


def settle_captions(draft: Draft) -> None:
    """Give pictures the captions that stand by them, and tables those that stand below them."""
    entries = draft.entries
    by_name = {figure.name: place for place, figure in enumerate(draft.figures)}
    for place, entry in enumerate(entries):
        below = entries[place + 1] if place + 1 < len(entries) else None
        if below is None or below.kind != "paragraph":
            continue
        above = entries[place - 1] if place else None
        if entry.kind == "figure" and is_figure_caption(below.text):
            _recaption(draft, entry, below, by_name)
        elif entry.kind == "table" and is_table_caption(below.text) and not _captioned(above):
            follows = entries[place + 2] if place + 2 < len(entries) else None
            if follows is None or follows.kind != "table":
                entries[place], entries[place + 1] = below, entry
    draft.entries = [entry for entry in entries if entry.text or entry.kind == "item"]


def _captioned(above: Entry | None) -> bool:
    return above is not None and above.kind == "paragraph" and is_table_caption(above.text)


def _recaption(draft: Draft, entry: Entry, below: Entry, by_name: dict[str, int]) -> None:
    name = entry.text.rsplit("figure:", 1)[-1].rstrip(")")
    place = by_name.get(name)
    if place is not None:
        figure: Figure = replace(draft.figures[place], caption=below.text)
        draft.figures[place] = figure
        redone = Draft()
        redone.figure(figure)
        entry.text, below.text = redone.entries[0].text, ""


def _plain(entry: Entry) -> str:
    if entry.kind == "item":
        return f"{entry.number}. {entry.text}" if entry.number is not None else f"• {entry.text}"
    return entry.text
