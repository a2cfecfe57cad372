"""Standard work over HTTP: written, published, followed on a visit with a phone's patience."""

from __future__ import annotations

from typing import Any

import pytest

from careloop.crm_core.catalog.models import Part
from careloop.kit.actor import Role, staff_actor, system_actor
from careloop.kit.ids import new_id
from careloop.knowledge.service import SourceFile, add_files
from careloop.tools.sop_articles import content_of_article

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
WINDOW = {
    "from": "2026-12-01T09:00:00+08:00", "until": "2026-12-01T11:00:00+08:00",
    "time_zone": "Asia/Shanghai",
}  # fmt: skip
CONTENT = {
    "title": {"zh": "测压", "en": "Measure pressure"},
    "steps": [
        {"id": "off", "title": {"zh": "断电", "en": "Power off"}, "hazard": "caution",
         "safety": {"zh": "小心", "en": "Mind your hands"}, "photos_min": 1, "kind": "photo"},
        {"id": "press", "title": {"zh": "压力"}, "kind": "reading",
         "reading": {"unit": "kPa", "low": 25.5, "high": 45}, "on_fail": "continue",
         "parts": [{"part": "P-NOWHERE"}]},
    ],
}  # fmt: skip
ARTICLE = """---
id: PUMP
title: Change the pump {lang}
type: procedure
product_models: [PX-100]
lang: {lang}
{more}---
{lead}

> {warn}

1. {one}
2. {two} P-KNOWN-1

> {mind}

3. {three}
   - {no}: {back}
   - {yes}: {end}
"""
ENGLISH = {
    "lang": "en", "more": "", "lead": "About 20 minutes.",
    "warn": "Warning (qualified engineers only): the pump is hot, lock out first.",
    "one": "Power off. Wait 10 minutes.", "two": "Fit",
    "mind": "Caution: glass breaks.", "three": "Does it run?",
    "no": "no", "back": "go to step 1", "yes": "yes", "end": "solved: the pump was worn",
}  # fmt: skip
CHINESE = {
    "lang": "zh", "more": "translation: reviewed\n", "lead": "约 20 分钟。",
    "warn": "警告（仅限合格工程师）：泵很烫，先上锁。", "one": "断电。等待 10 分钟。",
    "two": "装入",
    "mind": "注意：玻璃易碎。", "three": "能运行吗？", "no": "不能", "back": "转到第 1 步",
    "yes": "能", "end": "已解决：泵磨损",
}  # fmt: skip


def call(house: Any, method: str, path: str, body: Any = None, who: str = "admin") -> Any:
    headers = {**house.mine.headers[who], "Idempotency-Key": new_id()}
    return house.client.request(method, path, json=body, headers=headers)


def made(house: Any, method: str, path: str, body: Any, status: int = 200) -> Any:
    answer = call(house, method, path, body)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def code(house: Any) -> str:
    found = f"P-{new_id()[-8:]}"
    made(house, "POST", "/v1/sops", {"code": found, "content": CONTENT}, 201)
    return found


def test_a_procedure_is_written_published_compared_and_taken_along(house: Any, code: str) -> None:
    path = f"/v1/sops/{code}"
    bare = house.client.post("/v1/sops", json={"code": "x"}, headers=house.mine.headers["admin"])
    assert (bare.status_code, bare.json()["code"]) == (400, "idempotency_key_missing")
    page = house.get(path)
    assert page.headers["ETag"] == '"1"'
    assert {one["code"] for one in page.json()["problems"]} == {"language_gap", "part_unknown"}
    stale = call(house, "PUT", f"{path}/draft", {"content": CONTENT, "version": 9})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_conflict")
    broken = {**CONTENT, "steps": [{"id": "a", "then": "nowhere"}]}
    assert made(house, "POST", "/v1/sops/check", {"content": broken})["publishable"] is False
    assert made(house, "POST", f"{path}/publish", {"note": "first"})["published"] == 1
    longer = {**CONTENT, "minutes": 30}
    made(house, "PUT", f"{path}/draft", {"content": longer})
    told = house.get(f"{path}/diff", params={"from": 1, "until": 0}).json()["changes"]
    assert [(one["field"], one["before"], one["after"]) for one in told] == [("minutes", 0, 30)]
    assert made(house, "POST", f"{path}/publish", {})["state"] == "published"
    assert [one["number"] for one in house.get(f"{path}/versions").json()["items"]] == [2, 1]
    old = house.get(f"{path}/versions/1").json()
    assert old["content"]["steps"][1]["reading"] == {"unit": "kPa", "low": 25.5, "high": 45.0}
    document = house.get(f"{path}/export").json()
    document["code"] = f"{code}-B"
    assert made(house, "POST", "/v1/sops/import", {"document": document})["created"] is True
    listed = house.get("/v1/sops", params={"q": code, "state": "draft"}).json()["items"]
    assert [one["code"] for one in listed] == [f"{code}-B"]
    assert house.get("/v1/sops", params={"q": "测压", "tag": "none"}).json()["items"] == []
    for who, status in (("agent", 403), ("engineer", 403), ("editor", 200)):
        if who in house.mine.headers:
            answer = call(house, "PUT", f"{path}/draft", {"content": longer}, who)
            assert answer.status_code == status, (who, answer.text)


