"""The life of the demo company's devices: what is fitted in each, what was exchanged and when,
running hours month by month, firmware, papers.

The past is written row by row, as it was, and wakes nobody. Exchanged parts are those that the
closed tickets used; run it after the visits, so that they name their work orders.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.document_models import AssetDocument
from careloop.crm_core.assets.fact_models import AssetFact, FactKind
from careloop.crm_core.assets.meter_models import AssetMeter, MeterReading
from careloop.crm_core.assets.models import Asset, AssetStatus
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket
from careloop.crm_core.workorders import queries as visits
from careloop.demo import device_sources as sources
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id

SEED = 20260523
HOURS, RUNS, HEAT = "运行小时", "运行次数", "散热器温度"
MONTHS = 14
"""So many months of readings are kept; what was before is in the counter."""
MAX_POSITIONS = 2
"""A part that a device has more often than that stands in one position, with its number."""
_MODULES = {
    "optics": "光学系统", "control": "控制系统", "flow cell": "流动槽", "cooling": "冷却系统",
    "fluidics": "流体系统", "power": "电源", "EVA module": "EVA 模块", "liquid loop": "液冷回路",
}  # fmt: skip
_SETTINGS: dict[str, dict[str, Any]] = {
    "sequencer": {"冷却方式": "风冷", "流动槽数": 2, "数据存储 (TB)": 4, "自动清洗": True},
    "robot": {"通道数": 96, "HEPA 罩": False, "条码扫描": True},
    "extractor": {"磁棒数": 32, "紫外灯": True},
    "loader": {"真空度上限 (kPa)": -60.5, "自动对准": True},
}
_FLOW_CELLS = {"GS-200": 1, "GS-8000": 4}


@dataclass
class _Rows:
    """What will be written, one list a table."""

    components: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    meters: list[dict[str, Any]] = field(default_factory=list)
    readings: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)


def enact(session: Session, actor: Actor) -> None:
    """Fill the file of every device of the demo company."""
    rng = Random(SEED)
    present = now(session)
    devices = assets.assets(session, actor, limit=100_000)
    bom, parts, families = sources.bom(), sources.parts(), sources.families()
    used, busy = _tickets(session, actor)
    ended = [ticket.id for rows_of in used.values() for ticket in rows_of]
    orders = {one.ticket_id: one.number for one in visits.of_ticket(session, actor, ended)}
    places = sources.places()
    towns = {row.id: row.city for row in customers.customers(session, actor, limit=10_000)}
    papers = sources.papers()
    rows = _Rows()
    for number, row in enumerate(devices):
        installed = _moment(row.installed_on or present.date())
        tree = _fitted(rng, row, bom.get(row.model, []), parts, installed, number)
        for ticket in used.get(row.id, []):
            _exchange(rng, row, ticket, orders.get(ticket.id, ""), tree, parts)
        rows.components.extend(item for slot in tree.values() for item in slot)
        _facts(rng, row, rows, installed, present)
        _meters(rng, row, rows, families.get(row.model, ""), installed, present)
        rows.documents.extend(_documents(row, papers, installed))
        _describe(
            rng, row, families.get(row.model, ""), places.get(towns.get(row.customer_id or "", ""))
        )
    _systems(devices)
    _retire(devices, busy, rows, present)
    session.flush()
    for model, values in (
        (AssetComponent, rows.components), (AssetFact, rows.facts), (AssetMeter, rows.meters),
        (MeterReading, rows.readings), (AssetDocument, rows.documents),
    ):  # fmt: skip
        if values:
            session.execute(insert(cast(Table, model.__table__)), values)


def _row(row: Asset, at: datetime, **values: Any) -> dict[str, Any]:
    return {
        "tenant_id": row.tenant_id, "id": new_id(), "asset_id": row.id, "version": 1,
        "created_at": at, "updated_at": at, **values,
    }  # fmt: skip


def _component(row: Asset, at: datetime, **values: Any) -> dict[str, Any]:
    blank = {
        "parent": "", "module": "", "name": "", "part": "", "quantity": 1, "serial": "",
        "lot": "", "removed_at": None, "work_order": "", "removed_by": "", "removed_for": "",
        "warranty_until": None, "replaces": None, "replaced_by": None, "command_id": None,
        "command_digest": "",
    }  # fmt: skip
    made = _row(row, at, fitted_at=at, **{**blank, **values})
    made["serial_key"] = fold(made["serial"])
    return made


def _fitted(
    rng: Random,
    row: Asset,
    lines: list[tuple[str, int, str]],
    parts: dict[str, sources.Part],
    installed: datetime,
    number: int,
) -> dict[str, list[dict[str, Any]]]:
    """What the factory fitted, by position: modules, and the parts of the list in them."""
    tree: dict[str, list[dict[str, Any]]] = {}
    for part, quantity, module in lines:
        label = _MODULES.get(module, module)
        tree.setdefault(
            label, [_component(row, installed, position=label, module=module, name=label)]
        )
        known = parts[part]
        places = quantity if quantity <= MAX_POSITIONS else 1
        for place in range(1, places + 1):
            position = f"{label}/{known.name}" + (f" {place}" if places > 1 else "")
            tree[position] = [
                _component(
                    row, installed, position=position, parent=label, module=module,
                    name=known.name, part=part, quantity=1 if places > 1 else quantity,
                    **_identity(rng, known, installed, number),
                )
            ]  # fmt: skip
    return tree


def _identity(rng: Random, part: sources.Part, made: datetime, number: int) -> dict[str, str]:
    """A serial for what is dear, a lot for what wears, nothing for the rest."""
    stem = part.number.removeprefix("YP-").replace("-", "")
    week = f"{made:%y}{made.isocalendar().week:02d}"
    if part.wear:
        return {"lot": f"L{week}{rng.randint(1, 9)}"}
    return {"serial": f"{stem}-{week}-{number:03d}{rng.randint(0, 9999):04d}"} if part.dear else {}


def _exchange(
    rng: Random,
    row: Asset,
    ticket: Ticket,
    order: str,
    tree: dict[str, list[dict[str, Any]]],
    parts: dict[str, sources.Part],
) -> None:
    """The parts that a ticket used, one position a piece, at the end of its work."""
    at = ticket.resolved_at or ticket.closed_at or ticket.updated_at
    for part, pieces in ticket.diagnosis.get("parts_used", {}).items():
        slots = [slot for slot in tree.values() if slot[-1]["part"] == part]
        slots = [slot for slot in slots if slot[-1]["fitted_at"] < at]
        for slot in rng.sample(slots, min(int(pieces), len(slots))):
            old = slot[-1]
            new = _component(
                row, at, work_order=order, replaces=old["id"],
                **{name: old[name] for name in (
                    "position", "parent", "module", "name", "part", "quantity",
                )},
                **_identity(rng, parts[part], at, rng.randint(200, 999)),
            )  # fmt: skip
            if new["serial"]:
                new["warranty_until"] = (at + timedelta(days=365)).date()
            old |= {
                "removed_at": at, "removed_by": order, "replaced_by": new["id"], "version": 2,
                "removed_for": str(ticket.diagnosis.get("cause") or ticket.title)[:500],
                "updated_at": at,
            }  # fmt: skip
            slot.append(new)


def _facts(rng: Random, row: Asset, rows: _Rows, installed: datetime, present: datetime) -> None:
    """Registered when shipped, installed, and two updates of firmware since."""
    shipped = _moment(row.shipped_on) if row.shipped_on else installed
    told: list[tuple[FactKind, datetime, Any, Any]] = [
        (FactKind.REGISTERED, shipped, None, AssetStatus.IN_STOCK.value),
        (FactKind.STATUS, installed, AssetStatus.IN_STOCK.value, AssetStatus.INSTALLED.value),
    ]
    earlier = _earlier(row.firmware)
    span = max(1, (present - installed).days)
    days = sorted(rng.randrange(span) for _ in earlier)
    versions = [*earlier, row.firmware]
    for day, before, after in zip(days, earlier, versions[1:], strict=True):
        told.append((FactKind.FIRMWARE, installed + timedelta(days=day, hours=3), before, after))
    rows.facts.extend(
        _row(
            row, at, kind=kind.value, happened_at=at, actor="", work_order="", note="",
            data={"before": before, "after": after},
        )
        for kind, at, before, after in told
    )  # fmt: skip


def _earlier(version: str) -> list[str]:
    """Up to two versions that came before, the oldest first: 2.1.2 came after 2.1.1."""
    stem, _, last = version.rpartition(".")
    if not last.isdigit():
        return []
    return [f"{stem}.{number}" for number in range(max(0, int(last) - 2), int(last))]


def _meters(
    rng: Random, row: Asset, rows: _Rows, family: str, installed: datetime, present: datetime
) -> None:
    """Running hours month by month up to what the device shows now; sequencers count runs too."""
    hours = row.usage_hours or 0
    days = max(1, (present - installed).days)
    dates = [
        present - timedelta(days=30 * back + rng.randint(0, 4), hours=rng.randint(0, 9))
        for back in range(min(MONTHS, days // 30), -1, -1)
    ]
    dates = [at for at in dates if at > installed]
    share = [Decimal((at - installed).days) / Decimal(days) for at in dates]
    _meter(rows, row, HOURS, "h", dates, [round(Decimal(hours) * s) for s in share], usage=True)
    if family == "sequencer":
        runs = [int(Decimal(hours) * s / 28) for s in share]
        _meter(rows, row, RUNS, "次", dates, runs)
        heat = [Decimal(rng.randint(310, 430)) / 10 for _ in dates[-12:]]
        _meter(rows, row, HEAT, "°C", dates[-12:], heat, kind="gauge")


def _meter(
    rows: _Rows,
    row: Asset,
    name: str,
    unit: str,
    dates: list[datetime],
    values: list[Any],
    kind: str = "counter",
    usage: bool = False,
) -> None:
    if not dates:
        return
    meter = _row(
        row, dates[0], name=name, unit=unit, kind=kind, feeds_usage=usage, rollover_at=None,
        last_value=values[-1], last_total=values[-1], last_read_at=dates[-1],
    )  # fmt: skip
    rows.meters.append(meter)
    rows.readings.extend(
        _row(
            row, at, meter_id=meter["id"], value=value, total=value, kind="reading", read_at=at,
            source="remote", work_order="", note="", command_id=None,
        )
        for at, value in zip(dates, values, strict=True)
    )  # fmt: skip
    if usage:
        row.usage_hours = int(values[-1])


def _documents(
    row: Asset, papers: dict[str, list[tuple[str, str, str]]], at: datetime
) -> list[dict[str, Any]]:
    """The specification and a procedure of the model, as links to their articles."""
    return [
        _row(
            row, at, kind="manual", title=title, lang="zh", public=audience == "public",
            article=key, name="", media_type="", size=0, sha256="", added_by="",
        )
        for key, title, audience in papers.get(row.model, [])
    ]  # fmt: skip


def _describe(rng: Random, row: Asset, family: str, place: tuple[float, float] | None) -> None:
    settings = dict(_SETTINGS.get(family, {}))
    if family == "sequencer":
        settings["流动槽数"] = _FLOW_CELLS.get(row.model, 2)
        settings["冷却方式"] = "液冷" if row.model == "GS-2000 Pro" else "风冷"
    if row.model == "SP-384":
        settings |= {"通道数": 384, "HEPA 罩": True}
    settings["联网"] = rng.random() < 0.8
    row.configuration = settings
    row.installed_by = "曜谱服务部"
    if place is not None:
        row.lat, row.lon = (round(edge + rng.uniform(-0.02, 0.02), 5) for edge in place)


def _systems(devices: list[Asset]) -> None:
    """A loader that stands beside a sequencer of the same owner is a part of that system."""
    hosts = {row.customer_id: row for row in reversed(devices) if row.model.startswith("GS-")}
    for row in devices:
        host = hosts.get(row.customer_id) if row.model == "LC-10" else None
        if host is not None:
            row.parent = host.serial


def _retire(devices: list[Asset], busy: set[str], rows: _Rows, present: datetime) -> None:
    """The two oldest devices that nobody works on have left service."""
    systems = {row.parent for row in devices}
    idle = [
        row for row in devices
        if row.id not in busy and row.serial not in systems and row.installed_on
    ]  # fmt: skip
    idle.sort(key=lambda row: (row.installed_on or date.max, row.serial))
    for row, status, days in zip(
        idle[:2], (AssetStatus.DECOMMISSIONED, AssetStatus.RETURNED), (70, 25), strict=False
    ):
        at = present - timedelta(days=days)
        row.become(status, at.date(), present)
        rows.facts.append(
            _row(
                row, at, kind=FactKind.STATUS.value, happened_at=at, actor="", work_order="",
                note="以旧换新" if status is AssetStatus.RETURNED else "超出使用年限，已报废",
                data={"before": AssetStatus.INSTALLED.value, "after": status.value},
            )
        )  # fmt: skip


def _tickets(session: Session, actor: Actor) -> tuple[dict[str, list[Ticket]], set[str]]:
    """Tickets that used parts, by device, the earliest first; and devices with open tickets."""
    used: dict[str, list[Ticket]] = defaultdict(list)
    busy: set[str] = set()
    rows, _ = list_queries.page(
        session, actor, list_queries.TicketFilter(), "newest", None, 100_000
    )
    for row in sorted(rows, key=lambda one: (one.resolved_at or one.updated_at, one.number)):
        if row.asset_id and row.state in OPEN_STATES:
            busy.add(row.asset_id)
        elif row.asset_id and row.diagnosis.get("parts_used"):
            used[row.asset_id].append(row)
    return used, busy


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(2), tzinfo=UTC)
