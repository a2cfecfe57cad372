"""What a run comes to, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from careloop.evals.baseline import Change
from careloop.evals.measure import added
from careloop.evals.runner import CaseResult, Figure, SuiteRun

WORST = 20


def as_json(runs: Sequence[SuiteRun]) -> dict[str, Any]:
    """Everything, so that a later run can be compared with it."""
    return {
        "gate": all(run.holds for run in runs),
        "suites": {run.suite.name: _suite_json(run) for run in runs},
    }


def _suite_json(run: SuiteRun) -> dict[str, Any]:
    return {
        "description": run.suite.description,
        "brain": run.brain,
        "fast": run.fast,
        "epochs": run.epochs,
        "cases": len(run.results),
        "passed": run.passed,
        "gate": run.holds,
        "figures": {
            figure.name: {
                "value": None if figure.value is None else round(figure.value, 4),
                **({} if figure.bar is None else {
                    "floor": figure.bar.floor, "goal": figure.bar.goal, "holds": figure.holds,
                }),
            }
            for figure in run.figures
        },
        "by_language": breakdown(run, lambda result: result.lang or "-"),
        "by_kind": breakdown(run, lambda result: result.kind or "-"),
        "milliseconds": {"p50": run.milliseconds(0.5), "p99": run.milliseconds(0.99)},
        "results": [_case_json(result) for result in run.results],
    }  # fmt: skip


def _case_json(result: CaseResult) -> dict[str, Any]:
    body: dict[str, Any] = {"id": result.id, "passed": result.passed}
    if not result.passed:
        body |= {
            "lang": result.lang, "kind": result.kind, "asked": result.asked, "got": result.got,
            "failures": list(result.failures), "dangers": list(result.dangers),
            "passes": f"{result.passes} of {result.epochs}",
        }  # fmt: skip
    return body


def breakdown(run: SuiteRun, by: Callable[[CaseResult], str]) -> dict[str, dict[str, Any]]:
    """Cases, the share passed and the headline measures of each group."""
    table: dict[str, dict[str, Any]] = {}
    for name, results in run.groups(by).items():
        total = added(result.tally for result in results)
        passed = sum(result.passed for result in results) / len(results)
        table[name] = {"cases": len(results), "cases passed": round(passed, 4)}
        for measure in run.suite.measures:
            if measure.name in run.suite.headline:
                value = measure.value(total)
                table[name][measure.name] = None if value is None else round(value, 4)
    return table


def as_markdown(runs: Sequence[SuiteRun], command: str, changes: Sequence[Change] = ()) -> str:
    """The report for reading: figures beside bars and goals, breakdowns, and the worst cases."""
    lines = ["# Evaluation", "", f"`{command}`", ""]
    for change in changes:
        lines += [f"- {change.words}"]
    for run in runs:
        lines += ["", *_suite_markdown(run)]
    return "\n".join(lines) + "\n"


def _suite_markdown(run: SuiteRun) -> Iterator[str]:
    yield f"## {run.suite.name}"
    yield ""
    yield f"{run.suite.description} {len(run.results)} cases" + (
        f", each {run.epochs} times." if run.epochs > 1 else "."
    )
    yield from ("", "| measure | value | bar | goal | |", "|---|---|---|---|---|")
    for figure in run.figures:
        if figure.value is not None:
            yield "| " + " | ".join(figure_row(figure)) + " |"
    yield ""
    yield f"p50 {run.milliseconds(0.5)} ms, p99 {run.milliseconds(0.99)} ms a case."
    for title, by in (("language", _lang), ("kind", _kind)):
        table = breakdown(run, by)
        if len(table) > 1:
            yield from ("", *_table(title, table))
    worst = run.worst()
    if worst:
        some = ", the worst:" if len(worst) > WORST else ":"
        yield from ("", f"{len(worst)} cases fail{some}", "")
    for result in worst[:WORST]:
        danger = f" **{'; '.join(result.dangers)}**" if result.dangers else ""
        yield f"- `{result.id}`{danger} {_short(result.asked)}: {'; '.join(result.failures)}"
        yield f"  - {_short(result.got, 300)}"


def _lang(result: CaseResult) -> str:
    return result.lang or "-"


def _kind(result: CaseResult) -> str:
    return result.kind or "-"


def _table(title: str, table: dict[str, dict[str, Any]]) -> Iterator[str]:
    columns = list(next(iter(table.values())))
    yield f"| {title} | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, values in table.items():
        cells = [str(values["cases"])] + [percent(values[column]) for column in columns[1:]]
        yield f"| {name} | {' | '.join(cells)} |"


def figure_row(figure: Figure) -> tuple[str, str, str, str, str]:
    """Name, value, bar, goal and verdict of a figure, in words."""
    bar = figure.bar
    show = percent if figure.share else _number
    if bar is None:
        return figure.name, show(figure.value), "", "", ""
    sign = "≤ " if bar.at_most else "≥ "
    verdict = "FAILS" if not figure.holds else "ok" if figure.reaches_goal else "below goal"
    goal = "" if bar.goal is None else sign + show(bar.goal)
    return figure.name, show(figure.value), sign + show(bar.floor), goal, verdict


def percent(value: float | None) -> str:
    """A share as people read it."""
    return "-" if value is None else f"{100 * value:.1f} %"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _short(text: str, limit: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"
