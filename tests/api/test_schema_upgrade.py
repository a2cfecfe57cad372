"""Upgrades are whole, safe to repeat, and never touch what a newer version made."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import careloop
from careloop.api import schema
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.migrations import row_security


def test_upgrade_of_an_empty_database(empty_database: Database) -> None:
    assert schema.state(empty_database).current is None
    done = schema.upgrade(empty_database)
    assert (done.before, done.after, done.backup) == (None, schema.head(), None)
    assert schema.state(empty_database).is_current
    schema.require_current(empty_database)


def test_a_second_upgrade_changes_nothing(database: Database, tmp_path: Path) -> None:
    assert not schema.upgrade(database).changed
    assert not (tmp_path / schema.BACKUP_FOLDER).exists()


def test_a_newer_schema_is_refused(database: Database) -> None:
    _set_revision(database, "9999")
    assert schema.state(database).newer
    for act in (schema.upgrade, schema.require_current):
        with pytest.raises(Misconfigured, match="9999"):
            act(database)


def test_tables_of_somebody_else_are_refused(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        row_security.act_as_owner(connection)
        connection.execute(text("CREATE TABLE invoices (id INTEGER PRIMARY KEY)"))
    with pytest.raises(Misconfigured, match="no schema revision"):
        schema.upgrade(empty_database)


def test_an_old_schema_is_named(empty_database: Database) -> None:
    with pytest.raises(Misconfigured, match="careloop migrate"):
        schema.require_current(empty_database)


def test_processes_that_start_at_once_do_not_collide(empty_database: Database) -> None:
    """Each process has its own Alembic, so this uses processes, not threads."""
    url = empty_database.url.render_as_string(hide_password=False)
    script = (
        "import sys; from careloop.api import schema; from careloop.kit.db import Database;"
        "print(schema.upgrade(Database(sys.argv[1])).changed)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        for _ in range(2)
    ]  # fmt: skip
    answers = sorted(process.communicate(timeout=60)[0].split()[-1] for process in running)
    assert answers == ["False", "True"]


@pytest.fixture
def next_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of the migrations to which a test can add a second revision."""
    scripts = tmp_path / "migrations"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(careloop.__file__).parent / "migrations", scripts, ignore=ignored)
    monkeypatch.setattr(schema, "_SCRIPTS", scripts)
    schema.known_revisions.cache_clear()
    yield scripts / "versions" / "9000_next.py"
    schema.known_revisions.cache_clear()


def _write_revision(path: Path, body: str) -> None:
    path.write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9000', '{schema.head()}'\n"
        f"def upgrade():\n    {body}\ndef downgrade():\n    pass\n"
    )
    schema.known_revisions.cache_clear()


_REBUILD = (
    "copied = 'always' if op.get_bind().dialect.name == 'sqlite' else 'never'\n    "
    "with op.batch_alter_table('customer', recreate=copied) as batch: "
    "batch.add_column(sa.Column('note', sa.Text(), server_default='', nullable=False))"
)


def test_sqlite_is_copied_before_a_migration(
    sqlite_database: Database, tenant: str, tmp_path: Path, next_revision: Path
) -> None:
    _write_revision(next_revision, _REBUILD)
    done = schema.upgrade(sqlite_database)
    assert done.after == "9000"
    assert done.backup is not None
    assert stat.S_IMODE(done.backup.stat().st_mode) == 0o600
    with sqlite3.connect(done.backup) as copy:
        assert copy.execute("SELECT tenant_id FROM tenant").fetchall() == [(tenant,)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (done.before,)


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    database: Database, tenant: str, next_revision: Path
) -> None:
    with database.write() as session:
        for statement in (_CUSTOMER, _CONTACT):
            session.execute(text(statement), {"tenant": tenant})
    _write_revision(next_revision, _REBUILD)
    schema.upgrade(database)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM contact")) == 1
        assert session.scalar(text("SELECT note FROM customer")) == ""
    if database.is_sqlite:
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_fails_leaves_nothing_behind(
    database: Database, next_revision: Path
) -> None:
    before = schema.state(database).current
    _write_revision(next_revision, "op.drop_table('saved_reply'); op.drop_table('no_such')")
    with pytest.raises(Exception, match="no_such"):
        schema.upgrade(database)
    assert schema.state(database).current == before
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM saved_reply")) == 0


def test_a_migration_that_orphans_rows_is_undone(
    sqlite_database: Database, tenant: str, next_revision: Path
) -> None:
    with sqlite_database.write() as session:
        for statement in (_CUSTOMER, _CONTACT):
            session.execute(text(statement), {"tenant": tenant})
    _write_revision(next_revision, "op.execute('DELETE FROM customer')")
    with pytest.raises(Misconfigured, match="contact"):
        schema.upgrade(sqlite_database)
    with sqlite_database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM customer")) == 1


def test_threads_of_one_process_take_turns(empty_database: Database) -> None:
    changed: list[bool] = []
    threads = [
        threading.Thread(target=lambda: changed.append(schema.upgrade(empty_database).changed))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(changed) == [False, False, True]


def test_a_damaged_file_is_not_copied(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(Misconfigured, match=r"broken\.db"):
        schema.copy_sqlite(broken, tmp_path / "copy.db")


_TIMES = "version, created_at, updated_at"
_CUSTOMER = (
    "INSERT INTO customer (tenant_id, id, number, name, country, language, city, address, "
    f"industry, tier, time_zone, custom, {_TIMES}) VALUES (:tenant, 'c1', 'K-1', 'Lab', 'DE', "
    "'de', '', '', '', '', 'UTC', '{}', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
)
_CONTACT = (
    "INSERT INTO contact (tenant_id, id, customer_id, name, email, phone, language, role, "
    f"custom, {_TIMES}) VALUES (:tenant, 'p1', 'c1', 'Eva', '', '', 'de', '', '{{}}', 1, "
    "'2026-01-01 00:00:00', '2026-01-01 00:00:00')"
)


def _set_revision(database: Database, revision: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
