"""Findings and surveys over HTTP: from the visit to the library, from the mail to the call-back."""

from __future__ import annotations

import re
from typing import Any

from careloop.api import fault_rounds, survey_sending
from careloop.kit.ids import new_id
from careloop.kit.mail import RecordingMailer


def keyed(house: Any, role: str = "admin") -> dict[str, str]:
    return {**house.mine.headers[role], "Idempotency-Key": new_id()}


def visit_of(house: Any, ticket: str) -> str:
    window = {"from": "2027-01-10T09:00:00Z", "until": "2027-01-10T11:00:00Z", "time_zone": "UTC"}
    planned = house.client.post(
        "/v1/work-orders", json={"ticket": ticket, "window": window}, headers=keyed(house)
    )
    assert planned.status_code == 201, planned.text
    number = planned.json()["number"]
    act = f"/v1/work-orders/{number}/check-in"
    assert house.client.post(act, json={}, headers=keyed(house)).status_code == 200
    return str(number)


def ticket_of(house: Any) -> str:
    body = {
        "title": "风扇异响", "serial": house.mine.serial, "language": "zh",
        "contact_id": house.mine.contact,
    }  # fmt: skip
    told = house.client.post("/v1/tickets", json=body, headers=keyed(house))
    assert told.status_code == 201, told.text
    return str(told.json()["number"])


def test_what_was_found_on_a_visit_grows_into_a_reviewed_fault_and_an_article(house: Any) -> None:
    client, headers = house.client, house.mine.headers["admin"]
    numbers = []
    for words in (
        {"component": "冷却风扇", "symptom": {"concept": "overheating"}, "remedy": "更换冷却风扇"},
        {"component": {"text": "cooling fan", "lang": "en"}, "symptom": {"concept": "overheating"},
         "remedy": {"text": "replace the cooling fan", "lang": "en"}},
    ):  # fmt: skip
        ticket = ticket_of(house)
        visit = visit_of(house, ticket)
        lang = "zh" if isinstance(words["component"], str) else "en"
        found = {**words, "lang": lang, "parts": {"FAN-1": 1}, "minutes": 40}
        body = {
            "result": "solved", "report": "done", "command_id": new_id(), "findings": [found],
        }  # fmt: skip
        act = f"/v1/work-orders/{visit}/finish"
        for _ in range(2):
            done = client.post(act, json=body, headers=keyed(house))
            assert done.status_code == 200, done.text
        told = client.get(f"/v1/work-orders/{visit}/findings", headers=headers).json()["items"]
        assert [one["outcome"] for one in told] == ["closed"], told
        numbers.append(told[0]["fault"])
    # The same in two languages is one fault.
    assert numbers[0] == numbers[1]
    number = numbers[0]
    page = client.get(f"/v1/faults/{number}?lang=de", headers=headers).json()
    assert page["success"]["attempts"] == 2 and page["component"]["concept"] == "cooling_fan"
    assert page["component"]["label"] != "冷却风扇" and page["component"]["translated"]
    part = page["parts"][0]
    assert (part["part"], part["cases"], part["of"]) == ("FAN-1", 2, 2)
    assert page["minutes"]["median"] == 40

    assert client.post(f"/v1/tickets/{ticket}/confirm", json={"by": "customer"},
                       headers=keyed(house)).status_code == 200  # fmt: skip
    reopened = client.post(
        f"/v1/tickets/{ticket}/reopen", json={"reason": "noise again"}, headers=keyed(house)
    )
    assert reopened.status_code == 200, reopened.text
    success = client.get(f"/v1/faults/{number}", headers=headers).json()["success"]
    assert (success["attempts"], success["failures"]) == (2, 1)

    asked = {"text": "Lüfter läuft, Gerät überhitzt", "lang": "de", "model": page["models"][0]}
    found = client.get("/v1/faults/suggest", params=asked, headers=headers).json()
    assert found["items"][0]["fault"]["number"] == number
    assert {one["concept"] for one in found["understood"]} >= {"overheating"}
    assert not client.get(
        "/v1/faults/suggest", params={"text": "Rechnung fehlt"}, headers=headers
    ).json()["items"]

    refused = client.post(f"/v1/faults/{number}/article", json={}, headers=keyed(house))
    assert refused.status_code == 409
    assert client.post(f"/v1/faults/{number}/review", json={}, headers=headers).status_code == 200
    made = [
        client.post(f"/v1/faults/{number}/article", json={"lang": "en"}, headers=headers).json()
        for _ in range(2)
    ]
    assert [one["refreshed"] for one in made] == [False, True]
    assert made[0]["article_id"] == made[1]["article_id"]


