"""The only selects of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.knowledge.models import Document, KnowledgeRevision, Passage


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


def passages_of(session: Session, tenant_id: str, document_id: str) -> Sequence[Passage]:
    """The passages of a document in order."""
    return session.scalars(
        select(Passage)
        .where(Passage.tenant_id == tenant_id, Passage.document_id == document_id)
        .order_by(Passage.ordinal)
    ).all()


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
            Document.supersedes, Document.translation,
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
            (Document.tenant_id == Passage.tenant_id) & (Document.id == Passage.document_id),
        )
        .where(Passage.tenant_id == tenant_id, Document.state == "published")
        .order_by(Document.key, Document.lang, Passage.ordinal)
        .execution_options(yield_per=5000)
    )  # fmt: skip
