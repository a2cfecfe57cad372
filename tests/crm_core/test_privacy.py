"""What a person may ask of the books: a copy, and to be forgotten; and what goes by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from books import Books, fill, visitor
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import sessions
from careloop.crm_core.assets.report_models import DeviceReport, ReportPhoto
from careloop.crm_core.audit.models import AnsweredCall, AuditEntry
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.models import Attachment, Conversation, Message
from careloop.crm_core.customers.models import ChannelIdentity, Contact
from careloop.crm_core.inventory.models import StockMove
from careloop.crm_core.privacy import person_queries, queries
from careloop.crm_core.privacy import tables as layout
from careloop.crm_core.privacy.models import FileRemoval
from careloop.crm_core.privacy.schemas import (
    AskErasure,
    ConfirmErasure,
    ConsentView,
    ErasureView,
    ExportPerson,
    HoldView,
    NoteView,
    PersonalData,
    PickErasure,
    PickHold,
    PlaceHold,
    RecordConsent,
    RetentionDone,
    SaveNote,
    SetRetention,
)
from careloop.crm_core.tickets.models import Ticket, TicketFile
from careloop.kit.actor import Actor, system_actor
from careloop.kit.blobs import inspect
from careloop.kit.clock import FixedClock
from careloop.kit.db import Base, Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.kit.jobs import Job
from careloop.kit.messages import InboundMessage
from careloop.tools.runtime import Runtime

NAME, MAIL, PHONE, OPENID = "欧阳若曦", "ruoxi.ouyang@lab.example", "+8613912345678", "oWx-77aa88bb"
FORMER = "Rosie Winterbourne"
CALLBACK = "+8675588887777"
START = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


@pytest.fixture
def runtime(database: Database) -> Runtime:
    return Runtime(database)


def person(database: Database, books: Books) -> str:
    """A customer's contact who left traces in every corner; returns the id."""
    tenant = books.tenant
    runtime = Runtime(database)
    with database.write() as session:
        contact = Contact(
            tenant_id=tenant,
            id=new_id(),
            customer_id=books.customer,
            name=FORMER,
            email=MAIL,
            phone=PHONE,
            role="Head of laboratory",
        )
        session.add(contact)
        session.flush()
        session.add(
            ChannelIdentity(
                tenant_id=tenant, contact_id=contact.id, channel="wechat", external_id=OPENID
            )
        )
    runtime.invoke(
        books.agent, "contacts.change", {"contact_id": contact.id, "name": NAME}, key="rename-1"
    )
    with database.write() as session:
        talk = conversations.start(session, tenant, "wechat", "default", OPENID, "zh")
        file = conversations.store_attachment(
            session, tenant, talk.id, f"{NAME}.txt", inspect(b"my own file", 1000)
        )
        message = InboundMessage(
            channel="wechat",
            sender="",
            external_id="m-1",
            attachment_ids=[file.id],
            text=f"我是{NAME}，电话 139 1234 5678，邮箱 {MAIL.upper()}，泵漏水",
        )
        conversations.receive(session, talk.id, tenant, message, 8000)
        row = session.get_one(Conversation, (tenant, talk.id))
        row.memory = {"name": NAME, "phones": [PHONE]}
        row.subject, row.handoff_summary = f"{NAME} 的泵", f"{NAME} calls from {PHONE}"
        row.visitor_hash = "f" * 64
        talk_id = talk.id
    runtime.invoke(books.agent, "conversations.take_over", {"conversation_id": talk_id})
    runtime.invoke(
        books.agent,
        "conversations.reply",
        {"conversation_id": talk_id, "text": f"欧先生您好，{NAME}，我们打 {PHONE} 给您"},
    )
    runtime.invoke(
        books.agent,
        "tickets.open",
        {
            "title": f"{NAME} 报修",
            "description": f"Call {FORMER} at 0139-1234-5678 or {MAIL}",
            "serial": books.serial,
            "contact_id": contact.id,
            "conversation_id": talk_id,
            "callback_phone": CALLBACK,
        },
        key="open-1",
    )
    runtime.invoke(
        books.agent,
        "tickets.comment",
        {"number": "TK-2026-000002", "text": f"{CALLBACK} is Rosie's desk; {MAIL}"},
    )
    with database.write() as session:
        session.add(Job(tenant_id=tenant, kind="x", payload={"to": MAIL, "name": NAME}))
        report = DeviceReport(
            tenant_id=tenant,
            id=new_id(),
            asset_id=books.asset,
            contact_id=contact.id,
            client_id="c-1",
            token_hash="a" * 64,
            ticket="TK-2026-000002",
        )
        session.add(report)
        session.flush()
        session.add(
            ReportPhoto(
                tenant_id=tenant,
                asset_id=books.asset,
                report_id=report.id,
                handle="h" * 20,
                name="photo.jpg",
                media_type="image/jpeg",
                size=3,
                sha256="b" * 64,
            )
        )
        # A file they sent to a ticket that is somebody else's by now.
        sent = replace(visitor(tenant), contact_id=contact.id)
        session.add(
            TicketFile(
                tenant_id=tenant, ticket_id=books.values["ticket_id"], name="leak.jpg",
                media_type="image/jpeg", size=3, sha256="c" * 64, public=True, actor=sent.label,
            )
        )  # fmt: skip
        # Another ticket, of nobody, in which somebody wrote the number down.
        stray = session.scalars(select(Ticket).where(Ticket.tenant_id == tenant)).first()
        assert stray is not None
        stray.description = f"See also {NAME}, {PHONE}; the pump PX-100 leaks"
    runtime.invoke(
        books.admin, "stock.scrap",
        {"location": "L-one", "part": "P-one", "quantity": 1, "reason": f"dropped by {NAME}"},
    )  # fmt: skip
    return contact.id


