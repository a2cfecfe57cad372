"""Selects of kept bills."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing.bill_models import BillLine, TicketBill
from careloop.crm_core.billing.queries import may_read
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[TicketBill]:
    """Kept bills, for staff who may read billing."""
    statement = select(TicketBill).where(TicketBill.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


def bill_of(session: Session, row: Ticket, lock: bool = False) -> TicketBill | None:
    """What was kept of a ticket; None while it never closed."""
    statement = select(TicketBill).where(
        TicketBill.tenant_id == row.tenant_id, TicketBill.ticket_id == row.id
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalar(statement)


def lines_of(session: Session, row: TicketBill) -> list[BillLine]:
    """The lines of a kept bill in their order."""
    statement = select(BillLine).where(
        BillLine.tenant_id == row.tenant_id, BillLine.bill_id == row.id
    )
    return list(session.scalars(statement.order_by(BillLine.position)))


def closed_without(session: Session, tenant_id: str, limit: int) -> list[Ticket]:
    """Closed tickets of which nothing is kept yet, as after an import; the latest first."""
    kept = select(TicketBill.ticket_id).where(TicketBill.tenant_id == tenant_id)
    statement = select(Ticket).where(
        Ticket.tenant_id == tenant_id, Ticket.state == TicketState.CLOSED,
        Ticket.id.not_in(kept),
    )  # fmt: skip
    return list(
        session.scalars(statement.order_by(Ticket.closed_at.desc(), Ticket.id).limit(limit))
    )


def bills_of_tickets(
    session: Session, tenant_id: str, ticket_ids: Sequence[str]
) -> dict[str, TicketBill]:
    statement = select(TicketBill).where(
        TicketBill.tenant_id == tenant_id, TicketBill.ticket_id.in_(ticket_ids)
    )
    return {row.ticket_id: row for row in session.scalars(statement)}
