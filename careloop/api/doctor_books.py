"""The doctor's look at the books: database, schema, and what must be in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from careloop.api import pg_client, schema
from careloop.api.finding import Finding
from careloop.api.routes.login import is_loopback
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts.models import Tenant
from careloop.crm_core.workforce import queries as workforce
from careloop.kit.db import EVERY_TENANT, Database
from careloop.kit.errors import CareloopError, NotFound
from careloop.kit.settings import Settings
from careloop.migrations.row_security import bound as role_is_bound
from careloop.migrations.row_security import unguarded

OLDEST_POSTGRES = 15


def check(settings: Settings) -> Iterator[Finding]:
    """All findings about the books; a database that does not exist is not made."""
    try:
        url = make_url(settings.url)
    except ArgumentError:
        yield Finding.fail("database", "CARELOOP_DATABASE_URL is not an SQLAlchemy URL")
        return
    if not settings.is_sqlite and not pg_client.driver_installed():
        yield Finding.fail("database", "PostgreSQL needs its driver: pip install 'careloop[pg]'")
        return
    if settings.is_sqlite and not Path(url.database or "").is_file():
        yield Finding.warn(
            "database", f"There is no database {url.database} yet; run `careloop init`"
        )
        return
    try:
        with closing(Database(settings.url)) as database:
            yield from _contents(settings, database)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Finding.fail("database", f"{url.render_as_string()} cannot be used: {reason}")


def _contents(settings: Settings, database: Database) -> Iterator[Finding]:
    with database.read(EVERY_TENANT) as session:
        yield _engine(session, database)
    found = schema.state(database)
    if found.newer or found.foreign_tables:
        try:
            found.check_upgradable()
        except CareloopError as error:
            yield Finding.fail("schema", error.message)
        return
    if not found.is_current:
        yield Finding.warn(
            "schema",
            f"Revision {found.current or 'none'}, newest is {found.head}; `careloop migrate` "
            "(and every other command) brings it up to date",
        )
        return
    yield Finding.ok("schema", f"Revision {found.current}, the newest")
    if not database.is_sqlite:
        yield _row_security(database)
    with database.read(EVERY_TENANT) as session:
        yield from _tenant(settings, session)


def _engine(session: Session, database: Database) -> Finding:
    if database.is_sqlite:
        return Finding.ok("database", f"SQLite {database.url.database}")
    number = int(session.scalar(text("SHOW server_version_num")) or 0)
    where = database.url.render_as_string()
    if number < OLDEST_POSTGRES * 10_000:
        return Finding.fail(
            "database", f"{where} is PostgreSQL {number // 10_000}; 15 or newer is needed"
        )
    return Finding.ok("database", f"PostgreSQL {number // 10_000} at {where}")


def _row_security(database: Database) -> Finding:
    with database.engine.connect() as connection:
        open_tables, bound = unguarded(connection), role_is_bound(connection)
    if open_tables:
        names = ", ".join(open_tables[:5])
        return Finding.fail("row security", f"No policy guards {names}; run `careloop migrate`")
    if not bound:
        return Finding.warn(
            "row security",
            "The login is a superuser or bypasses policies, and the role careloop_app could not "
            "be taken; connect as a plain owner of the tables",
        )
    return Finding.ok("row security", "Every table is guarded, and the policies bind this login")


def _tenant(settings: Settings, session: Session) -> Iterator[Finding]:
    try:
        tenant = accounts.tenant_by_slug(session, settings.default_tenant)
    except NotFound as error:
        yield Finding.warn("tenant", error.message)
        return
    if accounts.active_admins(session, tenant.tenant_id):
        yield Finding.ok("admin", "There is an active admin")
    else:
        yield Finding.warn("admin", "There is no active admin; run `careloop init`")
    hours = workforce.office_hours(session, tenant.tenant_id)
    if hours is None or not any(hours.weekly.values()):
        yield Finding.warn(
            "office hours",
            "No office hours are set, so customers are told that somebody is there "
            + ("at any time" if hours is None else "never")
            + "; set them (PUT /v1/office-hours)",
        )
    else:
        yield Finding.ok("office hours", f"Set, in {hours.time_zone}")
    yield _demo(settings, tenant)


def _demo(settings: Settings, tenant: Tenant) -> Finding:
    if not tenant.profile.get("demo_logins"):
        return Finding.ok(
            "demo",
            "No demo logins",
            adds="`careloop demo` in another CARELOOP_HOME shows a demo company",
        )
    if is_loopback(settings.host):
        return Finding.ok(
            "demo", "The demo company is loaded; its passwords work on this machine alone"
        )
    return Finding.fail(
        "demo",
        f"Demo logins with public passwords would be served on {settings.host}; set "
        "CARELOOP_HOST=127.0.0.1, or use another CARELOOP_HOME",
    )
