"""Day plans: plain insertion, ours, and a well-known routing library with much more time.

    python -m benchmarks dispatch [--write]

Days are made from a seed (`benchmarks.dispatch_days`). Each cell is the cost of the plan, checked
by the independent checker. The reference column needs `ortools`, for which `CARELOOP_ORTOOLS` may
name another interpreter that has it; days with parts are beyond its model here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.dispatch_days import Recipe, day
from careloop.crm_core.dispatch.planning import PlanLine, check, insertion, solve

OUT = Path(__file__).resolve().parent.parent / "docs" / "generated" / "dispatch.md"
SECONDS, REFERENCE_SECONDS = 10.0, 60.0
DAYS = (
    Recipe(10, 3, "random", True, skills=True, own_homes=True),
    Recipe(25, 6, "clustered", False),
    Recipe(50, 12, "mixed", True, skills=True, own_homes=True),
    Recipe(100, 25, "random", True),
    Recipe(100, 20, "clustered", False, skills=True, own_homes=True),
    Recipe(200, 40, "mixed", False),
    Recipe(200, 40, "random", True, skills=True, own_homes=True),
    Recipe(200, 40, "clustered", True, skills=True, own_homes=True),
    Recipe(50, 12, "mixed", False, skills=True, parts=True, depots=2, own_homes=True),
    Recipe(100, 25, "clustered", True, skills=True, parts=True, own_homes=True),
    Recipe(200, 40, "random", True, skills=True, parts=True, depots=2, own_homes=True),
)
TIMES = (0.0, 0.1, 1.0, 3.0, 10.0)
BIG = (DAYS[6], DAYS[10], Recipe(1000, 200, "clustered", True, skills=True, own_homes=True))


def main(write: bool = False) -> None:
    lines = [*_costs(), "", *_clock()]
    print("\n".join(lines))
    if write:
        _write(lines)


def _costs() -> list[str]:
    lines = [
        f"{'day':44}{'insertion':>10}{'ours':>10}{'reference':>10}{'ours/ref':>9}{'undone':>7}"
        f"{'rounds':>8}"
    ]
    for recipe in DAYS:
        problem = PlanLine.model_validate(day(recipe))
        plan = solve(problem, SECONDS)
        assert check(problem, plan) == []
        reference = None if recipe.parts else _reference(problem)
        told = f"{reference:10.1f}" if reference is not None else f"{'-':>10}"
        ratio = f"{plan.cost.total / reference:9.3f}" if reference else f"{'-':>9}"
        lines.append(
            f"{recipe.name:44}{plan.insertion or 0:10.1f}{plan.cost.total:10.1f}{told}{ratio}"
            f"{len(plan.unserved):7}{plan.rounds or 0:8}"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _clock() -> list[str]:
    """Cost and time taken for other limits than ten seconds, and what plain insertion needs."""
    lines = [
        f"{'day':44}{'limit s':>8}{'took s':>8}{'CPU s':>9}{'insertion':>11}{'ours':>11}"
        f"{'undone':>8}"
    ]
    for recipe in BIG:
        problem = PlanLine.model_validate(day(recipe))
        cpu = time.process_time()
        least = insertion(problem)
        cpu = time.process_time() - cpu
        for limit in TIMES:
            began = time.perf_counter()
            plan = solve(problem, limit)
            took = time.perf_counter() - began
            assert check(problem, plan) == []
            assert plan.insertion == least.cost.total >= plan.cost.total
            lines.append(
                f"{recipe.name:44}{limit:8.1f}{took:8.2f}{cpu:9.3f}{least.cost.total:11.1f}"
                f"{plan.cost.total:11.1f}{len(plan.unserved):8}"
            )
            print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _reference(problem: PlanLine) -> float | None:
    """In another process, so that neither disturbs the other."""
    python = os.environ.get("CARELOOP_ORTOOLS", sys.executable)
    program = (
        "import sys, json; from benchmarks.dispatch_reference import reference_cost;"
        "from careloop.crm_core.dispatch.planning.schemas import PlanLine;"
        "line = PlanLine.model_validate_json(sys.stdin.read());"
        f"print(json.dumps(reference_cost(line, {REFERENCE_SECONDS})))"
    )
    done = subprocess.run(
        [python, "-c", program], cwd=OUT.parent.parent.parent, check=False,
        input=problem.model_dump_json(), capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(OUT.parent.parent.parent)},
    )  # fmt: skip
    if done.returncode != 0:
        return None
    cost: float | None = json.loads(done.stdout)
    return cost


def _write(lines: list[str]) -> None:
    today = datetime.now(UTC).date().isoformat()
    load = os.getloadavg()[0]
    text = [
        "# Figures of the day planner",
        f"Measured on {today} by `python -m benchmarks dispatch --write` on {os.cpu_count()} cores;"
        f" load average {load:.1f} at the end (above the number of cores the machine was shared,"
        " and every time limit bought less work).",
        f"Costs: `insertion` is `planning.insertion` (`CPU s` is what it takes by itself),"
        f" `ours` after {SECONDS:g} s,"
        f" `reference` is OR-Tools (guided local search) after {REFERENCE_SECONDS:g} s; smaller is"
        " better. Goal: ours within 3 % of the reference for 200 jobs and 40 engineers. Every plan"
        " passed the independent checker.",
        "```\n" + "\n".join(lines) + "\n```",
    ]
    OUT.write_text("\n\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main("--write" in sys.argv)
