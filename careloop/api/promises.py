"""The sweep that keeps watch over promises: clocks, ends of contracts, calendars that run out.

What it does is in the books, never in memory: any number of processes may sweep at once, and a
process that dies in the middle leaves the rest to the next sweep.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from careloop.api.bootstrap import Services
from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.reminding import USUAL_DAYS
from careloop.crm_core.sla import queries as sla
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import CareloopError

log = structlog.get_logger(__name__)

BATCH = 200
WESTERNMOST = timedelta(hours=12)
KNOWN_AHEAD = timedelta(days=365)
REST = timedelta(minutes=10)
"""Contracts and calendars count in days; they are looked at this often."""


class PromiseSweep:
    """One process's watch; `sweep` makes one pass."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looked_at: datetime | None = None

    def sweep(self) -> int:
        """Fire what is due; returns how many warnings, breaches and steps that were."""
        fired = self._fire()
        at = self._services.clock.now()
        # A clock that was set back must not keep the days from being looked at.
        if self._looked_at is None or not timedelta() <= at - self._looked_at < REST:
            self._looked_at = at
            self._remind(at)
            self._refresh(at)
        return fired

    def _fire(self) -> int:
        at = self._services.clock.now()
        fired, place = 0, None
        while True:
            with self._services.database.read(EVERY_TENANT) as session:
                rows = [
                    (row.tenant_id, row.id, row.next_at)
                    for row in sla.to_fire(session, at, place, BATCH)
                ]
            for tenant_id, clock_id, next_at in rows:
                assert next_at is not None
                place = (next_at, clock_id)
                told = self._act(tenant_id, "sla.fire", {"clock_id": clock_id})
                fired += told.get("fired", 0)
            if len(rows) < BATCH:
                return fired

    def _remind(self, at: datetime) -> None:
        # It is this day, or the next one already, wherever a customer is.
        today = (at - WESTERNMOST).date()
        with self._services.database.read(EVERY_TENANT) as session:
            ending = contracts.to_remind(session, today, USUAL_DAYS)
        for tenant_id, number in ending:
            self._act(tenant_id, "contracts.remind", {"number": number})

    def _refresh(self, at: datetime) -> None:
        with self._services.database.read(EVERY_TENANT) as session:
            rows = calendars.running_out(session, (at + KNOWN_AHEAD).date())
        for tenant_id, calendar_id in rows:
            self._act(tenant_id, "calendars.refresh", {"calendar_id": calendar_id})

    def _act(self, tenant_id: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call a tool as the house; what fails is logged and tried again by the next sweep."""
        try:
            answer = self._services.runtime.invoke(system_actor(tenant_id), tool, arguments)
        except (CareloopError, SQLAlchemyError):
            log.exception("promise_not_swept", tool=tool, tenant=tenant_id, **arguments)
            return {}
        return answer.model_dump()


def sweep(services: Services) -> int:
    """One pass over the promises, with everything looked at."""
    return PromiseSweep(services).sweep()
