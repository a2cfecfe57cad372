"""A run keeps to its version, passes no hazard unasked, acts once for each command, and holds its
visit until it is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from books import Books, fill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from careloop.crm_core.accounts.models import User
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.sop import queries, run_queries, view_queries
from careloop.crm_core.sop.models import SopRecord
from careloop.crm_core.sop.policy import progress
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import EngineerCertificate
from careloop.crm_core.workorders import fact_queries
from careloop.crm_core.workorders import queries as visits
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WINDOW = {"from": NOW, "until": NOW + timedelta(hours=2), "time_zone": "UTC"}
LASER = {
    "title": {"en": "Change the laser", "zh": "更换激光器"},
    "steps": [
        {"id": "off", "title": {"en": "Lock out"}, "hazard": "danger", "role": "certified:laser",
         "safety": {"en": "Mains off and locked", "zh": "断电并上锁"}},
        {"id": "volts", "title": {"en": "Measure", "zh": "测量"}, "kind": "reading",
         "reading": {"unit": "V", "high": 1}, "on_fail": "goto", "goto": "off"},
        {"id": "which", "title": {"en": "Which?"}, "kind": "choice", "options": [
            {"id": "red", "label": {"en": "640 nm"}, "goto": "photo"},
            {"id": "green", "label": {"en": "532 nm"}}]},
        {"id": "filter", "title": {"en": "Filter"}, "required": True},
        {"id": "photo", "title": {"en": "Photo"}, "kind": "photo", "photos_min": 1},
        {"id": "run", "title": {"en": "Does it run?"}, "kind": "check"},
        {"id": "sign", "title": {"en": "Sign"}, "kind": "signature"},
    ],
}  # fmt: skip


class Maker:
    """A maker with an engineer who holds the laser certificate, and one who does not."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.books: Books = fill(database, "one")
        self.runtime = Runtime(database)
        self.ada = self._engineer("Ada", ["laser"])
        self.ben = self._engineer("Ben", [])

    def _engineer(self, name: str, skills: list[str]) -> Actor:
        tenant, user_id = self.books.tenant, new_id()
        with self.database.write(tenant) as session:
            session.add(User(tenant_id=tenant, id=user_id, email=f"{name}@x.example", name=name,
                             role=Role.ENGINEER))  # fmt: skip
            session.flush()
            session.add(Engineer(tenant_id=tenant, code=f"E-{name}", name=name, skills=skills,
                                 user_id=user_id))  # fmt: skip
        return staff_actor(tenant, Role.ENGINEER, user_id, name)

    def call(self, tool: str, who: Actor | None = None, /, **facts: Any) -> Any:
        return self.runtime.invoke(who or self.books.admin, tool, facts)

    def refused(self, tool: str, who: Actor | None = None, /, **facts: Any) -> str:
        with pytest.raises(CareloopError) as told:
            self.call(tool, who, **facts)
        return told.value.code

    def visit(self, serial: str = "") -> str:
        with self.database.write(self.books.tenant) as session:
            opened = OpenTicket(
                title="Laser weak", serial=serial or self.books.serial, error_codes=["E-508"]
            )
            ticket = tickets.open_ticket(session, self.books.agent, opened).number
        number: str = self.call("visits.plan", ticket=ticket, window=WINDOW).number
        self.call("visits.check_in", number=number)
        return number

    def published(self, code: str = "LASER", content: Any = None) -> None:
        self.call("sop.create", code=code, content=content or LASER)
        self.call("sop.publish", sop=code)

    def run(self, required: bool = False) -> str:
        visit = self.visit()
        found: str = self.call("sop.attach", work_order=visit, sop="LASER", required=required).id
        return found

    def step(self, run: str, step: str, who: Actor | None = None, /, **facts: Any) -> Any:
        facts = {"outcome": "done", "hazard_confirmed": True, **facts}
        return self.call("sop.record_step", who or self.ada, run_id=run, step=step, **facts)

    def no(self, run: str, step: str, who: Actor | None = None, /, **facts: Any) -> str:
        facts = {"outcome": "done", "hazard_confirmed": True, **facts}
        return self.refused("sop.record_step", who or self.ada, run_id=run, step=step, **facts)

    def photo(self, run: str) -> str:
        found: str = self.call("sop.add_photo", self.ada, run_id=run, media_type="image/png",
                               size=3, sha256="a" * 64).id  # fmt: skip
        return found

    def readings(self, run: str) -> list[Any]:
        with self.database.read(self.books.tenant) as session:
            row = run_queries.run(session, self.books.admin, run)
            visit = visits.work_order(session, self.books.admin, row.work_order)
            return fact_queries.whole(session, self.books.admin, visit).readings


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def maker(database: Database, clock: FixedClock) -> Maker:
    return Maker(database, clock)


