"""`careloop init`, `demo`, `doctor`, `migrate`, `backup`, `restore`."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from careloop.api import doctor as checks
from careloop.api import maintenance, schema
from careloop.api.bootstrap import Services
from careloop.api.cli.context import JsonOption, opened, show
from careloop.api.cli.serve import run_server
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import CreateUser
from careloop.demo.chats import play_chats
from careloop.demo.load import load_demo
from careloop.kit.actor import Role, system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.secret import ensure_key
from careloop.kit.settings import load_settings

ADMIN = "admin@localhost"


def register(app: typer.Typer) -> None:
    for name, command in (
        ("init", init), ("demo", demo), ("doctor", doctor), ("migrate", migrate),
        ("backup", backup), ("restore", restore),
    ):  # fmt: skip
        app.command(name)(command)


def init(
    name: Annotated[str, typer.Option(help="Name of your company.")] = "My company",
    email: Annotated[str, typer.Option(help="Login of the first admin.")] = ADMIN,
    tenant: Annotated[str, typer.Option(help="Short name of the tenant.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Make the data folder, the database, the secret key and the first admin."""
    with opened() as services:
        ensure_key(services.settings.secret_file)
        password = _first_admin(services, tenant or services.settings.default_tenant, name, email)
        body = {"home": str(services.settings.home), "admin": email, "password": password}
        known = f"Data folder {services.settings.home} is ready."
        made = f"\nFirst admin: {email}, password: {password}\nKeep it; it is not shown again."
        show(body, as_json, lambda: known + (made if password else ""))


def demo(
    serve: Annotated[bool, typer.Option(help="Serve after loading.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Load the demo company and serve it on this machine."""
    console = Console(stderr=True)
    with opened() as services:
        ensure_key(services.settings.secret_file)
        tenant = services.settings.default_tenant
        loaded = load_demo(services.database, tenant, lambda text: console.print(f"  {text} …"))
        with services.database.read(EVERY_TENANT) as session:
            row = accounts.tenant_by_slug(session, tenant)
            logins, tenant_id = row.profile.get("demo_logins", []), row.tenant_id
            played = bool(row.profile.get("chats_played"))
        if not played:
            console.print("  Playing a few conversations …")
            play_chats(services.database, services.turns, tenant_id)
        address = services.settings.public_url
        lines = [
            "",
            f"  Customer page   {address}/demo",
            f"  Agent desk      {address}/desk/",
            f"  Engineers       {address}/field/",
            f"  API             {address}/docs",
            "",
            *(f"  {row['role']:<9} {row['email']:<34} {row['password']}" for row in logins),
            "",
        ]
        body = {"loaded": loaded, "address": address, "logins": logins}
        show(body, as_json, lambda: "\n".join(lines))
        sys.stdout.flush()
        if serve:
            run_server(services)


def doctor(as_json: JsonOption = False) -> None:
    """Say what is configured, reachable, missing, and what each missing thing would add."""
    findings = checks.diagnose(load_settings())
    marks = {"ok": "✓", "warn": "!", "fail": "✗"}

    def words() -> str:
        return "\n".join(
            f"{marks[item.state]} {item.area:<12} {item.message}"
            + (f"\n{'':15}{item.adds}" if item.adds else "")
            for item in findings
        )

    show({"findings": [item.model_dump() for item in findings]}, as_json, words)
    if any(item.state == "fail" for item in findings):
        raise typer.Exit(1)


def migrate(as_json: JsonOption = False) -> None:
    """Bring the database to this release; a backup is made first."""
    with opened(migrate=False) as services:
        result = schema.upgrade(services.database)
        body = {"before": result.before, "after": result.after}
        show(body, as_json, lambda: f"Database is at revision {result.after}.")


def backup(
    target: Annotated[Path, typer.Argument(help="File to write (.tar.gz).")],
    as_json: JsonOption = False,
) -> None:
    """Write one file with database, uploads and secret key."""
    report = maintenance.backup(load_settings(), target)
    body = {"file": str(report.path), "bytes": report.bytes, "files": report.files,
            "files_elsewhere": report.files_elsewhere}  # fmt: skip
    text = f"Backup written to {report.path}; keep it safe."
    if report.files_elsewhere:
        text += (
            f"\nUploaded files are NOT in it: they lie in {report.files_elsewhere}. Keep them by "
            "that store's own means (versions, replication)."
        )
    show(body, as_json, lambda: text)


def restore(
    source: Annotated[Path, typer.Argument(help="Backup file.")],
    force: Annotated[bool, typer.Option(help="Replace what is in the data folder.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Restore a backup into the data folder."""
    settings = load_settings()
    maintenance.restore(settings, source, force=force)
    show({"home": str(settings.home)}, as_json, lambda: f"Restored into {settings.home}.")


def _first_admin(services: Services, slug: str, name: str, email: str) -> str:
    """Make tenant and admin where missing; returns the new password, "" if there is one."""
    with services.database.write(EVERY_TENANT) as session:
        tenant_id = account_service.ensure_tenant(session, slug, name).tenant_id
        if accounts.active_admins(session, tenant_id):
            return ""
    password = secrets.token_urlsafe(12)
    command = CreateUser(email=email, name="Admin", role=Role.ADMIN, password=password)
    services.runtime.invoke(system_actor(tenant_id), "users.create", command)
    return password
