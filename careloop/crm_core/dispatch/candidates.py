"""The best engineers for one job, with their score and the sentences that explain it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import job_queries, ranking, snapshot, van_queries
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.ranking import Field, Wish
from careloop.crm_core.dispatch.reasons import blocks_of, reasons_of, soft_of
from careloop.crm_core.dispatch.roster_arrays import minute
from careloop.crm_core.dispatch.schemas import CandidatesView, CandidateView, SpanView, Terms
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput

DAYS_AHEAD = 3
MOST_DAYS = 7
BLOCKED_SHOWN = 100


@dataclass(frozen=True, slots=True)
class CandidateQuestion:
    """For which job, and from when until when work may begin; without a span: the visit's window,
    or the days until the job is due."""

    ticket: str = ""
    work_order: str = ""
    span: tuple[datetime, datetime] | None = None
    limit: int = 20


@dataclass(slots=True)
class Ranked:
    """A field of candidates for each day of the span, and for each engineer the best day."""

    fields: list[Field]
    best: np.ndarray[Any, Any]
    order: np.ndarray[Any, Any]

    def field_of(self, at: int) -> Field:
        return self.fields[int(self.best[at])]


def rank(session: Session, actor: Actor, question: CandidateQuestion) -> CandidatesView:
    """Rank everybody for a job."""
    if bool(question.ticket) == bool(question.work_order):
        raise InvalidInput("Name a ticket or a work_order")
    began = time.perf_counter()
    if question.ticket:
        job = job_queries.job_of_ticket(session, actor, question.ticket)
    else:
        job = job_queries.job_of_visit(session, actor, question.work_order)
    span = question.span or usual_span(session, job)
    with snapshot.of(session, actor.tenant_id) as held:
        found = rank_job(session, actor, held, job, span)
        view = _view(held, job, span, found, question.limit)
        view.took_ms = round((time.perf_counter() - began) * 1000, 3)
    return view


def usual_span(session: Session, job: Job) -> tuple[datetime, datetime]:
    """The window of the visit; else from the next quarter of an hour on, some days ahead."""
    if job.visit is not None:
        start = job.slot.starts_at if job.slot and job.slot.starts_at else job.visit.window_from
        return as_utc(start), max(as_utc(job.visit.window_until), as_utc(start))
    at = now(session)
    first = at + timedelta(minutes=15 - at.minute % 15, seconds=-at.second)
    first = first.replace(microsecond=0)
    first = max(first, as_utc(job.needed.not_before or first))
    return first, first + timedelta(days=DAYS_AHEAD)


def rank_job(
    session: Session, actor: Actor, held: Snapshot, job: Job, span: tuple[datetime, datetime]
) -> Ranked:
    """Rank for each day of the span; a job has a place, needs, a language, who knows it."""
    wish = wish_of(session, actor, job, span)
    days = min(MOST_DAYS, int((wish.until - wish.since) // ranking.DAY) + 2)
    fields = [ranking.sweep(held, wish)]
    for ahead in range(1, days):
        field = ranking.sweep(held, wish, ahead)
        if not field.reached.any():
            break
        fields.append(field)
    return ranked(fields)


def ranked(fields: list[Field]) -> Ranked:
    """Choose each engineer's best day and put the engineers in order."""
    worth = np.array([
        np.where(one.reached, one.score - 1000 * one.blocked() - 40 * one.warnings(), -1e6)
        for one in fields
    ])  # fmt: skip
    # The first of equally good days: a job waits no longer than it must.
    best = worth.argmax(axis=0) if worth.size else np.zeros(0, np.int64)
    top = worth.max(axis=0) if worth.size else np.zeros(0)
    return Ranked(fields, best, np.argsort(-top, kind="stable"))


def wish_of(session: Session, actor: Actor, job: Job, span: tuple[datetime, datetime]) -> Wish:
    """The question that the sweep answers."""
    due = job.deadline
    known = job_queries.engineers_known(
        session, actor.tenant_id, job.ticket.asset_id, job.ticket.customer_id
    )
    numbers = [job.ticket.number, *([job.visit.number] if job.visit else [])]
    wanted = job.needed.parts
    vans = van_queries.on_vans(session, actor, wanted, numbers) if wanted else {}
    return Wish(
        needed=job.needed, place=job.place, areas=job.matter.areas, language=job.language,
        since=minute(span[0]), until=minute(span[1]), minutes=float(job.minutes),
        due=minute(due) if due else None, now=minute(now(session)),
        without=job.visit.id if job.visit else "", known=known, assigned=job.ticket.engineer,
        vans=vans,
    )  # fmt: skip


def _view(
    held: Snapshot, job: Job, span: tuple[datetime, datetime], found: Ranked, limit: int
) -> CandidatesView:
    ranked_: list[CandidateView] = []
    blocked: list[CandidateView] = []
    for at in found.order:
        field = found.field_of(int(at))
        is_blocked = any(flags[at] for flags in field.hard.values())
        into, most = (blocked, BLOCKED_SHOWN) if is_blocked else (ranked_, limit)
        if len(into) < most:
            into.append(candidate_view(held, job, field, int(at)))
        elif len(ranked_) >= limit:
            break
    return CandidatesView(
        job=job.view(), window=SpanView(from_=iso(span[0]), until=iso(span[1])), ranked=ranked_,
        blocked=blocked, engineers=len(held.roster.people), revision=held.revision, took_ms=0.0,
    )  # fmt: skip


def instant(minutes: float) -> datetime:
    """Minutes since 1970 as an instant."""
    return datetime.fromtimestamp(round(minutes) * 60, UTC)


def candidate_view(held: Snapshot, job: Job, field: Field, at: int) -> CandidateView:
    """One engineer for the job."""
    person = held.roster.people[at]
    start, minutes = instant(field.start[at]), job.minutes
    van = dict(field.vans.get(person.code, {}))
    missing = {p: q - van.get(p, 0) for p, q in job.needed.parts.items() if van.get(p, 0) < q}
    blocks = blocks_of(held, job, field, at)
    travel = field.travel[at]
    return CandidateView(
        engineer=person.code, name=person.name, score=round(max(0.0, field.score[at])),
        terms=Terms(**{name: round(float(field.terms[name][at]), 3) for name in ranking.TERMS}),
        reasons=reasons_of(held, job, field, at), blocked=bool(blocks), blocks=blocks,
        soft=soft_of(held, job, field, at),
        window=SpanView(from_=iso(start), until=iso(start + timedelta(minutes=minutes))),
        starts_at=iso(start), travel_minutes=None if np.isnan(travel) else round(float(travel)),
        travel_km=None if np.isnan(field.km[at]) else round(float(field.km[at]), 1),
        travel_from=_came_from(held, field, at), visits_that_day=int(field.visits[at]),
        free_minutes=int(max(0.0, field.shift[at] - field.booked[at])), parts_on_van=van,
        parts_missing=missing,
    )  # fmt: skip


def _came_from(held: Snapshot, field: Field, at: int) -> str:
    if field.before[at] >= 0:
        return held.visits.at(int(field.before[at])).number
    return "position" if field.seen[at] else "home"
