"""Files of components, meters, readings, coverage and locations: taken once, never twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.meter_models import AssetMeter, MeterReading
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.contracts.models import ContractAsset, ContractLine
from careloop.crm_core.inventory.models import StockLocation
from tests.crm_core.intake_office import Office, counts, faults, open_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = open_office(tmp_path)
    office.file("customers.csv", "number,name", "C-1,Lab")
    office.file("products.csv", "model,name", "PX,Model")
    office.file("parts.csv", "number,name", "P-1,Pump")
    office.file("assets.csv", "serial,model,customer,installed_on", "S1,PX,C-1,2026-01-02",
                "S2,PX,C-1,")  # fmt: skip
    office.file("contracts.csv", "number,customer,price,currency", "K-1,C-1,1200,EUR")
    return office


def test_devices_are_filled_in_and_a_second_run_changes_nothing(office: Office) -> None:
    office.file("components.csv", "序列号,安装位置,备件号,部件序列号,装入时间,拆下时间",
                "S1,Pump,P-1,OLD,2026-01-02 08:00,2026-05-01 08:00",
                "S1,Pump,P-1,NEW,2026-05-01 08:00,", "S1,Fan,P-9,,,")  # fmt: skip
    office.file("meters.csv", "asset,name,unit,kind,feeds_usage,rollover_at",
                "S1,hours,h,counter,yes,10000", "S1,temp,C,gauge,,")  # fmt: skip
    office.file("readings.csv", "asset,meter,value,read_at,kind", "S1,hours,9000,2026-03-01,",
                "S1,hours,8000,2026-02-01,", "S1,hours,100,2026-04-01,rollover",
                "S1,temp,-3.5,2026-04-01,")  # fmt: skip
    office.file("coverage.csv", "contract,position,what,share,parts,limit", "K-1,1,备件,80,P-*,500",
                "K-1,2,labour,,,")  # fmt: skip
    office.file("contract_devices.csv", "contract,asset,from", "K-1,S1,2026-01-01")
    office.file("locations.csv", "code,level,name,parent", "HUB,centre,Hub,", "V-1,van,Van,hub")
    first = office.load()
    assert not faults(first), first.errors
    assert counts(first)["components"] == (3, 0, 0, 0) and counts(first)["readings"][0] == 4
    hours = next(row for row in office.rows(AssetMeter) if row.name == "hours")
    assert (hours.last_value, hours.last_total) == (Decimal(100), Decimal(10_100))
    assert next(row for row in office.rows(Asset) if row.serial == "S1").usage_hours == 10_100
    lines = sorted(office.rows(ContractLine), key=lambda row: row.position)
    assert (lines[0].what, lines[0].share, lines[0].limit_currency) == ("parts", 80, "EUR")
    assert lines[1].share == 100 and office.only(ContractAsset).serial == "S1"
    assert {row.parent_code for row in office.rows(StockLocation)} == {"", "HUB"}
    assert len(office.rows(AssetComponent)) == 3 and len(office.rows(MeterReading)) == 4
    again = office.load()
    assert not faults(again)
    assert all(c[:2] == (0, 0) for kind, c in counts(again).items()), counts(again)


def test_what_cannot_be_is_refused_row_by_row(office: Office) -> None:
    office.file("components.csv", "asset,position,part,component_serial,fitted_at",
                "S1,Pump,P-1,X,2026-02-01", "S1,Pump,P-1,Y,2026-03-01",
                "S2,Pump,P-1,X,2026-03-01", "S2,Fan,P-1,Z,", "S9,Fan,P-1,,")  # fmt: skip
    office.file("meters.csv", "asset,name,feeds_usage", "S1,hours,yes", "S1,cycles,yes")
    office.file("readings.csv", "asset,meter,value,read_at", "S1,hours,50,2026-02-01",
                "S1,hours,40,2026-03-01", "S1,hours,60,2027-03-01",
                "S1,none,1,2026-03-01")  # fmt: skip
    office.file("coverage.csv", "contract,position,what", "K-9,1,parts", "K-1,1,wishes")
    office.file("locations.csv", "code,parent", "A,A", "supplier,")
    report = office.load()
    columns = [(file, row, column) for file, row, column, _ in faults(report)]
    assert columns == [
        ("coverage.csv", 2, "contract"), ("coverage.csv", 3, "what"),
        ("components.csv", 3, "position"), ("components.csv", 4, "component_serial"),
        ("components.csv", 5, "fitted_at"), ("components.csv", 6, "asset"),
        ("meters.csv", 3, "feeds_usage"), ("readings.csv", 3, "value"),
        ("readings.csv", 4, "read_at"), ("readings.csv", 5, "meter"),
        ("locations.csv", 2, "parent"), ("locations.csv", 3, "code"),
    ]  # fmt: skip
    assert len(columns) == 12, report.errors
