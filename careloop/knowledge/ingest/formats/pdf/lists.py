"""Which items form a list, what is nested in what, and what stands between two steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from careloop.knowledge.ingest.formats.pdf.markers import Marker
from careloop.knowledge.ingest.formats.pdf.parts import Block
from careloop.knowledge.ingest.formats.pdf.wording import finished

_AHEAD = 14
_RANK = {"step": 0, "dot": 1, "bare": 1, "paren": 2, "both": 2, "circled": 3}


@dataclass(slots=True, eq=False)
class Entry:
    """A list item with what belongs to it."""

    block: Block
    marker: Marker
    inside: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Listing:
    """Entries of one kind; `start` is the first number of an ordered one."""

    ordered: bool
    start: int
    entries: list[Entry]


Node = Block | Listing


@dataclass(slots=True)
class _Level:
    listing: Listing
    left: float
    page: int

    @property
    def last(self) -> Entry:
        return self.listing.entries[-1]


def nested(blocks: Sequence[Block]) -> list[Node]:
    """Blocks with list items gathered into lists."""
    gatherer = _Gatherer(blocks)
    for index, block in enumerate(blocks):
        gatherer.take(index, block)
    return gatherer.nodes


class _Gatherer:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.nodes: list[Node] = []
        self.levels: list[_Level] = []

    def take(self, index: int, block: Block) -> None:
        if block.kind == "item" and block.marker is not None:
            self._item(block, block.marker)
            return
        depth = None if block.kind == "heading" else self._home(index, block)
        if depth is None:
            self.levels = []
            self.nodes.append(block)
        else:
            self.levels = self.levels[: depth + 1]
            self.levels[-1].last.inside.append(block)

    def _item(self, block: Block, marker: Marker) -> None:
        depth = self._sibling(block, marker)
        if depth is not None:
            self.levels = self.levels[: depth + 1]
            self.levels[-1].listing.entries.append(Entry(block, marker))
            self.levels[-1].left, self.levels[-1].page = block.left, block.page
            return
        parent = self._parent(block, marker)
        self.levels = [] if parent is None else self.levels[: parent + 1]
        listing = Listing(marker.ordered, marker.number or 1, [Entry(block, marker)])
        if self.levels:
            self.levels[-1].last.inside.append(listing)
        else:
            self.nodes.append(listing)
        self.levels.append(_Level(listing, block.left, block.page))

    def _sibling(self, block: Block, marker: Marker) -> int | None:
        em = max(block.size, 6.0)
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            other = level.last.marker
            if other.style != marker.style:
                continue
            if marker.ordered:
                if marker.number == (other.number or 0) + 1:
                    return depth
            elif abs(level.left - block.left) <= 1.2 * em and (
                marker.style != "bullet" or marker.printed.strip() == other.printed.strip()
                or abs(level.left - block.left) <= 0.4 * em
            ):  # fmt: skip
                return depth
        return None

    def _parent(self, block: Block, marker: Marker) -> int | None:
        """The level whose last entry a new list stands in."""
        em = max(block.size, 6.0)
        if marker.ordered and marker.number != 1:
            return None
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            other = level.last.marker
            if block.left > level.left + 0.6 * em:
                return depth
            if other.ordered and not marker.ordered:
                return depth
            if other.ordered and marker.ordered and other.style != marker.style:
                # Steps numbered (1) within steps numbered 1. need no indent.
                finer = _RANK[marker.style] > _RANK[other.style]
                if finer and block.left > level.left - 0.6 * em:
                    return depth
        return None

    def _home(self, index: int, block: Block) -> int | None:
        """The level a block between two items belongs to."""
        if not self.levels:
            return None
        em = max(block.size, 8.0)
        for ahead in self.blocks[index + 1 : index + 1 + _AHEAD]:
            if ahead.kind == "heading":
                break
            if ahead.kind == "item" and ahead.marker is not None:
                depth = self._goes_on(ahead.marker)
                if depth is not None:
                    return depth
                if ahead.marker.ordered and ahead.marker.number == 1 and block.kind != "text":
                    break
        if block.kind not in ("text", "figure", "table"):
            return None
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            title = level.last.block
            if (
                block.kind == "text" and title.bold and not block.bold
                and not level.last.inside and not finished(title.text)
            ):  # fmt: skip
                # What a step with a bold title says.
                return depth
            close = block.page == level.page and block.gap < 1.2 * em
            if block.kind == "text" and block.left > level.left + 0.7 * em and close:
                return depth
        return None

    def _goes_on(self, marker: Marker) -> int | None:
        if not marker.ordered:
            return None
        for depth in range(len(self.levels) - 1, -1, -1):
            other = self.levels[depth].last.marker
            if other.style == marker.style and marker.number == (other.number or 0) + 1:
                return depth
        return None
