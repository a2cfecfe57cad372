"""What editors see: every article in every state, with its versions and its passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from careloop.kit.actor import Actor
from careloop.knowledge import queries
from careloop.knowledge.changes import field_changes, line_changes
from careloop.knowledge.editor_views import (
    Article,
    ArticleCounts,
    ArticleFilter,
    ArticleLine,
    ConceptName,
    Difference,
    DraftFields,
    LanguageLine,
    PassageFigure,
    PassageView,
    VersionLine,
    WaitingLine,
)  # fmt: skip
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.models import WAITING, Document, Edition, Passage
from careloop.knowledge.standing import Standing, is_behind, standings


def visible_to(actor: Actor, session: Session) -> list[Document]:
    """Every article of the actor's audiences; editors see all states, others what is published."""
    statement = (
        select(Document)
        .where(
            Document.tenant_id == actor.tenant_id,
            Document.audience.in_(actor.audiences()),
        )
        .options(defer(Document.body), defer(Document.figures), defer(Document.extra))
        .order_by(Document.key, Document.lang)
    )
    if not actor.may("knowledge:write"):
        statement = statement.where(Document.state == "published")
    return list(session.scalars(statement))


def articles(
    session: Session, actor: Actor, wanted: ArticleFilter
) -> tuple[list[ArticleLine], ArticleCounts]:
    """The articles that fit, by key and language; counts are of all."""
    rows = visible_to(actor, session)
    waiting = _waiting(session, actor) if actor.may("knowledge:write") else {}
    passages = queries.passage_counts(session, actor.tenant_id)
    families = _families(rows)
    known = standings(session, actor.tenant_id)
    counts = Counter(row.state for row in rows)
    lines = [
        _line(row, waiting.get(row.id), families[row.key], passages.get(row.id, 0), known)
        for row in rows
        if _fits(row, wanted, row.id in waiting, families[row.key], known)
    ]
    return lines, ArticleCounts(
        published=counts["published"], draft=counts["draft"], retired=counts["retired"],
        waiting=len(waiting),
    )  # fmt: skip


def article(session: Session, actor: Actor, document_id: str) -> Article:
    """One article; `DocumentNotFound` for what the actor may not see."""
    row = document(session, actor, document_id)
    editor = actor.may("knowledge:write")
    rows = [item for item in visible_to(actor, session) if item.key == row.key]
    editions = queries.editions_of(session, row.tenant_id, row.id) if editor else []
    waiting = next((item for item in editions if item.waits), None)
    count = queries.count_passages(session, row.tenant_id, row.id, row.edition)
    known = standings(session, row.tenant_id)
    return Article(
        **_line(row, waiting, rows, count, known).model_dump(), body=row.body,
        effective_from=row.effective_from, effective_until=row.effective_until,
        supersedes=row.supersedes, source_path=row.source_path if editor else "",
        has_source=bool(row.source_sha256),
        versions=[
            VersionLine(
                number=item.number, state=item.state, at=item.created_at, by=item.by,
                origin=item.origin, note=item.note, approved_by=item.approved_by,
                published_at=item.published_at,
            )
            for item in editions
        ],
        draft_fields=_draft_fields(waiting) if waiting else None,
        warnings_text=row.warnings if editor else [], row_version=row.version,
    )  # fmt: skip


def document(session: Session, actor: Actor, document_id: str) -> Document:
    """The row of an article; `DocumentNotFound` for what the actor may not see."""
    row = session.get(Document, (actor.tenant_id, document_id))
    if (
        row is None
        or row.audience not in actor.audiences()
        or (row.state != "published" and not actor.may("knowledge:write"))
    ):
        raise DocumentNotFound("There is no such article")
    return row


def difference(
    session: Session, actor: Actor, document_id: str, before: int | None = None,
    after: int | None = None,
) -> Difference:  # fmt: skip
    """What version `after` (else the one that waits) changes in version `before` (else the
    published one); 0 is the empty text."""
    row = document(session, actor, document_id)
    if not actor.may("knowledge:write"):
        raise DocumentNotFound("There is no such article")
    before = row.edition if before is None else before
    if after is None:
        waiting = queries.waiting_edition(session, row.tenant_id, row.id)
        after = waiting.number if waiting else row.edition
    old, new = (
        queries.edition(session, row.tenant_id, row.id, number) for number in (before, after)
    )
    if new is None or (old is None and before != 0):
        raise DocumentNotFound("This article has no such version")
    return Difference(
        from_number=before, to_number=after,
        fields=field_changes(old.matter if old else {}, new.matter),
        lines=line_changes(old.body if old else "", new.body),
    )  # fmt: skip


