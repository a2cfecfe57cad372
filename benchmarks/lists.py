"""Lists and searches over many tickets, through the queries and through the HTTP app.

    python -m benchmarks lists --tickets 1000000 --database sqlite|postgresql [--at URL] [--write]

Without `--at` a throw-away database is filled first; with it one that `benchmarks.seed` has
filled is measured. Beside each figure stands how many times as long it takes as reading one
ticket by its number in the same way, which does not depend on the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select

from benchmarks.installation import percentile, server
from benchmarks.seed import Vocabulary, seed, ulid
from careloop.api.app import create_app
from careloop.api.bootstrap import Services, build
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.accounts.schemas import CreateToken
from careloop.crm_core.tickets import list_queries, queries
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import EVERY_TENANT, Database
from careloop.kit.secret import ensure_key
from careloop.kit.settings import load_settings
from careloop.kit.telemetry import configure_logging

ROUNDS = 40
OUT = Path(__file__).resolve().parent.parent / "docs" / "generated" / "lists.md"
Ask = dict[str, Any]


def main(
    tickets: int = 1_000_000, engine: str = "sqlite", at: str = "", write: bool = False
) -> None:
    configure_logging("error", "console")
    with _filled(tickets, engine, at) as url, tempfile.TemporaryDirectory() as folder:
        services = build(load_settings(home=Path(folder), database_url=url))
        ensure_key(services.settings.secret_file)
        try:
            lines = _measured(services, engine)
        finally:
            services.close()
    print("\n".join(lines))
    if write:
        _write(engine, lines)


def _measured(services: Services, engine: str) -> list[str]:
    tenant = ulid(1, 0)
    actor = staff_actor(tenant, Role.AGENT, ulid(2, 0), "Bench")
    with services.database.read(tenant) as session:
        many = session.scalar(select(func.count()).select_from(Ticket)) or 0
        rows = session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(4_000)).all()
        session.expunge_all()
    rng = random.Random(11)
    kinds = _kinds(rng, list(rows), many)
    single = _single(services.database, actor, [row.number for row in rows[:200]])
    lines = [
        f"{many} tickets, {engine}; one ticket by number: {single:.1f} ms; "
        f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        f"{'':34}{'query p50':>10}{'p99':>8}{'ratio':>7}{'HTTP p50':>10}{'p99':>8}  rows",
    ]
    over_http = asyncio.run(_over_http(services, actor, kinds))
    for name, asks in kinds.items():
        taken, found = _by_query(services.database, actor, asks)
        http = over_http[name]
        lines.append(
            f"{name:34}{percentile(taken, 0.5):10.1f}{percentile(taken, 0.99):8.1f}"
            f"{percentile(taken, 0.5) / single:7.1f}{percentile(http, 0.5):10.1f}"
            f"{percentile(http, 0.99):8.1f}{found:6.1f}"
        )
    return lines


def _kinds(rng: random.Random, rows: list[Any], many: int) -> dict[str, list[Ask]]:
    """What is asked, kind by kind, as parameters of `GET /v1/tickets`."""
    vocabulary = Vocabulary(random.Random(many))
    en, zh = vocabulary.words["en"], vocabulary.words["zh"]

    def each(make: Callable[[], Ask]) -> list[Ask]:
        return [make() for _ in range(ROUNDS)]

    def row() -> Any:
        return rng.choice(rows)

    return {
        "newest": each(dict),
        "open, due first": each(
            lambda: {"state": ["new", "assigned", "in_progress"], "sort": "due"}
        ),
        "latest change": each(lambda: {"sort": "updated"}),
        "by priority, open": each(lambda: {"state": ["new"], "sort": "priority"}),
        "of an assignee, open": each(
            lambda: {"assignee_id": row().assignee_id or "none", "state": ["new", "assigned"]}
        ),
        "without an assignee": each(lambda: {"assignee_id": "none", "state": ["new"]}),
        "of a customer": each(lambda: {"customer_id": row().customer_id}),
        "of a device": each(lambda: {"serial": row().serial or "GS1000-21-000000"}),
        "of a model, critical": each(lambda: {"model": row().model, "priority": ["critical"]}),
        "with a tag": each(lambda: {"tag": [rng.choice(("vip", "recall", "网络"))]}),
        "breached": each(lambda: {"due_state": ["breached"]}),
        "search: rare word": each(lambda: {"q": rng.choice(en[3_000:])}),
        "search: common word": each(lambda: {"q": rng.choice(en[:8])}),
        "search: two common words": each(lambda: {"q": " ".join(rng.sample(en[:25], 2))}),
        "search: common, seldom together": each(
            lambda: {"q": f"{rng.choice(en[:8])} {rng.choice(vocabulary.words['de'][:8])}"}
        ),
        "search: three words": each(lambda: {"q": " ".join(rng.sample(en[:300], 3))}),
        "search: no hit": each(lambda: {"q": f"qz{rng.randrange(10**6)}x"}),
        "search: one letter": each(lambda: {"q": rng.choice("pvsdk")}),
        "search: two letters": each(lambda: {"q": rng.choice(("pu", "va", "se", "di", "ka"))}),
        "search: unfinished word": each(lambda: {"q": rng.choice(en[:500])[:5]}),
        "search: one Chinese character": each(lambda: {"q": rng.choice(zh[:60])[:1]}),
        "search: Chinese words": each(lambda: {"q": row().title[:6]}),
        "search: number": each(lambda: {"q": row().number}),
        "search: unfinished number": each(lambda: {"q": row().number[: rng.randrange(7, 13)]}),
        "search: serial": each(lambda: {"q": row().serial or "GS1000"}),
        "search: unfinished serial": each(lambda: {"q": (row().serial or "GS1000-2")[:10]}),
        "search: fault code": each(lambda: {"q": f"E-{rng.randrange(100, 999)}"}),
        "search: common word, of a customer": each(
            lambda: {"q": rng.choice(en[:20]), "customer_id": row().customer_id}
        ),
        "search: common word, open": each(
            lambda: {"q": rng.choice(en[:20]), "state": ["new", "assigned"]}
        ),
    }


def _single(database: Database, actor: Actor, numbers: list[str]) -> float:
    taken = []
    for number in numbers:
        began = time.perf_counter()
        with database.read(actor.tenant_id) as session:
            queries.ticket_view(queries.ticket(session, actor, number))
        taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 0.5)


def _by_query(database: Database, actor: Actor, asks: list[Ask]) -> tuple[list[float], float]:
    names = {"state": "states", "priority": "priorities", "tag": "tags", "due_state": "due_states"}
    taken, found = [], 0
    for ask in [asks[0], *asks]:
        wanted = {names.get(name, name): value for name, value in ask.items() if name != "sort"}
        began = time.perf_counter()
        with database.read(actor.tenant_id) as session:
            rows, _ = list_queries.page(
                session, actor, TicketFilter(**wanted), ask.get("sort", "newest")
            )
        taken.append((time.perf_counter() - began) * 1000)
        found += len(rows)
    return taken[1:], found / len(taken)


async def _over_http(
    services: Services, actor: Actor, kinds: dict[str, list[Ask]]
) -> dict[str, list[float]]:
    with services.database.write(EVERY_TENANT) as session:
        token = accounts.create_token(session, actor, CreateToken(name=f"bench {time.time_ns()}"))
    headers = {"Authorization": f"Bearer {token.secret}"}
    transport = httpx.ASGITransport(app=create_app(services, with_worker=False))
    taken: dict[str, list[float]] = {}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        for name, asks in kinds.items():
            for ask in [asks[0], *asks]:
                began = time.perf_counter()
                response = await client.get("/v1/tickets", params=ask)
                taken.setdefault(name, []).append((time.perf_counter() - began) * 1000)
                assert response.status_code == 200, response.text
            taken[name].pop(0)
    return taken


@contextlib.contextmanager
def _filled(tickets: int, engine: str, at: str) -> Iterator[str]:
    if at:
        yield at
        return
    with tempfile.TemporaryDirectory() as folder, server(engine, Path(folder)) as given:
        url = given or f"sqlite:///{folder}/lists.db"
        _seed(url, tickets)
        yield url


def _seed(url: str, tickets: int) -> None:
    database = Database(url)
    try:
        seed(database, tickets)
    finally:
        database.close()


def _write(engine: str, lines: list[str]) -> None:
    """Keep the figures of this database beside those of the other."""
    head = "# Lists and searches of tickets\n\n"
    told = OUT.read_text(encoding="utf-8") if OUT.is_file() else head
    mark = f"## {engine}\n"
    before, _, after = told.partition(mark)
    rest = after[after.index("\n## ") + 1 :] if "\n## " in after else ""
    day = datetime.now(UTC).date().isoformat()
    command = f"python -m benchmarks lists --database {engine} --write"
    section = f"{mark}\nMeasured on {day} by `{command}`; milliseconds.\n\n```\n"
    body = section + "\n".join(lines) + "\n```\n"
    OUT.write_text(f"{before.rstrip()}\n\n{body}\n{rest}".rstrip() + "\n", encoding="utf-8")
