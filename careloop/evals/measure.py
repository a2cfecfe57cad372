"""Marks of cases, added up, and the measures computed from their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Tally = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One scorer's judgement of one case.

    `tally` is added up over the suite. A case without `failures` passes. `dangers` names failures
    that may harm somebody; they count apart, and none is allowed.
    """

    tally: Tally = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a suite; `value` gives None when no case has anything to say on it."""

    name: str
    value: Callable[[Tally], float | None]
    share: bool = True


def added(tallies: Iterable[Tally]) -> Counter[str]:
    """The sum of tallies, key by key."""
    total: Counter[str] = Counter()
    for tally in tallies:
        for key, value in tally.items():
            total[key] += value  # type: ignore[assignment]
    return total


def ratio(name: str, part: str, whole: str) -> Measure:
    """`part` of `whole`, 0..1."""

    def value(tally: Tally) -> float | None:
        base = tally.get(whole, 0)
        return tally.get(part, 0) / base if base else None

    return Measure(name, value)


def count(name: str, key: str) -> Measure:
    """How often; not a share."""
    return Measure(name, lambda tally: tally.get(key, 0), share=False)


def precision_recall(name: str, key: str) -> tuple[Measure, Measure, Measure]:
    """Precision, recall and F1 from `<key>.tp`, `.fp` and `.fn`, all cases pooled."""
    return (
        Measure(f"{name} precision", lambda tally: _share(tally, key, "fp")),
        Measure(f"{name} recall", lambda tally: _share(tally, key, "fn")),
        Measure(f"{name} F1", lambda tally: f1(tally, key)),
    )


def f1(tally: Tally, key: str) -> float | None:
    """The harmonic mean of precision and recall; None where there was nothing to find."""
    hits, wrong = tally.get(f"{key}.tp", 0), tally.get(f"{key}.fp", 0) + tally.get(f"{key}.fn", 0)
    return 2 * hits / (2 * hits + wrong) if hits or wrong else None


def macro_f1(name: str, prefix: str) -> Measure:
    """The mean of the F1 of every label that was expected at least once."""

    def value(tally: Tally) -> float | None:
        labels = {
            key[len(prefix) + 1 : -3] for key in tally
            if key.startswith(f"{prefix}:") and key[-3:] in {".tp", ".fn"}
        }  # fmt: skip
        each = [f1(tally, f"{prefix}:{label}") or 0.0 for label in sorted(labels)]
        return sum(each) / len(each) if each else None

    return Measure(name, value)


def label_tally(prefix: str, expected: str, found: str) -> dict[str, float]:
    """One decision between labels, for the F1 of each."""
    if expected == found:
        return {f"{prefix}:{expected}.tp": 1}
    return {f"{prefix}:{expected}.fn": 1, f"{prefix}:{found}.fp": 1}


def flag_tally(key: str, expected: bool, found: bool) -> dict[str, float]:
    """One yes-or-no decision."""
    if not expected and not found:
        return {}
    return {f"{key}.{'tp' if expected and found else 'fn' if expected else 'fp'}": 1}


def _share(tally: Tally, key: str, wrong: str) -> float | None:
    hits = tally.get(f"{key}.tp", 0)
    base = hits + tally.get(f"{key}.{wrong}", 0)
    return hits / base if base else None