def passages(
    session: Session, actor: Actor, document_id: str, terms: Termbase, page: int | None = None
) -> list[PassageView]:
    """The passages of what is published, else of what waits; those of one page."""
    row = document(session, actor, document_id)
    number = row.edition
    if number == 0:
        waiting = queries.waiting_edition(session, row.tenant_id, row.id)
        number = waiting.number if waiting else 0
    rows = queries.passages_of(session, row.tenant_id, row.id, number)
    return [
        passage_view(item, row.figures, terms, actor.language)
        for item in rows
        if page is None or item.page == page
    ]


def passage_view(row: Passage, figures: dict[str, Any], terms: Termbase, lang: str) -> PassageView:
    """A passage with the names of its concepts in `lang`."""
    return PassageView(
        ordinal=row.ordinal, section=row.section, kind=row.kind, text=row.text, page=row.page,
        hazard=row.hazard, codes=row.codes,
        concepts=[ConceptName(key=key, name=terms.name(key, lang)) for key in row.concepts],
        figures=[
            PassageFigure(
                name=name, caption=figures[name]["caption"], page=figures[name]["page"],
                box=figures[name]["box"],
            )
            for name in row.data.get("figures", ())
            if name in figures
        ],
    )  # fmt: skip


class StoredFigure(BaseModel):
    """Where a picture lies."""

    tenant_id: str
    sha256: str
    media_type: str


def figure(session: Session, document_id: str, name: str) -> StoredFigure:
    """A picture of a document in any tenant: for a link whose signature has been checked."""
    row = session.scalars(select(Document).where(Document.id == document_id)).first()
    known = row.figures.get(name) if row is not None else None
    if row is None or known is None:
        raise DocumentNotFound("The picture is no longer there")
    return StoredFigure(
        tenant_id=row.tenant_id, sha256=known["sha256"], media_type=known["media_type"]
    )


def _waiting(session: Session, actor: Actor) -> dict[str, Edition]:
    rows = session.scalars(
        select(Edition)
        .where(Edition.tenant_id == actor.tenant_id, Edition.state.in_(WAITING))
        .options(defer(Edition.body), defer(Edition.figures))
    )
    return {row.document_id: row for row in rows}


def _families(rows: Sequence[Document]) -> dict[str, list[Document]]:
    families: dict[str, list[Document]] = {}
    for row in rows:
        families.setdefault(row.key, []).append(row)
    return families


def _line(
    row: Document, waiting: Edition | None, family: Sequence[Document], passages: int,
    known: Mapping[str, Standing],
) -> ArticleLine:  # fmt: skip
    return ArticleLine(
        id=row.id, key=row.key, lang=row.lang, title=row.title, type=row.type, state=row.state,
        audience=row.audience, product_models=row.product_models, firmware=row.firmware,
        updated=row.updated, owner_id=row.owner_id, version=row.edition,
        draft=WaitingLine(
            number=waiting.number, state=waiting.state, at=waiting.created_at, by=waiting.by,
            origin=waiting.origin,
        )
        if waiting
        else None,
        translation=row.translation,
        languages=[
            LanguageLine(
                lang=item.lang, id=item.id, state=item.state, behind=is_behind(item, family, known)
            )
            for item in family
        ],
        passages=passages, format=row.format, pages=row.pages, warnings=len(row.warnings),
    )  # fmt: skip


def _fits(
    row: Document, wanted: ArticleFilter, waits: bool, family: Sequence[Document],
    known: Mapping[str, Standing],
) -> bool:  # fmt: skip
    words = f"{row.key} {row.title} {row.source_path}".casefold()
    return (
        all(word in words for word in wanted.q.casefold().split())
        and wanted.state in ("", row.state)
        and wanted.type in ("", row.type)
        and wanted.audience in ("", row.audience)
        and wanted.lang in ("", row.lang)
        and (not wanted.model or wanted.model in row.product_models)
        and wanted.owner_id in ("", row.owner_id)
        and (waits or not wanted.waiting)
        and _translation_fits(row, wanted.translation, family, known)
    )


def _translation_fits(
    row: Document, wanted: str, family: Sequence[Document], known: Mapping[str, Standing]
) -> bool:
    if wanted == "unreviewed":
        return row.translation not in ("", "reviewed")
    if wanted == "behind":
        return is_behind(row, family, known)
    if wanted == "missing":
        return not row.translation and len(family) == 1
    return True


def _draft_fields(row: Edition) -> DraftFields:
    matter = row.matter
    return DraftFields(
        number=row.number, state=row.state, body=row.body,
        **{name: matter[name] for name in DraftFields.model_fields if name in matter},
    )  # fmt: skip
