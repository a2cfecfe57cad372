"""Processes beside this one that look for better plans; none outlives its caller.

A worker is `python -m ...planning.worker`: it gets the day as one line of JSON, tells each better
plan as a line, and ends when its input is closed, so that it dies with the process that started it.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from careloop.crm_core.dispatch.planning.layout import Day
from careloop.crm_core.dispatch.planning.search import Found

WORKER = "careloop.crm_core.dispatch.planning.worker"


class Crew:
    """Some workers on one day until `ends` (seconds since the epoch); leave the `with` block and
    they are gone."""

    def __init__(
        self, day: Day, start: Found, seeds: Sequence[int], ends: float, **more: Any
    ) -> None:
        task = {
            "line": day.line.model_dump(mode="json", exclude_none=True),
            "fixed": [pin.model_dump(mode="json", exclude_none=True) for pin in day.pins.values()],
            "start": {"cost": start.cost, "routes": start.routes, "picks": start.picks},
            "ends": ends,
            **more,
        }
        text = json.dumps(task)[:-1]
        self.best: Found | None = None
        self._rounds = [0] * len(seeds)
        self._lock = threading.Lock()
        self._ready = [False] * len(seeds)
        self._workers = [_start(f'{text}, "seed": {seed}}}\n') for seed in seeds]
        self._readers = [
            threading.Thread(target=self._read, args=(at, worker), daemon=True)
            for at, worker in enumerate(self._workers)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def at_work(self) -> bool:
        """Whether all workers have begun to look for better plans."""
        return all(self._ready)

    def wait(self, seconds: float) -> Found | None:
        """The best plan of all workers, when they are done or `seconds` are over."""
        event = threading.Event()
        joiner = threading.Thread(target=self._join, args=(event,), daemon=True)
        joiner.start()
        event.wait(max(0.0, seconds))
        with self._lock:
            if self.best is not None:
                self.best.rounds = sum(self._rounds)
            return self.best

    def _join(self, event: threading.Event) -> None:
        for reader in self._readers:
            reader.join()
        event.set()

    def _read(self, at: int, worker: subprocess.Popen[str]) -> None:
        assert worker.stdout is not None
        with contextlib.suppress(ValueError, KeyError, OSError):
            for line in worker.stdout:
                told = json.loads(line)
                self._ready[at] = True
                plan = Found(told["cost"], told["routes"], told["picks"])
                with self._lock:
                    self._rounds[at] = told["rounds"]
                    if self.best is None or plan.cost < self.best.cost - 1e-9:
                        self.best = plan


def _start(task: str) -> subprocess.Popen[str]:
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", WORKER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        close_fds=True,
    )  # fmt: skip
    feeder = threading.Thread(target=_feed, args=(worker, task), daemon=True)
    feeder.start()
    return worker


def _feed(worker: subprocess.Popen[str], task: str) -> None:
    assert worker.stdin is not None
    with contextlib.suppress(OSError, ValueError):
        worker.stdin.write(task)
        worker.stdin.flush()
