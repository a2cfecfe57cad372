"""A served demo company and a real chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import URL, NullPool, create_engine, text

from careloop.kit.ids import new_id

STATIC = Path(__file__).parents[2] / "careloop" / "api" / "static"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Server:
    """`careloop demo` as a process of its own, on a data folder of its own."""

    home: Path
    port: int
    database_url: str = ""
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.environment = {
            **os.environ, "CARELOOP_HOME": str(self.home), "CARELOOP_PORT": str(self.port),
            "CARELOOP_TURN_LEASE_SECONDS": "5", "CARELOOP_MESSAGES_PER_MINUTE": "1000",
            "CARELOOP_DATABASE_URL": self.database_url,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "careloop.api.cli.main", "demo"], env=self.environment,
            stdout=subprocess.DEVNULL, stderr=(self.home / "server.log").open("ab"),
        )  # fmt: skip
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/health/ready", timeout=1)
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.process.poll() is None, (self.home / "server.log").read_text()[-2000:]
                time.sleep(0.1)
        raise TimeoutError("the demo did not get ready")

    def kill(self) -> None:
        """kill -9: no good-bye."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not (STATIC / "widget" / "widget.js").is_file():
        pytest.fail("the web pages are not built; run `make web`")
    served = Server(tmp_path_factory.mktemp("demo"), free_port())
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def either_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The demo on each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("server")
        return
    address: URL = request.getfixturevalue("postgres_url")
    name = f"careloop_demo_{new_id()}"
    _administrate(address, f'CREATE DATABASE "{name}"')
    url = address.set(database=name).render_as_string(hide_password=False)
    served = Server(tmp_path_factory.mktemp("demo-pg"), free_port(), url)
    served.start()
    yield served
    served.stop()
    _administrate(address, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administrate(address: URL, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
