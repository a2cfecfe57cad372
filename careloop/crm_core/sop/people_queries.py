"""What is known of the person who does a step: login, engineer, skills."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from careloop.crm_core.sop.roles import Qualification
from careloop.crm_core.workforce import queries as workforce
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.errors import NotFound

ACTOR_NAME = 60


def qualification(
    session: Session, actor: Actor, engineer: str = "", on: date | None = None
) -> Qualification:
    """Of the actor, or of the engineer for whom somebody else enters what was done on paper.

    A skill of which certificates are on file counts while one of them holds, on the day `on`
    (today where it is left out); without any, that the engineer has it is enough.
    """
    known = {row.code: row for row in workforce.engineers(session, actor)}
    own = next(
        (row for row in known.values() if actor.user_id and row.user_id == actor.user_id), None
    )
    if engineer and (own is None or own.code != engineer):
        if engineer not in known:
            raise NotFound(f"There is no engineer {engineer}")
        own = known[engineer]
    name = (own.name if own else "") or actor.name or actor.label
    return Qualification(
        name=name[:ACTOR_NAME], engineer=own.code if own else "",
        is_engineer=own is not None or actor.role is Role.ENGINEER,
        skills=_skills(session, actor, own, on or now(session).date()) if own else frozenset(),
        may_decide=actor.may("dispatch"),
    )  # fmt: skip


def _skills(session: Session, actor: Actor, row: Engineer, on: date) -> frozenset[str]:
    papers = roster.certificates_of(session, actor, [row.id]).get(row.id, [])
    certified = {paper.skill for paper in papers}
    holding = {
        paper.skill for paper in papers if paper.valid_until is None or paper.valid_until >= on
    }
    return frozenset(skill for skill in row.skills if skill not in certified) | holding


def skills_known(session: Session, actor: Actor) -> set[str]:
    """Every skill that some engineer has."""
    return {skill for row in workforce.engineers(session, actor) for skill in row.skills}
