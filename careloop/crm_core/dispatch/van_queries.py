"""Selects of what lies on the vans and in the depots; staff who may read stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory.document_models import ReservationState, StockReservation
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor


def locations(session: Session, actor: Actor) -> list[StockLocation]:
    """Active stock locations by code."""
    statement = select(StockLocation).where(
        StockLocation.tenant_id == actor.tenant_id, StockLocation.active
    )
    return list(session.scalars(statement.order_by(StockLocation.code)))


def free_at(session: Session, actor: Actor, parts: Iterable[str]) -> dict[str, dict[str, int]]:
    """Free good pieces by location's code and part number."""
    numbers = list(parts)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if not numbers:
        return found
    statement = (
        select(
            StockLocation.code, Part.number,
            func.sum(StockBalance.on_hand - StockBalance.reserved),
        )
        .join(
            StockBalance,
            and_(
                StockBalance.tenant_id == StockLocation.tenant_id,
                StockBalance.location_id == StockLocation.id,
            ),
        )
        .join(
            Part, and_(Part.tenant_id == StockBalance.tenant_id, Part.id == StockBalance.part_id)
        )
        .where(
            StockLocation.tenant_id == actor.tenant_id, StockLocation.active,
            StockBalance.condition == "good", Part.number.in_(numbers),
        )
        .group_by(StockLocation.code, Part.number)
    )  # fmt: skip
    for code, number, quantity in session.execute(statement):
        if quantity > 0:
            found[code][number] = int(quantity)
    return found


def kept_for(
    session: Session, actor: Actor, numbers: Iterable[str]
) -> dict[str, dict[str, dict[str, int]]]:
    """Pieces kept for tickets or visits: by their number, by location's code, by part."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    row = StockReservation
    statement = (
        select(
            row.purpose_number, StockLocation.code, Part.number,
            func.sum(row.quantity - row.consumed),
        )
        .join(
            StockLocation,
            and_(StockLocation.tenant_id == row.tenant_id, StockLocation.id == row.location_id),
        )
        .join(Part, and_(Part.tenant_id == row.tenant_id, Part.id == row.part_id))
        .where(
            row.tenant_id == actor.tenant_id, row.state == ReservationState.ACTIVE,
            row.purpose_type.in_(("ticket", "work_order")),
            row.purpose_number.in_(list(numbers)),
        )
        .group_by(row.purpose_number, StockLocation.code, Part.number)
    )  # fmt: skip
    for number, code, part, quantity in session.execute(statement):
        found[number][code][part] = int(quantity)
    return found


def vans(session: Session, actor: Actor) -> dict[str, str]:
    """The codes of the vans by engineer: as the stock books say, else as the engineer's file."""
    statement = select(Engineer.code, Engineer.van).where(
        Engineer.tenant_id == actor.tenant_id, Engineer.van != ""
    )
    found: dict[str, str] = {row[0]: row[1] for row in session.execute(statement)}
    found |= {row.engineer: row.code for row in locations(session, actor) if row.engineer}
    return found


def on_vans(
    session: Session, actor: Actor, parts: Iterable[str], numbers: Iterable[str] = ()
) -> dict[str, dict[str, int]]:
    """Pieces on the vans by engineer's code and part: free ones, and those that are kept for the
    tickets or visits of these numbers."""
    wanted = set(parts)
    by_code = free_at(session, actor, wanted)
    for places in kept_for(session, actor, numbers).values():
        for code, kept in places.items():
            for part, quantity in kept.items():
                if part in wanted:
                    by_code[code][part] = by_code[code].get(part, 0) + quantity
    return {
        engineer: by_code[code]
        for engineer, code in vans(session, actor).items()
        if code in by_code
    }
