"""Connectors to another CRM or ERP: setup, runs, conflicts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from careloop.api.auth import ServicesDep, SessionDep
from careloop.api.outgoing import egress_of, seal_login
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.routes.webhooks_out import SettingsDep
from careloop.crm_core.outbound.connectors import queries, views
from careloop.crm_core.outbound.connectors.schemas import (
    AddConnector,
    AskRun,
    ChangeConnector,
    CheckMapping,
    ConflictChoice,
    ConflictView,
    ConnectorChanges,
    ConnectorHelp,
    ConnectorRunPage,
    ConnectorRunView,
    ConnectorView,
    MappingChecked,
    NewConnector,
    PickConnector,
    ProblemView,
    ResolveConflict,
    WantRun,
)  # fmt: skip
from careloop.tools.spec import Done

router = APIRouter(prefix="/v1/connectors", tags=["connectors"])


@router.get("")
def connectors(session: SessionDep, actor: SettingsDep) -> list[ConnectorView]:
    """The connectors, with how they stand."""
    return views.connector_views(session, actor, queries.connectors(session, actor))


@router.get("/help")
def connector_help(actor: SettingsDep) -> ConnectorHelp:
    """Our fields, the transforms, and a whole mapping to begin with."""
    return views.connector_help()


@router.post("/check")
def check(actor: SettingsDep, body: CheckMapping) -> MappingChecked:
    """Look at a mapping without keeping it; each mistake with its place."""
    return views.mapping_checked(body.mapping)


@router.post("", status_code=201)
def add(
    services: ServicesDep, actor: SettingsDep, body: NewConnector, response: Response,
    key: RequiredKeyDep,
) -> ConnectorView:  # fmt: skip
    """Add a connector; its login is kept sealed and never shown."""
    egress_of(services).check(body.base_url)
    sealed = seal_login(services, actor.tenant_id, body.base_url, body.secret)
    command = AddConnector(**{**body.model_dump(), "secret": ""}, sealed=sealed)
    view = act(services, actor, "connectors.add", command, ConnectorView, key=key)
    tag(response, view.version)
    return view


@router.get("/{connector_id}")
def connector(
    session: SessionDep, actor: SettingsDep, connector_id: str, response: Response
) -> ConnectorView:
    """One connector."""
    row = queries.connector(session, actor, connector_id)
    view = views.connector_view(session, actor, row)
    tag(response, view.version)
    return view


@router.patch("/{connector_id}")
def change(
    services: ServicesDep, session: SessionDep, actor: SettingsDep, connector_id: str,
    body: ConnectorChanges, response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ConnectorView:  # fmt: skip
    """Change a connector; another address needs the login again."""
    if body.base_url is not None:
        egress_of(services).check(body.base_url)
    given = body.model_dump(exclude_unset=True, exclude={"secret"})
    if base is not None:
        given["version"] = base
    if body.secret:
        url = body.base_url or queries.connector(session, actor, connector_id).base_url
        given["sealed"] = seal_login(services, actor.tenant_id, url, body.secret)
    command = ChangeConnector(connector_id=connector_id, **given)
    view = act(services, actor, "connectors.change", command, ConnectorView, key=key)
    tag(response, view.version)
    return view


@router.delete("/{connector_id}")
def remove(
    services: ServicesDep, actor: SettingsDep, connector_id: str, key: KeyDep = None
) -> Done:
    """Remove a connector and its links; records of both sides stay."""
    command = PickConnector(connector_id=connector_id)
    return act(services, actor, "connectors.remove", command, Done, key=key)


@router.post("/{connector_id}/run", status_code=202)
def run(
    services: ServicesDep, actor: SettingsDep, connector_id: str, body: WantRun, key: KeyDep = None
) -> ConnectorRunView:
    """Want a run now, or a dry one that only says what it would do."""
    command = AskRun(connector_id=connector_id, dry=body.dry)
    return act(services, actor, "connectors.ask_run", command, ConnectorRunView, key=key)


@router.get("/{connector_id}/runs")
def runs(
    session: SessionDep, actor: SettingsDep, connector_id: str, cursor: str = "",
    limit: Limit = 50,
) -> Page[ConnectorRunView]:  # fmt: skip
    """Runs, newest first."""
    place = decode_cursor(cursor, 1)
    row = queries.connector(session, actor, connector_id)
    rows = queries.runs(session, actor, row.id, str(place[0]) if place else "", limit + 1)
    return Page(
        items=[views.run_view(found) for found in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.get("/{connector_id}/runs/{connector_run_id}")
def one_run(
    session: SessionDep, actor: SettingsDep, connector_id: str, connector_run_id: str,
    cursor: str = "", limit: Limit = 100,
) -> ConnectorRunPage:  # fmt: skip
    """A run with its report, line by line."""
    place = decode_cursor(cursor, 1)
    row = queries.run(session, actor, connector_id, connector_run_id)
    after = int(place[0]) if place and place[0] else 0
    rows = queries.lines(session, row, after, limit + 1)
    return ConnectorRunPage(
        run=views.run_view(row),
        lines=[views.line_view(found) for found in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].seq) if len(rows) > limit else None,
    )


@router.get("/{connector_id}/problems")
def problems(
    session: SessionDep, actor: SettingsDep, connector_id: str, cursor: str = "",
    limit: Limit = 50,
) -> Page[ProblemView]:  # fmt: skip
    """Records that could not be brought together; every run tries them again."""
    place = decode_cursor(cursor, 1)
    row = queries.connector(session, actor, connector_id)
    rows = queries.problems(session, actor, row.id, str(place[0]) if place else "", limit + 1)
    return Page(
        items=[views.problem_view(found) for found in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.get("/{connector_id}/conflicts")
def conflicts(
    session: SessionDep, actor: SettingsDep, connector_id: str,
    state: Annotated[list[Literal["open", "resolved"]] | None, Query()] = None,
    cursor: str = "", limit: Limit = 50,
) -> Page[ConflictView]:  # fmt: skip
    """Records of which both sides changed the same fields; the open ones, unless told."""
    place = decode_cursor(cursor, 1)
    row = queries.connector(session, actor, connector_id)
    rows = queries.conflicts(
        session, actor, row.id, tuple(state or ("open",)), str(place[0]) if place else "",
        limit + 1,
    )  # fmt: skip
    return Page(
        items=[views.conflict_view(found) for found in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("/{connector_id}/conflicts/{conflict_id}/resolve")
def resolve(
    services: ServicesDep, actor: SettingsDep, connector_id: str, conflict_id: str,
    body: ConflictChoice, key: KeyDep = None,
) -> ConflictView:  # fmt: skip
    """Give each field the value of one side; what is ours goes to them with the next run."""
    command = ResolveConflict(
        connector_id=connector_id, conflict_id=conflict_id, **body.model_dump()
    )
    return act(services, actor, "connectors.resolve_conflict", command, ConflictView, key=key)
