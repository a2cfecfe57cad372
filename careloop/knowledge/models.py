"""Tables of the library: documents with their editions, compiled passages, the index revision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow
from careloop.kit.errors import Conflict
from careloop.kit.ids import ID_LENGTH

TYPES = ("faq", "troubleshooting", "procedure", "policy", "spec", "manual")
STATES = ("draft", "published", "retired")
WAITING = ("draft", "approved")
"""States of an edition that is not published yet."""
ORIGINS = ("file", "editor", "ticket", "gap", "translation")


class Document(Entity):
    """One article in one language. Translations share the `key` and differ in `lang`.

    Its own columns are those of the published edition; before the first publication those of the
    first draft. `edition` is the number of the published edition, 0 before.
    """

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
    state: Mapped[str] = mapped_column(String(10), default="draft")
    edition: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    format: Mapped[str] = mapped_column(String(10), default="md")
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)

    def publish(self, edition: Edition) -> None:
        """Make this edition the one that is read; a retired document comes back."""
        matter = edition.matter
        self.title, self.type, self.audience = matter["title"], matter["type"], matter["audience"]
        self.product_models, self.firmware = matter["product_models"], matter["firmware"]
        self.effective_from = as_day(matter["effective_from"])
        self.effective_until = as_day(matter["effective_until"])
        self.updated, self.supersedes = as_day(matter["updated"]), matter["supersedes"]
        self.translation, self.extra = matter["translation"], matter["extra"]
        self.body, self.content_hash = edition.body, edition.content_hash
        self.compiled_with, self.format = edition.compiled_with, edition.format
        self.source_sha256, self.pages = edition.source_sha256, edition.pages
        self.figures, self.warnings = edition.figures, edition.warnings
        self.edition, self.state = edition.number, "published"

    def retire(self) -> None:
        """Take a published document out of use; `Conflict` when it is not published."""
        if self.state != "published":
            raise Conflict(f"Document {self.key} ({self.lang}) is {self.state}, not published")
        self.state = "retired"

    def restore(self) -> None:
        """Bring a retired document back; `Conflict` when it is not retired."""
        if self.state != "retired":
            raise Conflict(f"Document {self.key} ({self.lang}) is {self.state}, not retired")
        self.state = "published"


class Edition(Entity):
    """One version of a document's text and matter, as somebody wrote it or a file said it.

    draft -> approved -> published -> superseded; a draft or approved one may be rejected. At most
    one edition of a document waits, at most one is published. `matter` is the front matter with
    dates as ISO text; `figures` maps names to `{sha256, media_type, page, box, caption}`.
    """

    __tablename__ = "knowledge_editions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["knowledge_documents.tenant_id", "knowledge_documents.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("tenant_id", "document_id", "number"),
        Index(None, "tenant_id", "state"),
    )

    document_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    origin: Mapped[str] = mapped_column(String(12), default="editor")
    matter: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    body: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    compiled_with: Mapped[str] = mapped_column(String(64), default="")
    format: Mapped[str] = mapped_column(String(10), default="md")
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(200), default="")
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    def approve(self, by: str) -> None:
        """A second pair of eyes agrees; `Conflict` unless it is a draft."""
        if self.state != "draft":
            raise Conflict(f"Version {self.number} is {self.state}; only a draft is approved")
        self.state, self.approved_by = "approved", by

    def publish(self, at: datetime) -> None:
        """`Conflict` unless it waits."""
        if not self.waits:
            raise Conflict(f"Version {self.number} is {self.state}; it cannot be published")
        self.state, self.published_at = "published", at

    def reopen(self) -> None:
        """A rejected draft waits again; `Conflict` when it was not rejected."""
        if self.state != "rejected":
            raise Conflict(f"Version {self.number} is {self.state}; it cannot be reopened")
        self.state = "draft"

    def leave(self, state: str) -> None:
        """Become `superseded` (it was published) or `rejected` (it waited)."""
        wanted = "published" if state == "superseded" else WAITING
        if self.state not in wanted:
            raise Conflict(f"Version {self.number} is {self.state}; it cannot be {state}")
        self.state = state


class Passage(Entity):
    """A piece of a document that can answer a question by itself.

    `search` holds the tokens compiled at publish time, six lines: title, section, body,
    concepts of title and section, concepts of the body, concepts of section and body each once
    (what the passage itself speaks of); each space-separated.
    `data` holds what the text was made of: `{"headers", "cells", "caption"}` for a table row,
    `{"caption", "headers", "rows"}` for a table, `{"procedure"}` for a procedure; and in
    `figures` the names of the pictures to show with it.
    """

    __tablename__ = "knowledge_passages"
    audited = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["knowledge_documents.tenant_id", "knowledge_documents.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("tenant_id", "document_id", "edition", "ordinal"),
    )

    document_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    edition: Mapped[int]
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


def as_day(text: str | None) -> date | None:
    """A day as it stands in an edition's matter."""
    return date.fromisoformat(text) if text else None
