"""`invoke` is the only door: scope, check, once, one transaction, and a record of it."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import passwords
from careloop.crm_core.accounts.models import User
from careloop.crm_core.audit.models import AnsweredCall, AuditEntry
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.kit.actor import Actor, Role, scopes_of, staff_actor, system_actor
from careloop.kit.db import Base, Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.tools.catalog import CATALOG
from careloop.tools.runtime import CallRunning, IdempotencyMismatch, Runtime
from careloop.tools.spec import Confirm, Done, Effect, ToolSpec, tool

SNAPSHOT = Path(__file__).parent / "catalog.json"


@pytest.fixture(autouse=True)
def _cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)


@pytest.fixture
def runtime(database: Database) -> Runtime:
    return Runtime(database)


def count(database: Database, table: type[Base]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def audits(database: Database, name: str) -> list[dict[str, Any]]:
    with database.read() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.tool == name).order_by(AuditEntry.id)
        )
        return [
            {"actor": row.actor, "target": row.target, "reason": row.reason, "changes": row.changes}
            for row in rows
        ]


def everything_stored(database: Database) -> str:
    with database.read() as session:
        return repr(
            [
                tuple(row)
                for table in Base.metadata.sorted_tables
                for row in session.execute(select(table))
            ]
        )


# What every tool says of itself.


@pytest.mark.parametrize("name", CATALOG)
def test_a_tool_explains_itself_and_every_argument(name: str) -> None:
    spec = CATALOG[name]
    assert spec.summary.endswith(".")
    assert len(spec.summary) < 120
    undescribed = [
        argument
        for argument, schema in spec.schema().get("properties", {}).items()
        if not schema.get("description")
    ]
    assert undescribed == []
    known = set().union(*(scopes_of(role) for role in Role)) | {
        "devices:report", "consent", "feedback:answer", "quotes:answer",
    }  # fmt: skip
    assert spec.scope in known


@pytest.mark.parametrize("name", CATALOG)
def test_no_tool_asks_a_caller_who_they_are(name: str) -> None:
    asked = set(CATALOG[name].schema().get("properties", {}))
    assert not asked & {"tenant_id", "actor", "actor_id", "role_of_caller", "scopes_of_caller"}


def test_the_catalogue_changes_only_on_purpose() -> None:
    """A changed contract shows in the diff: CARELOOP_TEST_SNAPSHOT=write writes it anew."""
    present = {
        name: {
            "effect": spec.effect, "scope": spec.scope, "confirm": spec.confirm,
            "summary": spec.summary, "arguments": spec.schema(),
            "result": spec.result.__name__,
        }
        for name, spec in CATALOG.items()
    }  # fmt: skip
    text = json.dumps(present, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    import os

    if os.environ.get("CARELOOP_TEST_SNAPSHOT") == "write":
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == text


def test_a_tool_without_a_word_of_explanation_cannot_be_declared() -> None:
    with pytest.raises(TypeError):

        @tool("x.y", effect=Effect.READ, scope="chat")
        def silent(session: Session, actor: Actor, command: Done) -> Done:
            return Done()


# The door.


@pytest.mark.parametrize("name", CATALOG)
@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"nothing:much"})])
def test_without_its_scope_no_tool_runs(
    sqlite_database: Database, tenant: str, name: str, scopes: frozenset[str]
) -> None:
    actor = Actor(tenant, Role.ADMIN, "u" * 26, scopes=scopes)
    with pytest.raises(Forbidden):
        Runtime(sqlite_database).invoke(actor, name, {})


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.BOT])
def test_a_guest_and_the_bot_reach_only_their_own_tools(role: Role) -> None:
    mine = {name for name, spec in CATALOG.items() if spec.scope in scopes_of(role)}
    guest = {
        "assets.find", "conversations.end", "conversations.rate", "tickets.own", "tickets.status",
    }  # fmt: skip
    bot = guest | {
        "conversations.request_person", "tickets.open", "tickets.reach", "tickets.confirm",
        "tickets.reopen",
    }  # fmt: skip
    assert mine <= bot | {"conversations.ticket_draft"}
    assert mine >= (guest if role is Role.CUSTOMER else bot)


def test_arguments_are_checked_and_each_fault_is_named(runtime: Runtime, admin: Actor) -> None:
    wrong = {"title": "", "priority": "asap", "language": "x" * 11}
    with pytest.raises(InvalidInput) as refused:
        runtime.invoke(admin, "tickets.open", wrong)
    assert set(refused.value.details) == {"title", "priority", "language"}
    with pytest.raises(NotFound):
        runtime.invoke(admin, "tickets.explode", {})


def test_the_same_key_acts_once(runtime: Runtime, admin: Actor, database: Database) -> None:
    first = runtime.invoke(admin, "tickets.open", {"title": "Leak"}, key="k-1")
    again = runtime.invoke(admin, "tickets.open", {"title": "Leak"}, key="k-1")
    assert first == again
    assert count(database, Ticket) == 1
    assert len(audits(database, "tickets.open")) == 1
    with pytest.raises(IdempotencyMismatch):
        runtime.invoke(admin, "tickets.open", {"title": "Another leak"}, key="k-1")
    runtime.invoke(admin, "tickets.open", {"title": "Leak"}, key="k-2")
    runtime.invoke(admin, "tickets.open", {"title": "Leak"})
    assert count(database, Ticket) == 3


def test_a_key_is_its_callers_own(runtime: Runtime, admin: Actor, database: Database) -> None:
    other = staff_actor(admin.tenant_id, Role.AGENT, new_id(), "Ben")
    for actor in (admin, other):
        runtime.invoke(actor, "tickets.open", {"title": "Leak"}, key="k-1")
    assert count(database, Ticket) == 2


def test_the_same_key_from_many_threads_acts_once(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    def act(_: int) -> str:
        try:
            view = runtime.invoke(admin, "tickets.open", OpenTicket(title="Leak"), key="k-1")
        except CallRunning:
            return ""
        return str(view.model_dump()["number"])

    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(act, range(12)))
    assert len(numbers - {""}) == 1
    assert count(database, Ticket) == count(database, AnsweredCall) == 1


def test_the_same_key_from_two_processes_acts_once(database: Database, admin: Actor) -> None:
    """Another process knows nothing of our running calls; the database decides."""
    runtimes = [Runtime(database) for _ in range(6)]

    def act(runtime: Runtime) -> str:
        view = runtime.invoke(admin, "tickets.open", OpenTicket(title="Leak"), key="k-1")
        return str(view.model_dump()["number"])

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(act, runtimes))) == 1
    assert count(database, Ticket) == count(database, AnsweredCall) == 1


def test_a_call_that_still_runs_is_told_to_wait(
    runtime: Runtime, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(session: Session, actor: Actor, command: Done) -> Done:
        """Wait."""
        began.set()
        assert go_on.wait(10)
        return Done()

    spec = ToolSpec(
        "odd.wait", Effect.WRITE, "tickets:open", Confirm.NONE, "Wait.", Done, Done, slow
    )
    monkeypatch.setitem(CATALOG, "odd.wait", spec)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(runtime.invoke, admin, "odd.wait", Done(), key="k-1")
        assert began.wait(10)
        with pytest.raises(CallRunning) as refused:
            runtime.invoke(admin, "odd.wait", Done(), key="k-1")
        assert refused.value.status == 409
        go_on.set()
        assert first.result(10) == Done()


def test_a_failed_call_leaves_nothing_and_its_key_free(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    before = everything_stored(database)
    call = {"title": "Leak", "serial": "NO-SUCH-DEVICE"}
    for _ in range(2):
        with pytest.raises(NotFound):
            runtime.invoke(admin, "tickets.open", call, key="k-1")
    assert everything_stored(database) == before
    runtime.invoke(admin, "tickets.open", {"title": "Leak"}, key="k-1")


@pytest.fixture
def odd_tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """`odd.act` writes a customer, then fails with the exceptions put into the list."""
    failures: list[Exception] = []

    class Odd(BaseModel):
        number: str = Field(description="Customer number.")

    def act(session: Session, actor: Actor, command: Odd) -> Done:
        """Write and fail."""
        session.add(Customer(tenant_id=actor.tenant_id, number=command.number, name="half written"))
        session.flush()
        if failures:
            raise failures[0]
        return Done()

    from careloop.tools.spec import Confirm

    spec = ToolSpec(
        "odd.act", Effect.WRITE, "desk", Confirm.NONE, "Write and fail.", Odd, Done, act
    )
    monkeypatch.setitem(CATALOG, "odd.act", spec)
    yield failures


@pytest.mark.parametrize("failure", [Conflict("no"), RuntimeError("bug"), KeyError("bug")])
def test_whatever_breaks_inside_is_undone(
    runtime: Runtime, admin: Actor, database: Database, odd_tool: list[Exception],
    failure: Exception,
) -> None:  # fmt: skip
    odd_tool.append(failure)
    with pytest.raises(type(failure)):
        runtime.invoke(admin, "odd.act", {"number": "C-1"}, key="k")
    assert count(database, Customer) == count(database, AuditEntry) == 0
    odd_tool.clear()
    runtime.invoke(admin, "odd.act", {"number": "C-1"}, key="k")
    assert count(database, Customer) == 1


def test_a_value_taken_already_is_a_conflict(
    runtime: Runtime, admin: Actor, database: Database, odd_tool: list[Exception]
) -> None:
    runtime.invoke(admin, "odd.act", {"number": "C-1"})
    with pytest.raises(Conflict):
        runtime.invoke(admin, "odd.act", {"number": "C-1"})
    assert count(database, Customer) == count(database, AuditEntry) == 1


def test_two_acts_that_wait_for_each_other_both_happen(
    runtime: Runtime, admin: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL gives one of the two up; it is done again. SQLite lets one writer in at a time."""
    together = threading.Barrier(2)

    class Pair(BaseModel):
        first: str = Field(description="Locked first.")
        second: str = Field(description="Locked second.")

    def lock_both(session: Session, actor: Actor, command: Pair) -> Done:
        """Lock two rows, one after the other."""
        for number in (command.first, command.second):
            row = select(Customer).where(Customer.number == number).with_for_update()
            session.scalars(row).one().name += "!"
            session.flush()
            with contextlib.suppress(threading.BrokenBarrierError):
                together.wait(0.5)
        return Done()

    spec = ToolSpec("odd.lock", Effect.WRITE, "desk", Confirm.NONE, "Lock.", Pair, Done, lock_both)
    monkeypatch.setitem(CATALOG, "odd.lock", spec)
    with database.write() as session:
        for number in ("A", "B"):
            session.add(Customer(tenant_id=admin.tenant_id, number=number, name="lab"))
    with ThreadPoolExecutor(2) as pool:
        calls = [
            pool.submit(runtime.invoke, admin, "odd.lock", Pair(first=first, second=second))
            for first, second in (("A", "B"), ("B", "A"))
        ]
        assert [call.result(30) for call in calls] == [Done(), Done()]
    with database.read() as session:
        assert set(session.scalars(select(Customer.name))) == {"lab!!"}
    assert count(database, AuditEntry) == 2


