"""What a device's own books tell of its life, as dated entries, the latest first.

Entries of several sources are merged by the pair (time, rank and id), so that a cursor cuts all
of them at one place: each source is asked only for what lies beyond it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.document_models import AssetDocument
from careloop.crm_core.assets.fact_models import AssetFact
from careloop.crm_core.assets.meter_models import AssetMeter, MeterReading
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.schemas import TimelineEntry
from careloop.kit.clock import iso

FACTS, FITTED, REMOVED, READINGS, DOCUMENTS = range(10, 15)
"""Ranks of the sources; ranks from 20 on are for what other books add."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry stands among entries of the same and other times."""

    at: datetime
    rank: int
    id: str


Placed = tuple[Place, TimelineEntry]


def own_entries(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    """The latest entries before a place, from every source of the assets' own books."""
    sources: tuple[Callable[[Session, Asset, Place | None, int], list[Placed]], ...] = (
        _facts, _fitted, _removed, _readings, _documents,
    )  # fmt: skip
    found = [entry for source in sources for entry in source(session, row, before, limit)]
    return sorted(found, key=lambda entry: entry[0], reverse=True)[:limit]


def _cut(
    statement: Any,
    at: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[str],
    rank: int,
    before: Place | None,
    limit: int,
) -> Any:
    """The statement's rows before a place, the latest first."""
    if before is not None:
        if rank < before.rank:
            statement = statement.where(at <= before.at)
        elif rank > before.rank:
            statement = statement.where(at < before.at)
        else:
            statement = statement.where(or_(at < before.at, and_(at == before.at, key < before.id)))
    return statement.order_by(at.desc(), key.desc()).limit(limit)


def _facts(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    statement = select(AssetFact).where(
        AssetFact.tenant_id == row.tenant_id, AssetFact.asset_id == row.id
    )
    cut = _cut(statement, AssetFact.happened_at, AssetFact.id, FACTS, before, limit)
    return [(Place(item.happened_at, FACTS, item.id), _fact(item)) for item in session.scalars(cut)]


def _fact(item: AssetFact) -> TimelineEntry:
    old, new = item.data.get("before"), item.data.get("after")
    shown = [str(value) for value in (old, new) if value not in (None, "") and _short(value)]
    return TimelineEntry(
        id=item.id, at=iso(item.happened_at), kind=item.kind, title=" → ".join(shown),
        actor=item.actor, link=f"work-orders/{item.work_order}" if item.work_order else "",
        data={**item.data, **({"note": item.note} if item.note else {})},
    )  # fmt: skip


def _short(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _components(row: Asset) -> Select[AssetComponent]:
    return select(AssetComponent).where(
        AssetComponent.tenant_id == row.tenant_id, AssetComponent.asset_id == row.id
    )


def _fitted(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    """What went in; the first fittings of the factory stand in the tree, not here."""
    statement = _components(row).where(
        or_(AssetComponent.replaces.is_not(None), AssetComponent.work_order != "")
    )
    cut = _cut(statement, AssetComponent.fitted_at, AssetComponent.id, FITTED, before, limit)
    return [
        (Place(item.fitted_at, FITTED, item.id), _component(item, "component_fitted"))
        for item in session.scalars(cut)
    ]


def _removed(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    statement = _components(row).where(AssetComponent.removed_at.is_not(None))
    cut = _cut(statement, AssetComponent.removed_at, AssetComponent.id, REMOVED, before, limit)
    return [
        (Place(item.removed_at, REMOVED, item.id), _component(item, "component_removed"))
        for item in session.scalars(cut)
        if item.removed_at is not None
    ]


def _component(item: AssetComponent, kind: str) -> TimelineEntry:
    gone = kind == "component_removed"
    order = item.removed_by if gone else item.work_order
    at = item.removed_at if gone and item.removed_at else item.fitted_at
    name = " ".join(value for value in (item.part, item.name) if value) or item.position
    return TimelineEntry(
        id=f"{item.id}-{'out' if gone else 'in'}", at=iso(at), kind=kind, title=name,
        link=f"work-orders/{order}" if order else "",
        data={
            "component_id": item.id, "position": item.position, "part": item.part,
            "serial": item.serial, "lot": item.lot, "work_order": order,
            "reason": item.removed_for if gone else "",
        },
    )  # fmt: skip


def _readings(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    statement = (
        select(MeterReading, AssetMeter.name, AssetMeter.unit)
        .join(
            AssetMeter,
            (AssetMeter.tenant_id == MeterReading.tenant_id)
            & (AssetMeter.id == MeterReading.meter_id),
        )
        .where(MeterReading.tenant_id == row.tenant_id, MeterReading.asset_id == row.id)
    )
    cut = _cut(statement, MeterReading.read_at, MeterReading.id, READINGS, before, limit)
    return [
        (Place(item.read_at, READINGS, item.id), _reading(item, name, unit))
        for item, name, unit in session.execute(cut)
    ]


def _reading(item: MeterReading, name: str, unit: str) -> TimelineEntry:
    return TimelineEntry(
        id=item.id, at=iso(item.read_at), kind="reading",
        title=f"{name}: {item.value.normalize():f} {unit}".strip(), actor=item.source,
        link=f"work-orders/{item.work_order}" if item.work_order else "",
        data={"meter": name, "value": float(item.value), "unit": unit, "kind": item.kind},
    )  # fmt: skip


def _documents(session: Session, row: Asset, before: Place | None, limit: int) -> list[Placed]:
    statement = select(AssetDocument).where(
        AssetDocument.tenant_id == row.tenant_id, AssetDocument.asset_id == row.id
    )
    cut = _cut(statement, AssetDocument.created_at, AssetDocument.id, DOCUMENTS, before, limit)
    return [
        (
            Place(item.created_at, DOCUMENTS, item.id),
            TimelineEntry(
                id=item.id, at=iso(item.created_at), kind="document", title=item.title,
                actor=item.added_by,
                data={"document_id": item.id, "kind": item.kind, "public": item.public},
            ),
        )
        for item in session.scalars(cut)
    ]  # fmt: skip
