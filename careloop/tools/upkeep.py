"""Tools that the house itself uses, on its rounds."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.inventory import reservations
from careloop.crm_core.tickets import ending
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.tools.spec import Effect, tool


class Round(BaseModel):
    """One round over what has fallen due."""


class RoundDone(BaseModel):
    """How many rows the round settled."""

    count: int


@tool("stock.expire_reservations", effect=Effect.WRITE, scope="stock:write")
def expire_reservations(session: Session, actor: Actor, command: Round) -> RoundDone:
    """End the reservations whose time is over, so that others may have the parts."""
    done = reservations.release_expired(session, now(session), actor.tenant_id)
    return RoundDone(count=done)


@tool("tickets.settle_durable", effect=Effect.WRITE, scope="tickets:write")
def settle_durable(session: Session, actor: Actor, command: Round) -> RoundDone:
    """Say of repairs that are thirty days old whether they lasted."""
    return RoundDone(count=ending.settle_durable(session, now(session), actor.tenant_id))
