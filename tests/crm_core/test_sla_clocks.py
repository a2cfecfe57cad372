"""Promises: started, paused, kept, broken and escalated, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.contracts.schemas import ChangeContract
from careloop.crm_core.notices import queries as notices
from careloop.crm_core.sla import following, planning, policies, queries, views
from careloop.crm_core.sla.overview_queries import overview
from careloop.crm_core.sla.schemas import CreatePolicy, ReplacePolicy
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.tickets.schemas import ChangeTicket, CommentTicket, MoveTicket
from careloop.crm_core.workorders.events import EngineerArrived
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, NotFound, VersionConflict
from tests.crm_core.promised import MONDAY, POLICY, Promised, clocks, open_ticket, promise, sign
from tests.crm_core.sweeping import sweep

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(MONDAY)


@pytest.fixture
def found(database: Database) -> Promised:
    return promise(database)


def levels(database: Database, found: Promised, number: str) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = queries.events(session, found.books.admin, number)
        return sorted((row.kind, row.level) for row in rows)


def move(database: Database, found: Promised, number: str, *states: TicketState) -> None:
    for state in states:
        with database.write() as session:
            command = MoveTicket(
                number=number, state=state, reason="as it is", resolution="New seal"
            )
            ticket_service.move_ticket(session, found.books.agent, command)


def test_a_ticket_starts_its_clocks(database: Database, found: Promised) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
        rows = clocks(session, found, number)
        assert set(rows) == {"respond", "fix"}
        assert rows["respond"].due_at == MONDAY + HOUR
        # Two days of eight hours: Monday and Tuesday.
        assert rows["fix"].due_at == datetime(2026, 11, 24, 16, tzinfo=UTC)
        ticket = tickets.ticket(session, found.books.admin, number)
        assert (ticket.due_kind, ticket.due_at) == ("respond", MONDAY + HOUR)


def test_an_answer_keeps_the_promise_to_respond(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    clock.advance(HOUR / 2)
    with database.write() as session:
        said = CommentTicket(number=number, text="We are on it", public=True)
        ticket_service.comment_ticket(session, found.books.agent, said)
    with database.read() as session:
        rows = clocks(session, found, number)
        assert (rows["respond"].state, rows["respond"].met_at) == ("met", MONDAY + HOUR / 2)
        ticket = tickets.ticket(session, found.books.admin, number)
        assert ticket.due_kind == "fix"
    clock.advance(HOUR)
    assert sweep(database) == 0


def test_each_level_fires_once(database: Database, found: Promised, clock: FixedClock) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    clock.advance(timedelta(minutes=45))
    assert sweep(database) == 2  # the warning, and its step
    assert sweep(database) == 0
    clock.advance(timedelta(minutes=15))
    assert sweep(database) == 2
    clock.advance(timedelta(minutes=-30))
    assert sweep(database) == 0
    clock.advance(timedelta(minutes=40))
    assert sweep(database) == 0
    assert levels(database, found, number) == [
        ("respond", "breach"), ("respond", "step:tell-boss"), ("respond", "step:warn-assignee"),
        ("respond", "warning"),
    ]  # fmt: skip
    with database.read() as session:
        assert [n.key for n in notices.notices(session, found.books.agent)] == ["sla.warned"]
        assert [n.key for n in notices.notices(session, found.books.admin)] == ["sla.breached"]
        ticket = tickets.ticket(session, found.books.admin, number)
        assert ticket.due_state == "breached"


def test_a_long_sleep_fires_each_level_once(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    clock.advance(timedelta(days=4))
    assert sweep(database) == 9
    assert sweep(database) == 0
    with database.read() as session:
        ticket = tickets.ticket(session, found.books.admin, number)
        # The ladder raised the priority, and with it the promise became a shorter one.
        assert ticket.priority == "high"


def test_a_ladder_that_raises_to_critical_plans_anew(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found, priority="high")
    clock.advance(timedelta(days=4))
    sweep(database)
    with database.read() as session:
        rows = clocks(session, found, number)
        assert rows["fix"].target_minutes == 240
        assert rows["fix"].calendar == ""
        assert rows["fix"].due_at == MONDAY + timedelta(minutes=240)
        assert "arrive" in rows  # only critical tickets were promised a visit
    sweep(database)
    assert sweep(database) == 0
    once = levels(database, found, number)
    assert len(once) == len(set(once))


def test_waiting_for_the_customer_stops_the_repair_clock(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    move(database, found, number, TicketState.IN_PROGRESS, TicketState.WAITING_CUSTOMER)
    clock.advance(timedelta(days=1))
    with database.read() as session:
        row = views.ticket_clocks(session, found.books.admin, number).clocks[-1]
        assert (row.kind, row.state, row.remaining_seconds) == ("fix", "paused", 16 * 3600)
    move(database, found, number, TicketState.IN_PROGRESS)
    with database.read() as session:
        row = clocks(session, found, number)["fix"]
        # A day of the calendar went by: eight hours. Wednesday is a day off.
        assert row.paused_us == 8 * 3600 * 10**6
        assert row.due_at == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_what_fell_due_before_a_pause_is_fired(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found, priority="critical")
    clock.advance(timedelta(hours=5))
    move(database, found, number, TicketState.WAITING_CUSTOMER)
    fired = levels(database, found, number)
    assert ("fix", "breach") in fired
    with database.read() as session:
        # The priority is left alone: the person who moves the ticket decides.
        assert tickets.ticket(session, found.books.admin, number).priority == "critical"
    clock.advance(timedelta(days=5))
    sweep(database)
    assert [pair for pair in levels(database, found, number) if pair[0] == "fix"] == [
        pair for pair in fired if pair[0] == "fix"
    ]


def test_a_solution_ends_all_clocks_and_reopening_starts_another(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found, priority="critical")
    clock.advance(HOUR / 2)
    move(database, found, number, TicketState.RESOLVED)
    with database.read() as session:
        states = {kind: row.state for kind, row in clocks(session, found, number).items()}
        assert states == {"respond": "met", "arrive": "stopped", "fix": "met"}
        assert tickets.ticket(session, found.books.admin, number).due_state == "met"
    clock.advance(timedelta(days=2))
    assert sweep(database) == 0
    move(database, found, number, TicketState.IN_PROGRESS)
    with database.read() as session:
        row = clocks(session, found, number)["fix"]
        assert (row.generation, row.state, row.started_at) == (2, "running", clock.now())


def test_a_late_solution_is_a_breach_though_no_sweep_saw_it(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    clock.advance(timedelta(days=2))
    move(database, found, number, TicketState.RESOLVED)
    assert ("fix", "breach") in levels(database, found, number)
    with database.read() as session:
        assert clocks(session, found, number)["fix"].late
        told = overview(session, found.books.admin, 1)
        fix = next(month for month in told.attainment if month.kind == "fix")
        assert (fix.month, fix.ended, fix.kept, fix.percent) == ("2026-11", 1, 0, 0.0)
    assert sweep(database) == 0


def test_an_arrival_heard_of_late_counts_from_when_it_was(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found, priority="critical")
        ticket_id = tickets.ticket(session, found.books.admin, number).id
    clock.advance(timedelta(days=4))
    sweep(database)
    with database.write() as session:
        assert clocks(session, found, number)["arrive"].late
        arrived = EngineerArrived(
            found.books.tenant, "WO-1", ticket_id, number, "E-1", MONDAY + HOUR, clock.now()
        )
        following.on_arrived(session, arrived)
    with database.read() as session:
        row = clocks(session, found, number)["arrive"]
        assert (row.state, row.met_at, row.late) == ("met", MONDAY + HOUR, False)


def test_changed_facts_change_the_promise(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    clock.advance(HOUR)
    with database.write() as session:
        urgent = ChangeTicket(number=number, priority="critical")
        ticket_service.change_ticket(session, found.books.agent, urgent)
        rows = clocks(session, found, number)
        assert rows["fix"].due_at == MONDAY + 4 * HOUR
        assert rows["arrive"].started_at == MONDAY + HOUR, "promised when it became urgent"
    with database.write() as session:
        calm = ChangeTicket(number=number, priority="normal")
        ticket_service.change_ticket(session, found.books.agent, calm)
        rows = clocks(session, found, number)
        assert rows["fix"].due_at == datetime(2026, 11, 24, 16, tzinfo=UTC)
        assert (rows["arrive"].state, rows["arrive"].stop_reason) == ("stopped", "no_target")


def test_a_contract_names_policy_calendar_and_hours(database: Database, found: Promised) -> None:
    day = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    with database.write() as session:
        fast = {**POLICY, "code": "fast", "fallback": False, "calendar": "", "steps": [],
                "targets": [{"kind": "fix", "minutes": 30}]}  # fmt: skip
        policies.create_policy(session, found.books.admin, CreatePolicy.model_validate(fast))
        named = sign(session, found, sla_policy="fast", **day)
        hours = sign(session, found, response_hours=2, **day)
        one, two = open_ticket(session, found), open_ticket(session, found)
        for number, contract in ((one, named), (two, hours)):
            put = ChangeTicket(number=number, contract=contract)
            ticket_service.change_ticket(session, found.books.agent, put)
        rows = clocks(session, found, one)
        assert (rows["fix"].policy, rows["fix"].target_minutes) == ("fast", 30)
        assert rows["respond"].stop_reason == "no_target"
        assert clocks(session, found, two)["respond"].due_at == MONDAY + 2 * HOUR
        change = ChangeContract(number=named, calendar="office")
        contracts.change_contract(session, found.books.admin, change)
        assert clocks(session, found, one)["fix"].calendar == "office"


def test_two_sweeps_at_once_fire_once(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        numbers = [open_ticket(session, found) for _ in range(4)]
    clock.advance(timedelta(days=4))
    barrier, counts = Barrier(3), []

    def one() -> None:
        barrier.wait()
        counts.append(sweep(database))

    threads = [Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 9 * 4
    for number in numbers:
        assert len(levels(database, found, number)) == 9


def test_a_restart_between_any_two_acts_changes_nothing(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    """Nothing is kept in memory: a new engine on the same tables goes on where the old one was."""
    with database.write() as session:
        number = open_ticket(session, found)
    url = database.url.render_as_string(hide_password=False)
    fired = 0
    for minutes in (45, 15, 10, 24 * 60, 24 * 60, 24 * 60):
        clock.advance(timedelta(minutes=minutes))
        again = Database(url, database.bus, clock)
        fired += sweep(again)
        fired += sweep(again)
        again.close()
    assert fired == 9
    assert len(levels(database, found, number)) == 9


def test_policies_are_checked(database: Database, found: Promised) -> None:
    books = found.books
    with database.write() as session:
        with pytest.raises(Conflict):
            policies.create_policy(session, books.admin, CreatePolicy.model_validate(POLICY))
        second = CreatePolicy.model_validate({**POLICY, "code": "other"})
        with pytest.raises(Conflict, match="fallback"):
            policies.create_policy(session, books.admin, second)
        for wrong in ({"calendar": "moon"}, {"steps": [{**POLICY["steps"][0], "users": ["x"]}]}):
            facts = {**POLICY, "code": "third", "fallback": False, **wrong}
            with pytest.raises(NotFound):
                command = CreatePolicy.model_validate(facts)
                policies.create_policy(session, books.admin, command)
        stale = ReplacePolicy.model_validate({**POLICY, "policy_id": found.policy_id, "version": 7})
        with pytest.raises(VersionConflict):
            policies.replace_policy(session, books.admin, stale)


def test_a_changed_ladder_holds_for_running_clocks_and_their_targets_stay(
    database: Database, found: Promised, clock: FixedClock
) -> None:
    with database.write() as session:
        number = open_ticket(session, found)
    facts = {**POLICY, "policy_id": found.policy_id, "warn_percent": 50,
             "targets": [{"kind": "respond", "minutes": 5}]}  # fmt: skip
    with database.write() as session:
        policies.replace_policy(session, found.books.admin, ReplacePolicy.model_validate(facts))
        row = clocks(session, found, number)["respond"]
        assert row.due_at == MONDAY + HOUR
        assert row.next_at == row.warn_at == MONDAY + HOUR / 2
        planning.replan(session, found.books.admin, number)
        assert clocks(session, found, number)["respond"].due_at == MONDAY + timedelta(minutes=5)
        assert clocks(session, found, number)["fix"].state == "stopped"
