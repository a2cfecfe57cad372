"""Writes the search index inside PostgreSQL: what changed since it was written last, or all.

It runs in the transaction that publishes, so that nobody sees the one without the other, and as
often as wanted by itself: what is up to date costs a look at the documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.knowledge import queries
from careloop.knowledge.stores.postgres_rows import Writing
from careloop.knowledge.stores.postgres_tables import (
    FORM,
    has_vectors,
    index_tables,
    lock_tenant,
    make_state,
    make_tables,
    next_generation,
    others,
    tables_of,
)
from careloop.knowledge.stores.postgres_vectors import follow


def refresh(session: Session, tenant_id: str, model: str | None = None, whole: bool = False) -> int:
    """Bring the tenant's index to what is published; the number of passages it holds.

    `model` is the vector model to take vectors of. With `whole` nothing of the index is trusted.
    """
    make_state(session)
    lock_tenant(session, tenant_id)
    before = _state(session, tenant_id)
    whole = whole or before is None or before.form != FORM
    generation = before.generation if before else 0
    if whole:
        generation = next_generation(session, tenant_id)
        make_tables(session, tables_of(tenant_id, generation))
    tables = tables_of(tenant_id, generation)
    known = {} if whole or before is None else before.outline
    writing = Writing(session, tenant_id, tables, known)
    changed = writing.write()
    if whole:
        index_tables(session, tables)
    body = writing.outline() if changed or whole else dict(known)
    _keep(session, tenant_id, generation, body)
    if has_vectors(session):
        follow(session, tenant_id, tables, model, body["size"], whole)
    size: int = body["size"]
    return size


def left_over(session: Session, tenant_id: str) -> list[str]:
    """Tables that earlier generations of the tenant's index have left."""
    lock_tenant(session, tenant_id)
    state = _state(session, tenant_id)
    return others(session, tenant_id, state.generation) if state is not None else []


def _state(session: Session, tenant_id: str) -> Any:
    return session.execute(
        text(
            "SELECT generation, form, outline FROM knowledge_index_state WHERE tenant_id = :tenant"
        ),
        {"tenant": tenant_id},
    ).first()


def _keep(session: Session, tenant_id: str, generation: int, body: Mapping[str, Any]) -> None:
    session.execute(
        text(
            "INSERT INTO knowledge_index_state (tenant_id, generation, form, revision, outline) "
            "VALUES (:tenant, :generation, :form, :revision, CAST(:body AS jsonb)) "
            "ON CONFLICT (tenant_id) DO UPDATE SET generation = excluded.generation, "
            "form = excluded.form, revision = excluded.revision, outline = excluded.outline"
        ),
        {
            "tenant": tenant_id, "generation": generation, "form": FORM, "body": json.dumps(body),
            "revision": queries.revision_of(session, tenant_id),
        },
    )  # fmt: skip
