"""The state of the tables, and their way to the newest revision.

Works from an installed wheel: the migrations lie inside the package, no alembic.ini is read.
"""

from __future__ import annotations

import io
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import careloop.migrations
from careloop.crm_core.inventory import guards
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.migrations import row_security

log = structlog.get_logger(__name__)

BACKUP_FOLDER = "backups"
_SCRIPTS = Path(careloop.migrations.__file__).parent
_VERSION_TABLE = "alembic_version"
_LOCK_KEY = 0x6361726C6F6F70
"""PostgreSQL advisory lock held during an upgrade: the letters of our name."""
_one_at_a_time = threading.Lock()  # Alembic keeps its context in module globals.


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Revision of a database beside the newest one known to this version of Careloop.

    `current` is None for a database without migrations; `foreign_tables` tells that such a
    database holds tables all the same; `newer` that its revision is unknown to this version.
    """

    current: str | None
    head: str
    newer: bool = False
    foreign_tables: bool = False

    @property
    def is_current(self) -> bool:
        return self.current == self.head

    def check_upgradable(self) -> None:
        """Raise `Misconfigured` when this version must not touch the database."""
        if self.newer:
            raise Misconfigured(
                f"The database has schema revision {self.current}, made by a newer Careloop; "
                f"this version knows revisions up to {self.head}. Install the newer version "
                "again, or restore a backup made before the upgrade"
            )
        if self.foreign_tables:
            raise Misconfigured(
                "The database holds tables but no schema revision; point CARELOOP_DATABASE_URL "
                "to an empty database or to one that Careloop made"
            )


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did; `backup` is the copy of the SQLite file made before it, if any."""

    before: str | None
    after: str
    backup: Path | None = None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@cache
def known_revisions() -> tuple[str, ...]:
    """All revisions of this version, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(_SCRIPTS).walk_revisions())


def head() -> str:
    """The newest revision of this version."""
    return known_revisions()[0]


def state(database: Database) -> SchemaState:
    """Where the database stands; changes nothing."""
    with database.engine.connect() as connection:
        return _state(connection)


def require_current(database: Database) -> None:
    """Raise `Misconfigured` unless the database is at the newest revision."""
    found = state(database)
    found.check_upgradable()
    if not found.is_current:
        raise Misconfigured(
            f"The database has schema revision {found.current or 'none'}, needed is "
            f"{found.head}; run `careloop migrate`"
        )


def upgrade(database: Database) -> Upgrade:
    """Bring the database to the newest revision, in one transaction; all or nothing.

    Two processes that start at once do not collide: the second waits and finds nothing to do.
    A SQLite file that already holds data is copied first into `backups/` beside it.
    Raises `Misconfigured` for a newer or foreign schema.
    """
    with _one_at_a_time, _locked(database) as connection:
        before = _state(connection)
        before.check_upgradable()
        if before.is_current:
            if not row_security.is_complete(connection):
                row_security.install(connection)
            return Upgrade(before.current, before.head)
        backup = _copy_beside(database, before.current) if before.current else None
        command.upgrade(alembic_config(connection), "head")
        _check_references(connection)
        row_security.install(connection)
        guards.install(connection)
    # Connections made before the role was there still have the rights of the owner.
    database.engine.dispose()
    log.info("schema_upgraded", before=before.current, after=before.head)
    return Upgrade(before.current, before.head, backup)


def secure(database: Database) -> None:
    """Put policies and grants on tables that came out of a dump, which carries no grants."""
    with database.engine.begin() as connection:
        row_security.act_as_owner(connection)
        row_security.install(connection)
        guards.install(connection)
    database.engine.dispose()


def _state(connection: Connection) -> SchemaState:
    current = MigrationContext.configure(connection).get_current_revision()
    newer = current is not None and current not in known_revisions()
    tables = set(inspect(connection).get_table_names()) - {_VERSION_TABLE}
    return SchemaState(current, head(), newer, current is None and bool(tables))


@contextmanager
def _locked(database: Database) -> Iterator[Connection]:
    """One write transaction that nobody else can upgrade beside; commits at the end."""
    with database.engine.connect().execution_options(write=True) as connection:
        if database.is_sqlite:
            with _references_unchecked(connection), connection.begin():
                yield connection
        else:
            with connection.begin():
                row_security.act_as_owner(connection)
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
                yield connection


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others refer to; the pragma works outside transactions."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _check_references(connection: Connection) -> None:
    """After a SQLite migration, make sure that no row refers to one that is gone."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise Misconfigured(
            f"The upgrade would leave {len(broken)} rows without the row they refer to ({tables}); "
            "nothing was changed"
        )


def _copy_beside(database: Database, revision: str) -> Path | None:
    """A consistent copy of the SQLite file, taken while the upgrade's lock is held."""
    name = database.url.database
    if not database.is_sqlite or not name or name == ":memory:":
        return None
    source = Path(name)
    folder = source.parent / BACKUP_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = database.clock.now().strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"{source.stem}-{revision}-{stamp}.db"
    target.touch(mode=0o600, exist_ok=False)
    copy_sqlite(source, target)
    return target


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database that may be in use; the copy is one consistent moment.

    Raises `Misconfigured` when the source is damaged or the target cannot be written.
    """
    try:
        reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        writing = sqlite3.connect(target)
        try:
            reading.backup(writing)
            # The copy is a single file: it does not need a write-ahead log beside it.
            writing.execute("PRAGMA journal_mode=DELETE")
            verdict = writing.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            writing.close()
            reading.close()
    except sqlite3.Error as error:
        raise Misconfigured(f"Cannot copy the database {source}: {error}") from None
    if verdict != "ok":
        raise Misconfigured(f"The database {source} is damaged: {verdict}")
