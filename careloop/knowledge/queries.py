"""The only selects of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.knowledge.models import WAITING, Document, Edition, KnowledgeRevision, Passage


def visible_to(actor: Actor) -> Select[Document]:
    """Published documents of the actor's tenant and audiences."""
    return select(Document).where(
        Document.tenant_id == actor.tenant_id,
        Document.state == "published",
        Document.audience.in_(actor.audiences()),
    )


def find_document(session: Session, actor: Actor, key: str, lang: str | None) -> Document | None:
    """The document in this language; without one, its original (the row that is no translation)."""
    rows = session.scalars(visible_to(actor).where(Document.key == key)).all()
    if lang is not None:
        return next((row for row in rows if row.lang == lang), None)
    return min(rows, key=lambda row: (bool(row.translation), row.lang), default=None)


def list_documents(session: Session, actor: Actor) -> Sequence[Document]:
    """All documents the actor may read, by id and language."""
    return session.scalars(visible_to(actor).order_by(Document.key, Document.lang)).all()


def documents_of_tenant(session: Session, tenant_id: str) -> Sequence[Document]:
    """Every document in every state, for the writer."""
    return session.scalars(select(Document).where(Document.tenant_id == tenant_id)).all()


def documents_of_key(session: Session, tenant_id: str, key: str) -> Sequence[Document]:
    """The published documents of this key, one for each language."""
    return session.scalars(
        select(Document).where(
            Document.tenant_id == tenant_id, Document.key == key, Document.state == "published"
        )
    ).all()


def documents_by_key(session: Session, tenant_id: str, key: str) -> Sequence[Document]:
    """The documents of this key in every state, one for each language."""
    return session.scalars(
        select(Document).where(Document.tenant_id == tenant_id, Document.key == key)
    ).all()


def documents_at(session: Session, tenant_id: str, path: str) -> Sequence[Document]:
    """The documents that came from this file."""
    return session.scalars(
        select(Document).where(Document.tenant_id == tenant_id, Document.source_path == path)
    ).all()


def published_ids(session: Session, tenant_id: str) -> Sequence[str]:
    """Ids of the documents that are read."""
    return session.scalars(
        select(Document.id)
        .where(Document.tenant_id == tenant_id, Document.state == "published")
        .order_by(Document.key, Document.lang)
    ).all()


def model_names(session: Session, tenant_id: str) -> set[str]:
    """Every model that a document is for."""
    rows = session.scalars(select(Document.product_models).where(Document.tenant_id == tenant_id))
    return {name for names in rows for name in names}


def passages_of(
    session: Session, tenant_id: str, document_id: str, edition: int
) -> Sequence[Passage]:
    """The passages of an edition in order."""
    return session.scalars(
        select(Passage)
        .where(
            Passage.tenant_id == tenant_id,
            Passage.document_id == document_id,
            Passage.edition == edition,
        )
        .order_by(Passage.ordinal)
    ).all()


def passage_counts(session: Session, tenant_id: str) -> dict[str, int]:
    """How many published passages each document has."""
    rows = session.execute(
        select(Passage.document_id, func.count())
        .join(
            Document,
            (Document.tenant_id == Passage.tenant_id)
            & (Document.id == Passage.document_id)
            & (Document.edition == Passage.edition),
        )
        .where(Passage.tenant_id == tenant_id)
        .group_by(Passage.document_id)
    )
    return {row[0]: row[1] for row in rows}


def count_passages(session: Session, tenant_id: str, document_id: str, edition: int) -> int:
    """How many passages an edition was compiled to."""
    counted = session.scalar(
        select(func.count()).where(
            Passage.tenant_id == tenant_id,
            Passage.document_id == document_id,
            Passage.edition == edition,
        )
    )
    return counted or 0


def count_published(session: Session, tenant_id: str) -> int:
    """How many passages the tenant has published."""
    counted = session.scalar(
        select(func.count())
        .select_from(Passage)
        .join(
            Document,
            (Document.tenant_id == Passage.tenant_id)
            & (Document.id == Passage.document_id)
            & (Document.edition == Passage.edition),
        )
        .where(Passage.tenant_id == tenant_id, Document.state == "published")
    )
    return counted or 0


def editions_of(session: Session, tenant_id: str, document_id: str) -> Sequence[Edition]:
    """All editions of a document, the newest first."""
    return session.scalars(
        select(Edition)
        .where(Edition.tenant_id == tenant_id, Edition.document_id == document_id)
        .order_by(Edition.number.desc())
    ).all()


def document_row(session: Session, tenant_id: str, key: str, lang: str) -> Document | None:
    """The article of this key and language, in any state."""
    return session.scalars(
        select(Document).where(
            Document.tenant_id == tenant_id, Document.key == key, Document.lang == lang
        )
    ).first()


def edition(session: Session, tenant_id: str, document_id: str, number: int) -> Edition | None:
    """One edition of a document."""
    return session.scalars(
        select(Edition).where(
            Edition.tenant_id == tenant_id,
            Edition.document_id == document_id,
            Edition.number == number,
        )
    ).first()


def file_hashes(session: Session, tenant_id: str) -> dict[str, tuple[str, str]]:
    """For each document the content hash and the state of the last edition that a file gave."""
    rows = session.execute(
        select(Edition.document_id, Edition.content_hash, Edition.state)
        .where(Edition.tenant_id == tenant_id, Edition.origin == "file")
        .order_by(Edition.number)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def waiting_edition(session: Session, tenant_id: str, document_id: str) -> Edition | None:
    """The edition that waits to be published, if any."""
    return session.scalars(
        select(Edition).where(
            Edition.tenant_id == tenant_id,
            Edition.document_id == document_id,
            Edition.state.in_(WAITING),
        )
    ).first()


def revision_of(session: Session, tenant_id: str) -> int:
    """How often this tenant has published; 0 for never."""
    row = session.execute(
        select(KnowledgeRevision.revision).where(KnowledgeRevision.tenant_id == tenant_id)
    ).scalar()
    return row or 0


def index_documents(session: Session, tenant_id: str) -> Sequence[Any]:
    """What the index needs of each published document, by id of the row."""
    return session.execute(
        select(
            Document.id, Document.key, Document.lang, Document.title, Document.type,
            Document.product_models, Document.audience, Document.firmware,
            Document.effective_from, Document.effective_until, Document.updated,
            Document.supersedes, Document.translation, Document.figures, Document.edition,
            Document.compiled_with,
        )
        .where(Document.tenant_id == tenant_id, Document.state == "published")
        .order_by(Document.key, Document.lang)
    ).all()  # fmt: skip


def index_passages(session: Session, tenant_id: str) -> Iterable[Any]:
    """Compiled passages of published documents, grouped by document, in order."""
    return session.execute(
        select(
            Passage.document_id, Passage.id, Passage.ordinal, Passage.section,
            Passage.section_ordinal, Passage.kind, Passage.text, Passage.search, Passage.codes,
            Passage.hazard, Passage.data, Passage.page,
        )
        .join(
            Document,
            (Document.tenant_id == Passage.tenant_id)
            & (Document.id == Passage.document_id)
            & (Document.edition == Passage.edition),
        )
        .where(Passage.tenant_id == tenant_id, Document.state == "published")
        .order_by(Document.key, Document.lang, Passage.ordinal)
        .execution_options(yield_per=5000)
    )  # fmt: skip
