"""The postman: sends what waits to webhooks, and lets connectors run, beside the worker's rounds.

Threads of two kinds carry letters: most serve endpoints that are well, a few those that failed or
were slow last time. So a hundred dead receivers delay each other, and nobody else.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from careloop.api.bootstrap import Services
from careloop.api.connecting import ConnectorRuns, run_due
from careloop.api.outgoing import egress_of, vault_of, webhook_secret
from careloop.crm_core.outbound import queries
from careloop.crm_core.outbound.connectors import queries as connectors
from careloop.crm_core.outbound.events import DeliveriesQueued
from careloop.crm_core.outbound.policy import ANSWER_BYTES, KEEP_DAYS
from careloop.crm_core.outbound.schemas import ClaimDeliveries, Claimed, NoteAttempt, Outgoing
from careloop.crm_core.outbound.signing import headers
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.egress import Egress, EgressFailed, Limits
from careloop.kit.errors import CareloopError

log = structlog.get_logger(__name__)

WELL_THREADS = 8
TROUBLED_THREADS = 4
TOGETHER = 2
"""Deliveries on their way to one endpoint at once."""
ENDPOINTS = 200
LEASE_SECONDS = 60
LOOK_SECONDS = 2.0
SWEEP = timedelta(hours=6)
LIMITS = Limits(seconds=15, connect=5, max_bytes=ANSWER_BYTES, cut=True)


class Postman:
    """One process's sender; any number of processes may have one."""

    def __init__(self, services: Services, egress: Egress | None = None) -> None:
        self._services = services
        self._egress = egress or egress_of(services)
        self._vault = vault_of(services)
        self._stopping, self._wake = threading.Event(), threading.Event()
        self._busy: dict[tuple[str, str], int] = {}
        self._guard = threading.Lock()
        self._well = ThreadPoolExecutor(WELL_THREADS, "careloop-post")
        self._troubled = ThreadPoolExecutor(TROUBLED_THREADS, "careloop-post-late")
        self._load = {False: 0, True: 0}
        self._runs = ConnectorRuns(services, self._egress, self._stopping)
        self._threads = [
            threading.Thread(target=self._loop, name="careloop-postman", daemon=True),
            threading.Thread(target=self._connector_loop, name="careloop-connectors", daemon=True),
        ]
        self._swept: datetime | None = None

    def start(self) -> None:
        """Begin; what is queued in this process is sent at once, the rest within seconds."""
        self._services.database.bus.after(DeliveriesQueued, lambda _: self._wake.set())
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; what is on its way is finished or goes out again later."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=10)
        self._well.shutdown(wait=True, cancel_futures=True)
        self._troubled.shutdown(wait=True, cancel_futures=True)

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                self.send_due()
                self._forget_old()
            except Exception:
                # The worker's loop: one bad look must not end all later ones.
                log.exception("postman_failed")
            self._wake.wait(LOOK_SECONDS)
            self._wake.clear()

    def _connector_loop(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                run_due(self._runs, self._services)
            except Exception:
                # The worker's loop: one bad run must not end all later ones.
                log.exception("connectors_failed")

    def send_due(self) -> list[Future[None]]:
        """Hand what is due to the threads, as far as there is room; does not wait for them."""
        with self._services.database.read(EVERY_TENANT) as session:
            found = queries.due_endpoints(session, self._services.clock.now(), ENDPOINTS)
        sent: list[Future[None]] = []
        for tenant_id, endpoint_id, troubled in found:
            sent += self._hand_out(tenant_id, endpoint_id, troubled)
        return sent

    def _hand_out(self, tenant_id: str, endpoint_id: str, troubled: bool) -> list[Future[None]]:
        pool = self._troubled if troubled else self._well
        threads = TROUBLED_THREADS if troubled else WELL_THREADS
        room = min(TOGETHER, threads - self._load[troubled])
        if room < 1 or self._busy.get((tenant_id, endpoint_id), 0) >= TOGETHER:
            return []
        command = ClaimDeliveries(
            endpoint_id=endpoint_id, together=room, lease_seconds=LEASE_SECONDS
        )
        try:
            actor = system_actor(tenant_id)
            claimed = self._services.runtime.invoke(actor, "webhooks.claim", command)
        except (CareloopError, SQLAlchemyError):
            log.exception("deliveries_not_claimed", endpoint=endpoint_id, tenant=tenant_id)
            return []
        assert isinstance(claimed, Claimed)
        return [self._post(pool, tenant_id, letter, troubled) for letter in claimed.deliveries]

    def _post(
        self, pool: ThreadPoolExecutor, tenant_id: str, letter: Outgoing, troubled: bool
    ) -> Future[None]:
        key = (tenant_id, letter.endpoint_id)
        with self._guard:
            self._busy[key] = self._busy.get(key, 0) + 1
            self._load[troubled] += 1

        def carry() -> None:
            try:
                self.deliver(tenant_id, letter)
            finally:
                with self._guard:
                    self._load[troubled] -= 1
                    self._busy[key] -= 1
                    if not self._busy[key]:
                        del self._busy[key]
                self._wake.set()

        return pool.submit(carry)

    def deliver(self, tenant_id: str, letter: Outgoing) -> None:
        """Send one delivery, and keep what was answered."""
        note = self._sent(tenant_id, letter)
        try:
            self._services.runtime.invoke(system_actor(tenant_id), "webhooks.note_attempt", note)
        except (CareloopError, SQLAlchemyError):
            # Its lease runs out, and it goes out again with the same id.
            log.exception("attempt_not_noted", delivery=letter.delivery_id, tenant=tenant_id)

    def _sent(self, tenant_id: str, letter: Outgoing) -> NoteAttempt:
        body = letter.body.encode()
        secrets = [
            webhook_secret(self._vault, tenant_id, letter.endpoint_id, salt)
            for salt in letter.salts
        ]
        at = int(self._services.clock.now().timestamp())
        told = {
            **headers(secrets, letter.webhook_id, at, body), "content-type": "application/json",
        }  # fmt: skip
        if letter.replay:
            told["webhook-replay"] = str(letter.replay)
        begun = self._services.clock.now()
        try:
            answer = self._egress.send("POST", letter.url, told, body, LIMITS)
        except EgressFailed as failure:
            took = self._services.clock.now() - begun
            return NoteAttempt(
                delivery_id=letter.delivery_id, attempt=letter.attempt, status=None,
                error=failure.kind, detail=failure.message[:300],
                duration_ms=max(0, round(took.total_seconds() * 1000)),
            )  # fmt: skip
        error, detail = "", ""
        if 300 <= answer.status < 400:
            error = "redirect"
            detail = f"Redirects are not followed: {answer.headers.get('location', '')}"[:300]
        return NoteAttempt(
            delivery_id=letter.delivery_id, attempt=letter.attempt, status=answer.status,
            error=error, detail=detail, answer=answer.body.decode("utf-8", "replace"),
            duration_ms=answer.milliseconds, retry_after=answer.retry_after,
        )  # fmt: skip

    def _forget_old(self) -> None:
        """A few times a day: delete what ended long ago."""
        at = self._services.clock.now()
        if self._swept is not None and timedelta() <= at - self._swept < SWEEP:
            return
        self._swept = at
        with self._services.database.read(EVERY_TENANT) as session:
            tenants = set(queries.tenants_with_old(session, at - timedelta(days=KEEP_DAYS)))
            tenants |= set(connectors.tenants_with_old(session, at - timedelta(days=90)))
        for tenant_id in sorted(tenants):
            actor = system_actor(tenant_id)
            self._services.runtime.invoke(actor, "webhooks.forget_old", {})
            self._services.runtime.invoke(actor, "connectors.forget_old_runs", {})
