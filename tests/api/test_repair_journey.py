"""One repair from the QR code to the confirmed end, over HTTP, on both databases."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

from PIL import Image

from careloop.kit.clock import iso
from careloop.kit.ids import new_id

OWNER_WORDS = (
    "Secret Owner Institute", "Owner City", "dora@mine.example", "+8675512345678", "C-mine",
    "SC-mine",
)  # fmt: skip


def picture(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "PNG")
    return made.getvalue()


class Desk:
    """Calls by staff, each write with a key of its own; what they answer must be a success."""

    def __init__(self, house: Any, who: str = "admin") -> None:
        self._house = house
        self._who = who

    def get(self, path: str, **query: Any) -> Any:
        answer = self._house.get(path, self._who, params=query)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        headers = {**self._house.mine.headers[self._who], "Idempotency-Key": new_id()}
        given = more or {"json": body or {}}
        answer = self._house.client.request(method, path, headers=headers, **given)
        assert answer.status_code in {200, 201, 204}, (path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("POST", path, body, **more)


def test_a_repair_from_the_code_on_the_device_to_the_confirmed_end(house: Any) -> None:
    desk, serial, part = Desk(house), house.mine.serial, "P-mine"
    hub, van = f"HUB-{new_id()[-6:]}", f"VAN-{new_id()[-6:]}"
    desk.send("PUT", f"/v1/stock/locations/{hub}", {"code": hub, "level": "centre"})
    desk.send("PUT", f"/v1/stock/locations/{van}", {"code": van, "level": "van", "parent": hub})
    fitted = desk.post(
        f"/v1/assets/{serial}/components",
        {"position": f"pump-{new_id()[-6:]}", "part": part, "serial_in": f"OLD-{new_id()}"},
    )

    # Somebody before the device scans its code and reports a fault; nobody asks who they are.
    code = desk.get(f"/v1/assets/{serial}")["asset"]["public_code"]
    public = house.client.get(f"/v1/public/devices/{code}?lang=en")
    assert public.status_code == 200, public.text
    assert not [word for word in OWNER_WORDS if word in public.text]
    report = {
        "client_id": new_id(), "text": "The pump is loud and leaks", "error_code": "E-217",
        "name": "Nina", "phone": "+8675587654321", "lang": "en",
    }  # fmt: skip
    sent = [house.client.post(f"/v1/public/devices/{code}/reports", json=report) for _ in "ab"]
    assert [answer.status_code for answer in sent] == [201, 201], sent[0].text
    number, token = sent[0].json()["ticket"], sent[0].json()["token"]
    assert sent[1].json() == {"ticket": number, "token": token, "repeated": True}
    follow = f"/v1/public/reports/{token}"
    assert house.client.get(follow).json()["ticket"] == number

    # The desk checks what is covered.
    ticket = desk.get(f"/v1/tickets/{number}")["ticket"]
    assert (ticket["serial"], ticket["channel"], ticket["state"]) == (serial, "qr", "new")
    due = desk.get(f"/v1/tickets/{number}/clocks")
    assert due["ticket"] == number if "ticket" in due else due
    covered = desk.get("/v1/entitlement", serial=serial, part=part, kind="parts")
    assert (covered["covered"], covered["by"]) == (True, "warranty"), covered
    assert covered["reasons"]

    # The part is reserved in the hub and comes to the van through transit.
    arrived = {"part": part, "serials": [f"NEW-{new_id()}", f"NEW-{new_id()}"], "quantity": 2}
    new_serial = arrived["serials"][0]
    desk.send("PATCH", f"/v1/stock/parts/{part}", {"part": part, "tracking": "serial"})
    desk.post("/v1/stock/receipts", {"location": hub, "supplier": "Works", "lines": [arrived]})
    purpose = {"type": "ticket", "number": number}
    kept = desk.post(
        "/v1/stock/reservations",
        {"location": hub, "purpose": purpose, "lines": [{"part": part, "serial": new_serial}]},
    )
    refused = house.client.post(
        "/v1/stock/reservations",
        headers={**house.mine.headers["admin"], "Idempotency-Key": new_id()},
        json={"location": hub, "purpose": purpose, "lines": [{"part": part, "quantity": 2}]},
    )
    assert refused.status_code == 409, refused.text
    (held,) = kept["reservations"]
    line = {"part": part, "serial": new_serial, "reservation_id": held["id"]}
    transfer = desk.post(
        "/v1/stock/transfers", {"source": hub, "target": van, "lines": [line], "ship": True}
    )
    assert transfer["state"] in {"in_transit", "shipped"}
    moving = {row["location"]: row["on_hand"] for row in _balances(desk, part) if row["on_hand"]}
    assert moving.get(van, 0) == 0
    assert moving[hub] == 1
    desk.post(f"/v1/stock/transfers/{transfer['id']}/receive")
    on_hand = {row["location"]: row["on_hand"] for row in _balances(desk, part)}
    assert on_hand[van] == 1
    about = {"purpose_type": "ticket", "purpose_number": number, "state": "active"}
    still = desk.get("/v1/stock/reservations", **about)
    assert [(row["location"], row["serial"]) for row in still["items"]] == [(van, new_serial)]

    # The engineer comes, writes down what is seen, changes the pump and has it signed.
    now = house.services.clock.now()
    window = {"from": iso(now), "until": iso(now + timedelta(hours=2)), "time_zone": "UTC"}
    visit = desk.post("/v1/work-orders", {"ticket": number, "window": window, "engineer": ""})
    path = f"/v1/work-orders/{visit['number']}"
    desk.post(f"{path}/confirm")
    desk.post(f"{path}/depart")
    desk.post(f"{path}/check-in", {"lat": 22.54, "lon": 114.05, "accuracy_m": 12})
    desk.post(f"{path}/labour", {"kind": "work", "minutes": 45, "note": "Pump changed"})
    desk.post(f"{path}/readings", {"name": "pressure", "value": "4.2", "unit": "bar", "low": "4",
                                   "high": "5"})  # fmt: skip
    desk.post(f"{path}/photos", files={"file": ("p.png", picture("red"), "image/png")},
              data={"when": "before"})  # fmt: skip
    used = {"part": part, "from": van, "serial_out": fitted["serial"], "serial_in": new_serial,
            "component_id": fitted["id"], "reason": "leaks", "command_id": new_id()}  # fmt: skip
    for _ in range(2):  # the phone sends it twice, with another key
        desk.post(f"{path}/parts", used)
    desk.post(f"{path}/report", {"report": "Pump changed, tight."})
    signed = {"name": "Nina", "png": base64.b64encode(picture("white")).decode()}
    desk.post(f"{path}/signature", signed)
    ended = desk.post(f"{path}/finish", {"result": "solved"})
    assert ended["state"] == "done"
    whole = desk.get(path)
    assert [(p["part"], p["serial_out"], p["serial_in"], p["covered"]) for p in whole["parts"]] == [
        (part, fitted["serial"], new_serial, True)
    ]
    assert [reading["ok"] for reading in whole["readings"]] == [True]

    # The reporter says that it works; the desk closes.
    assert desk.get(f"/v1/tickets/{number}")["ticket"]["state"] == "resolved"
    judged = house.client.post(f"{follow}/judgement", json={"works": True})
    assert judged.status_code == 200, judged.text
    assert not [word for word in OWNER_WORDS if word in judged.text]
    ticket = desk.get(f"/v1/tickets/{number}")["ticket"]
    assert ticket["confirmed_at"]
    if ticket["state"] != "closed":
        ticket = desk.post(f"/v1/tickets/{number}/move", {"state": "closed"})
    assert ticket["state"] == "closed"

    # The device's page tells the whole story, and the books agree with themselves.
    page = desk.get(f"/v1/assets/{serial}")
    (changed,) = [row for row in page["replacements"] if row["fitted"]["serial"] == new_serial]
    assert changed["removed"]["serial"] == fitted["serial"]
    assert number in {row["number"] for row in page["tickets"]}
    assert visit["number"] in {row["number"] for row in page["work_orders"]}
    story = desk.get(f"/v1/assets/{serial}/timeline", limit=200)["items"]
    told = {entry["kind"] for entry in story}
    assert {"ticket", "visit"} <= told, told
    assert new_serial in str(story) and fitted["serial"] in str(story)
    found = desk.get("/v1/components", serial=fitted["serial"])
    assert serial in str(found)
    checked = desk.get("/v1/stock/verify")
    assert checked["ok"], checked
    by_place = {row["location"]: row["on_hand"] for row in _balances(desk, part)}
    assert (by_place[hub], by_place.get(van, 0)) == (1, 0)
    moves = desk.get("/v1/stock/moves", part=part, limit=200)["items"]
    assert (
        sum(move["serial"] == new_serial for move in moves) >= 4
    )  # in, out, through transit, used


def _balances(desk: Desk, part: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.get("/v1/stock/balances", part=part, limit=200)["items"]
    return rows
