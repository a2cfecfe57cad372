"""The doors of the termbase: reading, own entries, files, proposals; each maker apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from careloop.api.cli.main import app as shell
from careloop.knowledge.language.term_exchange import read_terms
from careloop.knowledge.service import SourceFile, add_files
from careloop.knowledge.terms import queries

BODY = {"kind": "component", "names": {"en": ["flux bridle"], "zh": ["磁通缰"]}, "reviewed": ["en"]}
AT = "/v1/kb/terms/flux_bridle"
DOCUMENT = (
    "---\nid: BRIDLE-{n}\ntitle: Care of the zorbel ring\nlang: en\n---\n"
    "## Zorbel ring\n\nDry the zorbel ring. The zorbel ring is blue.\n"
)


def put(house: Any, key: str = "flux_bridle", who: str = "editor", **more: Any) -> Any:
    headers = house.mine.headers[who]
    return house.client.put(f"/v1/kb/terms/{key}", json={**BODY, **more}, headers=headers)


def send(house: Any, data: bytes, dry_run: bool = False, who: str = "editor") -> Any:
    return house.client.post(
        "/v1/kb/terms/import", files={"file": ("terms.csv", data)},
        data={"dry_run": str(dry_run).lower()}, headers=house.mine.headers[who],
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _no_own_terms(house: Any) -> Any:
    yield
    for term in house.get("/v1/kb/terms?own=true&limit=200").json()["items"]:
        house.client.delete(
            f"/v1/kb/terms/{term['key']}", headers=house.mine.headers["admin"]
        )  # fmt: skip


def test_an_own_term_comes_hides_and_goes(house: Any) -> None:
    made = put(house, note="ours")
    assert made.status_code == 200, made.text
    assert made.json() == {
        "key": "flux_bridle", "kind": "component", "domain": "own", "reviewed": ["en"],
        "names": {"zh": ["磁通缰"], "en": ["flux bridle"]}, "own": True, "note": "ours",
    }  # fmt: skip
    found = house.get("/v1/kb/terms?q=bridle", who="agent").json()
    assert [item["key"] for item in found["items"]] == ["flux_bridle"]
    assert (found["total"], found["next_cursor"]) == (1, None)
    assert put(house, "pump", names={"en": ["blue booster"]}).json()["own"]
    assert house.get("/v1/kb/terms?q=booster&own=true").json()["total"] == 1
    headers = house.mine.headers["editor"]
    gone = house.client.delete("/v1/kb/terms/pump", headers=headers).json()
    assert gone["shipped"]["own"] is False
    assert house.client.delete("/v1/kb/terms/pump", headers=headers).status_code == 404


def test_one_makers_terms_are_not_anothers(house: Any) -> None:
    put(house)
    theirs = house.theirs.headers["admin"]
    found = house.client.get("/v1/kb/terms?q=bridle", headers=theirs).json()
    assert found["total"] == 0
    assert house.client.delete(AT, headers=theirs).status_code == 404
    exported = house.client.get("/v1/kb/terms/export", headers=theirs)
    assert b"flux bridle" not in exported.content
    assert house.get("/v1/kb/terms?q=bridle").json()["total"] == 1


@pytest.mark.parametrize("who", ["agent", "engineer", "evaluator"])
def test_who_may_only_read(house: Any, who: str) -> None:
    assert house.get("/v1/kb/terms", who=who).status_code == 200
    assert put(house, who=who).status_code == 403
    assert send(house, b"concept,kind,en\na,component,b\n", who=who).status_code == 403
    assert send(house, b"concept,kind,en\na,component,b\n", True, who).status_code == 403
    answer = house.client.delete(AT, headers=house.mine.headers[who])
    assert answer.status_code == 403
    path = f"/v1/kb/terms/proposals/{'0' * 26}"
    assert house.post(f"{path}/dismiss", who=who).status_code == 403


def test_a_visitor_reads_no_terms(house: Any, chat: Any) -> None:
    answer = house.client.get("/v1/kb/terms", headers=chat.headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("key", "body", "field"),
    [
        ("Flux-Bridle", {}, "concept"), ("flux", {"kind": "gadget"}, "kind"),
        ("flux", {"names": {"xx": ["a"]}}, "xx"), ("flux", {"names": {}}, "concept"),
        ("flux", {"names": {"en": ["a|b"]}}, "en"), ("flux", {"reviewed": ["xx"]}, "reviewed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_field(
    house: Any, key: str, body: dict[str, Any], field: str
) -> None:
    answer = put(house, key, **body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("form", ["csv", "tbx"])
def test_a_file_goes_round(house: Any, form: str) -> None:
    put(house, note="=1+1")
    exported = house.get(f"/v1/kb/terms/export?format={form}", who="agent")
    assert exported.headers["content-disposition"].endswith(f'terms.{form}"')
    reading = read_terms(exported.content)
    assert "flux_bridle" in {concept.key for concept in reading.concepts}
    same = send(house, exported.content)
    assert same.status_code == 200, same.text
    assert same.json() == {
        "added": 0, "changed": 0, "unchanged": len(reading.concepts), "errors": []
    }  # fmt: skip
    assert house.get("/v1/kb/terms?own=true").json()["total"] == 1


def test_a_dry_run_stores_nothing_and_bad_rows_are_told(house: Any) -> None:
    table = "concept,kind,en,de\nflux,component,flux ring,\nBAD,component,x,\nvane,gadget,v,\n"
    for dry_run in (True, False):
        report = send(house, table.encode(), dry_run).json()
        assert (report["added"], report["changed"], report["unchanged"]) == (1, 0, 0)
        assert [(e["row"], e["column"]) for e in report["errors"]] == [(3, "concept"), (4, "kind")]
        assert house.get("/v1/kb/terms?own=true").json()["total"] == int(not dry_run)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff" * 20, b"a,b\n1,2\n", b"<html/>",
        b'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>',
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(house: Any, data: bytes) -> None:
    answer = send(house, data)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] in ("unreadable_terms", "invalid_input")
    assert "root:" not in answer.text


def test_what_own_terms_clash_with(house: Any) -> None:
    put(house, names={"en": ["Pump"]})
    problems = house.get("/v1/kb/terms/check", who="agent").json()["problems"]
    assert any(
        item["kind"] == "clash" and "flux_bridle" in item["key"] and item["lang"] == "en"
        for item in problems
    )
    assert {item["kind"] for item in problems} <= {"clash", "duplicate", "missing"}


def test_proposals_are_made_taken_and_refused(house: Any) -> None:
    sources = [SourceFile(f"en/b{n}.md", DOCUMENT.format(n=n).encode()) for n in range(2)]
    with house.services.database.write() as session:
        add_files(session, house.mine.staff["admin"], sources)
    house.services.runtime.invoke(house.mine.staff["editor"], "terms.propose", {})
    items = house.get("/v1/kb/terms/proposals", who="agent").json()["items"]
    ring = next(item for item in items if item["text"].lower() == "zorbel ring")
    assert (ring["lang"], ring["documents"]) == ("en", ["BRIDLE-0", "BRIDLE-1"])
    assert ring["count"] >= 4
    at = f"/v1/kb/terms/proposals/{ring['id']}"
    body = {"kind": "component", "names": {"en": ["zorbel ring"]}}
    theirs = house.theirs.headers["admin"]
    assert house.client.post(f"{at}/accept", json=body, headers=theirs).status_code == 404
    made = house.post(f"{at}/accept", body, who="editor")
    assert made.status_code == 200, made.text
    assert made.json()["key"] == "zorbel_ring"
    assert house.post(f"{at}/accept", body, who="editor").status_code == 409
    assert house.post(f"{at}/dismiss", who="editor").status_code == 409
    with house.services.database.read() as session:
        for row in queries.proposals(session, house.theirs.staff["admin"]):
            raise AssertionError(row.text)
    for item in house.get("/v1/kb/terms/proposals").json()["items"]:
        assert house.post(f"/v1/kb/terms/proposals/{item['id']}/dismiss").status_code == 200
    assert house.get("/v1/kb/terms/proposals").json()["items"] == []


def test_the_whole_list_by_cursor(house: Any) -> None:
    keys: list[str] = []
    cursor = ""
    while True:
        page = house.get(f"/v1/kb/terms?limit=200&cursor={cursor}").json()
        keys += [item["key"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert keys == sorted(set(keys))
    assert len(keys) == page["total"]


def test_the_shell_checks_lists_and_moves_terms(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, sqlite_database: Any, tenant: str
) -> None:
    monkeypatch.setenv("CARELOOP_HOME", str(tmp_path))
    monkeypatch.setenv("CARELOOP_DATABASE_URL", str(sqlite_database.url))
    run = CliRunner()
    checked = json.loads(run.invoke(shell, ["terms", "check", "--json"]).stdout)
    assert checked["concepts"] > 600
    table = tmp_path / "own.csv"
    table.write_text("concept,kind,en\nflux_bridle,component,flux bridle\n", encoding="utf-8")
    for arguments, added in ((["--dry-run"], 1), ([], 1), ([], 0)):
        told = run.invoke(shell, ["terms", "import", str(table), "--json", *arguments])
        assert json.loads(told.stdout)["added"] == added, told.output
    listed = json.loads(run.invoke(shell, ["terms", "list", "--own", "--json"]).stdout)
    assert [item["key"] for item in listed["items"]] == ["flux_bridle"]
    out = tmp_path / "all.tbx"
    assert run.invoke(shell, ["terms", "export", str(out)]).exit_code == 0
    assert "flux_bridle" in {c.key for c in read_terms(out.read_bytes()).concepts}
    proposed = json.loads(run.invoke(shell, ["terms", "propose", "--json"]).stdout)
    assert (proposed["open"], proposed["items"]) == (0, [])
    table.write_text("concept,kind,en\nNO,component,x\n", encoding="utf-8")
    assert run.invoke(shell, ["terms", "import", str(table)]).exit_code == 1
