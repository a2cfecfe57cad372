"""The import keeps its promises: errors by row, the rest loaded, a second run changes nothing."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_office import NOON, Office, counts, faults, open_office
from sqlalchemy import event, func, select

import careloop.demo
from careloop.crm_core.accounts.models import User
from careloop.crm_core.accounts.service import ensure_tenant
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.crm_core.intake import report
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.ledger import Ledger
from careloop.crm_core.intake.mapping import read_mapping
from careloop.crm_core.intake.service import run_import
from careloop.crm_core.intake.tables import Home
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import Ticket, TicketEvent
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Role, staff_actor, system_actor
from careloop.kit.db import Base, Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput

DEMO = Path(careloop.demo.__file__).parent / "data"
SECOND_MAKER = Path(__file__).parent.parent / "second_maker" / "data"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path)


def _everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the audit."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def _basis(office: Office) -> None:
    """A customer, a model and a part for tests of what refers to them."""
    office.file("customers.csv", "number,name,country,language", "K1,Kunde Eins,DE,de")
    office.file("products.csv", "model,name,warranty_months", "M-1,Pump,24")
    office.file("parts.csv", "number,name_en,unit_price,currency", "P-1,seal,12.5,EUR")


@pytest.mark.parametrize("source", [DEMO, SECOND_MAKER], ids=["demo", "second maker"])
def test_every_row_is_loaded_or_reported(office: Office, source: Path) -> None:
    found = office.load(source, staff_password="first-password")
    for file in found.files:
        with (source / file.file).open(encoding="utf-8", newline="") as lines:
            assert file.rows == len(list(csv.reader(lines))) - 1
        assert file.rows == file.created + file.rejected
    assert found.total("rejected") == len(found.errors)
    assert found.warnings == []
    assert found.unknown_columns == []


def test_the_demo_company_loads_without_a_fault(office: Office) -> None:
    found = office.load(DEMO)
    assert found.errors == []
    assert [skipped.file for skipped in found.skipped_files] == ["staff.csv"]
    assert office.rows(User) == []
    ticket = next(t for t in office.rows(Ticket) if t.number == "TK-2024-000001")
    assert (ticket.state, ticket.priority, ticket.engineer) == ("closed", "high", "E-06")
    assert ticket.diagnosis["parts_used"] == {"YP-FL-2101": 2}
    assert ticket.created_at == datetime(2024, 1, 3, 6, 36, tzinfo=UTC)
    asset = next(a for a in office.rows(Asset) if a.id == ticket.asset_id)
    assert asset.serial == ticket.serial == "GS2000-22H0719"
    contact = next(c for c in office.rows(Contact) if c.id == ticket.contact_id)
    assert contact.email == "emre.sayginer@mvz-rheinufer.example"
    assert len(office.rows(ChannelIdentity)) > 50


def test_the_rows_broken_on_purpose_are_the_only_ones_lost(office: Office) -> None:
    found = office.load(SECOND_MAKER)
    assert faults(found) == [
        ("contacts.csv", 32, "customer", "KH9999"),
        ("contracts.csv", 14, "ends_on", "2025-02-30"),
        ("assets.csv", 35, "序列号", "T23C-V0231-9"),
    ]
    assert "row 11" in found.errors[2].reason
    wanted = {
        Customer: 20, ProductModel: 8, Part: 40, BomLine: 76, Contact: 30, ServiceContract: 12,
        Asset: 50, Ticket: 25, StockBalance: 145, Engineer: 11,
    }  # fmt: skip
    assert {model: len(office.rows(model)) for model in wanted} == wanted
    assert [unknown.file for unknown in found.unknown_files] == ["BROKEN.md"]
    twice = next(a for a in office.rows(Asset) if a.serial == "T23C-V0231-9")
    owner = next(c for c in office.rows(Customer) if c.id == twice.customer_id)
    assert owner.number == "KH2001"


@pytest.mark.parametrize("source", [DEMO, SECOND_MAKER], ids=["demo", "second maker"])
def test_a_second_run_changes_nothing(office: Office, source: Path) -> None:
    first = office.load(source, staff_password="first-password")
    before = _everything(office.database)
    second = office.load(source, staff_password="first-password")
    assert _everything(office.database) == before
    assert second.total("created") == second.total("updated") == 0
    assert second.total("unchanged") == first.total("created")
    assert faults(second) == faults(first)


@pytest.mark.parametrize("source", [DEMO, SECOND_MAKER], ids=["demo", "second maker"])
def test_a_dry_run_answers_the_same_and_writes_nothing(office: Office, source: Path) -> None:
    before = _everything(office.database)
    with office.database.read() as session:
        dry = run_import(session, office.actor, read_folder(source), dry_run=True)
    assert _everything(office.database) == before
    wet = office.load(source)
    assert dry.model_dump(exclude={"dry_run"}) == wet.model_dump(exclude={"dry_run"})
    assert (dry.dry_run, wet.dry_run) == (True, False)
    assert report.ImportReport.model_validate_json(wet.model_dump_json()) == wet


def test_it_runs_on_every_database(database: Database, admin: Any, tmp_path: Path) -> None:
    """The same on SQLite and PostgreSQL, as migrated, with changes between the runs."""
    office = Office(database, admin, tmp_path)
    first = office.load(DEMO)
    for file in DEMO.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("Premium", "Gold"), encoding="utf-8")
    second = office.load()
    assert second.total("created") == 0
    assert counts(second)["contracts"][1] > 0
    assert second.total("updated") == counts(second)["contracts"][1]
    assert first.errors == second.errors == []
    assert office.load().total("updated") == 0


def test_changed_values_update_and_only_they(office: Office) -> None:
    _basis(office)
    office.load()
    created = office.only(Customer)
    office.file("customers.csv", "number,name,city", "k1,Kunde Zwei,Bielefeld")
    found = office.load()
    assert counts(found)["customers"] == (0, 1, 0, 0)
    assert counts(found)["products"] == (0, 0, 1, 0)
    row = office.only(Customer)
    assert (row.name, row.city, row.country, row.number) == ("Kunde Zwei", "Bielefeld", "DE", "K1")
    assert (row.version, row.updated_at) == (2, NOON)
    assert created.version == office.only(Part).version == 1
    entry = office.rows(AuditEntry)[-1]
    assert entry.changes[0]["columns"]["name"] == ["Kunde Eins", "Kunde Zwei"]
    assert entry.reason == "0 created, 1 changed"


def test_an_empty_cell_empties_and_a_missing_column_does_not(office: Office) -> None:
    _basis(office)
    office.load()
    office.file("customers.csv", "number,name,country", "K1,Kunde Eins,")
    office.file("parts.csv", "number,name_en,name_zh", "P-1,,密封圈")
    office.load()
    customer, part = office.only(Customer), office.only(Part)
    assert (customer.country, customer.language) == ("", "de")
    assert part.names == {"zh": "密封圈"}
    assert (part.unit_price, part.currency) == (Decimal("12.5"), "EUR")


def test_a_file_in_chinese_words_of_an_old_spreadsheet(office: Office) -> None:
    """A title above the header, GB18030, semicolons, words and dates as offices write them."""
    _basis(office)
    office.file(
        "设备台账2024.csv", "设备台账;;;", "设备编号;产品型号;客户名称;安装日期(必填)",
        "Ａ-1;M-1;Kunde Eins;2021年6月3日", "B-2;m-1;K1;3.6.2022", encoding="gb18030",
    )  # fmt: skip
    office.file(
        "工单.csv",
        "工单号,故障类别,类型,客户编号,SN,故障描述,优先级,状态,报修时间,完成时间",
        "gd-1,电,故障,K1,b2,不启动,紧急,待处理,2024/5/1 08:30,",
        "GD-2,机,保养,K1,A1,,一般,已关闭,2024/5/2,2024/5/3",
        "GD-3,机,保养,K1,A1,年检,一般,,2024/5/2,2024/5/3",
    )
    found = office.load(home=Home(time_zone="Asia/Shanghai"))
    assert faults(found) == [("工单.csv", 3, "title", "")]
    assert [u.column for u in found.unknown_columns] == ["故障类别"]
    assets = {a.serial: a for a in office.rows(Asset)}
    assert [a.warranty_until for a in assets.values()] == [date(2023, 6, 3), date(2024, 6, 3)]
    by_number = {t.number: t for t in office.rows(Ticket)}
    first = by_number["GD-1"]
    assert (first.type, first.priority, first.state) == ("incident", "critical", "new")
    assert (first.serial, first.title) == ("B-2", "不启动")
    assert first.created_at == datetime(2024, 5, 1, 0, 30, tzinfo=UTC)
    assert by_number["GD-3"].state == "closed"
    assert found.files[-1].encoding == "utf-8"
    assert next(f for f in found.files if f.kind == "assets").encoding == "gb18030"


def test_a_workbook_is_read_like_a_csv_file(office: Office) -> None:
    _basis(office)
    book = openpyxl.Workbook()
    for row in (
        ["序列号", "型号", "客户", "安装日期", "运行小时", "备注"],
        ["A-1", "M-1", "K1", date(2024, 3, 5), 12.4, "x"],
        [1002, "M-1", "K1", 45356, "", None],
        ["A-3", "M-1", "K1", "05/03/2024", 1, None],
        ["A-4", "M-1", "K1", "=TODAY()", 1, None],
    ):
        book.active.append(row)
    book.create_sheet("other").append(["not read"])
    book.save(office.folder / "assets.xlsx")
    found = office.load()
    assert faults(found) == [
        ("assets.xlsx", 4, "安装日期", "05/03/2024"), ("assets.xlsx", 5, "安装日期", "=TODAY()"),
    ]  # fmt: skip
    assert [(a.serial, a.installed_on, a.usage_hours) for a in office.rows(Asset)] == [
        ("A-1", date(2024, 3, 5), 12), ("1002", date(2024, 3, 5), None),
    ]  # fmt: skip
    assert [u.column for u in found.unknown_columns] == ["备注"]
    assert office.load().total("updated") == 0


def test_text_that_looks_like_a_formula_is_stored_unchanged(office: Office) -> None:
    office.file("customers.csv", "number,name", '=1+1,"=HYPERLINK(""x"")"', "@K,+49 GmbH", "-2,-")
    assert office.load().errors == []
    assert [(c.number, c.name) for c in office.rows(Customer)] == [
        ("=1+1", '=HYPERLINK("x")'), ("@K", "+49 GmbH"), ("-2", "-"),
    ]  # fmt: skip


def test_every_bad_cell_of_a_row_is_named(office: Office) -> None:
    office.file(
        "customers.csv", "number,name,country,language,time_zone,city",
        f"K1,{'x' * 201},Atlantis,Elvish,Mars,ok", ",nameless,,,,", "K2,good,,,,", "K3,,,,,",
        "K4,too,,,,,many", "k2,again,,,,", "K5,#REF!,,,,",
    )  # fmt: skip
    found = office.load()
    assert [(e.row, e.column) for e in found.errors] == [
        (2, "name"), (2, "country"), (2, "language"), (2, "time_zone"), (3, "number"),
        (5, "name"), (6, ""), (7, "number"), (8, "name"),
    ]  # fmt: skip
    assert counts(found)["customers"] == (1, 0, 0, 6)
    assert len(found.errors[0].value) == report.SHOWN_VALUE_CHARS


def test_references_must_exist_and_a_rejected_row_is_none(office: Office) -> None:
    _basis(office)
    office.file("contacts.csv", "customer,name", "K9,nobody", "Kunde Eins,by name")
    office.file("assets.csv", "serial,model,customer", "A-1,M-9,K1", "A-2,M-1,K9", "---,M-1,K1")
    office.file("bom.csv", "model,part", "M-1,P-9", "M-1,P-1", "M-1,P-1")
    office.file("tickets.csv", "number,title,asset,customer", "T1,x,A-1,K1", "T2,y,,K1")
    found = office.load()
    assert [(e.file, e.row, e.column) for e in found.errors] == [
        ("bom.csv", 2, "part"), ("bom.csv", 4, "part"), ("contacts.csv", 2, "customer"),
        ("assets.csv", 2, "model"), ("assets.csv", 3, "customer"), ("assets.csv", 4, "serial"),
        ("tickets.csv", 2, "asset"),
    ]  # fmt: skip


def test_serials_alike_but_written_otherwise_are_an_error(office: Office) -> None:
    _basis(office)
    office.file("assets.csv", "serial,model", "GS-100,M-1", "gs100,M-1", "GS-1OO,M-1")
    found = office.load()
    assert faults(found) == [("assets.csv", 3, "serial", "gs100")]
    keys = {a.serial: a.serial_key for a in office.rows(Asset)}
    assert keys["GS-100"] == keys["GS-1OO"] == "G5100"
    office.file("assets.csv", "serial,model", "GS 100,M-1")
    assert faults(office.load()) == [("assets.csv", 2, "serial", "GS 100")]


def test_the_warranty_is_counted_from_installation(office: Office) -> None:
    _basis(office)
    office.file(
        "assets.csv", "serial,model,installed_on,warranty_until", "A,M-1,2024-02-29,",
        "B,M-1,2024-02-29,2030-01-01", "C,M-1,,", "D,M-1,9999-01-01,",
    )  # fmt: skip
    assert faults(office.load()) == [("assets.csv", 5, "installed_on", "9999-01-01")]
    found = {a.serial: a.warranty_until for a in office.rows(Asset)}
    assert found == {"A": date(2026, 2, 28), "B": date(2030, 1, 1), "C": None}
    office.file("assets.csv", "serial,model,installed_on", "A,M-1,2025-01-01", "B,M-1,2024-02-29")
    office.load()
    found = {a.serial: a.warranty_until for a in office.rows(Asset)}
    assert found == {"A": date(2027, 1, 1), "B": date(2030, 1, 1), "C": None}


def test_people_are_recognised(office: Office) -> None:
    """By mail address, else phone, else name; a shared phone does not make two people one."""
    _basis(office)
    office.file(
        "contacts.csv", "customer,name,email,phone,wechat",
        "K1,Ada,Ada@K.example,0521 987650,ada_1", "K1,Bo,,0521 987650,", "K1,Cy,,,",
        "K1,Ada Again,ADA@k.example,,", "K1,Bo Again,,+49521987650,", "K1,,,,", "K1,Di,,12,ada_1",
        "K1,Ed,,,ada_1",
    )  # fmt: skip
    found = office.load()
    assert [(e.row, e.column) for e in found.errors] == [
        (5, "email"), (6, "phone"), (7, "name"), (8, "phone"),
    ]  # fmt: skip
    assert [(w.row, w.column) for w in found.warnings] == [(9, "wechat")]
    assert [c.name for c in office.rows(Contact)] == ["Ada", "Bo", "Cy", "Ed"]
    assert office.rows(Contact)[0].phone == "+49521987650"
    assert office.only(ChannelIdentity).contact_id == office.rows(Contact)[0].id
    office.file(
        "contacts.csv", "customer,name,email,phone", "K1,Cy,cy@k.example,", "K1,Ada,,0521987650"
    )
    found = office.load()
    assert counts(found)["contacts"] == (0, 2, 0, 0)
    assert {c.name: c.email for c in office.rows(Contact)}["Cy"] == "cy@k.example"


def test_a_phone_needs_a_country(office: Office) -> None:
    office.file("engineers.csv", "code,name,phone,level", "E1,Ada,13800000101 转 8,高级")
    assert [e.column for e in office.load().errors] == ["phone"]
    found = office.load(home=Home(country="中国"))
    assert found.errors == []
    assert "extension 8" in found.warnings[0].reason
    assert (office.only(Engineer).phone, office.only(Engineer).level) == ("+8613800000101", 3)


def test_a_price_needs_a_currency(office: Office) -> None:
    office.file("parts.csv", "备件号,名称,单价", 'P-1,轴承,"1,234.50"')
    assert [(e.column, e.row) for e in office.load().errors] == [("currency", 2)]
    office.load(home=Home(currency="人民币"))
    part = office.only(Part)
    assert (part.unit_price, part.currency, part.names) == (
        Decimal("1234.5"), "CNY", {"zh": "轴承"},
    )  # fmt: skip


def test_stock_rules(office: Office) -> None:
    _basis(office)
    office.file("parts.csv", "number,name", "P-1,a", "P-2,b", "P-3,c", "P-4,d")
    office.file(
        "stock.csv", "仓库,层级,备件,数量,min,max", "Main,中心仓,P-1,5,1,9", "Main,van,P-2,1,,",
        "Main,,P-2,-1,,", "Main,,P-3,2,5,4", "Van 1,车载,P-1,0,,", "main,centre,P-1,5,1,9",
        "Shed,,P-4,2.5,,", "Shed,,P-4,2,,",
    )  # fmt: skip
    found = office.load()
    assert [(e.row, e.column) for e in found.errors] == [
        (3, "层级"), (4, "数量"), (5, "max"), (7, "备件"), (8, "数量"),
    ]  # fmt: skip
    assert {s.code: s.level for s in office.rows(StockLocation)} == {
        "Main": "centre", "Van 1": "van", "Shed": "depot",
    }  # fmt: skip
    with office.database.write() as session:
        for balance in session.scalars(select(StockBalance).where(StockBalance.on_hand == 5)):
            balance.reserved = 4
    office.file("stock.csv", "location,level,part,quantity", "Main,region,P-1,3", "Van 1,van,P-1,0")
    found = office.load()
    assert [(e.row, e.column) for e in found.errors] == [(2, "quantity")]
    assert {s.code: s.level for s in office.rows(StockLocation)}["Main"] == "centre"


def test_contracts_end_after_they_start(office: Office) -> None:
    _basis(office)
    office.file(
        "合同.csv", "合同编号,客户,生效日期,到期日期,响应时间", "C1,K1,2024-01-01,2023-12-31,4 h",
        "C2,K1,2024-01-01,9999-12-31,4 小时",
    )  # fmt: skip
    assert [(e.row, e.column) for e in office.load().errors] == [(2, "到期日期")]
    assert office.only(ServiceContract).response_hours == 4


def test_tickets_are_history_in_order_and_the_counter_stays_ahead(office: Office) -> None:
    _basis(office)
    office.file(
        "tickets.csv", "number,title,state,created_at,closed_at,engineer,parts_used",
        "TK-2026-000041,late,open,2026-05-01,,E9,P-1:2;X-1",
        "TK-2026-000007,early,closed,2026-01-01,2026-01-02,,",
        "TK-2026-999999999999,other,closed,2026-01-03,2026-01-02,,",
        "TK-2026-88888888888,huge,new,2026-03-01,,,",
    )  # fmt: skip
    found = office.load()
    assert [(e.row, e.column) for e in found.errors] == [(4, "closed_at")]
    assert [(w.row, w.column) for w in found.warnings] == [(2, "engineer"), (2, "parts_used")]
    with office.database.write() as session:
        listed = [t.title for t in tickets.tickets(session, office.actor)]
        opened = ticket_service.open_ticket(session, office.actor, OpenTicket(title="new"))
    assert listed == ["late", "huge", "early"]
    assert opened.number == "TK-2026-000042"
    early = next(t for t in office.rows(Ticket) if t.title == "early")
    assert early.updated_at == early.closed_at
    events = [e for e in office.rows(TicketEvent) if e.ticket_id == early.id]
    assert [(e.kind, e.seq, e.created_at) for e in events] == [("opened", 1, early.created_at)]


def test_a_ticket_changed_by_an_import_says_so_in_its_history(office: Office) -> None:
    office.file("tickets.csv", "number,title,state", "G1,pump,open")
    office.load()
    office.file("tickets.csv", "number,title,state", "g1,pump,处理中")
    assert counts(office.load())["tickets"] == (0, 1, 0, 0)
    ticket = office.only(Ticket)
    last = office.rows(TicketEvent)[-1]
    assert (ticket.state, ticket.history_seq, ticket.version) == ("in_progress", 2, 2)
    assert (last.seq, last.kind, last.data) == (2, "changed", {"state": ["new", "in_progress"]})
    assert last.public is False


def test_a_mapping_names_the_columns_of_a_maker(office: Office) -> None:
    office.file("customers.csv", "Debitor,Firma,Notiz,name", "K1,Kunde Eins,x,ignored")
    plan = office.folder.parent / "map.yaml"
    plan.write_text("客户: {}\ncustomers.csv: {debitor: number, FIRMA: name, Notiz: }\n", "utf-8")
    found = office.load(mapping=read_mapping(plan))
    assert found.errors == []
    assert [(u.column, u.reason) for u in found.unknown_columns] == [
        ("name", "name is read from 'Firma'")
    ]
    assert office.only(Customer).name == "Kunde Eins"


@pytest.mark.parametrize(
    "text", ["customers: {a: colour}", "holidays: {a: name}", "just text", "customers: [1]", "{:"]
)
def test_a_wrong_mapping_is_refused(office: Office, text: str) -> None:
    plan = office.folder.parent / "map.yaml"
    plan.write_text(text, "utf-8")
    with pytest.raises(InvalidInput):
        office.load(mapping=read_mapping(plan))
    with pytest.raises(InvalidInput):
        read_mapping(office.folder / "missing.yaml")


def test_a_missing_column_is_named_once(office: Office) -> None:
    office.file("customers.csv", "number,colour", "K1,red", "K2,blue")
    office.file("parts.csv")
    found = office.load()
    assert [(e.file, e.row, e.column) for e in found.errors] == [
        ("customers.csv", 1, "name"), ("parts.csv", 0, ""),
    ]  # fmt: skip
    assert counts(found)["customers"] == (0, 0, 0, 2)
    assert [u.column for u in found.unknown_columns] == ["colour"]


def test_two_headers_of_one_meaning(office: Office) -> None:
    office.file("customers.csv", "客户编号,单位,客户名称,", "K1,second choice,first choice,stray")
    found = office.load()
    assert office.only(Customer).name == "first choice"
    assert [u.column for u in found.unknown_columns] == ["单位", "(4)"]


def test_two_files_of_one_kind(office: Office) -> None:
    office.file("customers.csv", "number,name", "K1,a")
    office.file("客户.csv", "number,name", "K2,b", "K1,c")
    found = office.load()
    assert faults(found) == [("客户.csv", 3, "number", "K1")]
    assert "row 2 of customers.csv" in found.errors[0].reason


def test_accounts_are_made_once_and_left_alone(office: Office) -> None:
    office.file("staff.csv", "邮箱,姓名,角色", "Ada@maker.example,Ada,客服", "bo@m.example,Bo,boss")
    office.file("engineers.csv", "code,name,email", "E1,Ada,ada@maker.example")
    with pytest.raises(InvalidInput):
        office.load(staff_password="short")
    found = office.load(staff_password="long enough")
    assert [(e.row, e.column) for e in found.errors] == [(3, "角色")]
    user = office.only(User)
    assert (user.email, user.role) == ("ada@maker.example", "agent")
    assert office.only(Engineer).user_id == user.id
    office.file("staff.csv", "邮箱,姓名,角色", "ada@maker.example,Ada,admin")
    assert counts(office.load(staff_password="long enough"))["staff"] == (0, 0, 1, 0)
    assert office.only(User).role == "agent"
    entry = next(e for e in office.rows(AuditEntry) if e.target == "user_account")
    assert entry.changes == []


def test_only_who_may_import_does(office: Office) -> None:
    agent = staff_actor(office.actor.tenant_id, Role.AGENT, "u" * 26)
    with office.database.read() as session, pytest.raises(Forbidden):
        run_import(session, agent, read_folder(DEMO), dry_run=True)
    with pytest.raises(InvalidInput, match="time_zone"):
        office.load(home=Home(time_zone="Mars/Base"))


def test_tenants_do_not_see_each_other(office: Office) -> None:
    office.file("customers.csv", "number,name", "K1,ours")
    office.load()
    with office.database.write() as session:
        other = ensure_tenant(session, "other", "Other").tenant_id
    neighbour = Office(office.database, system_actor(other), office.folder)
    assert counts(neighbour.load())["customers"] == (1, 0, 0, 0)
    assert {c.tenant_id for c in office.rows(Customer)} == {office.actor.tenant_id, other}


def test_a_change_made_meanwhile_is_not_overwritten(office: Office) -> None:
    office.file("customers.csv", "number,name", "K1,first")
    office.load()
    with office.database.draft() as session:
        ledger = Ledger(session, office.actor.tenant_id, Customer, lambda r: r["number"], NOON)
        session.scalars(select(Customer)).one().touch(NOON)
        session.flush()
        ledger.change(ledger.rows["K1"], {"name": "second"})
        with pytest.raises(Conflict):
            ledger.write(session)


def test_a_long_list_of_errors_is_cut_and_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MAX_ERRORS", 3)
    office.file("customers.csv", "number,name", *["K,"] * 5)
    found = office.load()
    assert (len(found.errors), found.errors_left_off) == (3, 2)
    assert counts(found)["customers"] == (0, 0, 0, 5)


@pytest.mark.slow
def test_twenty_thousand_rows(office: Office) -> None:
    """A sanity check against work per row in the database, not a benchmark."""
    _basis(office)
    office.file("assets.csv", "serial,model,customer,installed_on", *(
        f"A-{n:06d},M-1,K1,2024-01-{n % 28 + 1:02d}" for n in range(20_000)
    ))  # fmt: skip
    statements = 0

    @event.listens_for(office.database.engine, "before_cursor_execute")
    def _count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    assert counts(office.load())["assets"] == (20_000, 0, 0, 0)
    assert statements < 100
    assert counts(office.load())["assets"] == (0, 0, 20_000, 0)
    with office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Asset)) == 20_000
