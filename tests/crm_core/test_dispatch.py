"""Who may do a job is asked before it is given; of many who reach for it one gets it; a promise
to a customer is never moved by a plan."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from books import Books, fill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careloop.api.plan_runs import Plans
from careloop.crm_core.accounts.models import User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.dispatch import board_queries, candidates, my_day_queries, pool_queries
from careloop.crm_core.dispatch.candidates import CandidateQuestion
from careloop.crm_core.dispatch.errors import JobTaken, NeedsForce, NotFit, VisitStands
from careloop.crm_core.dispatch.models import DispatchLog
from careloop.crm_core.notices.models import Notice
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock, iso
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, VersionConflict
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

MONDAY = datetime(2026, 11, 23, 0, tzinfo=UTC)
NINE = MONDAY + timedelta(hours=9)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY + timedelta(hours=7))


class Room:
    """A maker with engineers around one town, and the tools of a dispatcher."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.books: Books = fill(database, "one")
        self.runtime = Runtime(database)
        with database.write() as session:
            boss = User(tenant_id=self.tenant, id=new_id(), email="d@one.example", name="Dee",
                        role=Role.DISPATCHER)  # fmt: skip
            session.add(boss)
            session.flush()
            self.boss = staff_actor(self.tenant, Role.DISPATCHER, boss.id, "Dee")
            for row in session.query(Engineer).filter_by(tenant_id=self.tenant):
                row.active = False
            for row in session.query(WorkOrder).filter_by(tenant_id=self.tenant, engineer=""):
                row.state = "cancelled"
            asset = session.query(Asset).filter_by(tenant_id=self.tenant).one()
            asset.lat, asset.lon = 48.14, 11.58
        self.people: dict[str, Actor] = {}

    @property
    def tenant(self) -> str:
        return self.books.tenant

    def do(self, tool: str, actor: Actor | None = None, **fields: Any) -> Any:
        return self.runtime.invoke(actor or self.boss, tool, fields, key=new_id())

    def engineer(self, code: str, **facts: Any) -> Actor:
        with self.database.write() as session:
            user = User(tenant_id=self.tenant, id=new_id(), email=f"{code.lower()}@one.example",
                        name=code, role=Role.ENGINEER)  # fmt: skip
            session.add(user)
        facts = {
            "name": code, "skills": ["pump"], "level": 2, "lat": 48.1, "lon": 11.5,
            "shift": "Mon-Fri 08:00-17:00", "email": user.email, **facts,
        }  # fmt: skip
        self.do("engineers.create", code=code, **facts)
        self.people[code] = staff_actor(self.tenant, Role.ENGINEER, user.id, code)
        return self.people[code]

    def ticket(self, **facts: Any) -> str:
        facts = {"title": "Leak", "serial": self.books.serial, **facts}
        with self.database.write() as session:
            return tickets.open_ticket(session, self.boss, OpenTicket(**facts)).number

    def need(self, number: str, **facts: Any) -> None:
        self.do("dispatch.set_need", number=number, **facts)

    def visit(self, start: datetime = NINE, hours: float = 2, **facts: Any) -> Any:
        window = {"from": iso(start), "until": iso(start + timedelta(hours=hours))}
        number = facts.pop("ticket", None) or self.ticket()
        return self.do("visits.plan", ticket=number, window=window, **facts)

    def row(self, number: str) -> WorkOrder:
        with self.database.read() as session:
            found = session.query(WorkOrder).filter_by(tenant_id=self.tenant, number=number).one()
            session.expunge(found)
            return found


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


def codes(refused: CareloopError) -> set[str]:
    return {reason["code"] for reason in refused.details["reasons"]}