# The record.


def test_the_audit_tells_who_did_what_with_before_and_after(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    number = runtime.invoke(admin, "tickets.open", {"title": "Leak"}).model_dump()["number"]
    move = {"number": number, "state": "in_progress", "reason": "on site"}
    runtime.invoke(admin, "tickets.move", move, reason="on site")
    (opened,) = audits(database, "tickets.open")
    (moved,) = audits(database, "tickets.move")
    assert moved["actor"] == f"user:{admin.user_id}"
    assert moved["reason"] == "on site"
    assert moved["target"] == opened["target"]
    assert moved["target"].startswith("ticket:")
    changed = {c["table"]: c["columns"] for c in moved["changes"]}
    assert changed["ticket"]["state"] == ["new", "in_progress"]
    assert changed["ticket_event"]["text"] == [None, "on site"]


def test_every_row_in_the_audit_has_its_id(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    runtime.invoke(admin, "tickets.open", {"title": "Leak"})
    runtime.invoke(admin, "presence.set", {"status": "online"})
    runtime.invoke(
        admin, "saved_replies.save",
        {"shortcut": "hi", "language": "en", "title": "Hi", "text": "Hello"},
    )  # fmt: skip
    runtime.invoke(admin, "office_hours.set", {"time_zone": "Asia/Shanghai"})
    assert audits(database, "presence.set") == [], "machines repeat it all day"
    for name in ("tickets.open", "saved_replies.save", "office_hours.set"):
        (entry,) = audits(database, name)
        assert entry["changes"], name
        for change in entry["changes"]:
            assert len(change["id"]) == 26, (name, change)
        assert entry["target"].endswith(entry["changes"][0]["id"])


def test_what_is_deleted_stays_readable_in_the_audit(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    saved = runtime.invoke(
        admin, "saved_replies.save",
        {"shortcut": "hi", "language": "en", "title": "Hi", "text": "Hello there"},
    )  # fmt: skip
    runtime.invoke(admin, "saved_replies.delete", {"reply_id": saved.model_dump()["id"]})
    (entry,) = audits(database, "saved_replies.delete")
    (change,) = entry["changes"]
    assert change["columns"]["text"] == ["Hello there", None]
    assert entry["target"] == f"saved_reply:{saved.model_dump()['id']}"


def test_secrets_are_nowhere_in_the_books(
    runtime: Runtime, admin: Actor, database: Database
) -> None:
    password, second = "correct horse battery", "another horse battery"
    user = runtime.invoke(
        admin, "users.create",
        {"email": "b@m.example", "name": "Ben", "role": "agent", "password": password},
    ).model_dump()  # fmt: skip
    runtime.invoke(admin, "users.change", {"user_id": user["id"], "password": second})
    token = runtime.invoke(admin, "tokens.create", {"name": "script"}, key="once").model_dump()
    stored = everything_stored(database)
    for secret in (password, second, token["secret"]):
        assert secret not in stored
    with database.read() as session:
        held = session.get_one(User, (admin.tenant_id, user["id"])).password_hash
    assert held not in repr(audits(database, "users.create") + audits(database, "users.change"))
    (made,) = audits(database, "users.create")
    assert made["changes"][0]["columns"]["password_hash"] == ["***", "***"]


def test_reading_writes_nothing(runtime: Runtime, admin: Actor, database: Database) -> None:
    before = everything_stored(database)
    system = system_actor(admin.tenant_id)
    runtime.invoke(system, "tickets.own", {})
    runtime.invoke(system, "assets.find", {"written": "GS200-1"})
    assert everything_stored(database) == before


def test_every_call_is_counted(runtime: Runtime, admin: Actor) -> None:
    def total(outcome: str) -> float:
        labels = {"tool": "tickets.open", "outcome": outcome}
        return REGISTRY.get_sample_value("careloop_tool_calls_total", labels) or 0.0

    done, refused = total("done"), total("invalid_input")
    runtime.invoke(admin, "tickets.open", {"title": "Leak"})
    with pytest.raises(InvalidInput):
        runtime.invoke(admin, "tickets.open", {})
    assert (total("done"), total("invalid_input")) == (done + 1, refused + 1)


# Drafts.


def test_a_draft_shows_everything_and_keeps_nothing(admin: Actor, database: Database) -> None:
    before = everything_stored(database)
    with database.draft() as session:
        draft = Runtime(database, draft=session)
        number = draft.invoke(admin, "tickets.open", {"title": "Leak"}, key="k").model_dump()
        move = {"number": number["number"], "state": "in_progress"}
        assert draft.invoke(admin, "tickets.move", move).model_dump()["state"] == "in_progress"
        own = draft.invoke(system_actor(admin.tenant_id), "tickets.own", {}).model_dump()
        assert len(own["tickets"]) == 1
    assert everything_stored(database) == before


def test_a_call_that_fails_in_a_draft_leaves_the_draft_whole(
    admin: Actor, database: Database, odd_tool: list[Exception]
) -> None:
    with database.write() as session:
        draft = Runtime(database, draft=session)
        draft.invoke(admin, "odd.act", {"number": "C-1"})
        with pytest.raises(Conflict):
            draft.invoke(admin, "odd.act", {"number": "C-1"})
        odd_tool.append(NotFound("no"))
        with pytest.raises(NotFound):
            draft.invoke(admin, "odd.act", {"number": "C-2"})
        odd_tool.clear()
        draft.invoke(admin, "odd.act", {"number": "C-3"})
    with database.read() as session:
        numbers = set(session.scalars(select(Customer.number)))
    assert numbers == {"C-1", "C-3"}


# Arguments as large as a tool lets them be are stored, or refused by name.


@pytest.mark.parametrize("extra", [0, 1])
def test_the_longest_allowed_text_fits_its_column(
    runtime: Runtime, admin: Actor, database: Database, extra: int
) -> None:
    with database.write() as session:
        contact = Contact(tenant_id=admin.tenant_id, id=new_id())
        session.add(contact)
    number = runtime.invoke(admin, "tickets.open", {"title": "x"}).model_dump()["number"]
    fixed: dict[str, Any] = {
        "contact_id": contact.id, "number": number, "email": "a@b.example", "role": "agent",
        "password": "correct horse battery", "shortcut": "hi", "language": "en",
    }  # fmt: skip
    names = (
        "tickets.open", "tickets.change", "tickets.comment", "tickets.reach", "contacts.change",
        "users.create", "saved_replies.save", "tokens.create",
    )  # fmt: skip
    tried = 0
    for name in names:
        spec = CATALOG[name]
        for argument, schema in spec.schema()["properties"].items():
            options = [schema, *schema.get("anyOf", [])]
            longest = next((o["maxLength"] for o in options if "maxLength" in o), None)
            if longest is None or argument in {
                "serial",
                "number",
                "parent",
                "contract",
                "own_type",
            }:
                continue
            tried += 1
            value = "7" * (longest + extra)
            if argument == "email" and name == "users.create":
                value = "a@" + "b" * (longest - 10 + extra if longest else 0) + ".example"
            required = set(spec.schema().get("required", []))
            base = {k: v for k, v in fixed.items() if k in required or k.endswith("_id")}
            base = {k: v for k, v in base.items() if k in spec.schema()["properties"]}
            base |= dict.fromkeys(required - base.keys(), "text")
            base[argument] = value
            if name == "users.create":
                base["email"] = f"{tried}-{extra}@b.example"
            system = system_actor(admin.tenant_id)
            actor = admin if name == "tokens.create" else system
            if extra:
                with pytest.raises(InvalidInput):
                    runtime.invoke(actor, name, base)
            else:
                runtime.invoke(actor, name, base)
    assert tried >= 20
