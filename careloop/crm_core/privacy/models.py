"""Tables of consent, retention, legal holds and requests of persons."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by
from careloop.kit.errors import Conflict


class Purpose(StrEnum):
    """What personal data are used for; each needs its own consent or another legal basis."""

    SERVICE = "service"
    CHAT = "chat"
    MARKETING = "marketing"
    SURVEY = "survey"
    TRANSFER = "transfer_abroad"


class ErasureState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    CANCELLED = "cancelled"


class ConsentNote(Entity):
    """The text a person consents to, per purpose and language; a new text is a new number.

    The newest number counts; older ones stay, because consents were given to them.
    """

    __tablename__ = "consent_note"
    __table_args__ = (UniqueConstraint("tenant_id", "purpose", "language", "number"),)

    purpose: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Consent(Entity):
    """One act of consent: given or withdrawn, to which text, by which way. Never changed."""

    __tablename__ = "consent"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        Index("ix_consent_contact", "tenant_id", "contact_id", "id"),
    )

    contact_id: Mapped[str] = mapped_column(String(26))
    purpose: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="")
    note_number: Mapped[int | None]
    recorded_by: Mapped[str] = mapped_column(String(60))
    remark: Mapped[str] = mapped_column(String(300), default="")


class RetentionRule(Entity):
    """How many days rows of a kind are kept, and why; a rule that is off deletes nothing."""

    __tablename__ = "retention_rule"
    __table_args__ = (UniqueConstraint("tenant_id", "kind"),)

    kind: Mapped[str] = mapped_column(String(30))
    days: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    basis: Mapped[str] = mapped_column(String(300), default="")


class LegalHold(Entity):
    """Data of a person that must be kept, with the reason; it blocks erasure until lifted."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        Index("ix_legal_hold_contact", "tenant_id", "contact_id"),
    )

    contact_id: Mapped[str] = mapped_column(String(26))
    reason: Mapped[str] = mapped_column(String(300))
    placed_by: Mapped[str] = mapped_column(String(60))
    lifted_at: Mapped[datetime | None]

    def lift(self, now: datetime) -> None:
        if self.lifted_at is not None:
            raise Conflict("This hold has been lifted already")
        self.lifted_at = now
        self.touch(now)


class PersonalExport(Entity):
    """A copy of a person's data was made: when, by whom, and of how many rows and files."""

    __tablename__ = "personal_export"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        Index("ix_personal_export_contact", "tenant_id", "contact_id"),
    )

    contact_id: Mapped[str] = mapped_column(String(26))
    made_by: Mapped[str] = mapped_column(String(60))
    rows: Mapped[int]
    files: Mapped[int]


class Erasure(Entity):
    """A person's data are to be erased: asked -> done, or cancelled.

    Once done, the row is the certificate: when, on which basis, who asked, who confirmed and how
    (`person`: a second one; `typed`: the same one typed the confirmation), how many rows of each
    table changed or went (`counts`), and what was kept and why (`kept`). It holds no personal
    value of the erased person.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        Index("ix_erasure_contact", "tenant_id", "contact_id"),
    )

    contact_id: Mapped[str] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default=ErasureState.ASKED)
    basis: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_by: Mapped[str] = mapped_column(String(60))
    confirmed_by: Mapped[str] = mapped_column(String(60), default="")
    confirmed_how: Mapped[str] = mapped_column(String(10), default="")
    done_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    kept: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    def finish(
        self, by: str, how: str, now: datetime, counts: dict[str, int], kept: list[dict[str, Any]]
    ) -> None:
        """Asked -> done."""
        self._must_be_open()
        self.state, self.done_at = ErasureState.DONE, now
        self.confirmed_by, self.confirmed_how = by, how
        self.counts, self.kept = dict(counts), kept
        self.touch(now)

    def cancel(self, now: datetime) -> None:
        """Asked -> cancelled."""
        self._must_be_open()
        self.state = ErasureState.CANCELLED
        self.touch(now)

    def _must_be_open(self) -> None:
        if self.state != ErasureState.ASKED:
            raise Conflict(f"This erasure is {self.state} already")


class FileRemoval(Entity):
    """A stored file that no row names any more; its bytes go after the commit, or in the sweep."""

    __tablename__ = "file_removal"
    audited = False
    __table_args__ = (UniqueConstraint("tenant_id", "sha256"),)

    sha256: Mapped[str] = mapped_column(String(64))
