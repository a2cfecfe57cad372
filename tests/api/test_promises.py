"""Contracts, entitlement, calendars, service levels and notices, through the doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careloop.api.promises import PromiseSweep, sweep
from careloop.kit.ids import new_id
from tests.api.conftest import House


def key() -> dict[str, str]:
    return {"Idempotency-Key": new_id()}


def made(answer: Any, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    return told


def contract(house: House, **facts: Any) -> dict[str, Any]:
    body = {"customer_id": house.mine.customer, "starts_on": "2020-01-01", **facts}
    return made(house.post("/v1/contracts", body, headers=key()))


def test_a_contract_from_draft_to_successor(house: House) -> None:
    lines = [{"what": "parts", "share": 60, "limit": {"amount": "1000.5", "currency": "EUR"}}]
    body = {"customer_id": house.mine.customer, "starts_on": "2020-01-01",
            "ends_on": "2099-12-31", "plan": "Plus", "draft": True, "lines": lines,
            "price": {"amount": "1200", "currency": "EUR"}}  # fmt: skip
    assert house.post("/v1/contracts", body).status_code == 400
    same = key()
    first = made(house.post("/v1/contracts", body, headers=same))
    assert made(house.post("/v1/contracts", body, headers=same)) == first
    assert (first["state"], first["price"]) == ("draft", {"amount": "1200.00", "currency": "EUR"})
    path = f"/v1/contracts/{first['number']}"
    assert house.post(f"{path}/activate").json()["state"] == "active"
    got = house.get(path)
    assert got.json()["lines"][0]["limit_left"] == {"amount": "1000.50", "currency": "EUR"}
    stale = {**house.mine.headers["admin"], "If-Match": '"1"'}
    patched = house.client.patch(path, json={"note": "x"}, headers=stale)
    assert patched.status_code == 412
    current = {**stale, "If-Match": got.headers["etag"]}
    assert house.client.patch(path, json={"note": "x"}, headers=current).json()["note"] == "x"
    devices = made(house.post(f"{path}/assets", {"add": [{"serial": house.mine.serial}]}), 200)
    assert devices["assets_count"] == 1
    assert house.get(f"{path}/assets").json()["items"][0]["covered"] is True
    rest = made(house.post(f"{path}/suspend", {"reason": "unpaid"}), 200)
    assert (rest["state"], rest["state_reason"]) == ("suspended", "unpaid")
    assert made(house.post(f"{path}/resume"), 200)["state"] == "active"
    use = {"what": "parts", "source": "WO-1", "amount": {"amount": "1", "currency": "EUR"}}
    made(house.post(f"{path}/uses", use, headers=key()))
    assert len(house.get(f"{path}/uses").json()["items"]) == 1
    following = made(house.post(f"{path}/renew", {"months": 12}, headers=key()))
    assert following["starts_on"] == "2100-01-01"
    again = house.post(f"{path}/renew", {"months": 12}, headers=key())
    assert again.status_code == 409
    assert made(house.post(f"{path}/end", {"reason": "sold"}), 200)["days_left"] == 0


def test_contracts_are_listed_page_by_page(house: House) -> None:
    plan = new_id()
    numbers = sorted(contract(house, plan=plan)["number"] for _ in range(5))
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = house.get(f"/v1/contracts?plan={plan}&limit=2&cursor={cursor}").json()
        seen += [row["number"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == numbers
    assert house.get("/v1/contracts?cursor=nonsense").status_code == 422
    foreign = f"/v1/contracts?customer_id={house.theirs.customer}"
    assert house.get(foreign).json()["items"] == []


def test_entitlement_explains_itself(house: House) -> None:
    told = house.get(f"/v1/entitlement?serial={house.mine.serial}&kind=labour").json()
    assert (told["by"], told["until"]) == ("warranty", "2027-03-01")
    after = house.get(
        f"/v1/entitlement?serial={house.mine.serial}&kind=loan&on=2099-01-01&amount=80&currency=EUR"
    ).json()
    assert (after["by"], after["price"]) == ("none", {"amount": "80.00", "currency": "EUR"})
    codes = [reason["code"] for reason in after["reasons"]]
    assert codes[0] == "warranty_ended"
    assert codes[-1] == "nobody_bears"
    for wrong, status in (
        (f"serial={house.theirs.serial}", 404),
        (f"serial={house.mine.serial}&part=NO-1&kind=parts", 422),
        (f"serial={house.mine.serial}&amount=-1&currency=EUR", 422),
        (f"serial={house.mine.serial}&amount=1", 422),
        (f"serial={house.mine.serial}&on=0001-01-01", 422),
    ):
        assert house.get(f"/v1/entitlement?{wrong}").status_code == status, wrong


def test_terms_of_warranty_need_the_right(house: House) -> None:
    terms = house.get("/v1/warranty/terms").json()
    headers = house.mine.headers
    refused = house.client.put("/v1/warranty/terms", json=terms, headers=headers["agent"])
    assert refused.status_code == 403
    changed = house.client.put("/v1/warranty/terms", json=terms, headers=headers["admin"])
    assert made(changed, 200)["version"] == terms["version"] + 1


def test_a_calendar_tells_its_days(house: House) -> None:
    body = {"code": f"cal-{new_id()}", "time_zone": "Europe/Berlin", "country": "DE",
            "subdivision": "BY", "weekly": {"0": [["09:00", "17:00"]]}}  # fmt: skip
    row = made(house.post("/v1/calendars", body))
    path = f"/v1/calendars/{row['id']}"
    days = house.get(f"{path}/days?from=2027-03-28&until=2027-03-29").json()
    assert [(day["day_off"] or "", day["spans"]) for day in days] == [("", []), (
        "Easter Monday", [],
    )]  # fmt: skip
    due = house.get(f"{path}/due?start=2026-11-23T08:00:00Z&minutes=600").json()
    assert due["due_at"] == "2026-11-30T10:00:00.000Z"
    body["days_off"] = [{"on": "2026-11-30", "name": "Inventory"}]
    put = house.client.put(path, json=body, headers=house.mine.headers["admin"])
    assert made(put, 200)["version"] == 2
    later = house.get(f"{path}/due?start=2026-11-23T08:00:00Z&minutes=600").json()
    assert later["due_at"] == "2026-12-07T10:00:00.000Z"
    for query in ("from=2026-01-02&until=2026-01-01", "from=2020-01-01&until=2026-01-01"):
        assert house.get(f"{path}/days?{query}").status_code == 422
    assert house.get(f"{path}/due?start=9999-12-31T23:00:00Z&minutes=5").status_code == 422


def test_a_broken_promise_reaches_the_desk(house: House) -> None:
    code = f"sla-{new_id()}"
    policy = {
        "code": code, "calendar": "", "targets": [{"kind": "respond", "minutes": 1}],
        "steps": [{"key": "tell", "at": "breach", "roles": ["admin"]}],
    }  # fmt: skip
    made(house.post("/v1/sla/policies", policy))
    promised = contract(house, sla_policy=code, covers_all=True, number=f"SLA-{new_id()}")
    services = house.services
    body = {"title": "Pump stands", "customer_id": house.mine.customer}
    number = made(house.post("/v1/tickets", body, headers=key()))["number"]
    ticket = house.client.patch(
        f"/v1/tickets/{number}", json={"contract": promised["number"]},
        headers=house.mine.headers["admin"],
    )  # fmt: skip
    assert ticket.json()["due"]["kind"] == "respond"
    [clock] = [
        row for row in house.get(f"/v1/tickets/{number}/clocks").json()["clocks"]
        if row["policy"] == code
    ]  # fmt: skip
    assert clock["shown"] == "running"
    real = services.clock.now
    services.clock.now = lambda: real() + timedelta(minutes=2)  # type: ignore[method-assign]
    try:
        before = house.get("/v1/notices").json()["unread"]
        assert sweep(services) >= 3
        watch = PromiseSweep(services)
        assert [watch.sweep(), watch.sweep()] == [0, 0]
    finally:
        del services.clock.now  # type: ignore[method-assign]
    told = house.get("/v1/notices?unread=true").json()
    assert told["unread"] > before
    mine = [row for row in told["items"] if row["args"].get("ticket") == number]
    assert [row["key"] for row in mine] == ["sla.breached"]
    read = made(house.post("/v1/notices/read", {"ids": [mine[0]["id"]]}), 200)
    assert read["marked"] == 1
    assert made(house.post("/v1/notices/read", {"all": True}), 200)["unread"] == 0
    events = house.get(f"/v1/sla/events?ticket={number}").json()["items"]
    assert {row["level"] for row in events} == {"warning", "breach", "step:tell"}
    assert house.get("/v1/sla/overview").json()["states"]["breached"] >= 1
    assert house.get(f"/v1/tickets/{house.theirs.ticket}/clocks").status_code in {200, 404}
    assert house.get("/v1/tickets/TK-1999-000001/clocks").status_code == 404


def test_policies_keep_their_name_and_version(house: House) -> None:
    body = {"code": f"p-{new_id()}", "targets": [{"kind": "fix", "minutes": 5}]}
    row = made(house.post("/v1/sla/policies", body))
    path = f"/v1/sla/policies/{row['id']}"
    headers = {**house.mine.headers["admin"], "If-Match": '"1"'}
    put = house.client.put(path, json={**body, "name": "Five"}, headers=headers)
    assert made(put, 200)["version"] == 2
    assert house.client.put(path, json=body, headers=headers).status_code == 412
    assert house.get(f"{path}x").status_code == 404
    doubled = {**body, "code": "q", "targets": [*body["targets"], *body["targets"]]}
    assert house.post("/v1/sla/policies", doubled).status_code == 422
