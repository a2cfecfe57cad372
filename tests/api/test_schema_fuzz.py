"""Every route under generated requests, good and bad: it answers as its own schema says.

Requests come from the OpenAPI document (Schemathesis). A 5xx, an answer that its schema does not
describe, or a failure that is no problem document is a bug, on either database.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from conftest import CLIENT, _administrate, _maker
from httpx2 import InvalidURL
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.errors import InvalidSchema
from sqlalchemy import URL
from starlette.testclient import TestClient
from test_every_route import _Bare

from careloop.api.app import create_app
from careloop.api.bootstrap import build
from careloop.crm_core.accounts import passwords, service
from careloop.kit.ids import new_id
from careloop.kit.settings import Settings

EXAMPLES = 3
# They would end the login that the fuzzing itself needs, or wait for an answer from outside.
LEFT_OUT = ("/v1/auth/logout", "/metrics")

load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(
    create_app(_Bare(), with_worker=False).openapi()  # type: ignore[arg-type]
)
PROMISES = [
    CHECKS.get_one(name)
    for name in ("not_a_server_error", "response_schema_conformance", "content_type_conformance")
]


class Fuzzed:
    """A house of its own: what the requests do to it may not touch other tests."""

    def __init__(self, made: Settings) -> None:
        self.services = build(made)
        self.maker = _maker(self.services, "default", "mine")
        app = create_app(self.services, with_worker=False)
        self.client = TestClient(app, client=CLIENT, raise_server_exceptions=False)
        self.client.headers["x-careloop"] = "desk"

    def log_in(self) -> None:
        """As the admin, whose account the last request may have changed."""
        with self.services.database.write() as session:
            admin = self.maker.staff["admin"]
            user = service.queries.user(session, admin, admin.user_id or "")
            user.active, user.role = True, "admin"
            secret = service.open_session(session, admin.tenant_id, user.id, 12)
        self.client.cookies.set("careloop_session", secret)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def fuzzed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fuzzed]:
    home = tmp_path_factory.mktemp("fuzzed")
    with pytest.MonkeyPatch.context() as patch:
        cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_hasher", cheap)
        if request.param == "sqlite":
            template: Path = request.getfixturevalue("sqlite_template")
            shutil.copyfile(template, home / "careloop.db")
            made = Settings(home=home, max_upload_mb=2)
        else:
            server: URL = request.getfixturevalue("postgres_url")
            source: URL = request.getfixturevalue("postgres_template")
            name = f"careloop_fuzzed_{new_id()}"
            _administrate(server, f'CREATE DATABASE "{name}" TEMPLATE "{source.database}"')
            url = server.set(database=name).render_as_string(hide_password=False)
            made = Settings(home=home, database_url=url, max_upload_mb=2)
        house = Fuzzed(made)
        yield house
        house.services.close()


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_route_keeps_its_schema(fuzzed: Fuzzed, case: Any) -> None:
    if case.operation.path in LEFT_OUT:
        return
    fuzzed.log_in()
    services = fuzzed.services
    for limit in (services.message_limit, services.login_limit, services.visit_limit):
        limit._acts.clear()
    asked = case.as_transport_kwargs(base_url="http://testserver")
    asked = {key: value for key, value in asked.items() if key in {
        "method", "url", "params", "headers", "json", "data", "files", "cookies"}}  # fmt: skip
    if isinstance(asked.get("data"), bytes | str):
        asked["content"] = asked.pop("data")
    # As on the wire: a header is bytes, and any of them may come.
    sent = dict(asked["headers"])
    asked["headers"] = {key: str(value).encode("latin-1", "replace") for key, value in sent.items()}
    asked.pop("cookies", None)
    try:
        answer = fuzzed.client.request(**asked, follow_redirects=False)
    except InvalidURL:
        return  # longer than any client sends
    assert answer.status_code < 500, answer.text
    if "files" not in asked:  # whose bodies are streams that cannot be read again
        with suppress(InvalidSchema):  # it cannot read the tuples of JSON Schema 2020-12
            case.validate_response(answer, checks=PROMISES)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", answer.text
