"""Listeners between the domains of the books: which fact wakes whom."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.billing import closing as billing
from careloop.crm_core.contracts.events import ContractChanged
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.dispatch import following as dispatch
from careloop.crm_core.dispatch import watching
from careloop.crm_core.faults import following as faults
from careloop.crm_core.feedback import following as feedback
from careloop.crm_core.outbound import following as outbound
from careloop.crm_core.rules import following as rules
from careloop.crm_core.sla import following as sla
from careloop.crm_core.tickets.events import (
    TicketChanged,
    TicketConfirmed,
    TicketMerged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketReplied,
    TicketSettled,
)  # fmt: skip
from careloop.crm_core.workforce.events import (
    AbsenceDecidedOn,
    AbsenceRequested,
    EngineerAbsent,
)  # fmt: skip
from careloop.crm_core.workorders import standard_work
from careloop.crm_core.workorders.events import (
    EngineerArrived,
    WorkOrderFinished,
    WorkOrderPlanned,
)  # fmt: skip
from careloop.kit.events import EventBus


def wire(bus: EventBus) -> None:
    """Join the listeners; called once for every bus."""
    bus.on(TicketOpened, _show_ticket_to_desk)
    bus.on(TicketMoved, _show_ticket_to_desk)
    bus.on(TicketOpened, sla.on_opened)
    bus.on(TicketChanged, sla.on_changed)
    bus.on(TicketReplied, sla.on_replied)
    bus.on(TicketMoved, sla.on_moved)
    bus.on(TicketReopened, sla.on_reopened)
    bus.on(TicketMerged, sla.on_merged)
    bus.on(TicketMoved, billing.on_moved)
    bus.on(EngineerArrived, sla.on_arrived)
    bus.on(WorkOrderPlanned, standard_work.on_planned)
    bus.on(ContractChanged, sla.on_contract_changed)
    bus.on(TicketMoved, faults.on_moved)
    bus.on(TicketConfirmed, faults.on_confirmed)
    bus.on(TicketSettled, faults.on_settled)
    bus.on(TicketReopened, faults.on_reopened)
    bus.on(TicketMerged, faults.on_merged)
    bus.on(WorkOrderFinished, faults.on_visited)
    bus.on(TicketMoved, feedback.on_moved)
    bus.on(WorkOrderFinished, feedback.on_finished)
    watching.watch()
    bus.on(TicketOpened, dispatch.on_ticket_opened)
    bus.on(WorkOrderPlanned, dispatch.on_visit_planned)
    bus.on(WorkOrderFinished, dispatch.on_visit_finished)
    bus.on(EngineerArrived, dispatch.on_arrived)
    bus.on(EngineerAbsent, dispatch.on_absent)
    bus.on(AbsenceRequested, dispatch.on_absence_requested)
    bus.on(AbsenceDecidedOn, dispatch.on_absence_decided)
    rules.join(bus)
    # Last: what is told outside shows what all the others did.
    outbound.join(bus)


def _show_ticket_to_desk(session: Session, event: TicketOpened | TicketMoved) -> None:
    if event.conversation_id:
        conversations.announce(session, event.tenant_id, event.conversation_id)
