"""Parts with what is owned of them, their substitutes and kits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory import kit_queries, ledger_queries, piece_queries, queries
from careloop.crm_core.inventory.document_models import PartSubstitute, ReservationState
from careloop.crm_core.inventory.models import StockBalance
from careloop.crm_core.inventory.schemas import Condition, UnitCost
from careloop.crm_core.inventory.views import (
    KitView,
    SerialView,
    StockPartPage,
    StockPartView,
    SubstituteView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound
from careloop.kit.money import Money

Held = tuple[int, int, int]
"""Good pieces, reserved ones, defective ones."""


def parts(
    session: Session, actor: Actor, *, q: str = "", after: str = "", limit: int = 50
) -> list[StockPartView]:
    """Parts by number, those after `after`."""
    if not actor.may("stock:read"):
        return []
    return part_views(session, actor, catalog.parts_page(session, actor, q, after, limit))


def part_views(session: Session, actor: Actor, rows: Sequence[Part]) -> list[StockPartView]:
    """Parts as shown in stock."""
    ids = [row.id for row in rows]
    held = _held(session, actor.tenant_id, ids)
    moving = ledger_queries.in_transit(session, actor.tenant_id, ids)
    views = []
    for row in rows:
        good, reserved, defective = held.get(row.id, (0, 0, 0))
        price = None
        if row.unit_price is not None and row.currency:
            price = Money.of(row.unit_price, row.currency)
        views.append(
            StockPartView(
                part=row.number, names=row.names, unit=row.unit, gtin=row.gtin,
                tracking=row.tracking, wear=row.wear, lead_days=row.lead_days, price=price,
                on_hand=good, reserved=reserved, free=good - reserved, defective=defective,
                in_transit=moving.get(row.id, 0), version=row.version,
            )
        )  # fmt: skip
    return views


def _held(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, Held]:
    row = StockBalance
    statement = (
        select(row.part_id, row.condition, func.sum(row.on_hand), func.sum(row.reserved))
        .where(row.tenant_id == tenant_id, row.part_id.in_(set(ids)))
        .group_by(row.part_id, row.condition)
    )
    found: dict[str, Held] = {}
    for part, condition, on_hand, reserved in session.execute(statement):
        good, kept, bad = found.get(part, (0, 0, 0))
        if condition == Condition.GOOD:
            good, kept = int(on_hand), int(reserved)
        else:
            bad = int(on_hand)
        found[part] = (good, kept, bad)
    return found


def part_page(session: Session, actor: Actor, number: str) -> StockPartPage:
    """All about one part."""
    row = catalog.parts_by_numbers(session, actor.tenant_id, [number]).get(number)
    if row is None or not actor.may("stock:read"):
        raise NotFound(f"There is no part {number} that you may see")
    (view,) = part_views(session, actor, [row])
    placed = queries.balances_of_part(session, actor, row.id)
    reserved = documents.reservations(
        session, actor, states=(ReservationState.ACTIVE,), part=row.number, limit=200
    )
    pieces = piece_queries.pieces_of(session, actor, row.id)
    codes = queries.codes(session, actor.tenant_id, {piece.location_id for piece in pieces})
    kept = ledger_queries.parts_kept(session, actor.tenant_id, [row.id]).get(row.id)
    unit = shown.unit_value(row, kept)
    average = None
    if kept is not None and kept.average_amount is not None:
        average = UnitCost(amount=kept.average_amount, currency=kept.average_currency)
    return StockPartPage(
        part=view,
        balances=queries.balance_views(session, actor.tenant_id, placed),
        reservations=documents.reservation_views(session, actor.tenant_id, reserved),
        serials=[
            SerialView(
                serial=piece.serial, lot=piece.lot, condition=piece.condition,
                place=queries.place(codes, piece.location_id, piece.account),
            )
            for piece in pieces
        ],
        substitutes=substitutes(session, actor, row.id),
        kits=[kit for kit in kits(session, actor) if row.number in {x["part"] for x in kit.lines}],
        models=catalog.models_with_part(session, actor, row.id),
        average_cost=average,
        value=Money.of(unit[0] * view.on_hand, unit[1]) if unit else None,
        value_basis=unit[2] if unit else "none",
    )  # fmt: skip


def substitutes(session: Session, actor: Actor, part_id: str = "") -> list[SubstituteView]:
    """Rules of substitution; of one part, those on either side."""
    rows = kit_queries.substitute_rows(session, actor, part_id)
    return [substitute_view(session, actor, row) for row in rows]


def substitute_view(session: Session, actor: Actor, row: PartSubstitute) -> SubstituteView:
    found = catalog.parts_by_ids(session, actor.tenant_id, [row.part_id, row.substitute_id])
    return SubstituteView(
        part=found[row.part_id].number, substitute=found[row.substitute_id].number,
        both_ways=row.both_ways, note=row.note,
    )  # fmt: skip


def kits(session: Session, actor: Actor) -> list[KitView]:
    """Kits by code."""
    rows = kit_queries.kit_rows(session, actor)
    ids = {line.part_id for _, lines in rows for line in lines}
    found = catalog.parts_by_ids(session, actor.tenant_id, ids)
    return [
        KitView(
            code=kit.code, name=kit.name,
            lines=[
                {"part": found[line.part_id].number, "quantity": line.quantity} for line in lines
            ],
        )
        for kit, lines in rows
    ]  # fmt: skip
