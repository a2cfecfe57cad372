"""Rules: they act soon after, by themselves, once, and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from careloop.api.bootstrap import Services
from careloop.api.rule_rounds import RuleRounds, dry_run
from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.notices.models import Notice
from careloop.crm_core.rules import catalogue, queries, running
from careloop.crm_core.rules.conditions import Facts, truth
from careloop.crm_core.rules.following import MAX_DEPTH
from careloop.crm_core.rules.models import Rule, RuleMail, RuleRun, RuleTask, RuleVersion
from careloop.crm_core.rules.schemas import RuleFacts
from careloop.crm_core.rules.templates import fill
from careloop.crm_core.rules.vocabulary import FACTS, OPERATORS
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor
from careloop.kit.clock import Clock, FixedClock, iso
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput
from careloop.tools.runtime import Runtime

START = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(START)


@pytest.fixture
def runtime(database: Database) -> Runtime:
    return Runtime(database)


@pytest.fixture
def rounds(database: Database) -> Iterator[RuleRounds]:
    yield rounds_of(database)


def rounds_of(database: Database) -> RuleRounds:
    parts = SimpleNamespace(database=database, clock=database.clock)
    return RuleRounds(cast(Services, parts))


def rule(name: str, trigger: str, *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    condition = more.pop("condition", {"all": []})
    when = {"trigger": trigger, **more.pop("timing", {})}
    return {"name": name, "when": when, "if": condition, "then": list(then), "active": True, **more}


def is_(field: str, value: Any, op: str = "is") -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def make(runtime: Runtime, actor: Actor, *rules: dict[str, Any]) -> list[str]:
    return [runtime.invoke(actor, "rules.create", one).model_dump()["id"] for one in rules]


def opened(runtime: Runtime, actor: Actor, title: str = "Leak", **more: Any) -> str:
    made = runtime.invoke(actor, "tickets.open", {"title": title, **more})
    return str(made.model_dump()["number"])


def ticket(database: Database, tenant: str, number: str) -> Ticket:
    with database.read(tenant) as session:
        found = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        session.expunge(found)
        return found


def log(database: Database, actor: Actor, **more: Any) -> list[Any]:
    with database.read(actor.tenant_id) as session:
        return queries.log(session, actor, **more)


def test_a_rule_acts_on_what_was_committed_and_says_so(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    runtime.invoke(
        admin, "custom.add_field",
        {"object": "ticket", "key": "room", "type": "text", "label": {"en": "Room"}},
    )  # fmt: skip
    (rule_id,) = make(runtime, admin, rule(
        "Hot room", "ticket.opened",
        {"do": "set_priority", "priority": "critical"},
        {"do": "tag", "add": ["hot"]},
        {"do": "set_field", "field": "ticket.custom.room", "value": "was {{ticket.custom.room}}"},
        {"do": "comment", "text": "{{ticket.number}}: {{ticket.title}}"},
        {"do": "assign", "to": "least_busy", "role": "admin"},
        {"do": "notify", "text": "Look at {{ticket.number}}", "role": "admin"},
        condition={"all": [is_("ticket.custom.room", "b-1", "starts_with"),
                           {"not": is_("ticket.priority", "low")}]},
    ))  # fmt: skip
    cold = opened(runtime, admin)
    hot = opened(runtime, admin, "Heat {{customer.name}}", custom={"room": "B-12"})
    assert ticket(database, admin.tenant_id, hot).priority == "normal"
    assert rounds.run_waiting() == 2
    row = ticket(database, admin.tenant_id, hot)
    assert (row.priority, row.tags, row.assignee_id) == ("critical", ["hot"], admin.user_id)
    assert row.custom == {"room": "was B-12"}
    assert ticket(database, admin.tenant_id, cold).tags == []
    last, first = log(database, admin)
    assert (first.matched, first.object_label, first.acts) == (False, cold, [])
    assert [part.holds for part in first.truth.parts] == [False, True]
    assert (last.matched, last.error, last.rule_id) == (True, "", rule_id)
    assert [act.state for act in last.acts] == ["done"] * 6
    assert {"ticket"} <= {change.table for change in last.changes}
    with database.read(admin.tenant_id) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.tool == "tickets.tag")).one()
        assert (entry.actor, entry.reason) == ("system", "rule: Hot room")
        assert session.scalars(select(Notice.text)).one() == f"Look at {hot}"
        lines = [e.changes for e in session.scalars(
            select(AuditEntry).where(AuditEntry.tool == "tickets.comment"))]  # fmt: skip
        # What a customer wrote is text, whatever it looks like.
        assert f"{hot}: Heat {{{{customer.name}}}}'" in str(lines)
    assert rounds.run_waiting() == 0


def test_a_failing_rule_breaks_neither_the_act_nor_the_next_rule(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    make(
        runtime, admin,
        rule("Fails", "ticket.opened", {"do": "tag", "add": ["half"]},
             {"do": "assign", "to": "engineer", "engineer": "E" * 40},
             {"do": "open_ticket", "title": "x", "type": "maintenance", "below": True,
              "custom": {}, "fields": {"wished_date": "no day"}}),
        rule("Works", "ticket.opened", {"do": "tag", "add": ["whole"]}),
    )  # fmt: skip
    number = opened(runtime, admin)
    rounds.run_waiting()
    assert ticket(database, admin.tenant_id, number).tags == ["whole"]
    works, fails = log(database, admin)
    assert works.matched and not works.error
    assert fails.error and [act.state for act in fails.acts] == ["done", "done", "failed"]
    assert fails.changes == []


def test_order_and_stop_processing(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    ids = make(
        runtime, admin,
        rule("A", "ticket.opened", {"do": "tag", "add": ["a"]}),
        rule("B", "ticket.opened", {"do": "tag", "add": ["b"]}, stop_processing=True,
             condition=is_("ticket.tags", "a", "has_not")),
        rule("C", "ticket.opened", {"do": "tag", "add": ["c"]}),
    )  # fmt: skip
    first = opened(runtime, admin)
    rounds.run_waiting()
    assert ticket(database, admin.tenant_id, first).tags == ["a", "c"]
    runtime.invoke(admin, "rules.order", {"ids": [ids[1]]})
    second = opened(runtime, admin)
    rounds.run_waiting()
    assert ticket(database, admin.tenant_id, second).tags == ["b"]


def test_a_rule_does_not_act_on_its_own_doing(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    make(
        runtime, admin,
        rule("Again", "ticket.changed", {"do": "set_field", "field": "ticket.title",
                                         "value": "{{ticket.title}}!"}),
        rule("Child", "ticket.opened", {"do": "open_ticket", "title": "Below", "below": True}),
        rule("Everywhere", "ticket.opened", {"do": "tag", "add": ["seen"]}),
    )  # fmt: skip
    number = opened(runtime, admin)
    rounds.run_waiting()
    row = ticket(database, admin.tenant_id, number)
    # `Everywhere` tagged it, `Again` acted on that once, and not on its own change.
    assert (row.title, row.children_count, row.tags) == ("Leak!", 1, ["seen"])
    with database.read(admin.tenant_id) as session:
        assert session.scalar(select(func.count()).select_from(Ticket)) == 2
        below = session.scalars(select(Ticket).where(Ticket.parent != "")).one()
        assert below.tags == ["seen"]
    assert any(act.do == "chain" for run in log(database, admin) for act in run.acts)


RULE_SETS = st.lists(
    st.tuples(
        st.sampled_from(["ticket.opened", "ticket.changed", "ticket.commented", "ticket.moved"]),
        st.lists(
            st.sampled_from([
                {"do": "tag", "add": ["a"]}, {"do": "tag", "remove": ["a"]},
                {"do": "set_field", "field": "ticket.title", "value": "{{ticket.title}}+"},
                {"do": "comment", "text": "noted"}, {"do": "set_priority", "priority": "high"},
                {"do": "set_priority", "priority": "low"},
                {"do": "open_ticket", "title": "Another"},
            ]),
            min_size=1, max_size=3,
        ),
        st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(rules=RULE_SETS)
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_any_set_of_rules_comes_to_an_end(
    sqlite_database: Database, admin: Actor, rules: list[tuple[str, list[dict[str, Any]], bool]]
) -> None:
    """Whatever rules do to each other, the work ends, within the limits that are promised."""
    database, runtime = sqlite_database, Runtime(sqlite_database)
    with database.write(admin.tenant_id) as session:
        for model in (RuleRun, RuleTask, RuleVersion, Rule):
            session.execute(delete(model))
    make(runtime, admin, *(
        rule(f"R{at}", trigger, *then, stop_processing=stop)
        for at, (trigger, then, stop) in enumerate(rules)
    ))  # fmt: skip
    opened(runtime, admin)
    rounds_of(database).run_waiting()
    with database.read(admin.tenant_id) as session:
        states = set(session.scalars(select(RuleTask.state)))
        assert states <= {"done"}
        paths = [tuple(path) for path in session.scalars(select(RuleTask.path))]
        assert all(len(path) == len(set(path)) <= MAX_DEPTH for path in paths)
        chains = session.execute(
            select(func.count()).where(RuleRun.matched).group_by(RuleRun.chain_id)
        )
        # A task begun within the budget may end with every rule acting once more.
        assert all(count <= running.CHAIN_ACTS + len(rules) for (count,) in chains)


def test_a_rule_that_acts_too_often_stops_itself_and_tells(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    (rule_id,) = make(
        runtime, admin,
        rule("Eager", "ticket.opened", {"do": "tag", "add": ["x"]}, max_per_hour=2),
    )  # fmt: skip
    numbers = [opened(runtime, admin) for _ in range(4)]
    rounds.run_waiting()
    tagged = [ticket(database, admin.tenant_id, number).tags for number in numbers]
    assert tagged == [["x"], ["x"], [], []]
    with database.read(admin.tenant_id) as session:
        row = session.scalars(select(Rule)).one()
        assert not row.active and "within an hour" in row.stopped_reason
        told = session.scalars(select(Notice)).one()
        assert (told.key, told.link) == ("rule.stopped", f"/settings/rules/{rule_id}")
    view = runtime.invoke(admin, "rules.change", {"rule_id": rule_id, "active": True})
    assert view.model_dump()["stopped_reason"] == ""


def test_a_rule_by_time_takes_each_value_once(
    runtime: Runtime, admin: Actor, database: Database, rounds: RuleRounds
) -> None:
    clock = cast(FixedClock, database.clock)
    runtime.invoke(
        admin, "custom.add_field",
        {"object": "ticket", "key": "lease_ends", "type": "datetime", "label": {"en": "Lease"}},
    )  # fmt: skip
    old = opened(runtime, admin, custom={"lease_ends": iso(START - timedelta(days=1))})
    make(
        runtime, admin,
        rule("Ends soon", "time", {"do": "tag", "add": ["ends"]},
             timing={"field": "ticket.custom.lease_ends", "minutes": -60}),
        rule("Forgotten", "time", {"do": "set_priority", "priority": "high"},
             timing={"field": "ticket.created_at", "minutes": 30},
             condition=is_("ticket.assigned", False)),
    )  # fmt: skip
    clock.advance(timedelta(minutes=1))
    number = opened(runtime, admin, custom={"lease_ends": iso(START + timedelta(hours=3))})
    for minutes, done in ((10, 0), (30, 2), (30, 0), (60, 1), (60, 0)):
        clock.advance(timedelta(minutes=minutes))
        assert rounds.round() == done, minutes
    row = ticket(database, admin.tenant_id, number)
    assert (row.tags, row.priority) == (["ends"], "high")
    # What fell due before the rule was switched on is left alone.
    assert ticket(database, admin.tenant_id, old).tags == []
    later = {"number": number, "custom": {"lease_ends": iso(START + timedelta(hours=6))}}
    runtime.invoke(admin, "tickets.change", later)
    clock.advance(timedelta(hours=3))
    assert rounds.round() == 1


def test_a_dry_run_shows_all_and_keeps_nothing(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    number = opened(runtime, admin)
    facts = RuleFacts.model_validate(
        {"name": "Try", "when": {"trigger": "ticket.opened"},
         "if": {"any": [is_("ticket.title", "leak"), is_("ticket.priority", "high")]},
         "then": [{"do": "tag", "add": ["x"]},
                  {"do": "send_mail", "to": "address", "address": "a@b.example",
                   "subject": {"en": "{{ticket.number}}"}, "text": {"en": "?"}},
                  {"do": "send_mail", "subject": {"en": "?"}, "text": {"en": "?"}},
                  {"do": "send_message", "text": {"en": "?"}}]}
    )  # fmt: skip
    before = ticket(database, admin.tenant_id, number)
    parts = cast(Services, SimpleNamespace(database=database))
    (run,) = dry_run(parts, admin.tenant_id, "draft", facts, 0, [before.id])
    assert run.matched and [part.holds for part in run.truth.parts] == [True, False]
    assert [act.state for act in run.acts] == ["done", "done", "skipped", "skipped"]
    changed = next(change for change in run.changes if change.table == "ticket")
    assert changed.columns["tags"] == [[], ["x"]]
    assert ticket(database, admin.tenant_id, number).version == before.version
    with database.read(admin.tenant_id) as session:
        for model in (RuleMail, RuleRun, RuleTask):
            assert session.scalar(select(func.count()).select_from(model)) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": {"trigger": "moon.full"}}, {"when": {"trigger": "time"}},
        {"when": {"trigger": "time", "field": "ticket.title"}},
        {"if": is_("ticket.nothing", 1)}, {"if": is_("ticket.priority", "asap")},
        {"if": is_("ticket.priority", "high", "more")}, {"if": is_("event.csat", "five")},
        {"if": is_("visit.result", "solved")}, {"if": is_("ticket.due_at", "soon", "before")},
        {"if": {"not": {"not": {"not": {"not": {"not": {"not": {"all": []}}}}}}}},
        {"then": []}, {"then": [{"do": "explode"}]},
        {"then": [{"do": "comment", "text": "{{ticket.secret}}"}]},
        {"then": [{"do": "comment", "text": "{{ticket.title"}]},
        {"then": [{"do": "set_field", "field": "ticket.state", "value": "closed"}]},
        {"then": [{"do": "set_field", "field": "ticket.type", "value": "party"}]},
        {"then": [{"do": "notify", "text": "x"}]},
        {"then": [{"do": "notify", "text": "x", "user_ids": ["nobody"]}]},
        {"then": [{"do": "assign", "to": "person"}]},
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_not_saved(
    sqlite_database: Database, admin: Actor, wrong: dict[str, Any]
) -> None:
    good = rule("R", "ticket.opened", {"do": "tag", "add": ["a"]})
    with pytest.raises(InvalidInput) as refused:
        Runtime(sqlite_database).invoke(admin, "rules.create", {**good, **wrong})
    assert refused.value.details


def test_revisions_come_back_and_copies_are_off(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    (rule_id,) = make(runtime, admin, rule("R", "ticket.opened", {"do": "tag", "add": ["a"]}))
    changed = {"rule_id": rule_id, "then": [{"do": "tag", "add": ["b"]}], "note": "why"}
    assert runtime.invoke(admin, "rules.change", changed).model_dump()["revision"] == 2
    back = runtime.invoke(admin, "rules.restore", {"rule_id": rule_id, "revision": 1})
    assert back.model_dump()["then"][0]["add"] == ["a"]
    copy = runtime.invoke(admin, "rules.copy", {"rule_id": rule_id}).model_dump()
    assert not copy["active"] and copy["position"] == 1
    runtime.invoke(admin, "rules.delete", {"rule_id": rule_id})
    with database.read(admin.tenant_id) as session:
        assert [row.name for row in queries.rules(session, admin)] == ["R (2)"]
        found = catalogue.catalogue(session, admin.tenant_id)
        assert {fact.kind for fact in found.fields} == set(found.operators)


FACTS_BY_KIND = {kind: [f.name for f in FACTS if f.kind == kind] for kind in OPERATORS}


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_condition_is_true_or_false_whatever_it_meets(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(OPERATORS)))
    name = data.draw(st.sampled_from(FACTS_BY_KIND[kind]))
    op = data.draw(st.sampled_from([one[0] for one in OPERATORS[kind]]))
    anything = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
        st.lists(st.text(max_size=4), max_size=3), st.dates(), st.just("2026-11-22"),
    )  # fmt: skip
    facts = Facts({name: data.draw(anything)}, {f.name: f.kind for f in FACTS}, START)
    wanted = RuleFacts.model_validate(
        {"name": "R", "when": {"trigger": "ticket.opened"},
         "if": {"field": name, "op": op, "value": data.draw(anything)},
         "then": [{"do": "tag", "add": ["a"]}]}
    )  # fmt: skip
    assert truth(wanted.if_, facts).holds in {True, False}


def test_a_text_is_filled_once_and_kept_short() -> None:
    facts = Facts({"ticket.title": "{{ticket.number}}\u202e" * 90, "ticket.number": "TK-1"}, {},
                  START)  # fmt: skip
    text = fill("<{{ ticket.title }}> {{ticket.number}} {{ticket.cause}}", facts, "en", 400, {})
    assert text.startswith("<{{ticket.number}}{{ticket.number}}") and len(text) <= 400
    assert "\u202e" not in text
