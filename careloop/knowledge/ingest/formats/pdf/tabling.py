"""Rows of cells to a header and records: what is head, what is title, what spans."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from careloop.knowledge.ingest.formats.pdf.parts import Cell, Table
from careloop.knowledge.ingest.formats.pdf.wording import columns

_UNIT = re.compile(
    r"^[（(\[]?(?:%|‰|[°℃℉Ω]\w?|[munkMGp]?(?:m|g|s|V|A|W|N|Pa|Hz|J|l|L|bar|Ω|VA|Wh)(?:[²³23]|\^\d)?"
    r"(?:\s?[/·*]\s?\w{1,4})?|mm|cm|km|kg|min|h|rpm|r/min|inch|in|ft|lb|psi|dB(?:\(A\))?|pcs|台|个|件|年|天|次|小时)[)）\]]?$"
)
_HEAD_WORDS = re.compile(
    r"^(?:no\.?|nr\.?|item|name|parameter|value|unit|description|specification|model|code|error|"
    r"fault|cause|remedy|solution|symptom|problem|action|step|part|quantity|qty|remarks?|type|"
    r"feature|property|meaning|function|interval|"
    r"序号|编号|项目|名称|参数|数值|单位|说明|描述|规格|型号|代码|故障.{0,4}|原因|处理.{0,3}|措施|现象|"
    r"备注|数量|类型|含义|功能|周期|指标|内容|部件|"
    r"parámetro|valor|descripción|código|causa|bezeichnung|wert|einheit|beschreibung|ursache|"
    r"abhilfe|fehler|störung)\b",
    re.IGNORECASE,
)
_PURE = re.compile(r"^[-+±<>≤≥~]?\s?\d[\d.,\s]*%?$")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Records:
    """A table ready to be written; `title` is a line that spanned it at its head."""

    title: str
    headers: list[str]
    rows: list[tuple[int, list[str]]]


def same_row_text(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether two rows say the same, spaces aside."""
    return len(one) == len(other) and all(
        re.sub(r"\s+", "", a.text) == re.sub(r"\s+", "", b.text)
        for a, b in zip(one, other, strict=True)
    )


def records_of(table: Table) -> Records:
    """Head and rows; a table without a head gets an empty one."""
    rows = [(page, cells) for page, cells in table.rows]
    title = ""
    while len(rows) > 2 and len(rows[0][1]) > 1 and _spans_all(rows[0][1]):
        title = f"{title} {rows[0][1][0].text}".strip()
        rows = rows[1:]
    depth = _depth([cells for _, cells in rows])
    wide = len(rows[0][1])
    headers = [_joined([rows[i][1][j] for i in range(depth)]) for j in range(wide)]
    body = [
        (page, [cells[0].text] + [""] * (wide - 1) if _spans_all(cells) and wide > 1
         else [cell.text for cell in cells])
        for page, cells in rows[depth:]
    ]  # fmt: skip
    return Records(title, headers, body)


def _spans_all(cells: Sequence[Cell]) -> bool:
    return all(cell is cells[0] for cell in cells)


def _joined(cells: Sequence[Cell]) -> str:
    parts: list[str] = []
    for cell in cells:
        if cell.text and cell.text not in parts:
            parts.append(cell.text)
    if len(parts) > 1 and _UNIT.match(parts[-1]) and parts[-1][0] in "(（[":
        return f"{' / '.join(parts[:-1])} {parts[-1]}"
    return " / ".join(parts)


def _depth(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows are the head."""
    if len(rows) < 2 or not _has_head(rows):
        return 0
    depth = 1
    while depth < min(len(rows) - 1, 3):
        above, row = rows[depth - 1], rows[depth]
        hangs = any(a is b for a, b in zip(above, row, strict=True) if a.text)
        spread = any(a is b and a.text for a, b in itertools.pairwise(above))
        units = all(_UNIT.match(c.text) for c in row if c.text) and any(c.text for c in row)
        loud = _loud(row) and not all(_loud(other) for other in rows[depth:])
        if not (hangs or spread or units or (loud and _loud(above))):
            break
        depth += 1
    return depth


def _loud(row: Sequence[Cell]) -> bool:
    cells = [cell for cell in row if cell.text]
    return bool(cells) and (all(c.bold for c in cells) or all(c.shaded for c in cells))


def _has_head(rows: Sequence[Sequence[Cell]]) -> bool:
    head, rest = rows[0], rows[1:]
    texts = [cell.text for cell in head]
    filled = [text for text in texts if text]
    if not filled:
        return False
    for mark in ("bold", "shaded"):
        marked = all(getattr(c, mark) for c in head if c.text)
        others = [all(getattr(c, mark) for c in row if c.text) for row in rest]
        if marked and sum(others) <= 0.5 * len(others):
            return True
    if any(a is b for a, b in itertools.pairwise(head)):
        return True
    if len(head) == 2 and all(row[0].bold and not row[1].bold for row in rows):
        return False
    if len(head) == 2 and _DIGIT.search(texts[1]):
        return False
    if sum(1 for text in filled if _HEAD_WORDS.match(text)) >= max(1, len(filled) // 2):
        return True
    for column, text in enumerate(texts):
        below = [row[column].text for row in rest if row[column].text]
        # Of two columns, values each with a unit of their own are properties, not a series.
        number = _DIGIT.search if len(head) > 2 else _PURE.match
        numbers = sum(1 for t in below if number(t))
        share = 0.6 if len(head) > 2 else 0.95
        if column and text and not _DIGIT.search(text) and below and numbers >= share * len(below):
            return True
    if len(head) == 2:
        mean = sum(columns(c.text) for row in rest for c in row) / max(2 * len(rest), 1)
        return (
            len(filled) == 2
            and all(columns(t) <= 16 and not _DIGIT.search(t) for t in filled)
            and mean >= 24
        )
    return (
        all(columns(t) <= 40 for t in filled)
        and not any(t.isdigit() for t in filled[1:])
        and (len(filled) >= len(texts) - 1)
    )
