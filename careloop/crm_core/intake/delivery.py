"""Files handed in as bytes: tables, workbooks with a kind for each sheet, and zips of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from careloop.crm_core.intake.csv_file import read_csv
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.matching import kind_of_file
from careloop.crm_core.intake.sorting import kind_of_table
from careloop.crm_core.intake.tables import MAX_FILE_BYTES, Fault, Sources, Table
from careloop.crm_core.intake.xlsx_file import read_xlsx, sheet_names

TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
MAX_ZIP_FILES = 200
MAX_ZIP_BYTES = 600_000_000
# A table of text packs ten times smaller, seldom thirty; what packs far better is a bomb.
MAX_ZIP_RATIO = 200
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError,
)  # fmt: skip


def read_delivery(files: Iterable[tuple[str, bytes]]) -> Sources:
    """Read every table of the files handed in, and of the zips among them.

    A file of unknown name or type is listed in `unknown_files`; a known one that cannot be read
    becomes a table with one fault, also a zip that is damaged or would unpack to too much.
    """
    tables: list[Table] = []
    unknown: list[tuple[str, str]] = []
    for name, data in files:
        found = _read_zip(name, data) if _suffix(name) == ".zip" else read_tables(name, data)
        tables += found.tables
        unknown += found.unknown_files
    return Sources(tables, unknown)


def read_tables(name: str, data: bytes) -> Sources:
    """The tables of one file: a CSV file is one, a workbook one for each sheet of a known kind."""
    reason = reason_unknown(name)
    if reason:
        return Sources([], [(name, reason)])
    try:
        if len(data) > MAX_FILE_BYTES:
            raise BadCell(f"is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        if _suffix(name) == ".xlsx":
            return _sheets(name, data)
        rows, faults, encoding = read_csv(data)
    except BadCell as error:
        return unreadable(name, str(error))
    return Sources([Table(name, kind_of_table(_stem(name), rows) or "", encoding, rows, faults)])


def reason_unknown(name: str) -> str:
    """Why a file cannot be read, judged by its name; empty where it can."""
    if PurePosixPath(name).name.startswith("~$"):
        return "a lock file of Excel"
    if _suffix(name) in {".xls", ".xlsm", ".xlsb", ".ods"}:
        return "save it as .xlsx or .csv"
    if _suffix(name) not in TABLE_SUFFIXES:
        return "not a .csv or .xlsx file"
    known = kind_of_file(_stem(name)) or _suffix(name) == ".xlsx"
    return "" if known else "its name is none of those known"


def unreadable(name: str, reason: str) -> Sources:
    """A file that cannot be read: a table with one fault, or an unknown file where not even its
    name tells what it was to be."""
    kind = kind_of_file(_stem(name))
    if kind is None:
        return Sources([], [(name, reason)])
    return Sources([Table(name, kind, "", [], [Fault(0, f"The file {reason}", rows=0)])])


def _sheets(name: str, data: bytes) -> Sources:
    """A workbook whose sheets bear known names is read by them; else its name tells the kind of
    the first sheet."""
    titles = sheet_names(data)
    by_name = kind_of_file(_stem(name))
    kinds = [kind_of_file(title) for title in titles]
    if len(titles) == 1 or not any(kinds):
        kinds = [by_name or kinds[0] if kinds else None, *[None] * (len(titles) - 1)]
    elif by_name and by_name not in kinds and kinds[0] is None:
        kinds[0] = by_name
    if not any(kinds):
        return Sources([], [(name, "neither its name nor that of a sheet is one of those known")])
    alone = sum(kind is not None for kind in kinds) == 1
    tables, unknown = [], []
    for at, (title, kind) in enumerate(zip(titles, kinds, strict=True)):
        place = name if alone and kind else f"{name}/{title}"
        if kind is None:
            # A workbook that its own name explains may hold notes and drafts on further sheets.
            if not (alone and by_name):
                unknown.append((place, "the name of the sheet is none of those known"))
            continue
        rows, faults, encoding = read_xlsx(data, at)
        named = title if kind_of_file(title) == kind else _stem(name)
        sure = kind_of_table(named, rows) or kind
        tables.append(Table(place, sure, encoding, rows, faults))
    return Sources(tables, unknown)


def _read_zip(name: str, data: bytes) -> Sources:
    try:
        return _unpacked(name, data)
    except _BROKEN_ZIP as error:
        reason = str(error) if isinstance(error, BadCell) else "is a damaged or locked zip"
        return Sources([], [(name, reason)])


def _unpacked(name: str, data: bytes) -> Sources:
    tables: list[Table] = []
    unknown: list[tuple[str, str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for place, content in _members(archive):
            if _suffix(place) == ".zip":
                unknown.append((f"{name}/{place}", "a zip inside a zip is not read"))
                continue
            found = read_tables(place, content)
            tables += found.tables
            unknown += found.unknown_files
    return Sources(tables, unknown)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, within the limits; `zipfile` never reads beyond the size
    that an entry declares."""
    entries = [
        entry for entry in archive.infolist()
        if not entry.is_dir() and not _is_hidden(entry.filename)
    ]  # fmt: skip
    if len(entries) > MAX_ZIP_FILES:
        raise BadCell(f"holds more than {MAX_ZIP_FILES} files")
    if sum(entry.file_size for entry in entries) > MAX_ZIP_BYTES:
        raise BadCell(f"unpacks to more than {MAX_ZIP_BYTES // 1_000_000} MB")
    for entry in entries:
        if entry.file_size > MAX_ZIP_RATIO * max(entry.compress_size, 1_000):
            raise BadCell(f"holds {entry.filename!r}, which unpacks to an unlikely size")
        yield PurePosixPath(entry.filename).name, archive.read(entry)


def _is_hidden(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _stem(name: str) -> str:
    return PurePosixPath(name).stem
