"""Tools over translations of articles."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.knowledge.schemas import ArticleState
from careloop.knowledge.translate import service
from careloop.knowledge.translate.schemas import BeginTranslation, KeepTranslation
from careloop.tools.spec import Effect, tool

WRITE = "knowledge:write"


@tool("translations.begin", effect=Effect.WRITE, scope=WRITE)
def begin(session: Session, actor: Actor, command: BeginTranslation) -> ArticleState:
    """Begin the translation of an article by hand."""
    return service.begin(session, actor, command)


@tool("translations.keep", effect=Effect.WRITE, scope=WRITE)
def keep(session: Session, actor: Actor, command: KeepTranslation) -> ArticleState:
    """Keep a machine's translation as a draft."""
    return service.keep(session, actor, command)
