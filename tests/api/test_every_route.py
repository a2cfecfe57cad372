"""Promises every route keeps, read from the routes themselves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.testclient import TestClient

from careloop.api.app import create_app
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.kit.ids import new_id
from careloop.kit.settings import Settings
from tests import rows

# Doors that stand open, and why.
OPEN = {
    "/v1/chat/config": "what the widget shows before a chat",
    "/v1/chat/sessions": "starts a chat",
    "/v1/auth/login": "the login itself",
    "/v1/auth/logout": "ends the cookie it is sent with",
    "/v1/auth/hints": "demo logins, on loopback",
    "/v1/auth/forgot": "asks for a link by mail",
    "/v1/auth/reset": "the link's secret is the permission",
    "/v1/auth/reset/check": "the link's secret is the permission",
    "/v1/auth/oidc/start": "the login itself",
    "/v1/auth/oidc/callback": "the login itself",
    "/v1/public/privacy-note": "what a visitor is told before they write",
    "/v1/public/devices/{code}": "the code on the device is the permission",
    "/v1/public/devices/{code}/articles/{key}": "the code on the device is the permission",
    "/v1/public/devices/{code}/documents/{document_id}": "the code on the device is the permission",
    "/v1/public/devices/{code}/uploads": "the code on the device is the permission",
    "/v1/public/devices/{code}/reports": "the code on the device is the permission",
    "/v1/public/reports/{token}": "the reporter's secret is the permission",
    "/v1/public/reports/{token}/uploads": "the reporter's secret is the permission",
    "/v1/public/reports/{token}/additions": "the reporter's secret is the permission",
    "/v1/public/reports/{token}/consent": "the reporter's secret is the permission",
    "/v1/public/reports/{token}/judgement": "the reporter's secret is the permission",
    "/v1/public/surveys/{token}": "the customer's secret is the permission",
    "/v1/public/surveys/{token}/stop": "the customer's secret is the permission",
    "/r/assets/{name}": "scripts and styles of the survey's page",
    "/r/{token}": "the built page",
    "/d/assets/{name}": "scripts and styles of the device's page",
    "/d/r/{token}": "the built page",
    "/d/{code}": "the built page",
    "/v1/device-documents/{document_id}": "signed links",
    "/v1/ticket-files/{file_id}": "signed links",
    "/v1/visit-files/{file_id}": "signed links",
    "/v1/files/{attachment_id}": "signed links",
    "/v1/kb/figures/{article_id}/{name}": "signed links",
    "/health/live": "health",
    "/health/ready": "health",
    "/metrics": "loopback or token",
    "/": "redirect",
    "/demo": "the demo page",
    "/widget.js": "the widget",
    "/v1/public/quotes/{token}": "the secret link is the permission",
    "/v1/public/quotes/{token}/print": "the secret link is the permission",
    "/q/{token}": "the built page",
    "/q/assets/{name}": "scripts and styles of a quote's page",
    "/field": "the built page",
    "/field/{path:path}": "the built page",
    "/desk": "the built page",
    "/desk/{path:path}": "the built page",
}


# Where the same id may be a row of each maker: numbers, codes that people chose, kinds.
EACH_MAKERS_OWN = re.compile(
    r"^/v1/(tickets/\{number\}|dispatch/jobs/\{number\}|kb/ticket-drafts/\{number\}|kb/terms/\{key\}$"
    r"|stock/locations/\{location\}$|exports/\{kind\}|privacy/retention/\{kind\})"
)


GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


class _Bare:
    """Enough of the services to list the routes."""

    settings = Settings()


def routes() -> list[tuple[str, str]]:
    app = create_app(_Bare(), with_worker=False)  # type: ignore[arg-type]
    found = []

    def walk(items: Any, prefix: str = "") -> None:
        for route in items:
            if isinstance(route, APIRoute):
                found.extend((method, prefix + route.path) for method in sorted(route.methods))
            elif hasattr(route, "original_router"):
                walk(route.original_router.routes, prefix)
            elif not isinstance(route, APIWebSocketRoute) and hasattr(route, "routes"):
                walk(route.routes or [], prefix + getattr(route, "path", ""))

    walk(app.routes)
    return sorted(set(found))


ROUTES = routes()
CLOSED = [(method, path) for method, path in ROUTES if path not in OPEN]
READ = [path for method, path in CLOSED if method == "GET" and not path.startswith("/v1/chat/")]


def test_the_list_is_the_whole_house(house: Any) -> None:
    documented = {
        (method.upper(), path)
        for path, methods in house.client.get("/openapi.json").json()["paths"].items()
        for method in methods
    }
    missing = documented - {(m, p.replace(":path", "")) for m, p in ROUTES}
    assert missing == set()
    assert len(ROUTES) > 55
    assert set(OPEN) <= {path for _, path in ROUTES}


def filled(path: str, maker: Any) -> str:
    values = {
        "conversation_id": maker.conversation, "number": maker.ticket, "serial": maker.serial,
        "customer_id": maker.customer, "contact_id": maker.contact,
        "user_id": maker.staff["agent"].user_id, "token_id": maker.token,
        "reply_id": maker.saved_reply, "key:path": maker.document, "key": maker.document,
        "attachment_id": maker.attachment, "job_id": maker.job, "article_id": maker.article,
        "intake_id": maker.intake, "proposal_id": maker.job, "page_number": "1", "name": "fig-1",
        "gap_id": maker.gap, "lang": "de",
    }  # fmt: skip
    values = {**maker.values, **values}
    return re.sub(r"\{([^}]+)\}", lambda found: str(values[found.group(1)]), path)


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer clp_" + "x" * 43},
        {"Authorization": "Basic YWRtaW46YWRtaW4="},
        {"Cookie": "careloop_session=cls_" + "x" * 43, "X-Careloop": "desk"},
        {"X-Forwarded-User": "admin", "X-Tenant-Id": "default"},
    ],
    ids=["nothing", "token", "basic", "cookie", "claims"],
)
def test_no_route_opens_without_a_login(
    house: Any, method: str, path: str, headers: dict[str, str]
) -> None:
    address = filled(path, house.mine)
    answer = house.client.request(method, address, headers=headers, json={})
    assert answer.status_code == 401, (method, address, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path"),
    [(m, p) for m, p in CLOSED if m != "GET" and not p.startswith("/v1/chat/")],
)
def test_every_write_with_a_cookie_wants_our_header(house: Any, method: str, path: str) -> None:
    cookie = {"Cookie": house.mine.headers["admin"]["Cookie"]}
    answer = house.client.request(method, filled(path, house.mine), headers=cookie, json={})
    assert answer.status_code == 403, (method, path, answer.text)


@pytest.mark.parametrize("path", READ)
def test_no_read_tells_one_maker_of_another(house: Any, path: str) -> None:
    """As our admin, with the other maker's ids in the path and in every filter."""
    them = house.theirs
    query = {
        "q": "theirs", "customer_id": them.customer, "serial": them.serial,
        "assignee_id": them.staff["agent"].user_id, "model": "PX-100",
    }  # fmt: skip
    address = filled(path, them)
    asked = [house.get(address), house.get(address, params=query)]
    for answer in asked:
        text = answer.text
        if path.startswith("/v1/tickets/{number}"):
            text = text.replace(them.ticket, "")
        if path.startswith("/v1/connectors"):  # a mapping's own word for the other side
            text = text.replace(json.dumps(EXAMPLE)[1:-1], "").replace('"theirs"', "")
        for telling in (
            them.tenant, "theirs", "Theirs", "THEIRS", them.customer, them.contact,
            them.conversation, them.attachment, them.saved_reply, them.token, them.serial,
        ):  # fmt: skip
            if answer.status_code >= 400:
                for written in address.split("/")[3:]:  # a refusal may repeat what was asked for
                    text = text.replace(written, "")
            if path.startswith("/v1/conversations") and telling == them.serial:
                continue  # our own visitor of another test typed it
            assert telling not in text, (path, telling)
        if "{" in path and not EACH_MAKERS_OWN.match(path):
            assert answer.status_code in {404, 422}, (path, answer.text)


