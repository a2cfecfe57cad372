"""Background work of a process: durable jobs, lost bot turns, and the rounds through the books."""

from __future__ import annotations

import threading

import structlog

from careloop.api.bootstrap import Services
from careloop.api.deliveries import Postman
from careloop.api.rule_rounds import RuleRounds
from careloop.api.upkeep import Upkeep
from careloop.crm_core.conversations import queries
from careloop.kit.db import EVERY_TENANT
from careloop.knowledge.events import KnowledgePublished

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 5.0


class Worker:
    """Runs until `stop`; any number of processes may run one, leases keep them apart."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="careloop-sweep", daemon=True)
        self._upkeep = Upkeep(services)
        self._postman = Postman(services)
        self._rules = RuleRounds(services)
        self.jobs = services.jobs

    def start(self) -> None:
        self._services.database.bus.after(KnowledgePublished, self._read_anew)
        self._thread.start()
        self._rules.start()
        self._postman.start()

    def _read_anew(self, event: KnowledgePublished) -> None:
        """Load the new index at once, so that no customer waits for it."""
        library = self._services.library
        threading.Thread(target=library.warm, args=(event.tenant_id,), daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._rules.stop()
        self._postman.stop()
        self._thread.join(timeout=10)
        self.jobs.stop()

    def run_until_stopped(self) -> None:
        """For `careloop worker`: block until the process is told to end."""
        self.start()
        self._stopping.wait()

    def _loop(self) -> None:
        self.jobs.start()
        self._catch_up()
        while True:
            try:
                self.sweep()
                self.jobs.sweep()
                self._services.lessons.settle_all()
                self._upkeep.sweep()
            except Exception:
                # The worker's loop: one bad sweep must not end all later ones.
                log.exception("sweep_failed")
            if self._stopping.wait(SWEEP_SECONDS):
                return

    def _catch_up(self) -> None:
        try:
            self._services.vectors.catch_up()
        except Exception:
            # The worker's loop: search does without vectors, the sweeps do not.
            log.exception("vectors_not_queued")

    def sweep(self) -> int:
        """Answer every conversation whose turn a crash cut off; returns how many."""
        with self._services.database.read(EVERY_TENANT) as session:
            waiting = [
                (row.tenant_id, row.id)
                for row in queries.unanswered(session, self._services.clock.now())
            ]
        for tenant_id, conversation_id in waiting:
            self._services.turns.handle_turn(tenant_id, conversation_id)
        return len(waiting)
