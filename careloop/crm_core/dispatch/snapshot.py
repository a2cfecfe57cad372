"""One prepared picture of a company's engineers and visits in each process.

It stays right across processes by the revision of the books (`watching`): before it is used, one
select compares revisions; what changed since is read again, row by row, or all of it where too
much did. A session sees its own changes in it before they are committed; they are read again for
whoever comes next, so an act that is rolled back leaves nothing behind.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from careloop.crm_core.dispatch import settings_queries, watching
from careloop.crm_core.dispatch import snapshot_queries as queries
from careloop.crm_core.dispatch.gazetteer import Gazetteer
from careloop.crm_core.dispatch.roster_arrays import RosterArrays
from careloop.crm_core.dispatch.visit_arrays import VisitArrays, held
from careloop.kit.db import now

MOST_CHANGES = 500
OLDEST = timedelta(hours=6)
"""After so long it is made anew: absences and visits come into reach as time goes on."""
Key = tuple[str, str]


class Snapshot:
    """Engineers, visits, areas, rules and settings of one company at one revision."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.revision = -1
        self._made_at: datetime | None = None
        self._doubtful: set[Key] = set()

    def refresh(self, session: Session, tenant_id: str) -> None:
        """Bring it to the revision of the books."""
        # The select sends what is pending to the database first, so that it is noted.
        present = queries.revision(session, tenant_id)
        own = set(watching.noted(session, tenant_id)) - {watching.TELL}
        at = now(session)
        stale = self._made_at is None or not (timedelta(0) <= at - self._made_at <= OLDEST)
        keys = self._doubtful | own
        if present == self.revision and not keys and not stale:
            return
        read_all = stale
        if not stale and present != self.revision:
            found = queries.changes(session, tenant_id, self.revision)
            whole = {number for number, _, _ in found}
            read_all = len(whole) < present - self.revision
            keys |= {(kind, key) for _, kind, key in found}
        self._doubtful = own
        if (
            read_all
            or ("all", "") in keys
            or len(keys) > MOST_CHANGES
            or not self._read(session, tenant_id, at, keys)
        ):
            self._read_all(session, tenant_id, at)
        self.revision = present

    def _read_all(self, session: Session, tenant_id: str, at: datetime) -> None:
        rows = queries.engineer_rows(session, tenant_id, at)
        areas = queries.area_rows(session, tenant_id)
        self.settings = settings_queries.facts(session, tenant_id)
        self.rules = [queries.copied(row) for row in queries.rule_rows(session, tenant_id)]
        self.gazetteer = Gazetteer(areas, [one.engineer for one in rows])
        self.roster = RosterArrays(rows)
        found = [held(row, self.gazetteer) for row in queries.visit_rows(session, tenant_id, at)]
        self.visits = VisitArrays(found, self.roster.by_code)
        self._made_at = at

    def _read(self, session: Session, tenant_id: str, at: datetime, keys: set[Key]) -> bool:
        """Read what changed; False where that is not enough."""
        by_kind: dict[str, set[str]] = {}
        for kind, key in keys:
            by_kind.setdefault(kind, set()).add(key)
        engineers = by_kind.pop("engineer", set())
        if engineers:
            rows = queries.engineer_rows(session, tenant_id, at, engineers)
            moved = any(self._moved(one) for one in rows)
            if moved or len(rows) < len(engineers) or not self.roster.replace(rows):
                return False
        for kind, ids in by_kind.items():
            found = queries.visit_rows(session, tenant_id, at, (kind, ids))
            visits = [held(row, self.gazetteer) for row in found]
            kept = {one.id for one in visits}
            for gone in self._named(kind, ids) - kept:
                self.visits.drop(gone)
            for one in visits:
                self.visits.put(one, self.roster.by_code)
        return True

    def _moved(self, rows: queries.EngineerRows) -> bool:
        """Whether an engineer's town changed, which the gazetteer is made of."""
        at = self.roster.by_id.get(rows.engineer.id)
        if at is None:
            return True
        was, row = self.roster.people[at].rows.engineer, rows.engineer
        return (was.base_city, was.lat, was.lon) != (row.base_city, row.lat, row.lon)

    def _named(self, kind: str, ids: set[str]) -> set[str]:
        if kind == "visit":
            return ids & set(self.visits.visits)
        column = {"ticket": "ticket_id", "asset": "asset_id", "customer": "customer_id"}[kind]
        return {one.id for one in self.visits.visits.values() if getattr(one, column) in ids}


_of_pool: WeakKeyDictionary[Pool, dict[str, Snapshot]] = WeakKeyDictionary()
_guard = threading.Lock()


@contextmanager
def of(session: Session, tenant_id: str) -> Iterator[Snapshot]:
    """The company's snapshot at the revision that the session sees; nobody changes it meanwhile."""
    engine = session.get_bind().engine
    with _guard:
        known = _of_pool.setdefault(engine.pool, {})
        found = known.setdefault(tenant_id, Snapshot())
    with found.lock:
        found.refresh(session, tenant_id)
        yield found
