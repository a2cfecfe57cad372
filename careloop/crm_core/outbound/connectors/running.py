"""The book-keeping of runs: who runs what, how far it came, what went wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import queries
from careloop.crm_core.outbound.connectors.models import (
    Connector,
    ConnectorLine,
    ConnectorProblem,
    ConnectorRun,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import (
    AskRun,
    EndRun,
    KeepRun,
    NoteProblem,
    RunTaken,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.ids import new_id

MAX_LINES = 2000
KEEP_RUNS = timedelta(days=90)


def ask(session: Session, actor: Actor, command: AskRun) -> ConnectorRun:
    """Want a run; the next free worker does it. One that waits or runs already is given back."""
    row = queries.connector(session, actor, command.connector_id, lock=True)
    known = queries.unfinished(session, row, command.dry)
    if known is not None:
        if known.state == "stopped":
            known.state, known.lease_until, known.ended_at = "running", None, None
            known.touch(now(session))
        return known
    return _new_run(session, actor, row, command.dry)


def take(session: Session, actor: Actor, command: AskRun) -> RunTaken:
    """Take a run to do it: one that was asked for or left behind, or a new one.

    The empty answer means that there is nothing to do, or that somebody else is doing it.
    """
    row = queries.connector(session, actor, command.connector_id, lock=True)
    at = now(session)
    known = queries.unfinished(session, row, command.dry)
    if known is not None and known.lease_until is not None and known.lease_until > at:
        return RunTaken()
    if command.scheduled and (row.next_run_at is None or row.next_run_at > at or not row.active):
        return RunTaken()
    run = known or _new_run(session, actor, row, command.dry)
    run.state, run.runner, run.ended_at = "running", command.runner, None
    run.lease_until = at + timedelta(seconds=command.lease_seconds)
    run.touch(at)
    if not command.dry:
        # Should this runner die, somebody takes the run up when its lease is over.
        row.next_run_at = run.lease_until
    return RunTaken(
        connector_run_id=run.id, dry=run.dry, place=run.place, counters=run.counters,
        cursors=row.cursors,
    )  # fmt: skip


def keep(session: Session, actor: Actor, command: KeepRun) -> ConnectorRun:
    """Keep how far a run came, and go on having it."""
    row = queries.connector(session, actor, command.connector_id, lock=True)
    run = _own(session, actor, command)
    _write(session, row, run, command)
    run.lease_until = now(session) + timedelta(seconds=command.lease_seconds)
    if not run.dry:
        row.next_run_at = run.lease_until
    return run


def end(session: Session, actor: Actor, command: EndRun) -> ConnectorRun:
    """End a run, or set it aside to go on later."""
    row = queries.connector(session, actor, command.connector_id, lock=True)
    run = _own(session, actor, command)
    _write(session, row, run, command)
    at = now(session)
    run.state, run.error, run.ended_at, run.lease_until = command.state, command.error, at, None
    if run.dry:
        return run
    pause = timedelta(seconds=command.again_in) if command.again_in else None
    if pause is None and row.every_minutes and command.state != "failed":
        pause = timedelta(minutes=row.every_minutes)
    row.next_run_at = at + pause if pause is not None and row.active else None
    return run


def _own(session: Session, actor: Actor, command: KeepRun) -> ConnectorRun:
    run = queries.run(session, actor, command.connector_id, command.connector_run_id, lock=True)
    if run.runner != command.runner or run.state != "running":
        raise Conflict("This run has been taken over by another process")
    return run


def _write(session: Session, row: Connector, run: ConnectorRun, command: KeepRun) -> None:
    at = now(session)
    run.place, run.counters = command.place, dict(command.counters)
    run.touch(at)
    if command.cursors and not run.dry:
        row.cursors = _joined(row.cursors, command.cursors)
    last = queries.last_line(session, run)
    for seq, line in enumerate(command.lines, last + 1):
        if seq > MAX_LINES:
            break
        session.add(
            ConnectorLine(
                tenant_id=run.tenant_id, connector_run_id=run.id, seq=seq, **line.model_dump()
            )
        )
    session.flush()


def _joined(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Cursors of both; ids to be looked at again are taken off only by who looked."""
    joined = {name: dict(value) for name, value in old.items()}
    for name, value in new.items():
        done = set(value.get("looked_at", ()))
        kept = {key: found for key, found in value.items() if key not in {"again", "looked_at"}}
        known = joined.setdefault(name, {})
        known.update(kept)
        if done and "again" in known:
            known["again"] = [our_id for our_id in known["again"] if our_id not in done]
    return joined


def _new_run(session: Session, actor: Actor, row: Connector, dry: bool) -> ConnectorRun:
    at = now(session)
    run = ConnectorRun(
        tenant_id=row.tenant_id, id=new_id(), connector_id=row.id, dry=dry, state="running",
        asked_by=(actor.name or actor.label)[:60], place={}, counters={}, created_at=at,
        updated_at=at,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def note_problem(session: Session, actor: Actor, command: NoteProblem) -> None:
    """Keep a record that could not be brought together, or forget it."""
    row = queries.connector(session, actor, command.connector_id)
    found = queries.problem(
        session, actor.tenant_id, row.id, command.object, command.side, command.record_id
    )
    if not command.message:
        if found is not None:
            session.delete(found)
        return
    at = now(session)
    if found is None:
        session.add(
            ConnectorProblem(
                tenant_id=actor.tenant_id, id=new_id(), connector_id=row.id,
                object=command.object, side=command.side, record_id=command.record_id,
                message=command.message, tries=1, created_at=at, updated_at=at,
            )
        )  # fmt: skip
    else:
        found.message, found.tries = command.message, found.tries + 1
        found.touch(at)
    session.flush()


def forget_old_runs(session: Session, tenant_id: str) -> int:
    """Delete runs that ended 90 days ago, with their reports; how many, some at once."""
    ids = queries.old_runs(session, tenant_id, now(session) - KEEP_RUNS, 200)
    if ids:
        session.execute(
            delete(ConnectorLine)
            .where(ConnectorLine.tenant_id == tenant_id)
            .where(ConnectorLine.connector_run_id.in_(ids))
            .execution_options(synchronize_session=False)
        )
        session.execute(
            delete(ConnectorRun)
            .where(ConnectorRun.tenant_id == tenant_id, ConnectorRun.id.in_(ids))
            .execution_options(synchronize_session=False)
        )
    return len(ids)
