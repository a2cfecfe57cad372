"""Rules of the fault library: pure functions."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz import fuzz

from careloop.crm_core.faults.models import SLOTS, Outcome
from careloop.crm_core.faults.schemas import Slots
from careloop.crm_core.faults.views import Likeness, MinutesView, PartShare, Success

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""
ATTEMPTED = frozenset({Outcome.CLOSED, Outcome.CONFIRMED, Outcome.DURABLE, Outcome.FAILED})
SUCCEEDED = frozenset({Outcome.CONFIRMED, Outcome.DURABLE})
LIKE_FROM = 75
"""Score from which two faults are proposed for merging."""
_WEIGHTS = {"component": 3.0, "symptom": 2.0, "cause": 2.0, "remedy": 3.0}
_NEAR_TEXT = 0.7
_NUMBERED = re.compile(r"[a-z]*\d[\w.,-]*")
_UNKNOWN = 0.5
"""How alike a slot counts where only one of the two says anything."""


def wilson(successes: int, attempts: int, z: float = Z95) -> tuple[float, float] | None:
    """Bounds of a share by Wilson's score interval (1927); None without attempts."""
    if attempts <= 0:
        return None
    share, square = successes / attempts, z * z
    middle = share + square / (2 * attempts)
    spread = z * math.sqrt(share * (1 - share) / attempts + square / (4 * attempts * attempts))
    scale = 1 + square / attempts
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def success(attempts: int, successes: int, failures: int, open_cases: int) -> Success:
    """The counts with their rate and bounds."""
    bounds = wilson(successes, attempts)
    return Success(
        attempts=attempts, successes=successes, failures=failures,
        unknown=attempts - successes - failures, open=open_cases,
        rate=round(successes / attempts, 4) if attempts else None,
        low=round(bounds[0], 4) if bounds else None,
        high=round(bounds[1], 4) if bounds else None,
    )  # fmt: skip


def outcome_of(ended: bool, confirmed: bool, durable: bool | None) -> Outcome:
    """What is known of a remedy by how its ticket stands."""
    if not ended:
        return Outcome.OPEN
    if durable is False:
        return Outcome.FAILED
    if durable:
        return Outcome.DURABLE
    return Outcome.CONFIRMED if confirmed else Outcome.CLOSED


O = Outcome  # noqa: E741 - the table below reads better
_AFTER: dict[str, dict[Outcome, Outcome]] = {
    "ended": {O.OPEN: O.CLOSED},
    "confirmed": {O.OPEN: O.CONFIRMED, O.CLOSED: O.CONFIRMED},
    "lasted": {O.OPEN: O.DURABLE, O.CLOSED: O.DURABLE, O.CONFIRMED: O.DURABLE},
    "came_back": {O.CLOSED: O.FAILED, O.CONFIRMED: O.FAILED, O.DURABLE: O.FAILED},
    "cancelled": {O.OPEN: O.VOID},
    "was_wrong": {O.OPEN: O.FAILED, O.CLOSED: O.FAILED},
}


def outcome_after(present: str, happened: str) -> Outcome:
    """The outcome once that happened to its ticket; what failed or was replaced stays so."""
    return _AFTER[happened].get(Outcome(present), Outcome(present))


def signature(slots: Slots) -> str:
    """Equal for two tuples that say the same in every slot."""
    said = "\x1f".join(slot.same for _, slot in slots.items())
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tuple:
    """What the comparison of two faults looks at: by slot (same, concepts, text, language)."""

    slots: Mapping[str, tuple[str, frozenset[str], str, str]]
    models: frozenset[str]


def likeness(one: Tuple, other: Tuple) -> list[Likeness]:
    """How alike two faults are, slot by slot."""
    return [Likeness(slot=name, share=_alike(one, other, name)) for name in SLOTS]


def _alike(one: Tuple, other: Tuple, slot: str) -> float | None:
    same, concepts, text, lang = one.slots[slot]
    same2, concepts2, text2, lang2 = other.slots[slot]
    if not same and not same2:
        return None
    if not same or not same2:
        return _UNKNOWN
    if same == same2:
        return 1.0
    union = concepts | concepts2
    shared = 0.9 * len(concepts & concepts2) / len(union) if union else 0.0
    if _exact(text) != _exact(text2):
        # A fan of 120 mm is none of 140 mm, however alike the words are.
        return round(shared / 2, 3)
    near = 0.0
    if text and text2 and lang == lang2:
        near = fuzz.token_sort_ratio(text.casefold(), text2.casefold()) / 100
        near = near if near >= _NEAR_TEXT else 0.0
    return round(max(shared, near), 3)


def _exact(text: str) -> frozenset[str]:
    """Sizes, types and codes in the words: what is the same or is not."""
    return frozenset(_NUMBERED.findall(text.casefold()))


def overlap(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two model ranges touch; an empty one is every model."""
    first, second = set(one), set(other)
    return not first or not second or bool(first & second)


def score(one: Tuple, other: Tuple) -> int:
    """How likely two faults are one, 0 to 100; different models cost a fifth."""
    parts = [(_WEIGHTS[item.slot], item.share) for item in likeness(one, other)]
    told = [(weight, share) for weight, share in parts if share is not None]
    if not told:
        return 0
    mean = sum(weight * share for weight, share in told) / sum(weight for weight, _ in told)
    factor = 1.0 if overlap(one.models, other.models) else 0.8
    return round(100 * mean * factor)


def typical_parts(used: Sequence[Mapping[str, int]], names: Mapping[str, str]) -> list[PartShare]:
    """Parts of ended cases, the most frequent first; `quantity` is the usual one."""
    of = len(used)
    counts: dict[str, Counter[int]] = {}
    for parts in used:
        for part, quantity in parts.items():
            counts.setdefault(part, Counter())[quantity] += 1
    found = [
        PartShare(
            part=part, name=names.get(part, ""), cases=sum(counter.values()), of=of,
            share=round(sum(counter.values()) / of, 4),
            quantity=max(counter, key=lambda quantity: (counter[quantity], quantity)),
        )
        for part, counter in counts.items()
    ]  # fmt: skip
    return sorted(found, key=lambda item: (-item.cases, item.part))


def typical_minutes(minutes: Sequence[int]) -> MinutesView | None:
    """Median and the middle half of the minutes; None where nobody wrote any down."""
    if not minutes:
        return None
    ordered = sorted(minutes)
    low = ordered[(len(ordered) - 1) // 4]
    high = ordered[-1 - (len(ordered) - 1) // 4]
    return MinutesView(median=round(median(ordered)), low=low, high=high, of=len(ordered))