def erase(runtime: Runtime, books: Books, contact_id: str, **how: Any) -> ErasureView:
    asked = runtime.invoke(
        books.admin,
        "privacy.ask_erasure",
        AskErasure(contact_id=contact_id, basis="pipl_47", reason="case 7"),
        key="ask-1",
    )
    assert isinstance(asked, ErasureView)
    assert asked.contact_name == NAME
    done = runtime.invoke(
        books.admin,
        "privacy.confirm_erasure",
        ConfirmErasure(erasure_id=asked.id, typed=how.get("typed", MAIL)),
        key="confirm-1",
    )
    assert isinstance(done, ErasureView)
    return done


def every_text(session: Session) -> Iterator[tuple[str, str, str]]:
    """(table, column, text) of every value of every table, whatever its type."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(*[cast(c, Text).label(c.name) for c in table.columns])):
            for column, text in zip(table.columns.keys(), row, strict=True):
                if text:
                    yield table.name, column, text


def traces(session: Session) -> list[tuple[str, str, str]]:
    telling = [NAME, FORMER, "Winterbourne", MAIL, "ouyang", PHONE, "13912345678", "139 1234 5678",
               "139-1234-5678", OPENID, CALLBACK, "75588887777", "欧阳"]  # fmt: skip
    forms = {form.lower() for text in telling for form in (text, json.dumps(text)[1:-1])}
    return [
        (table, column, text)
        for table, column, text in every_text(session)
        if any(form in text.lower() for form in forms)
    ]


def test_after_an_erasure_nothing_anywhere_tells_who_it_was(
    database: Database, books: Books, runtime: Runtime
) -> None:
    contact_id = person(database, books)
    with database.read() as session:
        before = {table for table, _, _ in traces(session)}
    assert {"contact", "message", "ticket", "audit_entry", "answered_call", "job",
            "conversation", "channel_identity", "ticket_event", "stock_move"} <= before  # fmt: skip
    done = erase(runtime, books, contact_id)
    with database.read() as session:
        assert traces(session) == []
    assert (done.state, done.confirmed_how, done.kept) == ("done", "typed", [])
    assert done.counts["contact"] >= 1
    assert done.counts["files"] == 3
    assert done.counts["audit_entry"] > 2


def test_an_erasure_keeps_the_facts_of_the_service(
    database: Database, books: Books, runtime: Runtime
) -> None:
    contact_id = person(database, books)
    with database.read() as session:
        acts = session.scalar(select(func.count()).select_from(AuditEntry))
    erase(runtime, books, contact_id)
    with database.read() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.contact_id == contact_id)).one()
        assert (ticket.serial, ticket.state) == (books.serial, "new")
        assert "报修" in ticket.title
        stray = session.scalars(select(Ticket).where(Ticket.number == books.ticket)).one()
        assert stray.description == "See also [erased], [erased]; the pump PX-100 leaks"
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == (acts or 0) + 2
        contact = session.get_one(Contact, (books.tenant, contact_id))
        assert (contact.name, contact.email, contact.customer_id) == ("[erased]", "",
                                                                      books.customer)  # fmt: skip
        talk = session.scalars(
            select(Conversation).where(Conversation.contact_id == contact_id)
        ).one()
        assert (talk.visitor_hash, talk.memory, talk.subject) == (None, {}, "")
        said = session.scalars(select(Message).where(Message.conversation_id == talk.id)).all()
        assert {row.text for row in said if row.author == "customer"} == {"[erased]"}
        assert any("您好" in row.text for row in said)
        assert session.scalars(select(Attachment)).all() == []
        planned = {row.sha256 for row in session.scalars(select(FileRemoval))}
        assert planned >= {inspect(b"my own file", 1000).sha256, "b" * 64, "c" * 64}
        assert session.scalars(select(ReportPhoto)).all() == []
        scrapped = session.scalars(select(StockMove).where(StockMove.kind == "scrap")).one()
        assert (scrapped.quantity, scrapped.reason) == (1, "dropped by [erased]")
        other = session.get_one(Contact, (books.tenant, books.contact))
        assert other.name == "Dora one"


def test_a_value_that_others_have_too_is_left_and_said(
    database: Database, books: Books, runtime: Runtime
) -> None:
    """An office has one phone; a name may be two people's."""
    contact_id = person(database, books)
    with database.write() as session:
        twin = Contact(tenant_id=books.tenant, id=new_id(), name=NAME, phone=PHONE)
        session.add(twin)
    done = erase(runtime, books, contact_id)
    assert [(kept.reason, kept.count) for kept in done.kept] == [("shared_value", 2)]
    with database.read() as session:
        left = session.get_one(Contact, (books.tenant, twin.id))
        assert (left.name, left.phone) == (NAME, PHONE)
        stray = session.scalars(select(Ticket).where(Ticket.number == books.ticket)).one()
        assert NAME in stray.description
        # What is this person's own says nothing all the same.
        own = session.scalars(select(Ticket).where(Ticket.contact_id == contact_id)).one()
        assert NAME not in own.title + own.description


