"""A manuscript being written: blocks in reading order, lists told by level and number.

Readers add what they see; the draft settles what belongs together. A numbered list goes on
across pictures, notes and tables: those stand inside the step before them, and a hazard note
stands before the step that follows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from careloop.knowledge.ingest import markup
from careloop.knowledge.ingest.manuscript import Figure, page_mark

Kind = Literal["heading", "paragraph", "note", "item", "table", "figure", "code", "page"]

_REACH = 16
"""Blocks that may stand between two steps of one list."""


@dataclass(slots=True)
class Entry:
    """One block. `text` is plain, but Markdown for a table, a figure or code.

    `level` is that of a heading (1..6) or of a list item (0..); an ordered item has a `number` and
    items of one list share a `series`. `inside` is the level of the item the block belongs to.
    """

    kind: Kind
    text: str
    level: int = 0
    number: int | None = None
    series: str = ""
    inside: int | None = None
    hazard: bool = False


@dataclass(slots=True)
class Draft:
    """Collects blocks and figures."""

    entries: list[Entry] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    inside: int | None = None

    def add(self, kind: Kind, text: str, **more: int | str | bool | None) -> None:
        """Add a block with text in it; white space at its ends is dropped."""
        if text.strip():
            entry = Entry(kind, text.strip("\n") if kind == "code" else text.strip())
            entry.inside = self.inside
            for name, value in more.items():
                setattr(entry, name, value)
            self.entries.append(entry)

    def heading(self, text: str, level: int) -> None:
        """A heading; levels outside 1..6 are moved inside."""
        self.add("heading", " ".join(text.split()), level=min(max(level, 1), 6), inside=None)

    def item(self, text: str, level: int, number: int | None, series: str = "") -> None:
        """A list item, also without text of its own."""
        self.entries.append(Entry("item", text.strip(), level, number, series, self.inside))

    def page(self, number: int) -> None:
        """What follows stands on this page."""
        self.entries.append(Entry("page", page_mark(number)))

    def figure(self, figure: Figure) -> None:
        """Show a picture here."""
        self.figures.append(figure)
        self.add("figure", markup.image(figure.caption, figure.name))

    def markdown(self) -> str:
        """The whole as Markdown, ending with a line break when there is any text."""
        text = _Typesetter(self.entries).set()
        return text + "\n" if text else ""


@dataclass(slots=True)
class _Open:
    """A list item that later blocks may still belong to."""

    level: int
    number: int | None
    series: str
    mark_column: int
    text_column: int
    delimiter: str


class _Typesetter:
    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.lines: list[str] = []
        self.open: list[_Open] = []
        self._tight = self._empty_item = False

    def set(self) -> str:
        for position, entry in enumerate(self.entries):
            if entry.kind == "heading":
                self.open.clear()
                self._put(markup.heading(entry.text, entry.level), 0)
            elif entry.kind == "page":
                self._put(entry.text, 0)
            elif entry.kind == "item":
                self._item(entry)
            else:
                self._put(_source(entry), self._column(position, entry))
        return "\n".join(self.lines).strip("\n")

    def _item(self, entry: Entry) -> None:
        before = None
        while self.open and self.open[-1].level >= entry.level:
            before = self.open.pop()
        column = self.open[-1].text_column if self.open else 0
        delimiter = "." if before is None else before.delimiter
        ordered = entry.number is not None
        if (
            before is not None and ordered and before.number is not None
            and entry.number != before.number + 1
        ):  # fmt: skip
            delimiter = ")" if before.delimiter == "." else "."
        mark = f"{entry.number}{delimiter} " if ordered else "- "
        tight = self._tight
        self._put(mark + _lines(entry.text), column, tight, len(mark))
        self._tight, self._empty_item = True, not entry.text
        self.open.append(
            _Open(
                entry.level, entry.number, entry.series, column, column + len(mark), delimiter
            )
        )  # fmt: skip

    def _column(self, position: int, entry: Entry) -> int:
        if not self.open:
            return 0
        if entry.inside is not None:
            owners = [item for item in self.open if item.level <= entry.inside]
            return owners[-1].text_column if owners else 0
        owner = self._continued(position)
        if owner is None:
            self.open.clear()
            return 0
        if self._binds_next(position):
            return owner.mark_column
        return owner.text_column

    def _continued(self, position: int) -> _Open | None:
        """The open item whose list goes on after this block."""
        for entry in self.entries[position + 1 : position + _REACH]:
            if entry.kind == "heading":
                return None
            if entry.kind != "item":
                continue
            owner = next((item for item in self.open if item.level == entry.level), None)
            if owner is None or owner.series != entry.series:
                return None
            if entry.number is None or owner.number is None:
                picture = self.entries[position].kind == "figure"
                return owner if picture and entry.number == owner.number else None
            return owner if entry.number == owner.number + 1 else None
        return None

    def _binds_next(self, position: int) -> bool:
        for entry in self.entries[position:]:
            if entry.kind == "item":
                return True
            if not (entry.kind == "page" or entry.hazard):
                return False
        return False

    def _put(self, source: str, column: int, tight: bool = False, hang: int = 0) -> None:
        first, *rest = source.split("\n")
        if self._empty_item and column and not tight:
            # The item has no words of its own: its first block stands beside the mark.
            self.lines[-1] += first
        else:
            if self.lines and not tight:
                self.lines.append("")
            self.lines.append((" " * column + first) if first else "")
        self.lines += [" " * (column + hang) + line if line else "" for line in rest]
        self._tight = self._empty_item = False


def _source(entry: Entry) -> str:
    if entry.kind in ("table", "figure", "code"):
        return entry.text
    if entry.kind == "note":
        parts = [markup.escaped(line) for line in entry.text.splitlines() if line.strip()]
        return markup.quote("\n\n".join(parts))
    return _lines(entry.text)


def _lines(text: str) -> str:
    return "\n".join(markup.escaped(line) for line in text.splitlines() if line.strip())
