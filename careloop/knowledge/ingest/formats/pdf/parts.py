"""What a page is made of once its layout is understood, and what the document becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from careloop.knowledge.ingest.formats.pdf.markers import Marker
from careloop.knowledge.ingest.formats.pdf.sheet import Rect, Span
from careloop.knowledge.ingest.formats.pdf.wording import joined


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table; a merged cell stands, as one object, at every place it covers."""

    text: str
    bold: bool = False
    shaded: bool = False


@dataclass(slots=True, eq=False)
class Table:
    """Rows of equal length, each with its page. `edges` are the x of the columns' left sides;
    `caption` is what was bound to it, see `captions`."""

    rect: Rect
    rows: list[tuple[int, list[Cell]]]
    edges: list[float]
    ruled: bool = True
    caption: list[Span] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Shot:
    """A region that becomes a figure."""

    rect: Rect
    page: int
    caption: str = ""
    name: str = ""


@dataclass(slots=True, eq=False)
class Frame:
    """A box around running text; its content is laid out like a page of its own."""

    rect: Rect
    inside: list[Item] = field(default_factory=list)


Item = Span | Table | Shot | Frame
"""What stands in a column."""

Kind = Literal["text", "heading", "item", "notice", "table", "figure"]


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, heading, list item, hazard note, table or figure in reading order.

    `pieces` is the text by pages; `left` is where its text begins, `full` whether its last line
    reaches the right edge; `body` is what a notice holds after its own text.
    """

    kind: Kind
    page: int
    pieces: list[tuple[int, str]] = field(default_factory=list)
    left: float = 0.0
    top: float = 0.0
    size: float = 0.0
    bold: bool = False
    lead: int = 0
    full: bool = False
    lines: int = 1
    level: int = 0
    framed: bool = False
    width: float = 0.0
    gap: float = 0.0
    marker: Marker | None = None
    body: list[Block] = field(default_factory=list)
    table: Table | None = None
    shot: Shot | None = None

    @property
    def text(self) -> str:
        """All pieces in one."""
        whole = ""
        for _, piece in self.pieces:
            whole = joined(whole, piece) if whole else piece
        return whole

    @property
    def last_page(self) -> int:
        return self.pieces[-1][0] if self.pieces else self.page
