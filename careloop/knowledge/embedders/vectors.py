"""The table of vectors: written a batch at a time, read into a snapshot.

A snapshot takes vectors once nearly all of its passages have one, so a change of model, which
leaves none, shows when it is complete and not before.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.kit.ai.ports import Embedder, Vectors
from careloop.knowledge import queries
from careloop.knowledge.embedders.models import PassageVector
from careloop.knowledge.models import KnowledgeRevision
from careloop.knowledge.retrieve.dense import Dense
from careloop.knowledge.retrieve.nearest import MANY
from careloop.knowledge.retrieve.snapshot import Snapshot

READY = 0.9
"""The share of passages with a vector from which on a snapshot uses them; the others are neither
lifted nor lowered."""
_STORED = np.dtype("<f2")


def text_of(title: str, section: str, text: str) -> str:
    """What is embedded for a passage."""
    return f"{title}\n{section}\n{text}"


def hash_of(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


def load_dense(
    session: Session, tenant_id: str, snapshot: Snapshot, embedder: Embedder
) -> Dense | None:
    """The vectors of a snapshot's passages; None while too few are there."""
    dims = 0
    found: dict[str, bytes] = {}
    for row in session.execute(
        select(PassageVector.text_hash, PassageVector.data, PassageVector.dims).where(
            PassageVector.tenant_id == tenant_id, PassageVector.model == embedder.id
        )
    ):
        found[row.text_hash], dims = row.data, row.dims
    if not found or not snapshot.passages:
        return None
    matrix = np.zeros((len(snapshot.passages), dims), dtype=np.float32)
    present = np.zeros(len(snapshot.passages), dtype=np.bool_)
    for at, passage in enumerate(snapshot.passages):
        title = snapshot.documents[passage.document].title
        data = found.get(hash_of(text_of(title, passage.section, passage.text)))
        if data is not None and len(data) == dims * _STORED.itemsize:
            matrix[at] = np.frombuffer(data, dtype=_STORED)
            present[at] = True
    if present.mean() < READY:
        return None
    dense = Dense(embedder.id, matrix, present, snapshot.first, snapshot.document_of)
    if len(matrix) > MANY:
        threading.Thread(target=dense.prepare, name="careloop-vectors", daemon=True).start()
    return dense


def published_texts(session: Session, tenant_id: str) -> dict[str, str]:
    """Hash to text of every published passage, each text once."""
    titles = {row.id: row.title for row in queries.index_documents(session, tenant_id)}
    texts: dict[str, str] = {}
    for row in queries.index_passages(session, tenant_id):
        if row.document_id in titles:
            text = text_of(titles[row.document_id], row.section, row.text)
            texts[hash_of(text)] = text
    return texts


def tenants_with_knowledge(session: Session) -> list[str]:
    """Every tenant that has published anything; for the installation's own work."""
    return list(session.scalars(select(KnowledgeRevision.tenant_id)))


def any_held(session: Session, tenant_id: str, model: str) -> bool:
    """Whether the tenant has vectors by this model at all."""
    statement = select(PassageVector.dims).where(
        PassageVector.tenant_id == tenant_id, PassageVector.model == model
    )
    return session.scalar(statement.limit(1)) is not None


def held(session: Session, tenant_id: str, model: str) -> set[str]:
    """Hashes of the texts that have a vector by this model."""
    return set(
        session.scalars(
            select(PassageVector.text_hash).where(
                PassageVector.tenant_id == tenant_id, PassageVector.model == model
            )
        )
    )


def store(
    session: Session, tenant_id: str, model: str, digests: Sequence[str], vectors: Vectors
) -> None:
    """Write rows; those that another run has written meanwhile are as good."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows = [
        {"tenant_id": tenant_id, "model": model, "text_hash": digest,
         "dims": vectors.shape[1], "data": vector.astype(_STORED).tobytes()}
        for digest, vector in zip(digests, vectors, strict=True)
    ]  # fmt: skip
    session.execute(insert(PassageVector).on_conflict_do_nothing(), rows)


def drop(session: Session, tenant_id: str, model: str, unread: set[str]) -> int:
    """Delete other models' vectors, and those of texts that are no longer published."""
    result = session.execute(
        delete(PassageVector).where(
            PassageVector.tenant_id == tenant_id, PassageVector.model != model
        )
    )
    dropped: int = result.rowcount  # type: ignore[attr-defined]
    old = sorted(unread)
    for at in range(0, len(old), 500):
        session.execute(
            delete(PassageVector).where(
                PassageVector.tenant_id == tenant_id, PassageVector.model == model,
                PassageVector.text_hash.in_(old[at : at + 500]),
            )
        )  # fmt: skip
    return dropped + len(old)


def show_new(session: Session, tenant_id: str) -> None:
    """Let every process load the tenant's index anew. No event: nothing was published, and the
    event would ask for vectors again."""
    session.execute(
        update(KnowledgeRevision)
        .where(KnowledgeRevision.tenant_id == tenant_id)
        .values(revision=KnowledgeRevision.revision + 1)
    )
