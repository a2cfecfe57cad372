"""Selects of stock; staff only."""

from __future__ import annotations

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[StockBalance]:
    statement = select(StockBalance).where(StockBalance.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def balances_of_part(
    session: Session, actor: Actor, part_id: str
) -> list[tuple[StockLocation, StockBalance]]:
    """Where a part lies, largest free quantity first."""
    statement = (
        select(StockLocation, StockBalance)
        .join(
            StockBalance,
            (StockBalance.tenant_id == StockLocation.tenant_id)
            & (StockBalance.location_id == StockLocation.id),
        )
        .where(StockBalance.tenant_id == actor.tenant_id, StockBalance.part_id == part_id)
        .order_by((StockBalance.on_hand - StockBalance.reserved).desc(), StockLocation.code)
    )
    if not actor.may("stock:read"):
        return []
    return [(location, balance) for location, balance in session.execute(statement)]
