"""What a ticket costs, who bears it, and what is kept of that."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from careloop.api.auth import BillingReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import KeyDep, RequiredKeyDep, act
from careloop.crm_core.billing import cost_views
from careloop.crm_core.billing.cost_schemas import (
    AddCostEntry,
    AskBearing,
    BearingView,
    BearingWish,
    CostDifference,
    CostEntryFacts,
    RuleOnBearing,
    Ruling,
    SettleTicket,
    Settling,
    TicketCosts,
    VoidCostEntry,
    Voiding,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.tools.billing import BillKept, EntryKept

router = APIRouter(prefix="/v1/tickets", tags=["billing"])


@router.get("/{number}/costs")
def costs(session: SessionDep, actor: BillingReaderDep, number: str) -> TicketCosts:
    """One line a fact, with who bears it and why; a closed ticket's as they were kept."""
    return cost_views.costs(session, tickets.ticket(session, actor, number))


@router.get("/{number}/costs/difference")
def difference(session: SessionDep, actor: BillingReaderDep, number: str) -> CostDifference:
    """What is kept beside what it would be by the rates and prices of now."""
    return cost_views.difference(session, tickets.ticket(session, actor, number))


@router.post("/{number}/costs", status_code=201)
def add(
    services: ServicesDep, actor: StaffDep, number: str, body: CostEntryFacts, key: RequiredKeyDep
) -> EntryKept:
    """Enter outside work with supplier and document, or another cost."""
    command = AddCostEntry.model_validate(_given(body, number=number))
    return act(services, actor, "billing.add_cost", command, EntryKept, key)


@router.post("/{number}/costs/settle")
def settle(
    services: ServicesDep, actor: StaffDep, number: str, body: Settling, key: RequiredKeyDep
) -> BillKept:
    """Add late lines to what is kept, or take the whole anew while nothing is invoiced."""
    command = SettleTicket.model_validate(_given(body, number=number))
    return act(services, actor, "billing.settle", command, BillKept, key, body.reason)


@router.post("/{number}/costs/decisions", status_code=201)
def ask(
    services: ServicesDep, actor: StaffDep, number: str, body: BearingWish, key: RequiredKeyDep
) -> BearingView:
    """Ask that goodwill, the warranty or the customer bears it; it counts once approved."""
    command = AskBearing.model_validate(_given(body, number=number))
    return act(services, actor, "billing.ask_bearing", command, BearingView, key, body.reason)


@router.post("/{number}/costs/decisions/{decision_id}/approve")
def approve(
    services: ServicesDep, actor: StaffDep, number: str, decision_id: str, body: Ruling,
    key: KeyDep = None,
) -> BearingView:  # fmt: skip
    """Approve a wish; on a kept bill it moves shares and leaves prices alone."""
    return _rule(services, actor, number, decision_id, body, True, key)


@router.post("/{number}/costs/decisions/{decision_id}/reject")
def reject(
    services: ServicesDep, actor: StaffDep, number: str, decision_id: str, body: Ruling,
    key: KeyDep = None,
) -> BearingView:  # fmt: skip
    """Reject a wish."""
    return _rule(services, actor, number, decision_id, body, False, key)


@router.post("/{number}/costs/{line_id}/void")
def void(
    services: ServicesDep, actor: StaffDep, number: str, line_id: str, body: Voiding,
    key: KeyDep = None,
) -> EntryKept:  # fmt: skip
    """Take back a cost that was entered by hand."""
    command = VoidCostEntry(number=number[:40], line_id=line_id[:26], reason=body.reason)
    return act(services, actor, "billing.void_cost", command, EntryKept, key, body.reason)


def _rule(
    services: Any, actor: Any, number: str, decision_id: str, body: Ruling, yes: bool,
    key: str | None,
) -> BearingView:  # fmt: skip
    command = RuleOnBearing(
        number=number[:40], decision_id=decision_id[:26], approve=yes, note=body.note
    )
    return act(services, actor, "billing.rule_on_bearing", command, BearingView, key, body.note)


def _given(body: BaseModel, **names: str) -> dict[str, Any]:
    return {**body.model_dump(exclude_unset=True), **{k: v[:40] for k, v in names.items()}}
