"""Tags of tickets as rows of their own, by which lists find them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from careloop.crm_core.intake.ledger import CHUNK, Row
from careloop.crm_core.tickets.models import TicketTag

TAG_CHARS = 40


def file_tags(
    session: Session, tenant_id: str, created: Sequence[Row], changed: Sequence[Row]
) -> None:
    """File new tickets under their tags, and changed ones anew."""
    for start in range(0, len(changed), CHUNK):
        ids = [row["id"] for row in changed[start : start + CHUNK]]
        gone = delete(TicketTag).where(
            TicketTag.tenant_id == tenant_id, TicketTag.ticket_id.in_(ids)
        )
        session.execute(gone.execution_options(synchronize_session=False))
    rows = [
        {"tenant_id": tenant_id, "tag": tag, "ticket_id": row["id"]}
        for row in (*created, *changed) for tag in row["tags"] or ()
    ]  # fmt: skip
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(TicketTag.__table__), rows[start : start + CHUNK])  # type: ignore[arg-type]  # a mapped table is a Table
