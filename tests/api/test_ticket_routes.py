"""Tickets over HTTP: forms, filters, families, files, ends, and many at once."""

from __future__ import annotations

from typing import Any

import pytest

from careloop.kit.ids import new_id

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)


def opened(house: Any, **facts: Any) -> dict[str, Any]:
    answer = house.post("/v1/tickets", {"title": "Pump leaks", **facts}, who="agent")
    assert answer.status_code == 201, answer.text
    ticket: dict[str, Any] = answer.json()
    return ticket


def done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_form_tells_what_a_type_needs_and_the_door_asks_for_it(house: Any) -> None:
    forms = done(house.get("/v1/tickets/forms", "agent"))
    by_type = {form["type"]: form["fields"] for form in forms["types"]}
    needed = {field["name"] for field in by_type["return"] if field["required_at"] == "open"}
    assert needed == {"serial", "return_reason"}
    assert forms["arrows"]["merged"] == []
    refused = house.post("/v1/tickets", {"title": "x", "type": "return"}, who="agent")
    assert set(done(refused, 422)["errors"]) == needed
    wrong = {"title": "x", "type": "complaint", "fields": {"about": "weather", "size": "1"}}
    assert set(done(house.post("/v1/tickets", wrong), 422)["errors"]) == {"about", "size"}
    body = {
        "title": "x", "type": "return", "serial": house.mine.serial,
        "fields": {"return_reason": "defective"},
    }  # fmt: skip
    ticket = done(house.post("/v1/tickets", body), 201)
    assert ticket["missing"] == ["condition"]
    path = f"/v1/tickets/{ticket['number']}"
    solved = {"state": "resolved", "resolution": "credited"}
    assert "condition" in done(house.post(f"{path}/move", solved), 422)["errors"]
    headers = house.mine.headers["agent"]
    change = {"fields": {"condition": "used"}}
    assert done(house.client.patch(path, json=change, headers=headers))["missing"] == []
    assert done(house.post(f"{path}/move", solved))["resolution"] == "credited"


def test_resolving_needs_words_and_cancelling_a_reason(house: Any) -> None:
    path = f"/v1/tickets/{opened(house)['number']}/move"
    done(house.post(path, {"state": "resolved"}), 422)
    done(house.post(path, {"state": "cancelled"}), 422)
    moved = house.post(path, {"state": "resolved", "resolution": "seal", "cause": "wear"})
    assert done(moved)["cause"] == "wear"


def test_the_version_stands_in_the_tag_and_in_if_match(house: Any) -> None:
    number = opened(house)["number"]
    path, headers = f"/v1/tickets/{number}", house.mine.headers["agent"]
    tag = house.get(path).headers["etag"]
    first = house.client.patch(path, json={"title": "a"}, headers={**headers, "If-Match": tag})
    assert done(first)["version"] == int(first.headers["etag"].strip('"'))
    stale = house.client.patch(path, json={"title": "b"}, headers={**headers, "If-Match": tag})
    assert done(stale, 412)["code"] == "version_conflict"


