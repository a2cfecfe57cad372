"""Styles: which paragraphs are headings, captions, lists or a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from careloop.knowledge.ingest.formats.docx.names import child, local, number, switched_on, value

_HEADING = re.compile(
    r"^(?:heading|标题|標題|überschrift|título|titulo|titre|заголовок|見出し|제목|titolo|rubrik|kop|"
    r"nagłówek|başlık|tiêu đề|หัวเรื่อง|عنوان)\s*(\d)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:title|标题|標題|titel|título|titre|название|表題|제목)$", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:caption|题注|題註|beschriftung|leyenda|epígrafe|légende|legenda|название объекта|"
    r"図表番号|캡션)$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^(?:toc|目录|目錄|verzeichnis|tdc|tm|оглавление|目次|목차|table of figures|图表目录)\s*\d?$|"
    r"^toc heading$",
    re.IGNORECASE,
)
_DEEPER = re.compile(
    r"^(?:list (?:bullet|number)|列表(?:项目符号|编号)|列表项目符号|aufzählungszeichen|"
    r"listennummer)\s*([2-5])$",
    re.IGNORECASE,
)
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph takes from its style. `heading` is 1..9 or 0; `num` and `level` number it.

    `depth` is how deep a list of this style stands when it counts by a list of its own.
    """

    heading: int = 0
    title: bool = False
    caption: bool = False
    contents: bool = False
    num: str | None = None
    level: int | None = None
    bold: bool = False
    depth: int = 0


_PLAIN = Style()


class Styles:
    """The paragraph styles of a document, each with what it inherits."""

    def __init__(self, root: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        self._read: dict[str, Style] = {}
        self.default = ""
        for node in root if root is not None else ():
            if local(node) != "style" or value(node, "type") not in (None, "paragraph"):
                continue
            name = value(node, "styleId") or ""
            self._nodes[name] = node
            if value(node, "default") in ("1", "true"):
                self.default = name

    def style(self, name: str | None) -> Style:
        """The style of this id; that of plain text when it is unknown."""
        key = name or self.default
        if key not in self._read:
            self._read[key] = self._resolve(key)
        return self._read[key]

    def _resolve(self, key: str) -> Style:
        chain, seen = list[Any](), set[str]()
        while key in self._nodes and key not in seen and len(chain) < _DEPTH:
            seen.add(key)
            chain.append(self._nodes[key])
            key = value(child(self._nodes[key], "basedOn")) or ""
        if not chain:
            return Style(heading=_by_name(key)) if _by_name(key) else _PLAIN
        names = [value(child(node, "name")) or "" for node in chain]
        levels = [number(value(child(node, "pPr", "outlineLvl"))) for node in chain]
        level = next((level for level in levels if level is not None), None)
        heading = next((_by_name(name) for name in names if _by_name(name)), 0)
        if level is not None:
            heading = level + 1 if 0 <= level < 9 else 0
        return Style(
            heading,
            title=bool(_TITLE.match(names[0])) and not heading,
            caption=any(_CAPTION.match(name) for name in names),
            contents=any(_CONTENTS.match(name) for name in names),
            num=_first(chain, "pPr", "numPr", "numId"),
            level=number(_first(chain, "pPr", "numPr", "ilvl")),
            bold=any(switched_on(child(node, "rPr", "b")) for node in chain),
            depth=next((int(match[1]) - 1 for match in map(_DEEPER.match, names) if match), 0),
        )


def _first(chain: list[Any], *path: str) -> str | None:
    found = (value(child(node, *path)) for node in chain)
    return next((text for text in found if text is not None), None)


def _by_name(name: str) -> int:
    match = _HEADING.match(name.strip())
    return int(match[1]) if match else 0
