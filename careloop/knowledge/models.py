"""Tables of the library: documents, their compiled passages, the revision of a tenant's index."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow
from careloop.kit.errors import Conflict
from careloop.kit.ids import ID_LENGTH

TYPES = ("faq", "troubleshooting", "procedure", "policy", "spec")
STATES = ("draft", "published", "retired")


class Document(Entity):
    """One article in one language. Translations share the `key` and differ in `lang`."""

    __tablename__ = "knowledge_documents"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key", "lang"),
        Index(None, "tenant_id", "source_path"),
    )

    key: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(20), default="faq")
    product_models: Mapped[list[str]] = mapped_column(JSON, default=list)
    audience: Mapped[str] = mapped_column(String(10), default="public")
    firmware: Mapped[str] = mapped_column(String(100), default="")
    effective_from: Mapped[date | None]
    effective_until: Mapped[date | None]
    updated: Mapped[date | None]
    supersedes: Mapped[list[str]] = mapped_column(JSON, default=list)
    translation: Mapped[str] = mapped_column(String(20), default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source_path: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    compiled_with: Mapped[str] = mapped_column(String(64), default="")
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="published")

    def publish(self) -> None:
        """Make the document visible; a retired one comes back."""
        self.state = "published"

    def retire(self) -> None:
        """Take a published document out of use; `Conflict` when it is not published."""
        if self.state != "published":
            raise Conflict(f"Document {self.key} ({self.lang}) is {self.state}, not published")
        self.state = "retired"


class Passage(Entity):
    """A piece of a document that can answer a question by itself.

    `search` holds the tokens compiled at publish time, six lines: title, section, body,
    concepts of title and section, concepts of the body, concepts of section and body each once
    (what the passage itself speaks of); each space-separated.
    `data` holds what the text was made of: `{"headers", "cells", "caption"}` for a table row,
    `{"caption", "headers", "rows"}` for a table, `{"procedure"}` for a procedure.
    """

    __tablename__ = "knowledge_passages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["knowledge_documents.tenant_id", "knowledge_documents.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("tenant_id", "document_id", "ordinal"),
    )

    document_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    ordinal: Mapped[int]
    section: Mapped[str] = mapped_column(Text, default="")
    section_ordinal: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    concepts: Mapped[list[str]] = mapped_column(JSON, default=list)
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    hazard: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    page: Mapped[int | None]


class KnowledgeRevision(TenantRow):
    """Counts the publications of a tenant, so that other processes notice them."""

    __tablename__ = "knowledge_revisions"

    revision: Mapped[int] = mapped_column(default=0)
