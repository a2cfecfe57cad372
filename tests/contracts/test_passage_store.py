"""One promise for every store of passages: memory on each engine, and PostgreSQL's own search."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from careloop.api.vectors import fill
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ai.ports import Embedder, TextKind, Vectors
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.knowledge import service
from careloop.knowledge.library import Library, SearchQuery, SearchResult
from careloop.knowledge.service import SourceFile, add_files, retire
from careloop.knowledge.stores import chosen, port, postgres_vectors
from careloop.knowledge.stores.chosen import Choice
from tests.knowledge.shelf import TENANT, article, customer, kiln_files

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = [
    "", " ", "\x00", "pump\x00leak", "'; DROP TABLE knowledge_passages; --", "a' | 'b & !c:*",
    "& | ! ( ) : * \\ %", "\\", "'", "''", "%s %(name)s {0}", ":tenant :q0", "<->", "(((", "[a-z]+",
    ".*", "^$", "(?P<n>x){99}", "AL-07'", "AL-07\\", "\ud800", "\U0010ffff", "‏מה זה AL-07‎ ؟",
    "ما معنى AL-07 في CF-10", "保修 warranty гарантия 保証 ضمان", "\u202eevil", "😀" * 50, "NULL",
    "\x01pump \x02pump", "a" * 5_000, "保修" * 3_000, "pump & leak " * 8_000,
]  # fmt: skip


class Meaning:
    """An embedder of a few words, one dimension for each."""

    id = "meaning"

    def __init__(self, *words: str) -> None:
        self._words = [word.split("|") for word in words]
        self.dims = len(words) + 1

    def embed(self, texts: list[str], kind: TextKind) -> Vectors:
        found = [[float(any(w in one for w in words)) for words in self._words] for one in texts]
        rows = np.array([[*row, 0.1] for row in found], dtype=np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class Desk:
    """A library over one store."""

    def __init__(self, database: Database, store: Choice, embedder: Embedder | None = None) -> None:
        self.database = database
        self.library = Library(database, lambda _: embedder, store)

    def add(self, *files: SourceFile, tenant: str = TENANT) -> None:
        with self.database.write() as session:
            add_files(session, system_actor(tenant), files)

    def ask(self, question: str, actor: Actor | None = None, **query: object) -> SearchResult:
        return self.library.search(actor or customer(), SearchQuery(question, **query))  # type: ignore[arg-type]

    def found(self, question: str, actor: Actor | None = None, **query: object) -> list[str]:
        return [hit.document for hit in self.ask(question, actor, **{"k": 20, **query}).hits]

    def texts(self, question: str) -> str:
        return "\n".join(hit.text for hit in self.ask(question, k=20).hits)


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Choice:
    """Each store on each engine; what cannot be is left out, see `conftest`."""
    chosen_store: Choice = request.param
    return chosen_store


@pytest.fixture
def only_postgres() -> None:
    """Marks a test that is about PostgreSQL's own search."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def desk(database: Database, store: Choice) -> Desk:
    made = Desk(database, store)
    made.add(*kiln_files())
    return made


@contextmanager
def _meanwhile(act: object) -> Iterator[list[BaseException]]:
    """Run `act` again and again in a thread until the block ends; what it raised."""
    stop, failed = threading.Event(), []

    def run() -> None:
        while not stop.is_set():
            try:
                act()  # type: ignore[operator]
            except BaseException as error:
                failed.append(error)
                return

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield failed
    finally:
        stop.set()
        thread.join(30)


def test_a_question_is_answered(desk: Desk) -> None:
    result = desk.ask("CF-10 显示 al04")
    assert result.hits[0].document == "AL" and "5 L/min" in result.hits[0].text
    assert result.answerable and result.models == ("CF-10",)
    assert set(desk.ask("AL-07 是什么意思").clarify) == {"CF-10", "CF-10 Pro"}
    assert not desk.ask("CF-10 报 AL-99 怎么办").answerable
    assert not desk.ask("附近有什么酒店").answerable
    assert desk.ask("那易损件呢？", history=["整机保修期是多久？"]).hits[0].document == "WAR"


