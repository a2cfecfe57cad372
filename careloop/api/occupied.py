"""What already lies where a restore wants to go, and moving it aside without losing it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from careloop.api import pg_client, schema
from careloop.api.archive import DUMP, JOBS
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Misconfigured
from careloop.kit.settings import Settings

STAGING_IN, STAGING_OUT, REPLACED = ".restore-", ".backup-", "replaced-"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")
_NOT_DATA = frozenset({schema.BACKUP_FOLDER, "lost+found"})


def sqlite_file(settings: Settings) -> Path:
    """The file of the books; `Misconfigured` for a database in memory."""
    name = make_url(settings.url).database
    if not name or name == ":memory:":
        raise Misconfigured("A database in memory can be neither backed up nor restored")
    return Path(name).absolute()


def data(settings: Settings) -> list[Path]:
    """What lies in the data folder, backups and leftovers of earlier restores aside."""
    return [
        path
        for path in settings.home.iterdir()
        if path.name not in _NOT_DATA
        and not path.name.startswith((STAGING_IN, STAGING_OUT, REPLACED))
    ]


def set_aside(settings: Settings, database: Database | None, now: datetime) -> Path | None:
    """Move what is there into `replaced-<time>`; None when there was nothing."""
    staged = settings.home / f"{REPLACED}{now.strftime('%Y%m%dT%H%M%S%fZ')}"
    if settings.is_sqlite:
        for path in (sqlite_file(settings), settings.home / JOBS):
            _check_unused(path)  # This also ends the log files beside them, so it comes first.
    files = data(settings)
    if settings.is_sqlite:
        books = sqlite_file(settings)
        if books.parent != settings.home:
            files += [found for end in _SIDE_FILES if (found := Path(f"{books}{end}")).exists()]
    occupied = database is not None and bool(pg_client.tables(database))
    if not files and not occupied:
        return None
    if database is not None:
        pg_client.check_alone(database)
    staged.mkdir(mode=0o700)
    if occupied:
        pg_client.dump(settings.url, staged / DUMP)
    for path in files:
        shutil.move(path, staged / path.name)
    return staged


def _check_unused(path: Path) -> None:
    """Raise `Conflict` while another process has this SQLite file open.

    Leaving write-ahead mode needs the file for oneself alone; the engine enters it again.
    """
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0.5)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Conflict(f"{path} is in use; stop Careloop first") from None
        except sqlite3.DatabaseError:
            return  # A damaged file is a good reason to restore; it is moved aside as it is.