def test_hard_rules_are_hard_and_soft_ones_want_a_reason(room: Room) -> None:
    room.engineer("E-1")
    room.engineer("E-2", skills=["laser"])
    number = room.ticket()
    room.need(number, minutes=60, skills=[{"skill": "laser", "certified": True, "level": 2}])
    visit = room.visit(ticket=number).number

    def give(engineer: str, **more: Any) -> Any:
        return room.do("dispatch.assign", work_order=visit, engineer=engineer, **more)

    with pytest.raises(NotFit) as refused:
        give("E-1", force=True, reason="no other")
    assert codes(refused.value) == {"skill"}
    with pytest.raises(NotFit) as refused:
        give("E-2")
    assert codes(refused.value) == {"certificate_missing"}
    paper = {"skill": "laser", "number": "L-1", "valid_until": date(2026, 11, 22)}
    kept = room.do("engineers.add_certificate", engineer="E-2", **paper)
    with pytest.raises(NotFit) as refused:
        give("E-2")
    assert codes(refused.value) == {"certificate_expired"}
    room.do("engineers.change_certificate", engineer="E-2", certificate_id=kept.id,
            valid_until=date(2026, 11, 23))  # fmt: skip
    away = room.do("engineers.add_absence", engineer="E-2", **{"from": iso(NINE)},
                   until=iso(NINE + timedelta(hours=9)))  # fmt: skip
    with pytest.raises(NotFit) as refused:
        give("E-2")
    assert codes(refused.value) == {"absent"}
    room.do("engineers.cancel_absence", engineer="E-2", absence_id=away.id)
    late = {"from": iso(NINE + timedelta(hours=11)), "until": iso(NINE + timedelta(hours=12))}
    with pytest.raises(NeedsForce) as soft:
        give("E-2", window=late)
    assert codes(soft.value) == {"off_shift"}
    done = give("E-2", window=late, force=True, reason="agreed by phone")
    assert (done.engineer, [one.code for one in done.overruled]) == ("E-2", ["off_shift"])
    with pytest.raises(VisitStands):
        give("E-1")
    with pytest.raises(VersionConflict):
        give("E-2", version=1)
    with room.database.read() as session:
        told = session.query(Notice).filter_by(user_id=room.people["E-2"].user_id).all()
        assert {one.key for one in told} == {"dispatch_assigned"}
        assert session.query(DispatchLog).filter_by(outcome="forced").one().text


def test_two_visits_never_overlap_and_candidates_find_the_gap(room: Room) -> None:
    room.engineer("E-1")
    first = room.visit(engineer="E-1").number
    second = room.visit().number
    with pytest.raises(NotFit) as refused:
        room.do("dispatch.assign", work_order=second, engineer="E-1", starts_at=iso(NINE))
    assert codes(refused.value) == {"overlap"}
    number = room.ticket()
    with room.database.read(room.tenant) as session:
        span = (NINE, NINE + timedelta(hours=8))
        found = candidates.rank(session, room.boss, CandidateQuestion(ticket=number, span=span))
    (best,) = found.ranked
    assert best.starts_at > iso(NINE + timedelta(hours=2))
    assert best.travel_from == first
    assert not best.soft
    assert {one.code for one in best.reasons} >= {"near", "busy"}
    gone = room.do("dispatch.assign", ticket=number, engineer="E-1")
    assert (gone.work_order, gone.engineer, gone.pool) == (gone.work_order, "E-1", "none")
    with pytest.raises(VisitStands):
        room.do("dispatch.assign", ticket=number, engineer="E-1")


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run all acts at the same moment; what each answered, or the refusal."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait(timeout=30)
        try:
            return act()
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as hands:
        return list(hands.map(run, acts, timeout=90))


def test_of_two_dispatchers_and_ten_engineers_one_gets_the_job(room: Room) -> None:
    people = [room.engineer(f"E-{n}") for n in range(12)]
    visit = room.visit().number
    version = room.do("dispatch.offer", work_order=visit).version

    def grab(who: Actor) -> Callable[[], Any]:
        return lambda: room.do("dispatch.grab", who, work_order=visit)

    def give(code: str) -> Callable[[], Any]:
        fields = {"work_order": visit, "engineer": code, "version": version}
        return lambda: room.do("dispatch.assign", **fields)

    told = together([*map(grab, people[:10]), give("E-10"), give("E-11")])
    won = [one for one in told if not isinstance(one, Exception)]
    assert len(won) == 1
    assert all(isinstance(one, JobTaken) for one in told if isinstance(one, Exception))
    assert room.row(visit).engineer == won[0].engineer
    with room.database.read(room.tenant) as session:
        assert pool_queries.offers(session, people[0]) == []
        day = my_day_queries.my_day(session, room.people[won[0].engineer])
        assert [stop.work_order for stop in day.visits] == [visit]


