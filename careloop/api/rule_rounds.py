"""Runs what waits for rules: soon after the commit that wrote it, each task by itself.

A task is one write transaction; the tools run inside it as the house. Tasks stand in rows, so
a process that dies leaves them to the next round, and any number of processes may go.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import structlog
from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.api.bootstrap import Services
from careloop.crm_core.rules import queries, running, timing
from careloop.crm_core.rules.events import RuleTaskWritten
from careloop.crm_core.rules.models import RuleRun
from careloop.crm_core.rules.running import Act
from careloop.crm_core.rules.schemas import RuleFacts, RunView
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT, Database, now
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

log = structlog.get_logger(__name__)

AT_ONCE = 100
ATTEMPTS = 3
ROUND_SECONDS = 5.0
PAUSE = timedelta(seconds=10)


def acting(database: Database, session: Session, tenant_id: str) -> Act:
    """Calls tools inside a session as the house, named after the rule."""
    runtime = Runtime(database, draft=session)

    def act(tool: str, arguments: dict[str, Any], reason: str) -> BaseModel:
        return runtime.invoke(system_actor(tenant_id, reason), tool, arguments, reason=reason)

    return act


class RuleRounds:
    """One process's runner; `start` makes a thread of its own that a commit wakes."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="careloop-rules", daemon=True)
        services.database.bus.after(RuleTaskWritten, lambda _: self._wake.set())

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the task under way; safe where it never started."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=10)

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.round()
            except Exception:
                # The worker's loop: one bad round must not end all later ones.
                log.exception("rules_failed")
            self._wake.wait(ROUND_SECONDS)

    def round(self) -> int:
        """Look at the clock, then run everything that waits; how many tasks were run."""
        self.watch()
        done = self.run_waiting()
        self.clear()
        return done

    def run_waiting(self) -> int:
        """Run tasks until none waits; those that rules write on the way too."""
        done = 0
        while not self._stopping.is_set():
            with self._services.database.read(EVERY_TENANT) as session:
                found = queries.waiting(session, self._services.clock.now(), AT_ONCE)
            if not found:
                return done
            done += sum(self.run(tenant_id, task_id) for tenant_id, task_id in found)
        return done

    def run(self, tenant_id: str, task_id: str) -> bool:
        """Run one task; False where another process has it or it failed."""
        database = self._services.database
        try:
            with database.write(tenant_id) as session:
                task = queries.taken(session, tenant_id, task_id)
                if task is None:
                    return False
                running.run_task(session, task, acting(database, session, tenant_id))
            return True
        except Exception as error:
            # The worker's loop: a bug in one task leaves nothing of it and must not stop others.
            log.exception("rule_task_failed", tenant=tenant_id, task=task_id)
            self._failed(tenant_id, task_id, f"{type(error).__name__}: {error}")
            return False

    def _failed(self, tenant_id: str, task_id: str, error: str) -> None:
        """Try it again in a while; after some attempts give it up."""
        with self._services.database.write(tenant_id) as session:
            task = queries.taken(session, tenant_id, task_id)
            if task is not None:
                task.attempts += 1
                task.error = error[:300]
                task.due_at = now(session) + PAUSE * task.attempts
                task.state = "failed" if task.attempts >= ATTEMPTS else "waiting"

    def watch(self) -> int:
        """Let rules by time look for what has fallen due."""
        with self._services.database.read(EVERY_TENANT) as session:
            found = [(rule.tenant_id, rule.id) for rule in queries.by_time(session)]
        made = 0
        for tenant_id, rule_id in found:
            with self._services.database.write(tenant_id) as session:
                rule = queries.acting_rule(session, tenant_id, rule_id)
                made += timing.watch(session, rule) if rule is not None else 0
        return made

    def clear(self) -> None:
        """Forget what was done long ago."""
        with self._services.database.read(EVERY_TENANT) as session:
            old = queries.old_rows(session, self._services.clock.now() - timing.KEPT, AT_ONCE)
        for tenant_id in sorted({one for one, _ in old}):
            with self._services.database.write(tenant_id) as session:
                timing.clear_log(
                    session, tenant_id, [task for one, task in old if one == tenant_id]
                )


def dry_run(
    services: Services, tenant_id: str, rule_id: str, rule: RuleFacts, revision: int,
    tickets: list[str],
) -> list[RunView]:  # fmt: skip
    """What a rule would do to each ticket, one after the other; everything is rolled back."""
    runs = []
    for ticket_id in tickets:
        with services.database.draft(tenant_id) as session:
            act = acting(services.database, session, tenant_id)
            outcome, case, took = running.dry_run(session, tenant_id, rule_id, rule, ticket_id, act)
            runs.append(
                queries.run_view(
                    RuleRun(
                        tenant_id=tenant_id, id=new_id(), rule_id=rule_id, rule_name=rule.name,
                        revision=revision, task_id="", trigger=rule.when.trigger,
                        subject="ticket", object_id=ticket_id, object_label=case.label,
                        chain_id="", depth=0, matched=outcome.matched,
                        truth=outcome.truth.model_dump(mode="json"),
                        acts=[one.model_dump(mode="json") for one in outcome.acts],
                        changes=outcome.changes, error=outcome.error, milliseconds=took,
                        created_at=now(session),
                    )
                )
            )  # fmt: skip
    return runs
