"""The best engineers of 1,000 for one job: how long, on both databases, warm and after a change.

`python benchmarks/candidates.py [--engineers 1000] [--visits 4000] [--database URL]`

What is cached: one snapshot of engineers, shifts, absences, papers and visits per company and
process, as arrays. What keeps it right: every transaction that changes them raises the company's
revision as its last statement; before a snapshot is used one select compares revisions and reads
again what changed since (see `careloop/crm_core/dispatch/snapshot.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careloop.api import schema
from careloop.crm_core import wiring
from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.catalog.models import ProductModel
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.dispatch import candidates, job_queries, ranking, snapshot
from careloop.crm_core.dispatch.candidates import CandidateQuestion
from careloop.crm_core.dispatch.schemas import NeededSkill, SetNeed
from careloop.crm_core.dispatch.telling import set_need
from careloop.crm_core.tickets import queries as ticket_queries
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import EngineerCertificate
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.events import EventBus
from careloop.kit.ids import new_id

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
SKILLS = ("laser", "optics", "fluidics", "robot", "high_voltage", "software")
ROUNDS = 60


def fill(session: Session, engineers: int, visits: int) -> tuple[Actor, list[str]]:
    """A company with engineers over a region, and a week of visits."""
    rng = random.Random(7)
    tenant = new_id()
    session.add(Tenant(tenant_id=tenant, slug="bench", name="Bench", profile={}))
    user = User(tenant_id=tenant, id=new_id(), email="d@bench.example", name="D",
                role=Role.DISPATCHER)  # fmt: skip
    model = ProductModel(tenant_id=tenant, id=new_id(), model="PX", family="pump")
    session.add_all([user, model])
    session.flush()
    actor = staff_actor(tenant, Role.DISPATCHER, user.id, "D")
    crew = [
        {
            "tenant_id": tenant, "id": new_id(), "code": f"E-{n:04d}", "name": f"Engineer {n}",
            "lat": 30 + rng.random() * 2, "lon": 120 + rng.random() * 2, "time_zone":
            "Asia/Shanghai", "skills": rng.sample(SKILLS, 3), "languages": ["zh"],
            "level": rng.randint(1, 4), "shift": "Mon-Sat 08:30-17:30", "base_city": "Hangzhou",
            "areas": [], "tools": [], "skill_levels": {}, "van": "", "email": "", "phone": "",
            "active": True, "version": 1, "created_at": MONDAY, "updated_at": MONDAY,
        }
        for n in range(engineers)
    ]  # fmt: skip
    session.execute(insert(Engineer), crew)
    session.execute(
        insert(EngineerCertificate),
        [
            {"tenant_id": tenant, "id": new_id(), "engineer_id": row["id"], "skill": "laser",
             "number": f"L-{at}", "valid_until": date(2027, 1, 1), "version": 1, "issuer": "",
             "created_at": MONDAY, "updated_at": MONDAY}
            for at, row in enumerate(crew) if at % 2
        ],
    )  # fmt: skip
    numbers, devices = [], []
    for n in range(50):
        customer = Customer(tenant_id=tenant, id=new_id(), number=f"C-{n}", name=f"Lab {n}",
                            language="zh", time_zone="Asia/Shanghai")  # fmt: skip
        session.add(customer)
        session.flush()
        serial = f"PX-{n:05d}"
        asset = Asset(
            tenant_id=tenant, id=new_id(), serial=serial, serial_key=fold(serial),
            model_id=model.id, model="PX", customer_id=customer.id, lat=30 + rng.random() * 2,
            lon=120 + rng.random() * 2,
        )  # fmt: skip
        session.add(asset)
        session.flush()
        view = tickets.open_ticket(session, actor, OpenTicket(title="Leak", serial=serial))
        ticket = ticket_queries.ticket(session, actor, view.number)
        numbers.append(ticket.number)
        devices.append((ticket.id, ticket.number, customer.id, asset.id))
        need = SetNeed(number=ticket.number, minutes=90,
                       skills=[NeededSkill(skill="laser", certified=True)])  # fmt: skip
        set_need(session, actor, need)
    session.execute(insert(WorkOrder), [
        _visit(rng, tenant, n, crew[n % engineers]["code"], devices[n % 50]) for n in range(visits)
    ])  # fmt: skip
    return actor, numbers


def _visit(
    rng: random.Random, tenant: str, n: int, engineer: object, device: tuple[str, ...]
) -> dict[str, object]:
    start = MONDAY + timedelta(days=rng.randrange(6), minutes=15 * rng.randrange(30))
    return {
        "tenant_id": tenant, "id": new_id(), "number": f"WO-2026-{n + 500_000}",
        "ticket_id": device[0], "ticket": device[1], "visit": n + 2, "customer_id": device[2],
        "asset_id": device[3], "engineer": engineer, "state": "planned", "window_from": start,
        "window_until": start + timedelta(hours=2), "time_zone": "Asia/Shanghai", "version": 1,
        "serial": "", "purpose": "", "site": "", "promised": False, "moved_count": 0,
        "travel_minutes": 0, "result": "", "repeat_reason": "", "report": "", "reason": "",
        "next_visit": {}, "revision": 0, "open_for_revision": False, "log_seq": 0,
        "created_at": MONDAY, "updated_at": MONDAY,
    }  # fmt: skip


def timed(what: str, act: Callable[[int], object], rounds: int = ROUNDS) -> None:
    """Print p50 and p95 of an act and its processor time, in milliseconds."""
    found, busy = [], []
    for at in range(rounds):
        began, worked = time.perf_counter(), time.thread_time()
        act(at)
        found.append((time.perf_counter() - began) * 1000)
        busy.append((time.thread_time() - worked) * 1000)
    found.sort()
    p95 = found[int(len(found) * 0.95) - 1] if len(found) > 1 else found[0]
    middle, work = statistics.median(found), statistics.median(busy)
    print(f"  {what:<60} p50 {middle:7.2f}  p95 {p95:7.2f}  processor {work:7.2f} ms")


def measure(url: str, engineers: int, visits: int) -> None:
    """Measure on one database."""
    bus = EventBus()
    wiring.wire(bus)
    database = Database(url, bus, FixedClock(MONDAY))
    schema.upgrade(database)
    with database.write() as session:
        actor, numbers = fill(session, engineers, visits)
    tenant = actor.tenant_id
    span = (MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=6))
    print(f"{database.engine.dialect.name}: {engineers} engineers, {visits} visits")

    def whole(at: int) -> object:
        with database.read(tenant) as session:
            question = CandidateQuestion(ticket=numbers[at % len(numbers)], span=span)
            return candidates.rank(session, actor, question)

    timed("first call of a process: everything is read", whole, 1)
    with database.read(tenant) as session:
        job = job_queries.job_of_ticket(session, actor, numbers[0])
        wish = candidates.wish_of(session, actor, job, span)
        with snapshot.of(session, tenant) as held:
            timed("ranking alone: one job, all engineers (the sweep)",
                  lambda _: candidates.ranked([ranking.sweep(held, wish)]))  # fmt: skip
        timed("revision asked, snapshot used, ranked, 20 explained",
              lambda _: _rank_and_show(session, actor, job, wish))  # fmt: skip
    timed("the whole call: job read from the books, ranked, explained", whole)

    def after_change(at: int) -> object:
        with database.write(tenant) as session:
            row = session.query(WorkOrder).filter_by(
                tenant_id=tenant, number=f"WO-2026-{500_000 + at}"
            ).one()  # fmt: skip
            row.window_from += timedelta(minutes=1)
        began = time.perf_counter()
        with database.read(tenant) as session, snapshot.of(session, tenant):
            return time.perf_counter() - began

    spent = sorted(float(str(after_change(at))) * 1000 for at in range(30))
    print(f"  {'taking in one changed visit':<58} p50 {statistics.median(spent):7.2f} ms")
    database.close()


def _rank_and_show(
    session: Session, actor: Actor, job: job_queries.Job, wish: ranking.Wish
) -> object:
    with snapshot.of(session, actor.tenant_id) as held:
        found = candidates.ranked([ranking.sweep(held, wish)])
        return [
            candidates.candidate_view(held, job, found.field_of(int(at)), int(at))
            for at in found.order[:20]
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engineers", type=int, default=1000)
    parser.add_argument("--visits", type=int, default=4000)
    parser.add_argument("--database", default=os.environ.get("CARELOOP_BENCH_DATABASE_URL", ""))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        measure(f"sqlite:///{folder}/bench.db", options.engineers, options.visits)
    if options.database:
        measure(options.database, options.engineers, options.visits)


if __name__ == "__main__":
    main()
