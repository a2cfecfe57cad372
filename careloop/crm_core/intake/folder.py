"""The files of a folder, each known by its name in English or Chinese."""

from __future__ import annotations

from pathlib import Path

from careloop.crm_core.intake.csv_file import read_csv
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.matching import kind_of_file
from careloop.crm_core.intake.tables import MAX_FILE_BYTES, Fault, Sources, Table
from careloop.crm_core.intake.xlsx_file import read_xlsx
from careloop.kit.errors import InvalidInput

_READERS = {".csv": read_csv, ".tsv": read_csv, ".txt": read_csv, ".xlsx": read_xlsx}


def read_folder(path: Path) -> Sources:
    """Read every table of the folder (not of folders in it), or of one file.

    A file of unknown name or type is listed in `unknown_files`; a known one that cannot be read
    becomes a table with one fault. Raises `InvalidInput` when there is no such folder.
    """
    if not path.exists():
        raise InvalidInput(f"There is no folder {path}")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    tables: list[Table] = []
    unknown: list[tuple[str, str]] = []
    for file in files:
        if file.name.startswith(".") or not file.is_file():
            continue
        reason = _reason_unknown(file)
        if reason:
            unknown.append((file.name, reason))
        else:
            tables.append(_read(file, kind_of_file(file.stem) or ""))
    return Sources(tables, unknown)


def _reason_unknown(file: Path) -> str:
    suffix = file.suffix.lower()
    if file.name.startswith("~$"):
        return "a lock file of Excel"
    if suffix in {".xls", ".xlsm", ".xlsb", ".ods"}:
        return "save it as .xlsx or .csv"
    if suffix not in _READERS:
        return "not a .csv or .xlsx file"
    return "" if kind_of_file(file.stem) else "its name is none of those known"


def _read(file: Path, kind: str) -> Table:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise BadCell(f"is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        rows, faults, encoding = _READERS[file.suffix.lower()](file.read_bytes())
    except BadCell as error:
        return Table(file.name, kind, "", [], [Fault(0, f"The file {error}", rows=0)])
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror}"
        return Table(file.name, kind, "", [], [Fault(0, reason, rows=0)])
    return Table(file.name, kind, encoding, rows, faults)
