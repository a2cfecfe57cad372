"""The files of a folder, each known by its name in English or Chinese."""

from __future__ import annotations

from pathlib import Path

from careloop.crm_core.intake.delivery import read_tables, reason_unknown, unreadable
from careloop.crm_core.intake.tables import MAX_FILE_BYTES, Sources, Table
from careloop.kit.errors import InvalidInput


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
        found = _read(file)
        tables += found.tables
        unknown += found.unknown_files
    return Sources(tables, unknown)


def _read(file: Path) -> Sources:
    """One file; bytes are read only where its name says that they are wanted."""
    reason = reason_unknown(file.name)
    if reason:
        return Sources([], [(file.name, reason)])
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            return unreadable(file.name, f"is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        return read_tables(file.name, file.read_bytes())
    except OSError as error:
        return unreadable(file.name, f"cannot be opened: {error.strerror}")