# Where a generated body would be refused before the id in the path is looked at.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/v1/kb/terms/proposals/{proposal_id}/accept"): {"kind": "component", "names": {}},
    ("POST", "/v1/contacts/{contact_id}/link"): {"customer_id": "MINE"},
    ("POST", "/v1/assets/{serial}/documents"): {"article": "ALARM", "title": "Alarms"},
    ("PUT", "/v1/calendars/{calendar_id}"): {
        "code": "taken",
        "name": "Taken",
        "time_zone": "UTC",
        "always": True,
        "version": 1,
    },
    **rows.bodies(),
}
WRITES = [
    (m, p) for m, p in CLOSED
    if m != "GET" and "{" in p and not EACH_MAKERS_OWN.match(p) and not p.startswith("/v1/chat/")
]  # fmt: skip


# Writes that take no idempotency key, and why a repeated one does no harm.
KEYLESS = {
    "/v1/chat/": "a message carries an id of its own, the rest sets a state",
    "/v1/public/": "a report carries an id of its own; loose photos are swept",
    "/v1/auth/": "logins and secrets that end with their use",
    "/v1/me": "sets a state",
    "/v1/presence": "sets a state",
    "/v1/office-hours": "sets a state",
    "/v1/saved-replies": "sets what stands under a shortcut",
    "/v1/conversations/{conversation_id}/uploads": "files are stored by their content",
    "/v1/conversations/{conversation_id}/typing": "passes and is not stored",
    "/v1/tickets/{number}/watch": "sets a state",
    "/v1/tickets/{number}/unwatch": "sets a state",
    "/v1/users/{user_id}/reset-link": "a new link ends the former",
    "/v1/privacy/contacts/{contact_id}/export": "reads, and notes that it was read",
    "/v1/kb/preview": "keeps nothing",
    "/v1/kb/search": "keeps nothing",
    "/v1/ask": "keeps nothing",
    "/v1/dispatch/plan": "computes and keeps nothing",
    "/v1/connectors/check": "keeps nothing",
    "/v1/feedback/settings/preview": "keeps nothing",
    "/v1/rules/test": "is rolled back",
    "/v1/kb/terms/import": "sets what stands under a key",
    "/v1/stock/commands": "each command carries an id of its own",
}


