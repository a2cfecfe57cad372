"""Where editions are put: a compiled file or a written text becomes an edition with passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id
from careloop.knowledge import queries
from careloop.knowledge.ingest.compile import (
    CompiledDocument,
    CompiledPassage,
    compile_body,
    compiler_version,
)  # fmt: skip
from careloop.knowledge.ingest.frontmatter import FrontMatter, as_values
from careloop.knowledge.ingest.source import SourceFile
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.models import Document, Edition, Passage, as_day


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a file's content stands now. `new` when the document was never published."""

    document: Document
    edition: Edition
    new: bool


def figures_of(compiled: CompiledDocument, stored: Mapping[str, str]) -> dict[str, Any]:
    """What an edition keeps of its pictures; `stored` maps their names to SHA-256."""
    return {
        figure.name: {
            "sha256": stored[figure.name], "media_type": figure.media_type, "page": figure.page,
            "box": list(figure.box) if figure.box else None, "caption": figure.caption,
        }
        for figure in compiled.figures
        if figure.name in stored
    }  # fmt: skip


def place_file(
    session: Session, actor: Actor, source: SourceFile, compiled: CompiledDocument,
    source_sha256: str = "", stored: Mapping[str, str] | None = None,
    terms: Termbase | None = None,
) -> Placed:  # fmt: skip
    """Put a compiled file in as a waiting edition of the document of its id and language."""
    row = queries.document_row(session, actor.tenant_id, compiled.matter.id, compiled.matter.lang)
    at = now(session)
    if row is None:
        row = new_document(actor, compiled.matter.id, compiled.matter.lang, at)
    edition = Edition(
        tenant_id=actor.tenant_id, id=new_id(), document_id=row.id, created_at=at, updated_at=at,
        origin="file", matter=as_values(compiled.matter), body=compiled.body,
        content_hash=compiled.content_hash, compiled_with=compiler_version(terms),
        format=compiled.format, source_sha256=source_sha256, pages=compiled.pages,
        figures=figures_of(compiled, stored or {}), warnings=list(compiled.warnings),
        by=actor.name,
    )  # fmt: skip
    row.source_path = source.path
    new = put(session, row, edition)
    add_passages(session, row, edition, compiled.passages)
    return Placed(row, edition, new)


def put(session: Session, row: Document, edition: Edition) -> bool:
    """Number the edition and let it wait, in the place of one that waited; True for a document
    that was never published."""
    waiting = queries.waiting_edition(session, row.tenant_id, row.id)
    if waiting is not None:
        waiting.leave("rejected")
        waiting.touch(now(session))
        drop_passages(session, row, waiting.number)
    editions = queries.editions_of(session, row.tenant_id, row.id)
    edition.number = (editions[0].number if editions else 0) + 1
    if row.edition == 0:
        row.publish(edition)
        row.edition, row.state = 0, "draft"
    session.add(row)
    session.flush()
    session.add(edition)
    session.flush()
    return row.edition == 0


def publish(session: Session, row: Document, edition: Edition, terms: Termbase | None) -> None:
    """Make the edition the one that is read; the one before keeps its text, not its passages."""
    at = now(session)
    if row.edition and row.edition != edition.number:
        before = queries.edition(session, row.tenant_id, row.id, row.edition)
        if before is not None and before.state == "published":
            before.leave("superseded")
            before.touch(at)
        drop_passages(session, row, row.edition)
    compile_edition(session, row, edition, terms)
    edition.publish(at)
    edition.touch(at)
    row.publish(edition)
    row.touch(at)
    session.flush()


def compile_edition(
    session: Session, row: Document, edition: Edition, terms: Termbase | None
) -> bool:
    """Make the edition's passages, unless this compiler has made them; True when made."""
    wanted = compiler_version(terms)
    if edition.compiled_with == wanted:
        return False
    passages, warnings = compile_body(edition.body, matter_of(row, edition), row.title, terms)
    drop_passages(session, row, edition.number)
    edition.compiled_with = wanted
    edition.warnings = list(dict.fromkeys([*edition.warnings, *warnings]))
    add_passages(session, row, edition, passages)
    return True


def matter_of(row: Document, edition: Edition) -> FrontMatter:
    """The edition's front matter, typed."""
    values = edition.matter
    return FrontMatter(
        id=row.key, lang=row.lang, title=values["title"], type=values["type"],
        product_models=values["product_models"], audience=values["audience"],
        firmware=values["firmware"], effective_from=as_day(values["effective_from"]),
        effective_until=as_day(values["effective_until"]), updated=as_day(values["updated"]),
        supersedes=values["supersedes"], translation=values["translation"],
        extra=values["extra"],
    )  # fmt: skip


def add_passages(
    session: Session, row: Document, edition: Edition, compiled: Sequence[CompiledPassage]
) -> None:
    at = now(session)
    session.add_all(
        Passage(
            tenant_id=row.tenant_id, id=new_id(), document_id=row.id, edition=edition.number,
            ordinal=ordinal, section=item.piece.section,
            section_ordinal=item.piece.section_ordinal, kind=item.piece.kind,
            text=item.piece.text, search=item.search, concepts=item.concepts, codes=item.codes,
            hazard=item.piece.hazard, data=item.piece.data, page=item.piece.page,
            created_at=at, updated_at=at,
        )
        for ordinal, item in enumerate(compiled)
    )  # fmt: skip
    session.flush()


def drop_passages(session: Session, row: Document, number: int) -> None:
    session.execute(
        delete(Passage).where(
            Passage.tenant_id == row.tenant_id,
            Passage.document_id == row.id,
            Passage.edition == number,
        )
    )


def models_named(names: Iterable[str], title: str, path: str) -> list[str]:
    """The known models that a title or a file's name speaks of."""
    known = ModelNames(names)
    text = f"{title}\n{path.replace('_', ' ')}"
    return list(known.find(text)) if len(known) else []


def new_document(actor: Actor, key: str, lang: str, at: datetime) -> Document:
    """An article that has no edition yet."""
    return Document(
        tenant_id=actor.tenant_id, id=new_id(), key=key, lang=lang, created_at=at, updated_at=at,
        edition=0, state="draft", source_path="", owner_id=actor.user_id,
    )  # fmt: skip
