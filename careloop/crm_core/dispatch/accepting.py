"""Putting a plan to work: all chosen lines in one act, each checked against the books of now.

Lines move visits past each other, so they are checked together: a visit that a line moves is in
nobody's way, where the line puts it is. A line that falls out stands in the way again, so the rest
is checked anew until nothing falls out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import fitting, giving, job_queries, journal, plan_queries, snapshot
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.plan_models import (
    DispatchPlan,
    DispatchPlanLine,
    LineState,
    PlanState,
)  # fmt: skip
from careloop.crm_core.dispatch.plan_schemas import AcceptPlan
from careloop.crm_core.dispatch.reasons import said
from careloop.crm_core.dispatch.roster_arrays import minute
from careloop.crm_core.dispatch.schemas import Reason
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.tickets import family_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.models import VisitState, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now, savepoint
from careloop.kit.errors import CareloopError, NotFound, VersionConflict

_MOVABLE = frozenset({VisitState.PLANNED, VisitState.CONFIRMED})


@dataclass(slots=True)
class Chosen:
    """A line with what it is about, locked."""

    line: DispatchPlanLine
    ticket: Ticket | None
    visit: WorkOrder | None
    job: Job | None = None
    refusal: list[Reason] | None = None

    @property
    def target(self) -> tuple[str, float, float]:
        """Where the line puts the visit: engineer, from, until, in minutes since 1970."""
        assert self.line.starts_at is not None
        start = minute(self.line.starts_at)
        return self.line.engineer, start, start + self.line.minutes


def accept(session: Session, actor: Actor, command: AcceptPlan) -> tuple[DispatchPlan, int, int]:
    """Accept lines; the plan, how many were accepted, how many refused."""
    plan = plan_queries.plan(session, actor, command.plan_id, lock=True)
    if command.version is not None and command.version != plan.version:
        raise VersionConflict("This plan was changed meanwhile; load it again")
    plan.must_be(PlanState.READY)
    every = plan_queries.lines(session, actor, plan.id)
    wanted = set(command.lines)
    if wanted - {line.id for line in every}:
        raise NotFound("There is no such line in this plan")
    lines = [
        one for one in every if one.state == LineState.OPEN and (not wanted or one.id in wanted)
    ]
    chosen = _locked(session, actor, lines)
    engineers = roster.locked_engineers(session, actor, {one.engineer for one in lines} - {""})
    with snapshot.of(session, actor.tenant_id) as held:
        _join_jobs(session, actor, held, chosen)
        _check(session, held, chosen)
    done = 0
    for one in sorted(chosen, key=lambda one: one.line.kind != "drop"):
        if one.refusal is None:
            done += _put_to_work(session, actor, plan, one, engineers)
    _write_down(session, actor, plan, every, chosen, whole=not wanted)
    return plan, done, len(chosen) - done


def _locked(session: Session, actor: Actor, lines: Sequence[DispatchPlanLine]) -> list[Chosen]:
    """Tickets in the order of their numbers, then visits in theirs."""
    tickets = family_queries.locked(session, actor, sorted({one.ticket for one in lines}))
    rows = {
        number: visits.work_order(session, actor, number, lock=True)
        for number in sorted({one.work_order for one in lines} - {""})
    }
    return [Chosen(one, tickets.get(one.ticket), rows.get(one.work_order)) for one in lines]


def _join_jobs(session: Session, actor: Actor, held: Snapshot, chosen: Sequence[Chosen]) -> None:
    """What each job needs, as the books say now."""
    loose = [one for one in chosen if one.visit is None and one.ticket is not None]
    found = job_queries.jobs(
        session, actor, held, [one.ticket.id for one in loose if one.ticket],
        [one.visit for one in chosen if one.visit],
    )  # fmt: skip
    by_number = {job.number: job for job in found}
    for one in chosen:
        one.job = by_number.get(one.line.work_order or one.line.ticket)


def _check(session: Session, held: Snapshot, chosen: Sequence[Chosen]) -> None:
    for one in chosen:
        one.refusal = _changed_since(session, one)
    while True:
        going = [one for one in chosen if one.refusal is None and one.line.kind != "drop"]
        moved = {one.visit.id for one in chosen if one.refusal is None and one.visit}
        fell = False
        for one in going:
            found = _hindrances(held, one, moved) or _in_each_others_way(one, going)
            if found:
                one.refusal, fell = found, True
        if not fell:
            return


def _changed_since(session: Session, one: Chosen) -> list[Reason] | None:
    """What happened to the visit or the ticket since the plan was made."""
    line, visit, ticket = one.line, one.visit, one.ticket
    if ticket is None or not ticket.is_open or one.job is None:
        return [said("ended_since", "hard", ticket=line.ticket)]
    if visit is None:
        for number in visits.open_of_ticket(session, ticket.tenant_id, ticket.id):
            return [said("planned_since", "hard", ticket=line.ticket, work_order=number)]
    elif visit.promised and line.kind != "assign":
        return [said("promised_since", "hard", work_order=visit.number)]
    elif visit.version != line.base_version or visit.state not in _MOVABLE:
        return [said("changed_since", "hard", work_order=visit.number)]
    if line.starts_at is not None and as_utc(line.starts_at) < now(session):
        return [said("gone_by", "hard")]
    return None


def _hindrances(held: Snapshot, one: Chosen, moved: set[str]) -> list[Reason]:
    at = held.roster.by_code.get(one.line.engineer)
    assert one.job is not None
    if at is None:
        return [said("inactive", "hard", engineer=one.line.engineer)]
    _, start, end = one.target
    return fitting.hindered(held, one.job.needed, at, start, end, moved)


def _in_each_others_way(one: Chosen, going: Sequence[Chosen]) -> list[Reason]:
    who, start, end = one.target
    for other in going:
        if other is one or other.refusal is not None:
            continue
        whose, since, until = other.target
        if whose == who and since < end - 0.5 and until > start + 0.5:
            number = other.line.work_order or other.line.ticket
            return [said("overlap", "hard", engineer=who, work_order=number,
                         **{"from": "", "until": ""})]  # fmt: skip
    return []


def _put_to_work(
    session: Session, actor: Actor, plan: DispatchPlan, one: Chosen,
    engineers: dict[str, Engineer],
) -> int:  # fmt: skip
    """Write one line; a refusal of the books of visits is the line's own."""
    line = one.line
    assert one.ticket is not None
    try:
        with savepoint(session):
            if line.kind == "drop":
                row = giving.write(session, actor, one.ticket, one.visit, "", None, plan.cause)
                giving.keep_slot(session, actor, row, None, None, "plan")
            else:
                row = _given(session, actor, plan, one)
                giving.settle(session, actor, engineers[line.engineer], row, "plan")
    except CareloopError as refused:
        one.refusal = [said("refused", "hard", why=refused.message)]
        return 0
    line.state, line.work_order = LineState.ACCEPTED, row.number
    return 1


