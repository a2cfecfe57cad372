"""Writers of day plans: ask for one, keep its result, throw it away; `accepting` uses it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import candidates, journal, plan_queries
from careloop.crm_core.dispatch.events import PlanQueued
from careloop.crm_core.dispatch.plan_models import (
    DispatchPlan,
    DispatchPlanLine,
    LineState,
    PlanState,
)  # fmt: skip
from careloop.crm_core.dispatch.plan_results import PlanResult
from careloop.crm_core.dispatch.plan_schemas import DiscardPlan, DraftPlan
from careloop.crm_core.workforce import queries as workforce
from careloop.crm_core.workforce import roster_queries as roster
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.events import emit
from careloop.kit.ids import new_id

LOST_AFTER = timedelta(seconds=120)
"""A computation that has been silent so much longer than its time is taken up anew."""


def draft(session: Session, actor: Actor, command: DraftPlan, reason: str = "hand") -> DispatchPlan:
    """Ask for a plan; it is computed outside any transaction."""
    for code in command.engineers:
        roster.engineer(session, actor, code)
    zones = {
        ZoneInfo(row.time_zone)
        for row in workforce.engineers(session, actor)
        if row.active and (not command.engineers or row.code in command.engineers)
    } or {ZoneInfo("UTC")}
    at = now(session)
    if command.from_ is not None and command.until is not None:
        since, until = as_utc(command.from_), as_utc(command.until)
        days = _days(since, until, zones)
    else:
        day = command.date or min(at.astimezone(zone).date() for zone in zones)
        since = min(_midnight(day, zone) for zone in zones)
        until = max(_midnight(day + timedelta(days=1), zone) for zone in zones)
        days = [day]
    row = DispatchPlan(
        tenant_id=actor.tenant_id, id=new_id(), state=PlanState.QUEUED, starts_at=since,
        ends_at=until, days=[one.isoformat() for one in days],
        engineers=sorted(set(command.engineers)), tickets=command.tickets,
        seconds=command.seconds, keep=command.keep, reason=reason, cause=command.cause,
        made_by=journal.name_of(actor), created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    emit(session, PlanQueued(actor.tenant_id, row.id))
    return row


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return as_utc(datetime.combine(day, time(), zone))


def _days(since: datetime, until: datetime, zones: set[ZoneInfo]) -> list[date]:
    """The local days of any engineer that the span touches."""
    last = until - timedelta(seconds=1)
    first_day = min(since.astimezone(zone).date() for zone in zones)
    last_day = max(last.astimezone(zone).date() for zone in zones)
    return [first_day + timedelta(days=at) for at in range((last_day - first_day).days + 1)]


def begin(session: Session, tenant_id: str, plan_id: str) -> DispatchPlan | None:
    """Claim a plan to compute it; None where somebody does, or it has ended."""
    row = plan_queries.plan(session, system_actor(tenant_id), plan_id, lock=True)
    at = now(session)
    lost = (
        row.state == PlanState.COMPUTING and row.computing_since is not None
        and as_utc(row.computing_since) + timedelta(seconds=row.seconds) + LOST_AFTER < at
    )  # fmt: skip
    if row.state != PlanState.QUEUED and not lost:
        return None
    row.state, row.computing_since = PlanState.COMPUTING, at
    row.touch(at)
    return row


def finish(session: Session, tenant_id: str, plan_id: str, made: PlanResult) -> None:
    """Keep the result; a plan that was thrown away meanwhile stays so."""
    actor = system_actor(tenant_id)
    row = plan_queries.plan(session, actor, plan_id, lock=True)
    if row.state != PlanState.COMPUTING:
        return
    at = now(session)
    row.state, row.result, row.progress = PlanState.READY, made.result, 100
    row.touch(at)
    for one in made.changes:
        session.add(
            DispatchPlanLine(
                tenant_id=tenant_id, id=new_id(), plan_id=plan_id, kind=one.kind,
                state=LineState.OPEN, ticket=one.job.ticket, work_order=one.job.work_order,
                base_version=one.job.version, engineer_before=one.job.engineer,
                engineer=one.engineer,
                starts_before=_instant(one.job.start) if one.job.work_order else None,
                starts_at=_instant(one.start), minutes=round(one.job.minutes),
                travel_minutes=one.travel, late_minutes=one.late,
                reasons=[reason.model_dump() for reason in one.reasons], created_at=at,
                updated_at=at,
            )
        )  # fmt: skip
    journal.note(session, actor, "plan", "computed", plan_id=plan_id, text=row.cause)
    if row.reason != "hand":
        journal.tell_dispatchers(
            session, tenant_id, "dispatch_plan_ready",
            f"A plan is ready: {row.cause or row.reason}", f"dispatch_plan_ready:{plan_id}",
            {"cause": row.cause or row.reason, "plan": plan_id}, link=f"/dispatch/plans/{plan_id}",
        )  # fmt: skip


def _instant(minutes: float | None) -> datetime | None:
    return None if minutes is None else candidates.instant(minutes)


def fail(session: Session, tenant_id: str, plan_id: str, error: str) -> None:
    """Write down that a plan came to nothing."""
    row = plan_queries.plan(session, system_actor(tenant_id), plan_id, lock=True)
    if row.state in {PlanState.QUEUED, PlanState.COMPUTING}:
        row.state, row.error = PlanState.FAILED, error[:1000]
        row.touch(now(session))


def discard(session: Session, actor: Actor, command: DiscardPlan) -> DispatchPlan:
    """Throw a plan away; one that is being computed as well."""
    row = plan_queries.plan(session, actor, command.plan_id, lock=True)
    row.must_be(PlanState.QUEUED, PlanState.COMPUTING, PlanState.READY, PlanState.FAILED)
    at = now(session)
    row.state, row.ended_at, row.ended_by = PlanState.DISCARDED, at, journal.name_of(actor)
    row.touch(at)
    for line in plan_queries.lines(session, actor, row.id):
        if line.state == LineState.OPEN:
            line.state = LineState.LEFT
            line.touch(at)
    journal.note(session, actor, "plan", "discarded", plan_id=row.id, text=command.reason)
    return row
