"""The HTTP application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from careloop import __version__
from careloop.api import problems
from careloop.api.bootstrap import Services
from careloop.api.description import describe_failures
from careloop.api.live import Hub, poll_changes
from careloop.api.middleware import ChatCors, Guard
from careloop.api.routes import (
    articles,
    asset_labels,
    asset_parts,
    assets,
    audit,
    billing,
    calendars,
    chat,
    connectors,
    contracts,
    conversations,
    custom,
    dispatch,
    dispatch_drafts,
    dispatch_plan,
    engineers,
    exports,
    fault_findings,
    faults,
    feedback,
    field_page,
    imports,
    invoices,
    knowledge,
    learning,
    login,
    notices,
    oidc,
    privacy,
    public_devices,
    public_feedback,
    public_quotes,
    quotes,
    records,
    rules,
    sessions,
    sla,
    sockets,
    sop_runs,
    sops,
    staff,
    stock,
    stock_documents,
    stock_moves,
    system,
    terms,
    ticket_bulk,
    ticket_costs,
    ticket_family,
    tickets,
    translations,
    views,
    webhooks_out,
    workorders,
)  # fmt: skip
from careloop.api.warmup import warm
from careloop.api.worker import Worker


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
    app.add_middleware(Guard, services=services)
    app.add_middleware(ChatCors, services=services)
    for module in (
        calendars, contracts, notices, sla,
        chat, login, oidc, sessions, audit, views, privacy, conversations, tickets,
        ticket_bulk, ticket_family, workorders, sops, sop_runs,
        asset_labels, assets, asset_parts, public_devices,
        records, staff, articles, knowledge, learning,
        sockets, terms, translations, stock, stock_documents, stock_moves, system, exports, imports,
        dispatch_plan, dispatch, dispatch_drafts, engineers,
    ):  # fmt: skip
        app.include_router(module.router)
    app.include_router(webhooks_out.router)
    app.include_router(connectors.router)
    webhooks_out.describe(app)
    app.include_router(field_page.router)
    app.include_router(custom.router)
    app.include_router(rules.router)
    for module in (faults, fault_findings, feedback, public_feedback):
        app.include_router(module.router)
    for module in (billing, ticket_costs, quotes, invoices, public_quotes):
        app.include_router(module.router)
    app.include_router(ticket_family.signed_files)
    app.include_router(workorders.signed_files)
    app.include_router(privacy.open_router)
    describe_failures(app)
    return app
