"""A service house with many tickets, written as fast as each database allows.

    python -m benchmarks.seed --tickets 1000000 --database sqlite --out lists.db

Words are drawn by Zipf's law from vocabularies of Chinese, English and German; states, priorities
and languages as in a house that has run for five years: nearly all closed, the open ones new.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import NullPool, Table, create_engine, insert, text

from careloop.api import schema
from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.catalog.models import ProductModel
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.tickets.models import Ticket, TicketTag
from careloop.crm_core.tickets.search import words_of
from careloop.crm_core.tickets.search_models import TicketWord
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import EVERY_TENANT, Base, Database

YEARS = 5
CUSTOMERS_PER = 400
DEVICES_PER = 10
PIECE = 20_000
STATES = (
    ("closed", 955), ("cancelled", 20), ("resolved", 9), ("new", 4), ("assigned", 4),
    ("in_progress", 4), ("waiting_parts", 2), ("waiting_customer", 2),
)  # fmt: skip
PRIORITIES = (("normal", 70), ("low", 15), ("high", 12), ("critical", 3))
DUE_STATES = (("running", 6), ("warning", 2), ("breached", 2))
TYPES = (
    ("incident", 60), ("request", 18), ("maintenance", 12), ("installation", 5), ("return", 3),
    ("complaint", 2),
)  # fmt: skip
TAGS = ("vip", "warranty", "training", "recall", "网络", "重复", "teuer")
_STEMS = {
    "en": "pump valve sensor leak noise error display filter cable board heater motor power cover "
    "alarm door light fan hose seal camera scan print start stop reset update drift level",
    "de": "pumpe ventil sensor leck geräusch fehler anzeige filter kabel platine heizung motor "
    "netzteil deckel alarm tür licht lüfter schlauch dichtung kamera druck start",
    "zh": "泵阀传感器漏水异响故障显示屏滤芯电缆主板加热电机电源盖门灯风扇管密封镜头扫描打印启动停止"
    "复位更新漂移液位温度压力真空样品试剂校准通讯网络软件版本报警无法连接闪烁过热断电漏液堵塞磨损松动",
}  # fmt: skip
_ENDINGS = ("", "s", "ing", "er", "ed", "box", "unit", "head", "line", "set", "lock", "wheel")


def seed(database: Database, tickets: int, say: Any = print) -> Actor:
    """Fill an empty database; gives an agent of its tenant."""
    schema.upgrade(database)
    tenant, rng = ulid(1, 0), random.Random(tickets)
    began = time.perf_counter()
    people = _people(database, tenant)
    devices = _devices(database, tenant, max(tickets // DEVICES_PER, 10), rng)
    rows = _tickets(tenant, tickets, people, devices, rng)
    written = 0
    with database.write(EVERY_TENANT) as session:
        connection = session.connection()
        while piece := list(itertools.islice(rows, PIECE)):
            _write(connection, Ticket, piece)
            _write(connection, TicketTag, _tags(piece))
            _write(connection, TicketWord, _words(piece))
            written += len(piece)
            if written % 100_000 == 0:
                say(f"  {written} tickets after {time.perf_counter() - began:.0f} s", flush=True)
    _settle(database)
    say(f"  {tickets} tickets in {time.perf_counter() - began:.0f} s")
    return staff_actor(tenant, Role.AGENT, people[0], "Bench")


def ulid(milliseconds: int, tail: int) -> str:
    """An id as `kit.ids` makes them, for a time and a number given."""
    alphabet, value, letters = "0123456789abcdefghjkmnpqrstvwxyz", milliseconds << 80 | tail, []
    for _ in range(26):
        letters.append(alphabet[value & 31])
        value >>= 5
    return "".join(reversed(letters))


def _people(database: Database, tenant: str) -> list[str]:
    ids = [ulid(2, number) for number in range(40)]
    with database.write(EVERY_TENANT) as session:
        session.add(Tenant(tenant_id=tenant, slug="default", name="Bench", profile={}))
        session.flush()
        session.add_all(
            User(
                tenant_id=tenant, id=one, email=f"a{at}@bench.example", name=f"Agent {at}",
                role="agent",
            )
            for at, one in enumerate(ids)
        )  # fmt: skip
    return ids


def _devices(
    database: Database, tenant: str, count: int, rng: random.Random
) -> list[tuple[str, str, str, str]]:
    """(asset id, serial, model, customer id) of every device."""
    models = [f"GS-{number}" for number in (1000, 2000, 2200, 3000, 5000)]
    customers = [ulid(3, number) for number in range(max(count * DEVICES_PER // CUSTOMERS_PER, 3))]
    at = datetime(2021, 1, 1, tzinfo=UTC)
    times = {"created_at": at, "updated_at": at, "version": 1}
    with database.write(EVERY_TENANT) as session:
        session.execute(insert(Customer), [
            {"tenant_id": tenant, "id": one, "number": f"C-{n:05}", "name": f"Lab {n}"}
            for n, one in enumerate(customers)
        ])  # fmt: skip
        session.execute(insert(ProductModel), [
            {"tenant_id": tenant, "id": ulid(4, n), "model": model}
            for n, model in enumerate(models)
        ])  # fmt: skip
        found = []
        for n in range(count):
            kind = rng.randrange(len(models))
            serial = f"{models[kind].replace('-', '')}-{21 + n % YEARS}-{n:06}"
            found.append(
                (
                    ulid(5, n),
                    serial,
                    models[kind],
                    customers[int(len(customers) * rng.random() ** 2)],
                    ulid(4, kind),
                )
            )
        for start in range(0, count, PIECE):
            _write(session.connection(), Asset, [
                {"tenant_id": tenant, "id": one, "serial": serial, "serial_key": fold(serial),
                 "model_id": model_id, "model": model, "customer_id": owner,
                 "public_code": f"bench{one}", **times}
                for one, serial, model, owner, model_id in found[start : start + PIECE]
            ])  # fmt: skip
    return [one[:4] for one in found]


class Vocabulary:
    """Titles of four to nine words by Zipf's law, in one of three languages."""

    def __init__(self, rng: random.Random, size: int = 12_000) -> None:
        self._rng = rng
        self.words: dict[str, list[str]] = {}
        for language in ("en", "de"):
            stems = _STEMS[language].split()
            known = dict.fromkeys(stems)
            while len(known) < size:
                known[
                    rng.choice(stems)
                    + "".join(rng.choices("abdeiklmnorstu", k=rng.randrange(1, 4)))
                    + rng.choice(_ENDINGS)
                ] = None
            self.words[language] = list(known)
        signs = list(dict.fromkeys(_STEMS["zh"]))
        pairs = {"".join(rng.sample(signs, rng.choice((1, 2, 2, 3)))) for _ in range(size)}
        self.words["zh"] = list(dict.fromkeys((*signs, *sorted(pairs))))
        self._weights = {
            language: list(itertools.accumulate(1 / (rank + 3) for rank in range(len(found))))
            for language, found in self.words.items()
        }

    def title(self) -> tuple[str, str]:
        language = self._rng.choices(("zh", "en", "de"), (60, 30, 10))[0]
        words = self._rng.choices(
            self.words[language], cum_weights=self._weights[language], k=self._rng.randrange(4, 10)
        )
        return language, ("" if language == "zh" else " ").join(words)


