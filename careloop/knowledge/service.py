"""The only writer of the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Forbidden
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.knowledge import queries
from careloop.knowledge.errors import DocumentNotFound, UnreadableSource
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.ingest.compile import (
    CompiledDocument,
    compile_file,
    compiler_version,
    content_hash,
)  # fmt: skip
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.models import Document, KnowledgeRevision, Passage

__all__ = ["AddReport", "FileReport", "SourceFile", "add_files", "retire"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `documents` and `passages` are counts in the library now."""

    path: str
    documents: int
    passages: int
    warnings: tuple[str, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class AddReport:
    """One entry for each file handed in, in that order."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def documents(self) -> int:
        return sum(item.documents for item in self.files)

    @property
    def passages(self) -> int:
        return sum(item.passages for item in self.files)

    @property
    def warnings(self) -> list[str]:
        return [f"{item.path}: {text}" for item in self.files for text in item.warnings]


def add_files(session: Session, actor: Actor, files: Iterable[SourceFile]) -> AddReport:
    """Publish files; needs `knowledge:write`.

    The same content again changes nothing. Changed content replaces the document of the same
    id and language. A file that cannot be read is reported and the others are added.
    """
    _may_write(actor)
    shelf = _Shelf(session, actor)
    report = AddReport([shelf.add(source) for source in files])
    if shelf.changed:
        _publish(session, actor.tenant_id)
    return report


def retire(session: Session, actor: Actor, key: str, lang: str | None = None) -> int:
    """Take a document out of use, in one language or in all; the number of rows retired."""
    _may_write(actor)
    rows = [
        row
        for row in queries.documents_of_tenant(session, actor.tenant_id)
        if row.key == key and row.state == "published" and lang in (None, row.lang)
    ]
    if not rows:
        raise DocumentNotFound(f"No published document {key!r}")
    for row in rows:
        row.retire()
        row.touch(now(session))
    session.flush()
    _publish(session, actor.tenant_id)
    return len(rows)


class _Shelf:
    """The tenant's documents while files are being added."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.tenant_id = session, actor.tenant_id
        self.changed = False
        rows = queries.documents_of_tenant(session, actor.tenant_id)
        self._by_name = {(row.key, row.lang): row for row in rows}
        self._by_path = {row.source_path: row for row in rows if row.state == "published"}
        self._written: dict[tuple[str, str], str] = {}

    def add(self, source: SourceFile) -> FileReport:
        known = self._by_path.get(source.path)
        if known is not None and _same(known, source):
            self._written[known.key, known.lang] = source.path
            return FileReport(source.path, 1, self._count(known), unchanged=True)
        try:
            compiled = compile_file(source)
        except UnreadableSource as error:
            return FileReport(source.path, 0, 0, (error.message,))
        name = (compiled.matter.id, compiled.matter.lang)
        warnings = list(compiled.warnings)
        if name in self._written and self._written[name] != source.path:
            warnings.append(
                f"id {name[0]!r} in {name[1]} also stands in {self._written[name]}; this file wins"
            )
        self._written[name] = source.path
        if known is not None and (known.key, known.lang) != name:
            known.retire()
        row = self._by_name.get(name)
        if row is not None and row.state == "published" and _same(row, source):
            # The file was moved, nothing else.
            row.source_path = source.path
            return FileReport(source.path, 1, self._count(row), tuple(warnings), unchanged=True)
        self._store(source, compiled, row)
        return FileReport(source.path, 1, len(compiled.passages), tuple(warnings))

    def _store(self, source: SourceFile, compiled: CompiledDocument, row: Document | None) -> None:
        if row is None:
            row = Document(tenant_id=self.tenant_id, id=new_id())
            row.created_at = row.updated_at = now(self.session)
            _fill(row, source, compiled)
            self.session.add(row)
        else:
            _fill(row, source, compiled)
            row.touch(now(self.session))
            self.session.execute(
                delete(Passage).where(
                    Passage.tenant_id == self.tenant_id, Passage.document_id == row.id
                )
            )
        row.publish()
        self.session.flush()
        self.session.add_all(_passages(self.session, row, compiled))
        self.session.flush()
        self._by_name[row.key, row.lang] = row
        self._by_path[source.path] = row
        self.changed = True

    def _count(self, row: Document) -> int:
        return len(queries.passages_of(self.session, self.tenant_id, row.id))


def _same(row: Document, source: SourceFile) -> bool:
    return (
        row.content_hash == content_hash(source.content) and row.compiled_with == compiler_version()
    )


def _fill(row: Document, source: SourceFile, compiled: CompiledDocument) -> None:
    matter = compiled.matter
    row.key, row.lang, row.title, row.type = matter.id, matter.lang, matter.title, matter.type
    row.product_models, row.audience = matter.product_models, matter.audience
    row.firmware, row.updated = matter.firmware, matter.updated
    row.effective_from, row.effective_until = matter.effective_from, matter.effective_until
    row.supersedes, row.translation, row.extra = matter.supersedes, matter.translation, matter.extra
    row.source_path, row.body = source.path, compiled.body
    row.content_hash, row.compiled_with = compiled.content_hash, compiler_version()


def _passages(session: Session, row: Document, compiled: CompiledDocument) -> list[Passage]:
    at = now(session)
    return [
        Passage(
            tenant_id=row.tenant_id, id=new_id(), document_id=row.id, ordinal=ordinal,
            section=item.piece.section, section_ordinal=item.piece.section_ordinal,
            kind=item.piece.kind, text=item.piece.text, search=item.search,
            concepts=item.concepts, codes=item.codes, hazard=item.piece.hazard,
            data=item.piece.data, page=None, created_at=at, updated_at=at,
        )
        for ordinal, item in enumerate(compiled.passages)
    ]  # fmt: skip


def _publish(session: Session, tenant_id: str) -> None:
    row = session.get(KnowledgeRevision, tenant_id)
    if row is None:
        row = KnowledgeRevision(tenant_id=tenant_id, revision=1)
        session.add(row)
    else:
        # The database counts, so that two publications at once never share a number.
        session.execute(
            update(KnowledgeRevision)
            .where(KnowledgeRevision.tenant_id == tenant_id)
            .values(revision=KnowledgeRevision.revision + 1)
        )
    session.flush()
    session.refresh(row)
    emit(session, KnowledgePublished(tenant_id, row.revision))


def _may_write(actor: Actor) -> None:
    if not actor.may("knowledge:write"):
        raise Forbidden("This needs the right knowledge:write")
