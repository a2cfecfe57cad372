"""Writers of SLA policies."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.sla import queries, timing
from careloop.crm_core.sla.models import SlaPolicy
from careloop.crm_core.sla.schemas import CreatePolicy, PolicyFacts, ReplacePolicy
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, NotFound, VersionConflict
from careloop.kit.ids import new_id


def create_policy(session: Session, actor: Actor, command: CreatePolicy) -> SlaPolicy:
    """Add a policy; `Conflict` when its code is taken or there is another fallback."""
    if queries.has_code(session, actor.tenant_id, command.code):
        raise Conflict(f"There is an SLA policy {command.code} already; choose another code")
    row = SlaPolicy(
        tenant_id=actor.tenant_id, id=new_id(), version=1, code=command.code,
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    _fill(session, actor, row, command)
    session.add(row)
    session.flush()
    return row


def replace_policy(session: Session, actor: Actor, command: ReplacePolicy) -> SlaPolicy:
    """Change a policy as a whole.

    Running clocks keep the target they were promised; the ladder and the point of warning are
    those of the policy as it is now, so what they have to fire next is looked up again.
    """
    row = queries.policy(session, actor, command.policy_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this policy meanwhile; load it again")
    if command.code != row.code:
        raise Conflict(f"Contracts name this policy {row.code}; add another for {command.code}")
    _fill(session, actor, row, command)
    row.touch(now(session))
    session.flush()
    for clock in queries.running_on_policy(session, row.tenant_id, row.id):
        timing.count(session, clock)
    session.flush()
    return row


def _fill(session: Session, actor: Actor, row: SlaPolicy, facts: PolicyFacts) -> None:
    if facts.calendar and calendars.by_code(session, actor.tenant_id, facts.calendar) is None:
        raise NotFound(f"There is no calendar {facts.calendar}; add it first")
    named = {user for step in facts.steps for user in (*step.users, step.reassign_to) if user}
    unknown = named - set(accounts.names(session, actor.tenant_id, named))
    if unknown:
        raise NotFound(f"There is no user {min(unknown)}")
    if facts.fallback:
        others = [
            other
            for other in queries.all_policies(session, actor.tenant_id)
            if other.fallback and other.id != row.id
        ]
        if others:
            raise Conflict(f"Policy {others[0].code} is the fallback already; change it first")
    data = facts.model_dump(mode="json")
    for name in PolicyFacts.model_fields:
        setattr(row, name, data[name])
