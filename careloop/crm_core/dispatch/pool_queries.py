"""Selects of the pool: for an engineer the jobs that they may do, for a dispatcher all."""

from __future__ import annotations

from sqlalchemy import Select, and_, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import candidates, job_queries, snapshot
from careloop.crm_core.dispatch.candidates import candidate_view
from careloop.crm_core.dispatch.models import DispatchSlot, PoolState
from careloop.crm_core.dispatch.schemas import CandidateView, PoolJob, SpanView
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workorders.models import OPEN_VISITS, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso

MOST = 300


def slots_visible_to(actor: Actor) -> Select[DispatchSlot]:
    """Slots of visits the actor may see: staff who do or give out work."""
    statement = select(DispatchSlot).where(DispatchSlot.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and (actor.may("work:write") or actor.may("dispatch"))
    return statement if allowed else statement.where(false())


def offered(session: Session, actor: Actor) -> list[tuple[WorkOrder, DispatchSlot]]:
    """Visits in the pool, the earliest window first."""
    statement = (
        slots_visible_to(actor)
        .join(
            WorkOrder,
            and_(
                WorkOrder.tenant_id == DispatchSlot.tenant_id,
                WorkOrder.id == DispatchSlot.work_order_id,
            ),
        )
        .where(
            DispatchSlot.pool == PoolState.OFFERED, WorkOrder.engineer == "",
            WorkOrder.state.in_(OPEN_VISITS),
        )
        .order_by(WorkOrder.window_from, WorkOrder.id)
        .limit(MOST)
        .with_only_columns(WorkOrder, DispatchSlot)
    )  # fmt: skip
    return [(row, slot) for row, slot in session.execute(statement)]


def offers(session: Session, actor: Actor) -> list[PoolJob]:
    """The pool as the actor may see it: a dispatcher everything, an engineer what they may do,
    anybody else nothing."""
    me = roster.engineer_of(session, actor)
    if me is None and not actor.may("dispatch"):
        return []
    found = offered(session, actor)
    if not found:
        return []
    shown = []
    with snapshot.of(session, actor.tenant_id) as held:
        jobs = job_queries.jobs(session, actor, held, [], [row for row, _ in found])
        slots = {row.id: slot for row, slot in found}
        for job in jobs:
            assert job.visit is not None
            slot = slots[job.visit.id]
            mine: CandidateView | None = None
            if me is not None:
                if slot.offered_to and me.code not in slot.offered_to:
                    continue
                span = candidates.usual_span(session, job)
                ranked = candidates.rank_job(session, actor, held, job, span)
                at = held.roster.by_code[me.code]
                mine = candidate_view(held, job, ranked.field_of(at), at)
                if mine.blocked:
                    continue
            shown.append(_shown(job, slot, mine))
    return shown


def _shown(job: job_queries.Job, slot: DispatchSlot, mine: CandidateView | None) -> PoolJob:
    row = job.visit
    assert row is not None
    offered_at = as_utc(slot.offered_at) if slot.offered_at else as_utc(slot.updated_at)
    return PoolJob(
        **job.facts(), window=SpanView(from_=iso(row.window_from), until=iso(row.window_until)),
        time_zone=row.time_zone, promised=row.promised, purpose=row.purpose,
        offered_at=iso(offered_at), offered_by=slot.offered_by, offered_to=slot.offered_to,
        travel_minutes=mine.travel_minutes if mine else None, soft=mine.soft if mine else [],
        parts_missing=mine.parts_missing if mine else {},
    )  # fmt: skip
