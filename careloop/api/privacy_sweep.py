"""The daily sweep of privacy: retention in batches, then the bytes of files that rows gave up."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta

import structlog

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.privacy import person_queries, queries
from careloop.crm_core.privacy.erase import forget_removal
from careloop.crm_core.privacy.schemas import ApplyRetention, RetentionDone
from careloop.kit.actor import system_actor
from careloop.kit.blobs import BlobStore
from careloop.kit.db import EVERY_TENANT, Database
from careloop.tools.runtime import Runtime

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
BATCHES = 200
"""So many batches of a tenant in one sweep; the rest waits for the next."""


class PrivacySweep:
    """Runs once a day in the worker's loop; safe in several processes at once."""

    def __init__(self, database: Database, runtime: Runtime, blobs: BlobStore) -> None:
        self._database, self._runtime, self._blobs = database, runtime, blobs
        self._last: datetime | None = None
        self._lock = threading.Lock()

    def run_if_due(self) -> bool:
        """Sweep all tenants if the last sweep of this process is a day old."""
        at = self._database.clock.now()
        with self._lock:
            if self._last is not None and at - self._last < EVERY:
                return False
            self._last = at
        self.run()
        return True

    def run(self) -> dict[str, int]:
        """Sweep all tenants now; how many rows of each table went, and how many files."""
        with self._database.read(EVERY_TENANT) as session:
            tenants = accounts.tenant_ids(session)
        total: Counter[str] = Counter()
        for tenant_id in tenants:
            total.update(self._sweep(tenant_id))
        if total:
            log.info("retention_applied", **total)
        return dict(total)

    def _sweep(self, tenant_id: str) -> Counter[str]:
        actor, total = system_actor(tenant_id), Counter[str]()
        if self._due(tenant_id):
            for _ in range(BATCHES):
                told = self._runtime.invoke(actor, "privacy.apply_retention", ApplyRetention())
                done = RetentionDone.model_validate(told)
                total.update(done.deleted)
                if not done.more:
                    break
        removed = remove_files(self._database, self._blobs, tenant_id)
        if removed:
            total["files"] += removed
        return total

    def _due(self, tenant_id: str) -> bool:
        """Whether anything is due, so that an idle day leaves no audit entry."""
        with self._database.read(tenant_id) as session:
            rules = queries.retention(session, system_actor(tenant_id), self._database.clock.now())
        return any(rule.active and rule.due for rule in rules)


def remove_files(database: Database, blobs: BlobStore, tenant_id: str) -> int:
    """Delete the bytes of files that no row names any more; returns how many.

    The note of what has to go is written with the act that gave the file up, so a crash in
    between only delays it until the next sweep.
    """
    removed = 0
    while True:
        with database.read(tenant_id) as session:
            planned = [row.sha256 for row in queries.removals(session, tenant_id)]
        if not planned:
            return removed
        for sha256 in planned:
            with database.write(tenant_id) as session:
                if not person_queries.file_is_used(session, tenant_id, sha256):
                    blobs.delete(tenant_id, sha256)
                    removed += 1
                forget_removal(session, tenant_id, sha256)