def test_a_run_goes_its_way_and_its_readings_stand_on_the_visit_once(maker: Maker) -> None:
    maker.published()
    run = maker.run()
    assert maker.no(run, "off", maker.ben) == "sop_role_missing"
    assert maker.no(run, "off", hazard_confirmed=False) == "sop_hazard_not_confirmed"
    assert maker.no(run, "photo") == "sop_step_not_next"
    told = maker.step(run, "off", language="zh")
    record = told.records[0]
    assert (record.hazard_text, record.hazard_by, record.engineer) == (
        "断电并上锁", "Ada", "E-Ada",
    )  # fmt: skip
    assert maker.no(run, "volts") == "invalid_input"
    # What the person says of a reading does not matter: its limits decide, and send back.
    told = maker.step(run, "volts", value=Decimal(5), outcome="passed", command_id="c1")
    assert (told.records[-1].outcome, told.records[-1].ok, told.next.step) == (
        "failed", False, "off",
    )  # fmt: skip
    again = maker.step(run, "volts", value=Decimal(5), outcome="passed", command_id="c1")
    assert again.model_dump() == told.model_dump()
    assert maker.no(run, "volts", value=Decimal(6), command_id="c1") == "command_id_reused"
    maker.step(run, "off")
    maker.step(run, "volts", value=Decimal("0.2"))
    assert [(one.value, one.ok, one.unit) for one in maker.readings(run)] == [
        (5, False, "V"), (0.2, True, "V"),
    ]  # fmt: skip
    assert maker.no(run, "which", option="blue") == "invalid_input"
    told = maker.step(run, "which", option="red")
    assert told.next.step == "photo"
    assert maker.no(run, "photo") == "invalid_input"
    assert maker.no(run, "photo", photo_ids=["x" * 26]) == "invalid_input"
    photo = maker.photo(run)
    maker.step(run, "photo", photo_ids=[photo])
    told = maker.step(run, "run")
    assert told.records[-1].outcome == "passed"
    assert maker.no(run, "sign") == "invalid_input"
    told = maker.step(run, "sign", signed_by="Dora")
    assert (told.state, told.result, told.next, told.missing) == ("ended", "passed", None, [])
    assert [(one.id, one.state, one.turns) for one in told.steps] == [
        ("off", "done", 2), ("volts", "passed", 2), ("which", "done", 1), ("filter", "open", 0),
        ("photo", "done", 1), ("run", "passed", 1), ("sign", "done", 1),
    ]  # fmt: skip
    assert maker.no(run, "sign", signed_by="Eve") == "sop_run_ended"


def test_a_correction_is_a_new_record_and_may_open_another_branch(maker: Maker) -> None:
    maker.published()
    run = maker.run()
    maker.step(run, "off")
    told = maker.step(run, "volts", value=Decimal("0.1"))
    first = told.records[-1].id
    assert maker.no(run, "volts", value=Decimal(9), corrects=first) == "invalid_input"
    told = maker.step(run, "volts", value=Decimal(9), corrects=first, note="misread")
    assert told.next.step == "off"
    by_id = {one.id: one for one in told.records}
    assert (by_id[first].value, by_id[first].counts) == (0.1, False)
    assert by_id[first].replaced_by == told.records[-1].id
    told = maker.step(run, "volts", value=Decimal("0.3"), corrects=first, note="again")
    assert (told.next.step, len(told.records), len(maker.readings(run))) == ("which", 4, 3)
    assert maker.no(run, "off", corrects=first, note="x") == "not_found"


