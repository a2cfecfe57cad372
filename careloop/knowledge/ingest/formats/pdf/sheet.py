"""What stands on one page, whether read from a text layer or by OCR.

All lengths are points (1/72 inch) from the upper left corner of the page as one reads it: a page
that lies on its side is turned upright first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from careloop.knowledge.ingest.manuscript import Box

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class Span:
    """Text on one baseline without a wide gap. `lead` counts its bold letters at the beginning."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    lead: int = 0
    font: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def rect(self) -> Rect:
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Rule:
    """A straight line along an axis: `x0 == x1` or `top == bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.bottom - self.top <= self.x1 - self.x0


@dataclass(slots=True)
class Sheet:
    """One page. `turn` counts the quarter turns clockwise from the page as shown to upright."""

    number: int
    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    strokes: list[Rect] = field(default_factory=list)
    turn: int = 0
    scanned: bool = False

    def shown(self, rect: Rect) -> Box:
        """A rectangle as shares of the page as it is shown, before it was turned upright."""
        x0, x1 = (min(max(x / self.width, 0.0), 1.0) for x in (rect[0], rect[2]))
        y0, y1 = (min(max(y / self.height, 0.0), 1.0) for y in (rect[1], rect[3]))
        for _ in range(self.turn % 4):
            x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
        return (x0, y0, x1, y1)


def area(rect: Rect) -> float:
    """Width times height; 0 for an empty rectangle."""
    return max(rect[2] - rect[0], 0.0) * max(rect[3] - rect[1], 0.0)


def overlap(one: Rect, other: Rect) -> float:
    """The area that two rectangles share."""
    return area(
        (
            max(one[0], other[0]),
            max(one[1], other[1]),
            min(one[2], other[2]),
            min(one[3], other[3]),
        )
    )


def union(one: Rect, other: Rect) -> Rect:
    """The smallest rectangle around both."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def holds(rect: Rect, x: float, y: float, slack: float = 0.0) -> bool:
    """Whether a point lies in a rectangle, or at most `slack` outside."""
    return rect[0] - slack <= x <= rect[2] + slack and rect[1] - slack <= y <= rect[3] + slack
