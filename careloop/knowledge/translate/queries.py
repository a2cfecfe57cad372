"""The only selects of translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict
from careloop.knowledge import editor_queries
from careloop.knowledge import queries as library
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.models import Document, Edition
from careloop.knowledge.standing import (
    TRANSLATED_FROM,
    Standing,
    is_behind,
    original_of,
    standings,
)  # fmt: skip
from careloop.knowledge.translate.check import Version, check
from careloop.knowledge.translate.schemas import Cell, Matrix, MatrixLine, TranslationCheck

MISSING, DRAFT, BEHIND, UNREVIEWED, PUBLISHED = (
    "missing", "draft", "behind", "unreviewed", "published",
)  # fmt: skip


def matrix(session: Session, actor: Actor, wanted: Iterable[str], lang: str = "") -> Matrix:
    """Every published original against every language: those of `wanted` and of the documents, or
    `lang` alone."""
    rows = [row for row in editor_queries.visible_to(actor, session) if row.state != "retired"]
    known = standings(session, actor.tenant_id)
    families: dict[str, list[Document]] = {}
    for row in rows:
        families.setdefault(row.key, []).append(row)
    languages = [lang] if lang else sorted({*wanted, *(row.lang for row in rows)})
    lines = []
    for family in families.values():
        original = original_of(family)
        if original is None or original.state != "published":
            continue
        targets = {code: _cell(code, family, known) for code in languages if code != original.lang}
        lines.append(
            MatrixLine(
                key=original.key, id=original.id, title=original.title, lang=original.lang,
                targets=targets,
            )
        )  # fmt: skip
    return Matrix(languages=languages, items=lines)


def due(session: Session, actor: Actor, targets: Sequence[str]) -> list[tuple[str, str]]:
    """(id of the original, language) of what is missing or behind and does not wait as a draft
    made from the original as it is now."""
    found = []
    for line in matrix(session, actor, targets).items:
        for lang in targets:
            cell = line.targets.get(lang)
            if cell is not None and cell.state in (MISSING, BEHIND, DRAFT):
                found.append((line.id, lang))
    return [item for item in found if not _waits(session, actor, *item)]


def original(session: Session, actor: Actor, document_id: str) -> Document:
    """The published original; `Conflict` for a translation or what is not published."""
    row = editor_queries.document(session, actor, document_id)
    if row.translation:
        raise Conflict("This article is a translation; translate its original")
    if row.state != "published":
        raise Conflict("Publish the article before it is translated")
    return row


def checked(
    session: Session, actor: Actor, document_id: str, terms: Termbase, models: Sequence[str] = ()
) -> TranslationCheck:
    """What is wrong with a translation's draft, else with what is published of it."""
    row = editor_queries.document(session, actor, document_id)
    family = library.documents_by_key(session, actor.tenant_id, row.key)
    source = original_of(family)
    if not row.translation or source is None:
        raise Conflict("This article is an original, not a translation")
    waiting = None
    if actor.may("knowledge:write"):
        waiting = library.waiting_edition(session, row.tenant_id, row.id)
    return TranslationCheck(
        problems=check(_version(source, None), _version(row, waiting), terms, models)
    )


def _version(row: Document, waiting: Edition | None) -> Version:
    if waiting is not None:
        return Version(waiting.matter["title"], waiting.body, row.lang)
    return Version(row.title, row.body, row.lang)


def _cell(lang: str, family: Sequence[Document], known: Mapping[str, Standing]) -> Cell:
    row = next((item for item in family if item.lang == lang), None)
    if row is None:
        return Cell(state=MISSING, id=None)
    if row.state != "published":
        return Cell(state=DRAFT, id=row.id)
    if is_behind(row, family, known):
        return Cell(state=BEHIND, id=row.id)
    state = UNREVIEWED if row.translation not in ("", "reviewed") else PUBLISHED
    return Cell(state=state, id=row.id)


def _waits(session: Session, actor: Actor, document_id: str, lang: str) -> bool:
    row = session.get(Document, (actor.tenant_id, document_id))
    if row is None:
        return True
    twin = library.document_row(session, actor.tenant_id, row.key, lang)
    if twin is None or twin.state == "retired":
        return twin is not None
    waiting = library.waiting_edition(session, actor.tenant_id, twin.id)
    if waiting is None:
        return False
    made_from = waiting.matter["extra"].get(TRANSLATED_FROM, row.edition)
    return waiting.origin != "translation" or made_from >= row.edition
