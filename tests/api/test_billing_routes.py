"""Billing over HTTP: a quote by its link, an invoice by its number, a file for the accounts."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from careloop.kit.ids import new_id


def post(house: Any, path: str, body: dict[str, Any], who: str = "admin") -> Any:
    headers = {**house.mine.headers[who], "Idempotency-Key": new_id()}
    return house.client.post(path, json=body, headers=headers)


def free(text: str = "Work", price: str = "10") -> dict[str, Any]:
    return {"text": text, "unit_price": price, "tax_code": "S"}


@pytest.fixture
def sent(house: Any) -> tuple[str, str]:
    """A sent quote: its number and the secret in its link."""
    body = {
        "title": "<b>Repair</b>", "customer_id": house.mine.customer, "language": "de",
        "lines": [{"kind": "labour", "quantity": "90"}, {"kind": "free", **free("=1+1", "0.125")}],
    }  # fmt: skip
    number = post(house, "/v1/quotes", body, "agent").json()["number"]
    assert post(house, f"/v1/quotes/{number}/send", {}, "agent").json()["state"] == "sent"
    url = house.get(f"/v1/quotes/{number}").json()["url"]
    return number, url.rsplit("/q/", 1)[1]


def test_a_link_shows_one_quote_and_takes_one_decision(house: Any, sent: tuple[str, str]) -> None:
    number, token = sent
    path = f"/v1/public/quotes/{token}"
    shown = house.client.get(path)
    assert shown.headers["cache-control"] == "no-store"
    page = shown.json()
    assert (page["state"], page["document"]["gross"]) == ("open", "178.65")
    for inside in (house.mine.tenant, house.mine.customer, "released_by", "author", "unit_cost"):
        assert inside not in shown.text
    assert house.client.get("/v1/public/quotes/" + "0" * 40).status_code == 404
    act = {"act": "approve", "client_id": "page-0001", "digest": page["digest"], "name": "Dora"}
    assert house.client.post(path, json=act).status_code == 422
    act["accepted"] = True
    assert house.client.post(path, json=act).json() == {"state": "approved", "repeated": False}
    assert house.client.post(path, json=act).json()["repeated"] is True
    no = {"act": "reject", "client_id": "page-0002", "text": "no"}
    assert house.client.post(path, json=no).status_code == 409
    file = house.get(f"/v1/quotes/{number}").json()
    assert file["approved_hash"] == page["digest"]
    paper = house.client.get(f"{path}/print")
    assert "&lt;b&gt;Repair&lt;/b&gt;" in paper.text
    assert "<b>Repair" not in paper.text
    assert "default-src 'none'" in paper.headers["content-security-policy"]


def test_a_new_link_closes_the_former(house: Any, sent: tuple[str, str]) -> None:
    number, token = sent
    assert post(house, f"/v1/quotes/{number}/link", {}, "agent").status_code == 200
    assert house.client.get(f"/v1/public/quotes/{token}").status_code == 404
    url = house.get(f"/v1/quotes/{number}").json()["url"]
    assert house.client.get(f"/v1/public/quotes/{url.rsplit('/', 1)[1]}").status_code == 200


def test_who_may_see_and_write_what_service_costs(house: Any) -> None:
    for who, path, wanted in (
        ("engineer", "/v1/billing/rates", 403), ("editor", "/v1/quotes", 403),
        ("agent", "/v1/billing/rates", 200), ("agent", "/v1/invoices", 200),
        ("engineer", f"/v1/tickets/{house.mine.ticket}/costs", 403),
    ):  # fmt: skip
        answer = house.client.get(path, headers=house.mine.headers[who])
        assert answer.status_code == wanted, (who, path)
    rate = {
        "kind": "call_out",
        "amount": {"amount": "1", "currency": "EUR"},
        "valid_from": "2026-01-01",
    }
    assert post(house, "/v1/billing/rates", rate, "agent").status_code == 403
    headers = house.mine.headers["admin"]
    assert house.client.post("/v1/billing/rates", json=rate, headers=headers).status_code == 400
    wrong = {**rate, "amount": {"amount": "1e5", "currency": "EUR"}}
    assert post(house, "/v1/billing/rates", wrong).status_code == 422


def test_a_batch_is_a_file_in_three_forms(house: Any) -> None:
    lines = [free('=HYPERLINK("x")', "10.005"), free("+cmd", "3")]
    body = {"customer_id": house.mine.customer, "lines": lines}
    made = post(house, "/v1/invoices", body).json()
    stale = house.client.patch(
        f"/v1/invoices/{made['id']}", json={"note": "x"},
        headers={**house.mine.headers["admin"], "If-Match": '"99"'},
    )  # fmt: skip
    assert stale.status_code == 412
    issued = post(house, f"/v1/invoices/{made['id']}/issue", {}).json()
    assert issued["gross"]["amount"] == "15.48"
    batch = post(house, "/v1/invoices/exports", {}).json()
    path = f"/v1/invoices/exports/{batch['id']}"
    rows = list(csv.DictReader(io.StringIO(house.get(f"{path}?format=csv").text.lstrip("\ufeff"))))
    assert [row["text"] for row in rows] == ['\'=HYPERLINK("x")', "'+cmd"]
    assert [row["net"] for row in rows] == ["10.01", "3"]
    assert {row["number"] for row in rows} == {issued["number"]}
    sheet = load_workbook(io.BytesIO(house.get(f"{path}?format=xlsx").content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    papers = json.loads(house.get(f"{path}?format=json").text)["papers"]
    assert papers[0]["gross"] == {"amount": "15.48", "currency": "EUR"}
    assert papers[0]["intact"] is True
    assert post(house, "/v1/invoices/exports", {}).status_code == 409
    paper = house.get(f"/v1/invoices/{issued['number']}/print").text
    assert "=HYPERLINK(&quot;x&quot;)" in paper
