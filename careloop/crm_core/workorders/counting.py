"""A visit that a contract bears counts against what the contract allows in its year."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.contracts.entitlement_queries import Asked
from careloop.crm_core.contracts.models import Coverage
from careloop.crm_core.contracts.schemas import BookUse
from careloop.crm_core.tickets.models import Ticket, TicketType
from careloop.crm_core.workorders import policy
from careloop.crm_core.workorders.models import Result, WorkOrder
from careloop.kit.actor import Actor, system_actor

ON_SITE = (Coverage.LABOUR, Coverage.TRAVEL)


def count_visit(session: Session, actor: Actor, row: WorkOrder, ticket: Ticket) -> None:
    """Book a finished visit on the contract that bears it, once for each kind of service.

    Maintenance counts as such, every other visit as labour and travel. Nothing is counted for a
    visit that was broken off, that the warranty or the customer bears, or without a device.
    """
    if not row.serial or row.finished_at is None or Result(row.result) in policy.BROKEN_OFF:
        return
    on = row.finished_at.astimezone(ZoneInfo(row.time_zone)).date()
    maintenance = ticket.type == TicketType.MAINTENANCE
    # Whoever may end a visit need not be allowed to read contracts; that it counts is no choice.
    books = system_actor(row.tenant_id, actor.name)
    for what in (Coverage.MAINTENANCE,) if maintenance else ON_SITE:
        found = contracts.entitled(session, books, Asked(serial=row.serial, kind=what, on=on))
        if found.by == "contract":
            use = BookUse(number=found.contract, what=what, used_on=on, visits=1, source=row.number)
            contracts.book_use(session, books, use)
