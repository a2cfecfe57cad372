"""Which tickets an actor may see: where every select of tickets begins."""

from __future__ import annotations

from sqlalchemy import Select, false, or_, select

from careloop.crm_core.tickets.models import Ticket, TicketLink
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[Ticket]:
    """Tickets the actor may see.

    Staff with the scope see all. A customer sees those of this very conversation, of their
    contact, and - once the contact is linked to an organisation - of that organisation.
    """
    statement = select(Ticket).where(Ticket.tenant_id == actor.tenant_id)
    if actor.is_staff:
        allowed = actor.may("tickets:read") or actor.may("tickets:write")
        return statement if allowed else statement.where(false())
    own = []
    if actor.conversation_id:
        own.append(Ticket.conversation_id == actor.conversation_id)
    if actor.contact_id:
        own.append(Ticket.contact_id == actor.contact_id)
    if actor.customer_id:
        own.append(Ticket.customer_id == actor.customer_id)
    if actor.conversation_id:
        own.append(Ticket.id.in_(of_linked_conversation(actor.tenant_id, actor.conversation_id)))
    return statement.where(or_(*own)) if own else statement.where(false())


def of_linked_conversation(tenant_id: str, conversation_id: str) -> Select[str]:
    return select(TicketLink.ticket_id).where(
        TicketLink.tenant_id == tenant_id,
        TicketLink.target_id == conversation_id,
        TicketLink.kind == "conversation",
    )
