"""Tools over connectors to another CRM or ERP."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import (
    conflicts,
    linking,
    running,
    service,
    views,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import (
    AddConnector,
    AskRun,
    ChangeConnector,
    ConflictView,
    ConnectorRunView,
    ConnectorView,
    EndRun,
    IntendRecord,
    KeepRun,
    NoteProblem,
    PickConnector,
    ResolveConflict,
    RunTaken,
    Settled,
    SettleRecord,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


@tool("connectors.add", effect=Effect.WRITE, scope="settings:write")
def add_connector(session: Session, actor: Actor, command: AddConnector) -> ConnectorView:
    """Add a connector to another CRM or ERP."""
    row = service.add_connector(session, actor, command)
    return views.connector_view(session, actor, row)


@tool("connectors.change", effect=Effect.WRITE, scope="settings:write")
def change_connector(session: Session, actor: Actor, command: ChangeConnector) -> ConnectorView:
    """Change a connector's address, login, schedule or mapping."""
    row = service.change_connector(session, actor, command)
    return views.connector_view(session, actor, row)


@tool("connectors.remove", effect=Effect.DESTROY, scope="settings:write")
def remove_connector(session: Session, actor: Actor, command: PickConnector) -> Done:
    """Remove a connector and its links; records of both sides stay."""
    service.remove_connector(session, actor, command)
    return Done(done=True)


@tool("connectors.ask_run", effect=Effect.WRITE, scope="settings:write")
def ask_run(session: Session, actor: Actor, command: AskRun) -> ConnectorRunView:
    """Want a run of a connector, now."""
    return views.run_view(running.ask(session, actor, command))


@tool("connectors.take_run", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def take_run(session: Session, actor: Actor, command: AskRun) -> RunTaken:
    """Take a run of a connector to do it."""
    return running.take(session, actor, command)


@tool("connectors.keep_run", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def keep_run(session: Session, actor: Actor, command: KeepRun) -> Done:
    """Keep how far a run came."""
    running.keep(session, actor, command)
    return Done(done=True)


@tool("connectors.end_run", effect=Effect.WRITE, scope="settings:write")
def end_run(session: Session, actor: Actor, command: EndRun) -> ConnectorRunView:
    """End a run, or set it aside to go on later."""
    return views.run_view(running.end(session, actor, command))


@tool("connectors.compare", effect=Effect.READ, scope="settings:write")
def compare(session: Session, actor: Actor, command: SettleRecord) -> Settled:
    """Say what bringing a record of theirs together with ours would do."""
    return linking.settle(session, actor, command, dry=True)


@tool("connectors.settle", effect=Effect.WRITE, scope="settings:write")
def settle(session: Session, actor: Actor, command: SettleRecord) -> Settled:
    """Bring a record of theirs together with ours."""
    return linking.settle(session, actor, command)


@tool("connectors.intend", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def intend(session: Session, actor: Actor, command: IntendRecord) -> Done:
    """Note that the other side is about to be asked to make a record of ours."""
    linking.intend(session, actor, command)
    return Done(done=True)


@tool("connectors.note_problem", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def note_problem(session: Session, actor: Actor, command: NoteProblem) -> Done:
    """Keep a record that could not be brought together, or forget it."""
    running.note_problem(session, actor, command)
    return Done(done=True)


@tool("connectors.resolve_conflict", effect=Effect.WRITE, scope="settings:write")
def resolve_conflict(session: Session, actor: Actor, command: ResolveConflict) -> ConflictView:
    """Give each field of a conflict the value of one side."""
    return views.conflict_view(conflicts.resolve(session, actor, command))


class ForgetRuns(BaseModel):
    """Runs whose time is over."""


@tool("connectors.forget_old_runs", effect=Effect.DESTROY, scope="settings:write", heartbeat=True)
def forget_old_runs(session: Session, actor: Actor, command: ForgetRuns) -> Done:
    """Delete the reports of runs that ended long ago."""
    running.forget_old_runs(session, actor.tenant_id)
    return Done(done=True)
