"""The demo company's visits: those that its closed tickets had, and those of today and tomorrow.

The past is written as it was, row by row: it wakes nobody. The present goes through the same acts
as anybody's, so that tickets move, clocks run and numbers follow each other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.tickets import belongings, list_queries, merging
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket, TicketState, TicketType
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    MergeTicket,
    OpenTicket,
    TagTicket,
    WatchTicket,
)  # fmt: skip
from careloop.crm_core.workforce import queries as workforce
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders import service as visits
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.schemas import CheckIn, ConfirmVisit, Depart, PlanVisit
from careloop.demo.seeding import stream
from careloop.demo.visit_history import write_past
from careloop.kit.actor import Actor
from careloop.kit.db import now

CONFIRMED_SHARE, SENSOR_SHARE = 0.6, 0.15
ASSIGNED_SHARE = 0.75
_TAGS = {"critical": "停机", "high": "样本等待"}


def enact(session: Session, actor: Actor) -> None:
    """Give the demo's tickets their visits, tags, watchers, families and ends."""
    rng = stream("visits")
    engineers = {row.code: row for row in workforce.engineers(session, actor)}
    done = _tickets(session, actor, [TicketState.CLOSED, TicketState.RESOLVED])
    write_past(session, actor, rng, done, engineers)
    _end_well(rng, done)
    session.flush()
    while tickets.settle_durable(session, now(session), actor.tenant_id):
        session.flush()
    going_on = _tickets(session, actor, sorted(OPEN_STATES))
    _staff(session, actor, rng, going_on)
    _families(session, actor, going_on)
    _plan(session, actor, going_on, engineers)
    session.flush()


def _tickets(session: Session, actor: Actor, states: list[TicketState]) -> list[Ticket]:
    wanted = list_queries.TicketFilter(states=states)
    rows, _ = list_queries.page(session, actor, wanted, "newest", None, 5_000)
    return sorted(rows, key=lambda row: (row.created_at, row.number))


def _end_well(rng: Random, done: list[Ticket]) -> None:
    """What was found stands on the ticket; most customers said that it works again."""
    for ticket in done:
        found = ticket.diagnosis
        ticket.resolution = str(found.get("remedy") or "")
        ticket.component = str(found.get("component") or "")
        ended = ticket.closed_at or ticket.resolved_at
        if ended is not None and rng.random() < CONFIRMED_SHARE:
            ticket.confirmed_at = ended
            ticket.confirmed_by = "sensor" if rng.random() < SENSOR_SHARE else "customer"


def _staff(session: Session, actor: Actor, rng: Random, going_on: list[Ticket]) -> None:
    """Colleagues take tickets on, tag them and watch the urgent ones."""
    people = {role: [u.id for u in accounts.users(session, actor) if u.role == role]
              for role in ("agent", "manager")}  # fmt: skip
    for ticket in going_on:
        tag = _TAGS.get(ticket.priority)
        if tag:
            add = [tag] if ticket.language == "zh" else [tag, "海外"]
            belongings.tag_ticket(session, actor, TagTicket(number=ticket.number, add=add))
        if people["agent"] and rng.random() < ASSIGNED_SHARE:
            ticket.assignee_id = rng.choice(people["agent"])
        if ticket.priority == "critical":
            for user_id in people["manager"][:1]:
                watch = WatchTicket(number=ticket.number, user_id=user_id)
                belongings.watch_ticket(session, actor, watch)


def _families(session: Session, actor: Actor, going_on: list[Ticket]) -> None:
    """One customer's tickets hang under one; a second report of one fault is merged."""
    by_customer: dict[str, list[Ticket]] = {}
    for ticket in going_on:
        if ticket.customer_id:
            by_customer.setdefault(ticket.customer_id, []).append(ticket)
    group = max(by_customer.values(), key=len, default=[])
    if len(group) > 1:
        first = group[0]
        above = OpenTicket(
            title="同一客户多台设备报修，统一安排", customer_id=first.customer_id,
            contact_id=first.contact_id, language="zh", type=TicketType.REQUEST,
        )  # fmt: skip
        number = tickets.open_ticket(session, actor, above).number
        for ticket in group[:3]:
            change = ChangeTicket(number=ticket.number, parent=number)
            tickets.change_ticket(session, actor, change)
    alone = next((one for one in going_on if one not in group and one.serial), None)
    if alone is not None:
        again = OpenTicket(
            title=alone.title, serial=alone.serial, contact_id=alone.contact_id,
            customer_id=alone.customer_id, language=alone.language,
            error_codes=list(alone.error_codes), description=alone.description,
        )  # fmt: skip
        twin = tickets.open_ticket(session, actor, again).number
        merge = MergeTicket(number=twin, into=alone.number, reason="同一故障的重复报修")
        merging.merge_ticket(session, actor, merge)


def _plan(
    session: Session, actor: Actor, going_on: list[Ticket], engineers: dict[str, Engineer]
) -> None:
    """Somebody is at work, somebody is on the way, others come later today and tomorrow."""
    at = now(session).replace(minute=0, second=0, microsecond=0)
    wanted = [one for one in going_on if one.engineer in engineers][:8]
    for index, ticket in enumerate(wanted):
        engineer = engineers[ticket.engineer]
        start = (at - timedelta(hours=1), at)[index] if index < 2 else _slot(at, index, engineer)
        window = Window(from_=start, until=start + timedelta(hours=2),
                        time_zone=engineer.time_zone)  # fmt: skip
        command = PlanVisit(
            ticket=ticket.number, engineer=engineer.code, window=window, purpose=ticket.title
        )
        number = visits.plan_visit(session, actor, command).number
        if index < 5:
            visits.confirm_visit(session, actor, ConfirmVisit(number=number))
        if index < 2:
            visits.depart(session, actor, Depart(number=number))
        if index == 0:
            arrived = CheckIn(number=number, travel_minutes=35, happened_at=at)
            visits.check_in(session, actor, arrived)


def _slot(at: datetime, index: int, engineer: Engineer) -> datetime:
    """A morning or afternoon of today or tomorrow, where the engineer lives, not gone by."""
    zone = ZoneInfo(engineer.time_zone)
    here = at.astimezone(zone)
    day: date = here.date() + timedelta(days=index % 2)
    hour = (9, 13, 15)[index % 3]
    start = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    return start if start > here else start + timedelta(days=1)
