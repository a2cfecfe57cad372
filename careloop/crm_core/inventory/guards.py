"""Guards in the database itself: a posted move is neither changed nor deleted.

Its free words may change in one way: the law lets a person ask that their name be masked.

Triggers are no part of the tables that migrations make, so they are put in place after every
upgrade; `install` may run any number of times.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from careloop.crm_core.inventory.models import StockMove

TABLE = "stock_move"
WORDS = frozenset({"reason", "partner"})
FACTS = ", ".join(f'"{one.name}"' for one in StockMove.__table__.c if one.name not in WORDS)
MASK = "[erased]"
MESSAGE = "a posted stock move is never changed; reverse it"

_ALTERED = " OR ".join(
    f"NEW.{name} <> OLD.{name} AND NEW.{name} NOT LIKE '%{MASK}%'" for name in sorted(WORDS)
)

SQLITE = (
    f"DROP TRIGGER IF EXISTS {TABLE}_no_update",
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OF {FACTS} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_other_words BEFORE UPDATE ON {TABLE} "
    f"WHEN {_ALTERED} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
POSTGRES = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OF {FACTS} OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_other_words BEFORE UPDATE ON {TABLE} "
    f"FOR EACH ROW WHEN ({_ALTERED}) EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)


def install(connection: Connection) -> None:
    """Put the triggers in place; does nothing before the table is there. The caller commits."""
    if TABLE not in inspect(connection).get_table_names():
        return
    statements = SQLITE if connection.dialect.name == "sqlite" else POSTGRES
    for statement in statements:
        connection.execute(text(statement))
