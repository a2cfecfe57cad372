"""Stock over HTTP: rights, keys, versions, pages, scans, and a van that had no signal."""

from __future__ import annotations

from typing import Any

import pytest

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import upkeep
from careloop.crm_core.inventory.upkeep_schemas import PutLocation
from careloop.kit.ids import new_id
from tests.api.conftest import House


def key() -> dict[str, str]:
    return {"Idempotency-Key": new_id()}


@pytest.fixture
def shelf(house: House) -> dict[str, str]:
    """A depot, a van below it, and a part, all new."""
    tag, admin = new_id()[-8:], house.mine.staff["admin"]
    with house.services.database.write(house.mine.tenant) as session:
        session.add(Part(tenant_id=house.mine.tenant, id=new_id(), number=f"P-{tag}"))
        for code, level, parent in ((f"D-{tag}", "depot", ""), (f"V-{tag}", "van", f"D-{tag}")):
            upkeep.put_location(
                session, admin, PutLocation(code=code, level=level, parent=parent)
            )  # fmt: skip
    return {"part": f"P-{tag}", "depot": f"D-{tag}", "van": f"V-{tag}"}


def receive(house: House, shelf: dict[str, str], quantity: int) -> Any:
    body = {"location": shelf["depot"], "lines": [{"part": shelf["part"], "quantity": quantity}]}
    return house.post("/v1/stock/receipts", body, headers=key())


def test_a_part_from_the_supplier_to_the_customer(house: House, shelf: dict[str, str]) -> None:
    assert receive(house, shelf, 5).status_code == 201
    lines = [{"part": shelf["part"], "quantity": 2}]
    body = {"source": shelf["depot"], "target": shelf["van"], "lines": lines, "ship": True}
    sent = house.post("/v1/stock/transfers", body, headers=key()).json()
    assert (sent["state"], sent["lines"][0]["received"]) == ("in_transit", 0)
    path = f"/v1/stock/transfers/{sent['number']}"
    tag = house.get(path).headers["ETag"]
    stale = house.post(f"{path}/receive", headers={**key(), "If-Match": '"99"'})
    assert stale.status_code == 412
    came = house.post(f"{path}/receive", headers={**key(), "If-Match": tag})
    assert came.json()["state"] == "received", came.text
    use = {"location": shelf["van"], "part": shelf["part"], "ticket": house.mine.ticket}
    once = key()
    first, again = (house.post("/v1/stock/uses", use, headers=once).json() for _ in range(2))
    assert first["moves"][0]["id"] == again["moves"][0]["id"]
    told = house.get(f"/v1/stock/balances?part={shelf['part']}").json()["items"]
    assert {x["location"]: x["on_hand"] for x in told} == {shelf["depot"]: 3, shelf["van"]: 1}
    path = f"/v1/stock/moves?part={shelf['part']}&limit=2"
    page = house.get(path).json()
    rest = house.get(f"{path}&cursor={page['next_cursor']}").json()
    kinds = [x["kind"] for x in page["items"] + rest["items"]]
    assert kinds == ["use", "arrive", "ship", "receive"]
    assert rest["next_cursor"] is None
    assert house.get("/v1/stock/verify").json()["ok"]
    page = house.get(f"/v1/stock/parts/{shelf['part'].lower()}").json()
    assert (page["part"]["on_hand"], page["value_basis"]) == (4, "none")


def test_an_act_that_moves_stock_needs_a_key(house: House, shelf: dict[str, str]) -> None:
    use = {"location": shelf["van"], "part": shelf["part"]}
    for path in ("uses", "receipts", "issues", "transfers", "requests", "reservations", "counts"):
        told = house.post(f"/v1/stock/{path}", {**use, "lines": []})
        assert told.status_code in {400, 422}, path
    assert house.post("/v1/stock/uses", use).status_code == 400
    short = house.post("/v1/stock/uses", use, headers=key())
    assert (short.status_code, short.json()["code"]) == (409, "stock_shortage")


def test_who_may_what(house: House, shelf: dict[str, str]) -> None:
    receive(house, shelf, 3)
    lines = [{"part": shelf["part"]}]
    body = {"location": shelf["van"], "lines": lines}
    asked = house.post("/v1/stock/requests", body, who="agent", headers=key())
    assert asked.status_code == 201, asked.text
    path = f"/v1/stock/requests/{asked.json()['number']}"
    assert house.post(f"{path}/approve", who="agent", headers=key()).status_code == 403
    assert house.post(f"{path}/reject", headers=key()).status_code == 422
    assert house.post(f"{path}/approve", headers=key()).json()["state"] == "approved"
    use = {"location": shelf["depot"], "part": shelf["part"]}
    assert house.post("/v1/stock/uses", use, who="agent", headers=key()).status_code == 403
    change = {"minimum": 2, "maximum": 1}
    levels = f"/v1/stock/locations/{shelf['van']}/parts/{shelf['part']}"
    admin = house.mine.headers["admin"]
    assert house.client.put(levels, json=change, headers=admin).status_code == 422
    assert house.client.put(levels, json={"minimum": 2}, headers=admin).status_code == 200
    told = house.get(f"/v1/stock/replenishment?location={shelf['van']}").json()["lines"]
    assert [(x["source"], x["wanted"]) for x in told] == [(shelf["depot"], 1)]


def test_a_van_without_a_signal_gets_an_answer_each(house: House, shelf: dict[str, str]) -> None:
    def told(id: str, **body: Any) -> dict[str, Any]:
        return {"command_id": f"{id}-{shelf['van']}", "kind": "use", "at": "2026-11-20T08:00:00Z",
                "body": {"location": shelf["van"], "part": shelf["part"], **body}}  # fmt: skip

    batch = {"commands": [told("1"), told("2", part="NO-SUCH-PART"), told("1")]}
    answers = house.post("/v1/stock/commands", batch).json()["answers"]
    assert [x["outcome"] for x in answers] == ["discrepancy", "rejected", "discrepancy"]
    assert [x["repeated"] for x in answers] == [False, False, True]
    assert answers[1]["code"] == "not_found"
    assert house.post("/v1/stock/commands", batch).json()["answers"][0]["repeated"]


def test_a_scan_that_means_nothing_says_what_was_understood(house: House) -> None:
    told = house.get("/v1/stock/scan", params={"code": "(01)09521234543213(10)L7"})
    assert told.status_code == 404
    assert told.json()["errors"]["understood"] == {"gtin": "09521234543213", "lot": "L7"}


def test_the_pages_of_stock_answer(house: House, shelf: dict[str, str]) -> None:
    for path in (
        "overview", "locations", "parts?q=p-", "balances?below_minimum=true", "value",
        "accounts?account=discrepancy", "substitutes", "kits", "rules", "reservations",
        "transfers?late=true", "requests?mine=true", "counts?state=open",
        f"locations/{shelf['van']}", f"value?location={shelf['van']}", "requests?source=supplier",
    ):  # fmt: skip
        told = house.get(f"/v1/stock/{path}")
        assert told.status_code == 200, (path, told.text)
    for path in ("moves/x", "transfers/x", "requests/x", "counts/x", "parts/x", "locations/x"):
        assert house.get(f"/v1/stock/{path}").status_code == 404
    assert house.get("/v1/stock/moves?cursor=abc").status_code == 422
