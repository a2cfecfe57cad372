"""The writers of deliveries; `api.intakes` drives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.knowledge import queries as library
from careloop.knowledge import service as articles
from careloop.knowledge import shelf
from careloop.knowledge.ingest.compile import CompiledDocument
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.intake import queries
from careloop.knowledge.intake.events import IntakeQueued
from careloop.knowledge.intake.models import ENDED, Intake, IntakeFile
from careloop.knowledge.intake.schemas import HandedFile, IntakeView, PickIntake, TakeIn
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.models import Document


def take_in(session: Session, actor: Actor, command: TakeIn) -> IntakeView:
    """Write down a delivery; its files are read by the edge soon after the commit."""
    articles.may_write(actor)
    at = now(session)
    row = Intake(
        tenant_id=actor.tenant_id, id=new_id(), accept=command.accept, again=command.again,
        matter=command.matter, by=actor.name, state="queued", created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    add_rows(session, row, command.files)
    emit(session, IntakeQueued(actor.tenant_id, row.id))
    return queries.intake_view(session, row)


def retry(session: Session, actor: Actor, command: PickIntake) -> IntakeView:
    """Read the quarantined files of a delivery once more; `Conflict` when there are none."""
    articles.may_write(actor)
    row = queries.intake(session, actor.tenant_id, command.id)
    files = [
        file
        for file in queries.files_of(session, actor.tenant_id, row.id)
        if file.state == "quarantined" or (row.state == "failed" and file.state == "waiting")
    ]
    if row.state in ("queued", "running") or not files:
        raise Conflict("There is nothing to try again in this delivery")
    for file in files:
        file.end("waiting", now(session))
    row.error = ""
    row.move_to("queued", now(session))
    session.flush()
    emit(session, IntakeQueued(actor.tenant_id, row.id))
    return queries.intake_view(session, row)


def add_rows(session: Session, row: Intake, files: Sequence[HandedFile]) -> None:
    """One row for each file; of equal names the last counts."""
    at = now(session)
    named = {file.path: file for file in files}
    known = {file.path for file in queries.files_of(session, row.tenant_id, row.id)}
    session.add_all(
        IntakeFile(
            tenant_id=row.tenant_id, id=new_id(), intake_id=row.id, path=file.path,
            sha256=file.sha256, matter=file.matter, created_at=at, updated_at=at,
        )
        for file in named.values()
        if file.path not in known
    )  # fmt: skip
    session.flush()


def note_unread(session: Session, file: IntakeFile, state: str, row: Document | None) -> None:
    """The file changes nothing: it is known, or its edition waits already."""
    file = session.merge(file)
    if row is not None:
        file.document_id, file.edition = row.id, row.edition
        file.passages = library.count_passages(session, row.tenant_id, row.id, row.edition)
    file.end(state, now(session))
    session.flush()


def quarantine(session: Session, file: IntakeFile, reason: str) -> None:
    """The file could not be read; the rest of the delivery goes on."""
    session.merge(file).end("quarantined", now(session), reason)
    session.flush()


def place(
    session: Session, actor: Actor, file: IntakeFile, source: SourceFile,
    compiled: CompiledDocument, stored: Mapping[str, str], warnings: Sequence[str],
    attachments: Sequence[HandedFile], terms: Termbase,
) -> None:  # fmt: skip
    """Put what was read in as a waiting edition; nobody but editors sees it yet."""
    file = session.merge(file)
    placed = shelf.place_file(session, actor, source, compiled, file.sha256, stored, terms)
    file.document_id, file.edition = placed.document.id, placed.edition.number
    file.passages, file.pages = len(compiled.passages), compiled.pages
    file.warnings = [*compiled.warnings, *warnings]
    file.end("read", now(session))
    row = queries.intake(session, file.tenant_id, file.intake_id)
    add_rows(session, row, attachments)
    session.flush()


def publish_all(session: Session, actor: Actor, row: Intake, terms: Termbase) -> None:
    """One act: everything that was read is published, or held where it changes what is there."""
    row = session.merge(row)
    published = False
    for file in queries.files_of(session, row.tenant_id, row.id):
        if file.state != "read" or file.document_id is None:
            continue
        document = session.get(Document, (row.tenant_id, file.document_id))
        edition = library.edition(session, row.tenant_id, file.document_id, file.edition)
        if document is None or edition is None or not edition.waits:
            file.end("held", now(session), "An editor has dealt with this version already")
            continue
        new = document.edition == 0
        if not new and not row.accept:
            file.end("held", now(session))
            continue
        _leave_place(session, row.tenant_id, file, document)
        shelf.publish(session, document, edition, terms)
        file.end("added" if new else "changed", now(session))
        published = True
    row.move_to("done", now(session))
    session.flush()
    if published:
        articles.bump_revision(session, actor.tenant_id)


def fail(session: Session, row: Intake, error: str) -> None:
    """The delivery could not be finished; what was read stays read, and it can be tried again."""
    row = session.merge(row)
    row.error = error
    row.move_to("failed", now(session))


def ended(file: IntakeFile) -> bool:
    return file.state in ENDED


def _leave_place(session: Session, tenant_id: str, file: IntakeFile, document: Document) -> None:
    """A file that became another document takes the one it was out of use."""
    for other in library.documents_at(session, tenant_id, file.path):
        if other.id != document.id and other.state == "published":
            other.retire()
            other.touch(now(session))
