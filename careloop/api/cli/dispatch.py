"""`careloop dispatch`: plan a day of field service from a file; needs no installation."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from careloop.api.cli.context import InOption, JsonOption, OutOption, run_batch, show
from careloop.crm_core.dispatch.planning import PlanAnswer, PlanLine, Route, check, solve
from careloop.kit.errors import InvalidInput
from careloop.kit.telemetry import configure_logging

dispatch = typer.Typer(help="Who goes where and when.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(dispatch, name="dispatch")


@dispatch.callback()
def _group() -> None:
    """Who goes where and when."""


@dispatch.command("plan")
def plan(
    file: Annotated[str, typer.Argument(help="The day as JSON; - reads standard input.")] = "",
    seconds: Annotated[
        float | None,
        typer.Option(min=0, max=600, help="Time to plan (default: the file's, or 10)."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Where the search starts.")] = 0,
    iterations: Annotated[
        int | None,
        typer.Option(min=0, help="So many rounds instead of a time; the same plan each time."),
    ] = None,
    as_json: JsonOption = False,
    jsonl: InOption = None,
    out: OutOption = None,
) -> None:
    """Plan a day: who does which jobs in which order, what is left undone and why."""
    configure_logging("error", "console")

    def call(line: PlanLine) -> PlanAnswer:
        return solve(line, seconds, seed, iterations=iterations)

    if jsonl is not None:
        run_batch(jsonl, out, PlanLine, call)
        return
    answer = call(_read(file))
    show(answer, as_json, lambda: _words(answer))


@dispatch.command("check")
def check_plan(
    file: Annotated[Path, typer.Argument(help="The day as JSON.")],
    plan_file: Annotated[Path, typer.Argument(help="The plan as JSON.")],
    as_json: JsonOption = False,
) -> None:
    """Judge a plan, whoever made it: recomputes rules and cost from the JSON alone."""
    configure_logging("error", "console")
    problem = _read(str(file))
    try:
        answer = PlanAnswer.model_validate(_json(str(plan_file)))
    except ValidationError as error:
        raise InvalidInput(f"{plan_file}: {_first(error)}") from None
    faults = check(problem, answer)
    if as_json:
        print(json.dumps({"valid": not faults, "faults": faults}, ensure_ascii=False))
    else:
        print("\n".join(faults) or "valid")
    if faults:
        raise typer.Exit(1)


def _read(file: str) -> PlanLine:
    if not file:
        raise InvalidInput("Name the file with the day, or - for standard input")
    try:
        return PlanLine.model_validate(_json(file))
    except ValidationError as error:
        raise InvalidInput(f"{file}: {_first(error)}") from None


def _json(file: str) -> Any:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{file}: {error}") from None


def _first(error: ValidationError) -> str:
    item = error.errors(include_url=False)[0]
    return f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"


def _words(answer: PlanAnswer) -> str:
    lines = [line for route in answer.routes for line in _route(route)]
    lines += [f"undone  {item.job}  ({item.reason}: {item.detail})" for item in answer.unserved]
    cost = answer.cost
    lines.append(
        f"cost {cost.total:g} = travel {cost.travel:g} + late {cost.late:g}"
        f" + unserved {cost.unserved:g}; plain insertion {answer.insertion or 0:g};"
        f" {answer.took_ms / 1000:.1f} s"
    )
    return "\n".join(lines)


def _route(route: Route) -> list[str]:
    lines = [f"{route.engineer}  {_clock(route.leaves_home)} - {_clock(route.home)}"]
    for stop in route.stops:
        depot = f"depot {stop.depot}: {_picked(stop.pick)}"
        what = depot if stop.job is None else str(stop.job)
        late = f"  {stop.late:g} min late" if stop.late else ""
        lines.append(f"    {_clock(stop.start)} - {_clock(stop.leave)}  {what}{late}")
    return lines


def _picked(pick: dict[str, int] | None) -> str:
    return ", ".join(f"{count} x {part}" for part, count in (pick or {}).items())


def _clock(minute: float | None) -> str:
    if minute is None:
        return "--:--"
    whole = round(minute)
    return f"{whole // 60:02d}:{whole % 60:02d}"
