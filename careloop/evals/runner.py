"""Runs a suite over its maker's installation and adds up what the judges say."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from careloop.evals.case import Case
from careloop.evals.measure import Mark, Tally, added
from careloop.evals.subject import Bench, Subject
from careloop.evals.suite import AnySuite, Bar, never

log = structlog.get_logger(__name__)

AnyCase = Case[Any, Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case over all epochs: it passed when it passed every time."""

    id: str
    lang: str
    kind: str
    asked: str
    got: str
    failures: tuple[str, ...]
    dangers: tuple[str, ...]
    tally: Tally
    seconds: tuple[float, ...]
    passes: int
    epochs: int

    @property
    def passed(self) -> bool:
        return self.passes == self.epochs


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value, beside the bar and the goal set for it."""

    name: str
    value: float | None
    share: bool
    bar: Bar | None

    @property
    def holds(self) -> bool:
        return self.bar is None or self.bar.holds(self.value, self.bar.floor)

    @property
    def reaches_goal(self) -> bool:
        return self.bar is None or self.bar.holds(self.value, self.bar.goal)


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """All results of one suite, and the figures that follow from them."""

    suite: AnySuite
    results: tuple[CaseResult, ...]
    brain: str = "embedded"
    fast: bool = False
    epochs: int = 1
    figures: tuple[Figure, ...] = field(default=())

    @property
    def passed(self) -> int:
        return sum(result.passed for result in self.results)

    @property
    def dangers(self) -> int:
        return sum(len(result.dangers) for result in self.results)

    @property
    def holds(self) -> bool:
        """Whether the gate holds."""
        return all(figure.holds for figure in self.figures)

    def milliseconds(self, share: float) -> float:
        """The time that this share of the cases stayed within."""
        spent = sorted(second for result in self.results for second in result.seconds)
        if not spent:
            return 0.0
        return round(1000 * spent[min(len(spent) - 1, int(share * len(spent)))], 2)

    def worst(self) -> list[CaseResult]:
        """The failing cases: dangers first, then by the number of faults."""
        failing = [result for result in self.results if not result.passed]
        return sorted(failing, key=lambda item: (-len(item.dangers), -len(item.failures)))

    def groups(self, by: Callable[[CaseResult], str]) -> dict[str, list[CaseResult]]:
        """Results by language or kind, in alphabetical order."""
        found: dict[str, list[CaseResult]] = {}
        for result in sorted(self.results, key=by):
            found.setdefault(by(result), []).append(result)
        return found


def run(
    suite: AnySuite,
    bench: Bench,
    folder: Path | None = None,
    *,
    fast: bool = False,
    epochs: int = 1,
    brain: str = "embedded",
    progress: Progress = lambda done, total: None,
) -> SuiteRun:
    """Examine. With `fast` only the cases marked so; a suite without any is run whole."""
    cases = suite.cases(folder)
    if fast:
        cases = [case for case in cases if case.fast] or cases
    shared: AbstractContextManager[Subject | None] = (
        nullcontext() if suite.fresh else bench.open(suite.maker)
    )
    results: list[CaseResult] = []
    with shared as subject:
        if subject is not None and cases:
            # The first answer loads models and indexes; it is no figure of a running system.
            _attempt(suite, subject, cases[0])
        for number, case in enumerate(cases, start=1):
            results.append(_examine(suite, bench, subject, case, epochs))
            progress(number, len(cases))
    return SuiteRun(suite, tuple(results), brain, fast, epochs, figures_of(suite, results))


def figures_of(suite: AnySuite, results: Sequence[CaseResult]) -> tuple[Figure, ...]:
    """Every measure of the suite over these results, the share of passed cases first."""
    total = added(result.tally for result in results)
    bars = {bar.measure: bar for bar in suite.gate}
    passed = sum(result.passed for result in results) / len(results) if results else None
    figures = [
        Figure("cases passed", passed, True, bars.get("cases passed")),
        Figure("cases broken", total.get("broken", 0), False, never("cases broken")),
    ]
    for measure in suite.measures:
        bar = bars.get(measure.name)
        figures.append(Figure(measure.name, measure.value(total), measure.share, bar))
    return tuple(figures)


def _examine(
    suite: AnySuite, bench: Bench, subject: Subject | None, case: AnyCase, epochs: int
) -> CaseResult:
    marks: list[Mark] = []
    seconds: list[float] = []
    got = ""
    for _ in range(epochs):
        own: AbstractContextManager[Subject] = (
            nullcontext(subject) if subject is not None else bench.open(suite.maker)
        )
        with own as current:
            mark, got, spent = _attempt(suite, current, case)
        marks.append(mark)
        seconds.append(spent)
    worst = next((mark for mark in marks if mark.failures), marks[0])
    return CaseResult(
        id=case.id,
        lang=case.lang,
        kind=case.kind,
        asked=str(case.input.words),
        got=got,
        failures=worst.failures,
        dangers=worst.dangers,
        tally=worst.tally,
        seconds=tuple(seconds),
        passes=sum(not mark.failures for mark in marks),
        epochs=epochs,
    )


def _attempt(suite: AnySuite, subject: Subject, case: AnyCase) -> tuple[Mark, str, float]:
    """One try: the judges' marks joined, what came out, and the seconds it took."""
    began = time.perf_counter()
    try:
        outcome = suite.solver(subject, case.input)
    except Exception as error:
        # The runner's loop: a case that breaks the system is a failing case, not an end.
        log.warning("eval_case_broke", suite=suite.name, case=case.id, exc_info=True)
        fault = f"broke: {type(error).__name__}: {str(error).partition(chr(10))[0]}"
        return Mark({"broken": 1}, (fault,)), fault, time.perf_counter() - began
    spent = time.perf_counter() - began
    marks = [scorer(case, outcome) for scorer in suite.scorers]
    return _joined(marks), outcome.summary, spent


def _joined(marks: Sequence[Mark]) -> Mark:
    return Mark(
        added(mark.tally for mark in marks),
        tuple(text for mark in marks for text in mark.failures),
        tuple(name for mark in marks for name in mark.dangers),
    )
