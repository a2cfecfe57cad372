"""Selects of connectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors.models import (
    Connector,
    ConnectorLine,
    ConnectorLogin,
    ConnectorProblem,
    ConnectorRun,
    ExternalLink,
    SyncConflict,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[Connector]:
    """Connectors the actor may see: staff all, customers none."""
    statement = select(Connector).where(Connector.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def connectors(session: Session, actor: Actor) -> list[Connector]:
    return list(session.scalars(visible_to(actor).order_by(Connector.name)))


def connector(session: Session, actor: Actor, connector_id: str, lock: bool = False) -> Connector:
    """The connector of that id; `NotFound` for one that the actor may not see."""
    statement = visible_to(actor).where(Connector.id == connector_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such connector")
    return found


def by_name(session: Session, actor: Actor, name: str) -> Connector | None:
    return session.scalar(visible_to(actor).where(Connector.name == name))


def login(session: Session, row: Connector) -> ConnectorLogin | None:
    return session.get(ConnectorLogin, (row.tenant_id, row.id))


def runs(
    session: Session, actor: Actor, connector_id: str, before: str = "", limit: int = 50
) -> list[ConnectorRun]:
    """Runs of a connector, newest first."""
    statement = select(ConnectorRun).where(
        ConnectorRun.tenant_id == actor.tenant_id, ConnectorRun.connector_id == connector_id
    )
    if not actor.is_staff:
        statement = statement.where(false())
    if before:
        statement = statement.where(ConnectorRun.id < before)
    return list(session.scalars(statement.order_by(ConnectorRun.id.desc()).limit(limit)))


def run(
    session: Session, actor: Actor, connector_id: str, connector_run_id: str, lock: bool = False
) -> ConnectorRun:
    """One run; `NotFound` for one that the actor may not see."""
    statement = select(ConnectorRun).where(
        ConnectorRun.tenant_id == actor.tenant_id,
        ConnectorRun.connector_id == connector_id, ConnectorRun.id == connector_run_id,
    )  # fmt: skip
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement) if actor.is_staff else None
    if found is None:
        raise NotFound("There is no such run")
    return found


def last_runs(session: Session, tenant_id: str) -> dict[str, ConnectorRun]:
    """The newest run of each connector that is not a dry one."""
    newest = (
        select(func.max(ConnectorRun.id))
        .where(ConnectorRun.tenant_id == tenant_id, ~ConnectorRun.dry)
        .group_by(ConnectorRun.connector_id)
    )
    statement = select(ConnectorRun).where(
        ConnectorRun.tenant_id == tenant_id, ConnectorRun.id.in_(newest)
    )
    return {row.connector_id: row for row in session.scalars(statement)}


def unfinished(session: Session, row: Connector, dry: bool) -> ConnectorRun | None:
    """The newest run that is not at its end."""
    statement = select(ConnectorRun).where(
        ConnectorRun.tenant_id == row.tenant_id, ConnectorRun.connector_id == row.id,
        ConnectorRun.dry == dry, ConnectorRun.state.in_(("running", "stopped")),
    )  # fmt: skip
    return session.scalar(statement.order_by(ConnectorRun.id.desc()).limit(1))


def lines(
    session: Session, row: ConnectorRun, after: int = 0, limit: int = 200
) -> list[ConnectorLine]:
    """The report of a run, in its order."""
    statement = select(ConnectorLine).where(
        ConnectorLine.tenant_id == row.tenant_id, ConnectorLine.connector_run_id == row.id,
        ConnectorLine.seq > after,
    )  # fmt: skip
    return list(session.scalars(statement.order_by(ConnectorLine.seq).limit(limit)))


def last_line(session: Session, row: ConnectorRun) -> int:
    statement = select(func.max(ConnectorLine.seq)).where(
        ConnectorLine.tenant_id == row.tenant_id, ConnectorLine.connector_run_id == row.id
    )
    return session.scalar(statement) or 0


def link_of_theirs(
    session: Session, tenant_id: str, connector_id: str, object_name: str, their_id: str
) -> ExternalLink | None:
    statement = _links(tenant_id, connector_id, object_name)
    return session.scalar(statement.where(ExternalLink.their_id == their_id))


def link_of_ours(
    session: Session, tenant_id: str, connector_id: str, object_name: str, our_id: str
) -> ExternalLink | None:
    statement = _links(tenant_id, connector_id, object_name)
    return session.scalar(statement.where(ExternalLink.our_id == our_id))


def _links(tenant_id: str, connector_id: str, object_name: str) -> Select[ExternalLink]:
    return select(ExternalLink).where(
        ExternalLink.tenant_id == tenant_id, ExternalLink.connector_id == connector_id,
        ExternalLink.object == object_name,
    )  # fmt: skip


def link(session: Session, tenant_id: str, link_id: str) -> ExternalLink | None:
    """A link by its id, locked."""
    return session.get(
        ExternalLink, (tenant_id, link_id), with_for_update=True, populate_existing=True
    )


def link_counts(session: Session, tenant_id: str) -> dict[tuple[str, str], int]:
    """How many records are linked, by connector and kind."""
    statement = (
        select(ExternalLink.connector_id, ExternalLink.object, func.count())
        .where(ExternalLink.tenant_id == tenant_id, ExternalLink.state == "linked")
        .group_by(ExternalLink.connector_id, ExternalLink.object)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(statement)}


def problem_counts(session: Session, tenant_id: str) -> dict[str, int]:
    statement = (
        select(ConnectorProblem.connector_id, func.count())
        .where(ConnectorProblem.tenant_id == tenant_id)
        .group_by(ConnectorProblem.connector_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def conflict_counts(session: Session, tenant_id: str) -> dict[str, int]:
    statement = (
        select(SyncConflict.connector_id, func.count())
        .where(SyncConflict.tenant_id == tenant_id, SyncConflict.state == "open")
        .group_by(SyncConflict.connector_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def problems(
    session: Session, actor: Actor, connector_id: str, after: str = "", limit: int = 50,
    object_name: str = "", before: datetime | None = None,
) -> list[ConnectorProblem]:  # fmt: skip
    """Records that could not be brought together; of one kind, last tried before, on wish."""
    statement = select(ConnectorProblem).where(
        ConnectorProblem.tenant_id == actor.tenant_id,
        ConnectorProblem.connector_id == connector_id, ConnectorProblem.id > after,
    )  # fmt: skip
    if not actor.is_staff:
        statement = statement.where(false())
    if object_name:
        statement = statement.where(ConnectorProblem.object == object_name)
    if before is not None:
        statement = statement.where(ConnectorProblem.updated_at < before)
    return list(session.scalars(statement.order_by(ConnectorProblem.id).limit(limit)))


def problem(
    session: Session, tenant_id: str, connector_id: str, object_name: str, side: str,
    record_id: str,
) -> ConnectorProblem | None:  # fmt: skip
    statement = select(ConnectorProblem).where(
        ConnectorProblem.tenant_id == tenant_id, ConnectorProblem.connector_id == connector_id,
        ConnectorProblem.object == object_name, ConnectorProblem.side == side,
        ConnectorProblem.record_id == record_id,
    )  # fmt: skip
    return session.scalar(statement)


def conflicts(
    session: Session, actor: Actor, connector_id: str, states: Sequence[str] = ("open",),
    before: str = "", limit: int = 50,
) -> list[SyncConflict]:  # fmt: skip
    """Conflicts of a connector, newest first."""
    statement = select(SyncConflict).where(
        SyncConflict.tenant_id == actor.tenant_id, SyncConflict.connector_id == connector_id
    )
    if not actor.is_staff:
        statement = statement.where(false())
    if states:
        statement = statement.where(SyncConflict.state.in_(states))
    if before:
        statement = statement.where(SyncConflict.id < before)
    return list(session.scalars(statement.order_by(SyncConflict.id.desc()).limit(limit)))


def conflict(session: Session, actor: Actor, connector_id: str, conflict_id: str) -> SyncConflict:
    """One conflict, locked; `NotFound` for one that the actor may not see."""
    statement = (
        select(SyncConflict)
        .where(SyncConflict.tenant_id == actor.tenant_id, SyncConflict.id == conflict_id)
        .where(SyncConflict.connector_id == connector_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(statement) if actor.is_staff else None
    if found is None:
        raise NotFound("There is no such conflict")
    return found


def open_conflict(session: Session, tenant_id: str, link_id: str) -> SyncConflict | None:
    statement = select(SyncConflict).where(
        SyncConflict.tenant_id == tenant_id, SyncConflict.link_id == link_id,
        SyncConflict.state == "open",
    )  # fmt: skip
    return session.scalar(statement.order_by(SyncConflict.id).limit(1))


def due(session: Session, at: datetime, limit: int) -> list[tuple[str, str]]:
    """(tenant, connector) whose time has come; of all tenants, for the scheduler."""
    statement = (
        select(Connector.tenant_id, Connector.id)
        .where(Connector.active, Connector.next_run_at <= at)
        .order_by(Connector.next_run_at)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def asked(session: Session, at: datetime, limit: int) -> list[tuple[str, str, bool]]:
    """(tenant, connector, dry) of runs that nobody is doing; of all tenants, for the scheduler."""
    row = ConnectorRun
    statement = (
        select(row.tenant_id, row.connector_id, row.dry)
        .where(row.state == "running")
        .where(or_(row.lease_until.is_(None), row.lease_until <= at))
        .order_by(row.id)
        .limit(limit)
    )
    return [(found[0], found[1], found[2]) for found in session.execute(statement)]


def old_runs(session: Session, tenant_id: str, before: datetime, limit: int) -> list[str]:
    """Ids of runs that ended before."""
    statement = select(ConnectorRun.id).where(
        ConnectorRun.tenant_id == tenant_id, ConnectorRun.ended_at < before
    )
    return list(session.scalars(statement.order_by(ConnectorRun.id).limit(limit)))


def their_ids(
    session: Session, tenant_id: str, connector_id: str, object_name: str, our_ids: Iterable[str]
) -> dict[str, str]:
    """Their ids of records of ours that are linked."""
    statement = _links(tenant_id, connector_id, object_name).where(
        ExternalLink.our_id.in_(list(our_ids))
    )
    return {row.our_id: row.their_id for row in session.scalars(statement) if row.their_id}


def run_ids_of(row: Connector) -> Select[str]:
    """A sub-query: ids of the runs of a connector."""
    return select(ConnectorRun.id).where(
        ConnectorRun.tenant_id == row.tenant_id, ConnectorRun.connector_id == row.id
    )


def tenants_with_old(session: Session, before: datetime) -> list[str]:
    """Tenants with runs that ended before; of all tenants, for the sweep."""
    statement = select(ConnectorRun.tenant_id).where(ConnectorRun.ended_at < before)
    return list(session.scalars(statement.distinct()))
