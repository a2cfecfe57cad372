"""Translations of articles: what there is, what is missing, made by hand or by a translator."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.articles import ArticlePage, article, done
from careloop.api.routes.commands import KeyDep
from careloop.kit.errors import Forbidden, InvalidInput
from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.translate import queries
from careloop.knowledge.translate.schemas import BeginTranslation, Matrix, TranslationCheck

router = APIRouter(prefix="/v1/kb", tags=["translations"])


class How(BaseModel):
    """By a machine, or by hand from the original's text."""

    machine: bool = False


@router.get("/translations")
def translations(
    services: ServicesDep, session: SessionDep, actor: KnowledgeReaderDep, lang: str = ""
) -> Matrix:
    """Every published original against every language, or against `lang`."""
    wanted = services.translations.targets(session, actor.tenant_id)
    found = queries.matrix(session, actor, wanted, lang)
    found.translator = services.translations.name(actor.tenant_id)
    return found


@router.post("/articles/{article_id}/translations/{lang}", status_code=201)
def translate(
    services: ServicesDep,
    actor: StaffDep,
    article_id: str,
    lang: str,
    body: How,
    key: KeyDep = None,
) -> ArticlePage:
    """A draft in another language: the translator's, or the original's text to write over. 409
    where no translator is configured, 503 where it does not answer."""
    if lang not in SUPPORTED:
        raise InvalidInput(f"lang: {lang!r} is not one of {', '.join(SUPPORTED)}")
    command = BeginTranslation(id=article_id[:26], lang=lang)
    if not body.machine:
        return done(services, actor, "translations.begin", command, key=key)
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the knowledge base")
    state = services.translations.make(actor, command.id, command.lang)
    with services.database.read(actor.tenant_id) as session:
        return article(session, actor, state.id)


@router.get("/articles/{article_id}/translation-check")
def translation_check(
    services: ServicesDep, session: SessionDep, actor: KnowledgeReaderDep, article_id: str
) -> TranslationCheck:
    """What is wrong with a translation, its draft first: numbers, codes, terms, structure."""
    terms = services.terms_of(actor.tenant_id)
    models = services.translations.models_of(actor.tenant_id)
    return queries.checked(session, actor, article_id, terms, models)
