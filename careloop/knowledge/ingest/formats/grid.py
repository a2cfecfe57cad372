"""Tables: merged cells expanded, header rows found and joined, units taken into the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from careloop.knowledge.ingest import markup
from careloop.knowledge.ingest.manuscript import page_mark

MAX_CELLS = 2_000_000
_MAX_SPAN = 1000


@dataclass(eq=False, slots=True)
class Cell:
    """A cell; one merged over several places is the same object in each of them."""

    text: str
    header: bool = False


Row = list[Cell]


@dataclass(slots=True)
class Grid:
    """A rectangular table. `header_rows` is None when the source does not say.

    `pages` names the page on which a row stands when it is another than that of the row before.
    """

    rows: list[Row]
    header_rows: int | None = None
    caption: str = ""
    pages: dict[int, int] = field(default_factory=dict)


_NUMBER = re.compile(r"^[\s≤≥<>=±~约+\-−]*[\d.,]+(?:\s*[-–~～至…x×/]\s*[\d.,]+)*\s*\S{0,6}$")
_UNIT = re.compile(
    r"^[(（\[]?\s*(?:[%‰°℃℉µμΩ]|[munpkMGµμ]?(?:m|g|s|A|V|W|Hz|Pa|N|J|L|l|F|H|Ω|mol|bar|rpm|VA|Wh|Ah|Nm)"
    r"|°[CF]|psi|mbar|kPa|MPa|mmHg|min|h|hr|dB|dB\(A\)|inch|in|ft|lb|lbs|pcs|ea|EA|件|个|台|套|"
    r"只|根|米|毫米|厘米|千克|公斤|克|升|毫升|秒|分钟|分|小时|天|年|元|次|r/min|m/s|m³/h|L/min|mL/min|mm²|"
    r"m²|cm²|cm³|m³|N·m|kg/h|l/min|days?|hours?|years?|months?|月|CNY|USD|EUR)\s*[)）\]]?$"
)
_HEADER_WORD = re.compile(
    r"^(?:序号|编号|代码|错误代码|故障代码|报警代码|项目|名称|参数|内容|说明|描述|现象|故障现象|原因|可能原因|"
    r"处理|处理方法|解决方法|措施|备注|单位|数值|规格|型号|数量|周期|部件|零件号|no\.?|#|item|name|"
    r"parameter|description|code|error|fault|alarm|symptom|problem|cause|possible causes?|remedy|"
    r"solution|action|value|unit|qty|quantity|part|part (?:no\.?|number)|model|specification|"
    r"interval|remarks?|notes?|meaning|bezeichnung|beschreibung|ursache|abhilfe|wert|einheit|teil|"
    r"menge|código|descripción|causa|solución|valor|unidad|cantidad|nombre|parámetro|désignation|"
    r"description|cause|remède|valeur|unité|quantité)$",
    re.IGNORECASE,
)
_END = "。！？!?.;；,，:：、"


def expand(rows: Sequence[Sequence[tuple[Cell, int, int]]]) -> list[Row]:
    """Rows of (cell, columns, rows) as a rectangle; a row span of 0 reaches to the end."""
    placed: list[dict[int, Cell]] = [{} for _ in rows]
    total = 0
    for number, row in enumerate(rows):
        column = 0
        for cell, wide, tall in row:
            while column in placed[number]:
                column += 1
            wide = min(max(wide, 1), _MAX_SPAN)
            last = len(rows) if tall == 0 else min(number + max(tall, 1), len(rows))
            total += wide * (last - number)
            if total > MAX_CELLS:
                return _rectangle(placed)
            for below in range(number, last):
                for beside in range(column, column + wide):
                    placed[below].setdefault(beside, cell)
            column += wide
    return _rectangle(placed)


def _rectangle(placed: Sequence[dict[int, Cell]]) -> list[Row]:
    size = max((max(row, default=-1) + 1 for row in placed), default=0)
    if size * len(placed) > MAX_CELLS:
        size = MAX_CELLS // len(placed)
    return [[row.get(column) or Cell("") for column in range(size)] for row in placed]


def cell_text(lines: Sequence[str]) -> str:
    """The lines of a cell as one; lines that are not sentences are kept apart by semicolons."""
    text = ""
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        goes_on = line[0].islower() or (_UNIT.match(line) and text[-1:].isdigit())
        if text and text[-1] not in _END and not goes_on:
            text += "；" if ord(text[-1]) > 0x2E7F else ";"
        wide = bool(text) and ord(text[-1]) > 0x2E7F
        text += line if wide or not text else f" {line}"
    return text


def tables(grid: Grid) -> list[tuple[str, str]]:
    """Captions and pipe tables. A row merged over all columns is a title of what follows it."""
    rows, pages = _cropped(grid)
    if not rows:
        return []
    caption, first = grid.caption, 0
    header_rows = grid.header_rows
    while len(rows) - first > 1 and len(rows[0]) > 1 and _spans_all(rows[first]):
        title = rows[first][0].text
        caption = f"{caption} – {title}" if caption and title not in caption else title
        first += 1
        header_rows = None if not header_rows else max(header_rows - 1, 0) or None
    rows, pages = rows[first:], pages[first:]
    if header_rows is None:
        header_rows = guess_header(rows)
    header_rows = min(header_rows, len(rows) - 1) if len(rows) > 1 else min(header_rows, 1)
    if 0 < header_rows < len(rows) - 1 and units_row(rows[header_rows], rows[header_rows - 1]):
        header_rows += 1
    headers = join_header(rows[:header_rows], len(rows[0]))
    return _parts(headers, rows[header_rows:], pages[header_rows:], caption)


def guess_header(rows: Sequence[Row]) -> int:
    """How many leading rows are a header: told by the cells' marks, else by what they say."""
    marked = 0
    while marked < min(len(rows) - 1, 4) and all(
        cell.header or not cell.text for cell in rows[marked]
    ):
        marked += 1
    if 0 < marked < 4:
        below = [cell for cell in rows[marked] if cell.text]
        if not all(cell.header for cell in below):
            return _with_levels(rows, marked)
    if len(rows) > 1 and _reads_as_header(rows[0], rows[1:]):
        return _with_levels(rows, 1)
    return 0


