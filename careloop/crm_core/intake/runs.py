"""The writers of import runs; the edge reads the files and drives them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from careloop.crm_core.intake import run_queries
from careloop.crm_core.intake.events import ImportQueued
from careloop.crm_core.intake.mapping import ColumnMap
from careloop.crm_core.intake.models import ImportRun
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.schemas import (
    ApplyImport,
    ImportOptions,
    ImportRunView,
    TakeImport,
)  # fmt: skip
from careloop.crm_core.intake.service import home_of
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

OUTCOMES = ("rows", "created", "updated", "unchanged", "rejected")


def take_in(session: Session, actor: Actor, command: TakeImport) -> ImportRunView:
    """Write down a run; its files are read soon after the commit.

    Raises `InvalidInput` for a zone, country, currency or mapping that means nothing.
    """
    options = command.options
    home_of(options.time_zone, options.country, options.currency)
    ColumnMap(options.mapping)
    files = [file.model_dump() for file in command.files]
    return _queue(session, actor, files, options, command.dry_run)


def apply(session: Session, actor: Actor, command: ApplyImport) -> ImportRunView:
    """Load the very files that a dry run has checked."""
    checked = run_queries.run(session, actor, command.import_id, lock=True)
    if not checked.dry_run or checked.state != "done":
        raise Conflict("Only a dry run that is done can be loaded")
    options = ImportOptions.model_validate(checked.options)
    return _queue(session, actor, checked.files, options, dry_run=False)


def _queue(
    session: Session, actor: Actor, files: list[dict[str, object]], options: ImportOptions,
    dry_run: bool,
) -> ImportRunView:  # fmt: skip
    at = now(session)
    row = ImportRun(
        tenant_id=actor.tenant_id, id=new_id(), dry_run=dry_run, by=actor.name or actor.label,
        by_user=actor.user_id, files=files, options=options.model_dump(), state="queued", phase="",
        rows_total=0, rows_done=0, counts={}, error="", created_at=at, updated_at=at, version=1,
    )  # fmt: skip
    session.add(row)
    session.flush()
    emit(session, ImportQueued(actor.tenant_id, row.id))
    return run_queries.run_view(row)


def on_behalf_of(row: ImportRun) -> Actor:
    """The installation, acting for the person who handed the files in."""
    return replace(system_actor(row.tenant_id, row.by), user_id=row.by_user)


def begin(session: Session, actor: Actor, import_id: str) -> ImportRun | None:
    """Take a run up; None where it has ended already."""
    row = run_queries.run(session, actor, import_id, lock=True)
    if row.has_ended:
        return None
    row.begin(now(session))
    session.flush()
    return row


def advance(
    session: Session, actor: Actor, import_id: str, phase: str, done: int, total: int
) -> None:
    """Say how far a run is."""
    row = run_queries.run(session, actor, import_id, lock=True)
    if not row.has_ended:
        row.advance(phase, done, total, now(session))
        session.flush()


def finish(session: Session, actor: Actor, import_id: str, report: ImportReport) -> None:
    """Keep the report of a run; in the transaction that loads its rows."""
    row = run_queries.run(session, actor, import_id, lock=True)
    row.report = report.model_dump(mode="json")
    row.counts = {name: report.total(name) for name in OUTCOMES}
    row.rows_total = row.rows_done = row.counts["rows"]
    row.end("done", now(session))
    session.flush()


def fail(session: Session, actor: Actor, import_id: str, error: str) -> None:
    """The run came to nothing; not a row of it was loaded."""
    row = run_queries.run(session, actor, import_id, lock=True)
    if not row.has_ended:
        row.end("failed", now(session), error[:2000])
        session.flush()
