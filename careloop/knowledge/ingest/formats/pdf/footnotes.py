"""Footnotes, which begin like steps and are none."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.parts import Block

_SMALL, _FOOT = 0.85, 0.8
"""A footnote's share of the usual type size at most, and of the page's height above it at least."""


def free_footnotes(blocks: Sequence[Block], height: float, size: float) -> None:
    """Items such as `1) ...` in small type at the foot of a page become plain paragraphs.

    `height` is the page's, `size` that of the running text.
    """
    for block in blocks:
        if (
            block.kind == "item" and block.marker is not None and not block.framed
            and block.marker.style in ("paren", "both", "bare", "bullet")
            and block.size < _SMALL * size and block.top > _FOOT * height
        ):  # fmt: skip
            block.kind, block.marker = "text", None
