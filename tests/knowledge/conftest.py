from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from shelf import Shelf, kiln_files, open_shelf

from careloop.kit.clock import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def empty(tmp_path: Path, clock: FixedClock) -> Shelf:
    return open_shelf(tmp_path, clock)


@pytest.fixture
def shelf(empty: Shelf) -> Shelf:
    empty.add(*kiln_files())
    return empty
