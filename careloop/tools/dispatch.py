"""Tools over dispatch: giving visits out, the pool, rules, needs, plans."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import (
    accepting,
    giving,
    plan_queries,
    plans,
    pool,
    rule_queries,
    rules,
    telling,
)  # fmt: skip
from careloop.crm_core.dispatch.plan_schemas import (
    Accepted,
    AcceptPlan,
    DiscardPlan,
    DraftPlan,
    PlanView,
)  # fmt: skip
from careloop.crm_core.dispatch.schemas import (
    Applied,
    ApplyRules,
    Assign,
    ChangeRule,
    CreateRule,
    Grab,
    JobView,
    Offer,
    OfferTicket,
    PickRule,
    Placed,
    RuleView,
    SetNeed,
    Unassign,
    Withdraw,
)  # fmt: skip
from careloop.crm_core.dispatch.settings_schemas import DispatchSettingsView, SetDispatch
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


@tool("dispatch.set_need", effect=Effect.WRITE, scope="dispatch")
def set_need(session: Session, actor: Actor, command: SetNeed) -> JobView:
    """Say what the next visit for a ticket needs."""
    return telling.set_need(session, actor, command).view()


@tool("dispatch.set_settings", effect=Effect.WRITE, scope="settings:write")
def set_settings(session: Session, actor: Actor, command: SetDispatch) -> DispatchSettingsView:
    """Set how the company dispatches."""
    return telling.set_settings(session, actor, command)


@tool("dispatch.assign", effect=Effect.WRITE, scope="dispatch")
def assign(session: Session, actor: Actor, command: Assign) -> Placed:
    """Give a visit, or a ticket that needs one, to an engineer."""
    return giving.assign(session, actor, command)


@tool("dispatch.unassign", effect=Effect.WRITE, scope="dispatch")
def unassign(session: Session, actor: Actor, command: Unassign) -> Placed:
    """Take a visit from its engineer."""
    return giving.unassign(session, actor, command)


@tool("dispatch.offer", effect=Effect.WRITE, scope="dispatch")
def offer(session: Session, actor: Actor, command: Offer) -> Placed:
    """Put a visit into the pool."""
    return pool.offer(session, actor, command)


@tool("dispatch.offer_ticket", effect=Effect.WRITE, scope="dispatch")
def offer_ticket(session: Session, actor: Actor, command: OfferTicket) -> Placed:
    """Plan a visit for a ticket and put it into the pool."""
    return pool.offer_ticket(session, actor, command)


@tool("dispatch.grab", effect=Effect.WRITE, scope="work:write")
def grab(session: Session, actor: Actor, command: Grab) -> Placed:
    """Take a job from the pool for oneself."""
    return pool.grab(session, actor, command)


@tool("dispatch.withdraw", effect=Effect.WRITE, scope="dispatch")
def withdraw(session: Session, actor: Actor, command: Withdraw) -> Placed:
    """Take a job out of the pool."""
    return pool.withdraw(session, actor, command)


@tool("dispatch.create_rule", effect=Effect.WRITE, scope="dispatch")
def create_rule(session: Session, actor: Actor, command: CreateRule) -> RuleView:
    """Add an automatic rule."""
    return rule_queries.rule_view(rules.create_rule(session, actor, command))


@tool("dispatch.change_rule", effect=Effect.WRITE, scope="dispatch")
def change_rule(session: Session, actor: Actor, command: ChangeRule) -> RuleView:
    """Change an automatic rule."""
    return rule_queries.rule_view(rules.change_rule(session, actor, command))


@tool("dispatch.remove_rule", effect=Effect.DESTROY, scope="dispatch")
def remove_rule(session: Session, actor: Actor, command: PickRule) -> Done:
    """Take an automatic rule away."""
    rules.remove_rule(session, actor, command)
    return Done()


@tool("dispatch.apply_rules", effect=Effect.WRITE, scope="dispatch")
def apply_rules(session: Session, actor: Actor, command: ApplyRules) -> Applied:
    """Ask the rules for a ticket now."""
    return rules.apply(session, actor, command)


@tool("dispatch.draft_plan", effect=Effect.WRITE, scope="dispatch")
def draft_plan(session: Session, actor: Actor, command: DraftPlan) -> PlanView:
    """Ask for a day plan."""
    return plan_queries.plan_view(session, actor, plans.draft(session, actor, command).id)


@tool("dispatch.accept_plan", effect=Effect.WRITE, scope="dispatch")
def accept_plan(session: Session, actor: Actor, command: AcceptPlan) -> Accepted:
    """Accept a day plan, or some of its lines."""
    plan, accepted, refused = accepting.accept(session, actor, command)
    view = plan_queries.plan_view(session, actor, plan.id)
    return Accepted(accepted=accepted, refused=refused, plan=view)


@tool("dispatch.discard_plan", effect=Effect.WRITE, scope="dispatch")
def discard_plan(session: Session, actor: Actor, command: DiscardPlan) -> PlanView:
    """Throw a day plan away."""
    return plan_queries.plan_view(session, actor, plans.discard(session, actor, command).id)
