"""Tickets: one row of the service history, and the incidents that the causal model yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from careloop.demo.agreements import Contract
from careloop.demo.causal import Failure, failures, repair
from careloop.demo.contacts import Contact
from careloop.demo.faults import Catalogue
from careloop.demo.fleet import Asset
from careloop.demo.seeding import choose
from careloop.demo.source_tables import Customer, Sources
from careloop.demo.staffing import assign
from careloop.demo.ticket_clock import time_to_close, written_at
from careloop.demo.wording import description, title

FIRST_DAY = date(2024, 1, 2)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PRIORITIES = ("low", "normal", "high", "critical")
RAISED_FOR_KEY_CUSTOMER = 0.35
WAITS_FOR_DELIVERY = 0.5
CHANNELS = {
    "CN": {"wechat": 45, "phone": 20, "web": 15, "qr": 12, "email": 8},
    "JP": {"email": 55, "web": 25, "phone": 20},
    "": {"whatsapp": 35, "email": 35, "web": 20, "phone": 10},
}


@dataclass(frozen=True)
class Ticket:
    """One ticket. `first_diagnosis` and `true_fault` are names of the fault catalogue.

    `about` is the position of an earlier ticket that this one speaks of, before numbers exist.
    """

    type: str
    customer: str
    contact_email: str
    asset: str
    title: str
    description: str
    language: str
    priority: str
    created_at: datetime
    closed_at: datetime | None
    channel: str
    engineer: str = ""
    number: str = ""
    state: str = "closed"
    first_diagnosis: str = ""
    true_fault: str = ""
    component: str = ""
    symptom: str = ""
    cause: str = ""
    remedy: str = ""
    parts_used: Mapping[str, int] = field(default_factory=dict)
    visits: int = 0
    labour_hours: float = 0.0


@dataclass(frozen=True)
class Books:
    """Everything a ticket refers to."""

    sources: Sources
    catalogue: Catalogue
    fleet: tuple[Asset, ...]
    contacts: tuple[Contact, ...]
    contracts: tuple[Contract, ...]

    def plan_on(self, asset: Asset, day: date) -> str:
        """The plan in force for a device on a day, else the empty string."""
        if not asset.contract:
            return ""
        plans = [c.plan for c in self.contracts if c.customer == asset.customer and c.runs_on(day)]
        return plans[-1] if plans else ""

    def people_of(self, customer: str) -> list[Contact]:
        """The contacts of a customer."""
        return [contact for contact in self.contacts if contact.customer == customer]


def draw_channel(rng: Random, customer: Customer, contact: Contact) -> str:
    """A channel on which the contact can really be reached."""
    weights = dict(CHANNELS.get(customer.country, CHANNELS[""]))
    if not contact.wechat:
        weights.pop("wechat", None)
    if not contact.whatsapp:
        weights.pop("whatsapp", None)
    return choose(rng, {channel: float(weight) for channel, weight in weights.items()})


def _priority(rng: Random, severity: str, customer: Customer, plan: str) -> str:
    key = customer.tier == "vip" or plan == "Premium"
    raised = key and rng.random() < RAISED_FOR_KEY_CUSTOMER
    return PRIORITIES[min(PRIORITIES.index(severity) + raised, len(PRIORITIES) - 1)]


def _incident(rng: Random, books: Books, failure: Failure) -> Ticket:
    """The closed ticket of one failure."""
    asset, fault = failure.asset, failure.fault
    customer = books.sources.customers[asset.customer]
    contact = rng.choice(books.people_of(customer.number))
    zone = books.sources.places[customer.city].time_zone
    created = written_at(rng, asset.date_at(failure.usage_hours), zone)
    plan = books.plan_on(asset, created.date())
    fitted = books.sources.parts_of(asset.model)
    wear = {part.number for part in books.sources.parts.values() if part.wear}
    done = repair(rng, books.catalogue, failure, fitted, wear)
    lead = max((books.sources.parts[part].lead_days for part in done.parts), default=0)
    family = books.sources.products[asset.model].family
    severity = books.catalogue.symptoms[failure.symptom].severity
    return Ticket(
        type="incident",
        customer=customer.number,
        contact_email=contact.email,
        asset=asset.serial,
        title=title(books.catalogue, failure, contact.language),
        description=description(rng, books.sources, books.catalogue, failure, contact.language),
        language=contact.language,
        priority=_priority(rng, severity, customer, plan),
        created_at=created,
        closed_at=created + time_to_close(rng, plan, done.visits, done.labour_hours, lead),
        channel=draw_channel(rng, customer, contact),
        engineer=assign(rng, books.sources, customer, family, fault.skill).code,
        first_diagnosis=done.first_diagnosis,
        true_fault=fault.name,
        component=fault.component_zh,
        symptom=books.catalogue.symptoms[failure.symptom].titles["zh"],
        cause=fault.cause_zh,
        remedy=fault.remedy_zh,
        parts_used=done.parts,
        visits=done.visits,
        labour_hours=done.labour_hours,
    )


def all_incidents(rng: Random, books: Books) -> list[Ticket]:
    """Every incident between `FIRST_DAY` and `NOW`, by time of writing."""
    found: list[Ticket] = []
    for asset in books.fleet:
        environment = books.sources.customers[asset.customer].environment
        until = asset.usage_hours(NOW.date())
        for failure in failures(rng, books.catalogue, asset, environment, until):
            if asset.date_at(failure.usage_hours) < FIRST_DAY:
                continue
            ticket = _incident(rng, books, failure)
            if ticket.created_at < NOW - timedelta(minutes=30):
                found.append(ticket)
    return sorted(found, key=lambda ticket: (ticket.created_at, ticket.asset))


def _waits_for(rng: Random, books: Books, ticket: Ticket, days: float) -> str:
    if days < 1.5:
        return "new"
    if days < 3.5:
        return "assigned"
    lead = max((books.sources.parts[part].lead_days for part in ticket.parts_used), default=0)
    if lead >= 7 and rng.random() < WAITS_FOR_DELIVERY:
        return "waiting_parts"
    return rng.choice(("in_progress", "waiting_customer"))


def reopened(rng: Random, books: Books, ticket: Ticket) -> Ticket:
    """A ticket as it stands while work goes on: nothing in it that only the end reveals."""
    days = (NOW - ticket.created_at) / timedelta(days=1)
    state = _waits_for(rng, books, ticket, days)
    visited = state == "waiting_parts"
    return replace(
        ticket,
        state=state,
        closed_at=None,
        engineer="" if state == "new" else ticket.engineer,
        first_diagnosis="" if state == "new" else ticket.first_diagnosis,
        true_fault="",
        component="",
        cause="",
        remedy="",
        parts_used={},
        visits=1 if visited else 0,
        labour_hours=1.0 if visited else 0.0,
    )
