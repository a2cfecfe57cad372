"""Past visits, lots, serial numbers, calendars and service levels from files; and the clocks of
the tickets that are open still."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.ledger import Ledger
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.rows.stock_ledger import balances_of
from careloop.crm_core.intake.tables import Home
from careloop.crm_core.inventory.models import (
    StockBalance,
    StockLot,
    StockMove,
    StockSerial,
)  # fmt: skip
from careloop.crm_core.sla import firing
from careloop.crm_core.sla.models import ClockState, SlaClock, SlaEvent, SlaPolicy
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket, TicketTag
from careloop.crm_core.workorders.models import (
    VisitLabour,
    VisitLog,
    VisitPart,
    WorkOrder,
    WorkOrderCounter,
)  # fmt: skip
from tests.crm_core.intake_office import NOON, Office, counts, faults, open_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = open_office(tmp_path)
    office.file("customers.csv", "number,name", "C-1,Lab")
    office.file("products.csv", "model,name", "PX,Model")
    office.file("parts.csv", "number,name,tracking", "P-1,Pump,serial", "P-2,Gel,批次", "P-3,Nut,")
    office.file("assets.csv", "serial,model,customer,installed_on,site", "S1,PX,C-1,2026-01-02,A",
                "S2,PX,,,", "S3,PX,,2026-01-02,")  # fmt: skip
    return office


def _nothing_new(report: ImportReport) -> None:
    assert not faults(report), report.errors
    assert all(c[:2] == (0, 0) for c in counts(report).values()), counts(report)


def test_past_visits_are_history_that_moves_no_stock(office: Office) -> None:
    office.file("engineers.csv", "code,name", "E-1,Finn")
    office.file("stock.csv", "location,part,quantity", "Main,P-3,9")
    office.file("工单.csv", "工单号,标题,设备编号,状态,创建时间",
                "TK-2026-000007,Pump,S1,已关闭,2026-03-01",
                "TK-2026-000008,Fan,S1,待处理,2026-11-20")  # fmt: skip
    office.file(
        "上门记录.csv",
        "派工单号,工单号,工程师,预约开始,预约结束,到场时间,签退时间,工时分钟,使用备件,结果,服务报告",
        "WO-2026-000040,TK-2026-000007,Finn,2026-03-02 09:00,2026-03-02 11:00,2026-03-02 09:20,"
        "2026-03-02 10:30,70,P-3:2;P-9,已解决,Nut replaced",
        "WO-2026-000041,TK-2026-000008,E-1,2026-11-30 09:00,,,,,,,",
        "X-1,TK-2026-000007,,,,2026-03-05 09:00,2026-03-04 09:00,,,,",
        "X-2,TK-9,,,,2026-03-05 09:00,,,,,",
        "X-3,TK-2026-000007,,,,2027-03-05 09:00,,,,,",
    )
    report = office.load()
    assert [(row, column) for _, row, column, _ in faults(report)] == [
        (4, "签退时间"), (5, "工单号"), (6, "到场时间"),
    ]  # fmt: skip
    done, planned = sorted(office.rows(WorkOrder), key=lambda row: row.number)
    assert (done.state, done.engineer, done.serial, done.site, done.visit, done.result) == (
        "done", "E-1", "S1", "A", 1, "solved",
    )  # fmt: skip
    assert done.check_in["at"] == "2026-03-02T09:20:00.000Z" and done.check_out["lat"] is None
    assert planned.state == "planned" and planned.window_until > planned.window_from
    labour, part = office.only(VisitLabour), office.only(VisitPart)
    assert (labour.minutes, labour.kind, labour.happened_at) == (
        70, "work", datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (part.part, part.quantity, part.move_ids) == ("P-3", 2, [])
    assert [move.quantity for move in office.rows(StockMove)] == [9]
    assert [w.value for w in report.warnings if w.column == "使用备件"] == ["P-9"]
    assert {line.kind for line in office.rows(VisitLog)} == {"finished", "planned"}
    with office.database.read() as session:
        assert session.scalars(select(WorkOrderCounter)).one().last == 41
    again = office.load()
    assert counts(again)["visits"] == (0, 0, 2, 3) and len(office.rows(VisitLabour)) == 1


def test_labour_and_parts_are_facts_known_by_what_they_say(office: Office) -> None:
    office.file("tickets.csv", "number,title,state", "T-1,Pump,closed")
    office.file(
        "visits.csv", "number,ticket,arrived,labour minutes", "V-1,T-1,2026-03-02T09:00Z,50"
    )
    office.file("labour.csv", "work order,time,kind,minutes", "V-1,2026-03-02T09:30Z,work,30",
                "V-1,2026-03-02T09:30Z,work,30", "V-1,,路途,15", "V-9,,,5")  # fmt: skip
    office.file("备件消耗.csv", "派工单号,备件号,数量,新件序列号", "V-1,P-1,1,SN-9", "V-1,P-9,1,")
    report = office.load()
    assert [(file, row) for file, row, _, _ in faults(report)] == [
        ("labour.csv", 5), ("备件消耗.csv", 3),
    ]  # fmt: skip
    assert Counter(row.kind for row in office.rows(VisitLabour)) == {"work": 2, "travel": 1}
    assert [w.value for w in report.warnings if w.column == "labour minutes"] == ["50"]
    assert not office.rows(StockMove)
    assert counts(office.load())["labour"] == (0, 0, 3, 1)


def test_lots_and_serial_numbers_come_by_counts_that_the_ledger_explains(office: Office) -> None:
    office.file("stock.csv", "location,part,quantity,min", "Main,P-1,3,1", "Main,P-2,12,")
    office.file("批次库存.csv", "仓库,备件号,批次,数量,品况,有效期至", "Main,P-2,L1,4,,2027-05-01",
                "Main,P-2,L2,5,良品,", "Main,P-1,,1,坏件,")  # fmt: skip
    office.file("stock_serials.csv", "location,part,serial", "Main,P-1,A1", "Main,P-1,A2")
    assert not faults(office.load())
    balances = {(b.lot, b.condition, b.on_hand) for b in office.rows(StockBalance)}
    assert balances == {("", "good", 3), ("", "defective", 1), ("L1", "good", 4),
                        ("L2", "good", 5)}  # fmt: skip
    moves = office.rows(StockMove)
    assert {move.kind for move in moves} == {"count"}
    assert all(move.from_account == "adjustment" for move in moves)
    assert sorted(move.serial for move in moves if move.serial) == ["A1", "A2"]
    assert {lot.lot: str(lot.expires_on) for lot in office.rows(StockLot)}["L1"] == "2027-05-01"
    _nothing_new(office.load())
    assert len(office.rows(StockMove)) == len(moves)
    office.file("stock.csv", "location,part,quantity", "Main,P-1,3", "Main,P-2,10", "Main,P-2,10")
    office.file("批次库存.csv", "仓库,备件号,批次,数量,有效期至", "Main,P-2,L1,6,2028-05-01")
    office.file("stock_serials.csv", "location,part,serial", "Main,P-1,A3", "Main,P-1,A4",
                "Van,P-1,A9")  # fmt: skip
    report = office.load()
    assert [(file, row) for file, row, _, _ in faults(report)] == [
        ("批次库存.csv", 2), ("stock.csv", 4), ("stock_serials.csv", 3), ("stock_serials.csv", 4),
    ]  # fmt: skip
    held = {(b.lot, b.on_hand) for b in office.rows(StockBalance) if b.condition == "good"}
    # Ten of P-2: the three without a lot are taken first. A3 names one of the three of P-1.
    assert held == {("", 3), ("", 1), ("L1", 4), ("L2", 5)}
    assert {piece.serial for piece in office.rows(StockSerial)} == {"A1", "A2", "A3"}


def test_a_ledger_of_its_own_kind_is_never_mixed_with_a_plain_one(office: Office) -> None:
    with office.database.read() as session:
        books = Books(session, office.actor, Home(), ImportReport(dry_run=True))
        assert balances_of(books) is balances_of(books) is books.ledger(StockBalance)
        other = Books(session, office.actor, Home(), ImportReport(dry_run=True))
        assert type(other.ledger(StockBalance)) is Ledger
        with pytest.raises(LookupError):
            balances_of(other)


def test_a_device_that_nobody_has_stands_in_stock(office: Office) -> None:
    office.load()
    states = {row.serial: row.status for row in office.rows(Asset)}
    assert states == {"S1": "installed", "S2": "in_stock", "S3": "installed"}
    office.file("assets.csv", "serial,model,customer", "S2,PX,C-1")
    office.load()
    assert {row.serial: row.status for row in office.rows(Asset)}["S2"] == "installed"


def _service_levels(office: Office) -> None:
    office.file("calendars.csv", "code,name,time_zone,周一,tuesday,country,days_off,extra_days",
                'BER,Berlin,Europe/Berlin,"09:00-12:00, 13:00-17:00",9:00-17:00,DE,'
                '"2026-12-24 Eve; 2026-12-31",2026-11-28 10:00-14:00')  # fmt: skip
    office.file("时限策略.csv", "策略编号,兜底,预警百分比,日历,承诺时限,暂停状态,升级步骤",
                'std,是,50,,"响应 60 critical; 响应 120; arrive 1d; fix 2d 24/7",'
                'fix: 待客户,"warn: warning role=manager; '
                'late: fix breach+60 raise-priority"')  # fmt: skip


def test_calendars_and_policies_are_checked_as_at_the_desk(office: Office) -> None:
    _service_levels(office)
    first = office.load()
    assert not faults(first), first.errors
    calendar, policy = office.only(BusinessCalendar), office.only(SlaPolicy)
    assert calendar.weekly == {"0": [["09:00", "12:00"], ["13:00", "17:00"]],
                               "1": [["09:00", "17:00"]]}  # fmt: skip
    assert calendar.days_off[0] == {"on": "2026-12-24", "name": "Eve"}
    assert calendar.public_holidays and calendar.public_until is not None
    assert [(t["kind"], t["minutes"], t["priority"]) for t in policy.targets] == [
        ("respond", 60, "critical"), ("respond", 120, None), ("arrive", 1440, None),
        ("fix", 2880, None),
    ]  # fmt: skip
    assert policy.pauses == {"fix": ["waiting_customer"]} and policy.steps[1]["raise_priority"]
    _nothing_new(office.load())
    office.file("calendars.csv", "code,monday,country", "A,,", "B,9:00-8:00,", "C,09:00-10:00,AQ")
    office.file("时限策略.csv", "code,fallback,targets,calendar,steps", "x,yes,fix 60,,",
                "y,,fix soon,,", "z,,fix 60,NOPE,", "v,,fix 60;fix 70,,",
                "u,,fix 60,,late: breach user=nobody@maker.example")  # fmt: skip
    columns = [(file, row, column) for file, row, column, _ in faults(office.load())]
    assert ("calendars.csv", 2, "monday") in columns and ("calendars.csv", 3, "monday") in columns
    assert [(row, column) for file, row, column in columns if file == "时限策略.csv"] == [
        (2, "fallback"), (3, "targets"), (4, "calendar"), (5, "targets"), (6, "steps"),
    ]  # fmt: skip


def test_open_tickets_get_their_clocks_and_the_past_is_told_once(office: Office) -> None:
    _service_levels(office)
    long_ago = (NOON - timedelta(days=9)).isoformat()
    lately = (NOON - timedelta(minutes=5)).isoformat()
    office.file("tickets.csv", "number,title,state,created_at,priority,tags,parent,merged_into",
                f"T-3,Below,waiting_parts,{long_ago},,,T-1,",
                f"T-1,Old,assigned,{long_ago},,Hot;a,,",
                f"T-2,New,new,{lately},critical,,,", f"T-4,Shut,closed,{long_ago},,,,",
                f"T-5,Same,merged,{long_ago},,,,T-2", f"T-6,Round,new,{lately},,,T-6,")  # fmt: skip
    office.file("visits.csv", "number,ticket,arrived", f"V-1,T-3,{long_ago}")
    report = office.load()
    assert not faults(report), report.errors
    assert [w.column for w in report.warnings] == ["parent"]
    rows = {row.number: row for row in office.rows(Ticket)}
    assert (rows["T-3"].parent, rows["T-1"].children_count) == ("T-1", 1)
    assert (rows["T-5"].merged_into, rows["T-2"].merged_count) == ("T-2", 1)
    with office.database.read() as session:
        assert {tag.tag for tag in session.scalars(select(TicketTag))} == {"hot", "a"}
    clocks = {(row.ticket, row.kind): row for row in office.rows(SlaClock)}
    assert {ticket for ticket, _ in clocks} == {"T-1", "T-2", "T-3", "T-6"}
    assert clocks["T-2", "respond"].started_at == rows["T-2"].created_at
    assert clocks["T-2", "respond"].target_minutes == 60 and rows["T-1"].due_state == "breached"
    assert clocks["T-3", "arrive"].state == ClockState.MET
    assert clocks["T-3", "respond"].state == ClockState.STOPPED
    passed = Counter((e.ticket, e.kind) for e in office.rows(SlaEvent))
    assert passed["T-1", "fix"] == 3 and ("T-2", "respond") not in passed
    _sweep(office)
    fired = Counter((e.ticket, e.kind) for e in office.rows(SlaEvent))
    assert fired["T-1", "fix"] == 4 and fired["T-1", "respond"] == passed["T-1", "respond"] + 1
    # The ladder has raised priorities, which a file that names them would set back.
    office.file("tickets.csv", "number,title,state,created_at", f"T-1,Old,assigned,{long_ago}")
    again = office.load()
    assert not faults(again) and counts(again)["tickets"] == (0, 0, 1, 0)
    _sweep(office)
    assert Counter((e.ticket, e.kind) for e in office.rows(SlaEvent)) == fired
    office.file("tickets.csv", "number,state,closed_at", f"T-1,closed,{lately}")
    office.load()
    ended = {row.kind: row.state for row in office.rows(SlaClock) if row.ticket == "T-1"}
    assert ClockState.RUNNING not in ended.values() and ended["fix"] == ClockState.MET


def _sweep(office: Office) -> None:
    """What the worker does: fire every running clock that has something to fire."""
    due = [row.id for row in office.rows(SlaClock) if row.next_at and row.next_at <= NOON]
    with office.database.write() as session:
        for clock_id in due:
            firing.fire_clock(session, office.actor, clock_id)
        assert tickets.ticket(session, office.actor, "T-1").number == "T-1"
