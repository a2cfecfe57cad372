"""A maker with a calendar, a policy and a contract: what tests of promises stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.calendars import service as calendars
from careloop.crm_core.calendars.schemas import CreateCalendar
from careloop.crm_core.catalog.models import Part, ProductModel
from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.contracts.schemas import CreateContract
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.sla import policies, queries
from careloop.crm_core.sla.models import SlaClock
from careloop.crm_core.sla.schemas import CreatePolicy
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""A Monday on which offices in Berlin have just opened."""

OFFICE = {
    "code": "office", "time_zone": "Europe/Berlin",
    "weekly": {str(day): [["09:00", "17:00"]] for day in range(5)},
    "days_off": [{"on": "2026-11-25", "name": "Repentance Day"}],
}  # fmt: skip
POLICY: dict[str, Any] = {
    "code": "gold", "fallback": True, "calendar": "office", "warn_percent": 75,
    "pauses": {"fix": ["waiting_customer"], "arrive": ["waiting_customer", "waiting_parts"]},
    "targets": [
        {"kind": "respond", "minutes": 60},
        {"kind": "arrive", "minutes": 480, "priority": "critical"},
        {"kind": "fix", "minutes": 960},
        {"kind": "fix", "minutes": 240, "priority": "critical", "around_the_clock": True},
    ],
    "steps": [
        {"key": "warn-assignee", "at": "warning", "roles": ["agent"], "assignee": True},
        {"key": "tell-boss", "at": "breach", "roles": ["admin"]},
        {"key": "raise", "kind": "fix", "at": "breach", "after_minutes": 30,
         "raise_priority": True},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Maker:
    """A tenant without any promise yet; `customer` owns `serial`, `other` owns nothing."""

    tenant: str
    admin: Actor
    agent: Actor
    customer: str
    other: str
    serial: str
    part: str


def maker(database: Database, tag: str = "one") -> Maker:
    """A maker with two customers, one device and a part at 100 euros."""
    with database.write() as session:
        tenant = new_id()
        session.add(Tenant(tenant_id=tenant, slug=f"maker-{tag}", name=f"Maker {tag}", profile={}))
        session.flush()
        admin, agent = (
            User(tenant_id=tenant, id=new_id(), email=f"{role}@{tag}.example", name=role, role=role)
            for role in (Role.ADMIN, Role.AGENT)
        )
        owner, other = (
            Customer(tenant_id=tenant, id=new_id(), number=f"C-{n}", name=f"Lab {n} {tag}")
            for n in (1, 2)
        )
        model = ProductModel(tenant_id=tenant, id=new_id(), model="PX-100")
        part = Part(
            tenant_id=tenant, id=new_id(), number=f"P-{tag}", unit_price=100, currency="EUR"
        )
        session.add_all([admin, agent, owner, other, model, part])
        session.flush()
        serial = f"PX{tag}-0001"
        session.add(
            Asset(
                tenant_id=tenant, id=new_id(), serial=serial, serial_key=fold(serial),
                model_id=model.id, model=model.model, customer_id=owner.id,
            )
        )  # fmt: skip
        return Maker(
            tenant, staff_actor(tenant, Role.ADMIN, admin.id, "Ada"),
            staff_actor(tenant, Role.AGENT, agent.id, "Ben"), owner.id, other.id, serial,
            part.number,
        )  # fmt: skip


@dataclass(frozen=True)
class Promised:
    """The maker, and the policy by which it promises."""

    books: Maker
    policy_id: str


def promise(database: Database, tag: str = "one", **policy: Any) -> Promised:
    """The maker, promising by `POLICY` with changes."""
    books = maker(database, tag)
    with database.write() as session:
        calendars.create_calendar(session, books.admin, CreateCalendar.model_validate(OFFICE))
        command = CreatePolicy.model_validate({**POLICY, **policy})
        row = policies.create_policy(session, books.admin, command)
        return Promised(books, row.id)


def maker_promising(database: Database, round_the_clock: bool, days_off: list[str]) -> Promised:
    """A maker of its own, whose office rests on these days or never."""
    books = maker(database, new_id())
    with database.write() as session:
        office = {**OFFICE, "days_off": [{"on": day} for day in days_off]}
        calendars.create_calendar(session, books.admin, CreateCalendar.model_validate(office))
        policy = {**POLICY, "calendar": "" if round_the_clock else "office"}
        command = CreatePolicy.model_validate(policy)
        return Promised(books, policies.create_policy(session, books.admin, command).id)


def open_ticket(session: Session, found: Promised, **facts: Any) -> str:
    """A new ticket of the customer; its number."""
    command = OpenTicket(title="Pump leaks", customer_id=found.books.customer, **facts)
    return tickets.open_ticket(session, found.books.agent, command).number


def clocks(session: Session, found: Promised, number: str) -> dict[str, SlaClock]:
    """The latest clock of each kind."""
    ticket = tickets.queries.ticket(session, found.books.admin, number)
    rows = queries.clocks_of(session, found.books.tenant, ticket.id)
    return {row.kind: row for row in rows}


def sign(session: Session, found: Promised, **facts: Any) -> str:
    """A new contract of the customer; its number."""
    command = CreateContract.model_validate({"customer_id": found.books.customer, **facts})
    return contracts.create_contract(session, found.books.admin, command).number
