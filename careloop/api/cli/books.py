"""`careloop import`, `careloop tickets`, `careloop user`: the books from the shell."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError

from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts.schemas import ChangeUser, CreateUser, UserView
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.service import run_import
from careloop.crm_core.tickets import queries as ticket_queries
from careloop.kit.actor import Role
from careloop.kit.errors import InvalidInput, NotFound
from careloop.tools.accounts import DescribeTenant

tickets = typer.Typer(help="Tickets.", no_args_is_help=True)
tenant_app = typer.Typer(help="The company.", no_args_is_help=True)
user = typer.Typer(help="Members of staff.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.command("import")(import_folder)
    app.add_typer(tickets, name="tickets")
    app.add_typer(user, name="user")
    app.add_typer(tenant_app, name="tenant")


def import_folder(
    folder: Annotated[Path, typer.Argument(help="Folder with CSV or XLSX files.")],
    dry_run: Annotated[bool, typer.Option(help="Check only, change nothing.")] = False,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="YAML: their columns to ours.")
    ] = None,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load master data; rows with errors are reported, the rest is loaded."""
    mapping = None
    if map_file is not None:
        try:
            mapping = yaml.safe_load(map_file.read_text())
        except (OSError, yaml.YAMLError) as error:
            raise InvalidInput(f"--map {map_file}: {error}") from None
    with opened() as services:
        actor = actor_for(services, tenant)
        sources = read_folder(folder)
        begin = services.database.draft if dry_run else services.database.write
        with begin() as session:
            report = run_import(session, actor, sources, dry_run=dry_run, mapping=mapping)

        def words() -> str:
            lines = [
                f"{count.file}: {count.created} new, {count.updated} changed, "
                f"{count.unchanged} unchanged, {count.rejected} rejected"
                for count in report.files
            ]
            lines += [
                f"  {e.file} row {e.row} {e.column}: {e.reason} ({e.value})" for e in report.errors
            ]
            lines += [f"  unknown file {name}" for name in report.unknown_files]
            lines += [f"  unknown column {name}" for name in report.unknown_columns]
            return "\n".join(lines)

        show(report, as_json, words)


@tickets.command("list")
def list_tickets(
    q: Annotated[str, typer.Option(help="Part of number, title or serial.")] = "",
    state: Annotated[list[str] | None, typer.Option(help="State; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = 20,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tickets, newest first."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            rows = ticket_queries.tickets(session, actor, q=q, states=state or (), limit=limit)
            views = [ticket_queries.ticket_view(row) for row in rows]
        body = {"items": [view.model_dump(mode="json") for view in views]}
        lines = [f"{v.number}  {v.state:<16} {v.priority:<8} {v.title[:70]}" for v in views]
        show(body, as_json, lambda: "\n".join(lines or ["No tickets."]))


@tickets.command("show")
def show_ticket(
    number: Annotated[str, typer.Argument(help="Ticket number.")],
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """One ticket with its history."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            row = ticket_queries.ticket(session, actor, number)
            view = ticket_queries.ticket_view(row)
            events = [
                ticket_queries.event_view(event)
                for event in ticket_queries.history(session, actor, row)
            ]
        body = {
            "ticket": view.model_dump(mode="json"),
            "history": [event.model_dump(mode="json") for event in events],
        }
        lines = [f"{view.number} {view.state} {view.title}", view.description]
        lines += [f"{e.created_at} {e.kind} {e.actor}: {e.text}" for e in events]
        show(body, as_json, lambda: "\n".join(lines))


@user.command("add")
def add_user(
    email: Annotated[str, typer.Argument(help="E-mail address, the login.")],
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[Role, typer.Option(help="Role.")] = Role.AGENT,
    language: Annotated[str, typer.Option(help="Language of the desk.")] = "en",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add a member of staff; a password is made and shown once."""
    password = secrets.token_urlsafe(12)
    with opened() as services:
        actor = actor_for(services, tenant)
        command = CreateUser(
            email=email, name=name, role=role, password=password, language=language
        )
        view = UserView.model_validate(services.runtime.invoke(actor, "users.create", command))
        body = {**view.model_dump(), "password": password}
        show(body, as_json, lambda: f"{view.email} ({view.role}), password: {password}")


@user.command("password")
def reset_password(
    email: Annotated[str, typer.Argument(help="E-mail address.")], tenant: TenantOption = ""
) -> None:
    """Give a member of staff a new password and end their sessions."""
    password = secrets.token_urlsafe(12)
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            row = accounts.user_by_email(session, actor.tenant_id, email.lower())
            if row is None:
                raise NotFound(f"There is no user {email}")
            user_id = row.id
        command = ChangeUser(user_id=user_id, password=password)
        services.runtime.invoke(actor, "users.change", command)
        print(f"{email}, new password: {password}")


@tenant_app.command("show")
def show_tenant(tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """How the company presents itself."""
    _describe(tenant, DescribeTenant(), as_json)


@tenant_app.command("set")
def set_tenant(
    name: Annotated[str | None, typer.Option(help="Name customers see.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the desk, e.g. zh.")] = None,
    hotline: Annotated[str | None, typer.Option(help="Phone number of the service.")] = None,
    emergency: Annotated[str | None, typer.Option(help="A line for emergencies.")] = None,
    origin: Annotated[
        list[str] | None, typer.Option(help="Site that may embed the chat; may be repeated.")
    ] = None,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Change how the company presents itself."""
    given = {
        "display_name": name, "language": language, "hotline": hotline, "emergency": emergency,
        "origins": origin,
    }  # fmt: skip
    try:
        command = DescribeTenant.model_validate({k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        raise InvalidInput("; ".join(item["msg"] for item in error.errors())) from None
    _describe(tenant, command, as_json)


def _describe(tenant: str, command: DescribeTenant, as_json: bool) -> None:
    with opened() as services:
        actor = actor_for(services, tenant)
        view = services.runtime.invoke(actor, "tenant.describe", command)
        lines = [f"{key:<13} {value}" for key, value in view.model_dump().items() if value]
        show(view, as_json, lambda: "\n".join(lines))


@user.command("list")
def list_users(tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """Members of staff."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            views = accounts.users(session, actor)
        body = {"items": [view.model_dump() for view in views]}
        lines = [f"{view.role:<11} {view.email}  {view.name}" for view in views]
        show(body, as_json, lambda: "\n".join(lines))
