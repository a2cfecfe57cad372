"""A throw-away installation with the demo company, for measuring."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careloop.api import schema
from careloop.api.bootstrap import Services, build
from careloop.demo.load import load_demo
from careloop.kit.secret import ensure_key
from careloop.kit.settings import load_settings
from careloop.kit.telemetry import configure_logging


@contextmanager
def demo() -> Iterator[Services]:
    """Services on a fresh SQLite demo in a temporary folder (synchronous=FULL, as shipped)."""
    configure_logging("error", "console")
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(home=Path(folder), messages_per_minute=1_000_000)
        services = build(settings)
        schema.upgrade(services.database)
        ensure_key(settings.secret_file)
        load_demo(services.database, settings.default_tenant, lambda _: None)
        try:
            yield services
        finally:
            services.close()


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
