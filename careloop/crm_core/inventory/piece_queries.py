"""Selects of pieces with a serial number; staff only."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.inventory.models import StockSerial
from careloop.kit.actor import Actor


def serials(
    session: Session, tenant_id: str, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], StockSerial]:
    """Pieces by (part id, serial)."""
    keys = sorted(set(wanted))
    if not keys:
        return {}
    statement = (
        select(StockSerial)
        .where(
            StockSerial.tenant_id == tenant_id,
            tuple_(StockSerial.part_id, StockSerial.serial).in_(keys),
        )
        .execution_options(populate_existing=True)
    )
    return {(row.part_id, row.serial): row for row in session.scalars(statement)}


def serials_at(
    session: Session, tenant_id: str, pairs: Iterable[tuple[str, str]]
) -> list[StockSerial]:
    """Pieces whose serial is known, at (location id, part id)."""
    wanted = sorted(set(pairs))
    if not wanted:
        return []
    statement = select(StockSerial).where(
        StockSerial.tenant_id == tenant_id,
        tuple_(StockSerial.location_id, StockSerial.part_id).in_(wanted),
    )
    return list(session.scalars(statement.order_by(StockSerial.serial)))


def pieces_called(session: Session, actor: Actor, serial: str) -> list[StockSerial]:
    """Pieces of any part with this serial number."""
    if not actor.may("stock:read"):
        return []
    statement = select(StockSerial).where(
        StockSerial.tenant_id == actor.tenant_id, StockSerial.serial == serial
    )
    return list(session.scalars(statement.order_by(StockSerial.id).limit(10)))


def pieces_of(session: Session, actor: Actor, part_id: str) -> list[StockSerial]:
    """The known pieces of a part that are ours still, by serial number."""
    if not actor.may("stock:read"):
        return []
    statement = select(StockSerial).where(
        StockSerial.tenant_id == actor.tenant_id, StockSerial.part_id == part_id
    )
    return list(session.scalars(statement.order_by(StockSerial.serial).limit(500)))
