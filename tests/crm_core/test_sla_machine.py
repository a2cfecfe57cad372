"""Promises under everything that may happen to them, in any order.

A model beside the books keeps its own record of when each clock stood still. After every act the
clocks must be due where the model says, to the microsecond; whatever was fired was due, and was
fired once - over restarts, sleeps, a summer time that begins, and clocks that are set back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)  # fmt: skip

from careloop.crm_core.calendars.policy import add_working_time, working_time
from careloop.crm_core.sla import queries, timing
from careloop.crm_core.sla.events import SlaBreached, SlaWarned
from careloop.crm_core.sla.models import SlaClock
from careloop.crm_core.sla.planning import NO_TARGET
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service
from careloop.crm_core.tickets.models import OPEN_STATES, TRANSITIONS, TicketState
from careloop.crm_core.tickets.schemas import ChangeTicket, CommentTicket, MoveTicket
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from tests.crm_core.promised import POLICY, maker_promising, open_ticket
from tests.crm_core.sweeping import sweep

FRIDAY = datetime(2026, 3, 27, 14, tzinfo=UTC)
"""Late on the Friday before Berlin's summer time begins."""
# A failing story is told as it happened: making it shorter would take minutes on a database.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
PAUSES = POLICY["pauses"]


@dataclass
class Rest:
    """When a clock stood still: while nothing was promised, or in a state that pauses it."""

    why: tuple[bool, bool]
    since: datetime
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(FRIDAY)


class Promises(RuleBasedStateMachine):
    """One ticket's clocks, its world and the model of both."""

    first: Database

    @initialize(
        priority=st.sampled_from(["normal", "high", "critical"]),
        round_the_clock=st.booleans(),
        holiday=st.sampled_from(["2026-03-30", "2026-04-03"]),
    )
    def begin(self, priority: str, round_the_clock: bool, holiday: str) -> None:
        self.clock = self.first.clock
        assert isinstance(self.clock, FixedClock)
        self.clock.advance(FRIDAY - self.clock.now())
        self.database = self.first
        self.told: Counter[tuple[str, type]] = Counter()
        self.found = maker_promising(
            self.first, round_the_clock=round_the_clock, days_off=[holiday]
        )
        for kind in (SlaWarned, SlaBreached):
            self.first.bus.after(kind, self._hear)
        with self.database.write() as session:
            self.number = open_ticket(session, self.found, priority=priority)
        self.state = TicketState.NEW
        self.rest: dict[str, Rest] = {}

    def _hear(self, event: SlaWarned | SlaBreached) -> None:
        if event.tenant_id == self.found.books.tenant:
            self.told[(event.clock_id, type(event))] += 1

    @rule(minutes=st.sampled_from([1, 7, 30, 45, 60, 180, 600, 1440, 2880, 4320]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes, microseconds=7))

    @rule(minutes=st.sampled_from([1, 90, 1500]))
    def clock_is_set_back(self, minutes: int) -> None:
        self.clock.advance(-timedelta(minutes=minutes))

    @rule()
    def restart(self) -> None:
        """A new process on the same tables; the listeners are wired as at every start."""
        if self.database is not self.first:
            self.database.close()
        url = self.first.url.render_as_string(hide_password=False)
        self.database = Database(url, self.first.bus, self.clock)

    @rule()
    def sweep(self) -> None:
        # A step of the ladder may start a promise that is due already; the next pass sees it.
        passes = 0
        while sweep(self.database):
            passes += 1
            assert passes < 4
        at = self.clock.now()
        for row in self._clocks():
            if row.state == "running":
                assert row.next_at is None or row.next_at > at
                assert row.warn_at > at or row.warned_at is not None
                assert row.due_at > at or row.breached_at is not None

    @rule(state=st.sampled_from(list(TicketState)))
    def move(self, state: TicketState) -> None:
        if state not in TRANSITIONS[self.state] or state is TicketState.CANCELLED:
            return
        with self.database.write() as session:
            command = MoveTicket(
                number=self.number, state=state, reason="so it goes", resolution="New seal"
            )
            service.move_ticket(session, self.found.books.agent, command)
        self.state = state

    @rule(priority=st.sampled_from(["low", "normal", "high", "critical"]))
    def change_priority(self, priority: str) -> None:
        with self.database.write() as session:
            command = ChangeTicket(number=self.number, priority=priority)
            service.change_ticket(session, self.found.books.agent, command)

    @precondition(lambda self: self.state in OPEN_STATES)
    @rule()
    def answer(self) -> None:
        with self.database.write() as session:
            said = CommentTicket(number=self.number, text="We are on it", public=True)
            service.comment_ticket(session, self.found.books.agent, said)
        [respond] = [row for row in self._clocks() if row.kind == "respond"]
        assert respond.state == "met"

    @invariant()
    def clocks_are_due_where_the_model_says(self) -> None:
        if not hasattr(self, "rest"):
            return
        with self.database.read() as session:
            for row in self._clocks():
                self._notice(row)
                hours = timing.hours_of(session, row)
                target = timedelta(minutes=row.target_minutes)
                still = [working_time(hours, a, b) for a, b in self.rest[row.id].spans]
                if row.is_open:
                    assert row.paused_us * timing.MICROSECOND == sum(still, timedelta())
                    assert (row.state == "paused") == (self.state in PAUSES.get(row.kind, []))
                paused = row.paused_us * timing.MICROSECOND
                assert row.due_at == add_working_time(hours, row.started_at, target + paused)
                assert row.due_at >= row.started_at + target
                assert row.due_at > row.warn_at

    @invariant()
    def what_was_fired_was_due_and_once(self) -> None:
        if not hasattr(self, "rest"):
            return
        with self.database.read() as session:
            ticket = tickets.ticket(session, self.found.books.admin, self.number)
            events = queries.events_of(session, ticket.tenant_id, ticket.id)
            session.expunge_all()
        levels = Counter((event.clock_id, event.level) for event in events)
        assert set(levels.values()) <= {1}
        assert all(event.fired_at >= event.due_at for event in events if event.level == "breach")
        heard = {"warning": SlaWarned, "breach": SlaBreached}
        for event in events:
            if event.level in heard:
                assert self.told[(event.clock_id, heard[event.level])] == 1
        fired = sum(event.level in heard for event in events)
        assert sum(self.told.values()) == fired

    def _notice(self, row: SlaClock) -> None:
        """Keep in the model's own words since when a clock rests or runs, and why."""
        void = row.stop_reason == NO_TARGET
        now = void, self.state in PAUSES.get(row.kind, []) and not void
        rest = self.rest.setdefault(row.id, Rest(now, row.started_at))
        if rest.why != now:
            if any(rest.why):
                rest.spans.append((rest.since, self.clock.now()))
            rest.why, rest.since = now, self.clock.now()

    def _clocks(self) -> list[SlaClock]:
        with self.database.read() as session:
            ticket = tickets.ticket(session, self.found.books.admin, self.number)
            rows = queries.clocks_of(session, ticket.tenant_id, ticket.id)
            session.expunge_all()
            return rows

    def teardown(self) -> None:
        if hasattr(self, "database") and self.database is not self.first:
            self.database.close()


def test_promises_hold_whatever_happens(database: Database) -> None:
    machine = type("Promises", (Promises,), {"first": database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
