"""Connectors against a CRM that answers over HTTP, on both databases: nothing lost, no twins."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from careloop.api.bootstrap import Services, build
from careloop.api.connecting import ConnectorRuns
from careloop.api.outgoing import egress_of, seal_login
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.catalog.models import ProductModel
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.customers.registering import (
    AddContact,
    AddCustomer,
    ContactFacts,
    CustomerChanges,
    add_contact,
    add_customer,
    change_contact_facts,
    change_customer,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.crm_core.outbound.connectors.models import (
    ConnectorProblem,
    ExternalLink,
    SyncConflict,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import ConnectorRunView, ConnectorView
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.settings import Settings
from tests.outer_systems import OuterCrm, served

PACE = "  page_size: 3\n  requests_per_minute: 6000\n  overlap_seconds: 5"
MAPPING = EXAMPLE.replace("  page_size: 100\n  requests_per_minute: 120", PACE)


class House:
    """One maker with a connector to one CRM."""

    def __init__(
        self, database: Database, tenant: str, home: Path, crm: OuterCrm, url: str
    ) -> None:
        self.tenant, self.crm, self.url = tenant, crm, url
        self.settings = Settings(
            home=home, database_url=database.url.render_as_string(hide_password=False),
            egress_allow=url,
        )  # fmt: skip
        self.services = build(self.settings)
        self.admin = system_actor(tenant, "Ada")
        sealed = seal_login(self.services, tenant, url, crm.token)
        self.connector = self._add(sealed)
        self.pauses: list[float] = []

    def _add(self, sealed: str) -> str:
        made = self.services.runtime.invoke(
            self.admin, "connectors.add",
            {"name": "crm", "base_url": self.url, "mapping": MAPPING, "auth": "bearer",
             "sealed": sealed},
        )  # fmt: skip
        return ConnectorView.model_validate(made).id

    def runs(self, services: Services | None = None) -> ConnectorRuns:
        found = services or self.services
        return ConnectorRuns(found, egress_of(found), pause=self.pauses.append)

    def run(self, dry: bool = False) -> ConnectorRunView:
        told = self.runs().run(self.tenant, self.connector, dry)
        assert told is not None
        return told

    def until_done(self, times: int = 60) -> int:
        """Run, and take up what an outage set aside; how many runs that took."""
        for count in range(1, times):
            if self.run().state == "done":
                return count
        raise AssertionError("it never came to its end")

    def rows(self, model: Any) -> list[Any]:
        with self.services.database.read(self.tenant) as session:
            found = list(session.scalars(select(model).where(model.tenant_id == self.tenant)))
            session.expunge_all()
            return found

    def write(self, call: Callable[..., Any], command: Any) -> str:
        with self.services.database.write(self.tenant) as session:
            return str(call(session, self.admin, command).id)

    def customer(self, number: str, **facts: Any) -> str:
        return self.write(add_customer, AddCustomer(number=number, **facts))


@pytest.fixture
def pair(database: Database, tenant: str, tmp_path: Path) -> Iterator[House]:
    with at_home(database, tenant, tmp_path, OuterCrm()) as found:
        yield found


@contextmanager
def at_home(database: Database, tenant: str, home: Path, crm: OuterCrm) -> Iterator[House]:
    with served(crm) as url:
        found = House(database, tenant, home / "home", crm, url)
        with found.services.database.write(tenant) as session:
            session.add(ProductModel(tenant_id=tenant, model="GS-2000"))
        try:
            yield found
        finally:
            found.services.close()


def account(number: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "account_no": number, "name": name, "country": "de", "rank": "B",
        "address": {"city": "Berlin", "street": "Weg 1"}, **more,
    }  # fmt: skip


def test_both_sides_meet(pair: House) -> None:
    crm = pair.crm
    theirs = crm.put("/accounts", **account("K-1", "Labor Eins"))
    shared = crm.put("/accounts", **account("K-2", "Shared Lab"))
    ours = pair.customer("K-2", name="Shared Lab", country="DE", city="Berlin", address="Weg 1",
                          tier="standard")  # fmt: skip
    mine = pair.customer("K-3", name="Only ours", country="FR", city="Lyon", tier="key")
    person = pair.write(add_contact, AddContact(customer_id=mine, name="Eve", email="e@x.fr"))
    crm.put("/people", account_id=theirs, full_name="  Max   Muster ", email=" MAX@x.de ",
            phone="+49 30 / 123")  # fmt: skip
    crm.put("/machines", serial_no="GS-1", type="GS-2000", account_id=shared, location="Hall 1",
            warranty_end="2027-03-01T00:00:00Z")  # fmt: skip
    run = pair.run()
    assert (run.state, run.error) == ("done", "")
    assert run.counters["customers"]["created"] == 1
    assert run.counters["customers"]["linked"] == 1
    assert run.counters["customers"]["created_there"] == 1
    assert {row.number for row in pair.rows(Customer)} == {"K-1", "K-2", "K-3"}
    assert {row["account_no"] for row in crm.all("/accounts")} == {"K-1", "K-2", "K-3"}
    made = next(row for row in crm.all("/accounts") if row["account_no"] == "K-3")
    assert (made["address"], made["rank"]) == ({"city": "Lyon"}, "A")
    max_ = next(row for row in pair.rows(Contact) if row.name == "Max Muster")
    assert (max_.email, max_.phone) == ("max@x.de", "+4930123")
    eve = next(row for row in crm.all("/people") if row["full_name"] == "Eve")
    assert eve["account_id"] == made["id"], "a reference is their id there"
    (asset,) = pair.rows(Asset)
    assert (asset.serial, asset.customer_id) == ("GS-1", ours)
    assert asset.warranty_until.isoformat() == "2027-03-01"
    assert person
    calls = len(crm.calls)
    again = pair.run()
    assert [one for one, _ in crm.calls[calls:] if one != "GET"] == [], "nothing to do"
    assert again.counters["customers"].get("updated", 0) == 0
    tools = {(row.actor, row.reason) for row in pair.rows(AuditEntry) if "settle" in row.tool}
    assert tools == {("system", "connector crm")}


def test_changes_go_both_ways_and_a_double_change_waits_for_a_person(pair: House) -> None:
    crm = pair.crm
    key = crm.put("/accounts", **account("K-1", "Old name"))
    pair.run()
    (row,) = pair.rows(Customer)
    crm.put("/accounts", key, address={"city": "Hamburg", "street": "Weg 1"})
    pair.write(change_customer, CustomerChanges(customer_id=row.id, tier="key"))
    pair.until_done()
    (row,) = pair.rows(Customer)
    assert (row.city, crm.records["/accounts"][key]["rank"]) == ("Hamburg", "A")
    crm.put("/accounts", key, name="Their name", address={"city": "Kiel", "street": "Weg 1"})
    pair.write(change_customer, CustomerChanges(customer_id=row.id, name="Our name", city="Ulm"))
    run = pair.run()
    assert run.counters["customers"]["conflict"] >= 1
    (row,) = pair.rows(Customer)
    assert (row.name, crm.records["/accounts"][key]["name"]) == ("Our name", "Their name")
    (conflict,) = pair.rows(SyncConflict)
    assert conflict.fields == {
        "name": {"base": "Old name", "ours": "Our name", "theirs": "Their name"},
        "city": {"base": "Hamburg", "ours": "Ulm", "theirs": "Kiel"},
    }
    pair.run()
    assert len(pair.rows(SyncConflict)) == 1, "one conflict, however often it is seen"
    asked = {"connector_id": pair.connector, "conflict_id": conflict.id}
    pair.services.runtime.invoke(
        pair.admin, "connectors.resolve_conflict",
        {**asked, "take": {"name": "ours", "city": "theirs"}},
    )  # fmt: skip
    pair.run()
    (row,) = pair.rows(Customer)
    there = crm.records["/accounts"][key]
    assert (row.name, row.city) == (there["name"], there["address"]["city"]) == ("Our name", "Kiel")
    assert there["address"]["street"] == "Weg 1"


def test_a_change_of_theirs_between_read_and_write_is_not_lost(pair: House) -> None:
    crm = pair.crm
    key = crm.put("/accounts", **account("K-1", "Name"))
    pair.run()
    (row,) = pair.rows(Customer)
    pair.write(change_customer, CustomerChanges(customer_id=row.id, tier="key"))

    def meddle(count: int) -> None:
        method, target = crm.calls[-1]
        if method == "GET" and target.endswith(key):
            crm.after_call = lambda _: None
            crm.put("/accounts", key, address={"city": "Bonn", "street": "Weg 1"})

    crm.after_call = meddle
    pair.run()
    (row,) = pair.rows(Customer)
    assert (row.city, crm.records["/accounts"][key]["rank"]) == ("Bonn", "A")
    assert ("PATCH", f"/accounts/{key}") in crm.calls


def test_a_deletion_over_there_takes_nothing_from_us(pair: House) -> None:
    crm = pair.crm
    key = crm.put("/accounts", **account("K-1", "Name"))
    pair.run()
    crm.put("/accounts", key, deleted=True)
    assert pair.run().counters["customers"]["gone"] == 1
    assert len(pair.rows(Customer)) == 1
    assert pair.rows(ExternalLink)[0].state == "gone"
    (row,) = pair.rows(Customer)
    pair.write(change_customer, CustomerChanges(customer_id=row.id, city="Ulm"))
    assert pair.run().state == "done"
    assert len(crm.records["/accounts"]) == 1, "and is not made again"


def test_one_bad_record_stops_nobody_and_is_tried_again(pair: House) -> None:
    crm = pair.crm
    bad = crm.put("/accounts", **account("K-1", "Bad", country="Deutschland"))
    crm.put("/accounts", **account("K-2", "Good"))
    crm.put("/people", account_id=bad, full_name="Max", email="max@x.de", phone="")
    run = pair.run()
    assert (run.state, run.counters["customers"]["problem"]) == ("done", 1)
    assert {row.number for row in pair.rows(Customer)} == {"K-2"}
    told = {(row.object, row.record_id): row.message for row in pair.rows(ConnectorProblem)}
    assert "country" in told["customers", bad]
    assert "not linked yet" in told["contacts", crm.all("/people")[0]["id"]]
    crm.put("/accounts", bad, country="DE")
    assert pair.run().state == "done"
    assert pair.rows(ConnectorProblem) == []
    assert [row.name for row in pair.rows(Contact)] == ["Max"]


def test_a_dry_run_changes_nothing_and_says_what_it_would_do(pair: House) -> None:
    crm = pair.crm
    crm.put("/accounts", **account("K-1", "Labor"))
    pair.customer("K-9", name="Ours")
    run = pair.run(dry=True)
    assert run.counters["customers"] == {"created": 1, "created_there": 1}
    assert len(pair.rows(Customer)) == 1
    assert len(crm.all("/accounts")) == 1
    assert pair.rows(ExternalLink) == []
    with pair.services.database.read(pair.tenant) as session:
        from careloop.crm_core.outbound.connectors import queries

        row = queries.run(session, pair.admin, pair.connector, run.id)
        lines = {(line.did, line.detail.get("title", "")) for line in queries.lines(session, row)}
    assert lines == {("created", ""), ("created_there", "K-9 Ours")}


def test_an_outage_sets_the_run_aside_and_it_goes_on_where_it_was(pair: House) -> None:
    crm = pair.crm
    for n in range(10):
        crm.put("/accounts", **account(f"K-{n}", f"Lab {n}"))
    crm.after_call = lambda count: setattr(crm, "down", count >= 2)
    run = pair.run()
    assert run.state == "stopped"
    assert "wait 120 s" in run.error
    seen = len(pair.rows(Customer))
    assert 0 < seen < 10
    crm.down, crm.after_call = False, lambda count: None
    first = len(crm.calls)
    again = pair.run()
    assert (again.id, again.state) == (run.id, "done"), "the same run"
    assert "cursor=" in crm.calls[first][1], "from its place"
    assert len(pair.rows(Customer)) == 10
    crm.token = "changed"
    assert pair.run().state == "failed", "a login has to be mended by a person"


@pytest.mark.parametrize("seed", [3, 11])
def test_chaos_loses_nothing_and_doubles_nothing(
    database: Database, tenant: str, tmp_path: Path, seed: int
) -> None:
    """Lost answers, cut lines, 429, 500, repeated and outdated records - while both sides work."""
    crm = OuterCrm(seed=seed, chaos=0.25, forgets_keys=seed == 11)
    with at_home(database, tenant, tmp_path, crm) as house:
        keys = [crm.put("/accounts", **account(f"T-{n}", f"Theirs {n}")) for n in range(4)]
        mine = [house.customer(f"O-{n}", name=f"Ours {n}", city="Rom") for n in range(3)]
        people = [
            house.write(add_contact, AddContact(customer_id=one, name="P", email=f"{n}@x.eu"))
            for n, one in enumerate(mine)
        ]
        for n, key in enumerate(keys[:2]):
            crm.put("/people", account_id=key, full_name=f"Q {n}", email=f"q{n}@x.eu", phone="")
        with house.services.database.write(tenant) as session:
            from careloop.crm_core.tickets.schemas import OpenTicket
            from careloop.crm_core.tickets.service import open_ticket

            for n in range(2):
                open_ticket(session, house.admin, OpenTicket(title=f"T {n}", customer_id=mine[n]))
        house.until_done()
        crm.put("/accounts", keys[0], name="Theirs, changed")
        changed = CustomerChanges(customer_id=mine[0], name="Ours, changed")
        house.write(change_customer, changed)
        moved = ContactFacts(contact_id=people[0], phone="+391")
        house.write(change_contact_facts, moved)
        house.until_done()
        crm.chaos = 0
        house.until_done()
        agree(house)
        assert len(crm.made) == len(set(crm.made)) == 3 + 3 + 2
        assert len(house.rows(Customer)) == len(crm.all("/accounts")) == 7
        assert len(house.rows(Contact)) == len(crm.all("/people")) == 5
        assert len(house.rows(Ticket)) == len(crm.all("/cases")) == 2
        assert house.rows(SyncConflict) == house.rows(ConnectorProblem) == []


def agree(pair: House) -> None:
    """Every pair says the same, and nobody has two partners."""
    links = pair.rows(ExternalLink)
    assert all(link.state == "linked" and link.their_id for link in links)
    ours = {row.id: row for row in pair.rows(Customer)}
    for link in links:
        if link.object == "customers":
            there = pair.crm.records["/accounts"][link.their_id]
            row = ours[link.our_id]
            assert (row.number, row.name) == (there["account_no"], there["name"])
            assert row.city == there["address"]["city"]


KILLED = """
import sys
from pathlib import Path
from careloop.api.bootstrap import build
from careloop.api.connecting import ConnectorRuns
from careloop.api.outgoing import egress_of
from careloop.kit.settings import Settings
home, url, origin, tenant, connector = sys.argv[1:]
services = build(Settings(home=Path(home), database_url=url, egress_allow=origin))
print("ready", flush=True)
ConnectorRuns(services, egress_of(services)).run(tenant, connector)
"""


def test_a_run_that_is_killed_is_taken_up(database: Database, tenant: str, tmp_path: Path) -> None:
    crm = OuterCrm(delay=0.01, forgets_keys=True)
    with at_home(database, tenant, tmp_path, crm) as house:
        for n in range(6):
            crm.put("/accounts", **account(f"T-{n}", f"Theirs {n}"))
            house.customer(f"O-{n}", name=f"Ours {n}", city="Rom")
        settings = house.settings
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(settings.home), settings.database_url, house.url,
             tenant, house.connector],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        # In the middle of telling them: they have made a record, and we do not know it yet.
        crm.after_call = lambda _: process.kill() if len(crm.made) == 3 else None
        process.wait(timeout=60)
        assert process.returncode == -9
        assert len(crm.made) == 3
        crm.after_call = lambda _: None
        assert house.runs().run(tenant, house.connector) is None, "the dead one's lease stands"
        later = FixedClock(house.services.clock.now() + timedelta(minutes=10))
        services = build(settings, later)
        try:
            run = house.runs(services).run(tenant, house.connector)
        finally:
            services.close()
        assert run is not None and run.state == "done"
        assert len(crm.made) == 6
        assert len(house.rows(Customer)) == len(crm.all("/accounts")) == 12
        agree(house)


def test_one_run_at_a_time(pair: House) -> None:
    for n in range(4):
        pair.crm.put("/accounts", **account(f"K-{n}", f"Lab {n}"))
    taken: list[Any] = []

    def second(count: int) -> None:
        if count == 1:
            taken.append(pair.runs().run(pair.tenant, pair.connector))

    pair.crm.after_call = second
    assert pair.run().state == "done"
    assert taken == [None]
