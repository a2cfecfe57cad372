"""Running connectors: problems first, then their changes, then ours, kind by kind.

No transaction is open while the other side is spoken to. How far a run came is kept after every
page, so that a process that dies, or an outage over there, costs one page of work: everything in
it is done again and comes to the same end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from careloop.api.bootstrap import Services
from careloop.api.connector_pairs import Pairs, Report
from careloop.api.outgoing import opened_login, vault_of
from careloop.crm_core.outbound.connectors import our_queries, queries
from careloop.crm_core.outbound.connectors.linking import mapping_of
from careloop.crm_core.outbound.connectors.mapping import Mapping
from careloop.crm_core.outbound.connectors.ports import (
    LoginRefused,
    OuterFailure,
    OuterSystem,
    TheirPage,
    Throttled,
    Unreachable,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.rest import Login, RestSystem
from careloop.crm_core.outbound.connectors.schemas import (
    AskRun,
    ConnectorRunView,
    EndRun,
    KeepRun,
    RunTaken,
)  # fmt: skip
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import as_utc
from careloop.kit.db import EVERY_TENANT
from careloop.kit.egress import Egress
from careloop.kit.errors import CareloopError
from careloop.kit.ids import new_id

log = structlog.get_logger(__name__)

BATCH = 100
TRIES = 4
LONGEST_WAIT = 60
AGAIN = 300
LEASE = 300
OURS_OVERLAP = timedelta(minutes=2)
"""A change of ours may become visible a little after its time; so much is looked at again."""
STAGES = ("problems", "pull", "push")


class Stopped(Exception):
    """The process is ending; the run goes on elsewhere."""


class ConnectorRuns:
    """Runs connectors of one installation, one at a time in each thread that asks."""

    def __init__(
        self, services: Services, egress: Egress, stopping: threading.Event | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:  # fmt: skip
        self._services, self._egress = services, egress
        self._stopping = stopping or threading.Event()
        self._pause = pause or self._wait
        self._vault = vault_of(services)

    def run(
        self, tenant_id: str, connector_id: str, dry: bool = False, scheduled: bool = False
    ) -> ConnectorRunView | None:
        """Do a run to its end, or as far as it goes now; None where there is none to do."""
        with self._services.database.read(tenant_id) as session:
            row = queries.connector(session, system_actor(tenant_id), connector_id)
            name, mapping = row.name, mapping_of(row)
            outer = self._outer(session, row, mapping)
        actor = system_actor(tenant_id, name)
        runner = new_id()
        asked = AskRun(
            connector_id=connector_id, dry=dry, lease_seconds=LEASE, runner=runner,
            scheduled=scheduled,
        )  # fmt: skip
        taken = self._services.runtime.invoke(actor, "connectors.take_run", asked)
        assert isinstance(taken, RunTaken)
        if not taken.connector_run_id:
            return None
        run = _Run(self._services, actor, connector_id, name, runner, taken, mapping, outer,
                   self._pause, self._stopping)  # fmt: skip
        return run.to_its_end()

    def _outer(self, session: Any, row: Any, mapping: Mapping) -> OuterSystem:
        sealed = queries.login(session, row)
        secret = opened_login(
            self._vault, row.tenant_id, row.base_url, sealed.handle if sealed else ""
        )
        login = Login(row.auth, row.auth_name, secret)
        return RestSystem(self._egress, row.base_url, login, mapping, self._pause)

    def _wait(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise Stopped


class _Run:
    """One run, in one thread."""

    def __init__(
        self, services: Services, actor: Actor, connector_id: str, name: str, runner: str,
        taken: RunTaken, mapping: Mapping, outer: OuterSystem, pause: Callable[[float], None],
        stopping: threading.Event,
    ) -> None:  # fmt: skip
        self._services, self._actor, self._connector_id = services, actor, connector_id
        self._run_id, self._runner, self._mapping = taken.connector_run_id, runner, mapping
        self._outer, self._pause, self._stopping = outer, pause, stopping
        self._place, self._cursors = dict(taken.place), taken.cursors
        self._dry = taken.dry
        self._report = Report(taken.counters, taken.dry)
        self._pairs = Pairs(services, actor, connector_id, name, mapping, outer, self._report)

    def to_its_end(self) -> ConnectorRunView:
        """Every kind, every stage; an outage sets the run aside with its place kept."""
        try:
            for name, _ in self._mapping.in_order():
                for stage in STAGES:
                    if self._is_next(name, stage):
                        self._stage(name, stage)
            return self._end("done", "")
        except Throttled as error:
            return self._end("stopped", str(error), max(error.seconds, 1))
        except Unreachable as error:
            return self._end("stopped", str(error), AGAIN)
        except Stopped:
            return self._end("stopped", "the process ended", 1)
        except (LoginRefused, CareloopError) as error:
            return self._end("failed", str(error))

    def _is_next(self, name: str, stage: str) -> bool:
        """Whether the run has not been past this stage."""
        order = [(found, one) for found, _ in self._mapping.in_order() for one in STAGES]
        here = (str(self._place.get("object", "")), str(self._place.get("stage", "")))
        return here not in order or order.index((name, stage)) >= order.index(here)

    def _stage(self, name: str, stage: str) -> None:
        if (self._place.get("object"), self._place.get("stage")) != (name, stage):
            self._place = {"object": name, "stage": stage}
            self._keep()
        getattr(self, f"_{stage}")(name)

    def _problems(self, name: str) -> None:
        """Try again what did not go before, each once in a run."""
        before, after = self._services.clock.now(), ""
        while True:
            with self._services.database.read(self._actor.tenant_id) as session:
                rows = [
                    (row.id, row.side, row.record_id)
                    for row in queries.problems(
                        session, self._actor, self._connector_id, after, BATCH, name, before
                    )
                ]
            for _, side, record_id in rows:
                self._patiently(partial(self._pairs.again, name, side, record_id))
            if len(rows) < BATCH:
                return
            after = rows[-1][0]
            self._keep()

    def _pull(self, name: str) -> None:
        """Their changes, a page at a time."""
        since = str(self._cursors.get(name, {}).get("theirs", ""))
        asked = _earlier(since, self._mapping.pace.overlap_seconds)
        while True:
            cursor = str(self._place.get("cursor", ""))
            page = self._patiently(partial(self._outer.changes, name, asked, cursor))
            assert isinstance(page, TheirPage)
            for text in page.unread:
                self._report.problem(name, "theirs", "", text)
            for record in page.records:
                self._patiently(partial(self._pairs.theirs, name, record, listed=True))
                self._place["seen"] = _later(self._place.get("seen", ""), record.updated)
            self._place["cursor"] = page.next or ""
            if page.next is None:
                seen = _later(since, str(self._place.get("seen", "")))
                self._keep({name: {"theirs": seen}} if seen else {})
                return
            self._keep()

    def _push(self, name: str) -> None:
        """Our changes: what a decision asked for, then by the time of the change."""
        rules = dict(self._mapping.in_order())[name]
        if not rules.goes_out:
            return
        known = self._cursors.get(name, {})
        again = list(known.get("again", []))
        for our_id in again:
            self._patiently(partial(self._pairs.ours, name, our_id))
        for ids, cursors in self._our_changes(name, known):
            for our_id in ids:
                self._patiently(partial(self._pairs.ours, name, our_id))
            self._keep({name: cursors})
        if again:
            self._keep({name: {"looked_at": again}})

    def _our_changes(
        self, name: str, known: dict[str, Any]
    ) -> Iterator[tuple[list[str], dict[str, Any]]]:
        """Ids of changed records in batches, each with the cursor behind it."""
        place = self._place.get("ours") or known.get("ours")
        after = (as_utc(datetime.fromisoformat(place[0])), str(place[1])) if place else None
        if after is not None and not self._place.get("ours"):
            after = (after[0] - OURS_OVERLAP, "")
        until = self._services.clock.now()
        while True:
            with self._services.database.read(self._actor.tenant_id) as session:
                rows = our_queries.changed(session, self._actor, name, after, until, BATCH)
            if rows:
                after = (rows[-1].updated_at, rows[-1].id)
                told = [after[0].isoformat(), after[1]]
                self._place["ours"] = told
                yield [row.id for row in rows], {"ours": told}
            if len(rows) < BATCH:
                return

    def _patiently(self, call: Callable[[], Any]) -> Any:
        """Repeat a call through short outages and short wishes to wait."""
        for attempt in range(TRIES):
            if self._stopping.is_set():
                raise Stopped
            try:
                return call()
            except Throttled as error:
                if attempt == TRIES - 1 or error.seconds > LONGEST_WAIT:
                    raise
                self._pause(error.seconds)
            except Unreachable:
                if attempt == TRIES - 1:
                    raise
                self._pause(2.0**attempt)
        raise AssertionError("the last try returns or raises")

    def _keep(self, cursors: dict[str, Any] | None = None) -> None:
        for name, value in (cursors or {}).items():
            self._cursors.setdefault(name, {}).update(value)
        command = KeepRun(
            connector_id=self._connector_id, connector_run_id=self._run_id, runner=self._runner,
            place=self._place, counters=self._report.counters, cursors=cursors or {},
            lines=self._report.taken(), lease_seconds=LEASE,
        )  # fmt: skip
        self._services.runtime.invoke(self._actor, "connectors.keep_run", command)

    def _end(self, state: Any, error: str, again_in: int = 0) -> ConnectorRunView:
        command = EndRun(
            connector_id=self._connector_id, connector_run_id=self._run_id, runner=self._runner,
            place=self._place if state != "done" else {}, counters=self._report.counters,
            lines=self._report.taken(), state=state, error=error[:500], again_in=again_in,
        )  # fmt: skip
        ended = self._services.runtime.invoke(self._actor, "connectors.end_run", command)
        return ConnectorRunView.model_validate(ended)


def _earlier(since: str, seconds: int) -> str:
    """Their time, a little before; what is no time is asked for as it stands."""
    try:
        at = datetime.fromisoformat(since)
    except ValueError:
        return since
    text = (at - timedelta(seconds=seconds)).isoformat()
    return text.replace("+00:00", "Z") if since.endswith("Z") else text


def _later(one: str, other: str) -> str:
    """The later of two of their times; text that is no time is compared as text."""
    if not one or not other:
        return one or other
    try:
        first = as_utc(datetime.fromisoformat(one))
        second = as_utc(datetime.fromisoformat(other))
    except ValueError:
        return max(one, other)
    return one if first >= second else other


def run_due(runs: ConnectorRuns, services: Services, limit: int = 10) -> int:
    """Do what is asked for or due; returns how many runs that were."""
    at = services.clock.now()
    with services.database.read(EVERY_TENANT) as session:
        asked = queries.asked(session, at, limit)
        due = [(tenant, row, False) for tenant, row in queries.due(session, at, limit)]
    done = 0
    for tenant_id, connector_id, dry in dict.fromkeys([*asked, *due]):
        scheduled = (tenant_id, connector_id, dry) not in asked
        try:
            done += runs.run(tenant_id, connector_id, dry, scheduled) is not None
        except (CareloopError, OuterFailure, SQLAlchemyError):
            log.exception("connector_run_failed", connector=connector_id, tenant=tenant_id)
    return done
