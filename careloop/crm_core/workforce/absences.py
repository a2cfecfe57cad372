"""Writers of absences. A dispatcher's word holds at once; an engineer asks, but is ill at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.workforce import roster_queries as queries
from careloop.crm_core.workforce.events import AbsenceDecidedOn, AbsenceRequested, EngineerAbsent
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import (
    AbsenceKind,
    AbsenceState,
    EngineerAbsence,
)  # fmt: skip
from careloop.crm_core.workforce.roster_schemas import (
    AddAbsence,
    ChangeAbsence,
    DecideAbsence,
    PickAbsence,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

NAME_CHARS = 60


def add_absence(session: Session, actor: Actor, command: AddAbsence) -> EngineerAbsence:
    """An absence of one's own, or of anybody for a dispatcher; two never overlap."""
    owner = _owner(session, actor, command.engineer)
    starts, ends = as_utc(command.from_), as_utc(command.until)
    _free(session, actor, owner, starts, ends)
    holds = actor.may("dispatch") or command.kind is AbsenceKind.SICK
    at = now(session)
    row = EngineerAbsence(
        tenant_id=actor.tenant_id, id=new_id(), engineer_id=owner.id, kind=command.kind.value,
        state=AbsenceState.APPROVED if holds else AbsenceState.REQUESTED, starts_at=starts,
        ends_at=ends, note=command.note, requested_by=_name(actor),
        decided_by=_name(actor) if holds else "", decided_at=at if holds else None,
        created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if holds:
        _tell_absent(session, owner, row)
    else:
        emit(
            session,
            AbsenceRequested(
                row.tenant_id, owner.code, owner.name, row.id, row.kind, starts, ends, at
            ),
        )
    return row


def change_absence(session: Session, actor: Actor, command: ChangeAbsence) -> EngineerAbsence:
    """Change an absence; an engineer only what is not decided, or how long they are ill."""
    owner = _owner(session, actor, command.engineer)
    row: EngineerAbsence = queries.absence(session, actor, command.engineer, command.absence_id)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this absence meanwhile; load it again")
    ill = row.kind == AbsenceKind.SICK and command.kind in {None, AbsenceKind.SICK}
    if not actor.may("dispatch") and row.state != AbsenceState.REQUESTED and not ill:
        raise Conflict("This absence is decided; ask your dispatcher to change it")
    if row.state in {AbsenceState.REJECTED, AbsenceState.CANCELLED}:
        raise Conflict(f"This absence is {row.state}; ask for a new one")
    starts = as_utc(command.from_) if command.from_ else as_utc(row.starts_at)
    ends = as_utc(command.until) if command.until else as_utc(row.ends_at)
    if ends <= starts:
        raise InvalidInput("An absence ends after it begins", until="is too early")
    _free(session, actor, owner, starts, ends, but=row.id)
    row.starts_at, row.ends_at = starts, ends
    if command.kind is not None:
        if command.kind is AbsenceKind.SICK and row.state == AbsenceState.REQUESTED:
            raise Conflict("Take this request back and report ill instead")
        row.kind = command.kind.value
    if command.note is not None:
        row.note = command.note
    row.touch(now(session))
    if row.state == AbsenceState.APPROVED:
        _tell_absent(session, owner, row)
    return row


def decide_absence(session: Session, actor: Actor, command: DecideAbsence) -> EngineerAbsence:
    """Answer a request; the engineer hears of it."""
    owner = queries.engineer(session, actor, command.engineer, lock=True)
    row: EngineerAbsence = queries.absence(session, actor, command.engineer, command.absence_id)
    state = AbsenceState.APPROVED if command.approve else AbsenceState.REJECTED
    row.decide(state, _name(actor), command.answer, now(session))
    emit(
        session,
        AbsenceDecidedOn(
            row.tenant_id, owner.code, owner.user_id, row.id, state, as_utc(row.starts_at),
            now(session),
        ),
    )  # fmt: skip
    if command.approve:
        _tell_absent(session, owner, row)
    return row


def cancel_absence(session: Session, actor: Actor, command: PickAbsence) -> EngineerAbsence:
    """Take an absence back: one's own, or anybody's for a dispatcher."""
    _owner(session, actor, command.engineer)
    row: EngineerAbsence = queries.absence(session, actor, command.engineer, command.absence_id)
    row.cancel(_name(actor), now(session))
    return row


def _owner(session: Session, actor: Actor, code: str) -> Engineer:
    """The engineer, locked, if the actor may speak for them."""
    owner = queries.engineer(session, actor, code, lock=True)
    if not actor.may("dispatch") and (not actor.user_id or owner.user_id != actor.user_id):
        raise Forbidden("Engineers ask for their own absences; a dispatcher enters others")
    return owner


def _free(
    session: Session, actor: Actor, owner: Engineer, starts: datetime, ends: datetime,
    but: str = "",
) -> None:  # fmt: skip
    for other in queries.overlapping_absences(session, actor, owner.id, starts, ends, but):
        raise Conflict(
            f"{owner.code} is away from {iso(other.starts_at)} until {iso(other.ends_at)} already; "
            "change that absence",
            absence_id=other.id,
        )


def _tell_absent(session: Session, owner: Engineer, row: EngineerAbsence) -> None:
    emit(
        session,
        EngineerAbsent(
            row.tenant_id, owner.code, row.id, row.kind, as_utc(row.starts_at),
            as_utc(row.ends_at), now(session),
        ),
    )  # fmt: skip


def _name(actor: Actor) -> str:
    return (actor.name or actor.label)[:NAME_CHARS]
