"""Selects of jobs: tickets that need a visit, and visits, with all that dispatch wants to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.catalog.models import Part, ProductModel
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.dispatch import needs, snapshot
from careloop.crm_core.dispatch.geo import Point
from careloop.crm_core.dispatch.models import DispatchNeed, DispatchRule, DispatchSlot
from careloop.crm_core.dispatch.needs import Matter, Needed
from careloop.crm_core.dispatch.schemas import DueView, JobView, PointView
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.crm_core.inventory.document_models import ReservationState, StockReservation
from careloop.crm_core.sla.models import OPEN_CLOCKS, ClockKind, ClockState, SlaClock
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.visible_queries import visible_to as tickets_visible_to
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.models import VisitState, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import NotFound

CHUNK = 400
Found = tuple[Ticket, Asset | None, Customer | None, str | None, DispatchNeed | None]


@dataclass(slots=True)
class Job:
    """A ticket that needs a visit, or one of its visits."""

    ticket: Ticket
    visit: WorkOrder | None
    slot: DispatchSlot | None
    customer: Customer | None
    asset: Asset | None
    matter: Matter
    rules: list[DispatchRule]
    needed: Needed
    place: Point
    promise: DueView | None
    """The promise that a visit keeps or breaks: to arrive, else to mend."""
    deadline: datetime | None

    @property
    def number(self) -> str:
        """The visit's number, or the ticket's where there is no visit."""
        return self.visit.number if self.visit else self.ticket.number

    @property
    def minutes(self) -> int:
        return (self.slot.minutes if self.slot else None) or self.needed.minutes

    @property
    def language(self) -> str:
        return (self.customer.language if self.customer else "") or self.ticket.language

    def facts(self) -> dict[str, Any]:
        """The values of a `JobView`."""
        row, visit = self.ticket, self.visit
        return {
            "ticket": row.number, "work_order": visit.number if visit else "",
            "version": visit.version if visit else None, "title": row.title, "type": row.type,
            "priority": row.priority, "ticket_state": row.state, "customer_id": row.customer_id,
            "customer": self.customer.name if self.customer else "",
            "customer_language": self.language, "serial": row.serial, "model": row.model,
            "site": (visit.site if visit else "") or (self.asset.site if self.asset else ""),
            "place": point_view(self.place), "areas": list(self.matter.areas), "due": self.promise,
            "needs": self.needed.view(),
        }  # fmt: skip

    def view(self) -> JobView:
        return JobView(**self.facts())


def point_view(point: Point) -> PointView:
    return PointView.model_validate(
        {"lat": point.lat, "lon": point.lon, "kind": point.kind, "label": point.label}
    )


def job_of_ticket(session: Session, actor: Actor, number: str) -> Job:
    """The job that a ticket stands for."""
    statement = tickets_visible_to(actor).where(Ticket.number == number.strip().upper())
    ticket = session.scalar(statement)
    if ticket is None:
        raise NotFound(f"There is no ticket {number} that you may see")
    with snapshot.of(session, actor.tenant_id) as held:
        (job,) = jobs(session, actor, held, [ticket.id])
    return job


def job_of_visit(session: Session, actor: Actor, number: str) -> Job:
    """The job that a visit stands for."""
    visit = visits.work_order(session, actor, number)
    with snapshot.of(session, actor.tenant_id) as held:
        (job,) = jobs(session, actor, held, [], [visit])
    return job


def jobs(
    session: Session, actor: Actor, held: Snapshot, ticket_ids: Iterable[str],
    rows: Sequence[WorkOrder] = (),
) -> list[Job]:  # fmt: skip
    """Jobs of tickets and of visits, in the order given; few selects, however many."""
    wanted = list(ticket_ids)
    every = list(dict.fromkeys([*wanted, *(row.ticket_id for row in rows)]))
    tickets = _tickets(session, actor, every)
    kept = _reserved(
        session, actor, [*(found[0].number for found in tickets.values()),
                         *(row.number for row in rows)],
    )  # fmt: skip
    before = _visits_before(session, actor, every)
    loose = [
        found[0].asset_id for found in tickets.values()
        if found[0].asset_id and not (found[1] and found[1].lat is not None)
    ]  # fmt: skip
    seen = check_ins(session, actor, loose)
    slots = slots_of(session, actor, [row.id for row in rows])
    clocks = _clocks(session, actor, every)
    made = []
    for ticket_id, visit in [*((one, None) for one in wanted), *((r.ticket_id, r) for r in rows)]:
        if ticket_id in tickets:
            found = tickets[ticket_id]
            numbers = [found[0].number, visit.number if visit else ""]
            parts = {p: q for number in numbers for p, q in kept.get(number, {}).items()}
            slot = slots.get(visit.id) if visit else None
            made.append(
                _job(
                    held, found, visit, slot, before.get(ticket_id), parts,
                    seen.get(found[0].asset_id or ""), clocks.get(ticket_id),
                )
            )  # fmt: skip
    return made


def _job(
    held: Snapshot, found: Found, visit: WorkOrder | None, slot: DispatchSlot | None,
    before: dict[str, Any] | None, parts: dict[str, int], seen: Point | None,
    clock: SlaClock | None,
) -> Job:  # fmt: skip
    ticket, asset, customer, family, told = found
    city = customer.city if customer else ""
    place = held.gazetteer.resolve(
        (told.lat, told.lon) if told else (None, None),
        (asset.lat, asset.lon) if asset else (None, None), seen, city,
    )  # fmt: skip
    country = customer.country if customer else ""
    matter = Matter(
        type=ticket.type, priority=ticket.priority, model=ticket.model, family=family or "",
        areas=held.gazetteer.areas(place, city, country), country=country,
        tier=customer.tier if customer else "", tags=list(ticket.tags or ()),
    )  # fmt: skip
    rules = needs.matching(held.rules, matter)
    needed = needs.put_together(held.settings, matter, rules, before, parts, told)
    promise = due_view(clock) if clock is not None else None
    deadline = as_utc(clock.due_at) if clock is not None else None
    return Job(
        ticket, visit, slot, customer, asset, matter, rules, needed, place, promise, deadline
    )


def _tickets(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    visible = tickets_visible_to(actor)
    for start in range(0, len(ids), CHUNK):
        statement = (
            visible.where(Ticket.id.in_(ids[start : start + CHUNK]))
            .outerjoin(
                Asset, and_(Asset.tenant_id == Ticket.tenant_id, Asset.id == Ticket.asset_id)
            )
            .outerjoin(
                Customer,
                and_(Customer.tenant_id == Ticket.tenant_id, Customer.id == Ticket.customer_id),
            )
            .outerjoin(
                ProductModel,
                and_(
                    ProductModel.tenant_id == Ticket.tenant_id,
                    ProductModel.model == Ticket.model,
                ),
            )
            .outerjoin(
                DispatchNeed,
                and_(
                    DispatchNeed.tenant_id == Ticket.tenant_id,
                    DispatchNeed.ticket_id == Ticket.id,
                ),
            )
            .with_only_columns(Ticket, Asset, Customer, ProductModel.family, DispatchNeed)
        )
        for ticket, asset, customer, family, told in session.execute(statement):
            found[ticket.id] = (ticket, asset, customer, family, told)
    return found


def _reserved(session: Session, actor: Actor, numbers: Sequence[str]) -> dict[str, dict[str, int]]:
    """Parts that are kept for tickets and visits, by their numbers."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    row = StockReservation
    for start in range(0, len(numbers), CHUNK):
        statement = (
            select(row.purpose_number, Part.number, func.sum(row.quantity - row.consumed))
            .join(Part, and_(Part.tenant_id == row.tenant_id, Part.id == row.part_id))
            .where(
                row.tenant_id == actor.tenant_id,
                row.purpose_type.in_(("ticket", "work_order")),
                row.purpose_number.in_(numbers[start : start + CHUNK]),
                row.state == ReservationState.ACTIVE,
            )
            .group_by(row.purpose_number, Part.number)
        )
        for number, part, quantity in session.execute(statement):
            found[number][part] = int(quantity)
    return found


