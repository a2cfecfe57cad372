"""PostgreSQL itself keeps makers apart, whatever a statement forgets to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from careloop.api import schema
from careloop.crm_core.accounts.models import Tenant
from careloop.crm_core.customers.models import Customer
from careloop.kit.db import APP_ROLE, EVERY_TENANT, Base, Database, TenantRow
from careloop.kit.ids import new_id
from careloop.migrations import row_security

OURS, THEIRS = "o" * 26, "t" * 26


@pytest.fixture
def books(make_postgres: Callable[[], str]) -> Iterator[Database]:
    database = Database(make_postgres())
    schema.upgrade(database)
    with database.write(EVERY_TENANT) as session:
        for tenant_id in (OURS, THEIRS):
            session.add(Tenant(tenant_id=tenant_id, slug=tenant_id[0], name="Maker", profile={}))
            session.flush()
            session.add(Customer(tenant_id=tenant_id, id=new_id(), number="C-1", name="Lab"))
    yield database
    database.close()


def test_every_table_of_a_tenant_is_guarded(books: Database) -> None:
    with books.engine.connect() as connection:
        assert row_security.unguarded(connection) == []
        guarded = set(
            connection.scalars(text("SELECT tablename FROM pg_policies WHERE policyname = :name"),
                               {"name": row_security.POLICY})
        )  # fmt: skip
    tables = {
        mapper.local_table.name for mapper in Base.registry.mappers
        if issubclass(mapper.class_, TenantRow)
    }  # fmt: skip
    assert tables <= guarded


def test_the_application_works_without_the_rights_of_the_owner(books: Database) -> None:
    with books.read(OURS) as session:
        assert session.scalar(text("SELECT current_user")) == APP_ROLE
        assert row_security.bound(session.connection())
        owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'ticket'"
        assert session.scalar(text(owner)) != APP_ROLE
    for statement in ("DROP TABLE ticket", "ALTER TABLE ticket DISABLE ROW LEVEL SECURITY"):
        with pytest.raises(DBAPIError, match="must be owner"), books.write(OURS) as session:
            session.execute(text(statement))


def test_a_statement_that_forgets_the_tenant_sees_one_maker_alone(books: Database) -> None:
    with books.read(OURS) as session:
        assert {row.tenant_id for row in session.scalars(select(Customer))} == {OURS}
    with books.read(EVERY_TENANT) as session:
        assert {row.tenant_id for row in session.scalars(select(Customer))} == {OURS, THEIRS}


def test_a_transaction_that_names_nobody_sees_nothing(books: Database) -> None:
    with books.engine.connect() as connection:
        assert connection.execute(select(Customer)).all() == []
        connection.rollback()
        # What the transaction before named is gone with it.
        with books.read(OURS) as session:
            assert session.scalars(select(Customer)).all()
        assert connection.execute(select(Customer)).all() == []


def test_no_write_reaches_into_another_maker(books: Database) -> None:
    with books.write(OURS) as session:
        changed = session.execute(update(Customer).values(name="taken"))
        assert changed.rowcount == 1  # type: ignore[attr-defined]
    foreign = {"tenant_id": THEIRS, "id": new_id(), "number": "C-9", "name": "slipped in"}
    with pytest.raises(DBAPIError, match="row-level security"), books.write(OURS) as session:
        session.execute(insert(Customer.__table__), foreign)
    with books.read(THEIRS) as session:
        assert [row.name for row in session.scalars(select(Customer))] == ["Lab"]


def test_a_dump_restored_without_its_grants_is_mended_at_the_start(books: Database) -> None:
    with books.engine.connect() as connection, connection.begin():
        row_security.act_as_owner(connection)
        connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE}")
        assert not row_security.is_complete(connection)
    assert not schema.upgrade(books).changed
    with books.read(OURS) as session:
        assert session.scalars(select(Customer)).all()
