"""What every command starts with: settings, services, the tenant to act for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from careloop.api import capabilities, schema
from careloop.api.bootstrap import Services, build
from careloop.crm_core.accounts import queries as accounts
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import InvalidInput, Misconfigured
from careloop.kit.settings import load_settings
from careloop.kit.telemetry import configure_logging

TenantOption = Annotated[str, typer.Option("--tenant", help="Tenant to act for.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
InOption = Annotated[Path | None, typer.Option("--jsonl", help="Read one JSON object a line.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Write one JSON object a line.")]


@contextmanager
def opened(migrate: bool = True) -> Iterator[Services]:
    """Services on an installation that exists and is up to date."""
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    services = build(settings)
    try:
        if migrate:
            schema.upgrade(services.database)
        yield services
    finally:
        services.close()


def actor_for(services: Services, tenant: str) -> Actor:
    """The shell acts as the installation itself, for one tenant."""
    slug = tenant or services.settings.default_tenant
    with services.database.read(EVERY_TENANT) as session:
        return system_actor(accounts.tenant_by_slug(session, slug).tenant_id)


def show(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    """Print the value as JSON, or what `text` says."""
    if not as_json:
        print(text())
        return
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_none=True)
    print(json.dumps(value, ensure_ascii=False))


def run_batch(
    source: Path, out: Path | None, model: type[Any], call: Callable[[Any], BaseModel]
) -> None:
    """Answer a JSONL file line by line into another, or to the screen."""
    try:
        lines = source.read_bytes().splitlines()
    except OSError as error:
        raise InvalidInput(f"Cannot read {source}: {error.strerror}") from None
    rows = capabilities.batch(lines, model, call)
    if out is None:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    try:
        with out.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Misconfigured(f"Cannot write {out}: {error.strerror}") from None
