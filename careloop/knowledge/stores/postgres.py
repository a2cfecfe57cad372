"""The store inside PostgreSQL, for tenants whose passages are too many to hold in each process.

The index is written in the transaction that publishes, so a reader's transaction sees either the
old publication with its index or the new one with its own.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from careloop.kit.ai.ports import Embedder
from careloop.kit.db import Database
from careloop.knowledge import queries
from careloop.knowledge.learning.queries import scores
from careloop.knowledge.retrieve.nearest import MANY
from careloop.knowledge.retrieve.snapshot import Snapshot
from careloop.knowledge.stores import outlines, port, postgres_look
from careloop.knowledge.stores.outlines import IndexOutline
from careloop.knowledge.stores.port import Outline, Wanted
from careloop.knowledge.stores.postgres_index import left_over, refresh
from careloop.knowledge.stores.postgres_tables import FORM, drop, state_exists, tables_of

log = structlog.get_logger(__name__)

_SHOWN = 512
"""Documents kept for showing, over all tenants."""
_TRIES = 3
_NO_TABLE = "42P01"
T = TypeVar("T")


class _Behind(Exception):
    """The index was written for another publication than the one that is current."""


class PostgresStore:
    """Searches in the database; keeps an outline of each tenant and the documents shown last."""

    def __init__(self, database: Database, embedder_of: Callable[[str], Embedder | None]) -> None:
        self._database = database
        self._embedder_of = embedder_of
        self._outlines: dict[str, IndexOutline] = {}
        self._checked: dict[str, float] = {}
        self._shown: OrderedDict[tuple[str, int, tuple[str, ...]], Snapshot] = OrderedDict()
        self._guard = threading.Lock()
        self._working: set[str] = set()
        self._made = False

    def outline(self, tenant_id: str) -> Outline:
        return self._current(tenant_id)

    def look(self, tenant_id: str, wanted: Wanted) -> Snapshot:
        return self._read(
            tenant_id,
            lambda session, outline: postgres_look.look(session, tenant_id, outline, wanted),
        )

    def around(self, tenant_id: str, keys: Sequence[str]) -> Snapshot:
        name = (tenant_id, self._current(tenant_id).revision, tuple(keys))
        with self._guard:
            if name in self._shown:
                self._shown.move_to_end(name)
                return self._shown[name]
        found = self._read(
            tenant_id,
            lambda session, outline: postgres_look.around(session, tenant_id, outline, keys),
        )
        with self._guard:
            self._shown[(tenant_id, found.revision, tuple(keys))] = found
            while len(self._shown) > _SHOWN:
                self._shown.popitem(last=False)
        return found

    def published(self, tenant_id: str) -> None:
        self._checked.pop(tenant_id, None)

    def rebuild(self, tenant_id: str) -> int:
        with self._database.write(tenant_id) as session:
            size = refresh(session, tenant_id, self._model(session, tenant_id), whole=True)
        self._written(tenant_id)
        return size

    def write(self, session: Session, tenant_id: str) -> None:
        """Bring the index up to date inside the transaction that publishes."""
        refresh(session, tenant_id, self._model(session, tenant_id))

    def is_ready(self, tenant_id: str) -> bool:
        """Whether the tenant has an index that this version reads, be it an older publication's."""
        with self._database.read(tenant_id) as session:
            return self._state(session, tenant_id) is not None

    def prepare(self, tenant_id: str) -> None:
        """Write the index beside all else that goes on; returns at once."""
        with self._guard:
            if tenant_id in self._working:
                return
            self._working.add(tenant_id)
        threading.Thread(target=self._prepare, args=(tenant_id,), daemon=True).start()

    def _prepare(self, tenant_id: str) -> None:
        try:
            self._catch_up(tenant_id)
        except Exception:
            # The worker's loop of this thread: the tenant is served as before, and the next
            # call tries again.
            log.exception("index_not_written", tenant=tenant_id)
        finally:
            with self._guard:
                self._working.discard(tenant_id)

    def _catch_up(self, tenant_id: str) -> None:
        with self._database.write(tenant_id) as session:
            refresh(session, tenant_id, self._model(session, tenant_id))
        self._written(tenant_id)

    def _written(self, tenant_id: str) -> None:
        self._made = True
        self.published(tenant_id)
        with self._database.read(tenant_id) as session:
            names = left_over(session, tenant_id)
        for name in names:
            with self._database.write(tenant_id) as session:
                drop(session, name)

    def _model(self, session: Session, tenant_id: str) -> str | None:
        """The vector model, if any passage has a vector: an embedder is dear to make."""
        held = session.scalar(
            text("SELECT 1 FROM knowledge_vectors WHERE tenant_id = :tenant LIMIT 1"),
            {"tenant": tenant_id},
        )
        embedder = self._embedder_of(tenant_id) if held else None
        return embedder.id if embedder is not None else None

    def _current(self, tenant_id: str) -> IndexOutline:
        known = self._outlines.get(tenant_id)
        age = time.monotonic() - self._checked.get(tenant_id, -1e9)
        if known is not None and age < port.RECHECK_SECONDS:
            return known
        return self._read(tenant_id, lambda _, outline: outline)

    def _read(self, tenant_id: str, action: Callable[[Session, IndexOutline], T]) -> T:
        """Run `action` in one moment of the database, with the outline of that moment."""
        for at in range(_TRIES):
            try:
                with self._database.read(tenant_id) as session:
                    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                    outline = self._outline_in(session, tenant_id, patient=at < _TRIES - 1)
                    _for_one_question(session)
                    return action(session, outline)
            except _Behind:
                self._catch_up(tenant_id)
            except ProgrammingError as error:
                # A rebuild has dropped the tables that this reader's moment still named.
                if getattr(error.orig, "sqlstate", "") != _NO_TABLE or at == _TRIES - 1:
                    raise
        raise RuntimeError("the index was dropped while it was read")

    def _outline_in(self, session: Session, tenant_id: str, patient: bool) -> IndexOutline:
        """The outline of this transaction's moment; `_Behind` when the index must be written
        first: there is none, or it is small enough to wait for."""
        state = self._state(session, tenant_id)
        if state is None:
            raise _Behind
        revision = queries.revision_of(session, tenant_id)
        if state.revision != revision and patient:
            if state.size <= MANY:
                raise _Behind
            self.prepare(tenant_id)
        known = self._outlines.get(tenant_id)
        tables = tables_of(tenant_id, state.generation)
        stamp = (known.revision, known.vector_model, known.tables) if known else None
        if known is None or stamp != (state.revision, state.vector_model, tables):
            known = self._loaded(session, tenant_id)
            self._outlines[tenant_id] = known
        self._checked[tenant_id] = time.monotonic()
        return known

    def _state(self, session: Session, tenant_id: str) -> Any:
        if not self._made:
            if not state_exists(session):
                return None
            self._made = True
        return session.execute(
            text(
                "SELECT generation, revision, vector_model, CAST(outline->>'size' AS int) AS size "
                "FROM knowledge_index_state WHERE tenant_id = :tenant AND form = :form"
            ),
            {"tenant": tenant_id, "form": FORM},
        ).first()

    def _loaded(self, session: Session, tenant_id: str) -> IndexOutline:
        row = session.execute(
            text(
                "SELECT generation, revision, outline, vector_model, centre "
                "FROM knowledge_index_state "
                "WHERE tenant_id = :tenant"
            ),
            {"tenant": tenant_id},
        ).one()
        return outlines.from_row(
            row.revision, tables_of(tenant_id, row.generation), row.outline, row.vector_model,
            row.centre, scores(session, tenant_id),
        )  # fmt: skip


def _for_one_question(session: Session) -> None:
    """Settings of this transaction: a search is short, compiling it would take longer, and the
    inverted index is always the way."""
    session.execute(
        text("SELECT set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)")
    )