def test_an_engineer_sees_in_the_pool_what_they_may_do(room: Room) -> None:
    able, other = room.engineer("E-1"), room.engineer("E-2", skills=["laser"])
    number = room.ticket()
    room.need(number, skills=[{"skill": "pump"}])
    window = {"from": iso(NINE), "until": iso(NINE + timedelta(hours=3))}
    made = room.do("dispatch.offer_ticket", ticket=number, window=window)
    with room.database.read(room.tenant) as session:
        seen = [
            [job.work_order for job in pool_queries.offers(session, who)]
            for who in (able, other, room.boss, room.books.agent)
        ]
    assert seen == [[made.work_order], [], [made.work_order], []]
    with pytest.raises(NotFit):
        room.do("dispatch.grab", other, work_order=made.work_order)
    room.do("dispatch.withdraw", work_order=made.work_order, reason="changed our mind")
    with pytest.raises(Conflict):
        room.do("dispatch.grab", able, work_order=made.work_order)


def test_rules_give_jobs_out_and_say_why(room: Room) -> None:
    room.engineer("E-1", level=3)
    room.engineer("E-2", level=1)
    room.do(
        "dispatch.create_rule", name="Leaks", when={"types": ["incident"]}, act="assign",
        needs={"skills": [{"skill": "pump", "level": 3}], "minutes": 45},
    )  # fmt: skip
    number = room.ticket()
    with room.database.read(room.tenant) as session:
        row = session.query(WorkOrder).filter_by(tenant_id=room.tenant, ticket=number).one()
        assert (row.engineer, row.state) == ("E-1", "planned")
        line = session.query(DispatchLog).filter_by(ticket=number, kind="rule").one()
        assert (line.outcome, line.rule, line.engineer) == ("assigned", "Leaks", "E-1")
        assert {one["code"] for one in line.reasons} >= {"has_skills", "near"}
    room.do("engineers.change", engineer="E-1", active=False)
    second = room.ticket()
    with room.database.read(room.tenant) as session:
        line = session.query(DispatchLog).filter_by(ticket=second, kind="rule").one()
        assert (line.outcome, line.engineer) == ("nobody", "")
        assert not session.query(WorkOrder).filter_by(ticket=second).count()


def planned(room: Room, **fields: Any) -> Any:
    """A draft, computed here as a worker would."""
    view = room.do("dispatch.draft_plan", seconds=0.3, **fields)
    Plans(room.database).run(room.tenant, view.id)
    with room.database.read(room.tenant) as session:
        from careloop.crm_core.dispatch import plan_queries

        return plan_queries.plan_view(session, room.boss, view.id)


def test_a_plan_is_a_draft_until_it_is_accepted_and_refuses_what_changed(room: Room) -> None:
    room.engineer("E-1")
    room.engineer("E-2")
    tickets_ = [room.ticket(title=f"Job {n}") for n in range(3)]
    for number in tickets_:
        room.need(number, minutes=60)
    loose = room.visit(NINE + timedelta(hours=4)).number
    plan = planned(room, date="2026-11-23", tickets=[])
    assert plan.state == "ready", plan.error
    lines = {line.work_order or line.ticket: line for line in plan.lines}
    assert set(lines) >= {*tickets_, loose}, (plan.unserved, plan.warnings)
    assert plan.after.unserved_jobs < plan.before.unserved_jobs
    assert plan.after.total < plan.before.total
    assert all(room.row(loose).engineer == "" for _ in range(1))
    room.do("visits.change", number=loose, purpose="bring the ladder")
    first = lines[tickets_[0]].id
    some = room.do("dispatch.accept_plan", plan_id=plan.id, lines=[first])
    assert (some.accepted, some.refused, some.plan.state) == (1, 0, "ready")
    rest = room.do("dispatch.accept_plan", plan_id=plan.id)
    told = {line.work_order or line.ticket: line for line in rest.plan.lines}
    assert told[loose].state == "refused"
    assert told[loose].reasons[-1].code == "changed_since"
    assert rest.plan.state == "accepted"
    with room.database.read(room.tenant) as session:
        rows = session.query(WorkOrder).filter(WorkOrder.ticket.in_(tickets_)).all()
        assert len(rows) == 3
        assert all(row.engineer in {"E-1", "E-2"} for row in rows)
    with pytest.raises(Conflict):
        room.do("dispatch.discard_plan", plan_id=plan.id)


