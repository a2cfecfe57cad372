"""Writers of runs: put on a visit, by hand or by rule, taken off it, left with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from careloop.crm_core.sop import queries, run_queries
from careloop.crm_core.sop.models import RunState, Sop, SopRule, SopRun, SopState
from careloop.crm_core.sop.roles import Qualification
from careloop.crm_core.sop.schemas import WithdrawRun
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, NotFound, VersionConflict
from careloop.kit.ids import new_id

ACTOR_NAME = 60


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a visit when procedures are put on it."""

    work_order: str
    ticket: str = ""
    serial: str = ""
    model: str = ""
    ticket_type: str = ""
    component: str = ""
    codes: Sequence[str] = ()
    plan: str = ""


def attach(session: Session, actor: Actor, sop: str, occasion: Occasion, required: bool) -> SopRun:
    """Put a published procedure on a visit by hand; `Conflict` where it is on it and open."""
    owner = queries.sop(session, actor, sop)
    if not owner.published or owner.state == SopState.RETIRED:
        raise Conflict(f"{owner.code} is not published, so nobody can follow it")
    for row in run_queries.open_runs(session, actor.tenant_id, occasion.work_order):
        if row.sop_id == owner.id:
            raise Conflict(f"{owner.code} is on {occasion.work_order} already; go on with that")
    return _add(session, actor, owner, occasion, required, by_rule=False)


def run_on(session: Session, actor: Actor, work_order: str, sop: str) -> str:
    """Id of the open run of a procedure on a visit; `NotFound` without one."""
    for row in run_queries.open_runs(session, actor.tenant_id, work_order):
        if row.sop == sop:
            return row.id
    raise NotFound(f"{sop} is not on {work_order}")


def attach_by_rule(session: Session, actor: Actor, occasion: Occasion) -> list[SopRun]:
    """Put on a visit what its model, ticket, fault and contract ask for, each procedure once."""
    wanted: dict[str, tuple[Sop, bool]] = {}
    for rule, owner in queries.rules_in_use(session, actor.tenant_id):
        if suits(rule, owner, occasion):
            required = rule.required or wanted.get(owner.id, (owner, False))[1]
            wanted[owner.id] = (owner, required)
    return [
        _add(session, actor, owner, occasion, required, by_rule=True)
        for owner, required in wanted.values()
        if not run_queries.has_run(session, actor.tenant_id, occasion.work_order, owner.id)
    ]


def suits(rule: SopRule, owner: Sop, occasion: Occasion) -> bool:
    """Whether a visit is one that the rule asks for; the procedure's own models hold too."""
    asked: tuple[tuple[Sequence[str], Sequence[str]], ...] = (
        (rule.models or owner.models, [occasion.model]),
        (rule.ticket_types, [occasion.ticket_type]),
        (rule.components, [occasion.component]),
        (rule.codes, occasion.codes),
        (rule.plans, [occasion.plan]),
    )
    return all(
        not wanted or {one.casefold() for one in wanted} & {one.casefold() for one in there}
        for wanted, there in asked
    )


def withdraw(session: Session, actor: Actor, command: WithdrawRun, who: Qualification) -> SopRun:
    """Take a run off its visit. What is required, or begun, only who answers for the visit."""
    row = locked(session, actor, command.run_id)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this run meanwhile; load it again")
    if row.state not in run_queries.OPEN_RUNS:
        raise Conflict(f"This run is {row.state}")
    if (row.required or row.state == RunState.BEGUN) and not who.may_decide:
        raise Forbidden("A dispatcher or manager decides whether this is needed")
    _close(session, actor, row, RunState.WITHDRAWN, command.reason)
    return row


def leave(session: Session, actor: Actor, work_order: str, reason: str) -> None:
    """The visit ended; its open runs stay as they are, with the reason where one was given."""
    for found in run_queries.open_runs(session, actor.tenant_id, work_order):
        _close(session, actor, locked(session, actor, found.id), RunState.LEFT, reason)


def call_off(session: Session, actor: Actor, work_order: str, reason: str) -> None:
    """The visit will not take place: what was not begun on it is taken off."""
    for found in run_queries.open_runs(session, actor.tenant_id, work_order):
        state = RunState.LEFT if found.state == RunState.BEGUN else RunState.WITHDRAWN
        _close(session, actor, locked(session, actor, found.id), state, reason)


def locked(session: Session, actor: Actor, run_id: str) -> SopRun:
    """The run, locked."""
    return run_queries.run(session, actor, run_id, lock=True)


def _close(session: Session, actor: Actor, row: SopRun, state: RunState, reason: str) -> None:
    row.state, row.reason, row.reason_by = state, reason, _name(actor)
    row.touch(now(session))


def _add(
    session: Session, actor: Actor, owner: Sop, occasion: Occasion, required: bool, by_rule: bool
) -> SopRun:
    at = now(session)
    row = SopRun(
        tenant_id=actor.tenant_id, id=new_id(), sop_id=owner.id, sop=owner.code,
        work_order=occasion.work_order, ticket=occasion.ticket, serial=occasion.serial,
        model=occasion.model, required=required, by_rule=by_rule,
        attached_by="" if by_rule else _name(actor), created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _name(actor: Actor) -> str:
    return (actor.name or actor.label)[:ACTOR_NAME]
