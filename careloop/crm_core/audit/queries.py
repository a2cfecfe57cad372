"""Selects of the audit."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.audit.models import AnsweredCall
from careloop.kit.actor import Actor


def answered(session: Session, actor: Actor, tool: str, key: str) -> AnsweredCall | None:
    """The stored answer to this actor's call with that key."""
    return session.scalar(
        select(AnsweredCall).where(
            AnsweredCall.tenant_id == actor.tenant_id,
            AnsweredCall.actor == actor.label,
            AnsweredCall.tool == tool,
            AnsweredCall.key == key,
        )
    )
