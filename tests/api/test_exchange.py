"""Lists out as files and in again: through the doors, with rights, audit, faults and limits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from careloop.api import exporting, schema
from careloop.api.bootstrap import Services, build
from careloop.api.exporting import Shape
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.export.directory import EXPORTS
from careloop.crm_core.export.schemas import Format, Headers
from careloop.crm_core.intake.delivery import read_delivery
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.service import run_import
from careloop.demo import device_life, fault_life, promise_life, stock_life, visit_life
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ids import new_id
from careloop.kit.settings import Settings
from tests.api.conftest import House

CUSTOMERS = "number,name,country\nNEW-1,Neu GmbH,DE\nNEW-2,Other Ltd,GB\nNEW-3,Bad,Nowhereland\n"


def _sent(house: House, files: dict[str, bytes], who: str = "admin", **query: Any) -> Any:
    return house.client.post(
        "/v1/imports", params=query, files=[("files", item) for item in files.items()],
        headers={**house.mine.headers[who], "Idempotency-Key": new_id()},
    )  # fmt: skip


def test_a_list_is_exported_with_its_filters_and_noted_in_the_audit(house: House) -> None:
    told = house.get(
        "/v1/exports/tickets?type=incident&headers=zh&time_zone=Asia/Shanghai", "agent"
    )
    assert told.status_code == 200, told.text
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(told.text.removeprefix("\ufeff"), newline="")))
    assert told.text.startswith("\ufeff工单号,") and "创建时间（Asia/Shanghai）" in lines[0]
    assert len(lines) - 1 == int(told.headers["x-row-count"]) >= 1
    assert house.theirs.ticket not in {line[0] for line in lines} - {house.mine.ticket}
    book = house.get("/v1/exports/customers?format=xlsx", "agent")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert sheet["A1"].value == "Customer number" and "attachment" in book.headers[
        "content-disposition"]  # fmt: skip
    audit = house.get("/v1/exports/audit").text
    assert "exported" in audit and "rows of tickets as csv, filter type=incident" in audit


def test_an_export_needs_its_rights_and_knows_its_filters(house: House) -> None:
    assert house.get("/v1/exports/audit", "agent").status_code == 403
    assert house.get("/v1/exports/tickets", "engineer").status_code == 403
    assert house.get("/v1/exports/nothing").status_code == 404
    assert house.get("/v1/exports/tickets?colour=red").status_code == 422
    assert house.get("/v1/exports/tickets?time_zone=Mars").status_code == 422
    forms = house.get("/v1/exchange/forms").json()
    assert {item["kind"] for item in forms["items"]} == {*EXPORTS, *FORMS}
    agents = house.get("/v1/exchange/forms", "agent").json()["items"]
    assert not any(item["importable"] for item in agents)
    assert "audit" not in {item["kind"] for item in agents}


def test_a_dry_run_changes_nothing_and_can_then_be_loaded(house: House) -> None:
    told = _sent(house, {"customers.csv": CUSTOMERS.encode()}, dry_run=True)
    assert told.status_code == 202, told.text
    run = told.json()
    assert (run["state"], run["dry_run"]) == ("done", True)
    assert run["counts"] == {
        "rows": 3, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1
    }  # fmt: skip
    assert "NEW-1" not in house.get("/v1/exports/customers").text
    faults = house.get(f"/v1/imports/{run['id']}/errors.csv").text
    assert 'rejected,customers.csv,4,country,Nowhereland,"is not a country;' in faults
    applied = house.post(
        f"/v1/imports/{run['id']}/apply", headers={"Idempotency-Key": new_id()}
    ).json()
    assert (applied["state"], applied["dry_run"], applied["counts"]["created"]) == (
        "done",
        False,
        2,
    )
    assert "NEW-1" in house.get("/v1/exports/customers").text
    again = _sent(house, {"customers.csv": CUSTOMERS.encode()}).json()
    assert again["counts"]["unchanged"] == 2 and again["counts"]["created"] == 0
    page = house.get(f"/v1/imports/{again['id']}").json()
    assert page["report"]["files"][0]["kind"] == "customers" and page["by"].startswith("admin")
    listed = house.get("/v1/imports?limit=2").json()
    assert [item["id"] for item in listed["items"]] == [again["id"], applied["id"]]
    older = house.get(f"/v1/imports?limit=2&cursor={listed['next_cursor']}").json()
    assert older["items"][0]["id"] == run["id"]
    assert (
        house.post(
            f"/v1/imports/{again['id']}/apply", headers={"Idempotency-Key": new_id()}
        ).status_code
        == 409
    )


def test_a_workbook_of_several_sheets_and_a_zip_are_read(house: House) -> None:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "客户"
    first.append(["客户编号", "客户名称"])
    first.append(["ZIP-1", "表格客户"])
    second = book.create_sheet("parts")
    second.append(["number", "name", "price", "currency"])
    second.append(["ZIP-P", "=cmd|' /C calc'!A0", 2.5, "EUR"])
    book.create_sheet("notes").append(["nothing"])
    data = io.BytesIO()
    book.save(data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("all/master data.xlsx", data.getvalue())
        archive.writestr("products.csv", "model,name\nZIP-M,Model\n")
        archive.writestr("__MACOSX/._products.csv", "x")
        archive.writestr("readme.pdf", "x")
    run = _sent(house, {"delivery.zip": packed.getvalue()}).json()
    report = house.get(f"/v1/imports/{run['id']}").json()["report"]
    assert {item["file"] for item in report["files"]} == {
        "master data.xlsx/客户", "master data.xlsx/parts", "products.csv"
    }  # fmt: skip
    assert run["counts"]["created"] == 3 and not report["errors"], report
    unread = {item["file"] for item in report["unknown_files"]}
    assert unread == {"master data.xlsx/notes", "readme.pdf"}


def test_bombs_broken_files_and_wrong_requests_do_no_harm(house: House) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customers.csv", b"0" * 50_000_000)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("more.zip", b"PK")
    files = {"bomb.zip": bomb.getvalue(), "broken.zip": b"PK\x03\x04no",
             "inner.zip": inner.getvalue(), "customers.xlsx": b"no workbook",
             "what.csv": b"a,b\n1,2\n"}  # fmt: skip
    run = _sent(house, files).json()
    report = house.get(f"/v1/imports/{run['id']}").json()["report"]
    reasons = {item["file"]: item["reason"] for item in report["unknown_files"]}
    assert "unlikely size" in reasons["bomb.zip"] and "damaged" in reasons["broken.zip"]
    assert "inside a zip" in reasons["inner.zip/more.zip"] and "what.csv" in reasons
    assert run["state"] == "done" and run["counts"]["created"] == 0
    assert "not a readable" in report["errors"][0]["reason"]
    good = {"customers.csv": CUSTOMERS.encode()}
    assert _sent(house, good, "agent").status_code == 403
    headers = house.mine.headers["admin"]
    assert house.client.post(
        "/v1/imports", headers=headers, files=[("files", ("customers.csv", b"x"))]
    ).status_code == 400  # fmt: skip
    for data in ({"mapping": "{"}, {"mapping": '{"customers": {"a": "nothing"}}'},
                 {"time_zone": "Mars"}, {"country": "Atlantis"}):  # fmt: skip
        told = house.client.post(
            "/v1/imports", data=data, files=[("files", ("customers.csv", CUSTOMERS.encode()))],
            headers={**headers, "Idempotency-Key": new_id()},
        )  # fmt: skip
        assert told.status_code == 422, told.text


def test_a_large_file_is_loaded_by_the_job_that_waits(house: House) -> None:
    lines = "".join(f"BIG-{n},{'Name ' * 30}\n" for n in range(7_000))
    run = _sent(house, {"customers.csv": f"number,name\n{lines}".encode()}).json()
    assert run["state"] == "queued" and run["rows_total"] == 0
    house.services.imports.run(house.mine.tenant, run["id"])
    done = house.get(f"/v1/imports/{run['id']}").json()
    assert (done["state"], done["counts"]["created"], done["rows_done"]) == ("done", 7_000, 7_000)
    house.services.imports.run(house.mine.tenant, run["id"])  # the job again after a crash
    assert house.get(f"/v1/imports/{run['id']}").json()["version"] == done["version"]


HISTORY = {
    "calendars.csv": "code,monday,time_zone\nDAY,09:00-17:00,Europe/Berlin\n",
    "customers.csv": "number,name,tier\nH-C,History,keen\n",
    "sla_policies.csv": 'code,tiers,calendar,targets\nKEEN,keen,DAY,"respond 60\nfix 600"\n',
    "locations.csv": "code,level\nHIST,depot\n",
    "parts.csv": "number,name,tracking\nH-1,Pump,serial\nH-2,Gel,lot\n",
    "stock_balances.csv": "location,part,lot,quantity\nHIST,H-2,L1,4\nHIST,H-1,,2\n",
    "stock.csv": "location,part,quantity\nHIST,H-2,6\nHIST,H-1,2\n",
    "stock_serials.csv": "location,part,serial\nHIST,H-1,SN-1\n",
    "tickets.csv": "number,title,state,created_at,parent,tags,merged_into,customer\n"
    "H-T2,Below,assigned,2026-01-05T08:00Z,H-T1,old,,H-C\n"
    "H-T1,Above,closed,2026-01-06T08:00Z,,,,\nH-T3,Same,merged,2026-01-04T08:00Z,,,H-T1,\n",
    "visits.csv": "number,ticket,arrived_at,finished_at,labour_minutes,parts,result\n"
    "H-V1,H-T2,2026-01-07T08:00Z,2026-01-07T09:00Z,45,H-1:1,temporary\n",
}


COUNT = sum(text.count("\n") - 1 for text in HISTORY.values()) - 1  # one cell has two lines


def test_history_lots_and_service_levels_come_in_through_the_door(house: House) -> None:
    files = {name: text.encode() for name, text in HISTORY.items()}
    run = _sent(house, files, dry_run=True).json()
    page = house.get(f"/v1/imports/{run['id']}").json()
    assert run["counts"]["rejected"] == 0, page["report"]
    assert run["counts"]["created"] + run["counts"]["updated"] == COUNT
    assert "H-V1" not in house.get("/v1/exports/visits").text
    run = _sent(house, files).json()
    report = house.get(f"/v1/imports/{run['id']}").json()["report"]
    assert run["state"] == "done" and not report["errors"], report
    again = _sent(house, files).json()["counts"]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, COUNT)
    visit = house.get("/v1/work-orders/H-V1").json()
    assert (visit["ticket"], visit["result"], visit["state"]) == ("H-T2", "temporary", "done")
    assert visit["labour"][0]["minutes"] == 45 and visit["parts"][0]["part"] == "H-1"
    clocks = house.get("/v1/tickets/H-T2/clocks").json()["clocks"]
    assert {clock["kind"] for clock in clocks} == {"respond", "fix"}
    assert clocks[0]["started_at"].startswith("2026-01-05T08:00")
    below = {item["number"] for item in house.get("/v1/tickets?parent=H-T1").json()["items"]}
    assert below == {"H-T2"}
    tagged = house.get("/v1/tickets?tag=old").json()["items"]
    assert [item["number"] for item in tagged] == ["H-T2"]
    held = house.get("/v1/exports/stock_balances?location=HIST").text
    assert "H-2,4,,,L1" in held and "H-2,2,,,,good" in held
    assert "SN-1" in house.get("/v1/exports/stock_serials?location=HIST").text
    checked = house.get("/v1/stock/verify").json()
    assert checked["ok"] if "ok" in checked else not checked.get("differences"), checked


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    built = build(Settings(home=tmp_path_factory.mktemp("exchange")))
    schema.upgrade(built.database)
    yield built
    built.close()


def _house_of(services: Services, slug: str) -> Actor:
    with services.database.write() as session:
        return system_actor(accounts.ensure_tenant(session, slug, slug).tenant_id)


def _all(services: Services, actor: Actor, shape: Shape) -> dict[str, bytes]:
    return {
        f"{kind}.{shape.format.value}": b"".join(
            exporting.export(services, actor, kind, shape, {}).body
        )
        for kind in EXPORTS
        if kind in FORMS
    }


def _load(services: Services, actor: Actor, files: dict[str, bytes]) -> ImportReport:
    with services.database.write(actor.tenant_id) as session:
        return run_import(session, actor, read_delivery(files.items()))


def _demo(services: Services, slug: str) -> Actor:
    """The demo maker as it works: master data, staff, and everything its days have brought."""
    actor = _house_of(services, slug)
    data = Path(exporting.__file__).parents[1] / "demo" / "data"
    with services.database.write(actor.tenant_id) as session:
        run_import(
            session, actor, read_folder(data), staff_password="first password of all",
        )  # fmt: skip
    for life in (promise_life, visit_life, device_life, stock_life, fault_life):
        with services.database.write(actor.tenant_id) as session:
            life.enact(session, actor)
    return actor


def _lines(name: str, body: bytes) -> list[list[str]]:
    """What an import takes of the rows, in one order: ids follow the order of making, which an
    import cannot know."""
    columns = EXPORTS[name.partition(".")[0]].columns
    rows = csv.reader(io.StringIO(body.decode().removeprefix("\ufeff"), newline=""))
    return sorted(
        [cell for cell, column in zip(row, columns, strict=True) if column.taken] for row in rows
    )


def test_what_was_exported_is_imported_again_unchanged(services: Services) -> None:
    """The demo maker's books out, into themselves, and into an empty house: all equal."""
    first = _demo(services, "first")
    plain = _all(services, first, Shape())
    empty = {name for name, body in plain.items() if len(body.splitlines()) < 2}
    assert not empty, empty
    for format in Format:
        shape = Shape(format, Headers.ZH, True, "America/New_York")
        files = _all(services, first, shape)
        report = _load(services, first, files)
        assert not report.errors, (report.errors[:5], format)
        told_only = {column.zh for kind in FORMS if kind in EXPORTS
                     for column in EXPORTS[kind].columns if not column.taken}  # fmt: skip
        unread = {item.column.split("（")[0] for item in report.unknown_columns}
        assert unread <= told_only, unread
        changed = {file.kind: file for file in report.files if file.updated or file.created}
        assert not changed, changed
        second = _house_of(services, f"second-{format}")
        report = _load(services, second, files)
        assert not report.errors, report.errors[:5]
        for name, body in _all(services, second, Shape()).items():
            assert _lines(name, body) == _lines(name, plain[name]), (name, format)
