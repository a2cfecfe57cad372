"""What is written down on a visit: labour, readings, photos. Always accepted, also late."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.workorders import policy
from careloop.crm_core.workorders.journal import done_before, fact, locked, log
from careloop.crm_core.workorders.models import (
    VisitLabour,
    VisitPhoto,
    VisitReading,
    WorkOrder,
)  # fmt: skip
from careloop.crm_core.workorders.schemas import AddLabour, AddPhoto, AddReading
from careloop.kit.actor import Actor


def add_labour(session: Session, actor: Actor, command: AddLabour) -> WorkOrder:
    """Minutes of work, waiting or travel."""
    row = locked(session, actor, command.number)
    if done_before(session, row, "labour", command):
        return row
    session.add(
        VisitLabour(
            **fact(session, actor, row, command), kind=command.kind, minutes=command.minutes,
            note=command.note,
        )
    )  # fmt: skip
    data = {"kind": command.kind, "minutes": command.minutes, "late": not row.is_open}
    log(session, actor, row, "labour", command, data=data)
    return row


def add_reading(session: Session, actor: Actor, command: AddReading) -> WorkOrder:
    """A measured value, passed or failed by its limits."""
    row = locked(session, actor, command.number)
    if done_before(session, row, "reading", command):
        return row
    ok = policy.within(command.value, command.low, command.high)
    session.add(
        VisitReading(
            **fact(session, actor, row, command), name=command.name, value=command.value,
            unit=command.unit, low=command.low, high=command.high, ok=ok,
        )
    )  # fmt: skip
    data = {"name": command.name, "value": str(command.value), "ok": ok, "late": not row.is_open}
    log(session, actor, row, "reading", command, data=data)
    return row


def add_photo(session: Session, actor: Actor, command: AddPhoto) -> WorkOrder:
    """A picture whose bytes lie in the blob store already."""
    row = locked(session, actor, command.number)
    if done_before(session, row, "photo", command):
        return row
    session.add(
        VisitPhoto(
            **fact(session, actor, row, command), taken=command.when, caption=command.caption,
            media_type=command.media_type, size=command.size, sha256=command.sha256,
        )
    )  # fmt: skip
    data = {"when": command.when, "late": not row.is_open}
    log(session, actor, row, "photo", command, command.caption, data)
    return row
