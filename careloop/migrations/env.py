"""Run by Alembic: joins its context to the connection that the caller has opened.

The caller (`careloop.api.schema`, `careloop.migrations.generate`) owns connection and
transaction; there is no alembic.ini and no second way to reach a database.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from careloop.kit.db import UtcTime
from careloop.migrations import models


def _render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own type as the plain one it stands on: an old migration outlives our code."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.metadata,
        # SQLite changes a column only by copying the table; batch mode does that.
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render,
        compare_type=True,
        # True for SQLite too: our engine sends its own BEGIN, so the tables roll back with it.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
