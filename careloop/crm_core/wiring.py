"""Listeners between the domains of the books: which fact wakes whom."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.contracts.events import ContractChanged
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.sla import following as sla
from careloop.crm_core.tickets.events import (
    TicketChanged,
    TicketMerged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketReplied,
)  # fmt: skip
from careloop.crm_core.workorders.events import EngineerArrived
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
    bus.on(EngineerArrived, sla.on_arrived)
    bus.on(ContractChanged, sla.on_contract_changed)


def _show_ticket_to_desk(session: Session, event: TicketOpened | TicketMoved) -> None:
    if event.conversation_id:
        conversations.announce(session, event.tenant_id, event.conversation_id)
