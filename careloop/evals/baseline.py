"""Comparing a run with an earlier one, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from careloop.evals.runner import SuiteRun
from careloop.kit.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a suite: cases that fail now and passed before, the other way, and figures.

    `moved` holds (measure, before, now) of every figure that changed.
    """

    suite: str
    newly_failing: tuple[str, ...]
    newly_passing: tuple[str, ...]
    moved: tuple[tuple[str, float, float], ...]

    @property
    def as_dict(self) -> dict[str, Any]:
        """For the JSON report."""
        return asdict(self)

    @property
    def words(self) -> str:
        """One line a suite."""
        parts = [f"{name} {before:.3f} → {now:.3f}" for name, before, now in self.moved]
        if self.newly_failing:
            parts.append(f"newly failing: {', '.join(self.newly_failing)}")
        if self.newly_passing:
            parts.append(f"newly passing: {', '.join(self.newly_passing)}")
        return f"{self.suite}: " + ("; ".join(parts) or "unchanged")


def read_baseline(path: Path) -> dict[str, Any]:
    """The JSON report of an earlier run; `InvalidInput` when it is none."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        suites = report["suites"]
        if not isinstance(suites, dict):
            raise TypeError("suites is no object")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"--baseline {path} is no report of `evals run`: {error}") from None
    return suites


def compare(baseline: dict[str, Any], runs: Sequence[SuiteRun]) -> list[Change]:
    """One change a suite that both runs know; cases that only one knows are left out."""
    return [_change(baseline[run.suite.name], run) for run in runs if run.suite.name in baseline]


def _change(before: dict[str, Any], run: SuiteRun) -> Change:
    passed = {row["id"]: bool(row["passed"]) for row in before["results"]}
    known = [result for result in run.results if result.id in passed]
    return Change(
        run.suite.name,
        tuple(item.id for item in known if passed[item.id] and not item.passed),
        tuple(item.id for item in known if not passed[item.id] and item.passed),
        tuple(_moved(before["figures"], run)),
    )


def _moved(before: dict[str, Any], run: SuiteRun) -> Iterator[tuple[str, float, float]]:
    for figure in run.figures:
        was = before.get(figure.name, {}).get("value")
        if was is not None and figure.value is not None and abs(was - figure.value) > 1e-4:
            yield figure.name, was, figure.value
