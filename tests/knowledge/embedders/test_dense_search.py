"""Vectors are made once, kept complete, and help a search without widening its scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from sqlalchemy import func, select
from tiny import Meaning

from careloop.api import vectors
from careloop.api.vectors import fill
from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.ai.ports import Unavailable
from careloop.kit.db import Database
from careloop.knowledge import service
from careloop.knowledge.embedders.models import PassageVector
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.retrieve import dense as dense_module
from careloop.knowledge.retrieve import nearest
from careloop.knowledge.retrieve.dense import Dense, QuestionVectors
from careloop.knowledge.service import SourceFile, add_files

TENANT = "kiln"
ARTICLES = {
    "HEAT": "The furnace needs forty minutes until it is ready.",
    "DOOR": "Close the latch until it clicks.",
    "BILL": "Invoices are sent each month.",
    "SECRET": "The hidden menu warms up the chamber faster.",
}


def article(key: str, body: str, **matter: str) -> SourceFile:
    head = "\n".join(
        f"{name}: {value}"
        for name, value in {"id": key, "title": f"About {key}", "lang": "en", **matter}.items()
    )
    return SourceFile(f"{key}.md", f"---\n{head}\n---\n{body}".encode())


@dataclass
class Shelf:
    database: Database
    embedder: Meaning
    library: Library

    def add(self, key: str, body: str, **matter: str) -> None:
        with self.database.write() as session:
            add_files(session, system_actor(TENANT), [article(key, body, **matter)])

    def fill(self) -> int:
        return fill(self.database, TENANT, self.embedder)

    def stored(self) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(PassageVector)) or 0

    def found(self, text: str, audience: str = "public", **query: str) -> list[str]:
        actor = Actor(TENANT, Role.CUSTOMER, audience=audience, scopes=scopes_of(Role.CUSTOMER))
        hits = self.library.search(actor, SearchQuery(text, "en", **query)).hits  # type: ignore[arg-type]
        return [hit.document for hit in hits]


@pytest.fixture
def shelf(database: Database, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(vectors, "BATCH", 2)
    monkeypatch.setattr("careloop.knowledge.stores.port.RECHECK_SECONDS", 0.0)
    embedder = Meaning("furnace|warm|zorb", "latch|blick", "Invoices|money")
    made = Shelf(database, embedder, Library(database, lambda _: embedder))
    for key, body in ARTICLES.items():
        made.add(key, body, audience="internal" if key == "SECRET" else "public")
    return made


def test_what_no_word_finds_the_vectors_find(shelf: Shelf) -> None:
    asked = "what with zorb and blick"
    assert "HEAT" not in shelf.found(asked)
    assert shelf.fill() == 4
    assert set(shelf.found(asked)[:2]) == {"HEAT", "DOOR"}


def test_the_scope_is_not_widened(shelf: Shelf) -> None:
    shelf.add("PRO", "The zorb of the Pro warms up.", product_models="[CF-10 Pro]")
    shelf.add("OLD", "The zorb of the Basic warms up.", product_models="[CF-10]")
    shelf.fill()
    assert "SECRET" not in shelf.found("zorb")
    assert "SECRET" in shelf.found("zorb", audience="internal")
    found = shelf.found("zorb", model="CF-10 Pro")
    assert "PRO" in found and "OLD" not in found


def test_a_second_run_embeds_nothing(shelf: Shelf) -> None:
    assert shelf.fill() == 4
    asked = len(shelf.embedder.asked)
    assert shelf.fill() == 0
    assert len(shelf.embedder.asked) == asked


def test_a_run_that_breaks_off_is_taken_up_where_it_was(shelf: Shelf) -> None:
    shelf.embedder.fails_after = 3
    with pytest.raises(Unavailable):
        shelf.fill()
    assert shelf.stored() == 2
    shelf.embedder.fails_after = None
    assert shelf.fill() == 2
    assert len(shelf.embedder.asked) == 5 and shelf.stored() == 4


def test_what_changes_is_embedded_anew_and_what_is_gone_is_dropped(shelf: Shelf) -> None:
    shelf.fill()
    shelf.add("DOOR", "Pull the latch.")
    with shelf.database.write() as session:
        service.retire(session, system_actor(TENANT), "BILL")
    assert shelf.fill() == 1
    assert shelf.stored() == 3


def test_an_article_compiled_again_costs_nothing(shelf: Shelf) -> None:
    shelf.fill()
    shelf.add("DOOR", ARTICLES["DOOR"] + "\n", audience="partner")
    assert shelf.fill() == 0


def test_another_model_takes_over_when_it_is_complete(shelf: Shelf) -> None:
    shelf.fill()
    other = Meaning("latch", "furnace|stove", name="other")
    library = Library(shelf.database, lambda _: other)
    assert library.snapshot(TENANT).dense is None
    other.fails_after = 2
    with pytest.raises(Unavailable):
        fill(shelf.database, TENANT, other)
    assert library.snapshot(TENANT).dense is None
    assert shelf.library.snapshot(TENANT).dense is not None
    other.fails_after = None
    assert fill(shelf.database, TENANT, other) == 2
    dense = library.snapshot(TENANT).dense
    assert dense is not None and dense.model == "other"
    assert shelf.stored() == 4


def test_a_few_passages_without_vectors_do_not_switch_it_off(shelf: Shelf) -> None:
    for at in range(20):
        shelf.add(f"N{at}", f"Note number {at} on nothing.")
    shelf.fill()
    shelf.add("NEW", "Another way to make the furnace ready.")
    assert shelf.library.snapshot(TENANT).dense is not None
    assert shelf.found("zorb")[0] == "HEAT"
    assert "NEW" in shelf.found("another way")


def test_a_model_that_fails_is_left_alone_and_the_search_goes_on(shelf: Shelf) -> None:
    shelf.fill()
    shelf.embedder.fails_after = 0
    asked = len(shelf.embedder.asked)
    assert shelf.found("latch clicks")[0] == "DOOR"
    shelf.embedder.fails_after = None
    assert shelf.found("invoices")[0] == "BILL"
    assert len(shelf.embedder.asked) == asked


def test_the_rest_ends_and_questions_are_remembered() -> None:
    now = [0.0]
    embedder = Meaning("latch")
    asker = QuestionVectors(embedder, lambda: now[0])
    embedder.fails_after = 0
    assert asker.of("latch") is None
    embedder.fails_after = None
    now[0] = 29.0
    assert asker.of("latch") is None
    now[0] = 31.0
    assert asker.of("latch") is not None and asker.of("latch") is not None
    assert embedder.asked == ["latch"]


def unit_rows(count: int, dims: int = 16) -> np.ndarray:
    rows = np.random.default_rng(3).normal(size=(count, dims)).astype(np.float32)
    scaled: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def made_dense(rows: np.ndarray) -> Dense:
    count = len(rows)
    first = np.arange(count + 1, dtype=np.int32)
    return Dense("m", rows, np.ones(count, dtype=np.bool_), first, first[:-1])


@pytest.mark.parametrize("share", [1.0, 0.3, 0.002, 0.0])
def test_faiss_finds_what_comparing_with_all_finds(
    monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    pytest.importorskip("faiss")
    rows = unit_rows(3000)
    visible = np.random.default_rng(4).random(3000) < share
    exact = made_dense(rows).standing(rows[7], visible)
    monkeypatch.setattr(nearest, "MANY", 500)
    monkeypatch.setattr(dense_module, "MANY", 500)
    quick = made_dense(rows)
    quick.prepare()
    assert quick._index is not None
    near = quick.standing(rows[7], visible)
    assert not near[~visible].any()
    best = np.argsort(-exact)[:10]
    assert np.array_equal(np.argsort(-near)[:10], best) or not visible.any()
    assert np.allclose(near[best], exact[best], atol=0.05)


def test_a_document_stands_where_its_nearest_visible_passage_stands() -> None:
    rows = np.eye(4, dtype=np.float32)[[0, 1, 1, 2]]
    first, document_of = np.array([0, 2, 2, 4], np.int32), np.array([0, 0, 2, 2], np.int32)
    dense = Dense("m", rows, np.array([True, True, True, False]), first, document_of)
    everything = np.ones(4, dtype=np.bool_)
    assert dense.standing(rows[1], everything).tolist() == [1, 1, 1, 1]
    assert dense.standing(rows[0], everything).tolist() == [1, 1, 0, 0]
    hidden = np.array([False, True, True, True])
    assert dense.standing(rows[0], hidden).tolist() == [0, 0, 0, 0]
    assert dense.standing(rows[3], everything).tolist() == [0, 0, 0, 0]


def test_nothing_is_loaded_without_an_embedder(shelf: Shelf) -> None:
    shelf.fill()
    plain: Callable[[str], list[str]] = Shelf(
        shelf.database, shelf.embedder, Library(shelf.database)
    ).found
    assert "HEAT" not in plain("zorb")
