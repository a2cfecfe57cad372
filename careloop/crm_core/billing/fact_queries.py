"""Selects of what a bill is made of: visits and what was written down on them, entries, wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing.bill_models import BearingDecision, CostEntry
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries
from careloop.crm_core.inventory.models import StockMove
from careloop.crm_core.tickets import family_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders import fact_queries as visit_facts
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.models import VisitLabour, VisitPart, VisitState, WorkOrder
from careloop.kit.actor import Actor, system_actor
from careloop.kit.errors import NotFound

BEGUN = frozenset({VisitState.ON_SITE, VisitState.DONE})


@dataclass(frozen=True, slots=True)
class UsedPart:
    """A part that a visit used, without what was taken back; `cost` is of one piece, at the
    ledger's cost of the move, else its moving average of now."""

    row: VisitPart
    part: Part
    quantity: int
    cost: Decimal | None
    currency: str
    basis: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that began, with its labour and parts."""

    row: WorkOrder
    labour: tuple[VisitLabour, ...]
    parts: tuple[UsedPart, ...]


def may_see(actor: Actor) -> bool:
    """Whether the actor may see what was entered for a ticket."""
    return actor.is_staff and (actor.may("billing:read") or actor.may("tickets:write"))


def entries_visible_to(actor: Actor) -> Select[CostEntry]:
    """Costs entered by hand, for staff who read billing or write tickets."""
    statement = select(CostEntry).where(CostEntry.tenant_id == actor.tenant_id)
    return statement if may_see(actor) else statement.where(false())


def decisions_visible_to(actor: Actor) -> Select[BearingDecision]:
    """Wishes of who shall bear what, for staff who read billing or write tickets."""
    statement = select(BearingDecision).where(BearingDecision.tenant_id == actor.tenant_id)
    return statement if may_see(actor) else statement.where(false())


def family(session: Session, row: Ticket) -> list[str]:
    """Ids of the ticket and of those that were merged into it."""
    if not row.merged_count:
        return [row.id]
    return [row.id, *family_queries.merged_into(session, row.tenant_id, [row.id])]


def visits_of(session: Session, row: Ticket) -> list[Visit]:
    """The visits of a ticket, and of those merged into it, that began."""
    books = system_actor(row.tenant_id)
    begun = [
        visit
        for visit in visits.of_ticket(session, books, family(session, row))
        if visit.state in BEGUN
    ]
    found = []
    for visit in begun:
        labour = visit_facts.facts_of(session, visit, VisitLabour)
        parts = visit_facts.facts_of(session, visit, VisitPart)
        used = _used(session, row.tenant_id, parts) if parts else []
        found.append(Visit(visit, tuple(labour), tuple(used)))
    return found


def _used(session: Session, tenant_id: str, rows: Sequence[VisitPart]) -> list[UsedPart]:
    ids = [move_id for row in rows for move_id in row.move_ids]
    moves = moves_by_ids(session, tenant_id, ids)
    undone = ledger_queries.reversal_of(session, tenant_id, ids) if ids else {}
    known = catalog.parts_by_ids(session, tenant_id, {row.part_id for row in rows})
    kept = ledger_queries.parts_kept(session, tenant_id, {row.part_id for row in rows})
    found = []
    for row in rows:
        gone = sum(moves[id].quantity for id in row.move_ids if id in moves and id in undone)
        quantity = row.quantity - gone
        if quantity <= 0:
            continue
        standing = [moves[id] for id in row.move_ids if id in moves and id not in undone]
        cost, currency, basis = _cost_of(standing)
        if cost is None and (average := kept.get(row.part_id)) and average.average_amount:
            cost, currency, basis = average.average_amount, average.average_currency, "average_now"
        found.append(UsedPart(row, known[row.part_id], quantity, cost, currency, basis))
    return found


def _cost_of(moves: Sequence[StockMove]) -> tuple[Decimal | None, str, str]:
    """The cost of one piece over all its moves; nothing where one has none."""
    priced = [move for move in moves if move.unit_cost_amount is not None]
    currencies = {move.unit_cost_currency for move in priced}
    if not priced or len(priced) < len(moves) or len(currencies) != 1:
        return None, "", ""
    pieces = sum(move.quantity for move in priced)
    total = sum((Decimal(move.unit_cost_amount or 0) * move.quantity for move in priced), Decimal())
    return (total / pieces).quantize(Decimal("0.0001")), currencies.pop(), "ledger"


def moves_by_ids(session: Session, tenant_id: str, ids: Sequence[str]) -> dict[str, StockMove]:
    if not ids:
        return {}
    statement = select(StockMove).where(StockMove.tenant_id == tenant_id, StockMove.id.in_(ids))
    return {row.id: row for row in session.scalars(statement)}


def entries_of(session: Session, row: Ticket) -> list[CostEntry]:
    """What was entered for a ticket and those merged into it, and not taken back."""
    statement = select(CostEntry).where(
        CostEntry.tenant_id == row.tenant_id,
        CostEntry.ticket_id.in_(family(session, row)),
        CostEntry.voided_at.is_(None),
    )
    return list(session.scalars(statement.order_by(CostEntry.id)))


def entry(session: Session, actor: Actor, ticket_id: str, line_id: str) -> CostEntry:
    """An entry of that ticket, locked."""
    statement = entries_visible_to(actor).where(
        CostEntry.id == line_id, CostEntry.ticket_id == ticket_id
    )
    found = session.scalar(
        statement.with_for_update().execution_options(populate_existing=True)
    )  # fmt: skip
    if found is None:
        raise NotFound("There is no such entry on this ticket")
    return found


def decisions_of(session: Session, row: Ticket) -> list[BearingDecision]:
    """Wishes about a ticket in the order in which they were made."""
    statement = select(BearingDecision).where(
        BearingDecision.tenant_id == row.tenant_id,
        BearingDecision.ticket_id.in_(family(session, row)),
    )
    return list(session.scalars(statement.order_by(BearingDecision.id)))


def decision(session: Session, actor: Actor, ticket_id: str, decision_id: str) -> BearingDecision:
    """A wish about that ticket, locked."""
    statement = decisions_visible_to(actor).where(
        BearingDecision.id == decision_id, BearingDecision.ticket_id == ticket_id
    )
    found = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("There is no such wish on this ticket")
    return found
