"""Tables of the search inside PostgreSQL: derived from the books, made on first use.

They are no part of the migrations: SQLite has no such thing, and all of them can be dropped and
made again from `knowledge_passages`. A tenant has tables of its own, so that its index holds
nobody else's words. A row of `knowledge_index_state` names their generation: an index is built
anew beside the one that serves, and readers change over with the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha1
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.kit.db import INDEX_SCHEMA, TENANT_RULE

FORM = 1
"""Raised when the rows of an older version would be read wrongly; they are then made anew."""
_LOCK = 0x6B6E6F77
"""First key of the advisory locks: the letters of "know". The second is the tenant's."""

_STATE = (
    f"""CREATE TABLE IF NOT EXISTS {INDEX_SCHEMA}.knowledge_index_state (
    tenant_id varchar(64) PRIMARY KEY, generation int NOT NULL, form int NOT NULL,
    revision bigint NOT NULL, outline jsonb NOT NULL, vector_model text, centre real[])""",
    "ALTER TABLE knowledge_index_state ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE knowledge_index_state FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY tenant_rows ON knowledge_index_state USING ({TENANT_RULE}) "
    f"WITH CHECK ({TENANT_RULE})",
)


class Tables(NamedTuple):
    """Names of one generation of a tenant's tables."""

    passages: str
    documents: str
    terms: str
    vectors: str


def tables_of(tenant_id: str, generation: int) -> Tables:
    start = f"knowledge_index_{_digest(tenant_id)}_{generation:d}"
    return Tables(*(f"{start}_{what}" for what in Tables._fields))


def state_exists(session: Session) -> bool:
    """Whether anybody has ever written an index."""
    return _exists(session, "knowledge_index_state")


def make_state(session: Session) -> None:
    """Make what all tenants share; two processes that start at once do not collide."""
    if state_exists(session):
        return
    _lock(session, 0)
    for statement in _STATE:
        session.execute(text(statement))


def has_vectors(session: Session) -> bool:
    """Whether the database can hold vectors."""
    found = session.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'vector'"))
    return found is not None


def lock_tenant(session: Session, tenant_id: str) -> None:
    """One writer of a tenant's index at a time; until the transaction ends."""
    _lock(session, int(_digest(tenant_id)[:8], 16) - (1 << 31))


def make_tables(session: Session, tables: Tables) -> None:
    """A generation without its indexes, which are made faster over rows that stand."""
    statements = [
        f"CREATE TABLE {INDEX_SCHEMA}.{tables.passages} (passage_id varchar(64) NOT NULL, "
        "document_id varchar(64) NOT NULL, grp int NOT NULL, models text[] NOT NULL, "
        "length real NOT NULL, text_hash text NOT NULL, terms tsvector NOT NULL) "
        # Terms stay in the row as they are, or every look at them would fetch and unpack them.
        "WITH (toast_tuple_target = 8000)",
        f"ALTER TABLE {tables.passages} ALTER COLUMN terms SET STORAGE EXTERNAL",
        f"CREATE TABLE {INDEX_SCHEMA}.{tables.documents} (document_id varchar(64) PRIMARY KEY, "
        "content text NOT NULL, filters text NOT NULL, prefixes text[] NOT NULL, "
        "terms tsvector NOT NULL)",
        f"ALTER TABLE {tables.documents} ALTER COLUMN terms SET STORAGE EXTERNAL",
        f"CREATE TABLE {INDEX_SCHEMA}.{tables.terms} (term text PRIMARY KEY, held int NOT NULL)",
    ]
    if has_vectors(session):
        statements.append(
            f"CREATE TABLE {INDEX_SCHEMA}.{tables.vectors} (passage_id varchar(64) PRIMARY KEY, "
            "document_id varchar(64) NOT NULL, grp int NOT NULL, embedding halfvec NOT NULL)"
        )
        statements.append(f"CREATE INDEX ON {tables.vectors} (document_id)")
    for statement in statements:
        session.execute(text(statement))


def index_tables(session: Session, tables: Tables) -> None:
    """The indexes of a generation that has just been filled."""
    session.execute(text("SELECT set_config('maintenance_work_mem', '512MB', true)"))
    for statement in (
        f"ALTER TABLE {tables.passages} ADD PRIMARY KEY (passage_id)",
        f"CREATE INDEX ON {tables.passages} (document_id)",
        # Without a list of what is pending, which each search would read from end to end.
        f"CREATE INDEX ON {tables.passages} USING gin (terms) WITH (fastupdate = off)",
        *(f"ANALYZE {name}" for name in (tables.passages, tables.documents, tables.terms)),
    ):
        session.execute(text(statement))


def index_vectors(session: Session, tables: Tables, dims: int) -> None:
    """The graph over the vectors; see `hnsw` of pgvector."""
    session.execute(text("SELECT set_config('maintenance_work_mem', '512MB', true)"))
    session.execute(text(f"DROP INDEX IF EXISTS {tables.vectors}_near"))
    session.execute(
        text(
            f"CREATE INDEX {tables.vectors}_near ON {tables.vectors} "
            f"USING hnsw ((CAST(embedding AS halfvec({dims:d}))) halfvec_ip_ops)"
        )
    )


def next_generation(session: Session, tenant_id: str) -> int:
    """A number that no tables of the tenant bear, be their state lost."""
    numbers = [int(name.split("_")[-2]) for name in _names(session, tenant_id)]
    return max(numbers, default=0) + 1


def others(session: Session, tenant_id: str, generation: int) -> list[str]:
    """The tenant's tables of every other generation."""
    kept = tables_of(tenant_id, generation)
    return [name for name in _names(session, tenant_id) if name not in kept]


def drop(session: Session, name: str) -> None:
    """Drop one table, after all who still read it. One to a transaction: who holds one table and
    waits for the next could wait for a reader who waits for the first."""
    session.execute(text(f"DROP TABLE IF EXISTS {name}"))


def _names(session: Session, tenant_id: str) -> Sequence[str]:
    """The tenant's tables of every generation."""
    return session.scalars(
        text(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND starts_with(relname, :start) "
            "AND pg_table_is_visible(oid)"
        ),
        {"start": f"knowledge_index_{_digest(tenant_id)}_"},
    ).all()


def _exists(session: Session, name: str) -> bool:
    return session.scalar(text("SELECT to_regclass(:name)"), {"name": name}) is not None


def _lock(session: Session, key: int) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(:lock, :key)"), {"lock": _LOCK, "key": key})


def _digest(tenant_id: str) -> str:
    return sha1(tenant_id.encode(), usedforsecurity=False).hexdigest()[:16]
