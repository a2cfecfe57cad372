"""From the stored passages of a tenant to an index snapshot."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.kit.ai.ports import Embedder
from careloop.knowledge import queries
from careloop.knowledge.embedders.vectors import load_dense
from careloop.knowledge.learning.queries import scores
from careloop.knowledge.retrieve.snapshot import Snapshot, SnapshotBuilder, SourceDocument


def load_snapshot(
    session: Session, tenant_id: str, revision: int, embedder: Embedder | None = None
) -> Snapshot:
    """Read what is published and build its index; nothing is tokenised or embedded again."""
    feedback = scores(session, tenant_id)
    builder = SnapshotBuilder(
        source_document(row, feedback.get(row.key, 0.0))
        for row in queries.index_documents(session, tenant_id)
    )
    for row in queries.index_passages(session, tenant_id):
        builder.add(*row)
    snapshot = builder.build(revision)
    if embedder is not None:
        snapshot.dense = load_dense(session, tenant_id, snapshot, embedder)
    return snapshot


def source_document(row: Any, feedback: float) -> SourceDocument:
    """A row of `queries.index_documents` as the index sees it."""
    return SourceDocument(
        row.id, row.key, row.lang, row.title, row.type, tuple(row.product_models),
        row.audience, row.firmware, row.effective_from, row.effective_until, row.updated,
        tuple(row.supersedes), row.translation, row.figures, feedback,
    )  # fmt: skip