def test_another_makers_rows_are_not_touched(
    database: Database, books: Books, runtime: Runtime
) -> None:
    theirs = fill(database, "two")
    contact_id = person(database, books)
    with database.write() as session:
        row = session.get_one(Contact, (theirs.tenant, theirs.contact))
        row.name, row.email = NAME, MAIL
    with pytest.raises(NotFound):
        runtime.invoke(
            theirs.admin, "privacy.ask_erasure", AskErasure(contact_id=contact_id, basis="gdpr_17")
        )
    erase(runtime, books, contact_id)
    with database.read() as session:
        left = session.get_one(Contact, (theirs.tenant, theirs.contact))
        assert (left.name, left.email) == (NAME, MAIL)


def test_an_erasure_takes_two_steps_and_happens_once(
    database: Database, books: Books, runtime: Runtime
) -> None:
    contact_id = person(database, books)
    asked = runtime.invoke(
        books.admin, "privacy.ask_erasure", AskErasure(contact_id=contact_id, basis="gdpr_17")
    )
    assert isinstance(asked, ErasureView)
    with pytest.raises(Conflict, match="waits"):
        runtime.invoke(
            books.admin, "privacy.ask_erasure", AskErasure(contact_id=contact_id, basis="gdpr_17")
        )
    for typed in ("", "somebody else", "ouyang"):
        with pytest.raises(InvalidInput, match="colleague"):
            runtime.invoke(
                books.admin,
                "privacy.confirm_erasure",
                ConfirmErasure(erasure_id=asked.id, typed=typed),
            )
    second = Actor(
        books.tenant, books.admin.role, books.colleague.user_id, scopes=books.admin.scopes
    )
    done = runtime.invoke(second, "privacy.confirm_erasure", ConfirmErasure(erasure_id=asked.id))
    assert isinstance(done, ErasureView)
    assert done.confirmed_how == "person"
    with pytest.raises(Conflict, match="done already"):
        runtime.invoke(second, "privacy.confirm_erasure", ConfirmErasure(erasure_id=asked.id))
    with pytest.raises(Conflict):
        runtime.invoke(second, "privacy.cancel_erasure", PickErasure(erasure_id=asked.id))
    with pytest.raises(Forbidden):
        runtime.invoke(books.agent, "privacy.ask_erasure",
                       AskErasure(contact_id=books.contact, basis="other"))  # fmt: skip