@pytest.mark.parametrize("sort", ["newest", "due", "updated", "priority"])
def test_cursors_of_every_sort_lead_through_the_list_once(house: Any, sort: str) -> None:
    mark = f"m{new_id()[-8:]}"
    numbers = {
        opened(house, tags=[mark], priority=priority)["number"]
        for priority in ("low", "critical", "normal", "high", "critical")
    }
    seen, cursor = [], ""
    for _ in range(6):
        path = f"/v1/tickets?tag={mark}&sort={sort}&limit=2&cursor={cursor}"
        page = done(house.get(path, "agent"))
        seen += [ticket["number"] for ticket in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 5
    assert set(seen) == numbers
    for foreign in ("x", "WyJhIl0", "WzksbnVsbCwiYSJd", "WzAsIngiLCJhIl0"):
        told = house.get(f"/v1/tickets?sort={sort}&cursor={foreign}", "agent")
        assert told.status_code in (200, 422), told.text
    told = house.get(f"/v1/tickets?sort={sort}&cursor=WyJhIl0", "agent")
    assert told.status_code == 422


def test_a_family_of_tickets(house: Any) -> None:
    above, below, twin = (opened(house) for _ in range(3))
    path = f"/v1/tickets/{above['number']}"
    (child,) = done(house.post(f"{path}/children", {"numbers": [below["number"]]}))
    assert child["parent"] == above["number"]
    circle = house.post(f"/v1/tickets/{below['number']}/children", {"numbers": [above["number"]]})
    done(circle, 409)
    assert [one["number"] for one in done(house.get(f"{path}/children"))] == [below["number"]]
    blocked = house.post(f"{path}/move", {"state": "resolved", "resolution": "done"})
    assert below["number"] in done(blocked, 409)["detail"]
    merged = house.post(f"/v1/tickets/{twin['number']}/merge", {"into": below["number"]})
    assert done(merged)["number"] == below["number"]
    page = done(house.get(f"/v1/tickets/{twin['number']}"))
    assert page["ticket"]["merged_into"] == below["number"]
    done(house.post(f"/v1/tickets/{twin['number']}/comments", {"text": "x"}), 409)
    done(house.post(f"/v1/tickets/{twin['number']}/unmerge", {"reason": "two pumps"}))
    split = house.post(f"{path}/split", {"title": "Door squeaks", "as_child": True})
    assert done(split, 201)["parent"] == above["number"]
    assert len(done(house.get(path))["children"]) == 2


def test_tags_watching_and_links(house: Any) -> None:
    one, other = opened(house), opened(house)
    path = f"/v1/tickets/{one['number']}"
    assert done(house.post(f"{path}/tags", {"add": ["Urgent Case"]}))["tags"] == ["urgent case"]
    assert {"tag": "urgent case", "tickets": 1} in done(house.get("/v1/tickets/tags"))
    assert done(house.post(f"{path}/watch"))["watching"] is True
    watched = done(house.get("/v1/tickets?watching=true"))["items"]
    assert one["number"] in [ticket["number"] for ticket in watched]
    assert done(house.post(f"{path}/unwatch"))["watching"] is False
    link = {"kind": "caused_by", "target": other["number"]}
    done(house.post(f"{path}/links", link))
    (found,) = done(house.get(f"/v1/tickets/{other['number']}/links"))
    assert (found["target"], found["inverse"]) == (one["number"], True)
    foreign = {"kind": "conversation", "target": house.theirs.conversation}
    done(house.post(f"{path}/links", foreign), 404)
    done(house.post(f"{path}/watch", {"user_id": house.theirs.staff["agent"].user_id}), 404)


def test_a_file_opens_by_its_link_alone(house: Any) -> None:
    path = f"/v1/tickets/{opened(house)['number']}/attachments"
    headers = house.mine.headers["agent"]
    sent = house.client.post(
        path, headers=headers, files={"file": ("../a b.png", PNG)}, data={"public": "true"}
    )
    file = done(sent, 201)
    assert (file["name"], file["media_type"], file["public"]) == ("a b.png", "image/png", True)
    assert [one["id"] for one in done(house.get(path))] == [file["id"]]
    shown = house.client.get(file["url"])
    assert shown.status_code == 200
    assert shown.headers["x-content-type-options"] == "nosniff"
    for wrong in (file["url"][:-1] + "x", file["url"].split("?")[0]):
        assert house.client.get(wrong).status_code in {404, 422}
    done(house.client.post(path, headers=headers, files={"file": ("a.exe", b"MZ\x00\x00")}), 415)


def test_an_end_is_confirmed_or_taken_back(house: Any) -> None:
    number = opened(house)["number"]
    path = f"/v1/tickets/{number}"
    done(house.post(f"{path}/confirm"), 409)
    done(house.post(f"{path}/move", {"state": "resolved", "resolution": "seal"}))
    told = done(house.post(f"{path}/confirm", {"by": "sensor"}))
    assert (told["state"], told["confirmed_by"]) == ("resolved", "sensor")
    told = done(house.post(f"{path}/confirm", {"note": "works"}))
    assert (told["state"], told["confirmed_by"]) == ("closed", "customer")
    told = done(house.post(f"{path}/reopen", {"reason": "leaks again"}))
    assert (told["number"], told["state"], told["reopened_count"]) == (number, "in_progress", 1)
    assert told["confirmed_at"] is None
    done(house.post(f"{path}/reopen", {"reason": "twice"}), 409)


def test_a_second_report_of_the_same_fault_is_recognised(house: Any) -> None:
    facts = {"serial": house.mine.serial, "error_codes": ["E-217"]}
    first = opened(house, title="Pump PX makes a loud noise", **facts)
    query = {
        "title": "loud noise of the pump PX", "serial": house.mine.serial, "error_code": "e-217",
    }  # fmt: skip
    answer = house.client.get(
        "/v1/tickets/duplicates", params=query, headers=house.mine.headers["agent"]
    )
    best = done(answer)[0]
    assert best["number"] == first["number"]
    assert {reason["code"] for reason in best["reasons"]} == {
        "same_device", "same_code", "alike_title",
    }  # fmt: skip
    again = opened(house, title="Loud noise from pump PX", **facts)
    found = done(house.get(f"/v1/tickets/{again['number']}/duplicates"))
    assert first["number"] in [one["number"] for one in found]
    assert done(house.get("/v1/tickets/duplicates?title=pump")) == []


def test_many_at_once_each_tells_its_own_end(house: Any) -> None:
    one, other = opened(house)["number"], opened(house)["number"]
    closed = {"state": "resolved", "resolution": "x"}
    done(house.post(f"/v1/tickets/{other}/move", closed))
    change = {"priority": "high", "add_tags": ["bulk"], "state": "assigned", "reason": "rota"}
    body = {"numbers": [one, other, "TK-1999-000001", one.lower()], "change": change}
    key = {"Idempotency-Key": new_id()}
    report = done(house.post("/v1/tickets/bulk", body, headers=key))
    assert (report["done"], report["refused"]) == (1, 2)
    results = {result["number"]: result for result in report["results"]}
    assert results[one]["ticket"]["state"] == "assigned"
    assert results[other]["code"] == "transition_not_allowed"
    assert results["TK-1999-000001"]["code"] == "not_found"
    again = done(house.post("/v1/tickets/bulk", body, headers=key))
    assert again["results"][0] == report["results"][0]
    done(house.post("/v1/tickets/bulk", {"numbers": [one], "change": {}}), 422)
    done(house.post("/v1/tickets/bulk", body, who="editor"), 403)


def test_the_audit_of_a_ticket_tells_before_and_after(house: Any) -> None:
    number = opened(house)["number"]
    headers = house.mine.headers["agent"]
    change = {"priority": "high"}
    house.client.patch(f"/v1/tickets/{number}", json=change, headers=headers)
    entries = done(house.get(f"/v1/tickets/{number}/audit"))["items"]
    assert [entry["tool"] for entry in entries] == ["tickets.change", "tickets.open"]
    columns = {
        column["column"]: (column["before"], column["after"])
        for row in entries[0]["changes"]
        for column in row["columns"]
        if row["table"] == "ticket"
    }
    assert columns["priority"] == ("normal", "high")
    done(house.get(f"/v1/tickets/{number}/audit", "agent"), 403)


def test_history_tells_in_words(house: Any) -> None:
    number = opened(house)["number"]
    agent = house.mine.staff["agent"]
    change = {"priority": "high", "assignee_id": agent.user_id}
    house.client.patch(f"/v1/tickets/{number}", json=change, headers=house.mine.headers["agent"])
    words = [line["words"] for line in done(house.get(f"/v1/tickets/{number}"))["history"]]
    assert words[0] == "Opened"
    assert "priority from normal to high" in words[1]
    assert f"assignee from nothing to {agent.name}" in words[1]
