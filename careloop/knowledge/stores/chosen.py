"""Which store serves a tenant."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from sqlalchemy.orm import Session

from careloop.kit.ai.ports import Embedder
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.knowledge import queries
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.stores.memory import MemoryStore
from careloop.knowledge.stores.port import PassageStore
from careloop.knowledge.stores.postgres import PostgresStore

Choice = Literal["auto", "memory", "postgres"]

MANY = 50_000
"""Passages beyond which `auto` lets PostgreSQL search."""
_CHOSEN_SECONDS = 30.0
_TOGETHER = 200


class Stores:
    """`auto` holds a tenant in memory up to `MANY` passages and takes PostgreSQL beyond, where the
    books are kept there; a tenant that outgrows memory is served from it until its index stands.
    """

    def __init__(
        self, database: Database, embedder_of: Callable[[str], Embedder | None],
        choice: Choice = "auto",
    ) -> None:  # fmt: skip
        """`Misconfigured` for `postgres` with books in SQLite."""
        if choice == "postgres" and database.is_sqlite:
            raise Misconfigured("CARELOOP_KNOWLEDGE_STORE=postgres needs books in PostgreSQL")
        self._database = database
        self.memory = MemoryStore(database, embedder_of)
        self.postgres: PostgresStore | None = None
        self._choice = "memory" if database.is_sqlite else choice
        self._large: dict[str, tuple[bool, float]] = {}
        if self._choice != "memory":
            self.postgres = PostgresStore(database, embedder_of)
            database.bus.on(KnowledgePublished, self._publishing)
        database.bus.after(KnowledgePublished, self._published)

    def of(self, tenant_id: str) -> PassageStore:
        """The store to ask for this tenant now."""
        if self.postgres is None:
            return self.memory
        if self._choice == "postgres":
            return self.postgres
        large, checked = self._large.get(tenant_id, (False, -1e9))
        if time.monotonic() - checked > _CHOSEN_SECONDS:
            large = self._choose(tenant_id, self.postgres)
        return self.postgres if large else self.memory

    def rebuild(self, tenant_id: str) -> int:
        """Make the derived index of a tenant anew; the number of passages in it."""
        return self.of(tenant_id).rebuild(tenant_id)

    def together(self, tenant_id: str) -> int:
        """How many documents to compile again in one transaction: memory sees none of it before
        the next publication, an index in the database must be written with each."""
        return 1 if self.postgres is None or self._in_memory(tenant_id) else _TOGETHER

    def write(self, session: Session, tenant_id: str) -> None:
        """Passages have changed in this transaction: what is derived from them follows here."""
        if self.postgres is not None and not self._holds_all(session, tenant_id):
            self.postgres.write(session, tenant_id)

    def _in_memory(self, tenant_id: str) -> bool:
        with self._database.read(tenant_id) as session:
            return self._holds_all(session, tenant_id)

    def _holds_all(self, session: Session, tenant_id: str) -> bool:
        """Whether memory is enough for the tenant."""
        if self._choice != "auto":
            return self._choice == "memory"
        return queries.count_published(session, tenant_id) <= MANY

    def _choose(self, tenant_id: str, postgres: PostgresStore) -> bool:
        many = not self._in_memory(tenant_id)
        ready = many and postgres.is_ready(tenant_id)
        if many and not ready:
            postgres.prepare(tenant_id)
        if ready:
            self.memory.forget(tenant_id)
        self._large[tenant_id] = (ready, time.monotonic())
        return ready

    def _publishing(self, session: Session, event: KnowledgePublished) -> None:
        """Inside the transaction that publishes: the index becomes visible with the knowledge."""
        self.write(session, event.tenant_id)

    def _published(self, event: KnowledgePublished) -> None:
        self._large.pop(event.tenant_id, None)
        self.memory.published(event.tenant_id)
        if self.postgres is not None:
            self.postgres.published(event.tenant_id)
