"""Giving visits to engineers by hand: the checks, the visit, the slot, the notice - one act.

The ticket is locked first, then the visit, then the engineer. Whoever gives work to an engineer
holds the engineer's row from the check until the commit, so two visits never slip in together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import candidates, job_queries, journal, snapshot
from careloop.crm_core.dispatch.errors import JobTaken, NeedsForce, NotFit, VisitStands
from careloop.crm_core.dispatch.events import VisitAssigned
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.models import DispatchSlot, PoolState
from careloop.crm_core.dispatch.reasons import blocks_of, said, soft_of
from careloop.crm_core.dispatch.roster_arrays import minute
from careloop.crm_core.dispatch.schemas import Assign, Placed, Reason, SpanView, Unassign
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders import journal as visit_journal
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders import service as visit_service
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.models import VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import ChangeVisit, PlanVisit
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

BEFORE_WORK = frozenset({VisitState.PLANNED, VisitState.CONFIRMED, VisitState.EN_ROUTE})


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: when work begins, why not, what may be overruled, the way there."""

    start: datetime
    hard: list[Reason]
    soft: list[Reason]
    travel: int | None
    score: int


def assign(session: Session, actor: Actor, command: Assign) -> Placed:
    """Give a visit, or a ticket that needs one, to an engineer."""
    visit, ticket = _locked(session, actor, command)
    engineer = roster.engineer(session, actor, command.engineer, lock=True)
    with snapshot.of(session, actor.tenant_id) as held:
        job = _job(session, actor, held, ticket, visit)
        since, until = _wanted(session, job, command)
        if command.minutes:
            job.needed.minutes = command.minutes
            if job.slot is not None:
                job.slot.minutes = command.minutes
        checked = check(session, actor, held, job, engineer.code, since, until)
        window = command.window or (None if visit else told_window(held, job, checked.start))
    soft = [*checked.soft, *_promise(visit, window)]
    refuse(engineer.code, checked.hard, soft, command.force)
    purpose = command.purpose or ("" if visit else job.needed.note or ticket.title)
    visit = write(
        session, actor, ticket, visit, engineer.code, window, command.reason, purpose
    )  # fmt: skip
    slot = keep_slot(session, actor, visit, checked.start, job.minutes, "hand")
    if slot.pool == PoolState.OFFERED:
        slot.pool, slot.taken_by, slot.taken_at = PoolState.TAKEN, engineer.code, now(session)
    settle(session, actor, engineer, visit, "hand")
    journal.note(
        session, actor, "assign", "forced" if soft else "assigned", ticket=ticket.number,
        work_order=visit.number, engineer=engineer.code, score=checked.score, reasons=soft,
        text=command.reason,
    )  # fmt: skip
    return placed(visit, slot, soft, checked.travel)


def _locked(session: Session, actor: Actor, command: Assign) -> tuple[WorkOrder | None, Ticket]:
    """The visit, if there is one, and its ticket, both locked; what stands is not stolen."""
    if command.ticket:
        ticket = visit_journal.live_ticket(session, actor, command.ticket)
        for number in visits.open_of_ticket(session, actor.tenant_id, ticket.id):
            row = visits.work_order(session, actor, number, lock=True)
            if row.engineer:
                raise VisitStands(
                    f"{row.number} is planned for {ticket.number} with {row.engineer}; change "
                    "that visit",
                    work_order=row.number,
                )
            return row, ticket
        return None, ticket
    row, ticket = visit_journal.locked_with_ticket(session, actor, command.work_order)
    same_version(session, row, command.version, command.engineer)
    if row.state not in BEFORE_WORK:
        raise Conflict(f"This visit is {row.state.replace('_', ' ')}; its plan stands")
    return row, ticket


def same_version(session: Session, row: WorkOrder, version: int | None, engineer: str) -> None:
    """Nobody takes a visit from an engineer without having seen it there."""
    if version == row.version or (version is None and row.engineer in {"", engineer}):
        return
    slot = job_queries.slot(session, row.tenant_id, row.id)
    if slot is not None and slot.pool == PoolState.TAKEN and row.engineer:
        raise JobTaken(row.number)
    if version is None:
        raise VisitStands(
            f"{row.number} is with {row.engineer}; send the version you saw to move it",
            work_order=row.number,
        )
    raise VersionConflict("Somebody changed this visit meanwhile; load it again")


def _job(
    session: Session, actor: Actor, held: Snapshot, ticket: Ticket, visit: WorkOrder | None
) -> Job:
    if visit is None:
        found = job_queries.jobs(session, actor, held, [ticket.id])
    else:
        found = job_queries.jobs(session, actor, held, [], [visit])
    if not found:
        raise NotFound(f"There is no ticket {ticket.number} that you may see")
    return found[0]


def _wanted(session: Session, job: Job, command: Assign) -> tuple[datetime, datetime]:
    """From when until when work may begin."""
    if command.starts_at is not None:
        return as_utc(command.starts_at), as_utc(command.starts_at)
    if command.window is not None:
        return as_utc(command.window.from_), as_utc(command.window.until)
    return candidates.usual_span(session, job)


def check(
    session: Session, actor: Actor, held: Snapshot, job: Job, engineer: str, since: datetime,
    until: datetime,
) -> Checked:  # fmt: skip
    """What speaks against giving the job to the engineer in that span."""
    found = candidates.rank_job(session, actor, held, job, (since, until))
    at = held.roster.by_code[engineer]
    field = found.field_of(at)
    travel = field.travel[at]
    return Checked(
        start=candidates.instant(float(field.start[at])), hard=blocks_of(held, job, field, at),
        soft=soft_of(held, job, field, at),
        travel=None if travel != travel else round(float(travel)),
        score=max(0, round(float(field.score[at]))),
    )  # fmt: skip


