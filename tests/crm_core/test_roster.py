"""Weeks of work are read from what people write, or refused; engineers speak for themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from books import fill
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.crm_core.dispatch import today_queries
from careloop.crm_core.export import service as export
from careloop.crm_core.export.schemas import Format, Headers
from careloop.crm_core.intake.delivery import read_delivery
from careloop.crm_core.intake.service import run_import
from careloop.crm_core.workforce import roster_queries, shifts
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput
from careloop.tools.runtime import Runtime

DAYS = ("0", "1", "2", "3", "4", "5", "6")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "days", "first"),
    [
        ("Mon-Sat 08:30-17:30", DAYS[:6], ("08:30", "17:30")),
        ("Mon-Fri 08:00-17:00", DAYS[:5], ("08:00", "17:00")),
        ("周一至周五 9:00-18:00", DAYS[:5], ("09:00", "18:00")),
        ("周一到周六 8点30分-17点30分", DAYS[:6], ("08:30", "17:30")),
        ("Mo–Fr 7.30–16.00", DAYS[:5], ("07:30", "16:00")),
        ("Lun-Vie 9h-14h", DAYS[:5], ("09:00", "14:00")),
        ("daily 9am-5pm", DAYS, ("09:00", "17:00")),
        ("Mon-Thu 08:00-12:00, 13:00-17:00; Fri 8-12", DAYS[:5], ("08:00", "12:00")),
        ("09:00-18:00", DAYS[:5], ("09:00", "18:00")),
        ("Sat-Mon 10:00-24:00", ("5", "6", "0"), ("10:00", "24:00")),
    ],
)
def test_hours_are_read(text: str, days: tuple[str, ...], first: tuple[str, str]) -> None:
    weekly = shifts.parse(text)
    assert set(weekly) == set(days)
    assert weekly[days[0]][0] == first


@pytest.mark.parametrize(
    "text", ["", "by arrangement", "Mon-Fri", "22:00-06:00", "Mon 25:00-26:00", "Mon-Fri 8-17 ca.",
             "Mon 8-12, 11-15", "Mon 8-12; Mon 13-17", "每月 9:00-18:00"],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(shifts.Unreadable):
        shifts.parse(text)


def clock_of(half_hours: int) -> str:
    return f"{half_hours // 2:02d}:{half_hours % 2 * 3}0"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(DAYS),
        st.tuples(st.integers(0, 40), st.integers(1, 8)).map(
            lambda one: [(clock_of(one[0]), clock_of(one[0] + one[1]))]
        ),
        min_size=1,
    )
)
def test_a_week_shown_is_the_week_read_again(weekly: shifts.Weekly) -> None:
    assert shifts.parse(shifts.shown(weekly)) == weekly


def test_nine_stays_nine_over_the_change_of_clocks() -> None:
    weekly = shifts.parse("daily 09:00-17:00")
    for day in (date(2026, 10, 24), date(2026, 10, 25), date(2026, 3, 29)):
        ((start, end),) = shifts.spans_of(weekly, BERLIN, day)
        assert (start.astimezone(BERLIN).hour, end.astimezone(BERLIN).hour) == (9, 17)


class Crew:
    """A maker, a dispatcher, an engineer with a login."""

    def __init__(self, database: Database) -> None:
        self.books = fill(database, "one")
        self.database, self.runtime = database, Runtime(database)
        self.boss = self.books.admin
        facts = {"code": "E-9", "name": "Nia", "email": "ben@one.example", "skills": ["laser"],
                 "shift": "Mon-Fri 09:00-17:00"}  # fmt: skip
        page = self.do("engineers.create", self.boss, **facts)
        self.me = staff_actor(self.books.tenant, Role.ENGINEER, page.user_id, "Nia")

    def do(self, tool: str, actor: Actor, **fields: object):  # type: ignore[no-untyped-def]
        return self.runtime.invoke(actor, tool, fields)


def test_an_engineer_asks_for_leave_and_is_ill_at_once(database: Database) -> None:
    crew = Crew(database)
    start = datetime(2026, 12, 1, tzinfo=UTC)
    span = {"from": start, "until": start + timedelta(days=2)}
    asked = crew.do("engineers.add_absence", crew.me, engineer="E-9", **span)
    assert (asked.state, asked.kind) == ("requested", "leave")
    with pytest.raises(Conflict):
        crew.do("engineers.add_absence", crew.boss, engineer="E-9", **span)
    with pytest.raises(Forbidden):
        crew.do("engineers.add_absence", crew.books.agent, engineer="E-one", **span)
    with pytest.raises(Forbidden):
        crew.do("engineers.decide_absence", crew.me, engineer="E-9", absence_id=asked.id,
                approve=True)  # fmt: skip
    said = crew.do("engineers.decide_absence", crew.boss, engineer="E-9", absence_id=asked.id,
                   approve=True)  # fmt: skip
    assert said.state == "approved"
    with pytest.raises(Conflict):
        crew.do("engineers.change_absence", crew.me, engineer="E-9", absence_id=asked.id,
                until=start + timedelta(days=9))  # fmt: skip
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    ill = crew.do("engineers.add_absence", crew.me, engineer="E-9", kind="sick",
                  **{"from": at}, until=at + timedelta(days=1))  # fmt: skip
    assert ill.state == "approved"
    with database.read() as session:
        row = roster_queries.engineer(session, crew.boss, "E-9")
        assert today_queries.today(session, crew.boss, [row])["E-9"].state == "absent"
        seen = roster_queries.engineer_page(session, crew.books.colleague, row).absences
        assert {one.kind for one in seen} == {""}


def test_facts_that_do_not_fit_are_refused(database: Database) -> None:
    crew = Crew(database)
    for wrong in (
        {"shift": "now and then"}, {"lat": 4.0}, {"skill_levels": {"crane": 3}},
        {"name": None},
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            crew.do("engineers.change", crew.boss, engineer="E-9", **wrong)
    page = crew.do("engineers.change", crew.boss, engineer="E-9", skills=["laser", "crane"],
                   skill_levels={"crane": 3}, areas=[], daily_limit=4)  # fmt: skip
    assert (page.skill_levels, page.daily_limit, page.version) == ({"crane": 3}, 4, 2)
    page = crew.do("engineers.change", crew.boss, engineer="E-9", skills=["laser"])
    assert page.skill_levels == {}


def test_what_goes_out_comes_in_again(database: Database) -> None:
    """The engineers file with the new columns, exported and imported, changes nothing."""
    crew = Crew(database)
    text = (
        "code,name,skills,level,shift,skill_levels,tools,van,daily_limit,certificates\n"
        "E-7,Odo,laser;crane,2,Mon-Fri 8-16,crane:3,torque wrench,Van 7,5,laser:L-1:2027-03-31\n"
        "E-8,Pia,laser,1,by arrangement,,,,,\n"
    )
    with database.write(crew.books.tenant) as session:
        first = run_import(session, crew.boss, read_delivery([("engineers.csv", text.encode())]))
    assert first.errors == []
    assert [(one.row, one.column) for one in first.warnings] == [(3, "shift")]
    with database.read(crew.books.tenant) as session:
        row = session.query(Engineer).filter_by(tenant_id=crew.books.tenant, code="E-7").one()
        assert (row.level_in("crane"), row.level_in("laser"), row.level_in("pump")) == (3, 2, 0)
        planned = export.plan(session, crew.boss, "engineers", {}, "UTC")
        out = b"".join(export.stream(session, planned, Format.CSV, Headers.EN, False))
    assert b"laser:L-1:2027-03-31" in out
    with database.write(crew.books.tenant) as session:
        again = run_import(session, crew.boss, read_delivery([("engineers.csv", out)]))
    assert again.errors == []
    assert (again.total("created"), again.total("updated")) == (0, 0)
