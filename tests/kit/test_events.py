"""Listeners inside an act share its fate; those after the commit hear only what happened."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from careloop.crm_core.customers.models import Customer
from careloop.kit.db import Database, after_commit, savepoint
from careloop.kit.events import Event, emit
from careloop.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class LampLit(Event):
    room: str


@dataclass(frozen=True, slots=True)
class LampBroke(Event):
    pass


def customer(tenant: str, number: str = "C-1") -> Customer:
    return Customer(tenant_id=tenant, id=new_id(), number=number, name="Lab")


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Customer)) or 0


def test_a_listener_writes_in_the_same_act(database: Database, tenant: str) -> None:
    database.bus.on(LampLit, lambda session, event: session.add(customer(tenant, event.room)))
    with database.write() as session:
        emit(session, LampLit(tenant, "C-7"))
    assert count(database) == 1


def test_a_listener_that_fails_undoes_the_act(database: Database, tenant: str) -> None:
    def fail(session: object, event: LampLit) -> None:
        raise RuntimeError("no")

    heard: list[LampLit] = []
    database.bus.on(LampLit, fail)
    database.bus.after(LampLit, heard.append)
    with pytest.raises(RuntimeError), database.write() as session:
        session.add(customer(tenant))
        session.flush()
        emit(session, LampLit(tenant, "a"))
    assert count(database) == 0
    assert heard == []


def test_after_the_commit_the_row_can_be_read(database: Database, tenant: str) -> None:
    seen: list[int] = []
    database.bus.after(LampLit, lambda _: seen.append(count(database)))
    with database.write() as session:
        session.add(customer(tenant))
        emit(session, LampLit(tenant, "a"))
        assert seen == []
    assert seen == [1]


def test_nothing_is_heard_of_an_act_that_was_undone(database: Database, tenant: str) -> None:
    heard: list[LampLit] = []
    database.bus.after(LampLit, heard.append)
    with pytest.raises(RuntimeError), database.write() as session:
        emit(session, LampLit(tenant, "a"))
        raise RuntimeError("changed our mind")
    with database.draft() as session:
        emit(session, LampLit(tenant, "b"))
    assert heard == []


def test_a_listener_after_the_commit_cannot_fail_the_act(database: Database, tenant: str) -> None:
    heard: list[str] = []

    def fail(event: LampLit) -> None:
        raise RuntimeError("no")

    database.bus.after(LampLit, fail)
    database.bus.after(LampLit, lambda event: heard.append(event.room))
    with database.write() as session:
        session.add(customer(tenant))
        emit(session, LampLit(tenant, "a"))
    assert count(database) == 1
    assert heard == ["a"]


def test_only_those_who_listen_to_a_kind_hear_it(database: Database, tenant: str) -> None:
    heard: list[Event] = []
    database.bus.after(LampBroke, heard.append)
    with database.write() as session:
        emit(session, LampLit(tenant, "a"))
        emit(session, LampBroke(tenant))
    assert heard == [LampBroke(tenant)]


def test_a_savepoint_takes_back_rows_and_events_together(database: Database, tenant: str) -> None:
    heard: list[str] = []
    database.bus.after(LampLit, lambda event: heard.append(event.room))
    with database.write() as session:
        with savepoint(session):
            session.add(customer(tenant, "kept"))
            emit(session, LampLit(tenant, "kept"))
        with pytest.raises(RuntimeError), savepoint(session):
            session.add(customer(tenant, "gone"))
            session.flush()
            emit(session, LampLit(tenant, "gone"))
            raise RuntimeError("no")
    assert count(database) == 1
    assert heard == ["kept"]


def test_a_draft_and_a_read_leave_nothing(database: Database, tenant: str) -> None:
    called: list[int] = []
    with database.draft() as session:
        session.add(customer(tenant))
        session.flush()
        after_commit(session, called.append, 1)
    assert count(database) == 0
    assert called == []
    if database.is_sqlite:
        with database.read() as session:
            session.add(customer(tenant))
    assert count(database) == 0
