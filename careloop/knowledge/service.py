"""The only writer of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.knowledge import queries, shelf
from careloop.knowledge.errors import DocumentNotFound, UnreadableSource
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.ingest.compile import compile_file, content_hash
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.known_files import Known
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.models import Document, Edition, KnowledgeRevision
from careloop.knowledge.schemas import (
    ArticleFields,
    ArticleState,
    CreateArticle,
    PickArticle,
    PickEdition,
    SaveDraft,
    SetOwner,
)  # fmt: skip
from careloop.knowledge.terms.queries import termbase_of

__all__ = ["AddReport", "FileReport", "SourceFile", "add_files", "retire"]

FileState = Literal["added", "changed", "unchanged", "waiting", "quarantined"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `documents` and `passages` are counts in the library now.

    `waiting`: it differs from what is published and waits to be accepted. `quarantined`: it could
    not be read; the first warning says why.
    """

    path: str
    documents: int
    passages: int
    warnings: tuple[str, ...] = ()
    unchanged: bool = False
    state: FileState = "added"
    document_id: str = ""


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


def add_files(
    session: Session, actor: Actor, files: Iterable[SourceFile], terms: Termbase | None = None
) -> AddReport:
    """Publish text files in one act; needs `knowledge:write`. See `intake` for everything else.

    The same content again changes nothing. Changed content replaces the document of the same
    id and language. A file that cannot be read is reported and the others are added.
    """
    may_write(actor)
    terms = terms or termbase_of(session, actor.tenant_id)
    known = Known(session, actor.tenant_id)
    shelf_moved = False
    reports = []
    for source in files:
        held = known.holding(source, content_hash(source.content))
        if held is not None:
            shelf_moved |= _keep(session, held, source, terms)
            count = queries.count_passages(session, held.tenant_id, held.id, held.edition)
            reports.append(FileReport(source.path, 1, count, (), True, "unchanged", held.id))
            continue
        try:
            compiled = compile_file(source, terms)
        except UnreadableSource as error:
            report = FileReport(source.path, 0, 0, (error.message,), state="quarantined")
            reports.append(report)
            continue
        key, lang = compiled.matter.id, compiled.matter.lang
        warnings = [*compiled.warnings, *known.claim(source, key, lang)]
        _leave_place(session, known.at(source.path), key, lang)
        placed = shelf.place_file(session, actor, source, compiled, terms=terms)
        shelf.publish(session, placed.document, placed.edition, terms)
        known.published(placed.document, compiled.content_hash)
        shelf_moved = True
        reports.append(
            FileReport(
                source.path, 1, len(compiled.passages), tuple(warnings),
                state="added" if placed.new else "changed", document_id=placed.document.id,
            )
        )  # fmt: skip
    if shelf_moved:
        bump_revision(session, actor.tenant_id)
    return AddReport(reports)


def _leave_place(session: Session, row: Document | None, key: str, lang: str) -> None:
    """A file that became another document takes the one it was out of use."""
    if row is not None and (row.key, row.lang) != (key, lang) and row.state == "published":
        row.retire()
        row.touch(now(session))


def _keep(session: Session, row: Document, source: SourceFile, terms: Termbase | None) -> bool:
    """The document stays as it is; True when its passages had to be made again."""
    row.source_path = source.path
    edition = queries.edition(session, row.tenant_id, row.id, row.edition)
    return edition is not None and _compile_again(session, row, edition, terms)


def create_article(session: Session, actor: Actor, command: CreateArticle) -> ArticleState:
    """Write a new article as a draft; `Conflict` when key and language are taken."""
    may_write(actor)
    key = command.key or new_id()
    if queries.document_row(session, actor.tenant_id, key, command.lang) is not None:
        raise Conflict(f"There is already an article {key!r} in {command.lang}; open that one")
    row = shelf.new_document(actor, key, command.lang, now(session))
    edition = _edition(session, actor, row, command, command.translation, command.origin)
    shelf.put(session, row, edition)
    return state_of(session, row)


def save_draft(session: Session, actor: Actor, command: SaveDraft) -> ArticleState:
    """Write the next version; the published one stays as it is."""
    row = _row(session, actor, command.id)
    if command.row_version is not None and command.row_version != row.version:
        raise VersionConflict("Somebody else changed this article; load it again")
    base = queries.waiting_edition(session, row.tenant_id, row.id) or queries.edition(
        session, row.tenant_id, row.id, row.edition
    )
    edition = _edition(session, actor, row, command, row.translation, command.origin)
    if base is not None:
        edition.format, edition.source_sha256 = base.format, base.source_sha256
        edition.pages, edition.figures = base.pages, base.figures
        edition.matter["extra"] = base.matter["extra"]
        edition.matter["translation"] = base.matter["translation"]
    shelf.put(session, row, edition)
    row.touch(now(session))
    return state_of(session, row)


