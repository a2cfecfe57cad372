"""Tickets that are not faults: installations, maintenance, part orders, complaints, returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from careloop.demo.agreements import PLANS
from careloop.demo.contacts import Contact
from careloop.demo.fleet import Asset
from careloop.demo.source_tables import Customer
from careloop.demo.staffing import assign
from careloop.demo.ticket_clock import written_at
from careloop.demo.tickets import FIRST_DAY, NOW, Books, Ticket, draw_channel

INSTALLATIONS = 12
MAINTENANCES = 16
ORDERS = 10
COMPLAINTS = 4
RETURNS = 3
TOTAL = INSTALLATIONS + MAINTENANCES + ORDERS + COMPLAINTS + RETURNS
# Left in the text until the tickets have their numbers.
ABOUT = "{ticket}"


@dataclass(frozen=True)
class _Matter:
    """Who writes about which device, of what kind, when and until when."""

    kind: str
    asset: Asset
    created_at: datetime
    closed_at: datetime


def _ticket(
    rng: Random,
    books: Books,
    matter: _Matter,
    contact: Contact,
    words: dict[str, str] | None = None,
    visit_hours: float = 0.0,
    parts: dict[str, int] | None = None,
) -> Ticket:
    customer = books.sources.customers[matter.asset.customer]
    family = books.sources.products[matter.asset.model].family
    filled = words or {}
    phrases = books.sources.phrases
    titled = phrases[f"{matter.kind}-title", contact.language][0].format(**filled)
    engineer = assign(rng, books.sources, customer, family, "").code if visit_hours else ""
    return Ticket(
        type=matter.kind,
        customer=customer.number,
        contact_email=contact.email,
        asset=matter.asset.serial,
        title=titled if filled else f"{matter.asset.model} {titled}",
        description=rng.choice(phrases[matter.kind, contact.language]).format(**filled),
        language=contact.language,
        priority="high" if matter.kind == "complaint" else "normal",
        created_at=matter.created_at,
        closed_at=matter.closed_at,
        channel=draw_channel(rng, customer, contact),
        engineer=engineer,
        parts_used=parts or {},
        visits=1 if visit_hours else 0,
        labour_hours=visit_hours,
    )


def _zone(books: Books, customer: Customer) -> str:
    return books.sources.places[customer.city].time_zone


def _evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


def _installations(rng: Random, books: Books) -> list[Ticket]:
    """Asked for some days before the installation, closed on its day."""
    new = [asset for asset in books.fleet if asset.installed_on - timedelta(days=4) >= FIRST_DAY]
    tickets = []
    for asset in rng.sample(new, INSTALLATIONS):
        customer = books.sources.customers[asset.customer]
        created = written_at(rng, asset.installed_on - timedelta(days=4), _zone(books, customer))
        matter = _Matter("installation", asset, created, _evening(asset.installed_on))
        contact = rng.choice(books.people_of(customer.number))
        hours = float(rng.randint(4, 16)) if asset.model == "GS-8000" else rng.randint(6, 12) / 2
        tickets.append(_ticket(rng, books, matter, contact, visit_hours=hours))
    return tickets


def _maintenances(rng: Random, books: Books) -> list[Ticket]:
    """Yearly visits that the plan promises, with the wear parts that they change."""
    due = [
        (asset, contract)
        for contract in books.contracts
        if PLANS[contract.plan].maintenances and contract.starts_on < NOW.date()
        for asset in books.fleet
        if asset.customer == contract.customer
        and asset.contract
        and asset.installed_on < contract.starts_on - timedelta(days=120)
    ]
    tickets = []
    for asset, contract in rng.sample(due, MAINTENANCES):
        customer = books.sources.customers[asset.customer]
        last = min(contract.ends_on, NOW.date() - timedelta(days=45))
        first = max(contract.starts_on, FIRST_DAY)
        day = first + timedelta(days=rng.randrange(max(1, (last - first).days)))
        created = written_at(rng, day, _zone(books, customer))
        closed = created + timedelta(days=rng.randint(6, 20), hours=rng.randint(0, 7))
        matter = _Matter("maintenance", asset, created, closed)
        fitted = books.sources.parts_of(asset.model)
        changed = {p: n for p, n in fitted.items() if books.sources.parts[p].wear}
        used = {part: n for part, n in changed.items() if rng.random() < 0.7}
        contact = rng.choice(books.people_of(customer.number))
        hours = rng.randint(6, 16) / 4
        tickets.append(_ticket(rng, books, matter, contact, visit_hours=hours, parts=used))
    return tickets


def _orders(rng: Random, books: Books) -> list[Ticket]:
    """Customers who buy wear parts; sold, not used by an engineer."""
    running = [a for a in books.fleet if a.installed_on < date(2025, 6, 1)]
    tickets = []
    for asset in rng.sample(running, ORDERS):
        customer = books.sources.customers[asset.customer]
        earliest = max(FIRST_DAY, asset.installed_on + timedelta(days=150))
        span = (NOW.date() - timedelta(days=30) - earliest).days
        created = written_at(
            rng, earliest + timedelta(days=rng.randrange(span)), _zone(books, customer)
        )
        matter = _Matter("request", asset, created, created + timedelta(days=rng.randint(2, 9)))
        wear = [p for p in books.sources.parts_of(asset.model) if books.sources.parts[p].wear]
        words = {"part": rng.choice(wear), "quantity": str(rng.randint(2, 6))}
        contact = rng.choice(books.people_of(customer.number))
        tickets.append(_ticket(rng, books, matter, contact, words))
    return tickets


def _follow_ups(rng: Random, books: Books, incidents: list[Ticket]) -> list[tuple[Ticket, Ticket]]:
    """Complaints about slow repairs and returns of replaced parts, each with its incident."""
    assets = {asset.serial: asset for asset in books.fleet}
    people = {contact.email: contact for contact in books.contacts}
    closed = [t for t in incidents if t.closed_at and t.closed_at < NOW - timedelta(days=40)]
    slow = sorted(closed, key=lambda t: (t.created_at - (t.closed_at or NOW), t.asset))
    dear = [
        t for t in closed if any(books.sources.parts[p].unit_price > 5000 for p in t.parts_used)
    ]
    pairs = []
    for kind, reasons in (
        ("complaint", rng.sample(slow[:20], COMPLAINTS)),
        ("return", rng.sample(dear, RETURNS)),
    ):
        for incident in reasons:
            created = (incident.closed_at or NOW) + timedelta(days=rng.randint(1, 9), minutes=37)
            closing = created + timedelta(days=rng.randint(2, 14), hours=3)
            matter = _Matter(kind, assets[incident.asset], created, closing)
            words = {"ticket": ABOUT}
            if kind == "return":
                words["part"] = max(
                    incident.parts_used, key=lambda p: books.sources.parts[p].unit_price
                )
            ticket = _ticket(rng, books, matter, people[incident.contact_email], words)
            pairs.append((ticket, incident))
    return pairs


def other_tickets(
    rng: Random, books: Books, incidents: list[Ticket]
) -> tuple[list[Ticket], list[tuple[Ticket, Ticket]]]:
    """Tickets that stand alone, and pairs of a follow-up and the incident that it speaks of."""
    alone = _installations(rng, books) + _maintenances(rng, books) + _orders(rng, books)
    return alone, _follow_ups(rng, books, incidents)
