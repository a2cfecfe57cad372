"""The doctor names what is wrong, and makes nothing by looking."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from careloop.api import doctor, pg_client, schema
from careloop.api.finding import Finding
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.accounts.models import User
from careloop.crm_core.workforce import service as workforce
from careloop.crm_core.workforce.schemas import OfficeHoursView
from careloop.kit.actor import system_actor
from careloop.kit.db import Database
from careloop.kit.secret import ensure_key
from careloop.kit.settings import Settings


def _found(settings: Settings) -> dict[str, Finding]:
    return {finding.area: finding for finding in doctor.diagnose(settings)}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def ready(database: Database, tmp_path: Path, port: int) -> Settings:
    """An installation in which nothing is missing but the web pages."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(home=home, port=port, database_url=url)
    ensure_key(settings.secret_file)
    with database.write() as session:
        tenant = accounts.ensure_tenant(session, "default", "Maker")
        session.add(
            User(tenant_id=tenant.tenant_id, email="a@maker.example", name="A", role="admin")
        )
        hours = OfficeHoursView(time_zone="Europe/Berlin", weekly={"0": [("09:00", "17:00")]})
        workforce.set_office_hours(session, system_actor(tenant.tenant_id), hours)
    return settings


def test_a_good_installation_has_no_complaint(
    ready: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "STATIC", _built(tmp_path / "static"))
    findings = doctor.diagnose(ready)
    assert [finding for finding in findings if finding.state != "ok"] == []
    areas = {finding.area for finding in findings}
    assert {"python", "data", "disk", "secret key", "database", "schema", "admin", "office hours",
            "demo", "web pages", "port", "address", "metrics"} <= areas  # fmt: skip
    json.dumps([finding.model_dump() for finding in findings])


def test_looking_makes_nothing(tmp_path: Path, port: int) -> None:
    settings = Settings(home=tmp_path / "home", port=port)
    found = _found(settings)
    assert not settings.home.exists()
    for area in ("data", "secret key", "database"):
        assert found[area].state == "warn"
        assert "careloop init" in found[area].message


def test_an_empty_installation_says_what_to_do(empty_database: Database, tmp_path: Path) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    settings = Settings(home=tmp_path, database_url=url)
    if empty_database.is_sqlite:
        with empty_database.read() as session:
            session.execute(text("SELECT 1"))
    assert "careloop migrate" in _found(settings)["schema"].message
    schema.upgrade(empty_database)
    assert "careloop init" in _found(settings)["tenant"].message


def test_permissions(ready: Settings) -> None:
    ready.home.chmod(0o755)
    ready.secret_file.chmod(0o644)
    found = _found(ready)
    assert (found["data"].state, found["secret key"].state) == ("warn", "fail")
    assert "chmod 600" in found["secret key"].message


def test_a_damaged_key(ready: Settings) -> None:
    ready.secret_file.write_text("no hex")
    assert _found(ready)["secret key"].state == "fail"


def test_a_newer_schema(ready: Settings, database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert _found(ready)["schema"].state == "fail"


def test_no_admin_and_no_office_hours(ready: Settings, database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE user_account SET active = :no"), {"no": False})
        session.execute(text("DELETE FROM office_hours"))
    found = _found(ready)
    assert (found["admin"].state, found["office hours"].state) == ("warn", "warn")


def test_demo_logins_stay_on_this_machine(ready: Settings, database: Database) -> None:
    with database.write() as session:
        tenant = accounts.ensure_tenant(session, "default", "Maker")
        accounts.describe_tenant(
            session, tenant.tenant_id, "Maker", {"demo_logins": [{"email": "a", "password": "b"}]}
        )
    assert _found(ready)["demo"].state == "ok"
    outside = ready.model_copy(update={"host": "0.0.0.0"})
    assert _found(outside)["demo"].state == "fail"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "careloop.db").write_text("a letter, not a database" * 50)
    found = _found(Settings(home=tmp_path))["database"]
    assert found.state == "fail"
    assert "not a database" in found.message


def test_postgres_out_of_reach_keeps_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://careloop:hush@/books?host={tmp_path}"
    found = _found(Settings(home=tmp_path, database_url=url))["database"]
    assert found.state == "fail"
    assert "hush" not in found.message


def test_the_postgres_driver_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pg_client, "driver_installed", lambda: False)
    url = "postgresql+psycopg://careloop@localhost/books"
    assert "careloop[pg]" in _found(Settings(home=tmp_path, database_url=url))["database"].message
    assert "careloop[pg]" in _found(Settings(home=tmp_path))["psycopg"].adds


def test_pg_dump_is_missing(
    make_postgres: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = _found(Settings(home=tmp_path, database_url=make_postgres()))
    assert found["pg_dump"].state == "warn"
    assert found["chromium"].message == "Not installed"
    assert found["chromium"].adds


def test_a_url_that_is_none(tmp_path: Path) -> None:
    found = _found(Settings(home=tmp_path, database_url="books please"))["database"]
    assert found.state == "fail"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "ok"),
        ({"base_url": "https://service.maker.example", "secure_cookies": True}, "ok"),
        ({"base_url": "https://service.maker.example"}, "warn"),
        ({"base_url": "http://service.maker.example"}, "warn"),
        ({"base_url": "http://service.maker.example", "secure_cookies": True}, "fail"),
        ({"secure_cookies": True}, "fail"),
        ({"base_url": "service.maker.example"}, "fail"),
        ({"base_url": "https://maker.example/service", "secure_cookies": True}, "fail"),
        ({"host": "0.0.0.0"}, "warn"),
    ],
)
def test_addresses_fit_together(
    tmp_path: Path, port: int, values: dict[str, object], state: str
) -> None:
    settings = Settings(home=tmp_path, port=port, **values)  # type: ignore[arg-type]
    assert _found(settings)["address"].state == state


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = Settings(home=tmp_path, port=other.getsockname()[1])
        assert _found(settings)["port"].state == "warn"


@pytest.mark.parametrize(("free", "state"), [(1e8, "fail"), (1e9, "warn"), (1e10, "ok")])
def test_disk_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, state: str
) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: SimpleNamespace(free=int(free)))
    assert _found(Settings(home=tmp_path))["disk"].state == state


def test_pages_that_are_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    static = _built(tmp_path / "static")
    (static / "desk" / "index.html").unlink()
    monkeypatch.setattr(doctor, "STATIC", static)
    found = _found(Settings(home=tmp_path))["web pages"]
    assert found.state == "warn"
    assert "agent desk" in found.message


def _built(static: Path) -> Path:
    for name in ("widget/widget.js", "desk/index.html", "demo/index.html"):
        (static / name).parent.mkdir(parents=True)
        (static / name).write_text("built")
    return static