def test_leaving_out_needs_a_reason_and_the_role_and_nobody_acts_for_another(maker: Maker) -> None:
    maker.published()
    run = maker.run()
    assert maker.no(run, "off", outcome="skipped") == "invalid_input"
    skip = {"outcome": "skipped", "note": "no time"}
    assert maker.no(run, "off", maker.ben, **skip) == "sop_role_missing"
    maker.step(run, "off", **skip)
    maker.step(run, "volts", maker.ben, **skip)
    maker.step(run, "which", option="green")
    assert maker.no(run, "filter", maker.books.agent, **skip) == "sop_role_missing"
    told = maker.step(run, "filter", maker.ben, **skip)
    assert [one.outcome for one in told.records] == ["skipped", "skipped", "done", "skipped"]
    # Another enters what an engineer did only where they may, and that engineer might.
    run = maker.run()
    assert maker.no(run, "off", maker.books.agent, engineer="E-Ada") == "forbidden"
    assert maker.no(run, "off", maker.books.admin, engineer="E-Ben") == "sop_role_missing"
    record = maker.step(run, "off", maker.books.admin, engineer="E-Ada").records[0]
    assert (record.engineer, record.actor, record.hazard_by) == ("E-Ada", "ada one", "Ada")
    # A certificate on file counts on the days on which it holds.
    with maker.database.write(maker.books.tenant) as session:
        ada = session.scalars(select(Engineer).where(Engineer.code == "E-Ada")).one()
        session.add(EngineerCertificate(tenant_id=ada.tenant_id, engineer_id=ada.id,
                                        skill="laser", number="C-1",
                                        valid_until=NOW.date() - timedelta(days=2)))  # fmt: skip
    run = maker.run()
    assert maker.no(run, "off") == "sop_role_missing"
    maker.step(run, "off", happened_at=NOW - timedelta(days=3))


def test_a_run_keeps_the_version_it_began_with(maker: Maker) -> None:
    maker.published()
    old, new = maker.run(), maker.run()
    maker.step(old, "off")
    shorter = {**LASER, "steps": [LASER["steps"][0]]}  # type: ignore[index]
    maker.call("sop.save_draft", sop="LASER", content=shorter)
    page = maker.call("sop.publish", sop="LASER", note="shorter")
    assert (page.published, page.state, len(page.versions)) == (2, "published", 2)
    assert maker.step(old, "volts", value=Decimal(1)).next.step == "which"
    # A phone that was out of reach had the first version before it; a later one pins the newest.
    late = maker.step(new, "off", sop_version=1)
    assert (late.sop_version, late.next.step) == (1, "volts")
    assert maker.step(maker.run(), "off").result == "passed"


def test_late_records_are_taken_in_any_order_and_the_rest_is_a_deviation(maker: Maker) -> None:
    maker.published()
    run, twin = maker.run(), maker.run()
    photo = {run: maker.photo(run), twin: maker.photo(twin)}

    def told(run: str) -> list[tuple[str, dict[str, Any]]]:
        facts: list[tuple[str, dict[str, Any]]] = [
            ("off", {}), ("volts", {"value": 0}), ("which", {"option": "red"}), ("filter", {}),
            ("photo", {"photo_ids": [photo[run]]}), ("run", {}), ("sign", {"signed_by": "Dora"}),
        ]  # fmt: skip
        return [
            (step, {**more, "command_id": f"{run}-{step}",
                    "happened_at": NOW - timedelta(hours=2) + timedelta(minutes=place)})
            for place, (step, more) in enumerate(facts)
        ]  # fmt: skip

    for step, facts in told(run):
        page = maker.step(run, step, **facts)
    for step, facts in reversed(told(twin)):
        other = maker.step(twin, step, **facts)
    assert (page.state, page.result, page.deviations) == ("ended", "remarks", 1)
    assert [one.deviation for one in page.records if one.step == "filter"] == ["off_way"]
    same = {"state", "result", "deviations", "path", "passed_count"}
    assert page.model_dump(include=same) == other.model_dump(include=same)
    assert all(one.late for one in other.records)
    maker.clock.advance(timedelta(hours=1))
    first, facts = told(twin)[0]
    assert maker.step(twin, first, **facts).records == other.records


