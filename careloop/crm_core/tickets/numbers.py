"""Ticket numbers: TK-<year>-<six digits>, without a gap and never given twice."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from careloop.crm_core.tickets import queries
from careloop.crm_core.tickets.models import TicketCounter
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput

_QUIET = {"synchronize_session": False}


def next_number(session: Session, tenant_id: str) -> str:
    """The next number of the year; the counter's row stays locked until the act is done."""
    year = now(session).year
    last = session.scalar(
        update(TicketCounter)
        .where(TicketCounter.tenant_id == tenant_id, TicketCounter.year == year)
        .values(last=TicketCounter.last + 1)
        .returning(TicketCounter.last),
        execution_options=_QUIET,
    )
    if last is None:
        if not 1970 <= year <= 9999:
            raise InvalidInput("The clock is wrong")
        last = 1
        session.add(TicketCounter(tenant_id=tenant_id, year=year, last=last))
    return f"TK-{year}-{last:06d}"


def count_number(session: Session, tenant_id: str, number: str) -> None:
    """Keep the counter ahead of a number that came from an import."""
    parts = number.split("-")
    if len(parts) != 3 or parts[0] != "TK" or not (parts[1].isdigit() and parts[2].isdigit()):
        return
    year, last = int(parts[1]), int(parts[2])
    session.flush()
    if queries.counter(session, tenant_id, year) is None:
        session.add(TicketCounter(tenant_id=tenant_id, year=year, last=last))
        session.flush()
        return
    session.execute(
        update(TicketCounter)
        .where(
            TicketCounter.tenant_id == tenant_id,
            TicketCounter.year == year,
            TicketCounter.last < last,
        )
        .values(last=last),
        execution_options=_QUIET,
    )
