"""Which clocks a ticket has, and when they are due; counted anew when its facts change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.calendars.policy import Hours
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.entitlement_queries import zone_of
from careloop.crm_core.contracts.models import ContractState, ServiceContract
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.sla import firing, queries, timing
from careloop.crm_core.sla.models import ClockKind, ClockState, SlaClock, SlaPolicy
from careloop.crm_core.sla.policy import choose, due, levels, target_for
from careloop.crm_core.sla.schemas import Step, Target
from careloop.crm_core.sla.showing import leading, show_due, shown_state
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.views import DueView
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.ids import new_id

NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Promise:
    """The policy that holds for a ticket, and the contract it comes by."""

    policy: SlaPolicy
    contract: ServiceContract | None

    def target(self, ticket: Ticket, kind: ClockKind) -> Target | None:
        """The target of a kind; hours written in a contract that names no policy come first."""
        targets = [Target.model_validate(target) for target in self.policy.targets]
        found = target_for(targets, kind, ticket.type, ticket.priority)
        agreed = self._agreed_hours(kind)
        if not agreed:
            return found
        around = found.around_the_clock if found else False
        return Target(kind=kind, minutes=agreed * 60, around_the_clock=around)

    def calendar_for(self, target: Target) -> str:
        """Code of the calendar a target counts on; empty is day and night."""
        if target.around_the_clock:
            return ""
        own = self.contract.calendar if self.contract else ""
        return own or self.policy.calendar

    def _agreed_hours(self, kind: ClockKind) -> int:
        if self.contract is None or self.contract.sla_policy:
            return 0
        hours = {
            ClockKind.RESPOND: self.contract.response_hours,
            ClockKind.ARRIVE: self.contract.onsite_hours,
        }
        return hours.get(kind) or 0


def promise_for(session: Session, ticket: Ticket) -> Promise | None:
    """The promise that holds for a ticket by the contract in force on the day it was opened."""
    contract = _contract_in_force(session, ticket)
    tier = ""
    if ticket.customer_id:
        owner = customers.customer(session, system_actor(ticket.tenant_id), ticket.customer_id)
        tier = owner.tier
    found = choose(
        queries.all_policies(session, ticket.tenant_id),
        contract.sla_policy if contract else "",
        contract.plan if contract else "",
        tier,
    )
    return Promise(found, contract) if isinstance(found, SlaPolicy) else None


def start(session: Session, ticket: Ticket) -> None:
    """Start the clocks of a ticket that was opened in this very transaction.

    It does what `plan` would, but looks nothing up that cannot be there: a new ticket has no
    clocks, and a new clock has neither stood still nor fired anything.
    """
    with session.no_autoflush:
        promise = promise_for(session, ticket)
        rows = _first_clocks(session, ticket, promise) if promise else []
    if not rows or promise is None:
        return
    session.add_all(rows)
    if any(ticket.state in promise.policy.pauses.get(row.kind, []) for row in rows):
        session.flush()
        align_pauses(session, ticket)
        show_due(session, ticket)
        return
    row = leading(rows)
    assert row is not None, "all of them run"
    state = shown_state(row, now(session))
    shown = DueView(kind=row.kind, due_at=iso(row.due_at), state=state)
    ticket_service.set_due(session, ticket.tenant_id, ticket.id, shown)


def _first_clocks(session: Session, ticket: Ticket, promise: Promise) -> list[SlaClock]:
    """The clocks of a new ticket, by kind, not added yet; each calendar is read once."""
    hours: dict[str, Hours] = {}
    rows = []
    for kind in ClockKind:
        target = promise.target(ticket, kind)
        if target is None or _done(ticket, kind):
            continue
        row = _clock(session, ticket, promise, target, ticket.created_at, 1)
        if row.calendar not in hours:
            hours[row.calendar] = calendars.hours_of(session, row.tenant_id, row.calendar)
        _count_first(row, promise.policy, hours[row.calendar])
        rows.append(row)
    return rows


def _count_first(row: SlaClock, policy: SlaPolicy, hours: Hours) -> None:
    """Count the times of a clock that has never stood still and fired nothing."""
    row.paused_us = 0
    times = due(hours, row.started_at, row.target_minutes, 0, policy.warn_percent)
    row.warn_at, row.due_at = times.warn_at, times.due_at
    steps = [Step.model_validate(step) for step in policy.steps]
    row.next_at = levels(hours, ClockKind(row.kind), times, steps)[0].at


def plan(session: Session, ticket: Ticket) -> None:
    """Bring the open clocks of a ticket in line with its facts.

    A promise that was not made before runs from now on: what the ticket waited for earlier does
    not count against it. Clocks that nothing promises any more are stopped; while they are, their
    time does not run. The others keep start and pauses and get the target that holds now.
    """
    promise = promise_for(session, ticket)
    rows = queries.clocks_of(session, ticket.tenant_id, ticket.id, lock=True)
    for kind in ClockKind:
        latest = [row for row in rows if row.kind == kind][-1:]
        target = promise.target(ticket, kind) if promise else None
        if not latest:
            if promise and target and ticket.is_open and not _done(ticket, kind):
                start_clock(session, ticket, promise, target, now(session))
        elif latest[0].is_open:
            _plan_again(session, latest[0], promise, target)
        elif latest[0].stop_reason == NO_TARGET and promise and target and ticket.is_open:
            latest[0].take_up(now(session), rested=True)
            _plan_again(session, latest[0], promise, target)
    align_pauses(session, ticket)
    show_due(session, ticket)


def start_clock(
    session: Session, ticket: Ticket, promise: Promise, target: Target, at: datetime,
    generation: int = 1,
) -> SlaClock:  # fmt: skip
    """A new clock, due by its target."""
    row = _clock(session, ticket, promise, target, at, generation)
    timing.count(session, row)
    session.add(row)
    session.flush()
    return row


def _clock(
    session: Session, ticket: Ticket, promise: Promise, target: Target, at: datetime,
    generation: int,
) -> SlaClock:  # fmt: skip
    """A running clock with its promise, its times not counted yet."""
    row = SlaClock(
        tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, ticket=ticket.number,
        kind=target.kind, generation=generation, state=ClockState.RUNNING, started_at=at,
        pauses=[], created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    _promise(row, promise, target)
    return row


def start_again(session: Session, ticket: Ticket, at: datetime) -> None:
    """A reopened ticket gets a new promise to fix it, from now on."""
    promise = promise_for(session, ticket)
    rows = queries.clocks_of(session, ticket.tenant_id, ticket.id, lock=True)
    fixes = [row for row in rows if row.kind == ClockKind.FIX]
    if any(row.is_open for row in fixes):
        return
    target = promise.target(ticket, ClockKind.FIX) if promise else None
    if promise and target:
        generation = fixes[-1].generation + 1 if fixes else 1
        start_clock(session, ticket, promise, target, at, generation)


def align_pauses(session: Session, ticket: Ticket) -> None:
    """Let open clocks stand still, or run, as the ticket's state demands."""
    at = now(session)
    for row in queries.clocks_of(session, ticket.tenant_id, ticket.id, lock=True):
        if not row.is_open:
            continue
        policy = queries.policy_by_id(session, row.tenant_id, row.policy_id)
        rests = ticket.state in policy.pauses.get(row.kind, [])
        if rests and row.state == ClockState.RUNNING:
            # What fell due before the pause is fired first: a clock that rests fires nothing.
            firing.fire_due(session, ticket, row, at, may_change=False)
            row.pause(at)
        elif not rests and row.state == ClockState.PAUSED:
            row.resume(at)
            timing.count(session, row)
    session.flush()