def refuse(engineer: str, hard: list[Reason], soft: list[Reason], force: bool) -> None:
    """`NotFit` for what nobody overrules, `NeedsForce` for the rest without `force`."""
    if hard:
        text = "; ".join(one.text for one in hard)
        raise NotFit(f"This cannot be given to {engineer}: {text}", dumped(hard))
    if soft and not force:
        text = "; ".join(one.text for one in soft)
        raise NeedsForce(f"{text}. Send force with a reason to do it all the same", dumped(soft))


def dumped(reasons: list[Reason]) -> list[dict[str, Any]]:
    return [one.model_dump() for one in reasons]


def _promise(visit: WorkOrder | None, window: Window | None) -> list[Reason]:
    """Moving what was promised to the customer is overruling as well."""
    if visit is None or window is None or not visit.promised:
        return []
    before = (as_utc(visit.window_from), as_utc(visit.window_until))
    if (as_utc(window.from_), as_utc(window.until)) == before:
        return []
    told = {"work_order": visit.number, "from": iso(before[0]), "until": iso(before[1])}
    return [said("promised", "soft", **told)]


def told_window(held: Snapshot, job: Job, start: datetime) -> Window:
    """What the customer is told: from the begin of work on, in the customer's zone."""
    minutes = held.settings.arrival_minutes
    zone = job.customer.time_zone if job.customer else "UTC"
    return Window(from_=start, until=start + timedelta(minutes=minutes), time_zone=zone)


def write(
    session: Session, actor: Actor, ticket: Ticket, visit: WorkOrder | None, engineer: str,
    window: Window | None, reason: str, purpose: str = "",
) -> WorkOrder:  # fmt: skip
    """Create or change the visit through the books of visits."""
    if visit is None:
        assert window is not None
        return visit_service.plan_visit(
            session, actor,
            PlanVisit(ticket=ticket.number, engineer=engineer, window=window, purpose=purpose),
        )  # fmt: skip
    return visit_service.change_visit(
        session, actor,
        ChangeVisit(
            number=visit.number, engineer=engineer, window=window, reason=reason,
            purpose=purpose or None,
        ),
    )  # fmt: skip


def keep_slot(
    session: Session, actor: Actor, visit: WorkOrder, start: datetime | None, minutes: int | None,
    source: str,
) -> DispatchSlot:  # fmt: skip
    """Write down when the work of a visit begins and how long it takes."""
    at = now(session)
    row = job_queries.slot(session, actor.tenant_id, visit.id)
    if row is None:
        row = DispatchSlot(
            tenant_id=actor.tenant_id, id=new_id(), work_order_id=visit.id,
            work_order=visit.number, pool=PoolState.NONE, offered_by="", offered_to=[],
            taken_by="", source="", created_at=at, updated_at=at, version=0,
        )  # fmt: skip
        session.add(row)
    row.starts_at, row.source = start, source or row.source
    row.minutes = minutes or row.minutes
    row.touch(at)
    session.flush()
    return row


def settle(
    session: Session, actor: Actor, engineer: Engineer, visit: WorkOrder, source: str
) -> None:
    """The engineer hears of the visit, and whoever listens as well."""
    text = f"{visit.number} for {visit.ticket} is yours from {iso(visit.window_from)}"
    journal.tell_engineer(session, actor, engineer, visit, "dispatch_assigned", text)
    emit(
        session,
        VisitAssigned(actor.tenant_id, visit.number, visit.ticket, engineer.code, source),
    )


def unassign(session: Session, actor: Actor, command: Unassign) -> Placed:
    """Take a visit from its engineer; its window, and a promise, stand."""
    visit, ticket = visit_journal.locked_with_ticket(
        session, actor, command.work_order, command.version
    )
    if not visit.engineer:
        raise Conflict("This visit has no engineer")
    if visit.state not in {VisitState.PLANNED, VisitState.CONFIRMED}:
        raise Conflict(f"This visit is {visit.state.replace('_', ' ')}; its plan stands")
    owner = roster.engineer(session, actor, visit.engineer, lock=True)
    row = visit_service.change_visit(
        session, actor, ChangeVisit(number=visit.number, engineer="", reason=command.reason)
    )
    slot = keep_slot(session, actor, row, None, None, "hand")
    text = f"{row.number} for {row.ticket} is no longer yours"
    journal.tell_engineer(session, actor, owner, row, "dispatch_taken_away", text)
    journal.note(
        session, actor, "unassign", "unassigned", ticket=ticket.number, work_order=row.number,
        engineer=owner.code, text=command.reason,
    )  # fmt: skip
    return placed(row, slot, [], None)


def placed(
    visit: WorkOrder, slot: DispatchSlot | None, overruled: list[Reason], travel: int | None
) -> Placed:
    """The visit as it was given out."""
    start = slot.starts_at if slot and slot.starts_at else visit.window_from
    minutes = slot.minutes if slot and slot.minutes else window_minutes(visit)
    return Placed(
        work_order=visit.number, ticket=visit.ticket, engineer=visit.engineer, state=visit.state,
        window=SpanView(from_=iso(visit.window_from), until=iso(visit.window_until)),
        starts_at=iso(start), minutes=minutes, pool=slot.pool if slot else PoolState.NONE,
        version=visit.version, overruled=overruled, travel_minutes=travel,
    )  # fmt: skip


def window_minutes(visit: WorkOrder) -> int:
    """The length of the window, where no slot says how long the work takes."""
    return round(minute(visit.window_until) - minute(visit.window_from))
