"""A ticket moves by its rules, keeps its whole history, and shows itself to its own people."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from books import Books, fill, visitor
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from careloop.crm_core.tickets import queries, service
from careloop.crm_core.tickets.errors import TransitionNotAllowed
from careloop.crm_core.tickets.models import TRANSITIONS, Priority, TicketState
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    MoveTicket,
    OpenTicket,
    ReachCustomer,
)
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput, NotFound, VersionConflict
from careloop.tools.runtime import Runtime


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


class TicketMachine(RuleBasedStateMachine):
    """Any sequence of acts on one ticket, compared with what was done to it."""

    database: Database
    books: Books
    clock: FixedClock

    def __init__(self) -> None:
        super().__init__()
        with self.database.write() as session:
            view = service.open_ticket(session, self.books.agent, OpenTicket(title="Leak"))
        self.number, self.state, self.version = view.number, TicketState.NEW, view.version
        self.kinds = ["opened"]

    @rule(state=st.sampled_from(TicketState))
    def move(self, state: TicketState) -> None:
        self.clock.advance(timedelta(seconds=1))
        command = MoveTicket(number=self.number, state=state, reason="because")
        allowed = state in TRANSITIONS[self.state]
        try:
            with self.database.write() as session:
                view = service.move_ticket(session, self.books.agent, command)
        except TransitionNotAllowed as refused:
            assert not allowed
            assert all(name in refused.message for name in TRANSITIONS[self.state])
            return
        assert allowed
        assert view.possible_states == sorted(TRANSITIONS[state])
        self.state = state
        self._done("moved", view.version)

    @rule(title=st.sampled_from(["Leak", "Big leak"]), priority=st.sampled_from(Priority))
    def change(self, title: str, priority: Priority) -> None:
        command = ChangeTicket(number=self.number, title=title, priority=priority)
        with self.database.write() as session:
            before = queries.ticket_view(queries.ticket(session, self.books.agent, self.number))
            view = service.change_ticket(session, self.books.agent, command)
        if (before.title, before.priority) != (view.title, view.priority):
            self._done("changed", view.version)

    @rule(public=st.booleans())
    def comment(self, public: bool) -> None:
        command = CommentTicket(number=self.number, text=" noted ", public=public)
        with self.database.write() as session:
            self._done(
                "comment", service.comment_ticket(session, self.books.agent, command).version
            )

    @precondition(lambda self: self.version > 1)
    @rule(back=st.integers(1, 3))
    def change_what_was_read_earlier(self, back: int) -> None:
        stale = self.version - back
        commands = (
            ChangeTicket(number=self.number, title="stale", version=stale),
            MoveTicket(number=self.number, state=TicketState.CANCELLED, version=stale),
        )
        for act, command in zip(
            (service.change_ticket, service.move_ticket), commands, strict=True
        ):
            with pytest.raises(VersionConflict), self.database.write() as session:
                act(session, self.books.agent, command)  # type: ignore[operator]

    @invariant()
    def the_history_tells_everything_in_order(self) -> None:
        with self.database.read() as session:
            row = queries.ticket(session, self.books.agent, self.number)
            lines = queries.history(session, self.books.agent, row)
            assert row.state == self.state
            assert row.version == self.version
            assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
            assert [line.kind for line in lines] == self.kinds
            states = [line.data["state"] for line in lines if line.kind == "moved"]
            assert all(a[1] == b[0] for a, b in pairwise(states))
            assert (row.resolved_at is not None) == (
                self.state in {TicketState.RESOLVED, TicketState.CLOSED}
                or (self.state is TicketState.CANCELLED and row.resolved_at is not None)
            )
            assert (row.closed_at is not None) == (
                self.state in {TicketState.CLOSED, TicketState.CANCELLED}
            )

    def _done(self, kind: str, version: int) -> None:
        assert version == self.version + 1
        self.version = version
        self.kinds.append(kind)


def test_any_sequence_of_acts_keeps_the_rules(
    database: Database, books: Books, clock: FixedClock
) -> None:
    TicketMachine.database, TicketMachine.books, TicketMachine.clock = database, books, clock
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        TicketMachine,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_every_open_state_can_reach_the_end_and_no_arrow_leads_to_itself() -> None:
    for state, following in TRANSITIONS.items():
        assert state not in following
        if state in {TicketState.CANCELLED, TicketState.MERGED}:
            assert following == frozenset()
            continue
        seen, todo = {state}, [state]
        while todo:
            for item in TRANSITIONS[todo.pop()] - seen:
                seen.add(item)
                todo.append(item)
        assert seen & {TicketState.CLOSED, TicketState.CANCELLED}


def test_numbers_have_no_gap_and_no_double_whatever_the_threads(
    database: Database, books: Books
) -> None:
    runtime = Runtime(database)

    def act(number: int) -> str:
        view = runtime.invoke(books.agent, "tickets.open", OpenTicket(title=f"Leak {number}"))
        return str(view.model_dump()["number"])

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(act, range(40)))
    assert sorted(numbers) == [f"TK-2026-{n:06d}" for n in range(2, 42)]


def test_the_first_numbers_of_a_year_may_be_drawn_at_once(
    database: Database, books: Books, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=60))
    runtime = Runtime(database)

    def act(number: int) -> str:
        view = runtime.invoke(books.agent, "tickets.open", OpenTicket(title=f"Leak {number}"))
        return str(view.model_dump()["number"])

    with ThreadPoolExecutor(2) as pool:
        numbers = list(pool.map(act, range(2)))
    assert sorted(numbers) == ["TK-2027-000001", "TK-2027-000002"]


def test_an_undone_ticket_gives_its_number_back(database: Database, books: Books) -> None:
    with database.draft() as session:
        drafted = service.open_ticket(session, books.agent, OpenTicket(title="draft"))
    with database.write() as session:
        opened = service.open_ticket(session, books.agent, OpenTicket(title="real"))
    assert drafted.number == opened.number


def test_an_imported_number_is_never_given_again(database: Database, books: Books) -> None:
    with database.write() as session:
        for number in ("TK-2026-000500", "TK-2026-000020", "OLD-17", "TK-x-y"):
            service.count_number(session, books.tenant, number)
        view = service.open_ticket(session, books.agent, OpenTicket(title="next"))
    assert view.number == "TK-2026-000501"


def test_comments_of_the_same_moment_all_stay(database: Database, books: Books) -> None:
    runtime = Runtime(database)
    opened = runtime.invoke(books.agent, "tickets.open", OpenTicket(title="Leak"))
    ticket = str(opened.model_dump()["number"])

    def act(number: int) -> None:
        runtime.invoke(
            books.agent, "tickets.comment",
            CommentTicket(number=ticket, text=f"note {number}"),
        )  # fmt: skip

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(24)))
    with database.read() as session:
        row = queries.ticket(session, books.agent, ticket)
        lines = queries.history(session, books.agent, row)
        assert [line.seq for line in lines] == list(range(1, 26))
        assert {line.text for line in lines} >= {f"note {n}" for n in range(24)}


def test_two_who_read_the_same_version_cannot_both_write(database: Database, books: Books) -> None:
    with database.read() as session:
        version = queries.ticket(session, books.agent, books.ticket).version

    def act(title: str) -> bool:
        command = ChangeTicket(number=books.ticket, title=title, version=version)
        try:
            with database.write() as session:
                service.change_ticket(session, books.agent, command)
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(act, ["a", "b", "c", "d"])) == 1


def test_who_may_see_a_ticket(database: Database, books: Books) -> None:
    other = fill(database, "two")
    mine = {
        "agent": books.agent,
        "same chat": visitor(books.tenant, books.conversation),
        "same contact": visitor(books.tenant, contact=books.contact),
        "same organisation": visitor(books.tenant, customer=books.customer),
    }
    foreign = {
        "nobody": visitor(books.tenant),
        "another chat": visitor(books.tenant, "0" * 26, books.stranger, books.other),
        "another maker's agent": other.agent,
        "another maker's chat": visitor(other.tenant, books.conversation, books.contact),
    }
    with database.read() as session:
        for name, actor in mine.items():
            assert queries.ticket(session, actor, books.ticket.lower()).title, name
            assert queries.open_tickets(session, actor), name
        for name, actor in foreign.items():
            with pytest.raises(NotFound):
                row = queries.ticket(session, actor, books.ticket)
                assert row.tenant_id == actor.tenant_id, name
                raise NotFound("their own ticket of the same number")
            seen = queries.open_tickets(session, actor)
            assert all(row.tenant_id == actor.tenant_id for row in seen), name


def test_a_customer_reads_only_public_lines(database: Database, books: Books) -> None:
    guest = visitor(books.tenant, books.conversation)
    with database.write() as session:
        for text, public in (("the customer is difficult", False), ("part ordered", True)):
            command = CommentTicket(number=books.ticket, text=text, public=public)
            service.comment_ticket(session, books.agent, command)
        reach = ReachCustomer(number=books.ticket, phone="+8675500000000")
        service.note_reach(session, guest, reach)
    with database.read() as session:
        row = queries.ticket(session, guest, books.ticket)
        told = queries.status(session, guest, row)
        lines = queries.history(session, guest, row)
        assert told.public_notes == ["part ordered"]
        assert "difficult" not in str([(line.text, line.data) for line in lines])
        assert "+8675500000000" not in str([line.text for line in lines])


def test_a_customers_ticket_is_theirs_whatever_the_arguments_say(
    database: Database, books: Books
) -> None:
    guest = visitor(books.tenant, books.conversation, books.contact)
    command = OpenTicket(
        title="mine", customer_id=books.other, contact_id=books.stranger, conversation_id="0" * 26,
        serial=books.serial,
    )  # fmt: skip
    with database.write() as session:
        view = service.open_ticket(session, guest, command)
    assert (view.contact_id, view.customer_id) == (books.contact, None)
    assert view.conversation_id == books.conversation


@pytest.mark.parametrize("field", ["contact_id", "customer_id", "conversation_id", "serial"])
def test_a_ticket_refers_only_to_what_this_maker_has(
    database: Database, books: Books, field: str
) -> None:
    other = fill(database, "two")
    foreign = {
        "contact_id": other.contact, "customer_id": other.customer,
        "conversation_id": other.conversation, "serial": other.serial,
    }  # fmt: skip
    for value in (foreign[field], "does-not-exist"):
        with pytest.raises(NotFound):
            Runtime(database).invoke(books.agent, "tickets.open", {"title": "x", field: value})


def test_a_ticket_is_given_only_to_colleagues(database: Database, books: Books) -> None:
    other = fill(database, "two")
    for nobody in (other.agent.user_id, "does-not-exist"):
        with pytest.raises(NotFound), database.write() as session:
            command = ChangeTicket(number=books.ticket, assignee_id=nobody)
            service.change_ticket(session, books.agent, command)
    with database.write() as session:
        command = ChangeTicket(number=books.ticket, assignee_id=books.colleague.user_id)
        assert service.change_ticket(session, books.agent, command).assignee_id
        nobody_again = ChangeTicket(number=books.ticket, assignee_id="")
        assert service.change_ticket(session, books.agent, nobody_again).assignee_id is None


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "x" * 301])
def test_a_title_says_something_in_one_line(title: str, database: Database, books: Books) -> None:
    runtime = Runtime(database)
    for name, rest in (("tickets.open", {}), ("tickets.change", {"number": books.ticket})):
        with pytest.raises(InvalidInput):
            runtime.invoke(books.agent, name, {"title": title, **rest})


def test_a_long_name_does_not_break_the_history(database: Database, books: Books) -> None:
    from dataclasses import replace

    actor = replace(books.agent, name="Wolfgang " * 20)
    with database.write() as session:
        service.comment_ticket(session, actor, CommentTicket(number=books.ticket, text="noted"))


def test_a_page_follows_another_without_gap_or_double(database: Database, books: Books) -> None:
    with database.write() as session:
        for number in range(23):
            service.open_ticket(session, books.agent, OpenTicket(title=f"Leak {number}"))
    seen: list[str] = []
    before = ""
    while True:
        with database.read() as session:
            page = queries.tickets(session, books.agent, before=before, limit=random.randint(1, 7))
            if not page:
                break
            seen.extend(row.number for row in page)
            before = page[-1].id
    assert seen == [f"TK-2026-{n:06d}" for n in range(24, 0, -1)]


@pytest.mark.parametrize("q", ["%", "_", "\\", "%%", "'; drop table ticket; --"])
def test_a_search_is_for_the_letters_themselves(database: Database, books: Books, q: str) -> None:
    with database.read() as session:
        assert queries.tickets(session, books.agent, q=q) == []
        assert len(queries.tickets(session, books.agent, q="pump")) == 1
