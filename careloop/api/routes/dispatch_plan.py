"""The day planner over HTTP: one day, or many as NDJSON; the books are not touched."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from careloop.api import capabilities
from careloop.api.auth import DispatcherDep
from careloop.crm_core.dispatch.planning import PlanAnswer, PlanLine, solve
from careloop.crm_core.dispatch.planning.schemas import SECONDS
from careloop.kit.errors import InvalidInput, Unavailable

router = APIRouter(prefix="/v1", tags=["dispatch"])

MOST_SECONDS = 120.0
AT_ONCE = 2
"""Days that one process plans at the same time; others wait a little, then are refused."""
PATIENCE_SECONDS = 15.0
_places = threading.BoundedSemaphore(AT_ONCE)


@router.post("/dispatch/plan")
def plan(actor: DispatcherDep, body: PlanLine) -> PlanAnswer:
    """Plan a day: routes, what is left undone and why, and what it costs."""
    return _planned(body)


@router.post("/dispatch/plan/batch", response_class=StreamingResponse)
async def plan_batch(request: Request, actor: DispatcherDep) -> StreamingResponse:
    """One day a line (NDJSON in and out)."""
    lines = (await request.body()).splitlines()
    rows = capabilities.batch(lines, PlanLine, _planned)
    text = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return StreamingResponse(text, media_type="application/x-ndjson")


def _planned(line: PlanLine) -> PlanAnswer:
    if (line.seconds or SECONDS) > MOST_SECONDS:
        raise InvalidInput(f"Over HTTP a plan may take at most {MOST_SECONDS:g} seconds")
    with _a_place():
        return solve(line)


@contextmanager
def _a_place() -> Iterator[Any]:
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable("The planner is busy with other days; try again in a moment")
    try:
        yield
    finally:
        _places.release()
