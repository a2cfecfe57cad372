"""Row-level security in PostgreSQL: a transaction sees the rows of the tenant that it names.

Every table with a tenant gets a forced policy, which binds its owner too; the application works
as a role that owns nothing. A transaction that names no tenant sees no row. Source:
https://www.postgresql.org/docs/current/ddl-rowsecurity.html
"""

from __future__ import annotations

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from careloop.kit.db import APP_ROLE, EVERY_TENANT, INDEX_SCHEMA, TENANT_RULE

log = structlog.get_logger(__name__)

POLICY = "tenant_rows"
_TABLES = """
SELECT c.oid::regclass::text AS name,
       c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
           SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = :policy) AS guarded
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
ORDER BY 1
"""


def act_as_owner(connection: Connection) -> None:
    """For this transaction: the rights of the login itself, over the rows of every tenant."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text("SET LOCAL ROLE NONE"))
    connection.execute(text("SELECT set_config('app.tenant', :all, true)"), {"all": EVERY_TENANT})


def install(connection: Connection) -> None:
    """Guard every table that holds tenants' rows; safe to repeat. Needs the tables' owner."""
    if connection.dialect.name != "postgresql":
        return
    for name in unguarded(connection):
        connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"DROP POLICY IF EXISTS {POLICY} ON {name}")
        connection.exec_driver_sql(
            f"CREATE POLICY {POLICY} ON {name} USING ({TENANT_RULE}) WITH CHECK ({TENANT_RULE})"
        )
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {INDEX_SCHEMA}")
    if _ensure_role(connection):
        _grant(connection)
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS vector")
    except DBAPIError:
        log.warning("no_pgvector", reason="the extension `vector` is not there; words only")


def unguarded(connection: Connection) -> list[str]:
    """Tables with tenants' rows that no forced policy guards."""
    rows = connection.execute(text(_TABLES), {"policy": POLICY})
    return [row.name for row in rows if not row.guarded]


def is_complete(connection: Connection) -> bool:
    """Whether nothing is left for `install`: a dump restored elsewhere has lost its grants."""
    if connection.dialect.name != "postgresql":
        return True
    if unguarded(connection):
        return False
    statement = (
        "SELECT coalesce(bool_and(has_table_privilege(r.oid, c.oid, 'INSERT')), true) "
        "FROM pg_roles r, pg_class c WHERE r.rolname = :role AND c.relkind = 'r' "
        "AND c.relnamespace = current_schema()::regnamespace"
    )
    return bool(connection.scalar(text(statement), {"role": APP_ROLE}))


def bound(connection: Connection) -> bool:
    """Whether the policies bind the present role: it is no superuser and bypasses nothing."""
    statement = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    return not connection.scalar(text(statement))


def _ensure_role(connection: Connection) -> bool:
    """The application's role, made where the login may make roles."""
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
    if connection.scalar(known, {"role": APP_ROLE}):
        return True
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"CREATE ROLE {APP_ROLE} NOLOGIN")
    except ProgrammingError:
        # The forced policies bind the owner as well; `careloop doctor` tells who is not bound.
        log.warning("app_role_not_made", role=APP_ROLE)
        return False
    return True


def _grant(connection: Connection) -> None:
    schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
    for statement in (
        f"GRANT {APP_ROLE} TO CURRENT_USER",
        f"ALTER SCHEMA {INDEX_SCHEMA} OWNER TO {APP_ROLE}",
        f"GRANT USAGE ON SCHEMA {schema} TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {APP_ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {APP_ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}",
    ):
        connection.exec_driver_sql(statement)
