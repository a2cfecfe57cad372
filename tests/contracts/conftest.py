"""Tests of ports: one suite over every adapter."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be: the search inside PostgreSQL over books in SQLite."""
    out = [item for item in items if _impossible(item)]
    if out:
        items[:] = [item for item in items if item not in set(out)]
        config.hook.pytest_deselected(items=out)


def _impossible(item: pytest.Item) -> bool:
    made = getattr(item, "callspec", None)
    if made is None or "store" not in made.params:
        return False
    on_sqlite = made.params.get("database") == "sqlite"
    only = "only_postgres" in getattr(item, "fixturenames", ())
    searched = made.params["store"] == "postgres"
    return (searched and on_sqlite) or (only and not searched)