def discard_draft(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Reject what waits; an article that was never published is retired with it."""
    row = _row(session, actor, command.id)
    waiting = queries.waiting_edition(session, row.tenant_id, row.id)
    if waiting is None:
        raise Conflict("This article has no draft")
    waiting.leave("rejected")
    waiting.touch(now(session))
    shelf.drop_passages(session, row, waiting.number)
    if row.edition == 0:
        row.state = "retired"
    row.touch(now(session))
    session.flush()
    return state_of(session, row)


def approve(session: Session, actor: Actor, command: PickEdition) -> ArticleState:
    """Agree to a draft; publishing it is another act."""
    row, edition = _row_and_edition(session, actor, command)
    edition.approve(actor.name)
    edition.touch(now(session))
    row.touch(now(session))
    session.flush()
    return state_of(session, row)


def publish(
    session: Session, actor: Actor, command: PickEdition, terms: Termbase | None = None
) -> ArticleState:
    """Make a waiting version the one that everybody reads."""
    row, edition = _row_and_edition(session, actor, command)
    shelf.publish(session, row, edition, terms or termbase_of(session, actor.tenant_id))
    bump_revision(session, actor.tenant_id)
    return state_of(session, row)


def retire_article(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Take one article in one language out of use."""
    row = _row(session, actor, command.id)
    row.retire()
    row.touch(now(session))
    session.flush()
    bump_revision(session, actor.tenant_id)
    return state_of(session, row)


def restore(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Bring a retired article back; one that was never published comes back as a draft."""
    row = _row(session, actor, command.id)
    row.restore()
    if row.edition == 0:
        row.state = "draft"
        queries.editions_of(session, row.tenant_id, row.id)[0].reopen()
    row.touch(now(session))
    session.flush()
    bump_revision(session, actor.tenant_id)
    return state_of(session, row)


def set_owner(session: Session, actor: Actor, command: SetOwner) -> ArticleState:
    """Name who looks after an article."""
    row = _row(session, actor, command.id)
    row.owner_id = command.user_id
    row.touch(now(session))
    session.flush()
    return state_of(session, row)


def mark_reviewed(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """A person has checked this translation."""
    row = _row(session, actor, command.id)
    if not row.translation:
        raise Conflict("This article is an original, not a translation")
    for edition in (
        queries.waiting_edition(session, row.tenant_id, row.id),
        queries.edition(session, row.tenant_id, row.id, row.edition),
    ):
        if edition is not None:
            edition.matter = {**edition.matter, "translation": "reviewed"}
    row.translation = "reviewed"
    row.touch(now(session))
    session.flush()
    bump_revision(session, actor.tenant_id)
    return state_of(session, row)


def recompile(
    session: Session, actor: Actor, document_id: str, terms: Termbase | None = None
) -> bool:
    """Compile what is published again if this compiler or termbase would make it otherwise."""
    row = _row(session, actor, document_id)
    edition = queries.edition(session, row.tenant_id, row.id, row.edition)
    terms = terms or termbase_of(session, actor.tenant_id)
    return edition is not None and _compile_again(session, row, edition, terms)


def _compile_again(
    session: Session, row: Document, edition: Edition, terms: Termbase | None
) -> bool:
    if not shelf.compile_edition(session, row, edition, terms):
        return False
    row.compiled_with, row.warnings = edition.compiled_with, edition.warnings
    session.flush()
    return True


def retire(session: Session, actor: Actor, key: str, lang: str | None = None) -> int:
    """Take a document out of use, in one language or in all; the number of rows retired."""
    may_write(actor)
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
    bump_revision(session, actor.tenant_id)
    return len(rows)


def state_of(session: Session, row: Document) -> ArticleState:
    """How the article stands."""
    waiting = queries.waiting_edition(session, row.tenant_id, row.id)
    return ArticleState(
        id=row.id, key=row.key, lang=row.lang, state=row.state, edition=row.edition,
        waiting=waiting.number if waiting else None, row_version=row.version,
    )  # fmt: skip


def bump_revision(session: Session, tenant_id: str) -> None:
    """Tell every process that the tenant's index is of yesterday."""
    row = session.get(KnowledgeRevision, tenant_id)
    if row is None:
        row = KnowledgeRevision(tenant_id=tenant_id, revision=1)
        session.add(row)
        session.flush()
    else:
        session.execute(
            update(KnowledgeRevision)
            .where(KnowledgeRevision.tenant_id == tenant_id)
            .values(revision=KnowledgeRevision.revision + 1)
        )
        session.refresh(row)
    emit(session, KnowledgePublished(tenant_id, row.revision))


def may_write(actor: Actor) -> None:
    if not actor.may("knowledge:write"):
        raise Forbidden("This needs the right knowledge:write")


def _row(session: Session, actor: Actor, document_id: str) -> Document:
    may_write(actor)
    row = session.get(Document, (actor.tenant_id, document_id))
    if row is None:
        raise DocumentNotFound("There is no such article")
    return row


def _row_and_edition(
    session: Session, actor: Actor, command: PickEdition
) -> tuple[Document, Edition]:
    row = _row(session, actor, command.id)
    edition = queries.edition(session, row.tenant_id, row.id, command.number)
    if edition is None:
        raise DocumentNotFound(f"This article has no version {command.number}")
    return row, edition


def _edition(
    session: Session, actor: Actor, row: Document, fields: ArticleFields, translation: str,
    origin: str,
) -> Edition:  # fmt: skip
    at = now(session)
    matter = fields.model_dump(mode="json", exclude={"body", "note"}, include=set(_MATTER))
    return Edition(
        tenant_id=actor.tenant_id, id=new_id(), document_id=row.id, created_at=at, updated_at=at,
        origin=origin, body=fields.body, note=fields.note, by=actor.name,
        matter={
            **matter, "updated": at.date().isoformat(), "translation": translation, "extra": {},
        },
        content_hash=hashlib.sha256(fields.body.encode()).hexdigest(), compiled_with="",
        format="md", source_sha256="", pages=0, figures={}, warnings=[],
    )  # fmt: skip


_MATTER = (
    "title", "type", "product_models", "audience", "firmware", "effective_from",
    "effective_until", "supersedes",
)  # fmt: skip
