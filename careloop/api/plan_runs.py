"""Computes day plans: the books are read in one transaction, the plan is made in none, and its
result is written in another. Killed at any point it is done again from the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from careloop.crm_core.dispatch import plan_books, plan_days, plan_queries, plan_results, plans
from careloop.kit.actor import system_actor
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError

COMPUTE_PLAN = "dispatch.plan"
SHORT_SECONDS = 2.0
"""What is computed in the request itself; longer plans are the worker's."""
Errand = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
Failure = Callable[[str, Mapping[str, Any], str], None]


class Plans:
    """Runs plans; any number of processes may, each plan is claimed by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def short(self, seconds: float) -> bool:
        """Whether a caller may wait for it."""
        return seconds <= SHORT_SECONDS

    def run(self, tenant_id: str, plan_id: str) -> None:
        """Compute a plan that nobody has claimed; one that has ended is left alone."""
        with self._database.write(tenant_id) as session:
            if plans.begin(session, tenant_id, plan_id) is None:
                return
        try:
            actor = system_actor(tenant_id)
            with self._database.read(tenant_id) as session:
                row = plan_queries.plan(session, actor, plan_id)
                books = plan_books.gather(session, actor, row)
            made = plan_results.made_of(books, plan_days.plan(books))
        except CareloopError as refused:
            self.fail(tenant_id, plan_id, refused.message)
            return
        with self._database.write(tenant_id) as session:
            plans.finish(session, tenant_id, plan_id, made)

    def fail(self, tenant_id: str, plan_id: str, error: str) -> None:
        """Write down that a plan came to nothing."""
        with self._database.write(tenant_id) as session:
            plans.fail(session, tenant_id, plan_id, error)


def errand(runs: Plans) -> Errand:
    """The durable job that computes a plan."""

    def compute(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        runs.run(tenant_id, payload["plan"])
        return {}

    return compute


def failure(runs: Plans) -> Failure:
    """What is written down when the job itself breaks."""

    def plan_failed(tenant_id: str, payload: Mapping[str, Any], error: str) -> None:
        runs.fail(tenant_id, payload["plan"], error)

    return plan_failed
