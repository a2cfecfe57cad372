"""A process that improves one plan: the day comes in as a line, better plans go out as lines."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from time import perf_counter, time
from typing import Any, TextIO

from careloop.crm_core.dispatch.planning.layout import lay_out, with_neighbours
from careloop.crm_core.dispatch.planning.schemas import Pin, PlanLine
from careloop.crm_core.dispatch.planning.search import Found, improve_within

QUIET_SECONDS = 0.1
"""Better plans are told at most this often, and always at the end."""


def main() -> None:
    """Work until the time of the task is over, or whoever started this is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    task = json.loads(sys.stdin.readline() or "null")
    if task is None:
        return
    threading.Thread(target=_die_with, args=(sys.stdin,), daemon=True).start()
    line = PlanLine.model_validate(task["line"])
    fixed = [Pin.model_validate(pin) for pin in task["fixed"]]
    stays = dict(task["stays"])
    day = lay_out(line, fixed, stays, task["move_cost"])
    day.model = with_neighbours(day.model)
    start = Found(**task["start"])
    until = perf_counter() + task["ends"] - time()
    teller = _Teller()
    teller.tell(start)
    best = improve_within(day, start, task["seed"], until, teller.better)
    teller.tell(best)


class _Teller:
    def __init__(self) -> None:
        self._last = 0.0

    def better(self, plan: Found) -> None:
        if perf_counter() - self._last >= QUIET_SECONDS:
            self.tell(plan)

    def tell(self, plan: Found) -> None:
        told: dict[str, Any] = {
            "cost": plan.cost, "routes": plan.routes, "picks": plan.picks, "rounds": plan.rounds,
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        self._last = perf_counter()


def _die_with(pipe: TextIO) -> None:
    pipe.read()
    os._exit(0)


if __name__ == "__main__":
    main()
