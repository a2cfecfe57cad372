"""PostgreSQL's own tools, `pg_dump` and `pg_restore`, called with the books' address."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.engine import make_url

from careloop.kit.db import EVERY_TENANT, INDEX_SCHEMA, Database
from careloop.kit.errors import Conflict, Misconfigured
from careloop.migrations import row_security

_FROM_QUERY = {
    "host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "options": "PGOPTIONS", "passfile": "PGPASSFILE",
    "connect_timeout": "PGCONNECT_TIMEOUT", "channel_binding": "PGCHANNELBINDING",
}  # fmt: skip


def driver_installed() -> bool:
    """Whether Python can talk to PostgreSQL here."""
    return importlib.util.find_spec("psycopg") is not None


def dump(url: str, target: Path) -> None:
    """Write the books to `target` in PostgreSQL's custom format, one moment of them; what is
    derived from them is left out and made again."""
    _run(
        "pg_dump", url, "--format=custom", "--no-owner", "--no-privileges",
        f"--exclude-schema={INDEX_SCHEMA}", f"--file={target}",
    )  # fmt: skip


def restore(url: str, source: Path) -> None:
    """Fill an empty database from a dump, in one transaction."""
    _run(
        "pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", f"--dbname={make_url(url).database}", str(source),
    )  # fmt: skip


def check_alone(database: Database) -> None:
    """Raise `Conflict` while somebody else is connected to the database."""
    with database.read(EVERY_TENANT) as session:
        row_security.act_as_owner(session.connection())
        others = session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        )
    if others:
        raise Conflict(f"{others} other connections use the database; stop Careloop first")


def tables(database: Database) -> list[str]:
    """Tables of the database, PostgreSQL's own left out; `schema.table`."""
    with database.read(EVERY_TENANT) as session:
        row_security.act_as_owner(session.connection())
        rows = session.execute(
            text(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN "
                "('pg_catalog', 'information_schema') ORDER BY 1"
            )
        )
        return [str(row[0]) for row in rows]


def clear(database: Database) -> None:
    """Drop every schema with all that is in it, and make an empty `public` one."""
    with database.write(EVERY_TENANT) as session:
        row_security.act_as_owner(session.connection())
        names = session.scalars(
            text(
                "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' "
                "AND nspname <> 'information_schema'"
            )
        ).all()
        for name in names:
            session.execute(text(f"DROP SCHEMA {name} CASCADE"))
        session.execute(text("CREATE SCHEMA public"))


def _run(tool: str, url: str, *arguments: str) -> None:
    path = shutil.which(tool)
    if path is None:
        raise Misconfigured(
            f"{tool} is not on the PATH; install PostgreSQL's client programs (Debian: "
            "apt install postgresql-client), of the server's version or newer"
        )
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's, the arguments are ours
        [path, "--no-password", *arguments],
        env={**os.environ, **_environment(make_url(url))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Misconfigured(f"{tool} failed: {' / '.join(lines[-4:]) or done.returncode}")


def _environment(url: URL) -> dict[str, str]:
    """The address for PostgreSQL's tools; the password goes by environment, never by argument."""
    values = {
        "PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username,
        "PGPASSWORD": url.password, "PGDATABASE": url.database,
    }  # fmt: skip
    for key, name in _FROM_QUERY.items():
        value = url.query.get(key)
        if value:
            values[name] = value if isinstance(value, str) else ",".join(value)
    return {name: str(value) for name, value in values.items() if value}