def test_a_visit_ends_only_with_its_required_work_or_a_reason(maker: Maker) -> None:
    maker.published()
    run = maker.run(required=True)
    maker.step(run, "off")
    with maker.database.read(maker.books.tenant) as session:
        visit = run_queries.run(session, maker.books.admin, run).work_order
    end = {"number": visit, "result": "solved", "report": "done"}
    with pytest.raises(CareloopError) as told:
        maker.call("visits.finish", maker.ada, **end)
    assert told.value.code == "sop_unfinished"
    missing = told.value.details["runs"][0]
    assert (missing["sop"], missing["missing"][0], missing["missing_count"]) == (
        "LASER", "Measure", 6,
    )  # fmt: skip
    why = {"unfinished_reason": "machine is scrapped"}
    assert maker.refused("visits.finish", maker.ada, **end, **why) == "sop_unfinished"
    assert maker.refused("sop.withdraw", maker.ada, run_id=run, reason="x") == "forbidden"
    maker.call("visits.finish", **end, **why)
    with maker.database.read(maker.books.tenant) as session:
        row = run_queries.run(session, maker.books.admin, run)
        assert (row.state, row.reason) == ("left", "machine is scrapped")
    # What the phone still held comes in afterwards and goes on where the run was left.
    late = maker.step(run, "volts", value=Decimal(1), happened_at=NOW - timedelta(hours=1))
    assert (late.state, late.next.step) == ("left", "which")
    # Who was there may say why it is not done where nothing is solved.
    visit = maker.visit()
    maker.call("sop.attach", work_order=visit, sop="LASER", required=True)
    end = {"number": visit, "result": "not_solved", "repeat_reason": "part", "report": "no part"}
    assert maker.refused("visits.finish", maker.ada, **end) == "sop_unfinished"
    maker.call("visits.finish", maker.ada, **end, unfinished_reason="laser is missing")
    broken_off = maker.visit()
    maker.call("sop.attach", work_order=broken_off, sop="LASER", required=True)
    maker.call("visits.finish", maker.ada, number=broken_off, result="no_access", reason="closed")


def test_rules_put_work_on_a_visit_when_it_is_planned(maker: Maker) -> None:
    maker.published()
    model = f"PX-{'one'}"
    rules = [
        {"codes": ["e-508"], "models": [model], "required": False},
        {"ticket_types": ["incident"], "codes": ["E-508"], "required": True},
        {"plans": ["Premium"], "codes": ["E-508"]},
    ]
    maker.call("sop.set_rules", sop="LASER", rules=rules)
    visit = maker.visit()
    with maker.database.read(maker.books.tenant) as session:
        rows = run_queries.of_work_order(session, maker.books.admin, visit)
        found = [(one.sop, one.required, one.by_rule, one.model) for one in rows]
    assert found == [("LASER", True, True, model)]
    assert maker.refused("sop.attach", work_order=visit, sop="LASER") == "conflict"
    maker.call("visits.plan", ticket=maker.books.ticket, window=WINDOW)
    narrow = {**LASER, "models": ["Other"]}
    maker.call("sop.save_draft", sop="LASER", content=narrow)
    maker.call("sop.publish", sop="LASER")
    maker.call("sop.set_rules", sop="LASER", rules=[{"codes": ["E-508"]}])
    with maker.database.read(maker.books.tenant) as session:
        other = run_queries.of_work_order(session, maker.books.admin, maker.visit())
    assert other == []


def test_a_part_used_at_a_step_leaves_the_stock_once(maker: Maker) -> None:
    maker.published()
    run = maker.run()
    used = {
        "parts": [{"part": "P-one", "location": "L-one"}], "command_id": "with-part",
    }  # fmt: skip

    def left() -> int:
        with maker.database.read(maker.books.tenant) as session:
            rows = session.execute(
                select(StockBalance.on_hand)
                .join(StockLocation, StockLocation.id == StockBalance.location_id)
                .where(
                    StockLocation.tenant_id == maker.books.tenant, StockLocation.code == "L-one",
                    StockBalance.part_id == maker.books.part,
                )
            )  # fmt: skip
            return sum(row.on_hand for row in rows)

    before = left()
    for _ in range(3):
        maker.step(run, "off", **used)
    assert left() == before - 1