def test_a_closed_ticket_without_a_finding_gets_one_proposed_without_names(house: Any) -> None:
    client, headers = house.client, house.mine.headers["admin"]
    ticket = ticket_of(house)
    move = {
        "state": "resolved", "component": "cooling fan",
        "resolution": "原因：轴承磨损。处理：更换冷却风扇，已与 Dora mine 确认",
    }  # fmt: skip
    done = client.post(f"/v1/tickets/{ticket}/move", json=move, headers=headers)
    assert done.status_code == 200, done.text
    fault_rounds.sweep(house.services)
    told = client.get(f"/v1/tickets/{ticket}/findings?lang=en", headers=headers).json()["items"]
    assert [(one["origin"], one["outcome"]) for one in told] == [("proposed", "closed")]
    assert told[0]["cause"]["concept"] == "bearing_damage"
    assert "Dora" not in str(told)
    fault_rounds.sweep(house.services)
    again = client.get(f"/v1/tickets/{ticket}/findings", headers=headers).json()["items"]
    assert len(again) == 1


def test_a_survey_goes_out_by_mail_once_and_is_answered_on_its_page(house: Any) -> None:
    client, headers = house.client, house.mine.headers["admin"]
    mailer = RecordingMailer()
    house.services.mailer = mailer
    settings = client.get("/v1/feedback/settings", headers=headers).json()
    settings |= {"active": True, "delay_minutes": 0, "quiet_days": 0, "ways": ["mail"]}
    put = client.put("/v1/feedback/settings", json=settings, headers=headers)
    assert put.status_code == 200, put.text
    ticket = ticket_of(house)
    for state in ("resolved", "closed"):
        move = {"state": state, "resolution": "new fan"}
        path = f"/v1/tickets/{ticket}/move"
        assert client.post(path, json=move, headers=headers).status_code == 200
    for _ in range(2):
        survey_sending.sweep(house.services)
    sent = [mail for mail in mailer.sent if ticket in mail.subject]
    assert len(sent) == 1, [mail.subject for mail in mailer.sent]
    token = re.search(r"/r/(\w+)", sent[0].text)
    assert token
    path = f"/v1/public/surveys/{token[1]}"
    shown = client.get(f"{path}?lang=fr").json()
    assert (shown["state"], shown["language"], shown["ticket"]) == ("open", "fr", ticket)
    assert client.post(path, json={"comment": "no score"}).status_code == 422
    said = {"csat": 1, "nps": 0, "reasons": ["slow"], "lang": "de",
            "comment": "Eine Frechheit, drei Mal angerufen und niemand hilft!"}  # fmt: skip
    for _ in range(2):
        answered = client.post(path, json=said).json()
    assert answered["state"] == "answered" and answered["answer"]["csat"] == 1
    items = client.get("/v1/feedback", params={"ticket": ticket}, headers=headers).json()["items"]
    assert len(items) == 1 and items[0]["low"] and items[0]["mood"] < 0
    tasks = client.get("/v1/callbacks", params={"ticket": ticket}, headers=headers).json()["items"]
    assert [task["state"] for task in tasks] == ["open"]
    assert client.post(f"{path}/stop", json={}).json()["stopped"]
    other = ticket_of(house)
    refused = client.post(f"/v1/tickets/{other}/survey", json={"way": "mail"}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "survey_not_sent")
    assert client.get("/v1/public/surveys/" + "x" * 40).status_code == 404
    assert not client.post(f"{path}/stop", json={"stop": False}).json()["stopped"]


def test_a_link_is_copied_and_stays_the_same(house: Any) -> None:
    headers = house.mine.headers["admin"]
    ticket = ticket_of(house)
    links = [
        house.client.post(
            f"/v1/tickets/{ticket}/survey", json={"way": "link"}, headers=headers
        ).json()["secret"]
        for _ in range(2)
    ]
    assert links[0] and links[0] == links[1]


def test_faults_go_out_as_csv_and_come_back_unchanged(house: Any) -> None:
    client, headers = house.client, house.mine.headers["admin"]
    body = {
        "component": "冷却风扇", "symptom": {"concept": "overheating"}, "remedy": "换一个新的",
        "models": ["PX-9"], "error_codes": ["E-217"], "note": "check",
    }  # fmt: skip
    made = client.post("/v1/faults", json=body, headers=headers)
    assert made.status_code == 201, made.text
    assert client.post("/v1/faults", json=body, headers=headers).status_code == 409
    out = client.get("/v1/exports/faults?format=csv&headers=zh", headers=headers)
    assert out.status_code == 200, out.text
    for expected in ({"updated": 0}, {"updated": 1}):
        content = out.content
        if expected["updated"]:
            content = content.replace("换一个新的".encode(), "更换冷却风扇".encode())
        files = {"files": ("故障库.csv", content, "text/csv")}
        told = client.post("/v1/imports", files=files, headers=keyed(house))
        assert told.status_code in {200, 201, 202}, told.text
        run = told.json()
        counts = (run["counts"]["updated"], run["counts"]["rejected"], run["counts"]["created"])
        assert counts == (expected["updated"], 0, 0), run
    fault_rounds.sweep(house.services)
    page = client.get(f"/v1/faults/{made.json()['number']}", headers=headers).json()
    assert page["remedy"]["text"] == "更换冷却风扇"
    found = client.get("/v1/faults", params={"q": "Kühlventilator"}, headers=headers).json()[
        "items"
    ]
    assert made.json()["number"] in [one["number"] for one in found]
