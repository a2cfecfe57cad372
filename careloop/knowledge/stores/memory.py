"""The store in the process: one snapshot for each tenant, swapped whole at each publication."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from careloop.kit.ai.ports import Embedder
from careloop.kit.db import Database
from careloop.knowledge import queries
from careloop.knowledge.load import load_snapshot
from careloop.knowledge.retrieve.snapshot import Snapshot
from careloop.knowledge.stores import port
from careloop.knowledge.stores.port import Outline, Wanted

EmbedderOf = Callable[[str], Embedder | None]


class MemoryStore:
    """Builds a tenant's snapshot on first use and after each publication.

    A publication of this process is seen by the next call; one of another process within
    `RECHECK_SECONDS`.
    """

    def __init__(self, database: Database, embedder_of: EmbedderOf) -> None:
        self._database = database
        self._embedder_of = embedder_of
        self._snapshots: dict[str, Snapshot] = {}
        self._checked: dict[str, float] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def outline(self, tenant_id: str) -> Outline:
        snapshot = self.snapshot(tenant_id)
        return Outline(
            snapshot.revision, len(snapshot.passages), snapshot.models, snapshot.languages,
            snapshot.code_prefixes, snapshot.dense.model if snapshot.dense else None,
        )  # fmt: skip

    def look(self, tenant_id: str, wanted: Wanted) -> Snapshot:
        return self.snapshot(tenant_id)

    def around(self, tenant_id: str, keys: Sequence[str]) -> Snapshot:
        return self.snapshot(tenant_id)

    def published(self, tenant_id: str) -> None:
        self._checked.pop(tenant_id, None)

    def rebuild(self, tenant_id: str) -> int:
        self.forget(tenant_id)
        return len(self.snapshot(tenant_id).passages)

    def forget(self, tenant_id: str) -> None:
        """Give the tenant's memory back."""
        self._snapshots.pop(tenant_id, None)
        self._checked.pop(tenant_id, None)

    def hold(self, tenant_id: str, snapshot: Snapshot) -> None:
        """Serve this snapshot from now on, whatever the database says."""
        self._snapshots[tenant_id] = snapshot
        self._checked[tenant_id] = float("inf")

    def snapshot(self, tenant_id: str) -> Snapshot:
        """The tenant's current index."""
        known = self._snapshots.get(tenant_id)
        age = time.monotonic() - self._checked.get(tenant_id, -1e9)
        if known is not None and age < port.RECHECK_SECONDS:
            return known
        with self._guard:
            lock = self._locks.setdefault(tenant_id, threading.Lock())
        with lock:
            return self._refreshed(tenant_id)

    def _refreshed(self, tenant_id: str) -> Snapshot:
        known = self._snapshots.get(tenant_id)
        with self._database.read(tenant_id) as session:
            revision = queries.revision_of(session, tenant_id)
            if known is None or known.revision != revision:
                embedder = self._embedder_of(tenant_id)
                known = load_snapshot(session, tenant_id, revision, embedder)
        self._snapshots[tenant_id] = known
        self._checked[tenant_id] = time.monotonic()
        return known