def test_every_write_takes_an_idempotency_key(house: Any) -> None:
    without = {
        path
        for path, operations in house.app.openapi()["paths"].items()
        for method in ("post", "put", "patch")
        if method in operations
        and "Idempotency-Key" not in {p["name"] for p in operations[method].get("parameters", [])}
    }
    unexplained = [path for path in without if not path.startswith(tuple(KEYLESS))]
    assert unexplained == []


def sent_to(house: Any, method: str, path: str) -> dict[str, Any]:
    """A body that fits the route's schema, with the ids of our own maker."""
    operation = house.client.get("/openapi.json").json()["paths"][path.replace(":path", "")]
    if "multipart/form-data" in operation[method.lower()].get("requestBody", {}).get("content", {}):
        return {"files": {"file": ("a.gif", GIF, "image/gif")}}
    body = BODIES.get((method, path)) or rows.body_of(
        house.app.openapi(), operation[method.lower()], house.mine.values
    )
    if body.get("customer_id") == "MINE":
        body = {**body, "customer_id": house.mine.customer}
    return {"json": body}


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_write_reaches_another_maker(house: Any, method: str, path: str) -> None:
    """As our admin, with the other maker's id in the path and a body that fits the schema."""
    sent = sent_to(house, method, path)
    headers = {**house.mine.headers["admin"], "Idempotency-Key": new_id()}
    answer = house.client.request(method, filled(path, house.theirs), headers=headers, **sent)
    assert answer.status_code == 404, (method, path, sent, answer.text)


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in CLOSED if "{" in p])
def test_no_part_of_a_path_breaks_a_route(house: Any, method: str, path: str) -> None:
    """Longer than any id, an emoji, a NUL, a mark that turns text round, a folder above."""
    sent = {} if method in {"GET", "DELETE"} else sent_to(house, method, path)
    headers = {**house.mine.headers["admin"], "Idempotency-Key": new_id()}
    if path.startswith("/v1/chat/"):
        headers = house.start_chat().headers
    client = TestClient(house.app, raise_server_exceptions=False)
    for part in ("9" * 300, "%F0%9F%94%A7", "%00", "%E2%80%AE", "..%2F..", "-1"):
        address = re.sub(r"\{[^}]+\}", part, path)
        answer = client.request(method, address, headers=headers, **sent)
        assert 400 <= answer.status_code < 500, (method, address[:80], answer.text[:300])
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_ticket_of_the_same_number_is_each_makers_own(house: Any) -> None:
    mine = house.get(f"/v1/tickets/{house.mine.ticket}").json()
    assert house.mine.ticket == house.theirs.ticket
    assert "theirs" not in json.dumps(mine)
    last = "TK-2099-000004"
    assert house.get(f"/v1/tickets/{last}").status_code == 404