def test_drafts_versions_and_files(maker: Maker) -> None:
    broken = {"title": {"en": "T"}, "steps": [{"id": "a", "then": "b"}]}
    page = maker.call("sop.create", code="X", content=broken)
    assert {one.code for one in page.problems} == {"goto_missing", "language_gap", "no_end"}
    assert maker.refused("sop.publish", sop="X") == "sop_not_publishable"
    assert maker.refused("sop.create", code="X") == "conflict"
    assert maker.refused("sop.save_draft", sop="X", content=LASER, version=9) == "version_conflict"
    assert maker.refused("sop.save_draft", maker.ada, sop="X", content=LASER) == "forbidden"
    maker.call("sop.save_draft", sop="X", content=LASER, version=page.version)
    maker.call("sop.publish", sop="X")
    with maker.database.read(maker.books.tenant) as session:
        row = queries.sop(session, maker.books.admin, "X")
        document = view_queries.document(session, row).model_dump(mode="json", by_alias=True)
    told = maker.call("sop.import", document={**document, "code": "Y"})
    assert told.created is True
    again = maker.call("sop.import", document={**document, "code": "X"})
    assert again.created is False
    maker.call("sop.discard_draft", sop="X")
    maker.call("sop.retire", sop="X")
    visit = maker.visit()
    assert maker.refused("sop.attach", work_order=visit, sop="X") == "conflict"
    assert maker.call("sop.restore", sop="X").state == "published"


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
def test_random_walks_pass_no_hazard_unasked_and_replays_change_nothing(
    maker: Maker, data: Any
) -> None:
    with maker.database.read(maker.books.tenant) as session:
        known = queries.by_code(session, maker.books.tenant, "LASER")
    if known is None:
        maker.published()
    run = maker.run()
    photo = maker.photo(run)
    who = {"ada": maker.ada, "ben": maker.ben, "agent": maker.books.agent}
    sent: list[tuple[str, dict[str, Any]]] = []
    for number in range(data.draw(st.integers(3, 9))):
        ids = [step["id"] for step in LASER["steps"]]  # type: ignore[index]
        page = maker.call("sop.record_step", maker.ada, **sent[-1][1]) if sent else None
        step = page.next.step if page and page.next and data.draw(st.integers(0, 3)) else \
            data.draw(st.sampled_from(ids))  # fmt: skip
        facts: dict[str, Any] = {
            "run_id": run, "step": step, "command_id": f"{run}-{number}",
            "outcome": data.draw(st.sampled_from(["done", "done", "passed", "failed", "skipped"])),
            "hazard_confirmed": data.draw(st.booleans()),
            "note": data.draw(st.sampled_from(["", "why"])), "signed_by": "Dora",
            "option": data.draw(st.sampled_from(["red", "green"])) if step == "which" else "",
            "value": data.draw(st.sampled_from([0, 5])) if step == "volts" else None,
            "photo_ids": [photo],
            "happened_at": data.draw(st.sampled_from([None, NOW - timedelta(minutes=30 - number)])),
        }  # fmt: skip
        name = data.draw(st.sampled_from(["ada", "ada", "ben", "agent"]))
        try:
            maker.call("sop.record_step", who[name], **facts)
        except CareloopError:
            continue
        sent.append((name, facts))
    with maker.database.read(maker.books.tenant) as session:
        row = run_queries.run(session, maker.books.admin, run)
        content = run_queries.content_of(session, row)
        records = run_queries.records(session, row)
        before = [_plain(one) for one in records]
        way = progress(content.steps, run_queries.entries(records))
    assert len(before) == len(sent)
    for record in before:
        step = content.step(record["step"])
        assert step is not None
        if step.hazard != "none" and record["outcome"] != "skipped":
            assert record["hazard_text"] and record["hazard_by"]
        if step.role.startswith("certified"):
            assert record["engineer"] == "E-Ada"
    assert {one.entry for one in way.path} <= {one["id"] for one in before}
    for name, facts in data.draw(st.permutations(sent)):
        maker.call("sop.record_step", who[name], **facts)
    with maker.database.read(maker.books.tenant) as session:
        row = run_queries.run(session, maker.books.admin, run)
        assert [_plain(one) for one in run_queries.records(session, row)] == before


def _plain(row: SopRecord) -> dict[str, Any]:
    return {key: value for key, value in vars(row).items() if not key.startswith("_")}
