"""The elements of a page, one after the other, into a draft."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from bs4 import Tag
from bs4.element import NavigableString

from careloop.knowledge.ingest.formats.captions import is_table_caption
from careloop.knowledge.ingest.formats.draft import Draft, Entry
from careloop.knowledge.ingest.formats.grid import cell_text, tables
from careloop.knowledge.ingest.formats.html.pruning import admonition
from careloop.knowledge.ingest.formats.html.questions import is_question
from careloop.knowledge.ingest.formats.html.tables import (
    is_layout,
    own_parts,
    read_table,
    whole_number,
)
from careloop.knowledge.ingest.formats.pictures import MAX_PICTURE, Pictures, said
from careloop.knowledge.ingest.formats.signal_words import class_note, read_signal

_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "ruby", "rt", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br",
    "button", "o:p",
}  # fmt: skip
_SUPER = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SUB = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_WIDE_GAP = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_TOGGLE = re.compile(r"^[+＋−–—▸▶►▾▼⌄›»✚]\s+|\s+[+＋\-−–—▸▶►▾▼▲⌄›»×✕✖✚]$")
"""The sign on a question that says whether its answer is open."""
_MAX_DEPTH = 200


class Page:
    """Walks elements; `lang` chooses the signal word of a box that has none of its own.

    `embedded` finds pictures that came along with the page (the parts of a mail) by address.
    """

    def __init__(
        self, lang: str = "", embedded: dict[str, bytes] | None = None,
        pictures: Pictures | None = None,
    ) -> None:  # fmt: skip
        self.draft = Draft()
        self.lang, self._embedded = lang, embedded or {}
        self._pictures = pictures or Pictures()
        self._words = ""
        self._heading = 0
        self._list = -1
        self._series = 0
        self._item: Entry | None = None
        self._depth = 0

    def read(self, root: Tag) -> None:
        """Add the content of an element."""
        self._children(root)
        self._flush()

    def question(self, text: str) -> None:
        """A question as a heading below the last heading of the page."""
        self._flush()
        bare = _TOGGLE.sub("", text) or text
        self.draft.heading(bare, min(max(self._heading, 1) + 1, 6))

    def _children(self, parent: Tag) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._words += parent.get_text(" ")
        else:
            for node in parent.children:
                if isinstance(node, Tag):
                    self._element(node)
                elif type(node) is NavigableString:
                    self._words += _SPACE.sub(" ", _WIDE_GAP.sub("", str(node)))
        self._depth -= 1

    def _element(self, tag: Tag) -> None:
        name = tag.name.lower()
        reader: Any = getattr(self, f"_read_{name}", None)
        if name in ("ul", "ol", "dl", "table", "img", "br", "sup", "sub", "li"):
            reader(tag)
        elif re.fullmatch(r"h[1-6]", name):
            self._flush()
            if tag.select_one("[aria-expanded]") is None:
                # The headings of an accordion are its questions, not sections that hold others.
                self._heading = int(name[1])
            self.draft.heading(tag.get_text(" ", strip=True), int(name[1]))
        elif is_question(tag) and self._list < 0:
            self.question(tag.get_text(" ", strip=True))
        elif name == "button":
            return
        elif name not in _INLINE and admonition(tag):
            self._box(tag, admonition(tag))
        elif name in _INLINE:
            self._children(tag)
        else:
            self._block(tag, name)

    def _block(self, tag: Tag, name: str) -> None:
        self._flush()
        match name:
            case "details":
                self._details(tag)
            case "pre":
                self._code(tag)
            case "figure":
                self._figure(tag)
            case "blockquote":
                self._box(tag, "")
            case "hr" | "summary" | "figcaption" | "caption":
                pass
            case _:
                self._children(tag)
                self._flush()

    def _flush(self) -> None:
        lines = [line.strip() for line in self._words.split("\n")]
        text, self._words = "\n".join(line for line in lines if line), ""
        if not text:
            return
        if self._item is not None and not self._item.text:
            self._item.text, self._item = " ".join(text.split("\n")), None
            return
        self._item = None
        self.draft.add("paragraph", text)

    def _read_br(self, tag: Tag) -> None:
        self._words += "\n"
        self._children(tag)

    def _read_sup(self, tag: Tag) -> None:
        self._raised(tag, _SUPER)

    def _read_sub(self, tag: Tag) -> None:
        self._raised(tag, _SUB)

    def _raised(self, tag: Tag, letters: dict[int, int]) -> None:
        text = tag.get_text()
        figures = text.strip()
        if figures and all(ord(letter) in letters for letter in figures) and not tag.find("a"):
            self._words += figures.translate(letters)
        else:
            self._children(tag)

    def _read_ul(self, tag: Tag) -> None:
        self._read_list(tag, ordered=False)

    def _read_ol(self, tag: Tag) -> None:
        self._read_list(tag, ordered=True)

    def _read_li(self, tag: Tag) -> None:
        # An item outside any list.
        self._read_list_item(tag, None)

    def _read_list(self, tag: Tag, ordered: bool) -> None:
        self._flush()
        self._series += 1
        start = whole_number(tag.get("start"))
        count = 1 if start is None else start
        letters = tag.get("type") in ("a", "A") and self._list >= 0
        if start is not None and start > 1:
            # A list that says where it goes on is the one before it.
            self._series -= 1
        for item in tag.children:
            if isinstance(item, Tag) and item.name == "li":
                own = whole_number(item.get("value"))
                count = own if own is not None else count
                self._read_list_item(item, count if ordered else None, letters)
                count += 1
            elif isinstance(item, Tag):
                self._element(item)
        self._flush()

    def _read_list_item(self, tag: Tag, number: int | None, letters: bool = False) -> None:
        self._flush()
        outer_inside, outer_list = self.draft.inside, self._list
        self._list += 1
        series = f"html{self._series}" if self._list == 0 else f"html{self._list}"
        if letters and number is not None and 0 < number <= 26:
            self._words = f"{chr(96 + number)}) "
            number = None
        self.draft.inside = outer_inside
        self.draft.item("", self._list, number, series)
        self.draft.entries[-1].inside = None
        self._item = self.draft.entries[-1]
        self.draft.inside = self._list
        mark = len(self.draft.entries)
        self._children(tag)
        self._flush()
        if len(self.draft.entries) == mark and not self.draft.entries[mark - 1].text:
            self.draft.entries.pop()
        self._item = None
        self.draft.inside, self._list = outer_inside, outer_list

    def _read_dl(self, tag: Tag) -> None:
        self._flush()
        pairs = _definitions(tag)
        faq = self._list < 0 and any(
            term.rstrip().endswith(("?", "？")) or len(_whole_text(body)) > 160
            for term, body in pairs
        )
        for term, body in pairs:
            if faq:
                self.question(term)
                for part in body:
                    self._children(part)
                    self._flush()
            else:
                said_ = cell_text([_whole_text([part]) for part in body])
                wide = bool(term) and ord(term[-1]) > 0x2E7F
                joined = f"{term}{'：' if wide else ': '}{said_}" if said_ else term
                self.draft.item(joined, self._list + 1, None, "terms")

    def _details(self, tag: Tag) -> None:
        summary = tag.find("summary", recursive=False)
        if isinstance(summary, Tag):
            self.question(summary.get_text(" ", strip=True))
            summary.extract()
        self._children(tag)
        self._flush()

    def _code(self, tag: Tag) -> None:
        text = tag.get_text().strip("\n")
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text) or [""]))
        if text.strip():
            self.draft.add("code", f"{fence}\n{text}\n{fence}")

    def _box(self, tag: Tag, kind: str) -> None:
        """A note when it says so by its class or its first word; else its content as it is."""
        if tag.find(["table", "h2", "ol"]) is not None and len(tag.get_text()) > 1500:
            self._children(tag)
            self._flush()
            return
        self._flush()
        inner = Page(self.lang, self._embedded, self._pictures)
        inner._children(tag)
        inner._flush()
        lines = [
            _line(entry) for entry in inner.draft.entries if entry.kind not in ("table", "figure")
        ]
        text = "\n".join(lines)
        signal = read_signal(text, self.lang, boxed=True) if text else None
        note, hazard = (signal.text, signal.hazard) if signal else (text, False)
        if kind in ("danger", "warning", "caution") and text and not hazard:
            note, hazard = class_note(kind, text, self.lang), True
        if signal or kind or tag.name == "blockquote":
            self.draft.add("note", note, hazard=hazard)
            rest = [entry for entry in inner.draft.entries if entry.kind in ("table", "figure")]
        else:
            rest = inner.draft.entries
        for entry in rest:
            entry.inside = self.draft.inside
        self.draft.entries += rest
        self.draft.figures += inner.draft.figures

    def _figure(self, tag: Tag) -> None:
        caption = tag.find("figcaption")
        text = caption.get_text(" ", strip=True) if isinstance(caption, Tag) else ""
        table = tag.find("table")
        if isinstance(table, Tag):
            self.draft.add("paragraph", text)
        before = len(self.draft.figures)
        for image in tag.find_all("img"):
            self._picture(image, text)
        for node in tag.children:
            if isinstance(node, Tag) and node.name not in ("img", "figcaption", "picture", "a"):
                self._element(node)
        self._flush()
        if not isinstance(table, Tag) and len(self.draft.figures) == before:
            self.draft.add("paragraph", text)

    def _read_img(self, tag: Tag) -> None:
        self._picture(tag, "")

    def _picture(self, tag: Tag, caption: str) -> None:
        alt = str(tag.get("alt") or tag.get("title") or "")
        source = str(tag.get("src") or "")
        data = self._embedded.get(source) or _inline_data(source)
        figure = self._pictures.figure(data, caption or alt) if data else None
        if figure is None:
            # A picture elsewhere is never fetched; what it says may be all there is.
            if not caption and said(alt):
                self._words += f" {said(alt)} "
            return
        if self._item is not None and not self._item.text and not self._words.strip():
            self._item = None
        else:
            self._flush()
        self.draft.figure(figure)

    def _read_table(self, tag: Tag) -> None:
        self._flush()
        if is_layout(tag):
            for cell in own_parts(tag, ("td", "th")):
                self._children(cell)
                self._flush()
            return
        if admonition(tag) in ("danger", "warning", "caution"):
            self._box(tag, admonition(tag))
            return
        grid = read_table(tag, _cell_words)
        one = [cell.text for row in grid.rows for cell in row if cell.text]
        signal = read_signal("\n".join(one), self.lang, boxed=True) if len(one) in (1, 2) else None
        if signal is not None:
            self.draft.add("note", signal.text, hazard=signal.hazard)
            return
        last = self.draft.entries[-1] if self.draft.entries else None
        named = last is not None and last.kind == "paragraph" and is_table_caption(last.text)
        if named and not grid.caption:
            grid.caption = self.draft.entries.pop().text
        for caption, table in tables(grid):
            self.draft.add("paragraph", caption)
            self.draft.add("table", table)
        for image in tag.find_all("img"):
            if (
                str(image.get("src") or "").startswith("data:")
                or image.get("src") in self._embedded
            ):
                self._picture(image, "")
        self._words = ""


def _cell_words(cell: Tag) -> str:
    inner = Page()
    inner._list = 0
    inner._children(cell)
    inner._flush()
    lines: list[str] = []
    for entry in inner.draft.entries:
        if entry.kind == "item" and entry.number is not None:
            lines.append(f"{entry.number}. {entry.text}")
        elif entry.kind == "table":
            rows = entry.text.split("\n")
            lines += [row.strip("| ") for n, row in enumerate(rows) if n != 1]
        elif entry.kind != "figure":
            lines += entry.text.split("\n")
    return cell_text(lines)


def _definitions(tag: Tag) -> list[tuple[str, list[Tag]]]:
    pairs: list[tuple[str, list[Tag]]] = []
    for item in tag.find_all(["dt", "dd"]):
        if item.find_parent("dl") is not tag:
            continue
        if item.name == "dt":
            pairs.append((item.get_text(" ", strip=True), []))
        elif pairs:
            pairs[-1][1].append(item)
    return pairs


def _whole_text(parts: list[Tag]) -> str:
    return " ".join(part.get_text(" ", strip=True) for part in parts)


def _line(entry: Entry) -> str:
    if entry.kind == "item":
        return f"{entry.number}. {entry.text}" if entry.number is not None else f"• {entry.text}"
    return entry.text


def _inline_data(source: str) -> bytes | None:
    if source[:5].lower() != "data:" or "," not in source or len(source) > MAX_PICTURE * 2:
        return None
    head, body = source.split(",", 1)
    try:
        if head.lower().endswith(";base64"):
            return base64.b64decode(re.sub(r"\s|%0A|%0D", "", body), validate=False)
        return unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None
