"""Tools over imports and exports."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.export import service as export
from careloop.crm_core.export.schemas import RecordExport
from careloop.crm_core.intake import runs
from careloop.crm_core.intake.schemas import ApplyImport, ImportRunView, TakeImport
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


@tool("import.take_in", effect=Effect.WRITE, scope="import")
def take_in(session: Session, actor: Actor, command: TakeImport) -> ImportRunView:
    """Hand in tables of master data; a durable job checks or loads them."""
    return runs.take_in(session, actor, command)


@tool("import.apply", effect=Effect.WRITE, scope="import")
def apply(session: Session, actor: Actor, command: ApplyImport) -> ImportRunView:
    """Load the files that a dry run has checked."""
    return runs.apply(session, actor, command)


@tool("export.record", effect=Effect.WRITE, scope="export")
def record_export(session: Session, actor: Actor, command: RecordExport) -> Done:
    """Note in the audit which list was exported, with which filter and how many rows."""
    export.check_record(session, actor, command)
    return Done()
