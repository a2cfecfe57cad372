"""The only writer of translations."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict
from careloop.knowledge import queries as library
from careloop.knowledge import service as articles
from careloop.knowledge.models import Document, Edition
from careloop.knowledge.schemas import ArticleState, CreateArticle, SaveDraft
from careloop.knowledge.standing import TRANSLATED_FROM
from careloop.knowledge.translate import queries
from careloop.knowledge.translate.schemas import BeginTranslation, KeepTranslation

UNREVIEWED = "unreviewed"


def begin(session: Session, actor: Actor, command: BeginTranslation) -> ArticleState:
    """A draft with the original's text, to be written over; `Conflict` when there is one, or a
    published translation, which is edited like any article."""
    articles.may_write(actor)
    source = queries.original(session, actor, command.id)
    if _twin(session, source, command.lang) is not None:
        raise Conflict(f"This article exists in {command.lang} already; open that one")
    return _store(session, actor, source, command.lang, source.title, source.body, "By hand")


def keep(session: Session, actor: Actor, command: KeepTranslation) -> ArticleState:
    """A machine's translation as a draft marked unreviewed, with what is wrong with it; nobody
    reads it before an editor publishes it. `Conflict` when a draft of a person waits there."""
    articles.may_write(actor)
    source = queries.original(session, actor, command.id)
    if source.edition != command.edition:
        raise Conflict("The original was published anew meanwhile; translate it again")
    twin = _twin(session, source, command.lang)
    if twin is not None:
        if twin.state == "retired":
            raise Conflict(f"This article is retired in {command.lang}; restore it first")
        waiting = library.waiting_edition(session, twin.tenant_id, twin.id)
        if waiting is not None and waiting.origin != "translation":
            raise Conflict("Somebody's draft waits in this language; publish or discard it first")
    note = f"Translated by {command.by or 'a machine'}"
    if command.problems:
        note = f"{note}; {len(command.problems)} problems were found"
    state = _store(session, actor, source, command.lang, command.title, command.body, note)
    edition = _waiting(session, actor, state)
    edition.warnings = list(command.problems)
    session.flush()
    return state


def _store(
    session: Session, actor: Actor, source: Document, lang: str, title: str, body: str, note: str
) -> ArticleState:
    fields = {
        "title": title, "type": source.type, "product_models": source.product_models,
        "audience": source.audience, "firmware": source.firmware,
        "effective_from": source.effective_from, "effective_until": source.effective_until,
        "supersedes": source.supersedes, "body": body, "note": note, "origin": "translation",
    }  # fmt: skip
    twin = _twin(session, source, lang)
    if twin is not None:
        state = articles.save_draft(session, actor, SaveDraft(id=twin.id, **fields))
    else:
        command = CreateArticle(key=source.key, lang=lang, translation=UNREVIEWED, **fields)
        state = articles.create_article(session, actor, command)
    edition = _waiting(session, actor, state)
    edition.figures, edition.pages = source.figures, source.pages
    edition.matter = {
        **edition.matter, "translation": UNREVIEWED,
        "extra": {**source.extra, TRANSLATED_FROM: source.edition},
    }  # fmt: skip
    row = session.get_one(Document, (actor.tenant_id, state.id))
    if row.edition == 0:
        row.translation, row.extra = UNREVIEWED, edition.matter["extra"]
        row.figures = source.figures
    session.flush()
    return articles.state_of(session, row)


def _twin(session: Session, source: Document, lang: str) -> Document | None:
    if lang == source.lang:
        raise Conflict(f"The original is in {lang}")
    return library.document_row(session, source.tenant_id, source.key, lang)


def _waiting(session: Session, actor: Actor, state: ArticleState) -> Edition:
    edition = library.waiting_edition(session, actor.tenant_id, state.id)
    assert edition is not None  # it has just been put there
    return edition