def test_a_legal_hold_forbids_an_erasure_until_it_is_lifted(
    database: Database, books: Books, runtime: Runtime
) -> None:
    contact_id = person(database, books)
    hold = runtime.invoke(
        books.admin, "privacy.place_hold", PlaceHold(contact_id=contact_id, reason="court case")
    )
    assert isinstance(hold, HoldView)
    ask = AskErasure(contact_id=contact_id, basis="gdpr_17")
    with pytest.raises(Conflict, match="court case"):
        runtime.invoke(books.admin, "privacy.ask_erasure", ask)
    runtime.invoke(books.admin, "privacy.lift_hold", PickHold(hold_id=hold.id))
    with pytest.raises(Conflict, match="lifted already"):
        runtime.invoke(books.admin, "privacy.lift_hold", PickHold(hold_id=hold.id))
    asked = runtime.invoke(books.admin, "privacy.ask_erasure", ask)
    runtime.invoke(
        books.admin, "privacy.place_hold", PlaceHold(contact_id=contact_id, reason="tax audit")
    )
    assert isinstance(asked, ErasureView)
    with pytest.raises(Conflict, match="tax audit"):
        runtime.invoke(
            books.admin,
            "privacy.confirm_erasure",
            ConfirmErasure(erasure_id=asked.id, typed=NAME),
        )


def test_a_copy_holds_everything_of_the_person_and_no_secret(
    database: Database, books: Books, runtime: Runtime
) -> None:
    contact_id = person(database, books)
    data = runtime.invoke(books.admin, "privacy.export_person", ExportPerson(contact_id=contact_id))
    assert isinstance(data, PersonalData)
    assert {"contact", "channel_identity", "conversation", "message", "attachment", "ticket",
            "ticket_event", "device_report", "report_photo"} <= set(data.tables)  # fmt: skip
    assert data.tables["contact"][0]["email"] == MAIL
    assert len(data.tables["ticket"]) == 1
    assert len(data.files) == 2
    told = data.model_dump_json()
    assert "visitor_hash" not in told
    assert "token_hash" not in told
    assert "Dora one" not in told
    with database.read() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.tool == "privacy.export_person")
        ).one()
        assert entry.target.startswith("personal_export:")
        assert NAME not in json.dumps(entry.changes, ensure_ascii=False)


def test_consent_is_a_history_and_the_last_word_counts(
    database: Database, books: Books, runtime: Runtime
) -> None:
    for text in ("First text", "Second text"):
        note = runtime.invoke(
            books.admin,
            "privacy.save_note",
            SaveNote(purpose="service", language="en", text=text),
        )
    assert isinstance(note, NoteView)
    earlier = 1  # the books hold a text already
    assert note.number == earlier + 2
    with database.read() as session:
        for asked in ("en", "de", "zh-Hans"):
            found = queries.note_in_force(session, books.tenant, "service", asked)
            assert found.text == "Second text"
        with pytest.raises(NotFound):
            queries.note_in_force(session, books.tenant, "marketing", "en")
    for given in (True, False):
        told = runtime.invoke(
            books.admin, "privacy.record_consent",
            RecordConsent(contact_id=books.contact, purpose="service", given=given,
                          channel="phone", language="en", note_number=note.number),
        )  # fmt: skip
        assert isinstance(told, ConsentView)
        with database.read() as session:
            now = queries.consent_given(session, books.tenant, books.contact, "service")
            assert now is given
    with pytest.raises(InvalidInput, match="no such text"):
        runtime.invoke(
            books.admin, "privacy.record_consent",
            RecordConsent(contact_id=books.contact, purpose="service", given=True,
                          channel="web", language="en", note_number=9),
        )  # fmt: skip
    with database.read() as session:
        history = queries.consents(session, books.admin, books.contact)
        assert [row.given for row in history] == [False, True]
        own = visitor(books.tenant, contact=books.contact)
        assert len(queries.consents(session, own, books.contact)) == 2
        assert queries.consents(session, visitor(books.tenant), books.contact) == []


