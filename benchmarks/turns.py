"""Bot turns, stored to the database: time of one, and how many a second."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.installation import demo, percentile
from careloop.api.auth import visitor_actor
from careloop.api.bootstrap import Services
from careloop.api.routes.chat import SendMessage, say
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.conversations import service as conversations
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ids import new_id
from careloop.knowledge import service as knowledge
from careloop.knowledge.service import SourceFile

CHUNKS = 5_000
TURNS = 300
WORKERS = 4
QUESTIONS = (
    "My GS-2000 shows E-217, what should I do?",
    "测序仪的滤网多久清洗一次？",
    "¿Cuánto cuesta una visita fuera de garantía?",
    "Der SP-96 meldet E-305, Spitzen werden nicht aufgenommen",
    "Hello",
    "How is ticket TK-2026-000001?",
    "LC-10 的真空达不到怎么办",
    "What is the weight of the GS-8000?",
)


def main() -> None:
    with demo() as services:
        tenant_id = _tenant(services)
        chunks = _fill(services, tenant_id)
        for question in QUESTIONS:
            say(services, _visitor(services, tenant_id), _message(question))
        one = _one_by_one(services, tenant_id)
        rate = _at_once(services, tenant_id)
    print(f"library of {chunks} passages, {TURNS} turns, each stored with its answer")
    print(f"turn p50 {percentile(one, 0.5):.1f} ms, p99 {percentile(one, 0.99):.1f} ms")
    print(f"{rate:.0f} turns/s with {WORKERS} threads")


def _tenant(services: Services) -> str:
    with services.database.read() as session:
        return accounts.tenant_by_slug(session, services.settings.default_tenant).tenant_id


def _fill(services: Services, tenant_id: str) -> int:
    """Articles of invented words beside the demo's own, up to the wanted number of passages."""
    rng = random.Random(3)
    words = [f"{rng.choice('bcdfgklmnprst')}a{number}o" for number in range(4_000)]
    files = []
    for number in range(CHUNKS // 10):
        body = "\n\n".join(
            f"## Section {part}\n\n" + " ".join(rng.choices(words, k=60)) for part in range(8)
        )
        text = f"---\nid: FILL-{number}\ntitle: Filler {number}\nlang: en\n---\n{body}\n"
        files.append(SourceFile(f"fill/{number}.md", text.encode()))
    with services.database.write() as session:
        knowledge.add_files(session, system_actor(tenant_id), files)
    return len(services.library.snapshot(tenant_id).passages)


def _visitor(services: Services, tenant_id: str) -> Actor:
    with services.database.write() as session:
        row = conversations.start(session, tenant_id, "web", "default", new_id())
        return visitor_actor(session, row)


def _message(text: str) -> SendMessage:
    return SendMessage(client_msg_id=new_id(), text=text)


def _one_by_one(services: Services, tenant_id: str) -> list[float]:
    spent = []
    for number in range(TURNS):
        actor = _visitor(services, tenant_id)
        message = _message(QUESTIONS[number % len(QUESTIONS)])
        began = time.perf_counter()
        say(services, actor, message)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _at_once(services: Services, tenant_id: str) -> float:
    actors = [_visitor(services, tenant_id) for _ in range(TURNS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [
            pool.submit(say, services, actor, _message(QUESTIONS[number % len(QUESTIONS)]))
            for number, actor in enumerate(actors)
        ]
        for job in jobs:
            job.result()
    return TURNS / (time.perf_counter() - began)
