"""What the stock is worth, and what of it needs attention.

Method: good pieces at the moving average cost of the part; where nothing was received with a cost
yet, at its list price; else not at all, and counted as unvalued. Defective pieces are worth
nothing. Each part is valued in one currency, and sums of two currencies are never added.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory import checking_queries as asked
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory import ledger_queries, queries
from careloop.crm_core.inventory.document_models import (
    CountState,
    RequestState,
    ReservationState,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.models import DISCREPANCY, LEVELS, StockLocation
from careloop.crm_core.inventory.policy import EXPIRING_HOURS, worth
from careloop.crm_core.inventory.schemas import Condition, UnitCost
from careloop.crm_core.inventory.views import LocationView, Overview, ValueLine, ValueView
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.money import Money

METHOD = "moving average cost of good pieces, else list price; one currency a part"


def value(session: Session, actor: Actor, location: str = "") -> ValueView:
    """By part, and a sum for each currency; without a location, transit included."""
    place = queries.location(session, actor, location).id if location else ""
    pieces: dict[str, int] = defaultdict(int)
    if actor.may("stock:read"):
        for key, (on_hand, _) in asked.all_balances(session, actor.tenant_id).items():
            if key[3] == Condition.GOOD and place in ("", key[0]):
                pieces[key[1]] += on_hand
        if not place:
            for part, moving in ledger_queries.all_in_transit(session, actor.tenant_id).items():
                pieces[part] += moving
    held = {part: count for part, count in pieces.items() if count}
    units = _units(session, actor, held)
    parts = catalog.parts_by_ids(session, actor.tenant_id, held)
    lines = []
    for part_id, count in sorted(held.items(), key=lambda item: parts[item[0]].number):
        unit = units.get(part_id)
        lines.append(
            ValueLine(
                part=parts[part_id].number, quantity=count,
                unit=UnitCost(amount=unit[0], currency=unit[1]) if unit else None,
                value=Money.of(unit[0] * count, unit[1]) if unit else None,
                basis=unit[2] if unit else "none",
            )
        )  # fmt: skip
    return ValueView(
        method=METHOD,
        totals=_totals(held, units),
        unvalued_pieces=sum(count for part, count in held.items() if part not in units),
        lines=lines,
    )


Units = dict[str, tuple[Decimal, str, str]]


def _units(session: Session, actor: Actor, ids: dict[str, int]) -> Units:
    parts = catalog.parts_by_ids(session, actor.tenant_id, ids)
    kept = ledger_queries.parts_kept(session, actor.tenant_id, ids)
    found = {id: shown.unit_value(part, kept.get(id)) for id, part in parts.items()}
    return {id: unit for id, unit in found.items() if unit is not None}


def _totals(held: dict[str, int], units: Units) -> list[Money]:
    prices = [(units[id][0], units[id][1], count) for id, count in held.items() if id in units]
    return worth(prices)


def locations(
    session: Session, actor: Actor, *, level: str = "", q: str = "", inactive: bool = False,
    only: str = "",
) -> list[LocationView]:  # fmt: skip
    """Locations as a tree, each parent before its children, with their figures."""
    rows = _in_tree(queries.location_rows(session, actor))
    held: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    alarms: dict[str, int] = defaultdict(int)
    if rows:
        for key, (on_hand, _) in asked.all_balances(session, actor.tenant_id).items():
            if key[3] == Condition.GOOD and on_hand:
                held[key[0]][key[1]] += on_hand
        for place, part, minimum in ledger_queries.minimums(session, actor.tenant_id):
            alarms[place] += held[place][part] < minimum
    units = _units(session, actor, {part: 1 for parts in held.values() for part in parts})
    word = q.strip().lower()
    return [
        LocationView(
            code=row.code, level=row.level, name=row.name, parent=row.parent_code,
            engineer=row.engineer, active=row.active, version=row.version,
            parts=sum(1 for count in held[row.id].values() if count),
            pieces=sum(held[row.id].values()), below_minimum=alarms[row.id],
            value=_totals(held[row.id], units),
        )
        for row in rows
        if (inactive or row.active) and (not level or row.level == level)
        if (not only or row.code == only)
        if not word or word in f"{row.code} {row.name} {row.engineer}".lower()
    ]  # fmt: skip


def _in_tree(rows: list[StockLocation]) -> list[StockLocation]:
    """Depth first; within one parent by level and code."""
    codes = {row.code for row in rows}
    below: dict[str, list[StockLocation]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (LEVELS.index(row.level), row.code)):
        below[row.parent_code if row.parent_code in codes else ""].append(row)
    found: list[StockLocation] = []

    def walk(code: str) -> None:
        for row in below.get(code, ()):
            found.append(row)
            walk(row.code)

    walk("")
    return found


def overview(session: Session, actor: Actor) -> Overview:
    """Counts for the first page of stock."""
    at = now(session)
    places = locations(session, actor)
    gone = ledger_queries.account_totals(session, actor, DISCREPANCY)
    requests = documents.how_many(session, actor, "request", RequestState.SUBMITTED)
    return Overview(
        below_minimum=sum(place.below_minimum for place in places),
        late_transfers=documents.how_many_late(session, actor, at),
        in_transit=documents.how_many(session, actor, "transfer", TransferState.IN_TRANSIT),
        awaiting_approval=requests,
        reservations_expiring=documents.how_many_expiring(
            session, actor, ReservationState.ACTIVE, at + timedelta(hours=EXPIRING_HOURS)
        ),
        open_counts=documents.how_many(session, actor, "count", CountState.OPEN),
        discrepancies=sum(abs(item.pieces) for item in gone),
        value=value(session, actor).totals,
    )
