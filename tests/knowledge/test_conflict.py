"""Documents that contradict each other are both shown; everything else is left in peace."""

from __future__ import annotations

import pytest
from shelf import Shelf, article


def test_two_values_for_the_same_thing(empty: Shelf) -> None:
    empty.add(
        article("OLD", "阀门的拧紧扭矩为 5 N·m。", title="扭矩", lang="zh", updated="2024-01-05"),
        article("NEW", "阀门的拧紧扭矩为 7 N·m。", title="安装", lang="zh", updated="2026-03-01"),
    )  # fmt: skip
    result = empty.ask("阀门的拧紧扭矩是多少")
    rival = result.contradicted_by
    assert rival is not None
    assert {result.hits[0].document, rival.document} == {"OLD", "NEW"}
    assert {str(result.hits[0].updated), str(rival.updated)} == {"2024-01-05", "2026-03-01"}


def test_rows_of_two_tables(empty: Shelf) -> None:
    for name, value in (("A", "90"), ("B", "180")):
        body = f"| Part | Interval |\n|---|---|\n| Air filter | {value} days |\n| Belt | 1 year |\n"
        empty.add(article(name, body, title="Maintenance intervals", lang="en"))
    result = empty.ask("How often is the air filter changed, what is the interval?")
    assert result.contradicted_by is not None
    assert empty.ask("belt interval").contradicted_by is None, "both say the same"


def test_one_says_yes_and_the_other_no(empty: Shelf) -> None:
    empty.add(
        article("YES", "The chamber can be cleaned with alcohol.", title="Cleaning", lang="en"),
        article("NO", "The chamber cannot be cleaned with alcohol.", title="Care", lang="en"),
    )
    assert empty.ask("Can the chamber be cleaned with alcohol?").contradicted_by is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"product_models": "[KX-5]"}, {"product_models": "[KX-9]"}),
        ({}, {"product_models": "[KX-9]"}),
        ({}, {"supersedes": "FIRST"}),
    ],
    ids=["other model", "one model against all", "replaced"],
)
def test_no_contradiction(empty: Shelf, first: dict[str, str], second: dict[str, str]) -> None:
    empty.add(
        article("FIRST", "The valve torque is 5 Nm.", title="Torque", lang="en", **first),
        article("SECOND", "The valve torque is 7 Nm.", title="Torque", lang="en", **second),
    )
    for model in (None, "KX-9"):
        assert empty.ask("valve torque", model=model).contradicted_by is None


def test_other_things_of_the_same_kind_do_not_contradict(empty: Shelf) -> None:
    empty.add(
        article("INLET", "The inlet valve torque is 5 Nm.", title="Inlet", lang="en"),
        article(
            "DRAIN", "Tighten the four screws of the drain cover to 7 Nm.", title="D", lang="en"
        ),
    )
    assert empty.ask("torque of the inlet valve").contradicted_by is None
