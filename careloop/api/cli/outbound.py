"""`careloop connectors` and `careloop webhooks`: runs and replays from the shell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from careloop.api.bootstrap import Services
from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.api.connecting import ConnectorRuns
from careloop.api.outgoing import egress_of
from careloop.crm_core.outbound.connectors import queries, views
from careloop.crm_core.outbound.connectors.models import Connector
from careloop.crm_core.outbound.connectors.schemas import ConnectorRunView
from careloop.crm_core.outbound.schemas import DeliveryView, Replayed, ReplayRange
from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict, InvalidInput, NotFound

connectors = typer.Typer(help="Connectors to another CRM or ERP.", no_args_is_help=True)
webhooks = typer.Typer(help="Outgoing webhooks.", no_args_is_help=True)
NameArgument = Annotated[str, typer.Argument(help="Name of the connector.")]


def register(app: typer.Typer) -> None:
    app.add_typer(connectors, name="connectors")
    app.add_typer(webhooks, name="webhooks")


@connectors.command("status")
def status(tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """Every connector with its links, conflicts, problems and last run."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            rows = views.connector_views(session, actor, queries.connectors(session, actor))
    lines = [
        f"{row.name:20} {sum(row.links.values()):6} linked {row.conflicts:4} conflicts "
        f"{row.problems:4} problems  {row.last_run.state if row.last_run else 'never run'}"
        for row in rows
    ]
    items = [row.model_dump(mode="json", exclude={"mapping"}) for row in rows]
    show({"items": items}, as_json, lambda: "\n".join(lines) or "There is no connector.")


@connectors.command("run")
def run(name: NameArgument, tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """Run a connector here and now, to its end."""
    _run(name, tenant, as_json, dry=False)


@connectors.command("dry-run")
def dry_run(name: NameArgument, tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """Say what a run would do; nothing is written on either side."""
    _run(name, tenant, as_json, dry=True)


def _run(name: str, tenant: str, as_json: bool, dry: bool) -> None:
    with opened() as services:
        actor = actor_for(services, tenant)
        row = _named(services, actor, name)
        runs = ConnectorRuns(services, egress_of(services))
        ended = runs.run(actor.tenant_id, row.id, dry)
        if ended is None:
            raise Conflict("A run of this connector is under way in another process")
        report = _report(services, actor, ended) if dry else []
    show(ended, as_json, lambda: "\n".join([*report, *_figures(ended)]))
    if ended.state == "failed":
        raise typer.Exit(1)


def _named(services: Services, actor: Actor, name: str) -> Connector:
    with services.database.read(actor.tenant_id) as session:
        row = queries.by_name(session, actor, name)
    if row is None:
        raise NotFound(f"There is no connector {name}; see `careloop connectors status`")
    return row


def _report(services: Services, actor: Actor, ended: ConnectorRunView) -> list[str]:
    with services.database.read(actor.tenant_id) as session:
        row = queries.run(session, actor, ended.connector_id, ended.id)
        return [
            f"{line.object:10} {line.did:14} {line.our_id or line.their_id:28} "
            f"{line.detail.get('title') or line.detail.get('message') or ''}"
            for line in queries.lines(session, row, limit=2000)
        ]


def _figures(ended: ConnectorRunView) -> list[str]:
    lines = [
        f"{name}: " + ", ".join(f"{count} {did}" for did, count in sorted(found.items()))
        for name, found in ended.counters.items()
    ]
    return [*lines, f"{ended.state}{': ' + ended.error if ended.error else ''}"]


@webhooks.command("replay")
def replay(
    delivery: Annotated[str, typer.Argument(help="Id of one delivery; else give a span.")] = "",
    since: Annotated[str, typer.Option(help="From when the facts are, ISO time.")] = "",
    until: Annotated[str, typer.Option(help="Until when, this not included; else now.")] = "",
    endpoint: Annotated[str, typer.Option(help="Id of one endpoint.")] = "",
    type: Annotated[str, typer.Option(help="One type, such as ticket.opened.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also what was delivered.")] = False,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Send one delivery anew, or the dead ones of a span of time; a server sends them."""
    with opened() as services:
        actor = actor_for(services, tenant)
        if delivery:
            told = services.runtime.invoke(
                actor, "webhooks.replay", {"delivery_id": delivery}, reason="shell"
            )
            one = DeliveryView.model_validate(told)
            show(one, as_json, lambda: f"{one.type} {one.key} goes out again as {one.webhook_id}")
            return
        if not since:
            raise InvalidInput("Name a delivery, or a span with --since")
        span = ReplayRange(
            since=_time(since), until=_time(until) if until else services.clock.now(),
            endpoint_id=endpoint, type=type, state=None if everything else "dead",
        )  # fmt: skip
        count, more = 0, True
        while more:
            told = services.runtime.invoke(actor, "webhooks.replay_range", span, reason="shell")
            found = Replayed.model_validate(told)
            count, more = count + found.deliveries, found.more
    show({"deliveries": count}, as_json, lambda: f"{count} deliveries go out again")


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is not a time such as 2026-11-22T08:00:00Z") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
