"""Keeps the vectors of what is published complete: one durable job after each publication."""

from __future__ import annotations

import structlog
from sqlalchemy.orm import Session

from careloop.api.errands import EMBED_KNOWLEDGE
from careloop.kit.ai.ports import Embedder
from careloop.kit.db import EVERY_TENANT, Database
from careloop.kit.jobs import Jobs
from careloop.knowledge.embedders import vectors
from careloop.knowledge.embedders.chosen import Embedders
from careloop.knowledge.events import KnowledgePublished

log = structlog.get_logger(__name__)

BATCH = 64


def fill(database: Database, tenant_id: str, embedder: Embedder) -> int:
    """Embed published passages that have no vector by this model; the number embedded.

    May be killed at any point and run again: a batch is a transaction, and when nothing is
    missing, what nobody reads any more is dropped, among it the vectors of another model. Raises
    an `AiFailure` when the embedder does; what was done by then stays.
    """
    with database.read(tenant_id) as session:
        texts = vectors.published_texts(session, tenant_id)
        held = vectors.held(session, tenant_id, embedder.id)
    missing = [digest for digest in texts if digest not in held]
    for at in range(0, len(missing), BATCH):
        batch = missing[at : at + BATCH]
        made = embedder.embed([texts[digest] for digest in batch], "passage")
        with database.write(tenant_id) as session:
            vectors.store(session, tenant_id, embedder.id, batch, made)
    with database.write(tenant_id) as session:
        dropped = vectors.drop(session, tenant_id, embedder.id, held - texts.keys())
        if missing:
            vectors.show_new(session, tenant_id)
    log.info("vectors_filled", model=embedder.id, embedded=len(missing), dropped=dropped)
    return len(missing)


class VectorKeeper:
    """Does nothing at all where the settings name no vector model."""

    def __init__(self, database: Database, embedders: Embedders) -> None:
        self._database = database
        self._embedders = embedders
        self._jobs: Jobs | None = None

    def follow(self, jobs: Jobs) -> None:
        """From now on each publication queues a job."""
        self._jobs = jobs
        if self._embedders.active:
            self._database.bus.on(KnowledgePublished, self._queue)

    def fill(self, tenant_id: str) -> int:
        """Make what is missing; the number made. Safe to run twice, see `fill`."""
        embedder = self._embedders.of(tenant_id)
        return fill(self._database, tenant_id, embedder) if embedder is not None else 0

    def catch_up(self) -> int:
        """Queue a job for each tenant without vectors by its model, as after a change of model;
        returns how many."""
        if self._jobs is None or not self._embedders.active:
            return 0
        with self._database.read(EVERY_TENANT) as session:
            tenants = vectors.tenants_with_knowledge(session)
        bare = [tenant_id for tenant_id in tenants if self._bare(tenant_id)]
        for tenant_id in bare:
            with self._database.write(tenant_id) as session:
                self._submit(session, tenant_id)
        return len(bare)

    def _bare(self, tenant_id: str) -> bool:
        embedder = self._embedders.of(tenant_id)
        if embedder is None:
            return False
        with self._database.read(tenant_id) as session:
            return not vectors.any_held(session, tenant_id, embedder.id)

    def _queue(self, session: Session, event: KnowledgePublished) -> None:
        self._submit(session, event.tenant_id)

    def _submit(self, session: Session, tenant_id: str) -> None:
        """A job that waits will see this publication too; one that runs may have passed it."""
        if self._jobs is None:
            return
        if not self._jobs.queued(session, tenant_id, EMBED_KNOWLEDGE):
            self._jobs.submit(session, tenant_id, EMBED_KNOWLEDGE, {})
