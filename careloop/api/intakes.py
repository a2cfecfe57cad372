"""Reads deliveries: each file by itself, outside any transaction; one publication at the end.

Killed at any point it goes on where it was: a file that has been read is not read again, and
readers see the old knowledge until all of it is published at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

import structlog

from careloop.kit.actor import Actor, system_actor
from careloop.kit.blobs import BlobStore, Content
from careloop.kit.db import Database, now
from careloop.knowledge import queries as library
from careloop.knowledge import shelf
from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.compile import CompiledDocument, compile_file
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.intake import queries, service
from careloop.knowledge.intake.models import Intake, IntakeFile
from careloop.knowledge.intake.schemas import HandedFile
from careloop.knowledge.known_files import Known
from careloop.knowledge.language.termbase import Termbase, termbase

log = structlog.get_logger(__name__)

Told = Callable[[IntakeFile], None]


class Intakes:
    """Runs deliveries. `terms_of` gives a tenant's termbase, `models_of` the models it makes."""

    def __init__(
        self,
        database: Database,
        blobs: BlobStore,
        terms_of: Callable[[str], Termbase] | None = None,
        models_of: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._terms_of = terms_of or (lambda _: termbase())
        self._models_of = models_of or (lambda _: ())

    def run(self, tenant_id: str, intake_id: str, told: Told | None = None) -> None:
        """Read what is not read yet and publish; `told` hears of every file when it ends."""
        with self._database.write(tenant_id) as session:
            row = queries.intake(session, tenant_id, intake_id)
            if row.state in ("done", "failed"):
                return
            row.move_to("running", now(session))
        terms = self._terms_of(tenant_id)
        actor = system_actor(tenant_id, row.by)
        while (files := self._unread(row)) != []:
            for file in files:
                self._try(actor, row, file, terms)
                if told is not None:
                    told(file)
        with self._database.write(actor.tenant_id) as session:
            service.publish_all(session, actor, row, terms)

    def _unread(self, row: Intake) -> list[IntakeFile]:
        with self._database.read(row.tenant_id) as session:
            files = queries.files_of(session, row.tenant_id, row.id)
            session.expunge_all()
        return [file for file in files if file.state == "waiting"]

    def _try(self, actor: Actor, row: Intake, file: IntakeFile, terms: Termbase) -> None:
        try:
            self._read(actor, row, file, terms)
        except UnreadableSource as error:
            reason = error.message
        except Exception as error:
            # The worker's loop: one file that breaks its reader must not stop the others.
            log.exception("file_not_read", path=file.path)
            reason = f"It could not be read ({type(error).__name__}); save it anew and try again"
        else:
            return
        with self._database.write(actor.tenant_id) as session:
            service.quarantine(session, file, reason)

    def _read(self, actor: Actor, row: Intake, file: IntakeFile, terms: Termbase) -> None:
        source = SourceFile(file.path, self._blobs.get(row.tenant_id, file.sha256))
        if not row.again and self._known(row, file, source):
            return
        compiled = compile_file(source, terms, {**row.matter, **file.matter})
        warnings = self._name_models(row.tenant_id, source, compiled)
        stored = self._store(row.tenant_id, compiled)
        attachments = [
            HandedFile(path=item.path[:500], sha256=self._put(row.tenant_id, item.content))
            for item in compiled.attachments
        ]
        with self._database.write(actor.tenant_id) as session:
            service.place(
                session, actor, file, source, compiled, stored, warnings, attachments, terms
            )

    def _known(self, row: Intake, file: IntakeFile, source: SourceFile) -> bool:
        """Whether the library holds this very file, or has it waiting."""
        with self._database.write(row.tenant_id) as session:
            known = Known(session, row.tenant_id)
            held = known.holding(source, file.sha256)
            waiting = known.waiting(source, file.sha256) if held is None else None
            if held is None and waiting is None:
                return False
            if held is not None:
                held.source_path = file.path
                service.note_unread(session, file, "unchanged", held)
            else:
                service.note_unread(session, file, "held", waiting)
        return True

    def _name_models(
        self, tenant_id: str, source: SourceFile, compiled: CompiledDocument
    ) -> list[str]:
        """A manual that does not say for which models it is may say so in its title."""
        if compiled.matter.product_models or compiled.format == "md":
            return []
        with self._database.read(tenant_id) as session:
            names = {*self._models_of(tenant_id), *library.model_names(session, tenant_id)}
        found = shelf.models_named(names, compiled.matter.title, source.path)
        if not found:
            return []
        compiled.matter.product_models = found
        return [f"taken as being for {', '.join(found)}, which its title or name speaks of"]

    def _store(self, tenant_id: str, compiled: CompiledDocument) -> dict[str, str]:
        return {item.name: self._put(tenant_id, item.data) for item in compiled.figures}

    def _put(self, tenant_id: str, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._blobs.put(tenant_id, Content(data, "application/octet-stream", digest))
        return digest


def hand_in(
    blobs: BlobStore, tenant_id: str, files: Iterable[tuple[str, bytes, dict[str, object]]]
) -> list[HandedFile]:
    """Put files (name, content, front matter beside it) into the store."""
    handed = []
    for path, data, matter in files:
        digest = hashlib.sha256(data).hexdigest()
        blobs.put(tenant_id, Content(data, "application/octet-stream", digest))
        handed.append(HandedFile(path=path, sha256=digest, matter=matter))
    return handed
