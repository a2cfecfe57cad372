"""Terms as CSV, in the columns of the shipped tables, then `domain` and `note`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept, read_reviewed, write_reviewed
from careloop.knowledge.language.term_entry import Problem, Reading, UnreadableTerms, tidied
from careloop.knowledge.language.term_tables import COLUMNS, read_names

HEADER = (*COLUMNS, "domain", "note")
MAX_ROWS = 20_000
_FORMULA = re.compile(r"[=+\-@\t\r]")
_SHIELDED = re.compile(r"'(?=[=+\-@\t\r'])")


def write_csv(concepts: Iterable[Concept]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it right.

    A cell that a spreadsheet would take for a formula gets an apostrophe, which `read_csv` takes
    away again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for concept in concepts:
        names = ["|".join(concept.names.get(lang, ())) for lang in LANGUAGES]
        cells = [concept.key, concept.kind, write_reviewed(concept.reviewed), *names,
                 concept.domain, concept.note]  # fmt: skip
        writer.writerow([_shielded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_csv(text: str) -> Reading:
    """Concepts of a table; commas, semicolons or tabs part the cells.

    Raises `UnreadableTerms` when it is no such table. A row that does not fit is left out and
    told.
    """
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    reading = Reading()
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        _accept(header)
        for row in rows:
            if any(cell.strip() for cell in row):
                _take(reading, rows.line_num, header, row)
            if rows.line_num > MAX_ROWS:
                raise UnreadableTerms(f"The table has more than {MAX_ROWS} lines")
    except csv.Error as error:
        raise UnreadableTerms(f"Line {rows.line_num} is no CSV: {error}") from None
    return reading


def _accept(header: list[str]) -> None:
    missing = {"concept", "kind"} - set(header)
    if missing:
        raise UnreadableTerms(f"The first line lacks the column {' and '.join(sorted(missing))}")
    strange = [name for name in header if name and name not in HEADER]
    if strange:
        raise UnreadableTerms(f"Unknown columns: {', '.join(name[:40] for name in strange[:5])}")
    if len(set(header)) < len(header):
        raise UnreadableTerms("A column stands twice")


def _take(reading: Reading, line: int, header: list[str], row: list[str]) -> None:
    if len(row) > len(header):
        reading.problems.append(Problem(line, "", f"{len(row)} cells under {len(header)} columns"))
        return
    cells = {name: _SHIELDED.sub("", cell, count=1) if _SHIELDED.match(cell) else cell
             for name, cell in zip(header, row, strict=False)}  # fmt: skip
    try:
        reviewed = read_reviewed(cells.get("reviewed", ""))
    except ValueError as error:
        reading.problems.append(Problem(line, "reviewed", str(error)))
        return
    names = {lang: read_names(cells.get(lang)) for lang in LANGUAGES}
    concept = Concept(
        cells["concept"].strip() if "concept" in cells else "", cells.get("kind", "").strip(),
        reviewed, tidied(names), cells.get("domain", "").strip(), cells.get("note", "").strip(),
    )  # fmt: skip
    reading.take(line, concept)


def _shielded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) or _SHIELDED.match(cell) else cell
