"""Facts flow up: past-tense events, and one table that says who listens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that happened in the books. Subclasses are named in the past tense."""

    tenant_id: str


E = TypeVar("E", bound=Event)
InTransaction = Callable[[Session, Any], None]
AfterCommit = Callable[[Any], None]


class EventBus:
    """Delivers events to listeners in the same transaction, and to others after the commit.

    A listener inside the transaction may write; if it raises, the act is undone as a whole.
    A listener after the commit must not fail the act: it gets facts, not a vote.
    """

    def __init__(self) -> None:
        self._inside: dict[type[Event], list[InTransaction]] = defaultdict(list)
        self._after: dict[type[Event], list[AfterCommit]] = defaultdict(list)

    def on(self, kind: type[E], listener: Callable[[Session, E], None]) -> None:
        """Call `listener(session, event)` in the transaction that emits the event."""
        self._inside[kind].append(listener)

    def after(self, kind: type[E], listener: Callable[[E], None]) -> None:
        """Call `listener(event)` once the transaction has been committed."""
        self._after[kind].append(listener)

    def emit(self, session: Session, event: Event) -> None:
        for listener in self._inside[type(event)]:
            listener(session, event)
        queue = session.info.setdefault("after_commit", [])
        queue.extend((listener, event) for listener in self._after[type(event)])


def emit(session: Session, event: Event) -> None:
    """Emit through the bus that the session's database was opened with."""
    bus: EventBus | None = session.info.get("bus")
    if bus is not None:
        bus.emit(session, event)
