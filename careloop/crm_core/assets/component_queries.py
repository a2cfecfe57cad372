"""Selects of components."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries
from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.component_schemas import (
    ComponentNode,
    ComponentView,
    FoundComponent,
)  # fmt: skip
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import fold
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

_DERIVED = {"fitted_at", "fitted_on", "removed_at", "removed_on"}


def component(session: Session, row: Asset, component_id: str) -> AssetComponent:
    """A component of the device, fitted or removed."""
    found = session.get(AssetComponent, (row.tenant_id, component_id))
    if found is None or found.asset_id != row.id:
        raise NotFound("There is no such component in this device")
    return found


def all_of(session: Session, row: Asset) -> list[AssetComponent]:
    """Every component the device ever had, by position, then time."""
    statement = select(AssetComponent).where(
        AssetComponent.tenant_id == row.tenant_id, AssetComponent.asset_id == row.id
    )
    ordered = statement.order_by(
        AssetComponent.position, AssetComponent.fitted_at, AssetComponent.id
    )
    return list(session.scalars(ordered))


def fitted(session: Session, row: Asset, at: datetime | None = None) -> list[AssetComponent]:
    """What is in the device, or was at a time, by position."""
    statement = select(AssetComponent).where(
        AssetComponent.tenant_id == row.tenant_id, AssetComponent.asset_id == row.id
    )
    if at is None:
        statement = statement.where(AssetComponent.removed_at.is_(None))
    else:
        statement = statement.where(
            AssetComponent.fitted_at <= at,
            or_(AssetComponent.removed_at.is_(None), AssetComponent.removed_at > at),
        )
    return list(session.scalars(statement.order_by(AssetComponent.position, AssetComponent.id)))


def in_position(session: Session, row: Asset, position: str) -> AssetComponent | None:
    """What is fitted in that position now."""
    statement = select(AssetComponent).where(
        AssetComponent.tenant_id == row.tenant_id,
        AssetComponent.asset_id == row.id,
        AssetComponent.position == position,
        AssetComponent.removed_at.is_(None),
    )
    return session.scalar(statement)


def latest_removal(session: Session, row: Asset, position: str) -> datetime | None:
    """When a position was last emptied."""
    statement = (
        select(AssetComponent.removed_at)
        .where(
            AssetComponent.tenant_id == row.tenant_id,
            AssetComponent.asset_id == row.id,
            AssetComponent.position == position,
            AssetComponent.removed_at.is_not(None),
        )
        .order_by(AssetComponent.removed_at.desc())
        .limit(1)
    )
    return session.scalar(statement)


def by_command(session: Session, tenant_id: str, command_id: str) -> AssetComponent | None:
    """The component that was fitted by the command of that id."""
    statement = select(AssetComponent).where(
        AssetComponent.tenant_id == tenant_id, AssetComponent.command_id == command_id
    )
    return session.scalar(statement)


def fitted_elsewhere(
    session: Session, tenant_id: str, part: str, serial: str
) -> tuple[AssetComponent, str] | None:
    """Where a part of that serial is fitted now, with the device's serial."""
    statement = (
        select(AssetComponent, Asset.serial)
        .join(
            Asset,
            (Asset.tenant_id == AssetComponent.tenant_id) & (Asset.id == AssetComponent.asset_id),
        )
        .where(
            AssetComponent.tenant_id == tenant_id,
            AssetComponent.part == part,
            AssetComponent.serial == serial,
            AssetComponent.removed_at.is_(None),
        )
    )
    found = session.execute(statement).first()
    return (found[0], found[1]) if found is not None else None


def found_by_serial(
    session: Session, actor: Actor, written: str, limit: int = 20
) -> list[FoundComponent]:
    """Components, fitted or removed, whose serial looks like the one written; fitted ones first."""
    key = fold(written)
    if not key:
        return []
    seen = queries.visible_to(actor).subquery()
    statement = (
        select(AssetComponent, seen.c.serial, seen.c.model)
        .join(
            seen,
            (seen.c.tenant_id == AssetComponent.tenant_id) & (seen.c.id == AssetComponent.asset_id),
        )
        .where(AssetComponent.serial_key == key)
        .order_by(
            AssetComponent.removed_at.is_not(None), AssetComponent.removed_at.desc(),
            AssetComponent.id,
        )
        .limit(limit)
    )  # fmt: skip
    return [
        FoundComponent(device=serial, model=model, component=component_view(row))
        for row, serial, model in session.execute(statement)
    ]


def tree(session: Session, row: Asset, at: datetime | None = None) -> list[ComponentNode]:
    """The components as they sit in one another; a part of an empty position stands at the top."""
    rows = all_of(session, row)
    present = [
        item for item in rows if (item.removed_at is None if at is None else _was_fitted(item, at))
    ]
    nodes = {item.position: ComponentNode(**component_view(item).model_dump()) for item in present}
    for item in reversed(rows):
        node = nodes.get(item.position)
        if node is not None and node.id != item.id and (at is None or item.fitted_at <= at):
            node.earlier.append(component_view(item))
    top: list[ComponentNode] = []
    for node in nodes.values():
        above = nodes.get(node.parent)
        (above.children if above is not None else top).append(node)
    return top


def _was_fitted(row: AssetComponent, at: datetime) -> bool:
    return row.fitted_at <= at and (row.removed_at is None or row.removed_at > at)


def component_view(row: AssetComponent) -> ComponentView:
    fields = {
        name: getattr(row, name) for name in ComponentView.model_fields if name not in _DERIVED
    }
    return ComponentView(
        **fields,
        fitted_at=iso(row.fitted_at),
        fitted_on=row.fitted_at.date(),
        removed_at=iso(row.removed_at) if row.removed_at else None,
        removed_on=row.removed_at.date() if row.removed_at else None,
    )