def _visits_before(
    session: Session, actor: Actor, ticket_ids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """What the last visit of each ticket said of the next one, where one is needed."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ticket_ids), CHUNK):
        statement = (
            select(WorkOrder.ticket_id, WorkOrder.repeat_reason, WorkOrder.next_visit)
            .where(
                WorkOrder.tenant_id == actor.tenant_id,
                WorkOrder.ticket_id.in_(ticket_ids[start : start + CHUNK]),
                WorkOrder.state == VisitState.DONE,
            )
            .order_by(WorkOrder.visit)
        )
        for ticket_id, repeat, following in session.execute(statement):
            found.pop(ticket_id, None)
            if repeat:
                found[ticket_id] = dict(following or {}) | {"repeat_reason": repeat}
    return found


def _clocks(session: Session, actor: Actor, ticket_ids: Sequence[str]) -> dict[str, SlaClock]:
    """The open clock of each ticket that a visit serves: of arrival, else of the repair."""
    found: dict[str, SlaClock] = {}
    row = SlaClock
    for start in range(0, len(ticket_ids), CHUNK):
        statement = select(row).where(
            row.tenant_id == actor.tenant_id,
            row.ticket_id.in_(ticket_ids[start : start + CHUNK]),
            row.kind.in_((ClockKind.ARRIVE, ClockKind.FIX)),
            row.state.in_(OPEN_CLOCKS),
        )
        for clock in session.scalars(statement.order_by(row.id)):
            known = found.get(clock.ticket_id)
            if known is None or known.kind != ClockKind.ARRIVE:
                found[clock.ticket_id] = clock
    return found


def due_view(clock: SlaClock) -> DueView:
    """A clock as the board shows it."""
    state = "paused" if clock.state == ClockState.PAUSED else "running"
    if clock.breached_at is not None:
        state = "breached"
    elif clock.warned_at is not None:
        state = "warning"
    return DueView(kind=clock.kind, due_at=iso(clock.due_at), state=state)


def check_ins(session: Session, actor: Actor, asset_ids: Iterable[str]) -> dict[str, Point]:
    """Where engineers checked in last at these devices."""
    found: dict[str, Point] = {}
    ids = list(asset_ids)
    for start in range(0, len(ids), CHUNK):
        statement = (
            select(WorkOrder.asset_id, WorkOrder.check_in)
            .where(
                WorkOrder.tenant_id == actor.tenant_id,
                WorkOrder.asset_id.in_(ids[start : start + CHUNK]),
                WorkOrder.arrived_at.is_not(None),
            )
            .order_by(WorkOrder.id)
        )
        for asset_id, seen in session.execute(statement):
            if asset_id and seen and seen.get("lat") is not None and seen.get("lon") is not None:
                label = str(seen.get("place") or "")
                found[asset_id] = Point(seen["lat"], seen["lon"], "check_in", label)
    return found


def slots_of(
    session: Session, actor: Actor, work_order_ids: Iterable[str]
) -> dict[str, DispatchSlot]:
    """Slots by the ids of their visits."""
    found: dict[str, DispatchSlot] = {}
    ids = list(work_order_ids)
    for start in range(0, len(ids), CHUNK):
        statement = select(DispatchSlot).where(
            DispatchSlot.tenant_id == actor.tenant_id,
            DispatchSlot.work_order_id.in_(ids[start : start + CHUNK]),
        )
        for row in session.scalars(statement):
            found[row.work_order_id] = row
    return found


def need(session: Session, tenant_id: str, ticket_id: str) -> DispatchNeed | None:
    """What was told of the next visit for a ticket, locked."""
    statement = select(DispatchNeed).where(
        DispatchNeed.tenant_id == tenant_id, DispatchNeed.ticket_id == ticket_id
    )
    return session.scalar(statement.with_for_update())


def slot(session: Session, tenant_id: str, work_order_id: str) -> DispatchSlot | None:
    """The slot of a visit, locked; the visit is locked before it."""
    statement = select(DispatchSlot).where(
        DispatchSlot.tenant_id == tenant_id, DispatchSlot.work_order_id == work_order_id
    )
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def engineers_known(
    session: Session, tenant_id: str, asset_id: str | None, customer_id: str | None
) -> dict[str, str]:
    """Engineers who were at the device, or at the customer, by code: `device` or `customer`."""
    found: dict[str, str] = {}
    for column, key, kind in (
        (WorkOrder.customer_id, customer_id, "customer"), (WorkOrder.asset_id, asset_id, "device"),
    ):  # fmt: skip
        if key:
            statement = select(WorkOrder.engineer).distinct().where(
                WorkOrder.tenant_id == tenant_id, column == key,
                WorkOrder.state == VisitState.DONE, WorkOrder.engineer != "",
            )  # fmt: skip
            found |= dict.fromkeys(session.scalars(statement), kind)
    return found


def jobs_of_visits(session: Session, actor: Actor, rows: Sequence[WorkOrder]) -> list[Job]:
    """The jobs of visits in hand."""
    with snapshot.of(session, actor.tenant_id) as held:
        return jobs(session, actor, held, [], rows)
