"""Blocks to Markdown with page marks."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.knowledge.ingest import markup
from careloop.knowledge.ingest.formats.pdf.lists import Entry, Listing, Node, nested
from careloop.knowledge.ingest.formats.pdf.parts import Block, Table
from careloop.knowledge.ingest.formats.pdf.tabling import records_of
from careloop.knowledge.ingest.manuscript import page_mark


def written(blocks: Sequence[Block]) -> str:
    """The document. A page mark stands wherever the page changes."""
    writer = _Writer()
    writer.nodes(nested(blocks))
    return "\n".join(writer.lines).strip("\n") + "\n"


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.page = 0

    def blank(self) -> None:
        if self.lines and self.lines[-1].strip():
            self.lines.append("")

    def mark(self, page: int, indent: str, inside: bool = False) -> None:
        """The mark of a page that has not been opened yet; `inside` a text, list or table."""
        if page == self.page:
            return
        self.page = page
        self.lines.append(indent + page_mark(page))
        if not inside:
            self.lines.append("")

    def nodes(self, nodes: Sequence[Node]) -> None:
        """Nodes one below the other, with empty lines between."""
        before: Node | None = None
        other = False
        for node in nodes:
            self.blank()
            # Of two lists in a row the second takes the other mark, or they would be one.
            other = isinstance(node, Listing) and isinstance(before, Listing) and not other
            self.node(node, "", other)
            before = node

    def node(self, node: Node, indent: str, other: bool = False) -> None:
        """One node; `other` for a list that must not grow together with the one before."""
        if isinstance(node, Listing):
            self._listing(node, indent, other)
            return
        self.mark(node.page, indent, inside=bool(indent))
        if node.kind == "heading":
            self.lines.append(markup.heading(node.text, node.level))
        elif node.kind == "notice":
            self._notice(node, indent)
        elif node.kind == "table" and node.table is not None:
            self._table(node.table, indent)
        elif node.kind == "figure" and node.shot is not None:
            self.lines.append(indent + markup.image(node.shot.caption, node.shot.name))
        else:
            self._text(node, indent)

    def _text(self, block: Block, indent: str) -> None:
        for page, text in block.pieces:
            self.mark(page, indent, inside=True)
            self.lines.append(indent + markup.escaped(text))

    def _listing(self, listing: Listing, indent: str, other: bool) -> None:
        for number, entry in enumerate(listing.entries, listing.start):
            if listing.ordered:
                mark = f"{number}) " if other else f"{number}. "
            else:
                mark = "* " if other else "- "
            first = number == listing.start and not indent
            self.mark(entry.block.page, indent + ("" if first else " " * len(mark)), not first)
            self._entry(entry, indent, mark)

    def _entry(self, entry: Entry, indent: str, mark: str) -> None:
        deep = indent + " " * len(mark)
        pieces = entry.block.pieces
        own = pieces[0][1][len(entry.marker.printed) :].strip()
        if entry.marker.style in ("alpha", "roman"):
            own = f"{entry.marker.printed.strip()} {own}"
        self.lines.append(indent + mark + markup.escaped(own))
        for page, text in pieces[1:]:
            self.mark(page, deep, inside=True)
            self.lines.append(deep + markup.escaped(text))
        before: Node | None = None
        for node in entry.inside:
            if not isinstance(node, Listing):
                self.lines.append("")
            self.node(node, deep, isinstance(node, Listing) and isinstance(before, Listing))
            before = node
        if entry.inside and not isinstance(entry.inside[-1], Listing):
            self.lines.append("")

    def _notice(self, block: Block, indent: str) -> None:
        for page, text in block.pieces:
            self.mark(page, indent, inside=True)
            self.lines.append(f"{indent}> {markup.escaped(text)}")
        for part in block.body:
            self.lines.append(f"{indent}>")
            if part.marker is not None:
                own = part.text[len(part.marker.printed) :].strip()
                if part.marker.ordered:
                    own = f"{part.marker.printed.strip()} {own}"
                self.lines[-1:] = (
                    [] if self.lines[-2].startswith(f"{indent}> - ") else [f"{indent}>"]
                )
                self.lines.append(f"{indent}> - {markup.escaped(own)}")
            else:
                self.lines.append(f"{indent}> {markup.escaped(part.text)}")

    def _table(self, table: Table, indent: str) -> None:
        records = records_of(table)
        if records.title:
            self.lines += [indent + markup.escaped(records.title), ""]
        self.mark(table.rows[0][0], indent, inside=True)
        shown = markup.table(records.headers, [row for _, row in records.rows]).split("\n")
        self.lines += [indent + line for line in shown[:2]]
        for (page, _), line in zip(records.rows, shown[2:], strict=True):
            self.mark(page, indent, inside=True)
            self.lines.append(indent + line)
