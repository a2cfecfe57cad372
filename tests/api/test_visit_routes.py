"""Visits over HTTP, from the plan to the signed report."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from careloop.kit.ids import new_id

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
WINDOW = {
    "from": "2026-12-01T09:00:00+08:00", "until": "2026-12-01T11:00:00+08:00",
    "time_zone": "Asia/Shanghai",
}  # fmt: skip


def send(house: Any, path: str, body: Any = None, status: int = 200, **more: Any) -> Any:
    headers = {"Idempotency-Key": more.pop("key", None) or new_id(), **more.pop("headers", {})}
    answer = house.post(f"/v1/work-orders{path}", body, headers=headers, **more)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def visit(house: Any) -> str:
    ticket = house.post("/v1/tickets", {"title": "Pump leaks", "serial": house.mine.serial})
    body = {"ticket": ticket.json()["number"], "window": WINDOW, "purpose": "seal"}
    return f"/{send(house, '', body, 201)['number']}"


def shown(house: Any, visit: str) -> Any:
    answer = house.get(f"/v1/work-orders{visit}", "agent")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_whole_visit(house: Any, visit: str) -> None:
    window = shown(house, visit)["window"]
    assert (window["from"], window["promised"]) == ("2026-12-01T01:00:00.000Z", False)
    send(house, f"{visit}/confirm", {"note": "with Dora"})
    later = {"window": {**WINDOW, "until": "2026-12-01T12:00:00+08:00"}}
    headers = {**house.mine.headers["agent"], "Idempotency-Key": new_id()}
    path = f"/v1/work-orders{visit}"
    assert house.client.patch(path, json=later, headers=headers).status_code == 422
    headers["Idempotency-Key"] = new_id()
    told = house.client.patch(path, json={**later, "reason": "snow"}, headers=headers)
    assert told.json()["moved_count"] == 1, told.text
    send(house, f"{visit}/depart")
    arrived = {"lat": 22.5, "lon": 114.05, "accuracy_m": 12, "place": "gate 4"}
    assert send(house, f"{visit}/check-in", arrived)["check_in"]["place"] == "gate 4"
    send(house, f"{visit}/labour", {"kind": "work", "minutes": 40}, 201)
    reading = {"name": "flow", "value": 12.5, "unit": "l/min", "low": 5, "high": 10}
    send(house, f"{visit}/readings", reading, 201)
    key = {**house.mine.headers["agent"], "Idempotency-Key": new_id()}
    photo = house.client.post(
        f"{path}/photos", headers=key, files={"file": ("a.png", PNG)}, data={"when": "before"}
    )
    assert photo.status_code == 201, photo.text
    send(house, f"{visit}/report", {"report": "Seal changed"})
    signed = {"name": "Dora", "role": "lab", "png": base64.b64encode(PNG).decode()}
    assert send(house, f"{visit}/signature", signed, 201)["signed"] is True
    told = send(house, f"{visit}/report", {"report": "other"}, 409)
    assert told["code"] == "report_signed"
    end = send(house, f"{visit}/finish", {"result": "solved", "travel_km": 12.5})
    assert (end["state"], end["travel_km"]) == ("done", 12.5)
    page = shown(house, visit)
    assert (page["ticket_state"], page["readings"][0]["ok"]) == ("resolved", False)
    assert page["signature"]["name"] == "Dora"
    for url in (page["photos"][0]["url"], page["signature"]["url"]):
        answer = house.client.get(url)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert house.client.get(url[:-2] + "xx").status_code == 404
    ticket = house.get(f"/v1/tickets/{page['ticket']}").json()
    assert [one["number"] for one in ticket["work_orders"]] == [visit.strip("/")]


def test_every_act_needs_a_key_and_acts_once_with_it(house: Any, visit: str) -> None:
    bare = house.post(f"/v1/work-orders{visit}/labour", {"minutes": 5})
    assert (bare.status_code, bare.json()["code"]) == (400, "idempotency_key_missing")
    for _ in range(3):
        send(house, f"{visit}/labour", {"minutes": 5}, 201, key="k-" + visit)
    command = {"minutes": 7, "command_id": f"phone{visit}"}
    for _ in range(3):
        send(house, f"{visit}/labour", command, 201)
    wrong = send(house, f"{visit}/labour", {**command, "minutes": 8}, 422)
    assert wrong["code"] == "command_id_reused"
    assert shown(house, visit)["labour_minutes"]["work"] == 12


def test_a_visit_that_failed_says_why_and_suggests_the_next(house: Any, visit: str) -> None:
    send(house, f"{visit}/check-in")
    body = {"result": "not_solved", "report": "valve broken"}
    assert "repeat_reason" in send(house, f"{visit}/finish", body, 422)["errors"]
    wanted = {"parts": ["P-1"], "note": "valve"}
    body |= {"repeat_reason": "part", "next_visit": wanted}
    assert send(house, f"{visit}/finish", body)["repeat_reason"] == "part"
    assert shown(house, visit)["ticket_state"] == "waiting_parts"
    plan = house.get(f"/v1/work-orders{visit}/next", "agent").json()
    assert plan["purpose"] == "valve\n+ P-1"
    assert send(house, "", plan, 201)["visit"] == 2
    told = send(house, f"{visit}/cancel", {"reason": "x"}, 409)
    assert told["code"] == "step_not_allowed"


def test_the_list_finds_visits_by_window_and_pages(house: Any) -> None:
    ticket = house.post("/v1/tickets", {"title": "Three visits"}).json()["number"]
    for day in (3, 1, 2):
        window = {key: value.replace("-01T", f"-0{day}T") for key, value in WINDOW.items()}
        send(house, "", {"ticket": ticket, "window": window}, 201)
    base = f"/v1/work-orders?ticket={ticket}&limit=2"
    first = house.get(base, "agent").json()
    rest = house.get(f"{base}&cursor={first['next_cursor']}", "agent").json()
    days = [item["window"]["from"][:10] for item in first["items"] + rest["items"]]
    assert days == ["2026-12-01", "2026-12-02", "2026-12-03"]
    span = "&window_from=2026-12-02T00:00:00Z&window_until=2026-12-03T00:00:00Z"
    assert len(house.get(base + span, "agent").json()["items"]) == 1
    newest = house.get(f"/v1/work-orders?ticket={ticket}&sort=newest", "agent").json()["items"]
    assert [one["visit"] for one in newest] == [3, 2, 1]
    rate = "/v1/work-orders/first-time-fix?since=2026-01-01T00:00:00Z&until=2099-01-01T00:00:00Z"
    assert house.get(rate, "agent").json()["tickets"] >= 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"window": {**WINDOW, "time_zone": "Mars/Base"}}, "time_zone"),
        ({"window": {**WINDOW, "until": WINDOW["from"]}}, "window"),
        ({"window": {**WINDOW, "from": "2026-12-01T09:00:00"}}, "from"),
    ],
)
def test_a_window_that_is_none_is_refused(house: Any, body: Any, field: str) -> None:
    told = send(house, "", {"ticket": house.mine.ticket, **body}, 422)
    assert field in str(told)
