"""At most so many acts in a window, for each key, whatever the threads do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.kit import limits
from careloop.kit.errors import RateLimited
from careloop.kit.limits import RateLimit


class Watch:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 5))
def test_no_window_ever_holds_more_than_the_share(pauses: list[float], count: int) -> None:
    watch = Watch()
    limit = RateLimit(count, 10, watch)
    taken: list[float] = []
    for pause in pauses:
        watch.at += pause
        try:
            limit.take("a")
        except RateLimited as refused:
            assert 0 < refused.retry_after <= 11
        else:
            taken.append(watch.at)
    for first in taken:
        assert sum(first <= at < first + 10 for at in taken) <= count


def test_waiting_as_told_is_enough() -> None:
    watch = Watch()
    limit = RateLimit(1, 60, watch)
    limit.take("a")
    with pytest.raises(RateLimited) as refused:
        limit.take("a")
    watch.at += refused.value.retry_after
    limit.take("a")


def test_keys_do_not_share() -> None:
    limit = RateLimit(1, 60)
    limit.take("a")
    limit.take("b")


def test_looking_does_not_count() -> None:
    limit = RateLimit(1, 60)
    for _ in range(5):
        limit.check("a")
    limit.take("a")


def test_threads_at_the_same_instant_share_the_count() -> None:
    limit = RateLimit(10, 60, Watch())

    def act(_: int) -> bool:
        try:
            limit.take("a")
        except RateLimited:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(act, range(200))) == 10


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 100)
    limit = RateLimit(1, 60)
    for number in range(1000):
        limit.take(str(number))
    assert len(limit._acts) <= 100
