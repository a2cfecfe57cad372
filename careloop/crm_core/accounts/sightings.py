"""When logins and tokens were last used, kept in memory and written down every few minutes.

A write for every request would make readers wait for the writer. What is lost in a crash is at
most `WRITE_EVERY` of last-seen times: a login may count as idle a little too early, never too late.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

WRITE_EVERY = timedelta(minutes=2)
MOST = 50_000


class Sightings:
    """Last use by the hash of the secret; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[str, datetime] = {}
        self._unwritten: set[str] = set()
        self._written_at: datetime | None = None

    def note(self, secret_hash: str, at: datetime) -> None:
        """This secret was used now."""
        with self._lock:
            if len(self._seen) >= MOST:
                self._seen.clear()
                self._unwritten.clear()
            self._seen[secret_hash] = at
            self._unwritten.add(secret_hash)

    def last(self, secret_hash: str) -> datetime | None:
        """The last use that this process knows of."""
        with self._lock:
            return self._seen.get(secret_hash)

    def due(self, at: datetime) -> bool:
        """Whether it is time to write them down."""
        with self._lock:
            if not self._unwritten:
                return False
            return self._written_at is None or at - self._written_at >= WRITE_EVERY

    def take(self, at: datetime) -> dict[str, datetime]:
        """What has to be written; the caller writes it."""
        with self._lock:
            found = {key: self._seen[key] for key in self._unwritten if key in self._seen}
            self._unwritten.clear()
            self._written_at = at
            return found


_of_engine: WeakKeyDictionary[Engine, Sightings] = WeakKeyDictionary()
_lock = threading.Lock()


def sightings_of(session: Session) -> Sightings:
    """The sightings of this session's database in this process."""
    bind = session.get_bind()
    return of_engine(bind.engine if isinstance(bind, Connection) else bind)


def of_engine(engine: Engine) -> Sightings:
    """The sightings of a database in this process; views of one engine share its pool."""
    with _lock:
        for known, found in _of_engine.items():
            if known.pool is engine.pool:
                return found
        made = _of_engine[engine] = Sightings()
        return made
