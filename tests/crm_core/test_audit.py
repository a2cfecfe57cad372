"""Who did what: filtered, with names, page by page; and never changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from careloop.crm_core.accounts.schemas import CreateUser, UserView
from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.audit.queries import entries
from careloop.kit.actor import Actor, Role, staff_actor, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.tools.runtime import Runtime


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


def made(database: Database, admin: Actor, number: int) -> UserView:
    command = CreateUser(
        email=f"u{number}@maker.example", name=f"U{number}", role=Role.AGENT, password="x" * 12
    )
    view = Runtime(database).invoke(admin, "users.create", command, reason=f"reason {number}")
    assert isinstance(view, UserView)
    return view


def test_an_act_shows_who_did_it_why_and_every_column(database: Database, admin: Actor) -> None:
    runtime, view = Runtime(database), made(database, admin, 1)
    runtime.invoke(admin, "users.change", {"user_id": view.id, "role": "engineer"})
    with database.read() as session:
        changed, created = entries(session, admin, target=f"user_account:{view.id}")
    assert (created.actor.kind, created.actor.name, created.reason) == ("user", "Ada", "reason 1")
    columns = {item.column: (item.before, item.after) for item in created.changes[0].columns}
    assert columns["email"] == (None, "u1@maker.example")
    assert columns["password_hash"] == ("***", "***")
    assert [(item.column, item.before, item.after) for item in changed.changes[0].columns] == [
        ("role", "agent", "engineer")
    ]


def test_acts_are_found_by_what_by_whom_and_when(
    database: Database, admin: Actor, clock: FixedClock
) -> None:
    views = [made(database, admin, number) for number in range(3)]
    Runtime(database).invoke(system_actor(admin.tenant_id), "tenant.describe", {"hotline": "1"})
    with database.write() as session:
        # The clock of the rows is the machine's; put them on days of their own.
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        ids = [row.id for row in rows]
        for number, row_id in enumerate(ids):
            session.execute(
                AuditEntry.__table__.update()
                .where(AuditEntry.__table__.c.id == row_id)
                .values(created_at=clock.now() + timedelta(days=number))
            )
    with database.read() as session:

        def found(**how: object) -> list[str]:
            return [entry.id for entry in entries(session, admin, **how)]  # type: ignore[arg-type]

        assert found() == ids[::-1]
        assert found(tool="users.create") == ids[2::-1]
        assert found(tool="tenant.") == [ids[3]]
        assert found(tool="user%") == []
        assert found(actor_label="system") == [ids[3]]
        assert found(actor_label=admin.label) == ids[2::-1]
        assert found(target="user_account:") == ids[2::-1]
        assert found(target=f"user_account:{views[1].id}") == [ids[1]]
        day = timedelta(days=1)
        assert found(since=clock.now() + day, until=clock.now() + 3 * day) == [ids[2], ids[1]]
        assert found(limit=2) == ids[:1:-1]
        assert found(limit=2, before=ids[2]) == [ids[1], ids[0]]


def test_only_those_who_may_read_it(database: Database, admin: Actor) -> None:
    made(database, admin, 1)
    manager = staff_actor(admin.tenant_id, Role.MANAGER, admin.user_id or "")
    stranger = Actor("0" * 26, Role.ADMIN, "x", scopes=admin.scopes)
    with database.read() as session:
        assert entries(session, manager) == []
        assert entries(session, stranger) == []


@pytest.mark.parametrize("act", ["change", "delete"])
def test_an_entry_is_never_changed(database: Database, admin: Actor, act: str) -> None:
    made(database, admin, 1)
    with pytest.raises(AssertionError, match="may not be changed"), database.write() as session:
        row = session.scalars(select(AuditEntry)).one()
        if act == "change":
            row.reason = "something else"
        else:
            session.delete(row)