def test_our_links_into_another_maker_are_refused(house: Any) -> None:
    them = house.theirs
    for body in (
        {"title": "x", "customer_id": them.customer},
        {"title": "x", "contact_id": them.contact},
        {"title": "x", "conversation_id": them.conversation},
        {"title": "x", "serial": them.serial},
    ):
        assert house.post("/v1/tickets", body).status_code == 404, body
    path = f"/v1/tickets/{house.mine.ticket}"
    body = {"assignee_id": them.staff["agent"].user_id}
    answer = house.client.patch(path, json=body, headers=house.mine.headers["admin"])
    assert answer.status_code == 404
    link = {"customer_id": them.customer}
    assert house.post(f"/v1/contacts/{house.mine.contact}/link", link).status_code == 404


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in CLOSED if m in {"POST", "PATCH"}])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"[]", b"null", b"9" * 400])
def test_no_broken_body_breaks_a_route(house: Any, method: str, path: str, body: bytes) -> None:
    if path.endswith(("/batch", "/uploads")):
        return
    headers = {**house.mine.headers["admin"], "Content-Type": "application/json"}
    if path.startswith("/v1/chat/"):
        chat = house.start_chat()
        headers = {**chat.headers, "Content-Type": "application/json"}
    answer = house.client.request(method, filled(path, house.theirs), headers=headers, content=body)
    assert answer.status_code < 500, (method, path, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Traceback" not in answer.text


def test_a_bug_says_nothing_of_the_inside(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from careloop.crm_core.tickets import list_queries

    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2 at /home/someone")

    monkeypatch.setattr(list_queries, "page", explode)
    client = TestClient(house.app, raise_server_exceptions=False)
    answer = client.get("/v1/tickets", headers=house.mine.headers["admin"])
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "bug"
    assert "hunter2" not in answer.text
    assert "someone" not in answer.text


@pytest.mark.parametrize("path", ["/v1/nothing", "/nothing", "/v1/tickets/x/y/z"])
def test_nothing_is_a_problem_too(house: Any, path: str) -> None:
    answer = house.client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    wrong = house.client.delete("/v1/auth/login")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")


def test_a_huge_body_is_refused_before_it_is_read(house: Any) -> None:
    headers = {**house.mine.headers["admin"], "Content-Type": "application/json"}
    answer = house.client.post("/v1/tickets", content=b" " * 2_100_000, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_answer_carries_the_safe_headers(house: Any) -> None:
    for path in ("/v1/chat/config", "/v1/nothing", "/health/live", "/v1/me"):
        headers = house.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert house.client.get("/docs").headers["x-frame-options"] == "DENY"


def test_metrics_are_for_this_machine_or_for_the_token(house: Any) -> None:
    assert house.client.get("/metrics").status_code == 200
    away = TestClient(house.app, client=("203.0.113.9", 4711))
    refused = away.get("/metrics")
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    spoofed = away.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert spoofed.status_code == 403
    settings = house.services.settings
    house.services.settings = settings.model_copy(update={"metrics_token": "m" * 20})
    try:
        assert house.client.get("/metrics").status_code == 403
        for wrong in ("m" * 19, "é" * 20, ""):
            headers = {"Authorization": f"Bearer {wrong}".encode()}
            assert away.get("/metrics", headers=headers).status_code == 403
        right = {"Authorization": "Bearer " + "m" * 20}
        assert away.get("/metrics", headers=right).status_code == 200
    finally:
        house.services.settings = settings


def test_health_tells_whether_the_books_answer(house: Any) -> None:
    assert house.client.get("/health/live").json() == {"status": "ok"}
    assert house.client.get("/health/ready").json() == {"status": "ok"}


def test_a_batch_answers_every_line_and_never_stops(house: Any) -> None:
    lines = [
        b'{"id":1,"query":"E-217"}', b"{broken", b'{"id":"x"}', b"\xff\xfe", b"",
        b'{"id":2,"query":"E-217","k":0}', b'{"id":3,"query":"E-217 PX-100","k":1}',
    ]  # fmt: skip
    headers = house.mine.headers["admin"]
    answer = house.client.post("/v1/kb/search/batch", content=b"\n".join(lines), headers=headers)
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row.get("id") for row in rows] == [1, None, "x", None, 2, 3]
    assert [("error" in row) for row in rows] == [False, True, True, True, True, False]


def test_asking_over_http_keeps_nothing(house: Any) -> None:
    before = house.get("/v1/tickets").json(), house.get("/v1/conversations").json()
    body = {"text": "my PX-100 leaks, please open a ticket", "contact": {"customer": "C-mine"}}
    assert house.post("/v1/ask", body).status_code == 200
    assert (house.get("/v1/tickets").json(), house.get("/v1/conversations").json()) == before


def test_a_token_plays_no_more_than_it_may(house: Any) -> None:
    made = house.post("/v1/tokens", {"name": "kb", "scopes": ["knowledge:read"]}).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    body = {"text": "hello", "contact": {"customer": "C-mine"}}
    assert house.client.post("/v1/ask", json=body, headers=headers).status_code == 422
    assert house.post("/v1/ask", {"text": "x", "contact": {"customer": "no"}}).status_code == 404
    assert house.post("/v1/ask", {"text": "x", "audience": "secret"}).status_code == 422
    assert house.post("/v1/ask", {"text": "  "}).status_code == 422
