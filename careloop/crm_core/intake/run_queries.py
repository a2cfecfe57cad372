"""Selects of import runs."""

from __future__ import annotations

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, undefer

from careloop.crm_core.intake.models import ImportRun
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.schemas import (
    ImportCounts,
    ImportFile,
    ImportRunPage,
    ImportRunView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[ImportRun]:
    """Runs of the tenant, for those who may import."""
    statement = select(ImportRun).where(ImportRun.tenant_id == actor.tenant_id)
    return statement if actor.is_staff and actor.may("import") else statement.where(false())


def runs(session: Session, actor: Actor, before: str = "", limit: int = 50) -> list[ImportRun]:
    """Runs, newest first, those before the id `before`; without their reports."""
    statement = visible_to(actor)
    if before:
        statement = statement.where(ImportRun.id < before)
    return list(session.scalars(statement.order_by(ImportRun.id.desc()).limit(limit)))


def run(session: Session, actor: Actor, import_id: str, lock: bool = False) -> ImportRun:
    """One run with its report; `NotFound` for an unknown one."""
    statement = visible_to(actor).where(ImportRun.id == import_id)
    statement = statement.options(undefer(ImportRun.report))
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such import")
    return found


def run_view(row: ImportRun) -> ImportRunView:
    return ImportRunView.model_validate(_fields(row))


def run_page(row: ImportRun) -> ImportRunPage:
    report = ImportReport.model_validate(row.report) if row.report else None
    return ImportRunPage.model_validate({**_fields(row), "report": report})


def _fields(row: ImportRun) -> dict[str, object]:
    return {
        "id": row.id, "state": row.state, "phase": row.phase, "dry_run": row.dry_run,
        "by": row.by, "rows_total": row.rows_total, "rows_done": row.rows_done,
        "files": [ImportFile(name=file["name"], size=file["size"]) for file in row.files],
        "counts": ImportCounts.model_validate(row.counts), "error": row.error,
        "created_at": iso(row.created_at), "version": row.version,
        "started_at": iso(row.started_at) if row.started_at else None,
        "finished_at": iso(row.finished_at) if row.finished_at else None,
    }  # fmt: skip
