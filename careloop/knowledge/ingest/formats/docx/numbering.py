"""Automatic numbers: what Word would print before a paragraph, counted as Word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from careloop.knowledge.ingest.formats.docx.names import child, local, number, value

_CHINESE = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a paragraph. `number` is None for a bullet; `label` is what Word prints."""

    series: str
    level: int
    number: int | None
    label: str
    format: str


class Numbering:
    """Counts through a document; ask for each paragraph once, in order."""

    def __init__(self, root: Any | None, style_num: dict[str, str] | None = None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, tuple[str, dict[int, int]]] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        self._run: dict[str, int] = {}
        for node in root if root is not None else ():
            if local(node) == "abstractNum":
                self._add_abstract(node)
            elif local(node) == "num":
                self._add_num(node)

    def _add_abstract(self, node: Any) -> None:
        key = value(node, "abstractNumId") or ""
        self._abstract[key] = dict(_level(item) for item in node if local(item) == "lvl")
        for name in ("styleLink", "numStyleLink"):
            link = value(child(node, name))
            if link and name == "styleLink":
                self._links[link] = key
            elif link:
                self._links[f"#{key}"] = link

    def _add_num(self, node: Any) -> None:
        key = value(node, "numId") or ""
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for item in node:
            if local(item) != "lvlOverride":
                continue
            level = number(value(item, "ilvl")) or 0
            start = number(value(child(item, "startOverride")))
            if start is not None:
                starts[level] = start
            own = child(item, "lvl")
            if own is not None:
                levels[level] = _level(own)[1]
        self._nums[key] = (value(child(node, "abstractNumId")) or "", starts)
        self._levels[key] = levels

    def next(self, num: str, level: int) -> Numbered | None:
        """The number of the next paragraph of list `num`; None when the list prints nothing."""
        if num not in self._nums:
            return None
        abstract, starts = self._nums[num]
        abstract = self._linked(abstract)
        levels = {**self._abstract.get(abstract, {}), **self._levels[num]}
        own = levels.get(level)
        if own is None or own.format == "none":
            return None
        if own.format == "bullet":
            return Numbered(f"{abstract}", level, None, own.text, "bullet")
        count = self._count(num, abstract, level, levels, starts)
        counters = self._counters[abstract]
        label = re.sub(
            r"%([1-9])",
            lambda match: _printed(
                counters.get(int(match[1]) - 1, 1),
                levels.get(int(match[1]) - 1, own).format,
            ),
            own.text,
        )
        series = f"{abstract}.{level}.{self._run.get(f'{abstract}.{level}', 0)}"
        return Numbered(series, level, count, label.strip(), own.format)

    def _linked(self, abstract: str) -> str:
        link = self._links.get(f"#{abstract}")
        return self._links.get(link, abstract) if link else abstract

    def _count(
        self, num: str, abstract: str, level: int, levels: dict[int, Level], starts: dict[int, int]
    ) -> int:
        counters = self._counters.setdefault(abstract, {})
        if num not in self._started:
            self._started.add(num)
            for overridden, start in starts.items():
                counters[overridden] = start - 1
        for above in range(level):
            # A deeper level that comes first counts its parents as begun.
            counters.setdefault(above, levels.get(above, Level()).start)
        start = levels[level].start
        before = counters.get(level)
        count = start if before is None else before + 1
        counters[level] = count
        if before is None or count == start:
            key = f"{abstract}.{level}"
            self._run[key] = self._run.get(key, 0) + 1
        for below in [key for key in counters if key > level]:
            rule = levels.get(below, Level()).restart
            if rule != 0 and (rule is None or level < rule):
                del counters[below]
        return count


def _level(node: Any) -> tuple[int, Level]:
    start = number(value(child(node, "start")))
    return number(value(node, "ilvl")) or 0, Level(
        value(child(node, "numFmt")) or "decimal",
        value(child(node, "lvlText")) or "",
        1 if start is None else start,
        number(value(child(node, "lvlRestart"))),
    )


def _printed(count: int, format_: str) -> str:
    match format_:
        case "lowerLetter" | "upperLetter":
            letter = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26) if count > 0 else ""
            return letter if format_ == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(count)
            return roman if format_ == "lowerRoman" else roman.upper()
        case (
            "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "ideographDigital"
        ):
            return _chinese(count)
        case "decimalZero":
            return f"{count:02d}"
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 0 < count <= 20:
            return chr(0x245F + count)
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        while 0 < size <= count < 4000:
            text, count = text + letters, count - size
    return text or str(count)


def _chinese(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _CHINESE[tens] + "十")
    return head + (_CHINESE[ones] if ones or not head else "")
