"""CSV as offices write it: UTF-8, UTF-16, GB18030 or Windows-1252; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import MAX_COLUMNS, MAX_ROWS, Cell, Fault

CELL_CHARS = 131_072

_DELIMITERS = ",;\t"
# An export puts an apostrophe before a text that a spreadsheet would take for a formula.
_SHIELDED = re.compile(
    r"'+(?:[\s\u0000-\u0020\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])"
)
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*$", re.IGNORECASE)
# GB2312 puts both bytes of a character above 0xA0; an accented letter of Windows-1252 is one
# byte above 0xBF that an ASCII letter follows, which GB18030 would swallow as a rare character.
_CHINESE_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_OTHER_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xa0]")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; `BadCell` when it is none of those accepted."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    chinese, other = len(_CHINESE_PAIR.findall(data)), len(_OTHER_PAIR.findall(data))
    return _decoded(data, "gb18030" if chinese > other else "cp1252")


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise BadCell(f"is not {encoding} text (byte {error.start}); save it as UTF-8") from None


def read_csv(data: bytes) -> tuple[list[tuple[int, list[Cell]]], list[Fault], str]:
    """Rows with their numbers, faults, and the encoding; a blank row counts but is not kept."""
    text, encoding = decode(data)
    rows: list[tuple[int, list[Cell]]] = []
    faults: list[Fault] = []
    left_off = 0
    delimiter, skip = _dialect(text)
    for number, cells in _records(text, delimiter, faults):
        if number <= skip or not any(cell.strip() for cell in cells):
            continue
        if len(rows) > MAX_ROWS:
            left_off += 1
        elif len(cells) > MAX_COLUMNS:
            faults.append(Fault(number, f"has more than {MAX_COLUMNS} cells"))
        else:
            rows.append((number, list(cells)))
    if left_off:
        faults.append(too_many(rows[-1][0] + 1, left_off))
    return rows, faults, encoding


def too_many(row: int, left_off: int) -> Fault:
    """The fault of a file with more rows than are read."""
    reason = f"A file may hold {MAX_ROWS} rows; this and the rest, {left_off} rows, are not read"
    return Fault(row, reason, left_off)


def _dialect(text: str) -> tuple[str, int]:
    """The delimiter, and how many rows at the top only name it (`sep=;`)."""
    first = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    named = _SEPARATOR_LINE.match(first)
    if named:
        return named[1], 1
    counts = {mark: len(next(csv.reader([first], delimiter=mark), [])) for mark in _DELIMITERS}
    return max(counts, key=lambda mark: counts[mark]), 0


def _records(text: str, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    # The limit is the module's own and another reader may have raised it.
    csv.field_size_limit(CELL_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            yield number, [_unshielded(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            # The reader starts afresh with the next line, so one bad row costs one row.
            faults.append(Fault(number, f"is not readable as CSV: {error}"))


def _unshielded(cell: str) -> str:
    """The text without the apostrophe that an export of ours puts before a formula."""
    return cell[1:] if cell[:1] == "'" and _SHIELDED.match(cell) else cell
