"""An .xlsx file as cells of text: streamed, so that a large sheet does not fill the memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.docx.names import local
from careloop.knowledge.ingest.formats.grid import MAX_CELLS
from careloop.knowledge.ingest.formats.ooxml import OfficePackage
from careloop.knowledge.ingest.formats.sheet.number_format import BUILT_IN, general, shown
from careloop.knowledge.ingest.source import SourceFile

_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class Sheet:
    """Shown cells by row and column (from 0); `bold` are cells set in bold.

    `merged` are areas (first row, first column, last row, last column).
    """

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    bold: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    cut: bool = False
    part: str = ""


@dataclass(slots=True)
class Workbook:
    """The visible sheets in their order, and the names of the hidden ones."""

    package: OfficePackage
    sheets: list[Sheet]
    hidden: list[str]
    matter: dict[str, Any]


@dataclass(slots=True)
class _Looks:
    formats: list[str]
    bold: list[bool]
    date1904: bool = False


def open_workbook(source: SourceFile) -> Workbook:
    """All visible sheets; formulas show the value stored with them."""
    package = OfficePackage(source)
    main = package.part_of_type("officeDocument") or "xl/workbook.xml"
    root = package.xml(main)
    if root is None or local(root) != "workbook":
        raise UnreadableSource(f"{source.path}: there is no workbook inside; save it again")
    relations = package.relations(main)
    by_kind = dict(relations.values())
    looks = _looks(package, by_kind.get("styles"))
    looks.date1904 = any(
        local(node) == "workbookPr" and node.get("date1904") in ("1", "true") for node in root
    )
    words = _shared(package, by_kind.get("sharedStrings"), source.path)
    book = Workbook(package, [], [], package.matter())
    for node in root.iter():
        if local(node) != "sheet":
            continue
        name = node.get("name") or ""
        kind, part = relations.get(node.get(_R) or node.get(_R_STRICT) or "", ("", ""))
        if node.get("state") in ("hidden", "veryHidden"):
            book.hidden.append(name)
        elif kind == "worksheet":
            book.sheets.append(_sheet(package, part, name, looks, words, source.path))
    return book


def _stream(content: bytes, path: str) -> Iterator[Any]:
    parser = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, node in parser:
            yield node
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSource(f"{path}: the file is damaged; save it again") from None


def _shared(package: OfficePackage, part: str | None, path: str) -> list[str]:
    content = package.read(part) if part else None
    found: list[str] = []
    for node in _stream(content, path) if content else ():
        if local(node) == "si":
            found.append(_words(node))
            node.clear()
    return found


def _words(node: Any) -> str:
    """The text of a string item without the reading aids of East Asian names."""
    text = ""
    for item in node:
        match local(item):
            case "t":
                text += item.text or ""
            case "r":
                text += "".join(part.text or "" for part in item if local(part) == "t")
    return text


def _looks(package: OfficePackage, part: str | None) -> _Looks:
    root = package.xml(part) if part else None
    if root is None:
        return _Looks([], [])
    codes, fonts, looks = dict(BUILT_IN), list[bool](), _Looks([], [])
    for group in root:
        match local(group):
            case "numFmts":
                codes |= {
                    int(node.get("numFmtId")): node.get("formatCode") or "" for node in group
                    if (node.get("numFmtId") or "").isdigit()
                }  # fmt: skip
            case "fonts":
                fonts = [
                    any(
                        local(item) == "b" and item.get("val") not in ("0", "false")
                        for item in font
                    )
                    for font in group
                ]
            case "cellXfs":
                for node in group:
                    looks.formats.append(codes.get(_whole(node.get("numFmtId")), ""))
                    font = _whole(node.get("fontId"))
                    looks.bold.append(font < len(fonts) and fonts[font])
    return looks


def _sheet(
    package: OfficePackage, part: str, name: str, looks: _Looks, words: list[str], path: str
) -> Sheet:
    sheet = Sheet(name, part=part)
    content = package.read(part)
    hidden_columns: set[int] = set()
    count, row_number = 0, -1
    for node in _stream(content, path) if content else ():
        match local(node):
            case "col" if node.get("hidden") in ("1", "true"):
                first, last = _whole(node.get("min")), _whole(node.get("max"))
                hidden_columns |= set(range(first - 1, min(last, first + 500)))
            case "row":
                row_number = _whole(node.get("r")) - 1 if node.get("r") else row_number + 1
                row = _row(node, row_number, sheet, looks, words) if not sheet.cut else {}
                if node.get("hidden") in ("1", "true"):
                    sheet.hidden_rows += bool(row)
                elif row:
                    sheet.cells[row_number] = row
                    count += len(row)
                    sheet.cut = count > MAX_CELLS
                node.clear()
            case "mergeCell":
                area = _area(node.get("ref") or "")
                if area and len(sheet.merged) < 100_000:
                    sheet.merged.append(area)
    return _without(sheet, hidden_columns)


def _without(sheet: Sheet, columns: set[int]) -> Sheet:
    used = {column for row in sheet.cells.values() for column in row} & columns
    sheet.hidden_columns = len(used)
    if used:
        sheet.cells = {
            number: kept for number, row in sheet.cells.items()
            if (kept := {column: text for column, text in row.items() if column not in columns})
        }  # fmt: skip
    return sheet


def _row(node: Any, number: int, sheet: Sheet, looks: _Looks, words: list[str]) -> dict[int, str]:
    row: dict[int, str] = {}
    column = -1
    for cell in node:
        if local(cell) != "c":
            continue
        match = _ADDRESS.match(cell.get("r") or "")
        column = _column(match[1]) if match else column + 1
        style = _whole(cell.get("s"))
        text = _value(cell, style, looks, words).strip()
        if text:
            row[column] = text
            if style < len(looks.bold) and looks.bold[style]:
                sheet.bold.add((number, column))
    return row


def _value(cell: Any, style: int, looks: _Looks, words: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = next((item for item in cell if local(item) == "is"), None)
        return _words(inline) if inline is not None else ""
    raw = next((item.text or "" for item in cell if local(item) == "v"), "")
    match kind:
        case "s":
            place = _whole(raw)
            return words[place] if raw.strip().isdigit() and place < len(words) else ""
        case "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        case "str" | "d":
            return str(raw)
        case "e":
            return ""
    try:
        value = float(raw)
    except ValueError:
        return str(raw)
    code = looks.formats[style] if style < len(looks.formats) else ""
    return shown(value, code, looks.date1904) if code else general(value)


def _area(reference: str) -> tuple[int, int, int, int] | None:
    ends = [_ADDRESS.match(part) for part in reference.replace("$", "").split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return (int(ends[0][2]) - 1, _column(ends[0][1]), int(ends[1][2]) - 1, _column(ends[1][1]))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdigit() and len(text) < 10 else 0
