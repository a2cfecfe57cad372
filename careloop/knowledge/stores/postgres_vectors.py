"""Vectors inside PostgreSQL: kept beside the index, and asked for the nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.knowledge.embedders.vectors import READY
from careloop.knowledge.retrieve.dense import Dense, Floats, Mask
from careloop.knowledge.retrieve.nearest import MANY, NEAREST
from careloop.knowledge.stores.outlines import IndexOutline
from careloop.knowledge.stores.postgres_tables import Tables, index_vectors

_STORED = np.dtype("<f2")
_AT_ONCE = 2000
_SCANNED = 40_000
"""Vectors that the graph may visit for a search whose filters leave few."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Inner products with a question: of the nearest passages, the mean over all that may be
    seen, and whether those of other documents can be asked for."""

    passages: Mapping[str, float]
    documents: Mapping[str, float]
    mean: float
    exact: bool


def follow(
    session: Session, tenant_id: str, tables: Tables, model: str | None, size: int, whole: bool
) -> None:
    """Take the vectors that the books hold for what is indexed, once nearly all have one."""
    values = {"tenant": tenant_id, "model": model}
    ready = 0 if model is None else session.scalar(text(
        f"SELECT count(*) FROM {tables.passages} i JOIN knowledge_vectors v "
        "ON v.tenant_id = :tenant AND v.model = :model "
        "AND v.text_hash = i.text_hash"), values)  # fmt: skip
    if not ready or ready < READY * size:
        session.execute(
            text("UPDATE knowledge_index_state SET vector_model = NULL WHERE tenant_id = :tenant"),
            values,
        )
        return
    held = session.scalar(
        text("SELECT vector_model FROM knowledge_index_state WHERE tenant_id = :tenant"), values
    )
    if held != model:
        session.execute(text(f"DELETE FROM {tables.vectors}"))
    added, dims = _add_missing(session, tables, values)
    session.execute(text(
        f"UPDATE {tables.vectors} v SET grp = i.grp FROM {tables.passages} i "
        "WHERE i.passage_id = v.passage_id AND v.grp <> i.grp"))  # fmt: skip
    if added or held != model:
        session.execute(text(
            "UPDATE knowledge_index_state s SET vector_model = :model, "
            "centre = CAST(n.centre AS real[]) FROM (SELECT avg(CAST(embedding AS vector)) "
            f"AS centre FROM {tables.vectors}) AS n WHERE s.tenant_id = :tenant"),
            values)  # fmt: skip
    if dims and size > MANY and (whole or held != model):
        index_vectors(session, tables, dims)


def _add_missing(session: Session, tables: Tables, values: Mapping[str, Any]) -> tuple[int, int]:
    """How many vectors were added, and their dimensions."""
    missing = session.execute(text(
        f"SELECT i.passage_id, i.document_id, i.grp, i.text_hash FROM {tables.passages} i "
        f"LEFT JOIN {tables.vectors} h ON h.passage_id = i.passage_id "
        "WHERE h.passage_id IS NULL")).all()  # fmt: skip
    added = dims = 0
    driver: Any = session.connection().connection.driver_connection
    for at in range(0, len(missing), _AT_ONCE):
        part = missing[at : at + _AT_ONCE]
        found = {
            row.text_hash: (row.data, row.dims)
            for row in session.execute(text(
                "SELECT text_hash, data, dims FROM knowledge_vectors WHERE tenant_id = :tenant "
                "AND model = :model AND text_hash = ANY(:hashes)"),
                {**values, "hashes": [row.text_hash for row in part]})
        }  # fmt: skip
        with (
            driver.cursor() as cursor,
            cursor.copy(
                f"COPY {tables.vectors} (passage_id, document_id, grp, embedding) FROM STDIN"
            ) as copy,
        ):
            for row in part:
                data, wide = found.get(row.text_hash, (b"", 0))
                dims = dims or wide
                if wide and wide == dims and len(data) == wide * _STORED.itemsize:
                    stored = literal(np.frombuffer(data, dtype=_STORED))
                    copy.write_row((row.passage_id, row.document_id, row.grp, stored))
                    added += 1
    return added, dims


def literal(vector: Any) -> str:
    """A vector as pgvector reads it."""
    values = vector.tolist()
    return "[" + (",".join(["%.6g"] * len(values)) % tuple(values)) + "]"


def nearest(
    session: Session, outline: IndexOutline, allowed: Sequence[int], asked: Floats
) -> Nearest:
    """The nearest passages in the groups `allowed`: exact up to `nearest.MANY` passages, by the
    graph beyond."""
    exact = outline.size <= MANY or outline.centre is None
    values = {
        "asked": literal(asked),
        "groups": list(allowed),
        "most": NEAREST,
    }
    if exact:
        rows = session.execute(text(
            "WITH near AS MATERIALIZED (SELECT passage_id, document_id, "
            f"-(embedding <#> CAST(:asked AS halfvec)) AS near FROM {outline.tables.vectors} "
            "WHERE grp = ANY(:groups)) "
            "SELECT passage_id, document_id, near, (SELECT avg(near) FROM near) AS mean "
            "FROM near ORDER BY near DESC LIMIT :most"), values).all()  # fmt: skip
        mean = float(rows[0].mean) if rows else 0.0
    else:
        session.execute(text(
            "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), "
            f"set_config('hnsw.ef_search', '{NEAREST}', true), "
            f"set_config('hnsw.max_scan_tuples', '{_SCANNED}', true)"))  # fmt: skip
        cast = f"halfvec({len(asked):d})"
        rows = session.execute(text(
            f"SELECT passage_id, document_id, -(CAST(embedding AS {cast}) <#> "
            f"CAST(:asked AS {cast})) AS near FROM {outline.tables.vectors} "
            "WHERE grp = ANY(:groups) "
            f"ORDER BY CAST(embedding AS {cast}) <#> CAST(:asked AS {cast}) LIMIT :most"),
            values).all()  # fmt: skip
        mean = float(outline.centre @ asked) if outline.centre is not None else 0.0
    documents: dict[str, float] = {}
    for row in rows:
        documents[row.document_id] = max(row.near, documents.get(row.document_id, -np.inf))
    return Nearest({row.passage_id: row.near for row in rows}, documents, mean, exact)


def of_documents(
    session: Session, outline: IndexOutline, allowed: Sequence[int], asked: Floats,
    ids: Sequence[str],
) -> dict[str, float]:  # fmt: skip
    """The best inner product in each of some documents."""
    rows = session.execute(text(
        "SELECT document_id, max(-(embedding <#> CAST(:asked AS halfvec))) "
        f"FROM {outline.tables.vectors} WHERE grp = ANY(:groups) "
        "AND document_id = ANY(:ids) GROUP BY document_id"),
        {"asked": literal(asked), "groups": list(allowed),
         "ids": list(ids)})  # fmt: skip
    return {row[0]: row[1] for row in rows}


class AskedDense(Dense):
    """The standing of a sample's documents, which the database has worked out already."""

    def __init__(self, model: str, by_document: Floats, document_of: Any) -> None:
        self.model = model
        self._lifted: Floats = by_document[document_of]

    def standing(self, question: Floats, visible: Mask) -> Floats:
        return self._lifted
