"""A maker's own fields go out as columns and come in again: by key, by label, checked by row."""

from __future__ import annotations

import csv
import io
from typing import Any

from sqlalchemy import func, select

from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.custom.models import CustomValue
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.export import service as export
from careloop.crm_core.export.schemas import Format, Headers
from careloop.crm_core.intake.delivery import read_delivery
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.service import run_import
from careloop.kit.actor import Actor
from careloop.kit.db import Database
from careloop.tools.runtime import Runtime

FIELDS: list[dict[str, Any]] = [
    {"object": "customer", "key": "biosafety", "type": "choice",
     "label": {"en": "Biosafety level", "zh": "生物安全等级"},
     "options": [{"id": "b1", "label": {"en": "Level 1", "zh": "一级"}},
                 {"id": "b2", "label": {"en": "Level 2", "zh": "二级"}}]},
    {"object": "customer", "key": "area_m2", "type": "number", "decimals": 1,
     "label": {"en": "Lab area", "zh": "实验室面积"}},
    {"object": "customer", "key": "audited", "type": "date",
     "label": {"en": "Audited on", "zh": "审核日期"}},
    {"object": "customer", "key": "gases", "type": "multi_choice",
     "label": {"en": "Gases", "zh": "气体"},
     "options": [{"id": "n2", "label": {"en": "Nitrogen", "zh": "氮气"}},
                 {"id": "co2", "label": {"en": "Carbon dioxide", "zh": "二氧化碳"}}]},
    {"object": "customer", "key": "vip", "type": "boolean", "label": {"en": "VIP", "zh": "重点"}},
]  # fmt: skip
SHEET = """客户编号,客户名称,生物安全等级,Lab area,审核日期,custom.gases,重点,没有的列
C-1,一号医院,二级,"1,250.5",2026年3月5日,氮气;co2,是,x
C-2,Two Labs,b1,7,05.03.2026,,no,x
C-3,Three Labs,Level 9,many,2026-02-30,helium,perhaps,x
C-4,Four Labs,,,,,,x
"""


def load(database: Database, actor: Actor, text: str, dry_run: bool = False) -> ImportReport:
    sources = read_delivery([("customers.csv", text.encode())])
    with database.write(actor.tenant_id) as session:
        return run_import(session, actor, sources, dry_run=dry_run)


def exported(
    database: Database, actor: Actor, headers: Headers, **filters: list[str]
) -> list[dict[str, str]]:
    given = {name.replace("__", "."): values for name, values in filters.items()}
    with database.read(actor.tenant_id) as session:
        plan = export.plan(session, actor, "customers", given, "UTC")
        text = b"".join(export.stream(session, plan, Format.CSV, headers, False)).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_own_fields_make_the_round_trip(database: Database, admin: Actor) -> None:
    runtime = Runtime(database)
    for one in FIELDS:
        runtime.invoke(admin, "custom.add_field", one)
    dry = load(database, admin, SHEET, dry_run=True)
    report = load(database, admin, SHEET)
    assert dry.errors == report.errors
    assert [(one.row, one.column) for one in report.errors] == [
        (4, column) for column in ("生物安全等级", "Lab area", "审核日期", "custom.gases", "重点")
    ]
    assert "b1, b2" in report.errors[0].reason
    assert [one.column for one in report.unknown_columns] == ["没有的列"]
    with database.read(admin.tenant_id) as session:
        found = {row.number: row.custom for row in session.scalars(select(Customer))}
        assert found == {
            "C-1": {"biosafety": "b2", "area_m2": 1250.5, "audited": "2026-03-05",
                    "gases": ["n2", "co2"], "vip": True},
            "C-2": {"biosafety": "b1", "area_m2": 7, "audited": "2026-03-05", "vip": False},
            "C-4": {},
        }  # fmt: skip
        wanted = given_of({"custom.area_m2_from": ["100"], "custom.gases": ["co2"]})
        rows = customers.customers(session, admin, given=wanted)
        assert [row.number for row in rows] == ["C-1"]
    for headers in Headers:
        rows_out = exported(database, admin, headers)
        assert len(rows_out) == 3
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, rows_out[0].keys())
        writer.writeheader()
        writer.writerows(rows_out)
        again = load(database, admin, buffer.getvalue())
        assert (again.total("unchanged"), again.errors) == (3, []), headers
    narrow = exported(database, admin, Headers.ZH, custom__biosafety=["b2"])
    assert [row["客户编号"] for row in narrow] == ["C-1"]
    assert narrow[0]["气体"] == "n2;co2"
    emptied = load(database, admin, "number,name,area_m2\nC-1,一号医院,\n")
    assert emptied.total("updated") == 1
    with database.read(admin.tenant_id) as session:
        row = session.scalars(select(Customer).where(Customer.number == "C-1")).one()
        assert "area_m2" not in row.custom and row.custom["vip"] is True
        many = session.scalar(
            select(func.count()).where(
                CustomValue.object_id == row.id, CustomValue.number.is_not(None)
            )
        )
        assert many == 0
