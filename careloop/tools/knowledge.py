"""Tools over the library: files taken in, articles written, approved, published, retired."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.kit.actor import Actor
from careloop.knowledge import service
from careloop.knowledge.intake import service as intake
from careloop.knowledge.intake.schemas import IntakeView, PickIntake, TakeIn
from careloop.knowledge.schemas import (
    ArticleState,
    CreateArticle,
    PickArticle,
    PickEdition,
    SaveDraft,
    SetOwner,
)  # fmt: skip
from careloop.tools.spec import Effect, tool

WRITE = "knowledge:write"


@tool("knowledge.take_in", effect=Effect.WRITE, scope=WRITE)
def take_in(session: Session, actor: Actor, command: TakeIn) -> IntakeView:
    """Take files into the knowledge base."""
    return intake.take_in(session, actor, command)


@tool("knowledge.retry_intake", effect=Effect.WRITE, scope=WRITE)
def retry_intake(session: Session, actor: Actor, command: PickIntake) -> IntakeView:
    """Read the files of a delivery again that could not be read."""
    return intake.retry(session, actor, command)


@tool("knowledge.create_article", effect=Effect.WRITE, scope=WRITE)
def create_article(session: Session, actor: Actor, command: CreateArticle) -> ArticleState:
    """Write a new article as a draft."""
    return service.create_article(session, actor, command)


@tool("knowledge.save_draft", effect=Effect.WRITE, scope=WRITE)
def save_draft(session: Session, actor: Actor, command: SaveDraft) -> ArticleState:
    """Write the next version of an article as a draft."""
    return service.save_draft(session, actor, command)


@tool("knowledge.discard_draft", effect=Effect.WRITE, scope=WRITE)
def discard_draft(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Reject the version that waits."""
    return service.discard_draft(session, actor, command)


@tool("knowledge.approve", effect=Effect.WRITE, scope=WRITE)
def approve(session: Session, actor: Actor, command: PickEdition) -> ArticleState:
    """Agree to a draft."""
    return service.approve(session, actor, command)


@tool("knowledge.publish", effect=Effect.WRITE, scope=WRITE)
def publish(session: Session, actor: Actor, command: PickEdition) -> ArticleState:
    """Publish a version that waits."""
    return service.publish(session, actor, command)


@tool("knowledge.retire", effect=Effect.DESTROY, scope=WRITE)
def retire(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Take an article out of use."""
    return service.retire_article(session, actor, command)


@tool("knowledge.restore", effect=Effect.WRITE, scope=WRITE)
def restore(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Bring a retired article back."""
    return service.restore(session, actor, command)


@tool("knowledge.set_owner", effect=Effect.WRITE, scope=WRITE)
def set_owner(session: Session, actor: Actor, command: SetOwner) -> ArticleState:
    """Name who looks after an article."""
    if command.user_id is not None:
        accounts.user(session, actor, command.user_id)
    return service.set_owner(session, actor, command)


@tool("knowledge.mark_reviewed", effect=Effect.WRITE, scope=WRITE)
def mark_reviewed(session: Session, actor: Actor, command: PickArticle) -> ArticleState:
    """Mark a translation as checked by a person."""
    return service.mark_reviewed(session, actor, command)
