"""What comes after a repair: clocks, notices, the customer's word, and whether it lasted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from books import Books, fill, visitor

from careloop.crm_core.notices import queries as notices
from careloop.crm_core.tickets import belongings, list_queries, queries, service
from careloop.crm_core.tickets.events import (
    TicketConfirmed,
    TicketMoved,
    TicketReopened,
    TicketReplied,
)
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.tickets.schemas import (
    ChangeTicket,
    CommentTicket,
    ConfirmTicket,
    MoveTicket,
    OpenTicket,
    ReopenTicket,
    WatchTicket,
)
from careloop.crm_core.tickets.views import TicketView
from careloop.kit.actor import Actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, NotFound

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


def opened(database: Database, actor: Actor, **facts: object) -> str:
    command = OpenTicket.model_validate({"title": "Pump leaks", **facts})
    with database.write() as session:
        return service.open_ticket(session, actor, command).number


def moved(database: Database, books: Books, number: str, *states: str, **facts: str) -> TicketView:
    for state in states:
        command = MoveTicket(number=number, state=TicketState(state), reason="so", **facts)
        with database.write() as session:
            view = service.move_ticket(session, books.agent, command)
    return view


def test_a_repair_lasted_unless_the_same_component_failed_within_thirty_days(
    database: Database, books: Books, clock: FixedClock
) -> None:
    facts = {"serial": books.serial}
    lasted, returned, unknown, young = (opened(database, books.agent, **facts) for _ in range(4))
    nowhere = opened(database, books.agent)
    for number, part in ((lasted, "valve"), (returned, "pump"), (unknown, ""), (nowhere, "")):
        moved(database, books, number, "resolved", "closed", component=part)
    clock.advance(20 * DAY)
    again = opened(database, books.agent, **facts)
    with database.write() as session:
        change = ChangeTicket(number=again, component="pump")
        service.change_ticket(session, books.agent, change)
    moved(database, books, young, "resolved", "closed")
    with database.write() as session:
        assert service.settle_durable(session, clock.now()) == 0
    clock.advance(11 * DAY)
    with database.write() as session:
        assert service.settle_durable(session, clock.now()) == 4
        assert service.settle_durable(session, clock.now()) == 0
    wanted = {lasted: True, returned: False, unknown: False, nowhere: None, young: None}
    with database.read() as session:
        for number, durable in wanted.items():
            row = queries.ticket(session, books.agent, number)
            assert row.durable is durable, number
            assert (row.durable_at is not None) == (number != young)


def test_a_ticket_reopened_late_goes_on_in_a_new_one_below(
    database: Database, books: Books, clock: FixedClock
) -> None:
    number = opened(database, books.agent, serial=books.serial, contact_id=books.contact)
    moved(database, books, number, "resolved", "closed")
    guest = visitor(books.tenant, contact=books.contact)
    clock.advance(15 * DAY)
    with database.write() as session:
        command = ReopenTicket(number=number, reason="leaks again")
        view = service.reopen_ticket(session, guest, command)
    assert (view.parent, view.state, view.serial) == (number, "new", books.serial)
    assert view.contact_id == books.contact
    with database.read() as session:
        rows, _ = list_queries.page(session, books.agent, TicketFilter(q="leaks", parent=number))
        assert [row.number for row in rows] == [view.number]


def test_a_customer_confirms_only_what_is_theirs_and_done(database: Database, books: Books) -> None:
    number = opened(database, books.agent, contact_id=books.contact)
    guest = visitor(books.tenant, contact=books.contact)
    command = ConfirmTicket(number=number, by="sensor", note="runs")
    with pytest.raises(Conflict), database.write() as session:
        service.confirm_ticket(session, guest, command)
    moved(database, books, number, "resolved")
    with pytest.raises(NotFound), database.write() as session:
        stranger = visitor(books.tenant, contact=books.stranger)
        service.confirm_ticket(session, stranger, command)
    for _ in range(2):
        with database.write() as session:
            view = service.confirm_ticket(session, guest, command)
            assert (view.state, view.confirmed_by) == ("closed", "customer")
    with database.read() as session:
        row = queries.ticket(session, books.agent, number)
        kinds = [line.kind for line in queries.history(session, books.agent, row)]
        assert kinds.count("confirmed") == 1


def test_events_tell_what_clocks_need(database: Database, books: Books) -> None:
    told: list[object] = []
    for kind in (TicketReplied, TicketConfirmed, TicketReopened, TicketMoved):
        database.bus.on(kind, lambda _, event: told.append(event))
    number = opened(database, books.agent, contact_id=books.contact)
    guest = visitor(books.tenant, contact=books.contact)
    with database.write() as session:
        for actor, public in ((guest, True), (books.agent, False), (books.agent, True),
                              (books.agent, True)):  # fmt: skip
            comment = CommentTicket(number=number, text="x", public=public)
            service.comment_ticket(session, actor, comment)
    assert [type(event).__name__ for event in told] == ["TicketReplied"]
    moved(database, books, number, "resolved")
    with database.write() as session:
        service.confirm_ticket(session, guest, ConfirmTicket(number=number))
        service.reopen_ticket(session, guest, ReopenTicket(number=number, reason="leaks"))
    assert [type(event).__name__ for event in told[1:]] == [
        "TicketMoved", "TicketConfirmed", "TicketMoved", "TicketMoved", "TicketReopened",
    ]  # fmt: skip


def test_watchers_hear_of_others_and_not_of_themselves(database: Database, books: Books) -> None:
    number = opened(database, books.agent)
    with database.write() as session:
        before = notices.unread_count(session, books.colleague)
        watch = WatchTicket(number=number, user_id=books.colleague.user_id)
        belongings.watch_ticket(session, books.agent, watch)
        for actor in (books.agent, books.colleague):
            service.comment_ticket(session, actor, CommentTicket(number=number, text="x"))
    with database.read() as session:
        assert notices.unread_count(session, books.colleague) == before + 1


def test_an_incomplete_ticket_of_the_bot_says_what_is_missing(
    database: Database, books: Books
) -> None:
    guest = visitor(books.tenant, books.conversation, books.contact)
    number = opened(database, guest, type="return")
    with database.read() as session:
        view = queries.ticket_view(queries.ticket(session, books.agent, number))
    assert view.missing == ["serial", "return_reason", "condition"]
    with pytest.raises(InvalidInput, match="return_reason"):
        opened(database, books.agent, type="return", serial=books.serial)
    with database.write() as session:
        change = ChangeTicket(
            number=number, serial=books.serial, fields={"return_reason": "defective"}
        )
        assert service.change_ticket(session, books.agent, change).missing == ["condition"]
        other = ChangeTicket(number=number, type="incident")  # type: ignore[arg-type]
        view = service.change_ticket(session, books.agent, other)
    assert (view.missing, view.fields) == ([], {})


def test_a_customer_hears_nothing_of_contract_and_clocks(database: Database, books: Books) -> None:
    guest = visitor(books.tenant, books.conversation)
    command = OpenTicket(title="Pump leaks", serial=books.serial)
    with database.write() as session:
        view = service.open_ticket(session, guest, command)
        row = queries.ticket(session, books.agent, view.number)
    assert (view.contract, view.due) == ("", None)
    assert row.contract