def test_a_phone_gets_all_it_needs_and_tells_it_once(house: Any, code: str) -> None:
    made(house, "POST", f"/v1/sops/{code}/publish", {})
    ticket = house.post("/v1/tickets", {"title": "Pressure", "serial": house.mine.serial})
    plan = {"ticket": ticket.json()["number"], "window": WINDOW}
    visit = f"/v1/work-orders/{made(house, 'POST', '/v1/work-orders', plan, 201)['number']}"
    made(house, "POST", f"{visit}/check-in", {})
    attach = {"sop": code, "required": True}
    run = f"/v1/sop-runs/{made(house, 'POST', f'{visit}/sop-runs', attach, 201)['id']}"
    page = house.get(run, params={"language": "en"}).json()
    assert [(one["title"], one["fallback"], one["state"]) for one in page["steps"]] == [
        ("Power off", False, "next"), ("压力", True, "open"),
    ]  # fmt: skip
    assert page["missing"][1] == {"step": "press", "number": 2, "title": "压力"}
    key = {**house.mine.headers["admin"], "Idempotency-Key": new_id()}
    photo = house.client.post(f"{run}/photos", headers=key, files={"file": ("a.png", PNG)})
    assert photo.status_code == 201, photo.text
    done = {
        "step": "off", "outcome": "done", "photo_ids": [photo.json()["id"]], "language": "en",
        "hazard_confirmed": True, "command_id": f"c-{code}", "happened_at": "2026-11-22T09:00:00Z",
    }  # fmt: skip
    first = made(house, "POST", f"{run}/steps", done, 201)
    again = made(house, "POST", f"{run}/steps", done, 201)
    assert [len(one["records"]) for one in (first, again)] == [1, 1]
    record = first["records"][0]
    assert (record["hazard_text"], record["late"]) == ("Mind your hands", True)
    assert house.client.get(record["photos"][0]["url"]).headers["content-type"] == "image/png"
    end = {"result": "solved", "report": "done"}
    refused = call(house, "POST", f"{visit}/finish", end, "agent")
    assert (refused.status_code, refused.json()["code"]) == (409, "sop_unfinished")
    assert refused.json()["errors"]["runs"][0]["missing"] == ["压力"]
    read = {"step": "press", "outcome": "done", "value": 12.25}
    told = made(house, "POST", f"{run}/steps", read, 201)
    assert (told["result"], told["records"][-1]["outcome"]) == ("remarks", "failed")
    reading = house.get(visit).json()["readings"][0]
    assert (reading["value"], reading["unit"], reading["ok"]) == (12.25, "kPa", False)
    assert made(house, "POST", f"{visit}/finish", end)["state"] == "done"
    listed = house.get("/v1/sop-runs", params={"sop": code, "result": "remarks"}).json()["items"]
    assert [one["id"] for one in listed] == [run.rsplit("/", 1)[1]]
    assert house.get(run, "editor").status_code == 200 if "editor" in house.mine.headers else True


def test_an_article_becomes_a_draft_with_its_warnings_and_branches(house: Any) -> None:
    tenant = house.mine.tenant
    files = [
        SourceFile(f"{said['lang']}/PUMP.md", ARTICLE.format(**said).encode())
        for said in (ENGLISH, CHINESE)
    ]
    with house.services.database.write(tenant) as session:
        session.add(Part(tenant_id=tenant, id=new_id(), number="P-KNOWN-1"))
        add_files(session, system_actor(tenant), files)
        reader = staff_actor(tenant, Role.EDITOR, new_id())
        content = content_of_article(session, reader, "PUMP")
    assert content.models == ["PX-100"]
    told = [
        (one.id, one.kind, one.hazard, one.role, [part.part for part in one.parts])
        for one in content.steps
    ]
    assert told == [
        ("s1", "action", "warning", "engineer", []),
        ("s2", "action", "none", "engineer", ["P-KNOWN-1"]),
        ("s3", "choice", "caution", "engineer", []),
    ]
    assert content.steps[0].title == {"en": "Power off", "zh": "断电"}
    assert content.steps[0].safety["zh"] == "警告（仅限合格工程师）：泵很烫，先上锁。"
    assert [(one.label["zh"], one.goto) for one in content.steps[2].options] == [
        ("不能", "s1"), ("能", "end"),
    ]  # fmt: skip
    body = {"article": "PUMP", "code": "PUMP-SOP"}
    page = made(house, "POST", "/v1/sops/from-article", body, 201)
    assert (page["source"], [one for one in page["problems"] if one["severity"] == "error"]) == (
        "PUMP", [],
    )  # fmt: skip
    missing = call(house, "POST", "/v1/sops/from-article", {"article": "NONE", "code": "N"})
    assert missing.status_code == 404