@settings(max_examples=4, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    starts=st.lists(st.integers(0, 16), min_size=2, max_size=5),
    promised=st.lists(st.booleans(), min_size=5, max_size=5), keep=st.booleans(),
    ill=st.booleans(),
)  # fmt: skip
def test_what_is_promised_never_moves(
    room: Room, starts: list[int], promised: list[bool], keep: bool, ill: bool
) -> None:
    """Whatever stands, whoever falls ill, however it is planned: a promise stays where it is."""
    mark = new_id()[-6:]
    crew = [f"E-{mark}-{n}" for n in range(2)]
    for code in crew:
        room.engineer(code)
    kept: dict[str, tuple[Any, ...]] = {}
    for at, quarter in enumerate(starts):
        start = NINE + timedelta(minutes=15 * quarter)
        visit = room.visit(start, 1, engineer=crew[at % 2]).number
        if promised[at]:
            room.do("visits.confirm", number=visit)
            row = room.row(visit)
            kept[visit] = (row.engineer, row.window_from, row.window_until)
    room.need(room.ticket(), minutes=60)
    if ill:
        room.do("engineers.add_absence", engineer=crew[0], kind="sick", until=iso(NINE
                + timedelta(hours=12)), **{"from": iso(MONDAY)})  # fmt: skip
    plan = planned(room, date="2026-11-23", keep=keep, engineers=crew)
    assert plan.state == "ready", plan.error
    assert not {line.work_order for line in plan.lines} & set(kept)
    room.do("dispatch.accept_plan", plan_id=plan.id)
    for number, before in kept.items():
        row = room.row(number)
        assert (row.engineer, row.window_from, row.window_until) == before
    for code in crew:
        room.do("engineers.change", engineer=code, active=False)


def test_another_process_sees_a_change_at_once(database: Database, clock: FixedClock) -> None:
    """Two engines on one database stand for two processes, each with a snapshot of its own."""
    room = Room(database)
    room.engineer("E-1")
    visit = room.visit().number
    other = Database(database.url.render_as_string(hide_password=False), clock=clock)
    question = CandidateQuestion(work_order=visit)

    def ask(where: Database) -> tuple[set[str], set[str]]:
        with where.read(room.tenant) as session:
            found = candidates.rank(session, room.boss, question)
        return {one.engineer for one in found.ranked}, {one.engineer for one in found.blocked}

    assert ask(database)[0] == ask(other)[0] == {"E-1"}
    room.engineer("E-2")
    room.do("engineers.add_absence", engineer="E-1", **{"from": iso(MONDAY)},
            until=iso(MONDAY + timedelta(days=1)))  # fmt: skip
    assert ask(other) == ask(database)
    assert ask(other)[0] == {"E-2"}
    room.visit(engineer="E-2")
    assert ask(other)[0] == set() or ask(other) == ask(database)
    other.close()


def test_the_board_shows_who_is_where_and_what_is_wrong(room: Room) -> None:
    room.engineer("E-1")
    first = room.visit(engineer="E-1").number
    second = room.visit(NINE + timedelta(hours=1), engineer="E-1").number
    waiting = room.ticket()
    with room.database.read(room.tenant) as session:
        shown = board_queries.board(session, room.boss, MONDAY, MONDAY + timedelta(days=1))
    mine = next(one for one in shown.engineers if one.code == "E-1")
    assert (len(mine.shifts), mine.days[0].visits, mine.state) == (1, 2, "off")
    visits = {one.work_order: one for one in shown.visits}
    assert visits[first].travel_from == "home"
    assert visits[second].travel_from == first
    assert {one.code for one in visits[second].conflicts} >= {"overlap"}
    assert waiting in {job.ticket for job in shown.unplanned}
    assert visits[first].place.kind == "device"
