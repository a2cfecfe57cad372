"""One answer to each message, one owner at a time, nothing lost, notes for colleagues alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from books import Books, fill, visitor
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries, saved_replies, service
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.conversations.schemas import (
    AddNote,
    AssignConversation,
    Claim,
    PickConversation,
    Rate,
    ReplyAsPerson,
    RequestPerson,
    SaveReply,
    TurnEnd,
    TurnResult,
)
from careloop.kit.actor import Actor
from careloop.kit.blobs import inspect
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage, Reply
from careloop.tools.runtime import Runtime

LEASE = 60


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


def begin(session: Session, tenant: str) -> str:
    return service.start(session, tenant, "web", "default", new_id(), "en").id


def say(
    session: Session, tenant: str, conversation: str, text: str, client_id: str | None = None
) -> Any:
    message = InboundMessage(channel="web", sender="", external_id=client_id or new_id(), text=text)
    return service.receive(session, conversation, tenant, message, 1000)


def answer(text: str) -> TurnResult:
    return TurnResult(replies=[Reply(text=text)], memory={"asset": "x", "question": text})


class ConversationMachine(RuleBasedStateMachine):
    """Customers, bot turns and two agents act on one conversation in any order."""

    database: Database
    books: Books
    clock: FixedClock

    def __init__(self) -> None:
        super().__init__()
        self.tenant = self.books.tenant
        with self.database.write() as session:
            self.id = begin(session, self.tenant)
        self.guest = visitor(self.tenant, self.id)
        self.claims: list[Claim] = []
        self.used: list[str] = []
        self.answered: dict[int, int] = {}
        self.person_since: int | None = None
        self.sent = 0

    def pick(self) -> PickConversation:
        return PickConversation(conversation_id=self.id)

    def row(self, session: Session) -> Conversation:
        return queries.by_id(session, self.tenant, self.id)

    def try_to(self, act: Any, actor: Actor, command: Any) -> bool:
        self.clock.advance(timedelta(seconds=1))
        try:
            with self.database.write() as session:
                act(session, actor, command)
        except CareloopError:
            return False
        return True

    @rule(text=st.sampled_from(["hello", "it leaks", "E-217 again"]))
    def customer_writes(self, text: str) -> None:
        self.clock.advance(timedelta(seconds=1))
        client_id = new_id()
        with self.database.write() as session:
            say(session, self.tenant, self.id, text, client_id)
        self.used.append(client_id)
        self.sent += 1

    @precondition(lambda self: self.used)
    @rule(data=st.data())
    def a_message_arrives_twice(self, data: Any) -> None:
        client_id = data.draw(st.sampled_from(self.used))
        with self.database.write() as session:
            before = self.row(session).last_seq
            again = say(session, self.tenant, self.id, "whatever it says now", client_id)
            assert again.client_msg_id == client_id
            assert self.row(session).last_seq == before

    @rule()
    def bot_claims(self) -> None:
        with self.database.write() as session:
            row = self.row(session)
            free = row.turn_lease_until is None or row.turn_lease_until <= self.clock.now()
            wanted = row.awaits_bot and free
            claim = service.claim_turn(session, self.tenant, self.id, LEASE)
        assert (claim is not None) == wanted
        if claim is not None:
            self.claims.append(claim)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def bot_finishes(self, data: Any) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        self.claims.remove(claim)
        with self.database.write() as session:
            row = self.row(session)
            owner, state, since = row.owner, row.state, row.answered_seq
            end = service.finish_turn(session, claim, answer(f"answer to {claim.upto_seq}"))
        if end is TurnEnd.LOST:
            return
        assert owner != "person", "the bot spoke after a person took over"
        assert state == "open", "the bot spoke after the end"
        assert claim.upto_seq not in self.answered, "a message was answered twice"
        self.answered[claim.upto_seq] = since

    @rule()
    def time_passes(self) -> None:
        self.clock.advance(timedelta(seconds=LEASE + 1))

    @rule(by_staff=st.booleans())
    def a_person_is_wanted(self, by_staff: bool) -> None:
        actor = self.books.agent if by_staff else self.guest
        command = RequestPerson(conversation_id=self.id, reason="asked_for_human")
        with self.database.write() as session:
            row = self.row(session)
            before, opened = row.owner, row.is_open
            owner = service.request_person(session, actor, command)
        assert owner == ("queue" if before == "bot" and opened else before)

    @rule(second=st.booleans())
    def an_agent_takes_over(self, second: bool) -> None:
        agent = self.books.colleague if second else self.books.agent
        self.try_to(service.take_over, agent, self.pick())

    @rule(second=st.booleans())
    def an_agent_replies(self, second: bool) -> None:
        agent = self.books.colleague if second else self.books.agent
        with self.database.read() as session:
            row = self.row(session)
            mine = row.owner != "person" or row.owner_user_id == agent.user_id
            allowed = mine and (row.is_open or row.owner == "person")
        command = ReplyAsPerson(conversation_id=self.id, text="I am here")
        assert self.try_to(service.reply_as_person, agent, command) == allowed

    @rule()
    def an_agent_notes(self) -> None:
        command = AddNote(conversation_id=self.id, text="NOTE for colleagues")
        assert self.try_to(service.add_note, self.books.agent, command)

    @rule()
    def hand_back(self) -> None:
        self.try_to(service.hand_back, self.books.agent, self.pick())

    @rule()
    def give_to_the_queue(self) -> None:
        command = AssignConversation(conversation_id=self.id)
        self.try_to(lambda s, a, c: service.assign(s, a, c, ""), self.books.agent, command)

    @rule(by_guest=st.booleans())
    def close(self, by_guest: bool) -> None:
        actor = self.guest if by_guest else self.books.agent
        self.try_to(service.close, actor, self.pick())

    @rule()
    def reopen(self) -> None:
        self.try_to(service.reopen, self.books.colleague, self.pick())

    @invariant()
    def the_row_makes_sense(self) -> None:
        with self.database.read() as session:
            row = self.row(session)
            assert row.answered_seq <= row.last_customer_seq <= row.last_seq
            assert (row.owner == "person") == (row.owner_user_id is not None)
            assert row.waiting_since is None or (row.owner == "queue" and row.is_open)
            assert row.closed_at is None or not row.is_open
            if row.turn_token is not None:
                assert row.is_open
                assert row.owner != "person"

    @invariant()
    def the_messages_stand_in_order_and_nothing_is_lost(self) -> None:
        with self.database.read() as session:
            desk = queries.messages(session, self.books.agent, self.id)
            seen = queries.messages(session, self.guest, self.id)
            seqs = [line.seq for line in desk]
            assert seqs == list(range(1, len(desk) + 1))
            customers = [line.client_msg_id for line in desk if line.author == "customer"]
            assert customers == self.used
            assert [line.seq for line in seen] == [d.seq for d in desk if not d.internal]
            assert all("NOTE" not in line.text for line in seen)
            row = self.row(session)
            assert "NOTE" not in row.last_snippet + row.subject


def test_any_order_of_acts_keeps_the_promises(
    database: Database, books: Books, clock: FixedClock
) -> None:
    machine = ConversationMachine
    machine.database, machine.books, machine.clock = database, books, clock
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_messages_of_many_threads_are_all_kept_in_one_order(
    database: Database, books: Books
) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)

    def act(number: int) -> None:
        # Each message is sent twice, as a client does that lost the answer.
        for _ in range(2):
            with database.write() as session:
                say(session, books.tenant, talk, f"m{number}", f"client-{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(24)))
    with database.read() as session:
        lines = queries.messages(session, books.agent, talk)
        assert [line.seq for line in lines] == list(range(1, 25))
        assert {line.text for line in lines} == {f"m{n}" for n in range(24)}


def test_only_one_of_many_workers_gets_the_turn(database: Database, books: Books) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
        say(session, books.tenant, talk, "hello")

    def act(_: int) -> Claim | None:
        with database.write() as session:
            return service.claim_turn(session, books.tenant, talk, LEASE)

    with ThreadPoolExecutor(8) as pool:
        claims = [claim for claim in pool.map(act, range(16)) if claim]
    assert len(claims) == 1


def test_a_lost_turn_is_done_by_another_and_the_first_stays_silent(
    database: Database, books: Books, clock: FixedClock
) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
        say(session, books.tenant, talk, "hello")
        first = service.claim_turn(session, books.tenant, talk, LEASE)
    clock.advance(timedelta(seconds=LEASE))
    with database.read() as session:
        assert talk in [row.id for row in queries.unanswered(session, clock.now())]
    with database.write() as session:
        second = service.claim_turn(session, books.tenant, talk, LEASE)
        assert first
        assert second
        assert second.attempts == 2
        assert service.finish_turn(session, second, answer("second")) is TurnEnd.DONE
        assert service.finish_turn(session, first, answer("first")) is TurnEnd.LOST
        texts = [line.text for line in queries.messages(session, books.agent, talk)]
    assert texts == ["hello", "second"]


def test_what_comes_during_a_turn_is_answered_next(database: Database, books: Books) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
        say(session, books.tenant, talk, "one")
        claim = service.claim_turn(session, books.tenant, talk, LEASE)
        say(session, books.tenant, talk, "two")
        assert claim
        assert service.claim_turn(session, books.tenant, talk, LEASE) is None
        assert service.finish_turn(session, claim, answer("to one")) is TurnEnd.MORE
        following = service.claim_turn(session, books.tenant, talk, LEASE)
    assert following
    assert following.upto_seq == 2


def test_a_bot_turn_that_a_person_or_the_end_overtakes_says_nothing(
    database: Database, books: Books
) -> None:
    pick = PickConversation
    for overtake in ("take", "reply", "close", "close and reopen"):
        with database.write() as session:
            talk = begin(session, books.tenant)
            say(session, books.tenant, talk, "hello")
            claim = service.claim_turn(session, books.tenant, talk, LEASE)
            assert claim
            if overtake == "take":
                service.take_over(session, books.agent, pick(conversation_id=talk))
            elif overtake == "reply":
                command = ReplyAsPerson(conversation_id=talk, text="hi")
                service.reply_as_person(session, books.agent, command)
            else:
                service.close(session, books.agent, pick(conversation_id=talk))
            if overtake == "close and reopen":
                service.reopen(session, books.agent, pick(conversation_id=talk))
            assert service.finish_turn(session, claim, answer("too late")) is TurnEnd.LOST
            authors = {line.author for line in queries.messages(session, books.agent, talk)}
        assert "bot" not in authors, overtake


def test_two_agents_reach_for_the_same_conversation(database: Database, books: Books) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
        say(session, books.tenant, talk, "hello")
    runtime = Runtime(database)

    def act(agent: Actor) -> bool:
        command = ReplyAsPerson(conversation_id=talk, text=f"hello from {agent.name}")
        try:
            runtime.invoke(agent, "conversations.reply", command)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(act, [books.agent, books.colleague])) == 1
    with database.read() as session:
        lines = queries.messages(session, books.agent, talk)
        row = queries.by_id(session, books.tenant, talk)
        (reply,) = [line for line in lines if line.author == "agent"]
        assert reply.author_user_id == row.owner_user_id


def test_handing_back_forgets_the_old_question(database: Database, books: Books) -> None:
    pick = PickConversation
    with database.write() as session:
        talk = begin(session, books.tenant)
        say(session, books.tenant, talk, "E-217?")
        claim = service.claim_turn(session, books.tenant, talk, LEASE)
        assert claim
        service.finish_turn(session, claim, answer("do this"))
        service.take_over(session, books.agent, pick(conversation_id=talk))
        say(session, books.tenant, talk, "are you a person?")
        service.hand_back(session, books.agent, pick(conversation_id=talk))
        assert queries.by_id(session, books.tenant, talk).memory == {"asset": "x"}
        assert service.claim_turn(session, books.tenant, talk, LEASE) is None
        say(session, books.tenant, talk, "another thing")
        assert service.claim_turn(session, books.tenant, talk, LEASE) is not None


def test_the_queue_shows_the_longest_wait_first_and_pages_keep_together(
    database: Database, books: Books, clock: FixedClock
) -> None:
    talks: list[str] = []
    for _ in range(9):
        clock.advance(timedelta(minutes=1))
        with database.write() as session:
            talk = begin(session, books.tenant)
            say(session, books.tenant, talk, "help")
            command = RequestPerson(conversation_id=talk, reason="anger")
            service.request_person(session, books.agent, command)
        talks.append(talk)
    clock.advance(timedelta(minutes=1))
    with database.write() as session:
        say(session, books.tenant, talks[0], "hello?")
    for box, wanted in (("queue", talks), ("all", None)):
        seen: list[str] = []
        cursor = ""
        while True:
            with database.read() as session:
                page = queries.conversations(session, books.agent, box, "", cursor, 4)
                if not page:
                    break
                seen.extend(row.id for row in page)
                cursor = queries.cursor_of(page[-1], box)
        assert len(seen) == len(set(seen))
        if wanted is None:
            assert seen[0] == talks[0], "the latest message first"
            assert set(seen) == {*talks, books.conversation}
        else:
            assert seen == wanted


@pytest.mark.parametrize("cursor", ["x", "|", "2026-13-01|a", "\x00", "99999"])
def test_a_cursor_that_nobody_gave_is_refused(
    database: Database, books: Books, cursor: str
) -> None:
    for box in ("all", "queue"):
        with database.read() as session, pytest.raises(InvalidInput):
            queries.conversations(session, books.agent, box, "", cursor)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r", "\u200b\ufeff", "\x00\x07\x1b"])
def test_nothing_is_no_message(database: Database, books: Books, text: str) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
    with pytest.raises(InvalidInput), database.write() as session:
        say(session, books.tenant, talk, text)
    with pytest.raises(InvalidInput), database.write() as session:
        service.reply_as_person(
            session, books.agent, ReplyAsPerson(conversation_id=talk, text=text)
        )
    with database.read() as session:
        assert queries.by_id(session, books.tenant, talk).last_seq == 0


def test_a_long_message_is_cut_and_marked(database: Database, books: Books) -> None:
    with database.write() as session:
        talk = begin(session, books.tenant)
        row = say(session, books.tenant, talk, "长" * 5000)
        assert (len(row.text), row.truncated) == (1000, True)
        short = say(session, books.tenant, talk, "😀" * 1000)
        assert (len(short.text), short.truncated) == (1000, False)


def test_a_file_belongs_to_one_message_of_its_conversation(
    database: Database, books: Books
) -> None:
    content = inspect(b"a note", 100)
    with database.write() as session:
        talk, other = begin(session, books.tenant), begin(session, books.tenant)
        file = service.store_attachment(session, books.tenant, talk, "../../etc/passwd", content)
        file_id = file.id
        assert file.name == "passwd"

    def send(conversation: str, client_id: str, *ids: str) -> None:
        message = InboundMessage(
            channel="web", sender="", external_id=client_id, attachment_ids=list(ids)
        )
        with database.write() as session:
            service.receive(session, conversation, books.tenant, message, 1000)

    with pytest.raises(NotFound):
        send(other, "c-1", file_id)
    with pytest.raises(NotFound):
        send(talk, "c-2", file_id, "does-not-exist")
    send(talk, "c-3", file_id, file_id)
    with pytest.raises(NotFound):
        send(talk, "c-4", file_id)
    send(talk, "c-3", file_id)


def test_loose_files_do_not_pile_up(database: Database, books: Books) -> None:
    content = inspect(b"a note", 100)
    with database.write() as session:
        talk = begin(session, books.tenant)
        for number in range(service.MAX_ATTACHMENTS):
            service.store_attachment(session, books.tenant, talk, f"{number}.txt", content)
    with pytest.raises(Conflict), database.write() as session:
        service.store_attachment(session, books.tenant, talk, "one more.txt", content)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("C:\\Users\\Ada\\photo.jpg", "photo.jpg"),
        ("/etc/../passwd", "passwd"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie: x"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "file"),
        ("..", ".."),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_files_name_is_for_display_alone(name: str, shown: str) -> None:
    assert service.safe_name(name) == shown


def test_a_rating_is_the_guests_own(database: Database, books: Books) -> None:
    guest = visitor(books.tenant, books.conversation)
    with database.write() as session:
        service.rate(session, guest, Rate(score=2, comment=" slow "))
        service.rate(session, guest, Rate(score=4))
        assert queries.by_id(session, books.tenant, books.conversation).rating == 4
    with pytest.raises(NotFound), database.write() as session:
        service.rate(session, visitor(books.tenant), Rate(score=1))


def test_a_saved_reply_is_overwritten_not_doubled(database: Database, books: Books) -> None:
    with database.write() as session:
        for text in ("hello", "good day"):
            command = SaveReply(shortcut="hi", language="en", title="Greeting", text=text)
            view = saved_replies.save_reply(session, books.agent, command)
        assert [r.text for r in queries.saved_replies(session, books.agent)] == ["good day"]
        gone = saved_replies.delete_reply(session, books.agent, view.id)
        assert gone.text == "good day"
    with pytest.raises(NotFound), database.write() as session:
        saved_replies.delete_reply(session, books.agent, view.id)


def test_the_expected_wait_is_the_median_of_late(
    database: Database, books: Books, clock: FixedClock
) -> None:
    for minutes in (2, 4, 30):
        with database.write() as session:
            assert queries.median_wait_minutes(session, books.tenant) is None
            talk = begin(session, books.tenant)
            command = RequestPerson(conversation_id=talk, reason="anger")
            service.request_person(session, books.agent, command)
        clock.advance(timedelta(minutes=minutes))
        with database.write() as session:
            service.take_over(session, books.agent, PickConversation(conversation_id=talk))
    with database.read() as session:
        assert queries.median_wait_minutes(session, books.tenant) == 4
