"""The desk: who gets in, what they may do, and what happens when two do it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from careloop.kit.ids import new_id
from careloop.kit.limits import RateLimit

PASSWORD = "correct horse battery"


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    return found


def login(house: Any, email: str, password: str = PASSWORD) -> Any:
    body = {"email": email, "password": password}
    answer = house.client.post("/v1/auth/login", json=body)
    house.client.cookies.clear()
    return answer


def bearer(house: Any, *scopes: str, who: str = "admin") -> dict[str, str]:
    made = house.post("/v1/tokens", {"name": "script", "scopes": list(scopes)}, who=who)
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['secret']}"}


# Coming in.


def test_a_login_sets_a_cookie_that_scripts_cannot_read(house: Any) -> None:
    answer = login(house, "agent@mine.example")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secret = answer.headers["set-cookie"].split(";")[0]
    me = house.client.get("/v1/me", headers={"Cookie": secret}).json()
    assert (me["email"], me["role"]) == ("agent@mine.example", "agent")
    house.client.post("/v1/auth/logout", headers={"Cookie": secret})
    problem(house.client.get("/v1/me", headers={"Cookie": secret}), 401)


def test_a_wrong_login_looks_the_same_for_everybody(house: Any) -> None:
    wrong = [
        login(house, "agent@mine.example", "wrong password"),
        login(house, "nobody@mine.example"),
        login(house, "agent@theirs.example"),
        login(house, ""),
    ]
    bodies = [problem(answer, 401) for answer in wrong]
    assert all(body == bodies[0] for body in bodies)
    assert all("set-cookie" not in answer.headers for answer in wrong)


def test_guessing_is_slowed_down_for_this_account_alone(house: Any) -> None:
    limit = house.services.login_limit
    house.services.login_limit = RateLimit(3, 60)
    try:
        statuses = [login(house, "agent@mine.example", f"guess {n}").status_code for n in range(4)]
        refused = login(house, "AGENT@mine.example ")
        other = login(house, "admin@mine.example")
    finally:
        house.services.login_limit = limit
    assert statuses == [401, 401, 401, 429]
    assert problem(refused, 429)["errors"]["retry_after"] > 0
    assert other.status_code == 200


def test_a_foreign_page_cannot_write_with_the_cookie(house: Any) -> None:
    cookie = {"Cookie": house.mine.headers["admin"]["Cookie"]}
    problem(house.client.post("/v1/tickets", json={"title": "x"}, headers=cookie), 403)
    problem(house.client.put("/v1/me", json={"language": "zh"}, headers=cookie), 403)
    assert house.client.get("/v1/me", headers=cookie).status_code == 200
    token = bearer(house)
    assert house.client.put("/v1/me", json={"language": "en"}, headers=token).status_code == 200


def test_hints_are_shown_by_a_demo_alone(house: Any) -> None:
    assert house.client.get("/v1/auth/hints").json() == {"demo_logins": []}


# What one may do.

ALLOWED = {
    ("agent", "GET", "/v1/customers"): True,
    ("agent", "GET", "/v1/tickets"): True,
    ("engineer", "GET", "/v1/tickets"): True,
    ("engineer", "GET", "/v1/assets"): True,
    ("engineer", "GET", "/v1/customers"): False,
    ("evaluator", "GET", "/v1/tickets"): False,
    ("evaluator", "GET", "/v1/assets"): False,
    ("evaluator", "GET", "/v1/customers"): False,
    ("editor", "GET", "/v1/assets"): False,
    ("editor", "GET", "/v1/kb/documents"): True,
    ("agent", "POST", "/v1/users"): False,
    ("agent", "PUT", "/v1/office-hours"): False,
    ("engineer", "POST", "/v1/tickets"): False,
    ("evaluator", "POST", "/v1/tickets"): False,
}
BODIES = {
    "/v1/users": {"email": "x@y.example", "name": "X", "role": "agent", "password": PASSWORD},
    "/v1/tickets": {"title": "x"},
    "/v1/office-hours": {},
}


@pytest.mark.parametrize(("who", "method", "path"), ALLOWED)
def test_a_role_opens_its_own_doors(house: Any, who: str, method: str, path: str) -> None:
    answer = house.client.request(
        method, path, headers=house.mine.headers[who],
        json=BODIES.get(path) if method != "GET" else None,
    )  # fmt: skip
    if ALLOWED[who, method, path]:
        assert answer.status_code == 200
    else:
        problem(answer, 403)


NEEDED = {
    "/v1/tickets": "tickets:read",
    "/v1/assets": "assets:read",
    "/v1/customers": "customers:read",
    "/v1/kb/documents": "knowledge:read",
    "/v1/users": "desk",
    "/v1/presence": "desk",
    "/v1/saved-replies": "desk",
    "/v1/office-hours": "desk",
    "/v1/tokens": "desk",
}


@pytest.mark.parametrize("path", NEEDED)
def test_a_token_reads_what_it_was_made_for(house: Any, path: str) -> None:
    right, wrong = NEEDED[path], "stock:read"
    assert house.client.get(path, headers=bearer(house, right)).status_code == 200
    problem(house.client.get(path, headers=bearer(house, wrong)), 403)


def test_a_token_without_conversations_sees_none(house: Any) -> None:
    headers = bearer(house, "tickets:read")
    assert house.client.get("/v1/conversations", headers=headers).json()["items"] == []
    one = f"/v1/conversations/{house.mine.conversation}"
    problem(house.client.get(one, headers=headers), 404)
    problem(house.client.get(f"{one}/messages", headers=headers), 404)
    reply = house.client.post(f"{one}/reply", json={"text": "x"}, headers=headers)
    problem(reply, 403)


def test_a_narrow_token_cannot_widen_itself(house: Any) -> None:
    headers = bearer(house, "desk", "tickets:read")
    child = house.client.post("/v1/tokens", json={"name": "child"}, headers=headers).json()
    grown = {"Authorization": f"Bearer {child['secret']}"}
    me = house.client.get("/v1/me", headers=grown).json()
    assert me["scopes"] == ["desk", "tickets:read"]
    body = {"name": "x", "scopes": ["users:write"]}
    problem(house.client.post("/v1/tokens", json=body, headers=headers), 422)


def test_a_token_is_shown_once_and_ends_when_told(house: Any) -> None:
    made = house.post("/v1/tokens", {"name": "gone soon"}).json()
    listed = {item["id"]: item for item in house.get("/v1/tokens").json()["items"]}
    assert listed[made["id"]]["secret"] is None
    headers = {"Authorization": f"Bearer {made['secret']}"}
    assert house.client.get("/v1/me", headers=headers).status_code == 200
    house.client.delete(f"/v1/tokens/{made['id']}", headers=house.mine.headers["admin"])
    problem(house.client.get("/v1/me", headers=headers), 401)


def test_the_last_admin_cannot_lock_themselves_out(house: Any) -> None:
    me = house.mine.staff["admin"].user_id
    headers = house.mine.headers["admin"]
    for body in ({"active": False}, {"role": "agent"}):
        problem(house.client.patch(f"/v1/users/{me}", json=body, headers=headers), 409)


# Doing it together.


def test_two_agents_take_over_at_once(house: Any, chat: Any) -> None:
    chat.send("hello")
    chat.post("person")

    def act(who: str) -> int:
        body = {"text": f"{who} is here", "client_msg_id": new_id()}
        path = f"/v1/conversations/{chat.id}/reply"
        return int(house.post(path, body, who=who).status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, ["agent", "colleague"])) == [201, 409]
    lines = [m for m in chat.messages() if m["author"] == "agent"]
    assert len(lines) == 1
    assert chat.state()["agent_name"] == lines[0]["author_name"]
    joined = [m for m in chat.messages() if "person_joined" in str(m["parts"])]
    assert len(joined) == 1


def test_a_take_over_from_a_colleague_is_plain_to_all(house: Any, chat: Any) -> None:
    chat.send("hello")
    path = f"/v1/conversations/{chat.id}"
    house.post(f"{path}/take-over", who="agent")
    problem(house.post(f"{path}/reply", {"text": "no"}, who="colleague"), 409)
    detail = house.post(f"{path}/take-over", who="colleague").json()
    assert detail["owner_name"] == "colleague of mine"
    assert chat.state()["agent_name"] == "colleague of mine"
    house.post(f"{path}/hand-back", who="colleague")
    assert chat.state()["owner"] == "bot"
    problem(house.post(f"{path}/hand-back", who="colleague"), 409)


def test_a_conversation_is_given_to_active_colleagues_alone(house: Any, chat: Any) -> None:
    chat.send("hello")
    path = f"/v1/conversations/{chat.id}/assign"
    problem(house.post(path, {"user_id": house.theirs.staff["agent"].user_id}), 404)
    problem(house.post(path, {"user_id": "nobody"}), 404)
    made = house.post(
        "/v1/users",
        {"email": f"{new_id()}@mine.example", "name": "T", "role": "agent", "password": PASSWORD},
    ).json()
    house.client.patch(
        f"/v1/users/{made['id']}", json={"active": False}, headers=house.mine.headers["admin"]
    )
    problem(house.post(path, {"user_id": made["id"]}), 409)
    assert house.post(path, {"user_id": house.mine.staff["agent"].user_id}).status_code == 200
    assert house.post(path, {"user_id": None}).json()["owner"] == "queue"


def test_a_change_of_what_was_read_earlier_is_412(house: Any) -> None:
    ticket = house.post("/v1/tickets", {"title": "Leak"}).json()
    path = f"/v1/tickets/{ticket['number']}"
    headers = house.mine.headers["agent"]
    body = {"priority": "high", "version": ticket["version"]}
    assert house.client.patch(path, json=body, headers=headers).status_code == 200
    problem(house.client.patch(path, json=body, headers=headers), 412)
    stale = {"state": "cancelled", "version": ticket["version"]}
    problem(house.post(f"{path}/move", stale), 412)
    wrong = house.post(f"{path}/move", {"state": "closed"})
    assert "possible" in problem(wrong, 409)["detail"]


def test_a_repeated_call_with_its_key_acts_once(house: Any) -> None:
    key = {"Idempotency-Key": new_id()}
    body = {"title": "Leak at night"}
    first, again = (house.post("/v1/tickets", body, headers=key) for _ in range(2))
    assert first.json() == again.json()
    other = house.post("/v1/tickets", {"title": "Another"}, headers=key)
    assert problem(other, 422)["code"] == "idempotency_key_reused"
    with ThreadPoolExecutor(4) as pool:
        key = {"Idempotency-Key": new_id()}
        answers = list(pool.map(lambda _: house.post("/v1/tickets", body, headers=key), range(8)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["number"] for answer in answers if answer.status_code == 201}) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["code"] == "idempotency_key_in_progress"
    assert house.post("/v1/tickets", body, headers=key).status_code == 201
    problem(house.post("/v1/tickets", body, headers={"Idempotency-Key": "k" * 201}), 422)


def test_a_reply_sent_twice_is_stored_once(house: Any, chat: Any) -> None:
    chat.send("hello")
    body = {"text": "I am here", "client_msg_id": new_id()}
    path = f"/v1/conversations/{chat.id}/reply"
    ids = {house.post(path, body, who="agent").json()["id"] for _ in range(3)}
    assert len(ids) == 1


def test_a_ticket_is_drafted_from_what_was_said(house: Any, chat: Any) -> None:
    chat.send("The pump leaks and shows E-217")
    path = f"/v1/conversations/{chat.id}/ticket-draft"
    draft = house.get(path).json()
    assert "pump" in draft["title"].lower()
    before = house.get("/v1/tickets").json()["items"]
    opened = house.post("/v1/tickets", draft).json()
    assert opened["conversation_id"] == chat.id
    assert len(house.get("/v1/tickets").json()["items"]) == len(before) + 1
    page = house.get(f"/v1/conversations/{chat.id}").json()
    assert [t["number"] for t in page["tickets"]] == [opened["number"]]


# Odd requests.


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/conversations?cursor=garbage", 422),
        ("/v1/conversations?box=nothing", 422),
        ("/v1/conversations?limit=0", 422),
        ("/v1/conversations?limit=9999", 422),
        ("/v1/tickets?state=lost", 422),
        ("/v1/tickets?q=%25", 200),
        ("/v1/tickets?q=%00", (200, 422)),
        ("/v1/assets?q=%00", (200, 422)),
        ("/v1/assets?q=%25%5C_", 200),
        ("/v1/customers?q=%00&cursor=%00", (200, 422)),
        ("/v1/conversations?q=%00", (200, 422)),
        ("/v1/tickets/%00", (404, 422)),
        ("/v1/assets/%00", (404, 422)),
        ("/v1/conversations/%00", (404, 422)),
        ("/v1/customers/' or 1=1 --", 404),
        ("/v1/tickets/" + "9" * 5000, 404),
        ("/v1/kb/documents/../../etc/passwd", 404),
        ("/v1/kb/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        ("/v1/conversations/x/messages?after_seq=99999999999999999999", 422),
        ("/v1/nothing", 404),
        ("/desk/../../../etc/passwd", (200, 404, 503)),
        ("/desk/assets/..%2f..%2f..%2fapp.py", 404),
    ],
)
def test_an_odd_address_gets_a_clear_answer(house: Any, path: str, status: Any) -> None:
    answer = house.get(path)
    wanted = status if isinstance(status, tuple) else (status,)
    assert answer.status_code in wanted, answer.text
    if answer.status_code >= 400 and not path.startswith("/desk/.."):
        problem(answer, answer.status_code)
    assert "root:" not in answer.text
    assert "create_app" not in answer.text


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_text_that_no_database_keeps_is_refused(house: Any, text: str) -> None:
    import json

    content = json.dumps({"title": text}).encode()
    headers = {**house.mine.headers["agent"], "Content-Type": "application/json"}
    answer = house.client.post("/v1/tickets", content=content, headers=headers)
    if answer.status_code == 201:
        assert house.services.database.is_sqlite
    else:
        problem(answer, 422)


def test_a_search_is_for_the_letters_themselves(house: Any) -> None:
    for q in ("p_mp", "P%p", "pum\\p", "Hall%mine", "Secret_Owner"):
        assert house.get("/v1/assets", params={"q": q}).json()["items"] == []
        assert house.get("/v1/customers", params={"q": q}).json()["items"] == []
        assert house.get("/v1/tickets", params={"q": q}).json()["items"] == []


def test_pages_follow_each_other(house: Any, new_chat: Any) -> None:
    chats = [new_chat() for _ in range(5)]
    for one in chats:
        one.post("person")
    for box in ("queue", "all"):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            path = f"/v1/conversations?box={box}&limit=3&cursor={cursor}"
            page = house.get(path).json()
            seen.extend(item["id"] for item in page["items"])
            cursor = page["next_cursor"]
        assert len(seen) == len(set(seen))
        assert {one.id for one in chats} <= set(seen)
    counts = house.get("/v1/conversations/counts").json()
    assert counts["queue"] >= 5
