"""Durable work: a row first, in the caller's own transaction; then a DBOS workflow with its id.

A crash between the two is mended by the sweep, which starts rows that still stand as queued.
Work may run twice (DBOS recovers a workflow that a crash cut off), so every handler is idempotent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import JSON, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from careloop.kit.db import EVERY_TENANT, Database, Entity, after_commit, now
from careloop.kit.ids import new_id
from careloop.kit.telemetry import JOBS

log = structlog.get_logger(__name__)

Handler = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]
Failed = Callable[[str, Mapping[str, Any], str], None]
QUEUE = "careloop"
# Pinned on purpose: with the default, a hash of the code, an upgrade would orphan older work.
APPLICATION_VERSION = "1"
STALE = timedelta(seconds=20)
POLL_SECONDS = 0.25
UNDER_WAY = frozenset({"PENDING", "ENQUEUED", "DELAYED"})
MAX_RUNS = 5


class Job(Entity):
    """A piece of durable work: queued, running, done or failed."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "updated_at"),)

    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(Text, default="")

    def move_to(self, state: str, at: Any) -> None:
        self.state = state
        self.touch(at)


class Jobs:
    """The job engine of this process. `start` once handlers are known, `stop` at the end."""

    def __init__(
        self, database: Database, url: str, handlers: Mapping[str, Handler],
        failed: Mapping[str, Failed] | None = None,
    ) -> None:  # fmt: skip
        self._database = database
        self._url = url
        self._handlers = dict(handlers)
        self._failed = dict(failed or {})
        self._running = False

    def start(self) -> None:
        """Launch DBOS on its own database and pick up what a crash left."""
        config: DBOSConfig = {
            "name": "careloop",
            "system_database_url": self._url,
            "application_version": APPLICATION_VERSION,
            "log_level": "ERROR",
            "console_log_level": "ERROR",
        }
        DBOS(config=config)

        @DBOS.workflow(name="careloop_job")
        def run_job(tenant_id: str, job_id: str) -> str:
            return self._run(tenant_id, job_id)

        self._workflow = run_job
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=2, polling_interval_sec=POLL_SECONDS)
        self._running = True
        self.sweep()

    def stop(self) -> None:
        self._running = False
        DBOS.destroy(destroy_registry=True)

    def submit(
        self, session: Session, tenant_id: str, kind: str, payload: Mapping[str, Any]
    ) -> Job:
        """Write the job with the caller's act; it starts once that is committed."""
        at = now(session)
        job = Job(
            tenant_id=tenant_id, id=new_id(), kind=kind, payload=dict(payload), created_at=at,
            updated_at=at,
        )  # fmt: skip
        session.add(job)
        after_commit(session, self._enqueue, (tenant_id, job.id))
        return job

    def waiting(self, session: Session, tenant_id: str, kind: str, **payload: str) -> str | None:
        """The id of the newest unfinished job of this kind whose payload says this."""
        statement = (
            select(Job)
            .where(Job.tenant_id == tenant_id, Job.kind == kind)
            .where(Job.state.in_(("queued", "running")))
            .order_by(Job.id.desc())
        )
        rows = session.scalars(statement)
        return next((row.id for row in rows if payload.items() <= row.payload.items()), None)

    def queued(self, session: Session, tenant_id: str, kind: str) -> bool:
        """Whether a job of this kind has not begun yet: it will see what is written now, while
        one that runs may have passed it."""
        found = session.scalar(
            select(Job.id)
            .where(Job.tenant_id == tenant_id, Job.kind == kind, Job.state == "queued")
            .limit(1)
        )
        return found is not None

    def run_here(self, tenant_id: str, job_id: str, handler: Handler) -> None:
        """Do a job in this process, for a shell that waits for it, by a `handler` that shows how
        it goes. If the process is killed, the sweep of a server takes the job up again."""
        stopped = threading.Event()

        def beat() -> None:
            while not stopped.wait(STALE.total_seconds() / 4):
                with self._database.write(tenant_id) as session:
                    job = session.get(Job, (tenant_id, job_id))
                    if job is not None and job.state == "running":
                        job.touch(now(session))

        pulse = threading.Thread(target=beat, name="careloop-job-pulse", daemon=True)
        pulse.start()
        try:
            self._run(tenant_id, job_id, handler)
        finally:
            stopped.set()
            pulse.join(timeout=10)

    def sweep(self) -> int:
        """Start jobs that were written but never started, or whose run ended without its outcome
        being written (a full disk, a database that was away); returns how many."""
        if not self._running:
            return 0
        with self._database.read(EVERY_TENANT) as session:
            horizon = now(session) - STALE
            statement = select(Job.tenant_id, Job.id).where(
                Job.state.in_(("queued", "running")), Job.updated_at < horizon
            )
            unfinished = [(row.tenant_id, row.id) for row in session.execute(statement)]
        started = 0
        for key in unfinished:
            runs = DBOS.list_workflows(
                workflow_id_prefix=key[1], load_input=False, load_output=False
            )
            if any(run.status in UNDER_WAY for run in runs):
                continue
            if len(runs) >= MAX_RUNS:
                self._give_up(*key)
                continue
            self._enqueue(key, len(runs))
            started += 1
        return started

    def _enqueue(self, key: tuple[str, str], earlier_runs: int = 0) -> None:
        if not self._running:
            return
        with SetWorkflowID(f"{key[1]}-{earlier_runs}" if earlier_runs else key[1]):
            DBOS.enqueue_workflow(QUEUE, self._workflow, *key)

    def _give_up(self, tenant_id: str, job_id: str) -> None:
        with self._database.write(tenant_id) as session:
            job = session.get(Job, (tenant_id, job_id))
            if job is not None and job.state in {"queued", "running"}:
                job.error = f"The outcome could not be written in {MAX_RUNS} runs"
                job.move_to("failed", now(session))

    def _run(self, tenant_id: str, job_id: str, handler: Handler | None = None) -> str:
        """The workflow: mark, work, mark. Its outcome is the row's state."""
        with self._database.write(tenant_id) as session:
            job = session.get(Job, (tenant_id, job_id))
            if job is None or job.state in {"done", "failed"}:
                return "gone"
            job.attempts += 1
            job.move_to("running", now(session))
            kind, payload, attempts = job.kind, dict(job.payload), job.attempts
        result: Mapping[str, Any] | None = None
        error = ""
        try:
            result = (handler or self._handlers[kind])(tenant_id, payload)
        except Exception as failure:
            # The worker's loop: the row keeps the failure, the next job goes on.
            log.exception("job_failed", kind=kind, job=job_id, attempts=attempts)
            error = f"{type(failure).__name__}: {failure}"
        state = "failed" if error else "done"
        with self._database.write(tenant_id) as session:
            job = session.get(Job, (tenant_id, job_id))
            if job is not None:
                job.result, job.error = dict(result or {}), error[:2000]
                job.move_to(state, now(session))
        JOBS.labels(kind, state).inc()
        if error and kind in self._failed:
            self._failed[kind](tenant_id, payload, error)
        return state
