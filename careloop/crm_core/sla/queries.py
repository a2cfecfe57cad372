"""Selects of service levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, false, inspect, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.sla.models import (
    OPEN_CLOCKS,
    ClockKind,
    ClockState,
    SlaClock,
    SlaEvent,
    SlaPolicy,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[SlaPolicy]:
    """Policies the actor may see: those of the house, for staff."""
    statement = select(SlaPolicy).where(SlaPolicy.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def clocks_visible_to(actor: Actor) -> Select[SlaClock]:
    """Clocks the actor may see: those of the house's tickets, for staff."""
    statement = select(SlaClock).where(SlaClock.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def events_visible_to(actor: Actor) -> Select[SlaEvent]:
    """What clocks fired, for staff."""
    statement = select(SlaEvent).where(SlaEvent.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def policies(session: Session, actor: Actor, after: str = "", limit: int = 50) -> list[SlaPolicy]:
    """Policies by code, those after `after`."""
    statement = visible_to(actor)
    if after:
        statement = statement.where(SlaPolicy.code > after)
    return list(session.scalars(statement.order_by(SlaPolicy.code).limit(limit)))


def policy(session: Session, actor: Actor, policy_id: str, lock: bool = False) -> SlaPolicy:
    statement = visible_to(actor).where(SlaPolicy.id == policy_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such SLA policy")
    return found


def policy_by_code(session: Session, actor: Actor, code: str) -> SlaPolicy:
    found = session.scalar(visible_to(actor).where(SlaPolicy.code == code))
    if found is None:
        raise NotFound(f"There is no SLA policy {code}; add it first")
    return found


def has_code(session: Session, tenant_id: str, code: str) -> bool:
    statement = select(SlaPolicy.id).where(SlaPolicy.tenant_id == tenant_id, SlaPolicy.code == code)
    return session.scalar(statement) is not None


def all_policies(session: Session, tenant_id: str) -> list[SlaPolicy]:
    statement = select(SlaPolicy).where(SlaPolicy.tenant_id == tenant_id)
    return list(session.scalars(statement.order_by(SlaPolicy.code)))


def policy_by_id(session: Session, tenant_id: str, policy_id: str) -> SlaPolicy:
    return session.get_one(SlaPolicy, (tenant_id, policy_id))


def clocks_of(
    session: Session, tenant_id: str, ticket_id: str, lock: bool = False
) -> list[SlaClock]:
    """All clocks of a ticket, by kind and generation; locked in the order of their ids."""
    statement = select(SlaClock).where(
        SlaClock.tenant_id == tenant_id, SlaClock.ticket_id == ticket_id
    )
    if lock:
        statement = statement.with_for_update()
    rows = session.scalars(statement.order_by(SlaClock.id))
    return sorted(rows, key=lambda row: (_ORDER.index(row.kind), row.generation))


_ORDER = [kind.value for kind in ClockKind]


def clock(session: Session, actor: Actor, clock_id: str) -> SlaClock:
    found = session.scalar(clocks_visible_to(actor).where(SlaClock.id == clock_id))
    if found is None:
        raise NotFound("There is no such clock")
    return found


def locked_clock(session: Session, tenant_id: str, clock_id: str) -> SlaClock:
    """The clock as it is now, locked; the caller has locked its ticket before."""
    statement = select(SlaClock).where(SlaClock.tenant_id == tenant_id, SlaClock.id == clock_id)
    return session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one()


def fired(session: Session, row: SlaClock) -> set[str]:
    """The levels that a clock has fired; one that is not on file yet has fired none."""
    if not inspect(row).persistent:
        return set()
    statement = select(SlaEvent.level).where(
        SlaEvent.tenant_id == row.tenant_id, SlaEvent.clock_id == row.id
    )
    return set(session.scalars(statement))


def to_fire(
    session: Session, at: datetime, after: tuple[datetime, str] | None, limit: int
) -> list[SlaClock]:
    """Running clocks of all tenants with something to fire, the longest waiting first."""
    statement = select(SlaClock).where(SlaClock.state == ClockState.RUNNING, SlaClock.next_at <= at)
    if after is not None:
        later = and_(SlaClock.next_at == after[0], SlaClock.id > after[1])
        statement = statement.where(or_(SlaClock.next_at > after[0], later))
    return list(session.scalars(statement.order_by(SlaClock.next_at, SlaClock.id).limit(limit)))


def running_on_policy(session: Session, tenant_id: str, policy_id: str) -> list[SlaClock]:
    """Running clocks of a policy, locked."""
    statement = select(SlaClock).where(
        SlaClock.tenant_id == tenant_id, SlaClock.policy_id == policy_id,
        SlaClock.state == ClockState.RUNNING,
    )  # fmt: skip
    return list(session.scalars(statement.order_by(SlaClock.id).with_for_update()))


def tickets_on_contract(session: Session, tenant_id: str, contract: str) -> list[str]:
    """Ids of tickets with an open clock that counts by that contract."""
    statement = (
        select(SlaClock.ticket_id)
        .where(
            SlaClock.tenant_id == tenant_id,
            SlaClock.contract == contract,
            SlaClock.state.in_(OPEN_CLOCKS),
        )
        .distinct()
    )
    return sorted(session.scalars(statement))


def events_of(session: Session, tenant_id: str, ticket_id: str) -> list[SlaEvent]:
    statement = select(SlaEvent).where(
        SlaEvent.tenant_id == tenant_id, SlaEvent.ticket_id == ticket_id
    )
    return list(session.scalars(statement.order_by(SlaEvent.fired_at, SlaEvent.id)))


def events(
    session: Session,
    actor: Actor,
    ticket: str = "",
    kind: ClockKind | None = None,
    level: str = "",
    before: str = "",
    limit: int = 50,
) -> Sequence[SlaEvent]:
    """What clocks fired, the latest first; those before the id `before`."""
    statement = events_visible_to(actor)
    if ticket:
        statement = statement.where(SlaEvent.ticket == ticket.strip().upper())
    if kind:
        statement = statement.where(SlaEvent.kind == kind)
    if level:
        statement = statement.where(SlaEvent.level == level)
    if before:
        statement = statement.where(SlaEvent.id < before)
    return list(session.scalars(statement.order_by(SlaEvent.id.desc()).limit(limit)))
