"""Webhooks over real HTTP: a fact in the books comes to a receiver that checks the signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from careloop.api.app import create_app
from careloop.api.bootstrap import Services, build
from careloop.api.deliveries import Postman
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.accounts.schemas import CreateToken
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.settings import Settings
from tests.outer_systems import Receiver, served

DEADLINE = 90.0
"""Long, because another process may have to start on a busy machine."""


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def address(receiver: Receiver) -> Iterator[str]:
    with served(receiver) as url:
        yield url


def opened(database: Database, home: Path, *origins: str, **more: Any) -> Services:
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(home=home, database_url=url, egress_allow=",".join(origins))
    return build(settings, **more)


@pytest.fixture
def services(database: Database, tmp_path: Path, address: str) -> Iterator[Services]:
    found = opened(database, tmp_path / "home", address)
    yield found
    found.close()


def client_of(services: Services, admin: Actor) -> TestClient:
    with services.database.write(admin.tenant_id) as session:
        command = CreateToken(name="t", scopes=["settings:write"], days=1)
        secret = accounts.create_token(session, admin, command).secret
    app = create_app(services, with_worker=False)
    return TestClient(app, headers={"Authorization": f"Bearer {secret}"})


def add(client: TestClient, url: str, *events: str) -> dict[str, Any]:
    body = {"url": f"{url}/in", "events": list(events) or ["*"]}
    answer = client.post("/v1/webhooks/endpoints", json=body, headers={"Idempotency-Key": url})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def open_ticket(services: Services, tenant: str, title: str = "pump leaks") -> str:
    told = services.runtime.invoke(system_actor(tenant), "tickets.open", {"title": title})
    return str(told.model_dump()["number"])


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As the guide tells a receiver to do it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(
        hmac.compare_digest(part.removeprefix("v1,"), expected)
        for part in headers["webhook-signature"].split(" ")
    )


def test_a_fact_arrives_signed_and_the_secret_is_shown_once(
    services: Services, tenant: str, admin: Actor, receiver: Receiver, address: str
) -> None:
    client = client_of(services, admin)
    made = add(client, address, "ticket.*")
    secret = made["secret"]
    assert secret.startswith("whsec_") and len(base64.b64decode(secret[6:])) == 32
    at = f"/v1/webhooks/endpoints/{made['id']}"
    assert client.get(at).json()["secret"] is None
    assert secret not in client.get("/v1/webhooks/endpoints").text
    number = open_ticket(services, tenant)
    postman = Postman(services)
    postman.start()
    try:
        until(lambda: len(receiver.requests) == 1)
        target, headers, body = receiver.requests[0]
        told = json.loads(body)
        assert (target, headers["content-type"]) == ("/in", "application/json")
        assert (told["type"], told["data"]["key"]) == ("ticket.opened", number)
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 30
        assert verified(secret, headers, body)
        turned = client.post(f"{at}/rotate", json={}, headers={"Idempotency-Key": "r"}).json()
        client.post(f"{at}/test")
        until(lambda: len(receiver.requests) == 2)
        _, headers, body = receiver.requests[1]
        assert json.loads(body)["type"] == "webhook.test"
        assert verified(secret, headers, body) and verified(turned["secret"], headers, body)
        log = client.get("/v1/webhooks/deliveries", params={"endpoint_id": made["id"]}).json()
        until(lambda: client.get("/v1/webhooks/deliveries?state=delivered").json()["items"] != [])
        one = log["items"][-1]["id"]
        detail = client.get(f"/v1/webhooks/deliveries/{one}").json()
        assert detail["attempt_log"][0]["answer"] == "thanks"
        again = client.post(
            f"/v1/webhooks/deliveries/{one}/replay", headers={"Idempotency-Key": "again"}
        )
        assert again.status_code == 202
        until(lambda: len(receiver.requests) == 3)
        _, headers, _ = receiver.requests[2]
        assert headers["webhook-id"] == receiver.requests[0][1]["webhook-id"]
        assert headers["webhook-replay"] == "1"
    finally:
        postman.stop()
    refused = client.post(
        "/v1/webhooks/endpoints", json={"url": "https://169.254.169.254/", "events": ["*"]},
        headers={"Idempotency-Key": "bad"},
    )  # fmt: skip
    assert (refused.status_code, refused.json()["code"]) == (422, "address_refused")


def test_a_slow_receiver_delays_nobody_else(
    database: Database, tenant: str, admin: Actor, tmp_path: Path
) -> None:
    slow, quick = Receiver(delay=1.5), Receiver()
    with served(slow) as slow_url, served(quick) as quick_url:
        services = opened(database, tmp_path / "home", slow_url, quick_url)
        client = client_of(services, admin)
        add(client, slow_url)
        add(client, quick_url)
        for n in range(12):
            open_ticket(services, tenant, f"T {n}")
        postman = Postman(services)
        begun = time.monotonic()
        postman.start()
        try:
            until(lambda: len(quick.requests) == 12)
            assert len(slow.requests) <= 2 + 2 * int((time.monotonic() - begun) / 1.5)
            assert len(set(quick.ids())) == 12
        finally:
            postman.stop()
            services.close()


KILLED = """
import sys, time
from pathlib import Path
from careloop.api.bootstrap import build
from careloop.api.deliveries import Postman
from careloop.kit.settings import Settings
home, url, origin = sys.argv[1:]
services = build(Settings(home=Path(home), database_url=url, egress_allow=origin))
Postman(services).start()
time.sleep(60)
"""


def test_a_sender_that_is_killed_loses_nothing_and_every_id_comes(
    database: Database, services: Services, tenant: str, admin: Actor, receiver: Receiver,
    address: str,
) -> None:  # fmt: skip
    add(client_of(services, admin), address)
    receiver.delay = 0.05
    for n in range(8):
        open_ticket(services, tenant, f"T {n}")
    settings = services.settings
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(settings.home), settings.database_url, address]
    )
    until(lambda: len(receiver.requests) >= 3)
    process.kill()
    process.wait(timeout=30)
    seen = len(receiver.ids())
    later = FixedClock(services.clock.now())
    later.advance(timedelta(minutes=5))
    second = opened(database, settings.home, address, clock=later)
    postman = Postman(second)
    try:
        for _ in range(40):
            for sent in postman.send_due():
                sent.result(timeout=20)
            if len(set(receiver.ids())) == 8 and not postman.send_due():
                break
    finally:
        postman.stop()
        second.close()
    assert len(set(receiver.ids())) == 8
    assert len(receiver.ids()) <= 8 + 2, "only what was on its way came twice, with the same id"
    assert seen < 8
