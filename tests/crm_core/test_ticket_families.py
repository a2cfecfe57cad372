"""Tickets above, below and inside each other: never a circle, never a line lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from books import Books, fill, visitor
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from careloop.crm_core.tickets import (
    belongings,
    family_queries,
    list_queries,
    merging,
    queries,
    service,
)
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.crm_core.tickets.models import OPEN_STATES, TRANSITIONS, Priority, Ticket, TicketState
from careloop.crm_core.tickets.policy import MAX_DEPTH
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    LinkTicket,
    MergeTicket,
    MoveTicket,
    OpenTicket,
    ReopenTicket,
    SplitTicket,
    TagTicket,
    UnmergeTicket,
    WatchTicket,
)
from careloop.crm_core.tickets.views import DueView
from careloop.kit.clock import FixedClock, iso
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, InvalidInput, NotFound
from careloop.tools.runtime import Runtime

S = TicketState


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


class FamilyMachine(RuleBasedStateMachine):
    """Any sequence of hanging, merging, moving and reopening, beside a model in plain Python."""

    database: Database
    books: Books
    clock: FixedClock
    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.state: dict[str, S] = {}
        self.parent: dict[str, str] = {}
        self.inside: dict[str, str] = {}
        self.before: dict[str, tuple[S, list[str]]] = {}
        self.reopened: dict[str, int] = {}
        self.notes: dict[str, int] = {}

    @initialize(target=numbers)
    def begin(self) -> str:
        return self._opened()

    @rule(target=numbers)
    def open(self) -> str:
        return self._opened()

    def _opened(self) -> str:
        with self._write() as session:
            view = service.open_ticket(session, self.books.agent, OpenTicket(title="Leak"))
        self.state[view.number] = S.NEW
        self.reopened[view.number] = self.notes[view.number] = 0
        return view.number

    @rule(child=numbers, parent=st.one_of(st.just(""), numbers))
    def hang(self, child: str, parent: str) -> None:
        chain = self._above(parent) if parent else []
        wrong = (
            self.state[child] is S.MERGED
            or child == parent
            or (
                bool(parent)
                and self.parent.get(child, "") != parent
                and (
                    self.state[parent] is S.MERGED
                    or child in chain
                    or len(chain) + 2 + self._depth(child) > MAX_DEPTH
                    or (self.state[child] in OPEN_STATES and self.state[parent] not in OPEN_STATES)
                )
            )
        )
        command = ChangeTicket(number=child, parent=parent)
        if self._does(wrong, lambda s: service.change_ticket(s, self.books.agent, command)):
            self.parent[child] = parent

    @rule(source=numbers, into=numbers)
    def merge(self, source: str, into: str) -> None:
        children = [one for one, parent in self.parent.items() if parent == source]
        chain = self._above(into)
        wrong = (
            source == into
            or S.MERGED in (self.state[source], self.state[into])
            or self.state[into] is S.CANCELLED
            or (self.state[source] in OPEN_STATES and self.state[into] not in OPEN_STATES)
            or source in chain
            or (bool(children) and len(chain) + 2 > MAX_DEPTH)
        )
        command = MergeTicket(number=source, into=into, reason="the same")
        if self._does(wrong, lambda s: merging.merge_ticket(s, self.books.agent, command)):
            self.before[source] = (self.state[source], children)
            self.state[source], self.inside[source] = S.MERGED, into
            self.parent |= dict.fromkeys(children, into)

    @rule(number=numbers)
    def unmerge(self, number: str) -> None:
        wrong = self.state[number] is not S.MERGED
        command = UnmergeTicket(number=number, reason="a mistake")
        if self._does(wrong, lambda s: merging.unmerge_ticket(s, self.books.agent, command)):
            state, children = self.before.pop(number)
            target = self.inside.pop(number)
            self.state[number] = state
            for child in children:
                if self.parent.get(child) == target:
                    self.parent[child] = number

    @rule(number=numbers, state=st.sampled_from(TicketState))
    def move(self, number: str, state: S) -> None:
        present = self.state[number]
        waiting = any(
            self.state[one] in OPEN_STATES
            for one, parent in self.parent.items()
            if parent == number
        )
        ends = state in {S.RESOLVED, S.CANCELLED} and present in OPEN_STATES
        wrong = state not in TRANSITIONS[present] or (ends and waiting)
        command = MoveTicket(number=number, state=state, reason="so it is")
        if self._does(wrong, lambda s: service.move_ticket(s, self.books.agent, command)):
            self.state[number] = state
            if present in {S.RESOLVED, S.CLOSED} and state in OPEN_STATES:
                self.reopened[number] += 1

    @rule(number=numbers, days=st.sampled_from([0, 13, 20]), target=numbers)
    def reopen(self, number: str, days: int) -> str:
        self.clock.advance(timedelta(days=days))
        wrong = self.state[number] not in {S.RESOLVED, S.CLOSED}
        command = ReopenTicket(number=number, reason="it leaks again")
        with self._write() as session:
            row = queries.ticket(session, self.books.agent, number)
            ended = row.closed_at or row.resolved_at
            siblings = row.children_count
        young = ended is not None and self.clock.now() - ended <= timedelta(days=14)
        depth = len(self._above(number)) + 1
        view = self._does(wrong, lambda s: service.reopen_ticket(s, self.books.agent, command))
        if not view:
            return number
        if young:
            assert view.number == number
            self.state[number] = S.IN_PROGRESS
            self.reopened[number] += 1
            return number
        assert view.number not in self.state
        assert view.parent == (number if depth < MAX_DEPTH and siblings < 100 else None)
        self.state[view.number] = S.NEW
        self.parent[view.number] = view.parent or ""
        self.reopened[view.number] = self.notes[view.number] = 0
        return str(view.number)

    @rule(number=numbers)
    def comment(self, number: str) -> None:
        command = CommentTicket(number=number, text="noted")
        wrong = self.state[number] is S.MERGED
        if self._does(wrong, lambda s: service.comment_ticket(s, self.books.agent, command)):
            self.notes[number] += 1

    @invariant()
    def the_books_are_the_model(self) -> None:
        with self.database.read() as session:
            rows = {n: queries.ticket(session, self.books.agent, n) for n in self.state}
            for number, row in rows.items():
                assert row.state == self.state[number]
                assert row.parent == self.parent.get(number, "")
                assert row.merged_into == self.inside.get(number, "")
                assert row.reopened_count == self.reopened[number]
                below = sum(parent == number for parent in self.parent.values())
                assert row.children_count == below
                assert row.merged_count == sum(t == number for t in self.inside.values())
                assert len(self._above(number)) < MAX_DEPTH
                own = queries.history(session, self.books.agent, row)
                assert [line.seq for line in own] == list(range(1, len(own) + 1))
                told = queries.whole_history(session, self.books.agent, row)
                family = [n for n in self.state if number in (n, *self._targets(n))]
                comments = sum(self.notes[n] for n in family)
                assert sum(line.kind == "comment" for line in told) == comments

    @contextmanager
    def _write(self) -> Iterator[Session]:
        self.clock.advance(timedelta(seconds=1))
        with self.database.write() as session:
            yield session

    def _does(self, wrong: bool, act):  # type: ignore[no-untyped-def]
        try:
            with self._write() as session:
                view = act(session)
        except CareloopError as refused:
            assert wrong, refused.message
            return None
        assert not wrong
        return view

    def _above(self, number: str) -> list[str]:
        found = []
        while number := self.parent.get(number, ""):
            found.append(number)
        return found

    def _depth(self, number: str) -> int:
        below = [one for one, parent in self.parent.items() if parent == number]
        return 1 + max(map(self._depth, below)) if below else 0

    def _targets(self, number: str) -> list[str]:
        found = []
        while number := self.inside.get(number, ""):
            found.append(number)
        return found


def test_any_sequence_of_acts_keeps_the_family_whole(
    database: Database, books: Books, clock: FixedClock
) -> None:
    FamilyMachine.database, FamilyMachine.books, FamilyMachine.clock = database, books, clock
    run_state_machine_as_test(
        FamilyMachine,
        settings=settings(
            max_examples=10, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def opened(database: Database, books: Books, **facts: object) -> str:
    command = OpenTicket.model_validate({"title": "Pump leaks", **facts})
    with database.write() as session:
        return service.open_ticket(session, books.agent, command).number


def test_a_merge_takes_watchers_conversation_and_files_along_and_gives_them_back(
    database: Database, books: Books
) -> None:
    target = opened(database, books, customer_id=books.customer)
    number = opened(database, books, contact_id=books.contact, conversation_id=books.conversation)
    guest = visitor(books.tenant, books.conversation)
    with database.write() as session:
        watch = WatchTicket(number=number, user_id=books.colleague.user_id)
        belongings.watch_ticket(session, books.agent, watch)
        note = CommentTicket(number=number, text="bring a ladder", public=True)
        service.comment_ticket(session, books.agent, note)
    with database.write() as session:
        merging.merge_ticket(session, books.agent, MergeTicket(number=number, into=target))
    with database.read() as session:
        row = queries.ticket(session, guest, target)
        told = queries.whole_history(session, books.agent, row)
        assert ("bring a ladder", number) in [(one.text, one.ticket) for one in told]
        assert family_queries.watchers(session, books.tenant, row.id) == [books.colleague.user_id]
        own = queries.status(session, guest, queries.ticket(session, guest, number))
        assert own.number == target
        still = [one.number for one in queries.open_tickets(session, guest)]
        assert target in still
        assert number not in still
    for act, command in (
        (service.comment_ticket, CommentTicket(number=number, text="x")),
        (merging.merge_ticket, MergeTicket(number=number, into=target)),
        (service.change_ticket, ChangeTicket(number=number, title="x")),
    ):
        with pytest.raises(Conflict, match=target), database.write() as session:
            act(session, books.agent, command)  # type: ignore[operator]
    with database.write() as session:
        command = UnmergeTicket(number=number, reason="another pump")
        assert merging.unmerge_ticket(session, books.agent, command).state == "new"
    with database.read() as session:
        with pytest.raises(NotFound):
            queries.ticket(session, guest, target)
        row = queries.ticket(session, books.agent, target)
        assert family_queries.watchers(session, books.tenant, row.id) == []


def test_tickets_of_two_customers_are_never_merged(database: Database, books: Books) -> None:
    other = opened(database, books, customer_id=books.other)
    with pytest.raises(Conflict, match="different customers"), database.write() as session:
        merging.merge_ticket(session, books.agent, MergeTicket(number=other, into=books.ticket))


def test_two_merges_crosswise_end_in_one_ticket(database: Database, books: Books) -> None:
    pair = [opened(database, books), opened(database, books)]
    runtime, barrier, refused = Runtime(database), Barrier(2), []

    def merge(source: str, target: str) -> None:
        barrier.wait()
        try:
            runtime.invoke(books.agent, "tickets.merge", MergeTicket(number=source, into=target))
        except Conflict as error:
            refused.append(error)

    threads = [Thread(target=merge, args=args) for args in (tuple(pair), tuple(pair[::-1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.read() as session:
        states = sorted(queries.ticket(session, books.agent, one).state for one in pair)
    assert states == ["merged", "new"]
    assert len(refused) == 1


def test_a_split_takes_lines_and_people_along(database: Database, books: Books) -> None:
    number = opened(database, books, serial=books.serial, contact_id=books.contact)
    with database.write() as session:
        for text, public in (("pump", False), ("and the door", True)):
            command = CommentTicket(number=number, text=text, public=public)
            service.comment_ticket(session, books.agent, command)
    with database.write() as session:
        command = SplitTicket(number=number, title="Door", lines=[3], as_child=True)
        born = merging.split_ticket(session, books.agent, command)
    assert (born.contact_id, born.customer_id, born.serial, born.parent) == (
        books.contact, books.customer, books.serial, number,
    )  # fmt: skip
    with database.read() as session:
        row = queries.ticket(session, books.agent, born.number)
        lines = queries.history(session, books.agent, row)
        copied = [(one.text, one.public) for one in lines if one.kind == "comment"]
        assert copied == [("and the door", True)]
    with pytest.raises(InvalidInput), database.write() as session:
        command = SplitTicket(number=number, title="Door", lines=[99])
        merging.split_ticket(session, books.agent, command)


def test_links_show_on_both_sides_and_go_away(database: Database, books: Books) -> None:
    number, other = opened(database, books), opened(database, books)
    link = LinkTicket(number=other, kind="caused_by", target=number)
    for _ in range(2):
        with database.write() as session:
            belongings.link_ticket(session, books.agent, link)
    with database.read() as session:
        row = queries.ticket(session, books.agent, number)
        (found,) = family_queries.links(session, books.agent, row)
        assert (found.target, found.inverse, found.kind) == (other, True, "caused_by")
    with database.write() as session:
        gone = link.model_copy(update={"remove": True})
        belongings.link_ticket(session, books.agent, gone)
    with database.read() as session:
        row = queries.ticket(session, books.agent, number)
        assert family_queries.links(session, books.agent, row) == []


SORTS = ("newest", "due", "updated", "priority")


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_pages_without_gap_or_double(
    database: Database, books: Books, clock: FixedClock, sort: str
) -> None:
    order = list(Priority)
    with database.write() as session:
        for number in range(23):
            clock.advance(timedelta(minutes=number % 3))
            view = service.open_ticket(
                session, books.agent,
                OpenTicket(title=f"n {number}", priority=order[number % 4], tags=["one by one"]),
            )  # fmt: skip
            row = queries.ticket(session, books.agent, view.number)
            if number % 5:
                at = clock.now() + timedelta(hours=number % 4)
                due = DueView(kind="fix", due_at=iso(at), state="running")
                service.set_due(session, books.tenant, row.id, due)
    seen: list[Ticket] = []
    after = None
    with database.read() as session:
        for _ in range(30):
            rows, after = list_queries.page(
                session,
                books.agent,
                TicketFilter(tags=["one by one"]),
                sort,
                after,
                4,  # type: ignore[arg-type]
            )
            seen += rows
            if after is None:
                break
        keys = {
            "newest": lambda t: [t.id],
            "updated": lambda t: [t.updated_at, t.id],
            "priority": lambda t: [order.index(Priority(t.priority)), t.id],
        }
        if sort == "due":
            dated = [t for t in seen if t.due_at]
            assert dated == sorted(dated, key=lambda t: (t.due_at, t.id))
            assert seen[len(dated) :] == sorted(
                (t for t in seen if not t.due_at), key=lambda t: t.id, reverse=True
            )
        else:
            assert seen == sorted(seen, key=keys[sort], reverse=True)
        assert len({t.id for t in seen}) == len(seen) == 23


def test_each_filter_finds_its_own(database: Database, books: Books, clock: FixedClock) -> None:
    above = opened(database, books)
    number = opened(
        database, books, type="complaint", fields={"about": "invoice"}, tags=["VIP", "money"],
        customer_id=books.other, parent=above,
    )  # fmt: skip
    with database.write() as session:
        row = queries.ticket(session, books.agent, number)
        due = DueView(kind="fix", due_at=iso(clock.now()), state="breached")
        service.set_due(session, books.tenant, row.id, due)
        change = ChangeTicket(number=number, assignee_id=books.agent.user_id, engineer="E-1")
        service.change_ticket(session, books.agent, change)
        belongings.watch_ticket(session, books.agent, WatchTicket(number=number))
    moment = clock.now() + timedelta(seconds=1)
    filters = (
        {"types": ["complaint"]}, {"tags": ["vip"]}, {"tags": ["VIP", "money"]},
        {"customer_id": books.other}, {"parent": above}, {"assignee_id": "me"},
        {"assignee_id": books.agent.user_id}, {"engineer": "E-1"},
        {"watching": True, "parent": above}, {"due_before": moment, "parent": above},
        {"due_states": ["breached"], "types": ["complaint"]}, {"q": number[-6:]},
        {"q": "vip"}, {"states": ["new"], "types": ["complaint"]},
        {"created_until": moment, "types": ["complaint"]},
    )  # fmt: skip
    with database.read() as session:
        for one in filters:
            for sort in SORTS:
                rows, _ = list_queries.page(
                    session,
                    books.agent,
                    TicketFilter(**one),
                    sort,  # type: ignore[arg-type]
                )
                assert [row.number for row in rows] == [number], (one, sort)
        for one in (
            {"types": ["return"]}, {"tags": ["vip", "other"]}, {"due_states": ["warning"]},
            {"created_from": moment}, {"q": "unheard"},
        ):  # fmt: skip
            assert list_queries.page(session, books.agent, TicketFilter(**one))[0] == []
        rows, _ = list_queries.page(session, books.agent, TicketFilter(assignee_id="none"))
        found = [row.number for row in rows]
        assert above in found
        assert number not in found


def test_tags_on_and_off_are_the_same_on_the_ticket_and_in_the_index(
    database: Database, books: Books
) -> None:
    number = opened(database, books)
    for add, remove, left in (
        (["Hot", " hot ", "wet"], [], ["hot", "wet"]),
        ([], ["hot", "cold"], ["wet"]),
        (["dry"], ["dry", "wet"], ["dry"]),
    ):
        with database.write() as session:
            command = TagTicket(number=number, add=add, remove=remove)
            assert belongings.tag_ticket(session, books.agent, command).tags == left
        with database.read() as session:
            known = {tag for tag, _ in list_queries.tag_counts(session, books.agent)}
            assert known & {"hot", "wet", "dry", "cold"} == set(left)
