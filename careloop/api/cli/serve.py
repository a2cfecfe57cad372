"""`careloop serve` and `careloop worker`."""

from __future__ import annotations

import errno
import signal
import socket
from typing import Annotated

import typer
import uvicorn

from careloop.api.app import create_app
from careloop.api.bootstrap import Services
from careloop.api.cli.context import opened
from careloop.api.routes.login import is_loopback
from careloop.api.worker import Worker
from careloop.crm_core.accounts import queries as accounts
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Misconfigured


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)
    app.command("worker")(worker)


def serve(
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Run sweeps and jobs here too.")
    ] = True,
) -> None:
    """Serve web pages and API."""
    with opened() as services:
        run_server(services, with_worker)


def run_server(services: Services, with_worker: bool = True) -> None:
    """Listen until told to stop; a taken port is named with the way out."""
    settings = services.settings
    refuse_public_demo(services)
    listener = _listen(settings.host, settings.port)
    application = create_app(services, with_worker)
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, timeout_graceful_shutdown=5,
        ws_max_size=100_000,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])


def worker() -> None:
    """Run sweeps and jobs only; for installations with several processes."""
    with opened() as services:
        running = Worker(services)
        signal.signal(signal.SIGTERM, lambda *_: running.stop())
        try:
            running.run_until_stopped()
        except KeyboardInterrupt:
            running.stop()


def refuse_public_demo(services: Services) -> None:
    """The demo's passwords are public, so it is served to this machine alone."""
    if is_loopback(services.settings.host):
        return
    with services.database.read(EVERY_TENANT) as session:
        tenant = accounts.tenant_by_slug(session, services.settings.default_tenant)
        if tenant.profile.get("demo_logins"):
            raise Misconfigured(
                "This data folder holds the demo with public passwords; serve it on 127.0.0.1, "
                "or run `careloop init` in another CARELOOP_HOME"
            )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Misconfigured(
                f"Port {port} is taken; stop the other program or choose one: "
                f"CARELOOP_PORT={port + 1}"
            ) from None
        raise Misconfigured(f"Cannot listen on {host}:{port}: {error.strerror}") from None
    return listener
