"""Lists of tickets by a maker's own fields, over many tickets.

    python -m benchmarks.own_fields --tickets 1000000 --home FOLDER

Every ticket has a text, a number, a day and a choice. The file is made where it is missing; each
list is read once to warm up and then several times with other values.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.api import schema
from careloop.crm_core.accounts.models import Tenant
from careloop.crm_core.custom import service as fields
from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.custom.schemas import AddField
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import EVERY_TENANT, Database

TENANT = "t" * 26
ROUNDS = 7
FIELDS = (
    {"object": "ticket", "key": "room", "type": "text", "searchable": True},
    {"object": "ticket", "key": "depth", "type": "number", "decimals": 2},
    {"object": "ticket", "key": "day", "type": "date"},
    {"object": "ticket", "key": "level", "type": "choice",
     "options": [{"id": f"l{n}", "label": {"en": f"L{n}"}} for n in range(4)]},
)  # fmt: skip
_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
_ID = "'01' || printf('%024d', i)"
_VALUES = {
    "room": ("folded", "'room ' || (i * 7919 % 5000) || ' bench ' || printf('%x', i * 2654435761)"),
    "depth": ("number", "(i * 7907 % 100000) / 100.0"),
    "day": ("at", "datetime('2020-01-01', '+' || (i * 31 % 2500) || ' days') || '.000000'"),
    "level": ("folded", "'l' || (i % 4)"),
}


def seed(database: Database, many: int) -> None:
    """Tickets as plain rows, and their typed values."""
    schema.upgrade(database)
    actor = system_actor(TENANT)
    with database.write(EVERY_TENANT) as session:
        session.add(Tenant(tenant_id=TENANT, slug="bench", name="Bench", profile={}))
        session.flush()
        ids = {
            str(one["key"]): fields.add_field(
                session, actor, AddField.model_validate({"label": {"en": "x"}, **one})
            ).id
            for one in FIELDS
        }
        _tickets(session, many)
        for key, (column, value) in _VALUES.items():
            statement = (
                f"{_COUNT} INSERT INTO custom_value (tenant_id, subject, object_id, field_id, "
                f"slot, {column}) SELECT :tenant, 'ticket', {_ID}, :field, 0, {value} FROM n"
            )
            named = {"many": many, "tenant": TENANT, "field": ids[key]}
            session.execute(text(statement), named)


def _tickets(session: Session, many: int) -> None:
    columns = {column.name: "''" for column in Ticket.__table__.columns if not column.nullable}
    columns |= {
        "tenant_id": f"'{TENANT}'", "id": _ID, "number": "'TK-2026-' || printf('%07d', i)",
        "type": "'incident'", "state": "CASE i % 20 WHEN 0 THEN 'new' ELSE 'closed' END",
        "priority": "'normal'", "title": "'Ticket ' || i", "version": "1",
        "created_at": "'2026-01-01 00:00:00.000000'", "updated_at": "'2026-01-01 00:00:00.000000'",
        **dict.fromkeys(("error_codes", "tags"), "'[]'"),
        **dict.fromkeys(("diagnosis", "fields", "custom"), "'{}'"),
        **dict.fromkeys(("children_count", "merged_count", "reopened_count", "history_seq"), "0"),
    }  # fmt: skip
    names, values = ", ".join(columns), ", ".join(columns.values())
    session.execute(
        text(f"{_COUNT} INSERT INTO ticket ({names}) SELECT {values} FROM n"), {"many": many}
    )


def lists(rng: random.Random, many: int) -> dict[str, tuple[dict[str, str], str]]:
    """What is asked for: the filters, and the order."""
    number = rng.randint(1, many)
    return {
        "one of a text, rare": ({"room": f"bench {number * 2654435761:x}"}, "newest"),
        "one of a text, common": ({"room": "bench"}, "newest"),
        "a text that nobody has": ({"room": "nowhere"}, "newest"),
        "a number": ({"depth": f"{rng.randint(0, 99999) / 100}"}, "newest"),
        "numbers, few": ({"depth_from": "999.5"}, "newest"),
        "numbers, half": ({"depth_from": "500"}, "newest"),
        "days, a month": ({"day_from": "2023-03-01", "day_until": "2023-03-31"}, "newest"),
        "a choice of four": ({"level": "l2"}, "newest"),
        "a choice and numbers": ({"level": "l2", "depth_from": "990"}, "newest"),
        "by number, upwards": ({}, "custom.depth"),
        "by day, downwards": ({}, "-custom.day"),
        "a choice, by number": ({"level": "l3"}, "-custom.depth"),
        "numbers, few, by due time": ({"depth_from": "999.5"}, "due"),
    }


def measure(database: Database, actor: Actor, many: int) -> None:
    rng = random.Random(1)
    took: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for round_ in range(ROUNDS + 1):
        for name, (params, sort) in lists(rng, many).items():
            wanted = TicketFilter(
                custom=given_of({f"custom.{key}": [value] for key, value in params.items()})
            )
            with database.read(actor.tenant_id) as session:
                milliseconds, rows = _timed(
                    lambda session=session, wanted=wanted, sort=sort: list_queries.page(
                        session, actor, wanted, sort, None, 50
                    )[0]
                )
            if round_:
                took.setdefault(name, []).append(milliseconds)
            found[name] = rows
    print(f"{many} tickets, {database.engine.dialect.name}; milliseconds")
    print(f"{'':32}{'p50':>9}{'max':>9}{'rows':>6}")
    for name, values in took.items():
        print(f"{name:32}{statistics.median(values):9.1f}{max(values):9.1f}{found[name]:6}")


def _timed(read: Callable[[], list[Ticket]]) -> tuple[float, int]:
    began = time.perf_counter()
    rows = read()
    return (time.perf_counter() - began) * 1000, len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure lists by own fields.")
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, required=True, help="folder for the file")
    given = parser.parse_args()
    path = given.home / f"own_fields_{given.tickets}.db"
    given.home.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    database = Database(f"sqlite:///{path}")
    if fresh:
        began = time.perf_counter()
        seed(database, given.tickets)
        print(f"made in {time.perf_counter() - began:.0f} s")
    measure(database, system_actor(TENANT), given.tickets)
    database.close()


if __name__ == "__main__":
    main()
