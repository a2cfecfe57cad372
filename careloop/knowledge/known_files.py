"""Which files the library knows already, by their names and by their contents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.knowledge import queries
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.models import WAITING, Document

_READ = ("published", "superseded")


class Known:
    """What the library knows of files while some are being added."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        rows = queries.documents_of_tenant(session, tenant_id)
        self._rows = {row.id: row for row in rows}
        self._by_path = {row.source_path: row for row in rows if row.source_path}
        self._hashes = queries.file_hashes(session, tenant_id)
        self._by_hash = {
            digest: self._rows[document_id]
            for document_id, (digest, _) in self._hashes.items()
            if document_id in self._rows
        }
        self._written: dict[tuple[str, str], str] = {}

    def holding(self, source: SourceFile, digest: str) -> Document | None:
        """The published document that has this very file already, also when it was moved or
        when an editor has mended what it said; None when it has to be read."""
        row = self._by_path.get(source.path)
        if row is None or not self._holds(row, digest):
            row = self._by_hash.get(digest)
            # A file without an id of its own is named by its place: elsewhere it is another one.
            if row is None or row.key == row.source_path or not self._holds(row, digest):
                return None
            if row.source_path in self._written.values():
                return None
        self._written[row.key, row.lang] = source.path
        return row

    def waiting(self, source: SourceFile, digest: str) -> Document | None:
        """The document that has this very file as the edition that waits to be accepted."""
        row = self._by_path.get(source.path)
        if row is None or self._hashes.get(row.id, ("", ""))[0] != digest:
            return None
        return row if self._hashes[row.id][1] in WAITING else None

    def claim(self, source: SourceFile, key: str, lang: str) -> list[str]:
        """Warnings when two files of one delivery say that they are the same document."""
        other = self._written.get((key, lang))
        self._written[key, lang] = source.path
        if other is None or other == source.path:
            return []
        return [f"id {key!r} in {lang} also stands in {other}; this file wins"]

    def at(self, path: str) -> Document | None:
        """The document that came from the file of this name."""
        return self._by_path.get(path)

    def published(self, row: Document, digest: str) -> None:
        self._rows[row.id] = row
        self._by_path[row.source_path] = row
        self._by_hash[digest] = row
        self._hashes[row.id] = (digest, "published")

    def _holds(self, row: Document, digest: str) -> bool:
        known, state = self._hashes.get(row.id, ("", ""))
        return known == digest and row.state == "published" and state in _READ
