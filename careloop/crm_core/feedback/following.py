"""Listeners: a closed ticket and a finished visit are occasions to ask."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.feedback import queries
from careloop.crm_core.feedback.inviting import CLOSED, invite, visit_occasion
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.events import TicketMoved
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.workorders import queries as workorders
from careloop.crm_core.workorders.events import WorkOrderFinished
from careloop.crm_core.workorders.models import Result
from careloop.kit.actor import system_actor

_ASKED_AFTER = frozenset({Result.SOLVED, Result.TEMPORARY})


def on_moved(session: Session, event: TicketMoved) -> None:
    """A ticket was closed."""
    if event.after != TicketState.CLOSED:
        return
    facts = queries.facts(session, event.tenant_id)
    if not (facts.active and facts.on_closed and event.type in facts.types):
        return
    ticket = tickets.ticket_by_id(session, event.tenant_id, event.ticket_id)
    if ticket is not None:
        invite(session, ticket, CLOSED, facts)


def on_finished(session: Session, event: WorkOrderFinished) -> None:
    """A visit was finished; nobody is asked where the engineer found no access."""
    facts = queries.facts(session, event.tenant_id)
    if not (facts.active and facts.on_visit and event.result in _ASKED_AFTER):
        return
    ticket = tickets.ticket_by_id(session, event.tenant_id, event.ticket_id)
    if ticket is None or ticket.type not in facts.types:
        return
    visit = workorders.work_order(session, system_actor(event.tenant_id), event.number)
    invite(session, ticket, visit_occasion(event.number), facts, engineer=visit.engineer)
