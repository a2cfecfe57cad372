"""The master data as tables: the columns of each file, and its rows as text.

Lists within a cell are joined by `;`, a part with its quantity is `NUMBER:QUANTITY`. Days are ISO
8601, moments ISO 8601 in UTC ending in `Z`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from careloop.demo.agreements import PLANS, Contract
from careloop.demo.contacts import Contact
from careloop.demo.fleet import TODAY, Asset
from careloop.demo.source_tables import SOURCES as SOURCE_FOLDER
from careloop.demo.source_tables import Sources, read_rows
from careloop.demo.stocking import StockLine
from careloop.demo.tickets import Ticket

COMPANY_DOMAIN = "yaopu.example"
CURRENCY = "CNY"
Cell = str | int | float | date | datetime | bool | None | Sequence[str] | Mapping[str, int]
Row = dict[str, Cell]


def written(cell: Cell) -> str:
    """A cell as it stands in the file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, str | int | date):
        return str(cell)
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    if isinstance(cell, Mapping):
        return ";".join(f"{key}:{value}" for key, value in sorted(cell.items()))
    return ";".join(cell)


def as_csv(rows: Sequence[Row]) -> str:
    """Rows with equal keys as CSV with a header line and `\\n` line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([written(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def customer_rows(sources: Sources) -> list[Row]:
    """customers.csv"""
    return [
        {
            "number": c.number,
            "name": c.name,
            "country": c.country,
            "language": c.language,
            "city": c.city,
            "address": c.address,
            "industry": c.industry,
            "tier": c.tier,
            "time_zone": sources.places[c.city].time_zone,
        }
        for c in sources.customers.values()
    ]


def contact_rows(contacts: Sequence[Contact]) -> list[Row]:
    """contacts.csv"""
    return [
        {
            "customer": c.customer,
            "name": c.name,
            "email": c.email,
            "phone": c.phone,
            "language": c.language,
            "role": c.role,
            "wechat": c.wechat,
            "whatsapp": c.whatsapp,
        }
        for c in contacts
    ]


def product_rows(sources: Sources) -> list[Row]:
    """products.csv"""
    return [
        {
            "model": p.model,
            "name_zh": p.name_zh,
            "name_en": p.name_en,
            "family": p.family,
            "description": p.description,
            "warranty_months": p.warranty_months,
        }
        for p in sources.products.values()
    ]


def part_rows(sources: Sources) -> list[Row]:
    """parts.csv"""
    return [
        {
            "number": p.number,
            "name_zh": p.name_zh,
            "name_en": p.name_en,
            "unit_price": p.unit_price,
            "currency": CURRENCY,
            "lead_days": p.lead_days,
            "wear": p.wear,
        }
        for p in sources.parts.values()
    ]


def bom_rows(sources: Sources) -> list[Row]:
    """bom.csv"""
    return [
        {"model": f.model, "part": f.part, "quantity": f.quantity, "module": f.module}
        for f in sources.fittings
    ]


def asset_rows(fleet: Sequence[Asset]) -> list[Row]:
    """assets.csv; `usage_hours` as read on the day of the snapshot."""
    return [
        {
            "serial": a.serial,
            "model": a.model,
            "customer": a.customer,
            "site": a.site,
            "installed_on": a.installed_on,
            "shipped_on": a.shipped_on,
            "warranty_until": a.warranty_until,
            "firmware": a.firmware,
            "usage_hours": a.usage_hours(TODAY),
            "contract": a.contract,
        }
        for a in fleet
    ]


def contract_rows(contracts: Sequence[Contract]) -> list[Row]:
    """contracts.csv; hours are empty where the plan promises none."""
    return [
        {
            "number": c.number,
            "customer": c.customer,
            "plan": c.plan,
            "starts_on": c.starts_on,
            "ends_on": c.ends_on,
            "response_hours": PLANS[c.plan].response_hours,
            "onsite_hours": PLANS[c.plan].onsite_hours or None,
            "covers": PLANS[c.plan].covers,
        }
        for c in contracts
    ]


def engineer_rows(sources: Sources) -> list[Row]:
    """engineers.csv"""
    return [
        {
            "code": e.code,
            "name": e.name,
            "email": f"{e.mailbox}@{COMPANY_DOMAIN}",
            "phone": e.phone,
            "base_city": e.base_city,
            "lat": sources.places[e.city].latitude,
            "lon": sources.places[e.city].longitude,
            "time_zone": sources.places[e.city].time_zone,
            "skills": e.skills,
            "level": e.level,
            "languages": e.languages,
            "shift": e.shift,
        }
        for e in sources.engineers
    ]


def staff_rows() -> list[Row]:
    """staff.csv"""
    return [
        {
            "email": f"{row['mailbox']}@{COMPANY_DOMAIN}",
            "name": row["name"],
            "role": row["role"],
            "language": row["language"],
        }
        for row in read_rows(SOURCE_FOLDER / "staff.csv")
    ]


def stock_rows(lines: Sequence[StockLine]) -> list[Row]:
    """stock.csv"""
    return [
        {
            "location": line.location,
            "level": line.level,
            "part": line.part,
            "quantity": line.quantity,
            "min": line.minimum,
            "max": line.maximum,
        }
        for line in lines
    ]


TICKET_COLUMNS = [
    "number",
    "type",
    "customer",
    "contact_email",
    "asset",
    "title",
    "description",
    "language",
    "priority",
    "state",
    "created_at",
    "closed_at",
    "engineer",
    "first_diagnosis",
    "true_fault",
    "component",
    "symptom",
    "cause",
    "remedy",
    "parts_used",
    "visits",
    "labour_hours",
    "channel",
]


def ticket_rows(tickets: Sequence[Ticket]) -> list[Row]:
    """tickets.csv"""
    return [{name: getattr(ticket, name) for name in TICKET_COLUMNS} for ticket in tickets]
