"""Numbers of documents, one row of counters a year; given in the act's own transaction."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.crm_core.inventory.models import StockCounter
from careloop.kit.actor import Actor
from careloop.kit.db import now

TRANSFER, REQUEST, COUNT = "TR", "PR", "CT"


def next_number(session: Session, actor: Actor, kind: str) -> str:
    """The next number, such as `TR-2026-000001`; without gaps where the act commits."""
    year = now(session).year
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(StockCounter).values(
        tenant_id=actor.tenant_id, kind=kind, year=year, last=1
    )
    statement = first.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "year"], set_={"last": StockCounter.last + 1}
    ).returning(StockCounter.last)
    return f"{kind}-{year}-{int(session.scalar(statement) or 0):06d}"
