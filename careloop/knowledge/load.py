"""From the stored passages of a tenant to an index snapshot."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.knowledge import queries
from careloop.knowledge.retrieve.snapshot import Snapshot, SnapshotBuilder, SourceDocument


def load_snapshot(session: Session, tenant_id: str, revision: int) -> Snapshot:
    """Read what is published and build its index; nothing is tokenised again."""
    builder = SnapshotBuilder(
        SourceDocument(
            row.id, row.key, row.lang, row.title, row.type, tuple(row.product_models),
            row.audience, row.firmware, row.effective_from, row.effective_until, row.updated,
            tuple(row.supersedes), row.translation,
        )
        for row in queries.index_documents(session, tenant_id)
    )  # fmt: skip
    for row in queries.index_passages(session, tenant_id):
        builder.add(*row)
    return builder.build(revision)
