"""An engineer's own visits, in order, with the way to each."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import (
    board_engineers,
    board_queries,
    job_queries,
    pool_queries,
    snapshot,
    today_queries,
    van_queries,
)  # fmt: skip
from careloop.crm_core.dispatch.board_queries import Busy
from careloop.crm_core.dispatch.board_schemas import MyDay, StopView
from careloop.crm_core.dispatch.routes_of_day import Way
from careloop.crm_core.dispatch.schemas import SpanView
from careloop.crm_core.workforce import roster_queries
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders.models import STEPS, VisitState
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound


def my_day(session: Session, actor: Actor, span: tuple[datetime, datetime] | None = None) -> MyDay:
    """The visits of the engineer who asks; left out: today where the engineer lives."""
    me = roster_queries.engineer_of(session, actor)
    if me is None:
        raise NotFound("No engineer has your login; ask a dispatcher to enter your e-mail address")
    since, until = span or today_of(session, me)
    rows = today_queries.visits_between(session, actor, {me.code}, since, until)[me.code]
    with snapshot.of(session, actor.tenant_id) as held:
        jobs = job_queries.jobs(session, actor, held, [], rows)
        busy = sorted(
            (board_queries.busy_with(job) for job in jobs),
            key=lambda one: (one.start, one.row.number),
        )
        ways = board_queries.ways_of(held, [me], busy)
        person = held.roster.people[held.roster.by_code[me.code]]
        spans = [
            SpanView(from_=iso(start), until=iso(end))
            for day in board_engineers.days_of(me, since, until)
            for start, end in person.spans(day)
            if start < until and end > since
        ]
    absences = roster_queries.absences_of(session, actor, {me.id}, since)[me.id]
    return MyDay(
        engineer=me.code, name=me.name, span=SpanView(from_=iso(since), until=iso(until)),
        time_zone=me.time_zone, shifts=spans,
        visits=[_stop(session, actor, me, one, ways.get(one.row.number)) for one in busy],
        absences=board_engineers.absences_shown(actor, me, absences, until),
        pool=len(pool_queries.offers(session, actor)),
    )  # fmt: skip


def today_of(session: Session, row: Engineer) -> tuple[datetime, datetime]:
    """From midnight to midnight where the engineer lives."""
    zone = ZoneInfo(row.time_zone)
    day = now(session).astimezone(zone).date()
    first = datetime.combine(day, time(), zone)
    return as_utc(first), as_utc(datetime.combine(day + timedelta(days=1), time(), zone))


def _stop(session: Session, actor: Actor, me: Engineer, one: Busy, way: Way | None) -> StopView:
    facts = board_queries.visit_facts(one, way)
    numbers = (one.row.number, one.row.ticket)
    needed = one.job.needed.parts
    van = van_queries.on_vans(session, actor, needed, numbers) if needed else {}
    mine = van.get(me.code, {})
    customer = one.job.customer
    facts |= {
        "address": customer.address if customer else "",
        "parts_missing": {p: q - mine.get(p, 0) for p, q in needed.items() if mine.get(p, 0) < q},
        "possible_states": sorted(STEPS[VisitState(one.row.state)]),
    }
    return StopView.model_validate({name: facts[name] for name in StopView.model_fields})
