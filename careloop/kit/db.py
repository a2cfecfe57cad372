"""The database: one engine, explicit read and write transactions, tenant first in every key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Any, ClassVar

import structlog
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKeyConstraint,
    MetaData,
    String,
    TypeDecorator,
    create_engine,
    event,
)  # fmt: skip
from sqlalchemy.engine import make_url
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    SessionTransaction,
    mapped_column,
)  # fmt: skip

from careloop.kit.clock import Clock, SystemClock, as_utc
from careloop.kit.events import EventBus
from careloop.kit.ids import ID_LENGTH, new_id

log = structlog.get_logger(__name__)

BUSY_TIMEOUT_MS = 10_000
DRAFTS = 8
MORE_THAN_THREADS = 75
"""Connections beyond the pool's five: a thread that waits for SQLite's write lock holds one, and
the writer it waits for may want another. The web server runs 40 threads."""


EVERY_TENANT = "*"
"""For what serves the whole installation: login, sweeps, the start. Everything else names one."""
APP_ROLE = "careloop_app"
"""PostgreSQL role without rights of its own but the rows of the tenant that a session names."""
INDEX_SCHEMA = "careloop_index"
"""PostgreSQL schema of what is derived from the books and may be dropped: the role owns it."""
_OWN = "current_setting('app.tenant', true)"
TENANT_RULE = f"tenant_id = {_OWN} OR {_OWN} = '{EVERY_TENANT}'"
"""The policy of every table with a tenant: the row is the transaction's own."""


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, without zone in SQLite, `timestamptz` in PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else as_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else as_utc(value)


class Base(DeclarativeBase):
    """Base of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime()}


class TenantRow(Base):
    """A row that belongs to one tenant; the tenant is the first column of its key.

    `audited` is False for rows that are bookkeeping themselves.
    """

    __abstract__ = True
    audited: ClassVar[bool] = True

    tenant_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, sort_order=-100)


class Entity(TenantRow):
    """A tenant's row with a time-ordered id, a version for optimistic locking, and its times."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        String(ID_LENGTH), primary_key=True, default=new_id, sort_order=-99
    )
    version: Mapped[int] = mapped_column(default=1, sort_order=90)
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC), sort_order=91)
    updated_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC), sort_order=92)

    def touch(self, now: datetime) -> None:
        """Mark the row as changed: next version, time of change."""
        self.version += 1
        self.updated_at = now


def owned_by(table: str, *columns: str) -> ForeignKeyConstraint:
    """A foreign key to `(tenant_id, id)` of `table` that can never leave the tenant."""
    return ForeignKeyConstraint(
        ["tenant_id", *columns], [f"{table}.tenant_id", f"{table}.id"], ondelete="RESTRICT"
    )


class Database:
    """Opens transactions. Only the edge calls `write`; inner code flushes and never commits."""

    def __init__(self, url: str, bus: EventBus | None = None, clock: Clock | None = None) -> None:
        self.url = make_url(url)
        self.bus = bus or EventBus()
        self.clock = clock or SystemClock()
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(write=True)
        self._drafts = BoundedSemaphore(1 if self.is_sqlite else DRAFTS)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self, tenant_id: str = EVERY_TENANT) -> Iterator[Session]:
        """A read transaction over one tenant's rows; nothing is ever committed."""
        with self._session(self.engine, tenant_id) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def read_for(self, tenant_of: Callable[[], str]) -> Iterator[Session]:
        """Like `read`, for a tenant that is known only when the first statement runs."""
        with self._session(self.engine, tenant_of) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self, tenant_id: str = EVERY_TENANT) -> Iterator[Session]:
        """One act: commits when the block ends, rolls back when it raises.

        Listeners registered with `EventBus.after` run once the commit has succeeded.
        """
        with self._session(self._writer, tenant_id, expire_on_commit=False) as session:
            with session.begin():
                yield session
            _run_after_commit(session)

    @contextmanager
    def draft(self, tenant_id: str = EVERY_TENANT) -> Iterator[Session]:
        """A write transaction that is always rolled back; shows what an act would do.

        A draft is held while a mind thinks, and that reads through connections of its own. So
        only a few run at once: with every connection in a draft's hand, all would wait for ever.
        """
        with (
            self._drafts,
            self._session(self._writer, tenant_id, expire_on_commit=False) as session,
        ):
            try:
                yield session
            finally:
                session.rollback()

    def _session(
        self, engine: Engine, tenant: str | Callable[[], str], expire_on_commit: bool = True
    ) -> Session:
        info = {"bus": self.bus, "clock": self.clock, "tenant": tenant}
        return Session(engine, info=info, expire_on_commit=expire_on_commit)

    def close(self) -> None:
        self.engine.dispose()


@event.listens_for(Session, "after_begin")
def _name_tenant(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL whose rows this transaction may touch; without a name it sees none."""
    if transaction.nested or connection.dialect.name != "postgresql":
        return
    tenant = session.info.get("tenant", "")
    name = tenant() if callable(tenant) else tenant
    connection.exec_driver_sql("SELECT set_config('app.tenant', %s, true)", (name,))


def now(session: Session) -> datetime:
    """The present time by the clock that the database was opened with."""
    clock: Clock = session.info.get("clock") or SystemClock()
    return clock.now()


def after_commit(session: Session, call: Any, argument: Any) -> None:
    """Run `call(argument)` once the session's transaction has been committed."""
    session.info.setdefault("after_commit", []).append((call, argument))


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """All or nothing inside a transaction: if the block raises, its writes and events are gone."""
    calls = session.info.setdefault("after_commit", [])
    before = len(calls)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del calls[before:]
        raise


def _run_after_commit(session: Session) -> None:
    for call, argument in session.info.pop("after_commit", []):
        try:
            call(argument)
        except Exception:
            # The act is committed; a listener that fails may not undo it or fail the caller.
            log.exception("after_commit_failed", listener=getattr(call, "__qualname__", str(call)))


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return _postgres_engine(url)
    # A database in memory lives in one connection of each thread and has no pool to size.
    pool = {"max_overflow": MORE_THAN_THREADS} if make_url(url).database else {}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **pool)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        # The driver's own BEGIN is deferred; ours below chooses, so it is turned off here.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL",
            "foreign_keys=ON", "cache_size=-65536", "temp_store=MEMORY",
        ):  # fmt: skip
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _postgres_engine(url: str) -> Engine:
    """Connections that give up the rights of an owner, so that row-level security binds them."""
    engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _step_down(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_roles WHERE rolname = %s "
                "AND pg_has_role(current_user, oid, 'MEMBER')", (APP_ROLE,),
            )  # fmt: skip
            if cursor.fetchone()[0]:
                cursor.execute(f"SET ROLE {APP_ROLE}")
            cursor.execute(f"SET search_path = public, {INDEX_SCHEMA}")
        connection.commit()

    return engine
