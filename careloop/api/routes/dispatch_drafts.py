"""Day plans: computed as drafts, accepted line by line, or thrown away."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from careloop.api.auth import DispatcherDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, RequiredKeyDep, act
from careloop.api.routes.paging import Limit
from careloop.crm_core.dispatch import plan_queries
from careloop.crm_core.dispatch.plan_schemas import (
    Accepted,
    AcceptFacts,
    AcceptPlan,
    DiscardFacts,
    DiscardPlan,
    DraftPlan,
    PlanSummary,
    PlanView,
)  # fmt: skip

router = APIRouter(prefix="/v1/dispatch/plans", tags=["dispatch"])


class Plans(BaseModel):
    items: list[PlanSummary]


@router.get("")
def plans(session: SessionDep, actor: DispatcherDep, limit: Limit = 50) -> Plans:
    """Plans, the newest first."""
    return Plans(items=plan_queries.plans(session, actor, limit))


@router.post("", status_code=201)
def draft(services: ServicesDep, actor: StaffDep, body: DraftPlan, key: RequiredKeyDep) -> PlanView:
    """Compute a plan. Up to two seconds it is ready in the answer; longer ones are computed in the
    background: ask for it again until its state is ready or failed."""
    view = act(services, actor, "dispatch.draft_plan", body, PlanView, key)
    if view.state == "queued" and services.plans.short(body.seconds):
        services.plans.run(actor.tenant_id, view.id)
        with services.database.read(actor.tenant_id) as session:
            return plan_queries.plan_view(session, actor, view.id)
    return view


@router.get("/{plan_id}")
def plan(session: SessionDep, actor: DispatcherDep, plan_id: str) -> PlanView:
    """A plan: routes, changes, costs before and after, what is left undone and why."""
    return plan_queries.plan_view(session, actor, plan_id)


@router.post("/{plan_id}/accept")
def accept(
    services: ServicesDep, actor: StaffDep, plan_id: str, body: AcceptFacts, key: RequiredKeyDep,
    base: BaseVersionDep = None,
) -> Accepted:  # fmt: skip
    """Accept all lines or some; a line whose visit changed since is refused and says why."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = AcceptPlan(plan_id=plan_id, **facts)
    return act(services, actor, "dispatch.accept_plan", command, Accepted, key)


@router.post("/{plan_id}/discard")
def discard(
    services: ServicesDep, actor: StaffDep, plan_id: str, body: DiscardFacts, key: RequiredKeyDep
) -> PlanView:
    """Throw a plan away."""
    command = DiscardPlan(plan_id=plan_id, **body.model_dump())
    return act(services, actor, "dispatch.discard_plan", command, PlanView, key, body.reason)
