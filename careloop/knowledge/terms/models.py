"""Tables of a tenant's own terms."""

from __future__ import annotations

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow
from careloop.kit.errors import Conflict
from careloop.kit.ids import ID_LENGTH


class TermEntry(Entity):
    """A concept of the tenant; one with the key of a shipped concept stands in its place.

    `names` maps a language to its names, the preferred first; `reviewed` lists languages.
    """

    __tablename__ = "knowledge_terms"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    domain: Mapped[str] = mapped_column(String(80), default="")
    names: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    reviewed: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")


class TermProposal(Entity):
    """An expression of the tenant's documents that no concept names: open, accepted or dismissed.

    `folded` is the expression as matching sees it; `term_key` the concept it was accepted as.
    """

    __tablename__ = "knowledge_term_proposals"
    __table_args__ = (
        UniqueConstraint("tenant_id", "lang", "folded"),
        Index(None, "tenant_id", "state"),
    )

    folded: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(20))
    count: Mapped[int]
    score: Mapped[float]
    documents: Mapped[list[str]] = mapped_column(JSON, default=list)
    examples: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(10), default="open")
    term_key: Mapped[str] = mapped_column(String(80), default="")

    def accept(self, term_key: str) -> None:
        """It has become a term; `Conflict` unless it is open."""
        self._leave("accepted")
        self.term_key = term_key

    def dismiss(self) -> None:
        """It is no term and is not proposed again; `Conflict` unless it is open."""
        self._leave("dismissed")

    def _leave(self, state: str) -> None:
        if self.state != "open":
            raise Conflict(f"The proposal {self.text!r} is already {self.state}")
        self.state = state


class TermRevision(TenantRow):
    """Counts the changes of a tenant's terms, so that other processes notice them.

    `stamp` is another one for each change, anywhere.
    """

    __tablename__ = "knowledge_term_revisions"
    audited = False

    revision: Mapped[int] = mapped_column(default=0)
    stamp: Mapped[str] = mapped_column(String(ID_LENGTH))