def replan(session: Session, actor: Actor, number: str) -> None:
    """Count a ticket's clocks anew."""
    plan(session, tickets.ticket(session, actor, number, lock=True))


def _plan_again(
    session: Session, row: SlaClock, promise: Promise | None, target: Target | None
) -> None:
    if promise is None or target is None:
        row.stop(now(session), NO_TARGET)
        return
    before = (row.policy_id, row.contract, row.calendar, row.target_minutes)
    _promise(row, promise, target)
    if before != (row.policy_id, row.contract, row.calendar, row.target_minutes):
        row.touch(now(session))
    timing.count(session, row)


def _promise(row: SlaClock, promise: Promise, target: Target) -> None:
    row.policy_id, row.policy = promise.policy.id, promise.policy.code
    row.contract = promise.contract.number if promise.contract else ""
    row.calendar = promise.calendar_for(target)
    row.target_minutes = target.minutes


def _done(ticket: Ticket, kind: ClockKind) -> bool:
    """Whether what a missing clock would promise has happened already."""
    return kind is ClockKind.RESPOND and ticket.answered_at is not None


def _contract_in_force(session: Session, ticket: Ticket) -> ServiceContract | None:
    if not ticket.contract:
        return None
    row = contracts.of_tenant(session, ticket.tenant_id, ticket.contract)
    if row is None:
        return None
    zone: ZoneInfo = zone_of(session, ticket.tenant_id, row.customer_id)
    day = ticket.created_at.astimezone(zone).date()
    state = contracts.state_on(row, contracts.pauses(session, row), day)
    return row if state is ContractState.ACTIVE else None
