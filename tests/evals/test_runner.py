from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from careloop.evals import report
from careloop.evals.baseline import compare, read_baseline
from careloop.evals.case import Case, Shape
from careloop.evals.measure import Mark, ratio
from careloop.evals.runner import SuiteRun, run
from careloop.evals.subject import Bench, Subject
from careloop.evals.suite import AnySuite, Bar, Suite, never
from careloop.kit.errors import InvalidInput


class Number(BaseModel):
    n: int

    @property
    def words(self) -> str:
        return f"the number {self.n}"


class Double(BaseModel):
    double: int


@dataclass
class Got:
    n: int

    @property
    def summary(self) -> str:
        return f"got {self.n}"


def solve(subject: Subject, case: Number) -> Got:
    if case.n == 13:
        raise RuntimeError("thirteen")
    return Got(case.n * 2)


def judge(case: Case[Number, Double], got: Got) -> Mark:
    right = got.n == case.expect.double
    if right:
        return Mark({"asked": 1, "right": 1})
    return Mark({"asked": 1, "right": 0}, (f"{got.n} is wrong",), ("explosion",) * (got.n > 100))


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "n": 1, "double": 2, "lang": "en", "fast": True},
        {"id": "b", "n": 2, "double": 5, "lang": "de"},
        {"id": "c", "n": 60, "double": 1, "lang": "de"},
        {"id": "d", "n": 13, "double": 26, "lang": "en"},
    ]
    path = tmp_path / "numbers.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def suite(cases: Path) -> AnySuite:
    return Suite(
        name="numbers", description="Doubling.", maker="small", source=cases.name,
        shape=Shape(Number, Double), solver=solve, scorers=(judge,),
        measures=(ratio("right", "right", "asked"),), gate=(Bar("right", 0.3, 0.9),),
        headline=("right",), from_folder=True,
    )  # fmt: skip


def figures(result: SuiteRun) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in result.figures}


def test_figures_worst_cases_and_languages(bench: Bench, suite: AnySuite, cases: Path) -> None:
    result = run(suite, bench, cases.parent)
    assert figures(result) == {"cases passed": 0.25, "cases broken": 1, "right": 1 / 3}
    assert [item.id for item in result.worst()] == ["c", "b", "d"]
    assert result.worst()[2].failures == ("broke: RuntimeError: thirteen",)
    by_language = report.breakdown(result, lambda item: item.lang)
    assert by_language["de"] == {"cases": 2, "cases passed": 0.0, "right": 0.0}
    assert result.milliseconds(0.99) >= result.milliseconds(0.5) >= 0


def test_the_gate_can_fail(bench: Bench, suite: AnySuite, cases: Path) -> None:
    whole = run(suite, bench, cases.parent)
    assert not whole.holds  # one case broke
    short = run(suite, bench, cases.parent, fast=True)
    assert [item.id for item in short.results] == ["a"]
    assert short.holds
    stricter = replace(suite, gate=(never("right"),))
    assert not run(stricter, bench, cases.parent, fast=True).holds


def test_a_case_passes_when_it_passes_every_time(
    bench: Bench, suite: AnySuite, cases: Path
) -> None:
    tries: list[int] = []

    def unsteady(subject: Subject, case: Number) -> Got:
        tries.append(case.n)
        return Got(case.n * 2 + (len(tries) == 3))

    result = run(replace(suite, solver=unsteady), bench, cases.parent, fast=True, epochs=3)
    assert (result.results[0].passes, result.results[0].passed) == (2, False)


def test_every_case_may_have_an_installation_of_its_own(
    bench: Bench, suite: AnySuite, cases: Path
) -> None:
    homes: set[str] = set()

    def solver(subject: Subject, case: Number) -> Got:
        homes.add(str(subject.database.url))
        return Got(0)

    run(replace(suite, solver=solver, fresh=True), bench, cases.parent)
    assert len(homes) == 4


def test_a_report_says_what_changed(bench: Bench, suite: AnySuite, cases: Path) -> None:
    before = run(suite, bench, cases.parent)
    file = cases.parent / "before.json"
    file.write_text(json.dumps(report.as_json([before])), encoding="utf-8")
    now = run(
        replace(suite, solver=lambda subject, case: Got(case.n * 2 + (case.n < 3))), bench,
        cases.parent,
    )  # fmt: skip
    (change,) = compare(read_baseline(file), [now])
    assert (change.newly_failing, change.newly_passing) == (("a",), ("b", "d"))
    assert "newly failing: a" in change.words
    text = report.as_markdown([now], "careloop evals run numbers", [change])
    for part in (
        "## numbers",
        "| right | 50.0 % | ≥ 30.0 % | ≥ 90.0 % | below goal |",
        "explosion",
    ):
        assert part in text


def test_a_baseline_must_be_a_report(tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(InvalidInput, match="no report"):
        read_baseline(path)


def test_a_maker_without_its_folder_is_an_input_error(bench: Bench, suite: AnySuite) -> None:
    with pytest.raises(InvalidInput, match="--data"), bench.open("second_maker"):
        pass
