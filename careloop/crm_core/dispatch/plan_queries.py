"""Selects of plans; for those who dispatch."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch.plan_models import (
    DispatchPlan,
    DispatchPlanLine,
    PlanState,
)  # fmt: skip
from careloop.crm_core.dispatch.plan_schemas import (
    CostView,
    PlanLineView,
    PlanRoute,
    PlanSummary,
    PlanView,
    UnservedView,
)  # fmt: skip
from careloop.crm_core.dispatch.schemas import Reason, SpanView
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound

MOST_PROGRESS = 95


def visible_to(actor: Actor) -> Select[DispatchPlan]:
    statement = select(DispatchPlan).where(DispatchPlan.tenant_id == actor.tenant_id)
    return statement if actor.may("dispatch") else statement.where(false())


def plan(session: Session, actor: Actor, plan_id: str, lock: bool = False) -> DispatchPlan:
    statement = visible_to(actor).where(DispatchPlan.id == plan_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such plan")
    return found


def lines(session: Session, actor: Actor, plan_id: str) -> list[DispatchPlanLine]:
    """The lines of a plan in their order."""
    statement = select(DispatchPlanLine).where(
        DispatchPlanLine.tenant_id == actor.tenant_id, DispatchPlanLine.plan_id == plan_id
    )
    if not actor.may("dispatch"):
        statement = statement.where(false())
    return list(session.scalars(statement.order_by(DispatchPlanLine.id)))


def plans(session: Session, actor: Actor, limit: int = 50) -> list[PlanSummary]:
    """Plans, the newest first."""
    rows = list(session.scalars(visible_to(actor).order_by(DispatchPlan.id.desc()).limit(limit)))
    statement = select(DispatchPlanLine.plan_id, DispatchPlanLine.kind).where(
        DispatchPlanLine.tenant_id == actor.tenant_id,
        DispatchPlanLine.plan_id.in_([row.id for row in rows]),
    )
    counts: dict[str, Counter[str]] = {row.id: Counter() for row in rows}
    for plan_id, kind in session.execute(statement):
        counts[plan_id][kind] += 1
    return [PlanSummary.model_validate(_facts(session, row, counts[row.id])) for row in rows]


def plan_view(session: Session, actor: Actor, plan_id: str) -> PlanView:
    """A plan with what it would change."""
    row = plan(session, actor, plan_id)
    shown = [_line(one) for one in lines(session, actor, plan_id)]
    facts = _facts(session, row, Counter(one.kind for one in shown))
    result = row.result or {}
    return PlanView(
        **facts, lines=shown,
        routes=[PlanRoute.model_validate(one) for one in result.get("routes", [])],
        unserved=[UnservedView.model_validate(one) for one in result.get("unserved", [])],
        warnings=[Reason.model_validate(one) for one in result.get("warnings", [])],
    )  # fmt: skip


def _facts(session: Session, row: DispatchPlan, counts: Counter[str]) -> dict[str, object]:
    result = row.result or {}
    before, after = result.get("before"), result.get("after")
    return {
        "id": row.id, "state": row.state,
        "span": SpanView(from_=iso(row.starts_at), until=iso(row.ends_at)),
        "engineers": row.engineers, "seconds": row.seconds, "keep": row.keep,
        "reason": row.reason, "cause": row.cause, "progress": _progress(session, row),
        "error": row.error, "made_by": row.made_by, "created_at": iso(row.created_at),
        "ended_at": iso(row.ended_at) if row.ended_at else None, "ended_by": row.ended_by,
        "before": CostView.model_validate(before) if before else None,
        "after": CostView.model_validate(after) if after else None,
        "counts": {**counts, "unserved": len(result.get("unserved", []))},
        "version": row.version,
    }  # fmt: skip


def _progress(session: Session, row: DispatchPlan) -> int:
    """Of a plan that is being computed, the share of its time that has gone by."""
    if row.state == PlanState.QUEUED:
        return 0
    if row.state != PlanState.COMPUTING or row.computing_since is None:
        return 100
    gone = (now(session) - as_utc(row.computing_since)) / timedelta(seconds=1)
    return max(1, min(MOST_PROGRESS, round(100 * gone / max(row.seconds, 0.1))))


def _line(row: DispatchPlanLine) -> PlanLineView:
    return PlanLineView(
        id=row.id, kind=row.kind, state=row.state, ticket=row.ticket, work_order=row.work_order,
        version=row.base_version, engineer_before=row.engineer_before, engineer=row.engineer,
        starts_before=iso(row.starts_before) if row.starts_before else None,
        starts_at=iso(row.starts_at) if row.starts_at else None, minutes=row.minutes,
        travel_minutes=row.travel_minutes, late_minutes=row.late_minutes,
        reasons=[Reason.model_validate(one) for one in row.reasons],
    )  # fmt: skip
