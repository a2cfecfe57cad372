"""While dispatch itself plans a visit, its rules do not look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

ASLEEP = "dispatch_rules_asleep"


@contextmanager
def asleep(session: Session) -> Iterator[None]:
    """Inside the block no visit or ticket wakes a rule."""
    before = session.info.get(ASLEEP, False)
    session.info[ASLEEP] = True
    try:
        yield
    finally:
        session.info[ASLEEP] = before
