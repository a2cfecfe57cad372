"""Writers of connectors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import mapping, queries
from careloop.crm_core.outbound.connectors.models import (
    Connector,
    ConnectorLine,
    ConnectorLogin,
    ConnectorProblem,
    ConnectorRun,
    ExternalLink,
    SyncConflict,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import (
    AddConnector,
    ChangeConnector,
    PickConnector,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.egress import check_url
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

MAX_CONNECTORS = 20
_PLAIN = ("title", "base_url", "active", "every_minutes", "auth", "auth_name")


def add_connector(session: Session, actor: Actor, command: AddConnector) -> Connector:
    """Add a connector; its mapping is checked whole."""
    if len(queries.connectors(session, actor)) >= MAX_CONNECTORS:
        raise Conflict(f"There are {MAX_CONNECTORS} connectors; remove one first")
    if queries.by_name(session, actor, command.name) is not None:
        raise Conflict(f"There is a connector {command.name} already")
    _check_address(command.base_url)
    _check_login(command.auth, command.auth_name, bool(command.sealed))
    at = now(session)
    row = Connector(
        tenant_id=actor.tenant_id, id=new_id(), name=command.name,
        mapping_text=command.mapping, mapping=_document(command.mapping),
        created_at=at, updated_at=at, cursors={},
        **{name: getattr(command, name) for name in _PLAIN},
    )  # fmt: skip
    row.next_run_at = at if row.active and row.every_minutes else None
    session.add(row)
    session.flush()
    _set_login(session, row, command.sealed)
    return row


def change_connector(session: Session, actor: Actor, command: ChangeConnector) -> Connector:
    """Change a connector; `VersionConflict` when somebody did so meanwhile.

    Another address asks for the login anew: a stored one is never sent to another place.
    """
    row = queries.connector(session, actor, command.connector_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this connector meanwhile; load it again")
    if command.base_url is not None and command.base_url != row.base_url:
        _check_address(command.base_url)
        if queries.login(session, row) is not None and not command.sealed:
            raise InvalidInput("secret: enter the login again for another address")
    for name in _PLAIN:
        if getattr(command, name) is not None:
            setattr(row, name, getattr(command, name))
    if command.mapping is not None:
        row.mapping_text, row.mapping = command.mapping, _document(command.mapping)
    if command.sealed or row.auth == "none":
        _set_login(session, row, command.sealed or "")
    _check_login(row.auth, row.auth_name, queries.login(session, row) is not None)
    if command.active is not None or command.every_minutes is not None:
        pause = timedelta(minutes=row.every_minutes)
        row.next_run_at = now(session) + pause if row.active and row.every_minutes else None
    row.touch(now(session))
    session.flush()
    return row


def remove_connector(session: Session, actor: Actor, command: PickConnector) -> None:
    """Remove a connector with what belongs to it; no record of either side is touched."""
    row = queries.connector(session, actor, command.connector_id, lock=True)
    for run in queries.runs(session, actor, row.id, limit=1):
        if run.state == "running" and run.lease_until and run.lease_until > now(session):
            raise Conflict("A run is under way; wait until it ends")
    runs = queries.run_ids_of(row)
    lines = delete(ConnectorLine).where(
        ConnectorLine.tenant_id == row.tenant_id, ConnectorLine.connector_run_id.in_(runs)
    )
    session.execute(lines.execution_options(synchronize_session=False))
    kinds: tuple[type[Any], ...] = (
        ConnectorRun, SyncConflict, ExternalLink, ConnectorProblem, ConnectorLogin,
    )  # fmt: skip
    for model in kinds:
        statement = delete(model).where(
            model.tenant_id == row.tenant_id, model.connector_id == row.id
        )
        session.execute(statement.execution_options(synchronize_session="fetch"))
    session.delete(row)
    session.flush()


def _document(text: str) -> dict[str, Any]:
    return mapping.read(text).model_dump(mode="json")


def _check_address(url: str) -> None:
    target = check_url(url)
    if "?" in target.path:
        raise InvalidInput("base_url: must not hold a query (?)")


def _check_login(auth: str, name: str, has_login: bool) -> None:
    if auth != "none" and not has_login:
        raise InvalidInput(f"secret: {auth} needs one")
    if auth == "basic" and not name:
        raise InvalidInput("auth_name: basic needs a user name")
    if auth == "api_key" and name and not name.replace("-", "").isalnum():
        raise InvalidInput("auth_name: is not the name of a header")


def _set_login(session: Session, row: Connector, sealed: str) -> None:
    known = queries.login(session, row)
    if not sealed:
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(ConnectorLogin(tenant_id=row.tenant_id, connector_id=row.id, handle=sealed))
    else:
        known.handle = sealed
    session.flush()
