"""What is configured, reachable and missing in an installation; looks only, changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from careloop.api import doctor_books, pg_client
from careloop.api.finding import Finding
from careloop.api.routes.login import is_loopback
from careloop.kit.errors import CareloopError
from careloop.kit.secret import read_key
from careloop.kit.settings import Settings

STATIC = Path(__file__).parent / "static"
OLDEST_PYTHON = (3, 11)
LOW_DISK_BYTES, FULL_DISK_BYTES = 2_000_000_000, 200_000_000
_PAGES = {
    "chat widget": "widget/widget.js",
    "agent desk": "desk/index.html",
    "demo page": "demo/index.html",
}


def diagnose(settings: Settings) -> list[Finding]:
    """Everything an operator should know before calling for help; never raises for a finding."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _python,
        _data_folder,
        _disk,
        _secret,
        doctor_books.check,
        _pages,
        _port,
        _addresses,
        _optional,
    )
    return [finding for check in checks for finding in check(settings)]


def _python(_: Settings) -> Iterator[Finding]:
    wanted = ".".join(map(str, OLDEST_PYTHON))
    if sys.version_info < OLDEST_PYTHON:
        yield Finding.fail(
            "python", f"Python {platform.python_version()}; {wanted} or newer is needed"
        )
    else:
        library = sqlite3.sqlite_version
        yield Finding.ok("python", f"Python {platform.python_version()}, SQLite {library}")


def _data_folder(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    if not home.exists():
        yield Finding.warn("data", f"There is no data folder {home} yet; run `careloop init`")
    elif not home.is_dir():
        yield Finding.fail("data", f"{home} is not a folder; set CARELOOP_HOME to one")
    elif not os.access(home, os.W_OK | os.X_OK):
        yield Finding.fail("data", f"{home} cannot be written to by this user; change its owner")
    elif _mode(home) & 0o077:
        yield Finding.warn("data", f"{home} is open to other users; run `chmod 700 {home}`")
    else:
        yield Finding.ok("data", f"Data folder {home} is writable, by its owner alone")


def _disk(settings: Settings) -> Iterator[Finding]:
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(place).free
    message = f"{free / 1e9:.1f} GB free on the disk of {place}"
    if free < FULL_DISK_BYTES:
        yield Finding.fail("disk", f"Only {message}; nothing can be stored soon")
    elif free < LOW_DISK_BYTES:
        yield Finding.warn("disk", f"Only {message}")
    else:
        yield Finding.ok("disk", message)


def _secret(settings: Settings) -> Iterator[Finding]:
    if not settings.secret_file.exists():
        yield Finding.warn("secret key", "No secret key yet; `careloop init` makes it")
        return
    try:
        read_key(settings.secret_file)
    except (CareloopError, OSError) as error:
        yield Finding.fail("secret key", str(error))
    else:
        yield Finding.ok(
            "secret key", f"{settings.secret_file.name} is readable by its owner alone"
        )


def _pages(_: Settings) -> Iterator[Finding]:
    missing = [name for name, path in _PAGES.items() if not (STATIC / path).is_file()]
    if not missing:
        yield Finding.ok("web pages", "Built")
        return
    node = "" if shutil.which("node") else " (needs Node 20 or newer, which is not installed)"
    yield Finding.warn("web pages", f"Not built: {', '.join(missing)}; run `make web`{node}")


def _port(settings: Settings) -> Iterator[Finding]:
    where = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
            probe.listen(1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            yield Finding.warn(
                "port", f"{where}: {reason}; fine if that is Careloop, else choose another"
            )
        else:
            yield Finding.ok("port", f"{where} is free")


def _addresses(settings: Settings) -> Iterator[Finding]:
    """Public address, cookies and metrics must fit together."""
    address = urlsplit(settings.public_url)
    local = is_loopback(address.hostname or "")
    secure = settings.secure_cookies
    if address.scheme not in {"http", "https"} or not address.hostname or address.path:
        yield Finding.fail(
            "address", "CARELOOP_BASE_URL must look like https://service.example.com"
        )
    elif address.scheme == "https" and not secure:
        yield Finding.warn("address", "Served over https: set CARELOOP_SECURE_COOKIES=true")
    elif address.scheme == "http" and secure:
        yield Finding.fail(
            "address",
            "CARELOOP_SECURE_COOKIES is set, but the address is http: browsers drop the cookie "
            "and nobody can log in; set CARELOOP_BASE_URL to the https address",
        )
    elif address.scheme == "http" and not local:
        yield Finding.warn(
            "address", f"{settings.public_url} is not encrypted; put TLS in front of it"
        )
    elif local and not is_loopback(settings.host):
        yield Finding.warn(
            "address",
            f"Other machines can reach {settings.host}:{settings.port}, but links name "
            "localhost; set CARELOOP_BASE_URL",
        )
    else:
        yield Finding.ok("address", settings.public_url)
    if not settings.metrics_token:
        yield Finding.ok(
            "metrics",
            "/metrics answers this machine alone",
            adds="CARELOOP_METRICS_TOKEN lets a Prometheus elsewhere read it",
        )
    else:
        yield Finding.ok("metrics", "/metrics wants its token")


def _optional(settings: Settings) -> Iterator[Finding]:
    """Things that nobody must have, and what each would add."""
    pg_dump = shutil.which("pg_dump")
    if not settings.is_sqlite and not pg_dump:
        yield Finding.warn(
            "pg_dump",
            "Not on the PATH; `careloop backup` cannot work",
            adds="backups of PostgreSQL (Debian: apt install postgresql-client)",
        )
    elif not settings.is_sqlite:
        yield Finding.ok("pg_dump", f"{pg_dump}")
    if settings.is_sqlite:
        yield _extra(
            "psycopg",
            pg_client.driver_installed(),
            "PostgreSQL as the database, for several processes: pip install 'careloop[pg]'",
        )
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    yield _extra("chromium", browser is not None, "tests of the web pages; nothing in service")
    yield _extra("CJK fonts", _has_cjk_fonts(), "screenshots with Chinese text in those tests")


def _extra(name: str, there: bool, adds: str) -> Finding:
    return Finding.ok(name, "Installed" if there else "Not installed", adds="" if there else adds)


def _has_cjk_fonts() -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return False
    done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
        [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=20, check=False
    )
    return bool(done.stdout.strip())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
