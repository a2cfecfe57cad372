"""A maker with rates and prices, and a repair that costs: what the tests of billing stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from promised import OFFICE, Maker, maker

from careloop.crm_core.accounts.models import User
from careloop.crm_core.calendars import service as calendars
from careloop.crm_core.calendars.schemas import CreateCalendar
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.inventory.models import StockLocation
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
"""Monday, noon in Berlin."""
RULES: dict[str, Any] = {
    "currency": "EUR", "calendar": "office",
    "taxes": [{"code": "S", "name": "VAT", "rate": "19"}, {"code": "Z", "rate": "0"}],
    "seller": {"name": "Maker"}, "approval_above": [{"amount": "1000", "currency": "EUR"}],
    "series": [{"code": "INV", "kind": "invoice"}, {"code": "CN", "kind": "credit_note"}],
}  # fmt: skip
RATES: list[dict[str, Any]] = [
    {"kind": "labour", "amount": {"amount": "60", "currency": "EUR"}, "valid_from": "2026-01-01"},
    {"kind": "labour", "level": 3, "amount": {"amount": "75.5", "currency": "EUR"},
     "valid_from": "2026-01-01"},
    {"kind": "labour", "hours": "night", "amount": {"amount": "90", "currency": "EUR"},
     "valid_from": "2026-01-01"},
    {"kind": "travel_time", "amount": {"amount": "40", "currency": "EUR"},
     "valid_from": "2026-01-01"},
    {"kind": "travel_km", "amount": {"amount": "0.42", "currency": "EUR"},
     "valid_from": "2026-01-01"},
]  # fmt: skip
LIST: dict[str, Any] = {
    "code": "standard", "currency": "EUR", "valid_from": "2026-01-01", "tax_code": "S",
    "items": [
        {"kind": "labour", "price": "120", "minimum": "60", "step": "15"},
        {"kind": "labour", "hours": "overtime", "price": "160"},
        {"kind": "travel_time", "price": "80"},
        {"kind": "call_out", "price": "49.99"},
        {"kind": "part", "code": "P-*", "price": "150", "discount": "10"},
        {"kind": "fixed", "code": "INSPECT", "price": "299", "names": {"en": "Inspection"}},
    ],
}  # fmt: skip


@dataclass
class Billed:
    """The maker and the doors to its books."""

    database: Database
    books: Maker
    manager: Actor
    agent: Actor

    def do(self, tool: str, who: Actor | None = None, key: str | None = None, **facts: Any) -> Any:
        return Runtime(self.database).invoke(who or self.manager, tool, facts, key=key)

    def ticket(self, **facts: Any) -> str:
        facts = {"title": "Pump leaks", "serial": self.books.serial, **facts}
        facts.setdefault("customer_id", self.books.customer)
        return str(self.do("tickets.open", **facts).number)

    def visit(self, ticket: str, labour: tuple[int, ...] = (60,), **more: Any) -> str:
        """A visit that ended at noon: labour in minutes, travel of 30 minutes."""
        window = {"from": NOON - timedelta(hours=4), "until": NOON, "time_zone": "Europe/Berlin"}
        number = str(self.do("visits.plan", ticket=ticket, engineer="E-1", window=window).number)
        began = NOON - timedelta(minutes=sum(labour))
        self.do("visits.check_in", number=number, happened_at=more.get("began", began),
                travel_minutes=more.get("travel", 30), travel_km=more.get("km"))  # fmt: skip
        at = began
        for minutes in labour:
            at += timedelta(minutes=minutes)
            self.do("visits.add_labour", number=number, minutes=minutes, happened_at=at)
        for part in more.get("parts", ()):
            self.do("visits.use_part", number=number, part=part, quantity=1, happened_at=NOON)
        self.do("visits.finish", number=number, result="solved", report="Sealed",
                happened_at=more.get("ended", NOON))  # fmt: skip
        return number

    def close(self, ticket: str) -> None:
        self.do("tickets.move", number=ticket, state="closed")

    def closed(self, **facts: Any) -> str:
        """A closed ticket with one visit of an hour."""
        number = self.ticket(**facts)
        self.visit(number)
        self.close(number)
        return number

    def quote(self, **facts: Any) -> str:
        facts = {"title": "Repair", "customer_id": self.books.customer, **facts}
        facts.setdefault("lines", [{"kind": "labour", "quantity": "60"}])
        return str(self.do("quotes.create", **facts).number)

    def sent(self, **facts: Any) -> tuple[str, str]:
        """A quote that was sent, and the hash of its secret."""
        number = self.quote(**facts)
        secret = sha256(number.encode()).hexdigest()
        self.do("quotes.send", quote=number, token_hash=secret)
        return number, secret


def open_house(database: Database, tag: str = "one", **rules: Any) -> Billed:
    """A maker in Berlin that bills in euros, with a level 2 engineer and his van."""
    books = maker(database, tag)
    with database.write() as session:
        calendars.create_calendar(session, books.admin, CreateCalendar.model_validate(OFFICE))
        owner = session.get_one(Customer, (books.tenant, books.customer))
        owner.country, owner.time_zone, owner.language = "DE", "Europe/Berlin", "en"
        session.add(
            Engineer(
                tenant_id=books.tenant, code="E-1", name="Finn", level=2,
                time_zone="Europe/Berlin",
            )
        )  # fmt: skip
        session.add(
            StockLocation(
                tenant_id=books.tenant, id=new_id(), code="VAN-1", level="van", engineer="E-1"
            )
        )
        boss = User(
            tenant_id=books.tenant, id=new_id(), email=f"boss@{tag}.example", name="Bea",
            role=Role.MANAGER,
        )  # fmt: skip
        session.add(boss)
    manager = staff_actor(books.tenant, Role.ADMIN, boss.id, "Bea")
    house = Billed(database, books, manager, books.agent)
    house.do("billing.set_rules", **{**RULES, **rules})
    for rate in RATES:
        house.do("billing.create_rate", **rate)
    house.do("billing.create_price_list", **LIST)
    cost = {"amount": "55.5", "currency": "EUR"}
    line = {"part": books.part, "quantity": 20, "unit_cost": cost}
    house.do("stock.receive", location="VAN-1", lines=[line])
    return house
