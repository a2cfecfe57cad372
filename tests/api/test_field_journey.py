"""A job from the board to the fault library, over HTTP, on both databases.

Dispatched by proposal, done by standard work with a branch and a hazard, parts and a signature,
costed, closed, rated; and a fault of the library grows from it.
"""

from __future__ import annotations

import base64
from typing import Any

from test_repair_journey import Desk, picture

from careloop.kit.ids import new_id

ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(7)}
TOLD = {
    "component": {"text": "circulation pump", "lang": "en"},
    "symptom": {"text": "loud noise", "lang": "en"},
    "cause": {"text": "worn bearing", "lang": "en"},
    "remedy": {"text": "replaced the pump", "lang": "en"},
}


def test_a_job_from_the_board_to_the_fault_library(house: Any) -> None:
    desk, serial, part = Desk(house), house.mine.serial, "P-mine"
    phone = Desk(house, "engineer")
    tag = new_id()[-8:].upper()
    engineer, van, sop = f"E-{tag}", f"VAN-{tag}", f"SOP-{tag}"
    desk.send("PUT", f"/v1/stock/locations/{van}", {"code": van, "level": "van"})
    desk.post("/v1/stock/receipts", {"location": van, "supplier": "Works",
                                     "lines": [{"part": part, "quantity": 2}]})  # fmt: skip
    desk.post("/v1/engineers", {
        "code": engineer, "name": f"Finn {tag}", "email": "engineer@mine.example",
        "skills": [f"pump-{tag}"], "level": 3, "van": van,
        "lat": 22.54, "lon": 114.05, "time_zone": "UTC",
    })  # fmt: skip
    desk.post(f"/v1/engineers/{engineer}/shifts", {"weekly": ALWAYS, "time_zone": "UTC"})
    _standard_work(desk, sop)
    desk.post("/v1/billing/rates", {
        "kind": "labour", "level": 3, "amount": {"amount": "60.00", "currency": "EUR"},
        "valid_from": "2020-01-01",
    })  # fmt: skip

    # A ticket is told what it needs, the best engineer is proposed and chosen.
    number = desk.post("/v1/tickets", {"title": f"Pump is loud {tag}", "serial": serial})["number"]
    desk.send("PUT", f"/v1/dispatch/jobs/{number}", {
        "skills": [{"skill": f"pump-{tag}", "level": 3}], "minutes": 60, "lat": 22.6, "lon": 114.0,
    })  # fmt: skip
    board = desk.get("/v1/dispatch/board", **_span(house))
    assert number in {job["ticket"] for job in board["unplanned"]}
    found = desk.get("/v1/dispatch/candidates", ticket=number)
    assert [one["engineer"] for one in found["ranked"]] == [engineer]
    assert "skill" in {r["code"] for one in found["blocked"] for r in one["blocks"]}
    best = found["ranked"][0]
    placed = desk.post("/v1/dispatch/assign", {
        "ticket": number, "engineer": engineer, "starts_at": best["starts_at"],
        "window": {**best["window"], "time_zone": "UTC"},
    })  # fmt: skip
    visit = placed["work_order"]
    board = desk.get("/v1/dispatch/board", **_span(house))
    assert (visit, engineer) in {(one["work_order"], one["engineer"]) for one in board["visits"]}
    assert number not in {job["ticket"] for job in board["unplanned"]}

    # On site: standard work with a hazard that must be confirmed and a check that branches.
    path = f"/v1/work-orders/{visit}"
    for step in ("confirm", "depart"):
        phone.post(f"{path}/{step}")
    phone.post(f"{path}/check-in", {"lat": 22.6, "lon": 114.0, "accuracy_m": 10})
    run = desk.post(f"{path}/sop-runs", {"sop": sop, "required": True})
    steps = f"/v1/sop-runs/{run['id']}/steps"
    refused = house.client.post(
        steps, json={"step": "off", "outcome": "done", "command_id": new_id()},
        headers={**house.mine.headers["engineer"], "Idempotency-Key": new_id()},
    )  # fmt: skip
    assert refused.status_code in {409, 422}, refused.text
    phone.post(f"{path}/report", {"report": "Pump changed, quiet again."})
    early = house.client.post(
        f"{path}/finish", json={"result": "solved"},
        headers={**house.mine.headers["engineer"], "Idempotency-Key": new_id()},
    )  # fmt: skip
    assert early.status_code == 409, early.text
    done = phone.post(steps, {"step": "off", "outcome": "done", "hazard_confirmed": True})
    done = phone.post(steps, {"step": "pressure", "outcome": "passed", "value": "9.5"})
    assert done["next"]["step"] == "change", done["next"]
    phone.post(f"{path}/parts", {"part": part, "from": van, "command_id": new_id()})
    done = phone.post(steps, {"step": "change", "outcome": "done"})
    assert done["state"] == "ended", done["state"]
    phone.post(f"{path}/labour", {"kind": "work", "minutes": 90})
    phone.post(f"{path}/findings", TOLD)
    signed = {"name": "Nina", "png": base64.b64encode(picture("white")).decode()}
    phone.post(f"{path}/signature", signed)
    phone.post(f"{path}/finish", {"result": "solved"})

    # Costed and closed; what was computed then stays, whatever happens to the rates.
    costs = desk.get(f"/v1/tickets/{number}/costs")
    assert {"labour", "parts"} <= {line["kind"] for line in costs["lines"]}
    if desk.get(f"/v1/tickets/{number}")["ticket"]["state"] != "closed":
        desk.post(f"/v1/tickets/{number}/move", {"state": "closed"})
    kept = desk.get(f"/v1/tickets/{number}/costs")
    assert kept["state"] == "kept"
    labour = [line for line in kept["lines"] if line["kind"] == "labour"]
    assert [line["cost"] for line in labour] == [{"amount": "90.00", "currency": "EUR"}]

    # Rated by the customer, once; a low score opens a case.
    asked = desk.post(f"/v1/tickets/{number}/survey", {"way": "link", "language": "en"})
    token = asked["secret"].rstrip("/").rsplit("/", 1)[-1]
    for _ in range(2):
        answer = house.client.post(
            f"/v1/public/surveys/{token}", json={"csat": 1, "nps": 2, "comment": "Came too late"}
        )
        assert answer.status_code == 200, answer.text
    given = [row for row in desk.get("/v1/feedback", limit=200)["items"] if row["ticket"] == number]
    assert [(row["csat"], row["nps"]) for row in given] == [(1, 2)]
    cases = [
        one for one in desk.get("/v1/callbacks", limit=200)["items"] if one["ticket"] == number
    ]
    ticket = desk.get(f"/v1/tickets/{number}")
    assert cases or number in str(desk.get("/v1/tickets", type="complaint")), ticket

    # The library has learned it.
    (finding,) = desk.get(f"/v1/tickets/{number}/findings")["items"]
    fault = desk.get(f"/v1/faults/{finding['fault']}")
    assert (fault["state"], finding["origin"]) == ("draft", "engineer")
    evidence = desk.get(f"/v1/faults/{fault['number']}/findings")["items"]
    assert [(one["ticket"], one["work_order"]) for one in evidence] == [(number, visit)]
    assert "bearing" in str(fault["cause"])


def _standard_work(desk: Desk, sop: str) -> None:
    content = {
        "title": {"en": "Change of the pump"},
        "steps": [
            {"id": "off", "title": {"en": "Switch off"}, "kind": "action", "hazard": "danger",
             "role": "engineer", "safety": {"en": "Mains voltage: lock the main switch."}},
            {"id": "pressure", "title": {"en": "Read the pressure"}, "kind": "reading",
             "reading": {"unit": "bar", "low": "4", "high": "5"},
             "on_fail": "goto", "goto": "change", "then": "end"},
            {"id": "change", "title": {"en": "Change the pump"}, "kind": "action"},
        ],
    }  # fmt: skip
    desk.post("/v1/sops", {"code": sop, "content": content})
    desk.post(f"/v1/sops/{sop}/publish", {"note": "first"})


def _span(house: Any) -> dict[str, str]:
    from datetime import timedelta

    from careloop.kit.clock import iso

    now = house.services.clock.now()
    return {"from": iso(now - timedelta(days=1)), "until": iso(now + timedelta(days=7))}
