"""Surveys: asked once, answered once, changeable for a day; what follows a low score."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from books import Books, fill

from careloop.crm_core.conversations import queries as messages
from careloop.crm_core.feedback import callback_queries, callbacks, inviting, queries, service
from careloop.crm_core.feedback.errors import SurveyClosed
from careloop.crm_core.feedback.models import SurveyAnswer, SurveyInvitation
from careloop.crm_core.feedback.policy import Sum, is_low, of_scores, scores, spoken, usual
from careloop.crm_core.feedback.schemas import (
    AnswerSurvey,
    FinishCallback,
    PostponeCallback,
    PutSettings,
)  # fmt: skip
from careloop.crm_core.feedback.summary_queries import summary
from careloop.crm_core.notices.models import Notice
from careloop.crm_core.privacy.erase import Eraser
from careloop.crm_core.tickets import family_queries
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.schemas import MoveTicket
from careloop.kit.clock import Clock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict
from careloop.tools.runtime import Runtime

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Hands(Clock):
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hands:
    return Hands()


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def settle(session: Any, books: Books, **more: Any) -> None:
    facts = usual().model_dump() | {"active": True, "delay_minutes": 0} | more
    service.put_settings(session, books.admin, PutSettings(**facts))


def close(session: Any, books: Books) -> Ticket:
    for state in ("resolved", "closed"):
        move = MoveTicket(number=books.ticket, state=state, resolution="new seal")
        ticket_service.move_ticket(session, books.admin, move)
    ticket = tickets.ticket(session, books.admin, books.ticket)
    ticket.channel = "web"
    return ticket


def survey_of(session: Any, books: Books) -> SurveyInvitation:
    ticket = tickets.ticket(session, books.admin, books.ticket)
    rows = queries.of_ticket(session, books.admin, ticket.id)
    found = [row for row in rows if row.occasion == inviting.CLOSED]
    assert len(found) == 1
    return found[0]


def send(database: Database, books: Books, survey_id: str, secret: str = "s-1") -> dict[str, Any]:
    command = {"survey_id": survey_id, "token_hash": digest(secret), "url": f"https://x/r/{secret}"}
    told = Runtime(database).invoke(books.admin, "feedback.send", command)
    return told.model_dump()


def test_a_closed_ticket_is_asked_about_once_and_answered_once(
    database: Database, clock: Hands
) -> None:
    books = fill(database, "mine")
    with database.write(books.tenant) as session:
        settle(session, books, quiet_days=0)
        close(session, books)
        move = MoveTicket(number=books.ticket, state="in_progress", reason="again")
        ticket_service.move_ticket(session, books.admin, move)
        close(session, books)
        survey = survey_of(session, books).id
    first, second = send(database, books, survey), send(database, books, survey)
    assert (first["survey"]["state"], first["survey"]["way"]) == ("sent", "chat")
    assert second["survey"] == first["survey"] and not second["mail_to"]
    with database.read(books.tenant) as session:
        told = messages.recent(session, books.tenant, books.conversation, 50)
        assert sum("https://x/r/s-1" in line.text for line in told) == 1
    with database.write(books.tenant) as session:
        said = AnswerSurvey(token_hash=digest("s-1"), csat=5, nps=10, reasons=["fast"])
        one = service.answer(session, books.tenant, said)
        clock.at += timedelta(hours=23)
        changed = said.model_copy(update={"csat": 1, "nps": 2, "comment": "bad", "mood": -2})
        two = service.answer(session, books.tenant, changed)
        assert one.id == two.id and two.low and two.mood == -2
        again = service.answer(session, books.tenant, changed)
        assert again.version == two.version
        task = callback_queries.of_answer(session, books.tenant, two.id)
        assert task is not None and task.due_at == clock.at + timedelta(hours=24)
        clock.at += timedelta(hours=2)
        with pytest.raises(SurveyClosed):
            service.answer(session, books.tenant, said)
    with database.read(books.tenant) as session:
        assert session.query(SurveyAnswer).filter_by(ticket=books.ticket, csat=1).count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"quiet_days": 30}, "quiet"), ({"needs_consent": True, "quiet_days": 0}, "no_consent")],
)
def test_who_was_asked_lately_or_did_not_consent_is_left_alone(
    sqlite_database: Database, clock: Hands, changes: dict[str, Any], reason: str
) -> None:
    """The books hold a survey of the same person that went out just now."""
    books = fill(sqlite_database, "mine")
    with sqlite_database.write(books.tenant) as session:
        settle(session, books, **changes)
        close(session, books)
        survey = survey_of(session, books).id
    told = send(sqlite_database, books, survey)["survey"]
    assert (told["state"], told["reason"]) == ("held", reason)


def test_a_low_score_opens_a_complaint_beside_the_ticket(
    sqlite_database: Database, clock: Hands
) -> None:
    books = fill(sqlite_database, "mine")
    with sqlite_database.write(books.tenant) as session:
        settle(session, books, on_low="case", quiet_days=0)
        close(session, books)
        survey = survey_of(session, books).id
    send(sqlite_database, books, survey)
    with sqlite_database.write(books.tenant) as session:
        said = AnswerSurvey(
            token_hash=digest("s-1"), csat=2, nps=9, comment="two visits", lang="en"
        )
        answer = service.answer(session, books.tenant, said)
        case = tickets.ticket(session, books.admin, answer.case)
        assert (case.type, case.priority, case.contact_id) == ("complaint", "high", books.contact)
        links = family_queries.links(session, books.admin, case)
        assert [(one.kind, one.target) for one in links] == [("caused_by", books.ticket)]
        more = said.model_copy(update={"csat": 1})
        assert service.answer(session, books.tenant, more).case == case.number


def test_call_backs_are_postponed_reminded_of_once_and_done(
    sqlite_database: Database, clock: Hands
) -> None:
    books = fill(sqlite_database, "mine")
    with sqlite_database.write(books.tenant) as session:
        found, _ = callback_queries.callbacks(
            session, books.admin, callback_queries.CallbackFilter(states=["open"])
        )
        task = found[0]
        assert books.agent.user_id
        task.owner_id = books.agent.user_id
        session.flush()
        later = PostponeCallback(task_id=task.id, due_at=START + timedelta(days=3))
        callbacks.postpone_callback(session, books.agent, later)
        clock.at = START + timedelta(days=3, minutes=1)
        for _ in range(2):
            callbacks.remind(session, books.admin, task.id)
        told = session.query(Notice).filter_by(user_id=books.agent.user_id, key="callback.due")
        assert told.count() == 1
        done = FinishCallback(task_id=task.id, outcome="settled", note="sorry")
        assert callbacks.finish_callback(session, books.agent, done).state == "done"
        with pytest.raises(Conflict):
            callbacks.finish_callback(session, books.agent, done)


def test_an_erased_person_leaves_a_score_and_no_word(database: Database, clock: Hands) -> None:
    books = fill(database, "mine")
    with database.write(books.tenant) as session:
        answer = session.query(SurveyAnswer).filter_by(tenant_id=books.tenant).one()
        survey = session.get_one(SurveyInvitation, (books.tenant, answer.invitation_id))
        assert (answer.contact_id, bool(survey.token_hash)) == (books.contact, True)
        assert answer.comment
        Eraser(session, books.tenant, books.contact).erase()
        session.flush()
    with database.read(books.tenant) as session:
        answer = session.query(SurveyAnswer).filter_by(tenant_id=books.tenant).one()
        survey = session.get_one(SurveyInvitation, (books.tenant, answer.invitation_id))
        assert (answer.csat, answer.comment, survey.token_hash) == (1, "", None)


def test_the_summary_counts_what_was_sent_and_what_was_said(
    sqlite_database: Database, clock: Hands
) -> None:
    books = fill(sqlite_database, "mine")
    with sqlite_database.read(books.tenant) as session:
        told = summary(session, books.admin, "2026-01", "2026-12")
    assert (told.total.sent, told.total.answered, told.total.response_rate) == (1, 1, 1.0)
    assert (told.total.csat, told.total.satisfied, told.total.nps) == (1.0, 0.0, None)
    assert [one.key for one in told.months] == ["2026-11"]
    assert (told.csat_shares, told.open_callbacks) == ({"1": 1}, 1)


def test_rules_of_scores() -> None:
    facts = usual()
    assert is_low(facts, 2, 10) and is_low(facts, None, 4) and not is_low(facts, 3, 5)
    never = facts.model_copy(update={"low_csat": 0, "low_nps": -1})
    assert not is_low(never, 1, 0)
    assert spoken(facts, "ja", "de-AT") == "de" and spoken(facts, "ja") == "zh"
    total = Sum(sent=8)
    total.add(of_scores([(5, 10, 0, 2), (4, 8, 0, 1), (1, 0, 1, 1)]))
    found = scores("all", total)
    assert (found.answered, found.response_rate, found.csat) == (4, 0.5, 3.75)
    assert (found.promoters, found.passives, found.detractors, found.nps) == (2, 1, 1, 25)
