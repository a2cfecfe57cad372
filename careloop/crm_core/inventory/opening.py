"""Quantities that an import says lie somewhere, posted as counts against adjustment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeVar

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries
from careloop.crm_core.inventory.ledger import CHUNK, End, Posting, hold, post
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import ADJUSTMENT
from careloop.crm_core.inventory.schemas import Condition
from careloop.kit.actor import Actor

Pair = tuple[str, str]
"""Location id, part id."""
T = TypeVar("T")
REASON = "quantity of an import"


def count_all(session: Session, actor: Actor, counted: Mapping[Pair, int]) -> int:
    """Bring the good pieces at each (location id, part id) to what was counted.

    More than the books is posted without a lot; fewer is taken from pieces without a lot first,
    then lot by lot, and never from what is reserved. Returns how many moves that took; none for
    the same quantities again.
    """
    parts: dict[str, Part] = {}
    for ids in _chunks(sorted({part for _, part in counted})):
        parts |= catalog.parts_by_ids(session, actor.tenant_id, ids)
    held = hold(session, actor, parts.values())
    postings: list[Posting] = []
    for pairs in _chunks(sorted(counted)):
        book: dict[Pair, list[tuple[Key, int, int]]] = defaultdict(list)
        rows = ledger_queries.balances_at(session, actor.tenant_id, pairs)
        for key, (on_hand, reserved) in sorted(rows.items()):
            if key[3] == Condition.GOOD:
                book[key[0], key[1]].append((key, on_hand, on_hand - reserved))
        for pair in pairs:
            postings += _difference(pair, counted[pair], book[pair], parts[pair[1]])
    for start in range(0, len(postings), CHUNK):
        post(session, actor, postings[start : start + CHUNK], held)
    return len(postings)


def _difference(
    pair: Pair, counted: int, book: list[tuple[Key, int, int]], part: Part
) -> list[Posting]:
    missing = sum(on_hand for _, on_hand, _ in book) - counted
    here, outside = End(pair[0]), End(account=ADJUSTMENT)
    if missing < 0:
        return [Posting("count", part, -missing, outside, here, reason=REASON)]
    found = []
    for key, _, free in book:
        pieces = min(free, missing)
        if pieces > 0:
            found.append(Posting("count", part, pieces, here, outside, lot=key[2], reason=REASON))
            missing -= pieces
    if missing > 0:
        # Reserved meanwhile: let the ledger refuse it, with what is free and where.
        found.append(Posting("count", part, missing, here, outside, reason=REASON))
    return found


def _chunks(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
