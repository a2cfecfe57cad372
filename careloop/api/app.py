"""The HTTP application."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware

from careloop import __version__
from careloop.api import cors, problems
from careloop.api.bootstrap import Services
from careloop.api.live import Hub, poll_changes
from careloop.api.routes import (
    chat,
    conversations,
    knowledge,
    login,
    records,
    sockets,
    staff,
    system,
    tickets,
)  # fmt: skip
from careloop.api.warmup import warm
from careloop.api.worker import Worker
from careloop.kit.telemetry import REQUEST_SECONDS

BODY_LIMIT = 2_000_000
BATCH_LIMIT = 50_000_000

Next = Callable[[Request], Awaitable[Response]]


def create_app(services: Services, with_worker: bool = True) -> FastAPI:
    """All doors of one installation; `with_worker` runs sweeps and jobs in this process too."""
    hub = Hub()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        hub.bind(asyncio.get_running_loop())
        hub.listen(services.database)
        polling = asyncio.create_task(poll_changes(hub, services.database, services.clock))
        warming = asyncio.create_task(asyncio.to_thread(warm, services))
        worker = Worker(services) if with_worker else None
        if worker is not None:
            worker.start()
        try:
            yield
        finally:
            polling.cancel()
            warming.cancel()
            if worker is not None:
                await asyncio.to_thread(worker.stop)

    app = FastAPI(
        title="Careloop",
        version=__version__,
        summary="After-sales service for equipment makers",
        lifespan=lifespan,
        docs_url="/docs",
        redoc_url=None,
    )
    app.state.services = services
    app.state.hub = hub
    problems.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.middleware("http")(_guard)
    cors.install(app, services)
    for module in (
        chat, login, conversations, tickets, records, staff, knowledge, sockets, system,
    ):  # fmt: skip
        app.include_router(module.router)
    return app


async def _guard(request: Request, call_next: Next) -> Response:
    """Refuse oversized bodies early, time the request, set the safe headers."""
    length = request.headers.get("content-length", "0")
    limit = _body_limit(request)
    if length.isdigit() and int(length) > limit:
        return problems.too_large(limit)
    began = time.perf_counter()
    response = await call_next(request)
    route = request.scope.get("route")
    path = getattr(route, "path", "other")
    REQUEST_SECONDS.labels(request.method, path, response.status_code).observe(
        time.perf_counter() - began
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.url.path.startswith(("/desk", "/docs")):
        response.headers.setdefault("X-Frame-Options", "DENY")
    return response


def _body_limit(request: Request) -> int:
    path = request.url.path
    if path.endswith("/uploads"):
        services: Services = request.app.state.services
        return services.settings.max_upload_mb * 1_000_000 + 10_000
    return BATCH_LIMIT if path.endswith("/batch") else BODY_LIMIT
