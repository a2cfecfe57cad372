"""The rounds of a worker through the books: what has fallen due is settled, one act each."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from careloop.api import fault_rounds, last_seen, survey_sending
from careloop.api.bootstrap import Services
from careloop.api.privacy_sweep import PrivacySweep
from careloop.api.promises import PromiseSweep
from careloop.crm_core.inventory import document_queries as stock
from careloop.crm_core.tickets import family_queries as tickets
from careloop.crm_core.tickets.policy import DURABLE_DAYS
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import CareloopError

log = structlog.get_logger(__name__)

SLOW = timedelta(minutes=10)
AT_ONCE = 200


class Upkeep:
    """One process's rounds; what it does is in the books, so any number of them may go."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._promises = PromiseSweep(services)
        self._privacy = PrivacySweep(services.database, services.runtime, services.blobs)
        self._last: dict[str, datetime] = {}

    def sweep(self) -> None:
        """One pass: clocks and reservations each time, the rest at its own pace."""
        self._promises.sweep()
        self._expire_reservations()
        fault_rounds.sweep(self._services)
        survey_sending.sweep(self._services)
        if self._due("durable", SLOW):
            self._settle_durable()
        self._privacy.run_if_due()
        last_seen.keep(self._services.database)

    def _due(self, what: str, pace: timedelta) -> bool:
        """Whether the pace has passed; a clock that was set back counts as passed."""
        at = self._services.clock.now()
        last = self._last.get(what)
        if last is not None and timedelta() <= at - last < pace:
            return False
        self._last[what] = at
        return True

    def _expire_reservations(self) -> None:
        with self._services.database.read(EVERY_TENANT) as session:
            rows = stock.due_reservations(session, self._services.clock.now(), AT_ONCE)
            tenants = {row.tenant_id for row in rows}
        for tenant_id in sorted(tenants):
            self._act(tenant_id, "stock.expire_reservations")

    def _settle_durable(self) -> None:
        horizon = self._services.clock.now() - timedelta(days=DURABLE_DAYS)
        with self._services.database.read(EVERY_TENANT) as session:
            tenants = {row.tenant_id for row in tickets.unsettled(session, horizon, AT_ONCE, None)}
        for tenant_id in sorted(tenants):
            self._act(tenant_id, "tickets.settle_durable")

    def _act(self, tenant_id: str, tool: str) -> BaseModel | None:
        """Call a tool as the house; what fails is logged and tried again on the next round."""
        try:
            return self._services.runtime.invoke(system_actor(tenant_id), tool, {})
        except (CareloopError, SQLAlchemyError):
            log.exception("round_failed", tool=tool, tenant=tenant_id)
            return None