def _with_levels(rows: Sequence[Row], found: int) -> int:
    """The header with the rows that stand below its merged cells."""
    while found < min(len(rows) - 1, 4):
        above, row = rows[found - 1], rows[found]
        own = [cell.text for cell, top in zip(row, above, strict=True) if cell is not top]
        parted = any(
            above[n] is above[n + 1] and above[n].text and row[n] is not row[n + 1]
            for n in range(len(row) - 1)
        )
        if not parted or any(_NUMBER.match(text) or len(text) > 60 for text in own):
            break
        found += 1
    return found


def units_row(row: Row, above: Row) -> bool:
    """Whether a row below the header holds only units."""
    units = [cell.text for cell, top in zip(row, above, strict=True) if cell.text and cell != top]
    return len(units) > 0 and all(_UNIT.match(text) for text in units)


def join_header(rows: Sequence[Row], size: int) -> list[str]:
    """One header for each column from several rows; units in brackets, levels by a slash."""
    headers = []
    unit_rows = [n for n in range(1, len(rows)) if units_row(rows[n], rows[n - 1])]
    for column in range(size):
        parts: list[str] = []
        for number, row in enumerate(rows):
            text = row[column].text
            if not text or text in parts:
                continue
            if parts and (number in unit_rows or (text[0] in "(（[" and _UNIT.match(text))):
                parts[-1] += f" {text}" if text[0] in "(（[" else f" ({text})"
            else:
                parts.append(text)
        headers.append(" / ".join(parts))
    return headers


def _cropped(grid: Grid) -> tuple[list[Row], list[int]]:
    kept, pages, page = [], [], 0
    for number, row in enumerate(grid.rows):
        page = grid.pages.get(number, page)
        if any(cell.text for cell in row):
            kept.append(row)
            pages.append(page)
    columns = [n for n in range(len(kept[0])) if any(row[n].text for row in kept)] if kept else []
    return [[row[n] for n in columns] for row in kept], pages


def _spans_all(row: Row) -> bool:
    return all(cell is row[0] for cell in row)


def _reads_as_header(first: Row, rest: Sequence[Row]) -> bool:
    texts = [cell.text for cell in first]
    words = [text for text in texts if text]
    if len(words) < max(len(texts) - 1, 1) or len(set(words)) < len(
        {id(c) for c in first if c.text}
    ):
        return False
    if any(len(text) > 60 or text[-1] in "。.:：;；" or _NUMBER.match(text) for text in words):
        return False
    if all(_HEADER_WORD.match(text.rstrip("*")) for text in words[:2]):
        return True
    if len(texts) > 2:
        return True
    body = [
        cell.text for row in rest for cell in row[1:] if cell.text and not _UNIT.match(cell.text)
    ]
    if len(texts) == 1 or not body:
        return False
    numeric = sum(any(map(str.isdigit, text)) for text in body) * 2 > len(body)
    longer = sum(map(len, body)) / len(body) > 2.5 * len(words[-1])
    return longer if not numeric else not any(map(str.isdigit, words[-1]))


def _parts(
    headers: list[str], rows: list[Row], pages: list[int], caption: str
) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    title, held, marks = caption, list[list[str]](), dict[int, int]()
    before = pages[0] if pages else 0

    def close() -> None:
        if held:
            parts.append((title, _with_marks(markup.table(headers, held), marks)))

    for row, page in zip(rows, pages, strict=True):
        if len(row) > 1 and _spans_all(row):
            close()
            label = row[0].text
            title, held, marks = f"{caption} – {label}" if caption else label, [], {}
            continue
        if page != before:
            marks[len(held)] = page
        before = page
        held.append([cell.text for cell in row])
    if not rows and any(headers):
        held = [headers]
        headers = [""] * len(headers)
    if not held and title != caption:
        parts.append((title, ""))
    close()
    return parts


def _with_marks(table: str, marks: dict[int, int]) -> str:
    if not marks:
        return table
    lines = table.split("\n")
    out = lines[:2]
    for number, line in enumerate(lines[2:]):
        if number in marks:
            out.append(page_mark(marks[number]))
        out.append(line)
    return "\n".join(out)
