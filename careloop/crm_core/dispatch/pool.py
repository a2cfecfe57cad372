"""The open pool: visits that wait for whoever takes them first.

Offer, grab, withdraw and giving by hand all lock the visit before they look; so of many who reach
for a job at once exactly one gets it, and the others hear that it is taken.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import candidates, giving, job_queries, journal, snapshot
from careloop.crm_core.dispatch.asleep import asleep
from careloop.crm_core.dispatch.errors import JobTaken, NotFit
from careloop.crm_core.dispatch.models import DispatchSlot, PoolState
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.schemas import Grab, Offer, OfferTicket, Placed, Withdraw
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workorders import journal as visit_journal
from careloop.crm_core.workorders import service as visit_service
from careloop.crm_core.workorders.models import VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import ChangeVisit, PlanVisit
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden

OFFERED_AT_ONCE = 200
"""Of more engineers than these nobody is told one by one; the pool shows it to all."""


def offer_ticket(session: Session, actor: Actor, command: OfferTicket) -> Placed:
    """Plan a visit for a ticket and put it into the pool."""
    plan = PlanVisit(ticket=command.ticket, window=command.window, purpose=command.purpose)
    with asleep(session):
        row = visit_service.plan_visit(session, actor, plan)
    return _offer(session, actor, row, command.engineers)


def offer(session: Session, actor: Actor, command: Offer) -> Placed:
    """Put a visit into the pool; who had it has it no longer."""
    row, _ = visit_journal.locked_with_ticket(session, actor, command.work_order, command.version)
    if row.state not in {VisitState.PLANNED, VisitState.CONFIRMED}:
        raise Conflict(f"This visit is {row.state.replace('_', ' ')}; it cannot be offered")
    if row.engineer:
        owner = roster.engineer(session, actor, row.engineer)
        row = visit_service.change_visit(
            session, actor, ChangeVisit(number=row.number, engineer="")
        )
        text = f"{row.number} for {row.ticket} is no longer yours"
        journal.tell_engineer(session, actor, owner, row, "dispatch_taken_away", text)
    return _offer(session, actor, row, command.engineers)


def _offer(session: Session, actor: Actor, row: WorkOrder, codes: list[str]) -> Placed:
    for code in codes:
        roster.engineer(session, actor, code)
    kept = job_queries.slot(session, actor.tenant_id, row.id)
    slot = giving.keep_slot(session, actor, row, kept.starts_at if kept else None, None, "")
    slot.pool, slot.offered_at, slot.offered_to = (
        PoolState.OFFERED,
        now(session),
        sorted(set(codes)),
    )
    slot.offered_by, slot.taken_by, slot.taken_at = journal.name_of(actor), "", None
    # The visit's version moves with its place in the pool, so nobody acts on an older picture.
    row.touch(now(session))
    session.flush()
    journal.note(session, actor, "pool", "offered", ticket=row.ticket, work_order=row.number)
    _tell_those_who_may(session, actor, row, slot)
    return giving.placed(row, slot, [], None)


def _tell_those_who_may(session: Session, actor: Actor, row: WorkOrder, slot: DispatchSlot) -> None:
    with snapshot.of(session, actor.tenant_id) as held:
        (job,) = job_queries.jobs(session, actor, held, [], [row])
        found = candidates.rank_job(session, actor, held, job, (row.window_from, row.window_until))
        may = [
            held.roster.people[at]
            for at in map(int, found.order)
            if not any(flags[at] for flags in found.field_of(at).hard.values())
        ]
    wanted = set(slot.offered_to)
    ids = [one.user_id for one in may if one.user_id and (not wanted or one.code in wanted)]
    if not ids or len(ids) > OFFERED_AT_ONCE:
        return
    text = f"{row.number} is in the pool: {row.purpose or row.ticket}"
    notify(
        session, actor.tenant_id, [one for one in ids if one is not None],
        Message(
            kind="dispatch", key="dispatch_offered", text=text[:1000], link="/pool",
            args={"number": row.number, "ticket": row.ticket, "from": iso(row.window_from),
                  "until": iso(row.window_until), "site": row.site},
            dedupe=f"dispatch_offered:{row.number}:{row.version}",
        ),
    )  # fmt: skip


def grab(session: Session, actor: Actor, command: Grab) -> Placed:
    """Take a job from the pool for oneself."""
    row, ticket = visit_journal.locked_with_ticket(session, actor, command.work_order)
    me = roster.engineer_of(session, actor)
    if me is None:
        raise Forbidden("Only engineers take jobs from the pool; a dispatcher gives them out")
    slot = job_queries.slot(session, actor.tenant_id, row.id)
    if slot is None or slot.pool == PoolState.NONE:
        raise Conflict(f"{row.number} is not in the pool")
    if slot.pool == PoolState.TAKEN and slot.taken_by == me.code and row.engineer == me.code:
        return giving.placed(row, slot, [], None)
    if slot.pool != PoolState.OFFERED or row.engineer or not row.is_open:
        raise JobTaken(row.number)
    if slot.offered_to and me.code not in slot.offered_to:
        excluded = [said("excluded", "hard", engineer=me.code)]
        raise NotFit("This job was offered to others", giving.dumped(excluded))
    me = roster.engineer(session, actor, me.code, lock=True)
    with snapshot.of(session, actor.tenant_id) as held:
        (job,) = job_queries.jobs(session, actor, held, [], [row])
        span = candidates.usual_span(session, job)
        checked = giving.check(session, actor, held, job, me.code, *span)
    giving.refuse(me.code, checked.hard, checked.soft, command.force and bool(command.reason))
    row = giving.write(session, actor, ticket, row, me.code, None, command.reason)
    slot = giving.keep_slot(session, actor, row, checked.start, job.minutes, "pool")
    slot.pool, slot.taken_by, slot.taken_at = PoolState.TAKEN, me.code, now(session)
    giving.settle(session, actor, me, row, "pool")
    journal.note(
        session, actor, "pool", "taken", ticket=row.ticket, work_order=row.number,
        engineer=me.code, score=checked.score, reasons=checked.soft, text=command.reason,
    )  # fmt: skip
    return giving.placed(row, slot, checked.soft, checked.travel)


def withdraw(session: Session, actor: Actor, command: Withdraw) -> Placed:
    """Take a job out of the pool; it stands among the unplanned."""
    row, _ = visit_journal.locked_with_ticket(session, actor, command.work_order)
    slot = job_queries.slot(session, actor.tenant_id, row.id)
    if slot is None or slot.pool != PoolState.OFFERED:
        if slot is not None and slot.pool == PoolState.TAKEN:
            raise JobTaken(row.number)
        raise Conflict(f"{row.number} is not in the pool")
    slot.pool = PoolState.WITHDRAWN
    slot.touch(now(session))
    row.touch(now(session))
    session.flush()
    journal.note(
        session, actor, "pool", "withdrawn", ticket=row.ticket, work_order=row.number,
        text=command.reason,
    )  # fmt: skip
    return giving.placed(row, slot, [], None)