def _tickets(
    tenant: str, count: int, people: list[str], devices: list[tuple[str, str, str, str]],
    rng: random.Random,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    vocabulary = Vocabulary(rng)
    begin = datetime(2021, 11, 1, tzinfo=UTC)
    step = timedelta(days=365 * YEARS) / count
    numbers: dict[int, int] = {}
    open_from = int(count * 0.97)
    plain = _defaults(Ticket.__table__)
    for at in range(count):
        created = begin + step * at
        numbers[created.year] = numbers.get(created.year, 0) + 1
        language, title = vocabulary.title()
        asset, serial, model, customer = rng.choice(devices)
        state = _drawn(rng, STATES) if at >= open_from else "closed"
        if at >= open_from and rng.random() < 0.4:
            state = rng.choice(("new", "assigned", "in_progress", "waiting_parts"))
        closed = created + timedelta(hours=rng.expovariate(1 / 60)) if state == "closed" else None
        due = state in {"new", "assigned", "in_progress", "waiting_parts", "waiting_customer"}
        with_device = rng.random() < 0.9
        yield plain | {
            "tenant_id": tenant, "id": ulid(int(created.timestamp() * 1000), at),
            "number": f"TK-{created.year}-{numbers[created.year]:06}",
            "type": _drawn(rng, TYPES), "state": state, "priority": _drawn(rng, PRIORITIES),
            "title": title[:300], "language": language, "customer_id": customer,
            "asset_id": asset if with_device else None, "serial": serial if with_device else "",
            "model": model, "assignee_id": rng.choice(people) if rng.random() < 0.8 else None,
            "engineer": f"E-{rng.randrange(200):03}" if rng.random() < 0.6 else "",
            "error_codes": [f"E-{rng.randrange(100, 999)}"] if rng.random() < 0.5 else [],
            "tags": rng.sample(TAGS, rng.choice((0, 0, 0, 1, 2))), "resolved_at": closed,
            "closed_at": closed, "created_at": created, "updated_at": closed or created,
            "due_at": created + timedelta(hours=8) if due else None,
            "due_kind": "respond" if due else "",
            "due_state": _drawn(rng, DUE_STATES) if due else "",
            "version": 1, "history_seq": 1,
        }  # fmt: skip


def _drawn(rng: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]


def _tags(piece: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"tenant_id": row["tenant_id"], "tag": tag.casefold(), "ticket_id": row["id"]}
        for row in piece
        for tag in row["tags"]
    ]


def _words(piece: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order of the index, so that a page of it is written once a piece."""
    rows = [
        {"tenant_id": row["tenant_id"], "word": word, "ticket_id": row["id"]}
        for row in piece
        for word in words_of(row)
    ]
    return sorted(rows, key=lambda row: row["word"])


def _defaults(table: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        default = column.default
        row[column.name] = None
        if default is not None:
            row[column.name] = default.arg(None) if default.is_callable else default.arg
    return row


def _write(connection: Any, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Rows by COPY on PostgreSQL, as its owner, by prepared inserts on SQLite."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("RESET ROLE")
    table = model.__table__
    assert isinstance(table, Table)
    plain = _defaults(table)
    full = [plain | row for row in rows]
    names = [column.name for column in table.columns]
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), full)
        return
    columns = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    statement = f'COPY "{table.name}" ({columns}) FROM STDIN'
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in full:
            copy.write_row([_copied(row[name]) for name in names])


def _copied(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _settle(database: Database) -> None:
    """Statistics for the planner, as a database that has run for a while has them."""
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    # Connections that filled the tables as their owner are not used again.
    database.engine.dispose()
    owner = create_engine(database.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with owner.connect() as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
    owner.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--database", required=True, help="URL of an empty database")
    options = parser.parse_args()
    database = Database(options.database)
    try:
        seed(database, options.tickets)
    finally:
        database.close()


if __name__ == "__main__":
    main()
