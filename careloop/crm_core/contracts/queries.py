"""Selects of service contracts."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careloop.crm_core.contracts.models import ServiceContract
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[ServiceContract]:
    """Contracts the actor may see: staff all, a customer their own."""
    statement = select(ServiceContract).where(ServiceContract.tenant_id == actor.tenant_id)
    if actor.is_staff:
        return statement
    return statement.where(ServiceContract.customer_id == actor.customer_id)


def contracts_of(session: Session, actor: Actor, customer_id: str) -> list[ServiceContract]:
    statement = visible_to(actor).where(ServiceContract.customer_id == customer_id)
    return list(session.scalars(statement.order_by(ServiceContract.number)))


def contract(session: Session, actor: Actor, number: str) -> ServiceContract | None:
    return session.scalar(visible_to(actor).where(ServiceContract.number == number))


def known_numbers(session: Session, tenant_id: str, numbers: set[str]) -> set[str]:
    """Those of the upper-case `numbers` that are on file; says nothing of whose they are."""
    if not numbers:
        return set()
    statement = select(ServiceContract.number).where(
        ServiceContract.tenant_id == tenant_id, ServiceContract.number.in_(numbers)
    )
    return set(session.scalars(statement))
