"""The migrations and the tables in code are one and the same, on both engines."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import careloop
from careloop.api import schema
from careloop.kit.db import Database
from careloop.kit.errors import Conflict
from careloop.migrations import generate, models, row_security

ROOT = Path(careloop.__file__).parent


def test_every_module_with_tables_is_known() -> None:
    declared = {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for path in ROOT.rglob("*.py")
        if "__tablename__ = " in path.read_text(encoding="utf-8")
    }
    assert {module.__name__ for module in models.MODULES} == declared


def test_migrations_and_metadata_agree(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, models.metadata) == []


def test_a_difference_would_be_seen(empty_database: Database) -> None:
    """The comparison above can fail: a column taken away afterwards shows up."""
    schema.upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        row_security.act_as_owner(connection)
        connection.exec_driver_sql("ALTER TABLE customer DROP COLUMN city")
    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, models.metadata)
    assert [(kind, table, column.name) for kind, _, table, column in differences] == [
        ("add_column", "customer", "city")
    ]


def test_every_migration_has_a_way_back(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.engine.connect().execution_options(write=True) as connection:
        with connection.begin():
            row_security.act_as_owner(connection)
            command.downgrade(schema.alembic_config(connection), "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_migrations_stand_without_our_code() -> None:
    """An old migration must still run when the classes of its day are gone."""
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        imports = re.findall(r"^(?:from|import) (\S+)", path.read_text(), re.MULTILINE)
        assert set(imports) <= {"sqlalchemy", "alembic", "sqlalchemy.dialects", "datetime"}, path


def test_revisions_are_numbered_one_after_another() -> None:
    newest_first = list(schema.known_revisions())
    assert newest_first == [f"{n:04d}" for n in range(len(newest_first), 0, -1)]


def test_nothing_is_drafted_when_nothing_changed() -> None:
    with pytest.raises(Conflict, match="nothing to add"):
        generate.following("empty")
    importlib.invalidate_caches()
    assert len(list((ROOT / "migrations" / "versions").glob("0*.py"))) == len(
        schema.known_revisions()
    )