def _given(session: Session, actor: Actor, plan: DispatchPlan, one: Chosen) -> WorkOrder:
    line, job = one.line, one.job
    assert one.ticket is not None and job is not None and line.starts_at is not None
    start = as_utc(line.starts_at)
    window: Window | None = None
    if one.visit is None:
        with snapshot.of(session, actor.tenant_id) as held:
            window = giving.told_window(held, job, start)
    elif not _within(one.visit, start):
        length = as_utc(one.visit.window_until) - as_utc(one.visit.window_from)
        window = Window(from_=start, until=start + min(length, timedelta(hours=4)),
                        time_zone=one.visit.time_zone)  # fmt: skip
    purpose = "" if one.visit else job.needed.note or one.ticket.title
    row = giving.write(
        session, actor, one.ticket, one.visit, line.engineer, window, plan.cause, purpose
    )
    slot = giving.keep_slot(session, actor, row, start, line.minutes, "plan")
    if slot.pool == "offered":
        slot.pool, slot.taken_by, slot.taken_at = "taken", line.engineer, now(session)
    return row


def _within(visit: WorkOrder, start: datetime) -> bool:
    """Whether work begins within the window, which then stays as it is."""
    return as_utc(visit.window_from) <= start <= as_utc(visit.window_until)


def _write_down(
    session: Session, actor: Actor, plan: DispatchPlan, every: Sequence[DispatchPlanLine],
    chosen: Sequence[Chosen], whole: bool,
) -> None:  # fmt: skip
    at = now(session)
    for one in chosen:
        if one.refusal is not None:
            one.line.state = LineState.REFUSED
            one.line.reasons = [*one.line.reasons, *giving.dumped(one.refusal)]
        one.line.touch(at)
    if whole or not any(line.state == LineState.OPEN for line in every):
        plan.state, plan.ended_at, plan.ended_by = PlanState.ACCEPTED, at, journal.name_of(actor)
    plan.touch(at)
    counts = {state: sum(one.line.state == state for one in chosen)
              for state in (LineState.ACCEPTED, LineState.REFUSED)}  # fmt: skip
    text = f"{counts[LineState.ACCEPTED]} accepted, {counts[LineState.REFUSED]} refused"
    journal.note(session, actor, "plan", "accepted", plan_id=plan.id, text=text)
    session.flush()
