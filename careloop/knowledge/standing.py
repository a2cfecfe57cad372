"""Whether a translation is behind its original: by versions where they are known, else by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.knowledge.models import Document, Edition

TRANSLATED_FROM = "translated_from"
"""In a translation's `extra`: the number of the original's version that it was made from."""


@dataclass(frozen=True, slots=True)
class Standing:
    """When the published version was written and published, where from, and of what version of
    the original it is a translation (None: unknown)."""

    written_at: datetime
    published_at: datetime | None
    origin: str
    translated_from: int | None


def standings(session: Session, tenant_id: str) -> Mapping[str, Standing]:
    """The standing of every published document, by its id."""
    rows = session.execute(
        select(
            Edition.document_id, Edition.created_at, Edition.published_at, Edition.origin,
            Document.extra,
        )
        .join(
            Document,
            (Document.tenant_id == Edition.tenant_id)
            & (Document.id == Edition.document_id)
            & (Document.edition == Edition.number),
        )
        .where(Edition.tenant_id == tenant_id)
    )  # fmt: skip
    return {
        row[0]: Standing(row[1], row[2], row[3], (row[4] or {}).get(TRANSLATED_FROM))
        for row in rows
    }


def original_of(family: Sequence[Document]) -> Document | None:
    """The row of a key that is no translation; the published one if there are several."""
    found = [row for row in family if not row.translation]
    return min(found, key=lambda row: (row.state != "published", row.lang), default=None)


def is_behind(row: Document, family: Sequence[Document], known: Mapping[str, Standing]) -> bool:
    """Whether the original was published anew since this translation was made.

    Of two files that came with a date the dates decide, since both may be delivered at once.
    """
    original = original_of(family)
    if original is None or not row.translation or original.id == row.id:
        return False
    ours, theirs = known.get(row.id), known.get(original.id)
    made = ours is not None and ours.origin == "translation"
    if made and ours is not None and ours.translated_from is not None:
        return original.edition > ours.translated_from
    if row.updated and original.updated and row.updated != original.updated:
        return row.updated < original.updated
    if ours is None or theirs is None or theirs.published_at is None:
        return False
    if ours.origin == theirs.origin == "file":
        return False
    return theirs.published_at > ours.written_at
