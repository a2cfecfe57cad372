"""What a ticket refers to: device, contact, customer, contract, found and checked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.contracts import entitlement_queries
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class References:
    asset: Asset | None
    contact_id: str | None
    customer_id: str | None
    conversation_id: str | None
    contract: str


def of_new(session: Session, actor: Actor, command: OpenTicket) -> References:
    """What a new ticket refers to.

    A customer's ticket always belongs to their own conversation and contact, whatever the
    command says; a device is linked by its serial, which alone reveals nothing of its owner.
    """
    asset = assets.device(session, actor.tenant_id, command.serial) if command.serial else None
    if not actor.is_staff:
        return References(
            asset, actor.contact_id, actor.customer_id, actor.conversation_id,
            running_contract(session, actor, asset),
        )  # fmt: skip
    customer_id = command.customer_id
    if command.contact_id:
        contact = customers.contact(session, actor, command.contact_id)
        customer_id = customer_id or contact.customer_id
    if command.customer_id:
        customers.customer(session, actor, command.customer_id)
    if asset is not None:
        customer_id = customer_id or asset.customer_id
    return References(
        asset, command.contact_id, customer_id, command.conversation_id,
        running_contract(session, actor, asset),
    )  # fmt: skip


def running_contract(session: Session, actor: Actor, asset: Asset | None) -> str:
    """Number of the contract that covers the device today; empty where none does."""
    if asset is None:
        return ""
    return entitlement_queries.entitlement_for(session, actor, asset.serial).contract


def known_contract(session: Session, actor: Actor, number: str) -> str:
    """The contract's number as it is on file."""
    found = contracts.contract(session, actor, number.strip())
    if found is None:
        raise NotFound(f"There is no contract {number} that you may see")
    return found.number
