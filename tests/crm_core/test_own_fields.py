"""Fields of a maker's own: what they hold, how lists find them, what forms ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.custom import queries
from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.custom.models import CustomValue, FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.custom.values import BadValue, columns_of, fits, read_value
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.kit.actor import Actor, Role, staff_actor, system_actor
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, VersionConflict
from careloop.tools.runtime import Runtime


@pytest.fixture
def clock() -> Clock:
    return FixedClock(datetime(2026, 11, 22, 8, tzinfo=UTC))


@pytest.fixture
def runtime(database: Database) -> Runtime:
    return Runtime(database)


def field(key: str, kind: str, subject: str = "ticket", **more: Any) -> dict[str, Any]:
    return {"object": subject, "key": key, "type": kind, "label": {"en": key.title()}, **more}


def option(code: str, label: str = "") -> dict[str, Any]:
    return {"id": code, "label": {"en": label or code.upper()}}


def add(runtime: Runtime, actor: Actor, *fields: dict[str, Any]) -> dict[str, Any]:
    return {
        one["key"]: runtime.invoke(actor, "custom.add_field", one).model_dump() for one in fields
    }


def opened(runtime: Runtime, actor: Actor, title: str = "Leak", **more: Any) -> dict[str, Any]:
    return runtime.invoke(actor, "tickets.open", {"title": title, **more}).model_dump()


def found(database: Database, actor: Actor, sort: str = "newest", **params: str) -> list[str]:
    """Titles on all pages of a list of two a page."""
    wanted = TicketFilter(custom=given_of({f"custom.{k}": [v] for k, v in params.items()}))
    titles: list[str] = []
    after = None
    with database.read(actor.tenant_id) as session:
        for _ in range(50):
            rows, after = list_queries.page(session, actor, wanted, sort, after, 2)
            titles += [row.title for row in rows]
            if after is None:
                return titles
    raise AssertionError("the list does not end")


def test_every_type_is_checked_stored_and_found(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    add(
        runtime, admin,
        field("room", "text", searchable=True, pattern="AA-999"),
        field("notes", "long_text"),
        field("depth", "number", decimals=2, low=-5, high=100, unit="m"),
        field("visit_day", "date", earliest="2026-01-01"),
        field("seen_at", "datetime"),
        field("sterile", "boolean"),
        field("bsl", "choice", options=[option("b1"), option("b2"), option("b3")]),
        field("gases", "multi_choice", options=[option("n2"), option("co2"), option("o2")]),
        field("page", "link"), field("mail", "email"), field("phone", "phone"),
    )  # fmt: skip
    values = {
        "room": "Lä-104", "notes": "one\ntwo", "depth": "12.50", "visit_day": "2026-12-01",
        "seen_at": "2026-11-22T09:00:00+01:00", "sterile": True, "bsl": "b2",
        "gases": ["o2", "n2"], "page": "https://example.com/a?b=1", "mail": "a.b@example.com",
        "phone": "+49 30 901820",
    }  # fmt: skip
    ticket = opened(runtime, admin, custom=values)
    assert ticket["custom"] == values | {
        "depth": 12.5, "seen_at": "2026-11-22T08:00:00.000Z", "gases": ["n2", "o2"],
        "phone": "+4930901820",
    }  # fmt: skip
    opened(runtime, admin, "Other", custom={"depth": 3, "bsl": "b1"})
    for name, value in {
        "room": "la-1", "depth": "12.5", "depth_from": "12", "depth_until": "100",
        "visit_day": "2026-12-01", "visit_day_from": "2026-11-30", "seen_at": "2026-11-22",
        "seen_at_until": "2026-11-22", "sterile": "true", "bsl": "B2", "gases": "n2",
        "mail": "A.B@example.com", "page": "https://example.com/a?b=1",
    }.items():  # fmt: skip
        if name == "depth_until":
            assert found(database, admin, **{name: value}) == ["Other", "Leak"]
        else:
            assert found(database, admin, **{name: value}) == ["Leak"], name
    for name, value in {
        "room": "zz", "depth_from": "12.51", "visit_day_until": "2026-11-30", "sterile": "false",
        "gases": "co2", "seen_at_from": "2026-11-23",
    }.items():  # fmt: skip
        assert found(database, admin, **{name: value}) == [], name
    for name, value in {"nothing": "1", "notes": "one", "room_from": "a", "depth": "x"}.items():
        with pytest.raises(InvalidInput):
            found(database, admin, **{name: value})


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("room", "A-1"), ("room", 5), ("room", "AB-12345"), ("depth", "abc"), ("depth", 101),
        ("depth", 1.234), ("depth", True), ("depth", "1e400"), ("day", "2026-02-30"),
        ("day", "1700-01-01"), ("at", "2026-11-22T08:00:00"), ("yes", "perhaps"), ("bsl", "b9"),
        ("many", ["n2", "xx"]), ("many", {"n2": 1}), ("page", "javascript:alert(1)"),
        ("page", "https://user@evil.example/"), ("mail", "nobody"), ("phone", "12"),
        ("unknown", 1),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_by_name(
    sqlite_database: Database, tenant: str, key: str, bad: Any
) -> None:
    runtime, actor = Runtime(sqlite_database), system_actor(tenant)
    add(
        runtime, actor, field("room", "text", pattern="AA-999"),
        field("depth", "number", decimals=2, high=100), field("day", "date"),
        field("at", "datetime"), field("yes", "boolean"),
        field("bsl", "choice", options=[option("b1")]),
        field("many", "multi_choice", options=[option("n2")]), field("page", "link"),
        field("mail", "email"), field("phone", "phone"),
    )  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        opened(runtime, actor, custom={key: bad})
    assert set(refused.value.details) == {f"custom.{key}"}


def view(kind: str, **more: Any) -> FieldView:
    return FieldView.model_validate(
        {"id": "f", "object": "ticket", "key": "k", "type": kind, "label": {"en": "K"},
         "position": 0, "version": 1, **more}
    )  # fmt: skip


@given(kind=st.sampled_from(FieldType), raw=st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.lists(st.text(max_size=3), max_size=3), st.dictionaries(st.text(max_size=2), st.none()),
))  # fmt: skip
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_is_total_and_settles(kind: FieldType, raw: Any) -> None:
    """Whatever comes is refused by name or stored; what is stored is read as itself."""
    choices = kind in {FieldType.CHOICE, FieldType.MULTI_CHOICE}
    one = view(kind, options=[option("a"), option("b")] if choices else [], decimals=None)
    try:
        value = read_value(one, raw)
    except BadValue as error:
        assert error.code and str(error)
        return
    assert read_value(one, value) == value
    for columns in columns_of(one, value):
        assert set(columns) == {"folded", "number", "at"}


def test_a_pattern_is_signs_and_nothing_else() -> None:
    assert fits("AB-12x", "AA-99*")
    assert fits("Лю-٣٤中", "AA-99*")
    assert not fits("AB-1", "AA-99")
    assert not fits("(a+)+$", "AAAAAA")


def test_single_keys_are_set_and_cleared_with_history_and_audit(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    add(runtime, admin, field("room", "text"), field("depth", "number"))
    number = opened(runtime, admin, custom={"room": "A", "depth": 1})["number"]
    change = {"number": number, "custom": {"room": None, "depth": 2}}
    after = runtime.invoke(admin, "tickets.change", change).model_dump()
    assert after["custom"] == {"depth": 2}
    same = runtime.invoke(admin, "tickets.change", change).model_dump()
    assert same["version"] == after["version"]
    with database.read(admin.tenant_id) as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.tool == "tickets.change").order_by(AuditEntry.id)
        ).first()
        assert entry is not None
        told = next(one for one in entry.changes if one["table"] == "ticket")
        assert told["columns"]["custom"] == [{"room": "A", "depth": 1}, {"depth": 2}]
        line = next(one for one in entry.changes if one["table"] == "ticket_event")
        assert line["columns"]["data"][1] == {
            "custom.room": ["A", None], "custom.depth": [1, 2]
        }  # fmt: skip
        assert session.scalar(select(func.count()).select_from(CustomValue)) == 1


def test_lists_sort_by_a_field_both_ways_page_by_page(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    add(runtime, admin, field("depth", "number"), field("day", "date"))
    for at, depth in enumerate((5, 1, None, 3, 1, None)):
        opened(runtime, admin, f"T{at}", custom={"depth": depth} if depth else {})
    assert found(database, admin, "custom.depth") == ["T1", "T4", "T3", "T0", "T5", "T2"]
    assert found(database, admin, "-custom.depth") == ["T0", "T3", "T4", "T1", "T5", "T2"]
    assert found(database, admin, "custom.depth", depth_from="2") == ["T3", "T0"]
    assert found(database, admin, "custom.day") == ["T5", "T4", "T3", "T2", "T1", "T0"]
    with pytest.raises(InvalidInput):
        found(database, admin, "custom.nothing")


def test_a_form_asks_by_state_and_by_another_field(runtime: Runtime, admin: Actor) -> None:
    add(
        runtime, admin, field("bsl", "choice", options=[option("b1"), option("b3")]),
        field("permit", "text"), field("cleaned", "boolean"),
    )  # fmt: skip
    form = {
        "ticket_type": "incident",
        "sections": [
            {
                "title": {"en": "Lab"},
                "fields": [
                    {"field": "bsl", "required": True},
                    {"field": "permit", "required": True,
                     "shown_when": {"field": "bsl", "values": ["b3"]}},
                    {"field": "cleaned", "required_in": ["resolved"]},
                ],
            }
        ],
    }  # fmt: skip
    runtime.invoke(admin, "custom.set_form", form)
    with pytest.raises(InvalidInput) as refused:
        opened(runtime, admin)
    assert set(refused.value.details) == {"custom.bsl"}
    with pytest.raises(InvalidInput) as refused:
        opened(runtime, admin, custom={"bsl": "b3"})
    assert set(refused.value.details) == {"custom.permit"}
    number = opened(runtime, admin, custom={"bsl": "b1"})["number"]
    opened(runtime, admin, type="request")
    by_house = runtime.invoke(system_actor(admin.tenant_id), "tickets.open", {"title": "x"})
    assert by_house.model_dump()["custom"] == {}
    clear = {"number": number, "custom": {"bsl": None}}
    with pytest.raises(InvalidInput):
        runtime.invoke(admin, "tickets.change", clear)
    move = {"number": number, "state": "resolved", "reason": "new seal"}
    with pytest.raises(InvalidInput) as refused:
        runtime.invoke(admin, "tickets.move", move)
    assert set(refused.value.details) == {"custom.cleaned"}
    runtime.invoke(admin, "tickets.change", {"number": number, "custom": {"cleaned": False}})
    runtime.invoke(admin, "tickets.move", move)
    for wrong in (
        {"required_in": ["flying"]}, {"shown_when": {"field": "bsl", "values": ["b9"]}},
        {"shown_when": {"field": "cleaned", "values": [True]}},
    ):  # fmt: skip
        bad = {"ticket_type": "incident", "sections": [
            {"fields": [{"field": "bsl"}, {"field": "permit", **wrong}]}]}  # fmt: skip
        with pytest.raises(InvalidInput):
            runtime.invoke(admin, "custom.set_form", bad)


def test_an_own_type_lives_on_its_base(runtime: Runtime, admin: Actor, database: Database) -> None:
    kind = {"code": "calibration", "base": "maintenance", "label": {"en": "Calibration"},
            "priority": "high"}  # fmt: skip
    runtime.invoke(admin, "custom.set_ticket_type", kind)
    for wrong in ({**kind, "base": "incident"}, {**kind, "code": "request"}):
        with pytest.raises((Conflict, InvalidInput)):
            runtime.invoke(admin, "custom.set_ticket_type", wrong)
    house = system_actor(admin.tenant_id)
    ticket = opened(runtime, house, own_type="calibration")
    assert (ticket["type"], ticket["own_type"], ticket["priority"]) == (
        "maintenance", "calibration", "high"
    )  # fmt: skip
    low = opened(runtime, house, own_type="calibration", priority="low")
    assert low["priority"] == "low"
    with pytest.raises(InvalidInput):
        opened(runtime, house, own_type="calibration", type="incident")
    moved = {"number": ticket["number"], "type": "incident"}
    assert runtime.invoke(admin, "tickets.change", moved).model_dump()["own_type"] == ""
    with database.read(admin.tenant_id) as session:
        wanted = TicketFilter(own_types=["calibration"])
        rows, _ = list_queries.page(session, admin, wanted)
        assert [row.number for row in rows] == [low["number"]]


def test_another_type_is_refused_or_migrated_with_a_report(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    made = add(runtime, admin, field("depth", "text"))["depth"]
    numbers = [
        opened(runtime, admin, custom={"depth": text})["number"] for text in ("12.5", "7", "deep")
    ]
    change = {"field_id": made["id"], "type": "number", "decimals": 1}
    with pytest.raises(Conflict) as refused:
        runtime.invoke(admin, "custom.change_field", change)
    assert refused.value.details == {"objects": 3}
    report = runtime.invoke(admin, "custom.change_field", {**change, "migrate": True}).model_dump()
    assert (report["converted"], report["lost"]) == (2, 1)
    assert report["lost_values"][0]["value"] == "deep"
    assert found(database, admin, depth_from="7") == ["Leak", "Leak"]
    with database.read(admin.tenant_id) as session:
        rows = list_queries.page(session, admin, TicketFilter())[0]
        assert {row.number: row.custom.get("depth") for row in rows} == dict(
            zip(numbers, (12.5, 7, None), strict=True)
        )


def test_options_in_use_are_retired_not_deleted(runtime: Runtime, admin: Actor) -> None:
    made = add(runtime, admin, field("bsl", "choice", options=[option("b1"), option("b2")]))["bsl"]
    number = opened(runtime, admin, custom={"bsl": "b1"})["number"]
    gone = {"field_id": made["id"], "options": [option("b2")]}
    with pytest.raises(Conflict):
        runtime.invoke(admin, "custom.change_field", gone)
    retired = [{**option("b1"), "retired": True}, option("b2")]
    runtime.invoke(admin, "custom.change_field", {"field_id": made["id"], "options": retired})
    with pytest.raises(InvalidInput):
        opened(runtime, admin, custom={"bsl": "b1"})
    kept = {"number": number, "custom": {"bsl": "b1"}}
    assert runtime.invoke(admin, "tickets.change", kept).model_dump()["custom"] == {"bsl": "b1"}


def test_definitions_have_limits_and_owners(runtime: Runtime, admin: Actor) -> None:
    made = add(runtime, admin, field("room", "text"))["room"]
    with pytest.raises(Conflict):
        add(runtime, admin, field("room", "number"))
    for wrong in (
        field("Room", "text"), field("x_from", "text"), field("x", "text", label={}),
        field("x", "text", label={"xx": "?"}), field("x", "choice"), field("x", "text", low=1),
        field("x", "number", low=5, high=1), field("x", "number", default="a"),
        field("x", "long_text", searchable=True), field("x", "text", max_chars=500),
        field("x", "choice", options=[option("a"), option("a")]),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            add(runtime, admin, wrong)
    agent = staff_actor(admin.tenant_id, Role.AGENT, admin.user_id or "")
    with pytest.raises(Forbidden):
        add(runtime, agent, field("y", "text"))
    stale = {"field_id": made["id"], "version": 9, "public": True}
    with pytest.raises(VersionConflict):
        runtime.invoke(admin, "custom.change_field", stale)
    for at in range(99):
        add(runtime, admin, field(f"f{at}", "text"))
    with pytest.raises(Conflict):
        add(runtime, admin, field("one_more", "text"))
    add(runtime, admin, field("one_more", "text", subject="asset"))


def test_a_customer_sees_public_fields_alone(runtime: Runtime, admin: Actor) -> None:
    add(runtime, admin, field("room", "text", public=True), field("margin", "number", default=5))
    guest = Actor(
        admin.tenant_id, Role.BOT, conversation_id=None, contact_id=None,
        scopes=frozenset({"tickets:open"}),
    )  # fmt: skip
    seen = opened(runtime, guest, custom={"room": "B1"})
    assert seen["custom"] == {"room": "B1"}
    kept = runtime.invoke(
        admin, "tickets.change", {"number": seen["number"], "custom": {"room": "B2"}}
    ).model_dump()
    assert kept["custom"] == {"room": "B2", "margin": 5}


def test_every_subject_has_a_table() -> None:
    assert {queries.table_of(one).__tablename__ for one in Subject} == {
        "ticket", "customer", "contact", "asset", "service_contract", "work_order",
    }  # fmt: skip
