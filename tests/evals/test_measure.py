from __future__ import annotations

import pytest

from careloop.evals.measure import (
    added,
    f1,
    flag_tally,
    label_tally,
    macro_f1,
    precision_recall,
    ratio,
)


def test_precision_recall_and_f1_pool_all_cases() -> None:
    total = added([{"s.tp": 3}, {"s.fp": 1}, {"s.tp": 1, "s.fn": 4}])
    precision, recall, both = precision_recall("serials", "s")
    assert precision.value(total) == 0.8
    assert recall.value(total) == 0.5
    assert both.value(total) == pytest.approx(8 / 13)


def test_what_was_never_asked_has_no_value() -> None:
    assert ratio("hit", "hit", "asked").value({}) is None
    assert f1({}, "s") is None


def test_nothing_found_of_something_is_zero() -> None:
    assert f1({"s.fn": 2}, "s") == 0


def test_macro_f1_counts_every_expected_label_alike() -> None:
    tally = added([
        label_tally("intent", "thanks", "thanks"),
        label_tally("intent", "thanks", "thanks"),
        label_tally("intent", "complaint", "report_fault"),
    ])  # fmt: skip
    assert macro_f1("macro", "intent").value(tally) == 0.5


@pytest.mark.parametrize(
    ("expected", "found", "key"), [(True, True, "tp"), (True, False, "fn"), (False, True, "fp")]
)
def test_a_flag_is_hit_missed_or_false(expected: bool, found: bool, key: str) -> None:
    assert flag_tally("x", expected, found) == {f"x.{key}": 1}
    assert flag_tally("x", False, False) == {}
