"""Backup of an installation to one file, and back.

A backup holds the books, the job engine's database, uploaded files and the secret key: guard it
like the installation itself. Settings (the environment) are not part of it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from careloop import __version__
from careloop.api import occupied, pg_client, schema
from careloop.api.archive import (
    BLOBS,
    BOOKS,
    DUMP,
    FORMAT,
    JOBS,
    SECRET,
    ArchiveWriter,
    Manifest,
    extract,
    is_member,
)  # fmt: skip
from careloop.kit.clock import Clock, SystemClock, iso
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, Misconfigured
from careloop.kit.settings import Settings


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A finished backup. `damaged` names uploaded files whose content has changed on disk;
    `files_elsewhere` is the store that holds uploaded files, when they are not in the archive."""

    path: Path
    bytes: int
    files: int
    schema_revision: str | None
    damaged: tuple[str, ...] = ()
    files_elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A finished restore. `replaced` is the folder where the former data were put, if any."""

    created_at: str
    made_by: str
    schema_revision: str | None
    files: int
    replaced: Path | None = None

    @property
    def upgrade_due(self) -> bool:
        return self.schema_revision != schema.head()


def backup(
    settings: Settings, target: Path | None = None, clock: Clock | None = None
) -> BackupReport:
    """Write a backup while Careloop may be running; the books in it are one consistent moment.

    `target` is a file that does not exist yet, or a folder; by default `backups/` in the data
    folder. A backup that fails leaves no file behind.
    """
    now = (clock or SystemClock()).now()
    path = _target(settings, target, now)
    partial = path.with_name(f".{path.name}.part")
    try:
        with (
            # In the data folder: a target may be a network drive, where SQLite cannot lock.
            tempfile.TemporaryDirectory(dir=settings.home, prefix=occupied.STAGING_OUT) as staging,
            ArchiveWriter(partial) as archive,
        ):
            revision = _add_databases(settings, archive, Path(staging))
            damaged = _add_files(settings, archive)
            archive.finish(
                Manifest(
                    format=FORMAT,
                    careloop=__version__,
                    created_at=iso(now),
                    database="sqlite" if settings.is_sqlite else "postgresql",
                    schema_revision=revision,
                    files=archive.files,
                )
            )
        partial.rename(path)
    except OSError as error:
        raise Misconfigured(f"Cannot write the backup {path}: {error.strerror or error}") from None
    return BackupReport(
        path, path.stat().st_size, len(archive.files), revision, damaged, settings.blob_url
    )


def restore(
    settings: Settings, archive: Path, force: bool = False, clock: Clock | None = None
) -> RestoreReport:
    """Put a backup into an empty data folder (and an empty PostgreSQL database).

    Everything is unpacked and verified before anything is put in place. With `force`, data
    that are there already are moved to a folder `replaced-<time>`, never deleted.
    Raises `Conflict` when there are data or Careloop is running, `InvalidInput` for an archive
    that is damaged or from a newer version, `Misconfigured` for a wrong place.
    """
    if not archive.is_file():
        raise InvalidInput(f"There is no file {archive}")
    _make_home(settings)
    _check_empty(settings, force)
    try:
        with tempfile.TemporaryDirectory(dir=settings.home, prefix=occupied.STAGING_IN) as folder:
            staging = Path(folder)
            manifest = extract(archive, staging)
            _check_fits(settings, manifest, staging)
            with _database(settings) as database:
                replaced = occupied.set_aside(settings, database, (clock or SystemClock()).now())
                if database is not None:
                    _fill_postgres(settings, database, staging / DUMP, replaced)
            _put_in_place(settings, staging)
    except OSError as error:
        raise Misconfigured(
            f"Cannot write to {settings.home}: {error.strerror or error}; what was moved aside is "
            f"in its folder {occupied.REPLACED}<time>"
        ) from None
    return RestoreReport(
        manifest.created_at, manifest.careloop, manifest.schema_revision, len(manifest.files),
        replaced,
    )  # fmt: skip


def _target(settings: Settings, target: Path | None, now: datetime) -> Path:
    if not settings.home.is_dir():
        raise Misconfigured(f"There is no data folder {settings.home}; run `careloop init`")
    if target is None:
        target = settings.home / schema.BACKUP_FOLDER
        target.mkdir(mode=0o700, exist_ok=True)
    if target.is_dir():
        target = target / f"careloop-{now.strftime('%Y%m%dT%H%M%SZ')}.tar.gz"
    if not target.parent.is_dir():
        raise Misconfigured(f"There is no folder {target.parent}")
    if target.exists():
        raise Conflict(f"{target} exists already; name another file")
    return target


def _add_databases(settings: Settings, archive: ArchiveWriter, staging: Path) -> str | None:
    """Jobs before books: a job that only the books know is started again by the sweep."""
    jobs = settings.home / JOBS
    if settings.is_sqlite and jobs.exists():
        schema.copy_sqlite(jobs, staging / JOBS)
        archive.add(JOBS, staging / JOBS)
    if not settings.is_sqlite:
        with closing(Database(settings.url)) as database:
            revision = schema.state(database).current
        pg_client.dump(settings.url, staging / DUMP)
        archive.add(DUMP, staging / DUMP)
        return revision
    books = occupied.sqlite_file(settings)
    if not books.exists():
        raise Misconfigured(f"There is no database {books}; run `careloop init`")
    schema.copy_sqlite(books, staging / BOOKS)
    archive.add(BOOKS, staging / BOOKS)
    return _revision_of(staging / BOOKS)


def _add_files(settings: Settings, archive: ArchiveWriter) -> tuple[str, ...]:
    """Key and uploads; after the books, so that every file the books know is there."""
    if settings.secret_file.exists():
        archive.add(SECRET, settings.secret_file)
    damaged = []
    for path in sorted(settings.blob_folder.rglob("*")):
        name = f"{BLOBS}/{path.relative_to(settings.blob_folder).as_posix()}"
        if is_member(name) and path.is_file() and not path.is_symlink():
            entry = archive.add(name, path)
            if entry.sha256 != path.name:
                damaged.append(name)
    return tuple(damaged)


def _revision_of(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return str(row[0]) if row else None


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"Cannot make {settings.home}: {error.strerror}") from None


def _check_empty(settings: Settings, force: bool) -> None:
    if force:
        return
    found = [path.name for path in occupied.data(settings)]
    books = occupied.sqlite_file(settings) if settings.is_sqlite else None
    if books is not None and books.parent != settings.home and books.exists():
        found.append(str(books))
    if found:
        raise Conflict(
            f"{settings.home} is not empty ({', '.join(sorted(found)[:4])}); restore into another "
            "folder, or use --force to move what is there aside"
        )
    with _database(settings) as database:
        if database is not None and pg_client.tables(database):
            raise Conflict(
                "The PostgreSQL database is not empty; name an empty one, or use --force"
            )


def _check_fits(settings: Settings, manifest: Manifest, staging: Path) -> None:
    wanted = "sqlite" if settings.is_sqlite else "postgresql"
    if manifest.database != wanted:
        raise Misconfigured(
            f"This is a backup of a {manifest.database} installation, but the settings name "
            f"{wanted}; set CARELOOP_DATABASE_URL to match"
        )
    if manifest.schema_revision and manifest.schema_revision not in schema.known_revisions():
        raise InvalidInput(
            f"The backup has schema revision {manifest.schema_revision}, made by Careloop "
            f"{manifest.careloop}; install that version or a newer one"
        )
    needed = staging / (BOOKS if settings.is_sqlite else DUMP)
    if not needed.exists():
        raise InvalidInput(f"The backup lacks {needed.name}")
    if settings.is_sqlite and _revision_of(needed) != manifest.schema_revision:
        raise InvalidInput("The backup's database has another schema than its manifest says")


@contextmanager
def _database(settings: Settings) -> Iterator[Database | None]:
    """The PostgreSQL database, or None where the books are a file."""
    if settings.is_sqlite:
        yield None
        return
    with closing(Database(settings.url)) as database:
        yield database


def _fill_postgres(
    settings: Settings, database: Database, dump: Path, replaced: Path | None
) -> None:
    try:
        pg_client.clear(database)
        database.close()
        pg_client.restore(settings.url, dump)
        schema.secure(database)
    except Misconfigured as error:
        where = f"; the former database is kept in {replaced / DUMP}" if replaced else ""
        raise Misconfigured(f"{error.message}{where}") from None


def _put_in_place(settings: Settings, staging: Path) -> None:
    """Rename into the data folder; the books come last, so half a restore has none."""
    for name in (SECRET, BLOBS, JOBS):
        if (staging / name).exists():
            (staging / name).rename(settings.home / name)
    if settings.is_sqlite:
        shutil.move(staging / BOOKS, occupied.sqlite_file(settings))
