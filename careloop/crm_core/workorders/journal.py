"""The lock before an act on a visit, the memory of commands, and the visit's history."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.inventory.policy import clamped
from careloop.crm_core.tickets import family_queries as ticket_family
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders import queries
from careloop.crm_core.workorders.errors import CommandReused
from careloop.crm_core.workorders.models import VisitCommand, VisitLog, WorkOrder
from careloop.crm_core.workorders.schemas import VisitAct
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import VersionConflict
from careloop.kit.ids import new_id

ACTOR_NAME = 60
FOLLOWED = 20
Kept = dict[str, Any]


def locked(session: Session, actor: Actor, number: str, version: int | None = None) -> WorkOrder:
    """The visit, locked for an act; `VersionConflict` when it is another version by now."""
    row = queries.work_order(session, actor, number, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this visit meanwhile; load it again")
    return row


def locked_with_ticket(
    session: Session, actor: Actor, number: str, version: int | None = None
) -> tuple[WorkOrder, Ticket]:
    """The visit and the ticket in which its matter goes on; always the ticket first."""
    unlocked = queries.work_order(session, actor, number)
    ticket = live_ticket(session, actor, unlocked.ticket)
    return locked(session, actor, number, version), ticket


def live_ticket(session: Session, actor: Actor, number: str) -> Ticket:
    """The ticket, or the one that it was merged into, locked."""
    row = tickets.ticket(session, actor, number)
    for _ in range(FOLLOWED):
        if not row.merged_into:
            break
        row = tickets.ticket(session, actor, row.merged_into)
    return ticket_family.locked(session, actor, [row.number])[row.number]


def done_before(session: Session, row: WorkOrder, kind: str, command: VisitAct) -> bool:
    """Whether this very command acted already; remembers it if not.

    Raises `CommandReused` when its id was used for something else. A version is no part of it.
    """
    if command.command_id is None:
        return False
    body = command.model_dump_json(exclude={"version"})
    digest = hashlib.sha256(f"{kind}|{body}".encode()).hexdigest()
    known = queries.command(session, row.tenant_id, command.command_id)
    if known is not None:
        if known.digest != digest or known.work_order_id != row.id:
            raise CommandReused("This command id was used for another act; use a new one")
        return True
    session.add(
        VisitCommand(
            tenant_id=row.tenant_id, command_id=command.command_id, work_order_id=row.id,
            kind=kind, digest=digest, created_at=now(session),
        )
    )  # fmt: skip
    return False


def happened(session: Session, command: VisitAct) -> datetime:
    """The device's time of an act, held within the bounds that the stock ledger knows.

    What a contract or a warranty bears depends on the day, so no device may choose it freely.
    """
    return clamped(command.happened_at, now(session))


def fact(session: Session, actor: Actor, row: WorkOrder, command: VisitAct) -> Kept:
    """What every fact of a visit is written with."""
    at = now(session)
    return {
        "tenant_id": row.tenant_id, "id": new_id(), "work_order_id": row.id,
        "happened_at": happened(session, command), "late": not row.is_open,
        "revision": row.revision, "actor": name_of(actor), "created_at": at, "updated_at": at,
    }  # fmt: skip


def name_of(actor: Actor) -> str:
    return (actor.name or actor.label)[:ACTOR_NAME]


def log(
    session: Session, actor: Actor, row: WorkOrder, kind: str, command: VisitAct | None = None,
    text: str = "", data: Kept | None = None,
) -> None:  # fmt: skip
    """Add a line to the visit's history and mark the visit as changed."""
    row.log_seq += 1
    at = now(session)
    session.add(
        VisitLog(
            tenant_id=row.tenant_id, id=new_id(), work_order_id=row.id, seq=row.log_seq,
            kind=kind, actor=name_of(actor), text=text, data=data or {},
            happened_at=happened(session, command) if command else at, created_at=at,
            updated_at=at,
        )
    )  # fmt: skip
    row.touch(at)
