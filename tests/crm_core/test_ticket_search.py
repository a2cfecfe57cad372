"""Finding tickets by words: everything that holds them and nothing else, in pages, on both
databases; rare and common words, unfinished ones, numbers, serials, scripts without spaces."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.tickets import search, search_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput
from careloop.kit.ids import new_id
from careloop.kit.words import beginnings, terms, words

TITLES = (
    "Pump leaks", "Pump motor noise", "Pumpe undicht", "Gerät zeigt Fehler", "泵漏水",
    "主板过热报警",
    "Display dark after update", "Pump display dark", "motor", "ポンプの音", "漏水检测 pump",
)  # fmt: skip
QUESTIONS = (
    "pump", "pump ", "pu", "p", "leak", "pump motor", "motor pump", "gerat", "Gerät fehler", "漏水",
    "漏", "泵漏水", "主板过热", "板", "ポンプ", "e-217", "E217", "e 217", "TK-2026", "TK-2026-0001",
    "tk-2026-000007", "7", "000007", "GS200-24", "gs200-24-00", "GS2OO-24-0003", "gs 0003", "zebra",
    "pump zebra", "dark pump", "vip", "pump vip", "GS-200", "", "  ", "-", "'; drop", "%", "update",
)  # fmt: skip


def _ticket(tenant: str, at: int, rng: random.Random) -> Ticket:
    return Ticket(
        tenant_id=tenant, id=new_id(), number=f"TK-2026-{at:06}", title=rng.choice(TITLES),
        serial=f"GS200-24-{at % 40:04}" if rng.random() < 0.7 else "", model="GS-200",
        error_codes=["E-217"] if rng.random() < 0.3 else [],
        tags=["vip"] if rng.random() < 0.2 else [], state=rng.choice(("new", "closed")),
    )  # fmt: skip


@pytest.fixture
def filled(database: Database, tenant: str) -> Iterator[Session]:
    rng = random.Random(5)
    with database.write(tenant) as session:
        for at in range(1, 241):
            row = _ticket(tenant, at, rng)
            session.add(row)
            session.flush()
            search.index_words(session, row)
    with database.read(tenant) as session:
        yield session


def _wanted(session: Session, tenant: str, q: str, state: str = "") -> list[str]:
    """The slow way: every ticket compared with every term."""
    asked = terms(q)
    rows = session.scalars(select(Ticket).order_by(Ticket.id.desc()))
    found = []
    for row in rows:
        have = search.words_of({name: getattr(row, name) for name in search.SEARCHED})
        whole = {word for word in have if not word.endswith("*")}
        if asked and all(_holds(term.text, term.begins, whole) for term in asked):
            found.append(row)
    return [row.number for row in found if row.tenant_id == tenant and state in ("", row.state)]


def _holds(word: str, begins: bool, have: set[str]) -> bool:
    if word in have or (search.look_alike(word) in have and len(word) >= 5):
        return True
    return begins and len(word) > 1 and any(other.startswith(word) for other in have)


def _found(
    session: Session, tenant: str, q: str, limit: int, state: str = "", few: bool = False
) -> list[str]:
    statement = select(Ticket).where(Ticket.tenant_id == tenant)
    if state:
        statement = statement.where(Ticket.state == state)
    numbers: list[str] = []
    before: str | None = ""
    while before is not None:
        rows, before = search_queries.newest_matching(
            session, statement, tenant, q, before, limit, few
        )
        assert len(rows) <= limit
        numbers += [row.number for row in rows]
    return numbers


def test_a_search_finds_all_and_only_what_holds_its_words(filled: Session, tenant: str) -> None:
    for q in QUESTIONS:
        wanted = _wanted(filled, tenant, q)
        assert _found(filled, tenant, q, 50) == wanted, q
        assert _found(filled, tenant, q, 7, "new") == _wanted(filled, tenant, q, "new"), q
        everything = search_queries.everything_matching(filled, tenant, q)
        exported = filled.scalars(
            select(Ticket.number).where(everything).order_by(Ticket.id.desc())
        )
        assert list(exported) == wanted, q
    assert _found(filled, tenant, "pump", 50) and _found(filled, tenant, "泵漏水", 50)
    assert _found(filled, tenant, "tk-2026-000007", 5) == ["TK-2026-000007"]


def test_common_words_are_found_in_pages_that_end_in_time(
    filled: Session, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"WHOLE": 3, "LARGEST_PIECE": 5, "SCANNED": 11, "SECONDS": 0.0,
                        "READ_OVER": 20, "PROBED_WORDS": 1}.items():  # fmt: skip
        monkeypatch.setattr(search_queries, name, value)
    for q in QUESTIONS:
        for few in (False, True):
            wanted = _wanted(filled, tenant, q, "closed")
            assert _found(filled, tenant, q, 9, "closed", few) == wanted, (q, few)


def test_a_list_in_another_order_takes_few_hits_or_asks_for_more_words(
    filled: Session, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = search_queries.some_matching(filled, tenant, "pump vip")
    rows = filled.scalars(select(Ticket.number).where(found).order_by(Ticket.number))
    assert list(rows) == sorted(_wanted(filled, tenant, "pump vip"))
    monkeypatch.setattr(search_queries, "WHOLE", 10)
    with pytest.raises(InvalidInput, match="narrow your search"):
        search_queries.some_matching(filled, tenant, "pump")


def test_a_changed_ticket_is_found_by_what_it_says_now(database: Database, tenant: str) -> None:
    with database.write(tenant) as session:
        row = Ticket(tenant_id=tenant, id=new_id(), number="TK-1", title="Pump leaks")
        session.add(row)
        session.flush()
        search.index_words(session, row)
    with database.write(tenant) as session:
        row = session.scalars(select(Ticket)).one()
        row.title = "Valve leaks"
        search.index_words(session, row)
        session.flush()
        assert not search_queries.resolved(session, tenant, "pump ")
        row.title = "Motor stops"
        session.flush()
        search.index_words(session, row)  # too late to know the old words: they find nothing
        assert [len(_found(session, tenant, q, 5)) for q in ("valve", "leaks", "motor")] == [
            0,
            0,
            1,
        ]
        assert search.rebuild(session, tenant, search_queries.indexed_pieces(session, tenant)) == 1
        assert not search_queries.resolved(session, tenant, "valve ")


def test_words_of_another_tenant_are_not_seen(filled: Session, tenant: str) -> None:
    assert search_queries.resolved(filled, new_id(), "pump") == []


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    have = words(text)
    asked = terms(text)
    for term in asked:
        known = any(one.startswith(term.text) for one in have) if term.begins else term.text in have
        assert known, (term, have)
    assert all(0 < len(word) <= 34 for word in have)


@given(st.text("ab1", min_size=1, max_size=12), st.text("ab1", min_size=1, max_size=12))
def test_beginnings_mark_only_words_that_begin_so(word: str, other: str) -> None:
    for mark in beginnings(word):
        assert mark.endswith("*") and word.startswith(mark[:-1]) and len(mark) <= len(word)
