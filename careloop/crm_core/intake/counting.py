"""What an import counted, brought into the books as moves against adjustment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries
from careloop.crm_core.inventory.ledger import CHUNK, End, Posting, hold, post
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import ADJUSTMENT
from careloop.crm_core.inventory.opening import Pair
from careloop.crm_core.inventory.schemas import Condition
from careloop.kit.actor import Actor

REASON = "quantity of an import"
T = TypeVar("T")
Book = dict[Key, tuple[int, int]]


@dataclass
class Counts:
    """What was counted: good pieces of a part at a location with all lots together (`totals`),
    single balances (`listed`), and serial numbers that the books do not know yet (`pieces`).

    `named` is how many pieces of each balance are known by serial number, new ones among them;
    `named_good` and `listed_good` are the sums over the lots of good pieces.
    """

    totals: dict[Pair, int] = field(default_factory=dict)
    listed: dict[Key, int] = field(default_factory=dict)
    pieces: dict[Key, list[str]] = field(default_factory=dict)
    named: Counter[Key] = field(default_factory=Counter)
    named_good: Counter[Pair] = field(default_factory=Counter)
    listed_good: Counter[Pair] = field(default_factory=Counter)

    def count(self, key: Key, quantity: int) -> None:
        """Note what one balance holds."""
        self.listed[key] = quantity
        if key[3] == Condition.GOOD:
            self.listed_good[key[0], key[1]] += quantity

    def know(self, key: Key) -> None:
        """Note a piece whose serial number the books know."""
        self.named[key] += 1
        if key[3] == Condition.GOOD:
            self.named_good[key[0], key[1]] += 1

    def name(self, key: Key, serial: str) -> None:
        """Note a piece whose serial number is new to the books."""
        self.pieces.setdefault(key, []).append(serial)
        self.know(key)


def count_stock(session: Session, actor: Actor, counts: Counts) -> int:
    """Bring the books to what was counted; returns how many moves that took.

    What a total leaves beyond the lots that are listed lies in lots that are not: it is added
    without a lot, and taken without a lot first, then lot by lot, never from what is reserved.
    """
    keys: dict[Pair, set[Key]] = defaultdict(set)
    for key in (*counts.listed, *counts.pieces):
        keys[key[0], key[1]].add(key)
    pairs = sorted({*counts.totals, *keys})
    parts: dict[str, Part] = {}
    for ids in _chunks(sorted({part for _, part in pairs})):
        parts |= catalog.parts_by_ids(session, actor.tenant_id, ids)
    held = hold(session, actor, parts.values())
    postings: list[Posting] = []
    for some in _chunks(pairs):
        book: dict[Pair, Book] = defaultdict(dict)
        for key, amounts in ledger_queries.balances_at(session, actor.tenant_id, some).items():
            book[key[0], key[1]][key] = amounts
        for pair in some:
            postings += _of_pair(pair, counts, keys[pair], book[pair], parts[pair[1]])
    for piece in _chunks(postings):
        post(session, actor, piece, held)
    return len(postings)


def _of_pair(
    pair: Pair, counts: Counts, named: set[Key], book: Book, part: Part
) -> Iterator[Posting]:
    """The moves of one part at one location: first what comes, then what goes."""
    wanted = _wanted(pair, counts, named, book)
    here, outside = End(pair[0]), End(account=ADJUSTMENT)
    gone = []
    for key in sorted(wanted):
        serials = counts.pieces.get(key, [])
        for serial in serials:
            yield Posting("count", part, 1, outside, here, lot=key[2], serial=serial,
                          condition=key[3], reason=REASON)  # fmt: skip
        rest = wanted[key] - book.get(key, (0, 0))[0] - len(serials)
        if rest > 0:
            yield Posting("count", part, rest, outside, here, lot=key[2], condition=key[3],
                          reason=REASON)  # fmt: skip
        elif rest < 0:
            gone.append(Posting("count", part, -rest, here, outside, lot=key[2], condition=key[3],
                                reason=REASON))  # fmt: skip
    yield from gone


def _wanted(pair: Pair, counts: Counts, named: set[Key], book: Book) -> dict[Key, int]:
    """How many pieces each balance is to hold."""
    fixed = {key: counts.listed.get(key, counts.named[key]) for key in named}
    loose = {
        key: max(on_hand - fixed.get(key, 0), 0)
        for key, (on_hand, _) in book.items() if key not in counts.listed
    }  # fmt: skip
    total = counts.totals.get(pair)
    if total is not None:
        good = [key for key in {*fixed, *loose} if key[3] == Condition.GOOD]
        _settle(pair, total - sum(fixed.get(key, 0) + loose.get(key, 0) for key in good), fixed,
                loose, book)  # fmt: skip
    return {key: fixed.get(key, 0) + loose.get(key, 0) for key in {*fixed, *loose}}


def _settle(
    pair: Pair, missing: int, fixed: dict[Key, int], loose: dict[Key, int], book: Book
) -> None:
    """Add what is missing without a lot; take what is too much where it is free."""
    plain = (*pair, "", Condition.GOOD.value)
    if missing > 0:
        loose[plain] = loose.get(plain, 0) + missing
        return
    for key in sorted(loose):
        if missing < 0 and key[3] == Condition.GOOD:
            free = fixed.get(key, 0) + loose[key] - book[key][1]
            taken = max(min(loose[key], free, -missing), 0)
            loose[key] -= taken
            missing += taken
    if missing < 0:
        # Reserved meanwhile: let the ledger refuse it, with what is free and where.
        loose[plain] = loose.get(plain, 0) + missing


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), CHUNK):
        yield list(items[start : start + CHUNK])