def test_retention_deletes_what_is_due_and_nothing_else(
    database: Database, books: Books, runtime: Runtime, clock: FixedClock
) -> None:
    tenant = books.tenant
    with database.write() as session:
        for number in range(3):
            talk = conversations.start(session, tenant, "web", "default", f"idle-{number}", "en")
            file = conversations.store_attachment(
                session, tenant, talk.id, "a.txt", inspect(b"same file", 1000)
            )
            conversations.receive(
                session, talk.id, tenant,
                InboundMessage(channel="web", sender="", external_id=f"m{number}", text="hello",
                               attachment_ids=[file.id]), 1000,
            )  # fmt: skip
            if number < 2:
                session.get_one(Conversation, (tenant, talk.id)).close(clock.now())
        ticketed = session.get_one(Conversation, (tenant, books.conversation))
        ticketed.close(clock.now())
        sessions.open_session(session, tenant, books.agent.user_id or "", 12)
        call = AnsweredCall(
            tenant_id=tenant, actor="x", tool="y", key="k", arguments_hash="h", result={},
            created_at=clock.now(),
        )  # fmt: skip
        session.add(call)
    rule = SetRetention(kind="conversations", days=60)
    runtime.invoke(books.admin, "privacy.set_retention", rule)
    with pytest.raises(InvalidInput, match="at least 365 days"):
        runtime.invoke(books.admin, "privacy.set_retention", SetRetention(kind="audit", days=30))
    clock.advance(timedelta(days=59))
    system = system_actor(tenant)
    first = runtime.invoke(system, "privacy.apply_retention", {})
    assert isinstance(first, RetentionDone)
    assert first.deleted == {"answered_call": 1}
    clock.advance(timedelta(days=2))
    with database.read() as session:
        due = {row.kind: row.due for row in queries.retention(session, books.admin, clock.now())}
    assert due["conversations"] == 2
    one = runtime.invoke(system, "privacy.apply_retention", {"batch": 1})
    two = runtime.invoke(system, "privacy.apply_retention", {"batch": 1})
    assert isinstance(one, RetentionDone)
    assert isinstance(two, RetentionDone)
    assert one.more
    both = {key: one.deleted[key] + two.deleted[key] for key in one.deleted}
    assert both == {"conversation": 2, "message": 2, "attachment": 2, "contact": 2,
                    "channel_identity": 2}  # fmt: skip
    with database.read() as session:
        left = set(session.scalars(select(Conversation.id)))
        assert books.conversation in left
        assert len(left) == 2
        wanted = FileRemoval.sha256 == inspect(b"same file", 1000).sha256
        planned = session.scalars(select(FileRemoval).where(wanted)).one()
        # The third talk is open and names the same file, so its bytes have to stay.
        assert person_queries.file_is_used(session, tenant, planned.sha256)


def test_photos_that_no_report_took_go_after_a_day(
    database: Database, books: Books, runtime: Runtime, clock: FixedClock
) -> None:
    person(database, books)
    with database.write() as session:
        session.add(
            ReportPhoto(
                tenant_id=books.tenant, asset_id=books.asset, handle="l" * 20,
                media_type="image/jpeg", size=3, sha256="d" * 64, created_at=clock.now(),
            )
        )  # fmt: skip
    system = system_actor(books.tenant)
    clock.advance(timedelta(hours=23))
    runtime.invoke(system, "privacy.apply_retention", {})
    with database.read() as session:
        assert "d" * 64 in set(session.scalars(select(ReportPhoto.sha256)))
    clock.advance(timedelta(hours=2))
    runtime.invoke(system, "privacy.apply_retention", {})
    with database.read() as session:
        kept = set(session.scalars(select(ReportPhoto.sha256)))
        assert "d" * 64 not in kept
        assert "b" * 64 in kept, "that one belongs to a report"
        assert "d" * 64 in set(session.scalars(select(FileRemoval.sha256)))


def test_every_table_is_read_by_its_shape() -> None:
    """Privacy finds tables by their columns; these are what it must find today."""
    names = {table.name for table in layout.tables()}
    assert {"contact", "ticket", "work_order", "visit_signature", "device_report"} <= names
    ticket = layout.table("ticket")
    assert ticket is not None
    assert {"contact", "conversation"} <= {parent for parent, _ in layout.parents_of(ticket)}
    texts = {column.name for column in layout.text_columns(ticket)}
    assert {"title", "description", "callback_phone"} <= texts
    assert "conversation_id" not in texts