def test_an_empty_library_answers_nothing(database: Database, store: Choice) -> None:
    empty = Desk(database, store)
    result = empty.ask("AL-07 是什么意思")
    assert result.hits == [] and not result.answerable
    assert empty.library.find_models(customer(), "CF-10") == []


def test_filters_hold_before_anything_is_ranked(database: Database, store: Choice) -> None:
    desk = Desk(database, store)
    desk.add(
        article("OLD", "阀门扭矩为 5 Nm。", title="阀门扭矩", lang="zh"),
        article("NEW", "阀门扭矩为 7 Nm。", title="阀门扭矩", lang="zh", supersedes="OLD",
                effective_from="2026-06-01"),
        article("FW", "新固件下阀门扭矩为 9 Nm。", title="阀门扭矩", firmware='">=3.2"'),
        article("GONE", "阀门扭矩曾为 3 Nm。", title="阀门扭矩", effective_until="2025-01-01"),
        article("IN", "阀门扭矩内部为 8 Nm。", title="阀门扭矩", audience="internal"),
        article("PRO", "Pro 的阀门扭矩为 11 Nm。", title="阀门扭矩", product_models="[CF-10 Pro]"),
    )  # fmt: skip
    assert set(desk.found("阀门扭矩，固件 3.1", model="CF-10")) == {"NEW"}
    assert set(desk.found("阀门扭矩", model="CF-10 Pro")) == {"NEW", "FW", "PRO"}
    then = desk.found("阀门扭矩", model="CF-10", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert set(then) == {"OLD", "FW"}
    assert "IN" in desk.found("阀门扭矩", customer(audience="internal"))


def test_tenants_are_apart(desk: Desk) -> None:
    desk.add(article("SECRET", "保修期为 99 个月。", title="保修条款", lang="zh"), tenant="other")
    assert "SECRET" not in desk.found("保修多久")
    assert set(desk.found("保修多久", customer("other"))) == {"SECRET"}
    assert desk.found("保修多久", customer("nobody")) == []


def test_nothing_shows_before_the_commit_and_all_of_it_after(desk: Desk) -> None:
    fresh = article("WAR", "整机保修 36 个月。", title="保修条款", type="policy", lang="zh")
    with desk.database.write() as session:
        add_files(session, system_actor(TENANT), [fresh])
        assert "18 个月" in desk.texts("保修多久") and "36 个月" not in desk.texts("保修多久")
    assert "36 个月" in desk.texts("保修多久") and "18 个月" not in desk.texts("保修多久")


def test_a_publication_that_fails_leaves_everything_as_it_was(desk: Desk) -> None:
    before = desk.texts("保修多久")
    with pytest.raises(RuntimeError), desk.database.write() as session:
        retire(session, system_actor(TENANT), "WAR")
        raise RuntimeError
    assert desk.texts("保修多久") == before


def test_no_search_ever_sees_half_a_publication(database: Database, store: Choice) -> None:
    desk = Desk(database, store)

    def publish(number: int) -> None:
        desk.add(
            article("ONE", f"阀门扭矩为 {number} Nm。", title="阀门扭矩", lang="zh"),
            article("TWO", f"阀门扭矩是 {number} Nm。", title="阀门扭矩说明", lang="zh"),
        )

    def look() -> None:
        hits = {hit.document: hit.text for hit in desk.ask("阀门扭矩", k=20).hits}
        assert set(hits) == {"ONE", "TWO"}
        assert hits["ONE"].split()[1] == hits["TWO"].split()[1], hits

    publish(0)
    look()
    with _meanwhile(look) as failed:
        for number in range(1, 9):
            publish(number)
    assert failed == []


def test_another_process_sees_a_publication(desk: Desk, store: Choice) -> None:
    other = Desk(Database(desk.database.url.render_as_string(hide_password=False)), store)
    assert "18 个月" in other.texts("保修多久")
    desk.add(article("WAR", "整机保修 36 个月。", title="保修条款", type="policy", lang="zh"))
    time.sleep(port.RECHECK_SECONDS + 0.05)
    assert "36 个月" in other.texts("保修多久")
    other.database.close()


def test_retired_is_gone_and_restored_is_back(desk: Desk) -> None:
    hit = next(h for h in desk.ask("AL-07 是什么意思", k=20).hits if h.document == "DOOR-PRO")
    with desk.database.write() as session:
        retire(session, system_actor(TENANT), "DOOR-PRO")
    assert "DOOR-PRO" not in desk.found("AL-07 是什么意思")
    assert desk.library.section_of(customer(), hit) == []
    with desk.database.write() as session:
        service.restore(session, system_actor(TENANT), service.PickArticle(id=hit.document_id))
    assert "DOOR-PRO" in desk.found("AL-07 是什么意思")


def test_steps_sections_and_translations_are_shown(desk: Desk) -> None:
    hit = next(h for h in desk.ask("CF-10 冷却水流量低", k=10).hits if h.document == "FLOW")
    steps = desk.library.procedure_of(customer(), hit)
    assert steps is not None and steps.branching
    hit = desk.ask("整机保修期是多久？").hits[0]
    english = desk.library.shown(customer(), hit, "en")
    assert (english.lang, english.marked) == ("en", False) and "18 months" in english.text
    assert desk.library.shown(customer(), hit, "fr").marked
    alarm = desk.ask("AL-04").hits[0]
    assert len(desk.library.section_of(customer(), alarm)) > 1
    blocks = desk.library.answer(customer(), "AL-04 是什么意思", desk.ask("AL-04 是什么意思"))
    assert "5 L/min" in blocks[0].text


def test_the_internal_stays_inside(desk: Desk) -> None:
    staff = customer(audience="internal")
    hit = desk.ask("工程菜单 服务码", staff).hits[0]
    assert hit.document == "INT" and "INT" not in desk.found("工程菜单 服务码")
    assert desk.library.section_of(customer(), hit) == []


def test_hostile_questions_are_questions(desk: Desk) -> None:
    said = "Call O'Brien: 'a' | b & !c \\ d:* 50 % (x)"
    desk.add(article("QUOTE", said, title="It's 'odd' \\", lang="en"))
    for question in HOSTILE:
        assert "INT" not in desk.found(question), question[:40]
    assert desk.found("O'Brien 'a' | b", lang="en")[0] == "QUOTE"
    assert desk.found("保修多久")[0] == "WAR"


def test_vectors_help_and_widen_nothing(database: Database, store: Choice) -> None:
    embedder = Meaning("furnace|warm|zorb", "latch|blick")
    desk = Desk(database, store, embedder)
    desk.add(
        article("HEAT", "The furnace needs forty minutes until it is ready.", title="A", lang="en"),
        article("DOOR", "Close the latch until it clicks.", title="B", lang="en"),
        article("BILL", "Invoices are sent each month.", title="C", lang="en"),
        article("PRO", "The hood of the Pro is warm.", title="D", lang="en",
                product_models="[CF-10 Pro]"),
        article("IN", "The hidden menu makes it warm.", title="E", lang="en", audience="internal"),
    )  # fmt: skip
    assert desk.found("what with zorb", lang="en") == []
    assert fill(database, TENANT, embedder) == 5
    time.sleep(port.RECHECK_SECONDS + 0.05)
    assert set(desk.found("what with zorb", lang="en")[:2]) == {"HEAT", "PRO"}
    assert "IN" not in desk.found("zorb", lang="en")
    assert "PRO" not in desk.found("zorb", lang="en", model="CF-20")
    desk.add(article("DOOR", "Pull the blick.", title="B", lang="en"))
    assert desk.found("blick", lang="en")[0] == "DOOR"
    plain = Desk(database, store)
    assert plain.found("what with zorb", lang="en") == []


def test_an_index_made_again_serves_the_same_meanwhile(desk: Desk, store: Choice) -> None:
    expected = desk.texts("保修多久")

    def look() -> None:
        assert desk.texts("保修多久") == expected

    with _meanwhile(look) as failed:
        for _ in range(3):
            assert desk.library.stores.rebuild(TENANT) == len(
                desk.library.snapshot(TENANT).passages
            )
    assert failed == []


def test_an_index_that_was_lost_is_made_again(
    desk: Desk, store: Choice, only_postgres: None
) -> None:
    expected = desk.texts("保修多久")
    with desk.database.write() as session:
        session.execute(text("DROP TABLE knowledge_index_state"))
    again = Desk(desk.database, store)
    assert again.texts("保修多久") == expected
    held = again.library.stores.rebuild(TENANT)
    with desk.database.read() as session:
        names = session.scalars(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_passages$'")
        ).all()
    assert held > 0 and len([name for name in names if name.startswith("knowledge_index_")]) == 1


def test_numbers_of_holders_follow_each_publication(
    desk: Desk, store: Choice, only_postgres: None
) -> None:
    desk.add(article("WAR", "整机保修 36 个月。", title="保修条款", type="policy", lang="zh"))
    desk.add(article("X", "CF-30 的阀门。", title="CF-30", product_models="[CF-30]", lang="zh"))
    with desk.database.write() as session:
        retire(session, system_actor(TENANT), "DOOR-PRO")
    held = _held(desk)
    desk.library.stores.rebuild(TENANT)
    assert _held(desk) == held and held


def _held(desk: Desk) -> dict[str, int]:
    with desk.database.read() as session:
        name = session.scalar(text(
            "SELECT max(relname) FROM pg_class WHERE relkind = 'r' AND relname ~ "
            "'^knowledge_index_.*_terms$'"))  # fmt: skip
        return {row[0]: row[1] for row in session.execute(text(f"SELECT term, held FROM {name}"))}


def test_both_stores_find_the_same_on_the_demo_library(
    database: Database, store: Choice, only_postgres: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, memory = Desk(database, store), Desk(database, "memory")
    folder = ROOT / "careloop" / "demo" / "knowledge"
    desk.add(*(
        SourceFile(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*.md"))
    ))  # fmt: skip
    same, asked = 0, 0
    for lang, question in _questions():
        one, other = desk.ask(question, lang=lang), memory.ask(question, lang=lang)
        same += one.hits[:1] == other.hits[:1] and one.answerable == other.answerable
        asked += 1
    assert asked > 200 and same / asked >= 0.99, (same, asked)


def _questions() -> list[tuple[str, str]]:
    """Every second of the service questions, in each language."""
    found: list[tuple[str, str]] = []
    for name in ("dev_questions.tsv", "dev_unanswerable.tsv"):
        with (ROOT / "tests" / "knowledge" / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                found += [(lang, said) for lang, said in row.items()
                          if lang not in ("id", "documents") and said]  # fmt: skip
    return found[::2]


def test_a_tenant_that_outgrows_memory_moves_without_a_gap(
    database: Database, store: Choice, only_postgres: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, "auto")
    desk.add(*kiln_files())
    stores = desk.library.stores
    assert stores.of(TENANT) is stores.memory
    expected = desk.texts("保修多久")
    monkeypatch.setattr(chosen, "MANY", 3)
    monkeypatch.setattr(chosen, "_CHOSEN_SECONDS", 0.0)
    for _ in range(100):
        assert desk.texts("保修多久") == expected
        if stores.of(TENANT) is stores.postgres:
            break
        time.sleep(0.1)
    assert stores.of(TENANT) is stores.postgres
    assert desk.texts("保修多久") == expected


def test_the_graph_finds_the_nearest_beyond_the_exact_scan(
    database: Database, store: Choice, only_postgres: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_vectors, "MANY", 3)
    embedder = Meaning("furnace|warm|zorb", "latch|blick")
    desk = Desk(database, store, embedder)
    desk.add(*(
        article(f"N{at}", f"Note {at} on nothing.", title="Note", lang="en",
                audience="internal" if at % 2 else "public") for at in range(30)
    ))  # fmt: skip
    desk.add(article("HEAT", "The furnace is ready.", title="A", lang="en"))
    fill(database, TENANT, embedder)
    time.sleep(port.RECHECK_SECONDS + 0.05)
    assert desk.found("zorb", lang="en")[0] == "HEAT"
    with database.read() as session:
        graphs = session.scalar(
            text("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%USING hnsw%'")
        )
    assert graphs == 1


def test_search_in_postgresql_needs_books_in_postgresql(sqlite_database: Database) -> None:
    with pytest.raises(Misconfigured, match="needs books in PostgreSQL"):
        Library(sqlite_database, store="postgres")
