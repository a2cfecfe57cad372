"""How the promises stand: counts, what is due next, what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.sla.models import ClockKind, ClockState, SlaClock
from careloop.crm_core.sla.queries import clocks_visible_to
from careloop.crm_core.sla.schemas import (
    Attainment,
    DueSoon,
    PolicyBreaches,
    ShownState,
    SlaOverview,
)  # fmt: skip
from careloop.crm_core.sla.showing import shown_state
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now

NEXT_DUE = 12
LATELY = timedelta(days=30)


def overview(session: Session, actor: Actor, months: int) -> SlaOverview:
    """Open clocks by how they look, the next due, breaches by policy, and what was kept in each
    of the last `months` months (UTC), the present one first."""
    at = now(session)
    return SlaOverview(
        at=iso(at),
        states=_states(session, actor, at),
        next_due=_next_due(session, actor, at),
        breaches=_breaches(session, actor, at),
        attainment=[
            found
            for first, following in _months(at, months)
            for found in _attainment(session, actor, first, following)
        ],
    )


def _broken(at: datetime) -> ColumnElement[bool]:
    """The condition of `shown_state` for a clock that is open and broken."""
    overdue = and_(SlaClock.state == ClockState.RUNNING, SlaClock.due_at <= at)
    return or_(SlaClock.breached_at.is_not(None), overdue)


def _states(session: Session, actor: Actor, at: datetime) -> dict[ShownState, int]:
    looks = case(
        (_broken(at), "breached"),
        (SlaClock.state == ClockState.PAUSED, "paused"),
        (SlaClock.warn_at <= at, "warning"),
        else_="running",
    )
    statement = (
        clocks_visible_to(actor)
        .where(SlaClock.state.in_((ClockState.RUNNING, ClockState.PAUSED)))
        .with_only_columns(looks.label("looks"), func.count())
        .group_by("looks")
    )
    counts: dict[ShownState, int] = {"running": 0, "warning": 0, "breached": 0, "paused": 0}
    counts.update({row[0]: row[1] for row in session.execute(statement)})
    return counts


def _next_due(session: Session, actor: Actor, at: datetime) -> list[DueSoon]:
    statement = clocks_visible_to(actor).where(
        SlaClock.state == ClockState.RUNNING, SlaClock.due_at > at
    )
    rows = session.scalars(statement.order_by(SlaClock.due_at, SlaClock.id).limit(NEXT_DUE)).all()
    found = [(row, tickets.ticket_by_id(session, row.tenant_id, row.ticket_id)) for row in rows]
    owners = {ticket.customer_id for _, ticket in found if ticket and ticket.customer_id}
    names = customers.names(session, actor.tenant_id, owners)
    return [
        DueSoon(
            ticket=row.ticket, title=ticket.title, priority=ticket.priority,
            customer=names.get(ticket.customer_id or "", ""), kind=ClockKind(row.kind),
            due_at=iso(row.due_at), shown=shown_state(row, at), policy=row.policy,
        )
        for row, ticket in found
        if ticket is not None
    ]  # fmt: skip


def _breaches(session: Session, actor: Actor, at: datetime) -> list[PolicyBreaches]:
    is_open = SlaClock.state.in_((ClockState.RUNNING, ClockState.PAUSED))
    still = func.count(case((and_(is_open, _broken(at)), 1)))
    lately = func.count(case((SlaClock.breached_at > at - LATELY, 1)))
    statement = (
        clocks_visible_to(actor)
        .where(or_(is_open, SlaClock.breached_at > at - LATELY))
        .with_only_columns(SlaClock.policy, SlaClock.kind, still, lately)
        .group_by(SlaClock.policy, SlaClock.kind)
        .order_by(SlaClock.policy, SlaClock.kind)
    )
    return [
        PolicyBreaches(
            policy=policy, kind=ClockKind(kind), open_breached=open_count, breached_30_days=recent
        )
        for policy, kind, open_count, recent in session.execute(statement)
        if open_count or recent
    ]


def _attainment(
    session: Session, actor: Actor, first: datetime, following: datetime
) -> list[Attainment]:
    kept = func.count(case((SlaClock.breached_at.is_(None), 1)))
    statement = (
        clocks_visible_to(actor)
        .where(SlaClock.met_at >= first, SlaClock.met_at < following)
        .with_only_columns(SlaClock.kind, func.count(), kept)
        .group_by(SlaClock.kind)
    )
    counts = {row[0]: (row[1], row[2]) for row in session.execute(statement)}
    months = []
    for kind in ClockKind:
        ended, held = counts.get(kind.value, (0, 0))
        percent = round(100 * held / ended, 1) if ended else None
        months.append(
            Attainment(
                month=first.strftime("%Y-%m"), kind=kind, ended=ended, kept=held, percent=percent
            )
        )
    return months


def _months(at: datetime, count: int) -> Iterator[tuple[datetime, datetime]]:
    """First instants of each month and of the one after it, the present month first."""
    first = datetime(at.year, at.month, 1, tzinfo=UTC)
    following = (first + timedelta(days=32)).replace(day=1)
    for _ in range(count):
        yield first, following
        first, following = (first - timedelta(days=1)).replace(day=1), first
