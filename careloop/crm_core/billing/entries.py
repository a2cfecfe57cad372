"""Writers of costs entered by hand, and of wishes that somebody else bears what."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.billing import bill_queries, fact_queries, invoice_queries, queries
from careloop.crm_core.billing.bearing import applying
from careloop.crm_core.billing.bill_models import BearingDecision, CostEntry, DecisionState
from careloop.crm_core.billing.closing import today_of
from careloop.crm_core.billing.cost_schemas import (
    AddCostEntry,
    AskBearing,
    RuleOnBearing,
    VoidCostEntry,
)  # fmt: skip
from careloop.crm_core.billing.errors import BillInvoiced
from careloop.crm_core.billing.kept_lines import share_anew
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.ids import new_id

ACTOR_NAME = 60


def name_of(actor: Actor) -> str:
    return (actor.name or actor.label)[:ACTOR_NAME]


def add_entry(session: Session, actor: Actor, command: AddCostEntry) -> CostEntry:
    """Enter outside work or another cost; on a closed ticket it is a late line."""
    ticket = _live(session, actor, command.number)
    rules = queries.rules(session, actor.tenant_id)
    if command.tax_code and rules.tax(command.tax_code) is None:
        raise InvalidInput(
            f"There is no tax code {command.tax_code}; enter it in the rules of billing",
            tax_code="is unknown",
        )
    price = command.unit_price
    row = CostEntry(
        tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket.id, kind=command.kind,
        text=command.text, supplier=command.supplier, document=command.document,
        on=command.on or today_of(session, ticket), quantity=Decimal(command.quantity),
        unit=command.unit, unit_cost=command.unit_cost.value(),
        currency=command.unit_cost.currency, charge=command.charge,
        unit_price=price.value() if price else None,
        price_currency=price.currency if price else "", cover=command.cover,
        tax_code=command.tax_code, actor=name_of(actor), created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def void_entry(session: Session, actor: Actor, command: VoidCostEntry) -> CostEntry:
    """Take an entry back. A bill that is kept with it shows the difference until it is taken
    anew; `BillInvoiced` once the ticket stands on an invoice."""
    ticket = _live(session, actor, command.number)
    row = fact_queries.entry(session, actor, ticket.id, command.line_id)
    if row.voided_at is not None:
        return row
    _not_invoiced(session, actor, ticket)
    row.voided_at, row.void_reason = now(session), command.reason
    row.touch(now(session))
    session.flush()
    return row


def ask_bearing(session: Session, actor: Actor, command: AskBearing) -> BearingDecision:
    """Ask that somebody else bears costs; a manager's own wish still waits for a ruling."""
    ticket = _live(session, actor, command.number)
    _not_invoiced(session, actor, ticket)
    row = BearingDecision(
        tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket.id, by=command.by,
        kinds=[str(kind) for kind in command.kinds], source=command.source, share=command.share,
        reason=command.reason, asked_by=name_of(actor), created_at=now(session),
        updated_at=now(session), state=DecisionState.ASKED,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def rule_on_bearing(session: Session, actor: Actor, command: RuleOnBearing) -> BearingDecision:
    """Approve or reject a wish, once. On a kept bill it moves shares and leaves prices alone."""
    ticket = _live(session, actor, command.number)
    row = fact_queries.decision(session, actor, ticket.id, command.decision_id)
    wanted = DecisionState.APPROVED if command.approve else DecisionState.REJECTED
    if row.state != DecisionState.ASKED:
        if row.state == wanted:
            return row
        raise Conflict(f"This wish was {row.state} by {row.decided_by}; make a new one")
    if command.approve:
        _not_invoiced(session, actor, ticket)
    row.state, row.note = wanted, command.note
    row.decided_by, row.decided_at = name_of(actor), now(session)
    row.touch(now(session))
    session.flush()
    if command.approve:
        _share_kept(session, ticket, row)
    return row


def _share_kept(session: Session, ticket: Ticket, decision: BearingDecision) -> None:
    bill = bill_queries.bill_of(session, ticket, lock=True)
    if bill is None:
        return
    for line in bill_queries.lines_of(session, bill):
        if applying([decision], line.kind, line.source):
            share_anew(line, decision)
            line.touch(now(session))
    bill.touch(now(session))
    session.flush()


def _live(session: Session, actor: Actor, number: str) -> Ticket:
    ticket = tickets.ticket(session, actor, number, lock=True)
    if ticket.state == TicketState.MERGED:
        raise Conflict(
            f"{ticket.number} was merged into {ticket.merged_into}; go on there",
            merged_into=ticket.merged_into,
        )
    return ticket


def _not_invoiced(session: Session, actor: Actor, ticket: Ticket) -> None:
    books = system_actor(actor.tenant_id)
    if found := invoice_queries.live_numbers(session, books, [ticket.number]):
        raise BillInvoiced(
            f"{ticket.number} stands on {', '.join(found)}; credit or discard that first"
        )
