"""One row of everything that belongs to a ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.tickets import belongings, queries
from careloop.crm_core.tickets.list_queries import TicketFilter
from careloop.crm_core.tickets.schemas import AttachFile, TagTicket, WatchTicket
from careloop.kit.actor import Actor


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """Tag, watcher and file for the ticket `number`, and what its queries take."""
    number, word = ids["number"], f"tag-{ids['tag']}"
    belongings.tag_ticket(session, actor, TagTicket(number=number, add=[word]))
    if actor.user_id:
        belongings.watch_ticket(session, actor, WatchTicket(number=number))
    stored = AttachFile(
        number=number, name=f"{ids['tag']}.txt", media_type="text/plain", size=1, sha256="0" * 64
    )
    file = belongings.attach_file(session, actor, stored)
    row = queries.ticket(session, actor, number)
    return {
        "file_id": file.id, "ticket_id": row.id, "ticket_ids": [row.id], "row": row,
        "wanted": TicketFilter(q=ids["tag"]), "seqs": [1], "before": row.created_at,
    }  # fmt: skip
