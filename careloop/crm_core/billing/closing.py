"""What is kept of a ticket's costs when it closes, and what is added or taken anew later."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from careloop.crm_core.billing import bill_queries, fact_queries, invoice_queries
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.bill_models import TicketBill
from careloop.crm_core.billing.cost_schemas import SettleTicket
from careloop.crm_core.billing.costing import Computed, Costing
from careloop.crm_core.billing.errors import BillInvoiced
from careloop.crm_core.billing.events import TicketBilled
from careloop.crm_core.billing.kept_lines import late_lines, row_of
from careloop.crm_core.contracts.entitlement_queries import zone_of
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.events import TicketMoved
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def on_moved(session: Session, event: TicketMoved) -> None:
    """Keep the costs of a ticket that closes."""
    if event.after != TicketState.CLOSED:
        return
    row = tickets.ticket_by_id(session, event.tenant_id, event.ticket_id)
    if row is not None:
        keep(session, row)


def keep(session: Session, ticket: Ticket, costing: Costing | None = None) -> TicketBill:
    """Keep what is not kept yet; lines that are kept already never change."""
    costing = costing or Costing(session, ticket.tenant_id)
    bill = bill_queries.bill_of(session, ticket, lock=True)
    computed = costing.of_ticket(ticket, today_of(session, ticket))
    if bill is None:
        return _first(session, ticket, computed)
    return _add_late(session, ticket, bill, computed, costing)


def settle(session: Session, actor: Actor, command: SettleTicket) -> TicketBill:
    """Add late lines to a closed ticket's bill, or take it anew while nothing is invoiced."""
    books = system_actor(actor.tenant_id, actor.name)
    ticket = tickets.ticket(session, actor, command.number, lock=True)
    if ticket.state != TicketState.CLOSED:
        raise Conflict(f"{ticket.number} is {ticket.state}; its costs are kept when it closes")
    if not command.recompute:
        return keep(session, ticket)
    if not actor.may("billing:write"):
        raise Forbidden("A manager takes the costs of a closed ticket anew")
    bill = bill_queries.bill_of(session, ticket, lock=True)
    if bill is None:
        return keep(session, ticket)
    if invoice_queries.live_numbers(session, books, [ticket.number]):
        raise BillInvoiced(
            f"{ticket.number} stands on an invoice; credit or discard that one first"
        )
    for line in bill_queries.lines_of(session, bill):
        session.delete(line)
    session.flush()
    computed = Costing(session, actor.tenant_id).of_ticket(ticket, today_of(session, ticket))
    _write(session, ticket, bill, computed)
    bill.taken += 1
    bill.reason = command.reason
    bill.touch(now(session))
    session.flush()
    return bill


def today_of(session: Session, ticket: Ticket) -> date:
    """Today where the ticket's customer is."""
    zone = zone_of(session, ticket.tenant_id, ticket.customer_id)
    return now(session).astimezone(zone).date()


def _first(session: Session, ticket: Ticket, computed: Computed) -> TicketBill:
    at = now(session)
    closed_at = ticket.closed_at or at
    zone = zone_of(session, ticket.tenant_id, ticket.customer_id)
    bill = TicketBill(
        tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, ticket=ticket.number,
        customer_id=ticket.customer_id, serial=ticket.serial, model=ticket.model,
        contract=ticket.contract, cause=ticket.cause, type=ticket.type, closed_at=closed_at,
        closed_on=closed_at.astimezone(zone).date(), computed_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(bill)
    session.flush()
    _write(session, ticket, bill, computed)
    session.flush()
    emit(session, TicketBilled(ticket.tenant_id, ticket.id, ticket.number, 0, at))
    return bill


def _write(session: Session, ticket: Ticket, bill: TicketBill, computed: Computed) -> None:
    """Every line of the bill as it is now."""
    bill.computed_at = now(session)
    bill.minimum = {}
    if computed.minimum is not None and computed.price_list is not None:
        bill.minimum = {
            "amount": plain(computed.minimum.amount), "currency": computed.minimum.currency,
            "price_list": computed.price_list.code, "tax_code": computed.price_list.tax_code,
        }  # fmt: skip
    for position, line in enumerate(computed.lines, 1):
        row = row_of(line, ticket.tenant_id, bill.id, position, late=False)
        row.created_at = row.updated_at = now(session)
        session.add(row)


def _add_late(
    session: Session, ticket: Ticket, bill: TicketBill, computed: Computed, costing: Costing
) -> TicketBill:
    kept = bill_queries.lines_of(session, bill)
    decisions = fact_queries.decisions_of(session, ticket)
    late = late_lines(kept, computed.lines, decisions, costing.tariff)
    for position, line in enumerate(late, max((row.position for row in kept), default=0) + 1):
        row = row_of(line, ticket.tenant_id, bill.id, position, late=True)
        row.created_at = row.updated_at = now(session)
        session.add(row)
    bill.closed_at = ticket.closed_at or bill.closed_at
    bill.cause = ticket.cause or bill.cause
    if late:
        bill.touch(now(session))
        emit(
            session,
            TicketBilled(ticket.tenant_id, ticket.id, ticket.number, len(late), now(session)),
        )
    session.flush()
    return bill
