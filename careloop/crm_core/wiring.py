"""Listeners between the domains of the books: which fact wakes whom."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.tickets.events import TicketMoved, TicketOpened
from careloop.kit.events import EventBus


def wire(bus: EventBus) -> None:
    """Join the listeners; called once for every bus."""
    bus.on(TicketOpened, _show_ticket_to_desk)
    bus.on(TicketMoved, _show_ticket_to_desk)


def _show_ticket_to_desk(session: Session, event: TicketOpened | TicketMoved) -> None:
    if event.conversation_id:
        conversations.announce(session, event.tenant_id, event.conversation_id)
