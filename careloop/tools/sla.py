"""Tools over service levels."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.sla import firing, planning, policies, views
from careloop.crm_core.sla.schemas import (
    CreatePolicy,
    PolicyView,
    ReplacePolicy,
    ReplanTicket,
    TicketClocks,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("sla.create_policy", effect=Effect.WRITE, scope="sla:write")
def create_policy(session: Session, actor: Actor, command: CreatePolicy) -> PolicyView:
    """Add an SLA policy."""
    return views.policy_view(policies.create_policy(session, actor, command))


@tool("sla.replace_policy", effect=Effect.WRITE, scope="sla:write")
def replace_policy(session: Session, actor: Actor, command: ReplacePolicy) -> PolicyView:
    """Change an SLA policy."""
    return views.policy_view(policies.replace_policy(session, actor, command))


@tool("sla.replan", effect=Effect.WRITE, scope="sla:write")
def replan(session: Session, actor: Actor, command: ReplanTicket) -> TicketClocks:
    """Count a ticket's open clocks anew."""
    planning.replan(session, actor, command.number)
    return views.ticket_clocks(session, actor, command.number)


class PickClock(BaseModel):
    """One clock."""

    clock_id: str = Field(max_length=26, description="Id of the clock.")


class Fired(BaseModel):
    """How many warnings, breaches and steps were due."""

    fired: int


@tool("sla.fire", effect=Effect.WRITE, scope="sla:write")
def fire(session: Session, actor: Actor, command: PickClock) -> Fired:
    """Fire what is due of one clock; what was fired before is not fired again."""
    return Fired(fired=firing.fire_clock(session, actor, command.clock_id))
