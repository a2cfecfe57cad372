"""Rules of sending: when to try again, what an answer means, when to stop.

The times follow the specification of Standard Webhooks: ten tries in about three days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20),
    timedelta(hours=24),
)  # fmt: skip
"""Before the second try, the third, and so on; after the last one a delivery is dead."""
MAX_ATTEMPTS = len(PAUSES) + 1
JITTER = 0.2
MAX_BODY = 20_000
ANSWER_BYTES = 1024
LONGEST_WISH = timedelta(hours=24)
"""`Retry-After` is heard up to this."""
THROTTLE = timedelta(seconds=30)
LONGEST_THROTTLE = timedelta(hours=1)
GIVE_UP = timedelta(days=3)
"""An endpoint that has failed for so long, up to the end of a delivery, is disabled."""
SLOW_MS = 5_000
KEEP_DAYS = 30
KEEP_DEAD_DAYS = 90
MAX_ENDPOINTS = 50
REPLAY_AT_ONCE = 500


class Verdict(StrEnum):
    """What an answer means for the delivery and its endpoint."""

    DELIVERED = "delivered"
    RETRY = "retry"
    THROTTLE = "throttle"
    GONE = "gone"


def verdict(status: int | None) -> Verdict:
    """2xx is a yes; 410 asks for silence; 429, 502 and 504 ask for less; the rest comes again.

    A redirect is no yes: it is not followed, because it could lead anywhere.
    """
    if status is None:
        return Verdict.RETRY
    if 200 <= status < 300:
        return Verdict.DELIVERED
    if status == 410:
        return Verdict.GONE
    return Verdict.THROTTLE if status in {429, 502, 504} else Verdict.RETRY


def pause(attempts: int, chance: float, retry_after: int | None = None) -> timedelta | None:
    """How long to wait after that many tries; None when it was the last.

    `chance`, from 0 to 1, spreads the tries by a fifth to both sides, so that what failed
    together does not come back together. A receiver's own wish is only ever a longer wait.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    usual = PAUSES[attempts - 1] * (1 + JITTER * (2 * chance - 1))
    wish = min(timedelta(seconds=retry_after or 0), LONGEST_WISH)
    return max(usual, wish)


def throttle(failures: int, retry_after: int | None) -> timedelta:
    """How long a whole endpoint rests after it asked for less."""
    own = min(THROTTLE * (1 << min(failures, 10)), LONGEST_THROTTLE)
    return max(own, min(timedelta(seconds=retry_after or 0), LONGEST_WISH))


def gives_up(failing_since: datetime | None, at: datetime) -> bool:
    """Whether an endpoint has been failing for so long that it is disabled."""
    return failing_since is not None and at - failing_since >= GIVE_UP


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whether a list of patterns wants a type."""

    patterns: tuple[str, ...]

    def has(self, event_type: str) -> bool:
        return any(_matches(pattern, event_type) for pattern in self.patterns)


def _matches(pattern: str, event_type: str) -> bool:
    if pattern == "*":
        return True
    if pattern.endswith(".*"):
        return event_type.startswith(pattern[:-1])
    return pattern == event_type
