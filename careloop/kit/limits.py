"""Rate limits in memory: a sliding window for each key."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from careloop.kit.errors import RateLimited

MAX_KEYS = 50_000


class RateLimit:
    """At most `count` acts in `seconds` for each key; the oldest keys are forgotten first."""

    def __init__(
        self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._count = count
        self._seconds = seconds
        self._clock = clock
        self._acts: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Raise `RateLimited` if the key has used its share; does not count as an act."""
        with self._lock:
            self._admit(key)

    def hit(self, key: str) -> None:
        """Count one act."""
        with self._lock:
            self._fresh(key).append(self._clock())

    def take(self, key: str) -> None:
        """`check`, then `hit`, as one step: callers at the same instant share the count."""
        with self._lock:
            self._admit(key).append(self._clock())

    def _admit(self, key: str) -> deque[float]:
        acts = self._fresh(key)
        if len(acts) >= self._count:
            wait = int(self._seconds - (self._clock() - acts[0])) + 1
            raise RateLimited("Too fast; wait a moment and try again", retry_after=wait)
        return acts

    def _fresh(self, key: str) -> deque[float]:
        acts = self._acts.setdefault(key, deque())
        self._acts.move_to_end(key)
        while len(self._acts) > MAX_KEYS:
            self._acts.popitem(last=False)
        horizon = self._clock() - self._seconds
        while acts and acts[0] <= horizon:
            acts.popleft()
        return acts
