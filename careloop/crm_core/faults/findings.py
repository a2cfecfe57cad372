"""Writers of findings: recorded, corrected, moved to another fault, followed to the end."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, library, queries
from careloop.crm_core.faults.bookkeeping import ACTOR_NAME, recount, union, write_slots
from careloop.crm_core.faults.events import FindingRecorded
from careloop.crm_core.faults.models import (
    LIVE,
    PROPOSED,
    Fault,
    FaultFinding,
    FaultState,
    Outcome,
)  # fmt: skip
from careloop.crm_core.faults.policy import outcome_after, outcome_of, signature
from careloop.crm_core.faults.schemas import MoveFinding, StoreFault, StoreFinding
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

FOLLOWED = 20


def record(
    session: Session, actor: Actor, command: StoreFinding, uncounted: set[str] | None = None
) -> FaultFinding:
    """Write a finding down as the evidence of a fault: the one named, the one of the library that
    says the same, or a new draft.

    A finding that corrects another takes its place; what an engineer says takes the place of what
    was only proposed for the same ticket. Whoever records many hands in `uncounted` and counts
    the faults whose ids are put there when all are written.
    """
    library.check_told(command)
    replaced = _replaced(session, actor, command)
    fault = _fault_for(session, actor, command)
    at = now(session)
    outcome = outcome_of(command.ended, command.confirmed, command.durable)
    row = FaultFinding(
        tenant_id=actor.tenant_id, id=new_id(), fault_id=fault.id, ticket_id=command.ticket_id,
        ticket=command.ticket, origin_ticket_id=command.ticket_id, origin_ticket=command.ticket,
        work_order=command.work_order, origin=command.origin, outcome=outcome,
        outcome_at=at if outcome != Outcome.OPEN else None, model=command.model,
        serial=command.serial, error_codes=union((), command.error_codes),
        firmware=command.firmware, parts=dict(command.parts), minutes=command.minutes,
        told=command.told, note=command.note, actor=(actor.name or actor.label)[:ACTOR_NAME],
        happened_at=command.happened_at, command_id=command.command_id, digest=command.digest,
        version=1, created_at=at, updated_at=at,
    )  # fmt: skip
    write_slots(row, command)
    session.add(row)
    session.flush()
    for old in replaced:
        old.outcome, old.outcome_at, old.superseded_by = Outcome.VOID, at, row.id
        old.touch(at)
    touched = {fault.id, *(old.fault_id for old in replaced)}
    if uncounted is None:
        recount(session, actor.tenant_id, touched)
    else:
        uncounted |= touched
    emit(
        session,
        FindingRecorded(actor.tenant_id, row.id, fault.number, row.ticket, row.origin, at),
    )
    return row


def _replaced(session: Session, actor: Actor, command: StoreFinding) -> list[FaultFinding]:
    """Findings that this one takes the place of."""
    if command.origin == PROPOSED and not command.replaces:
        return []
    known = finding_queries.live_of_ticket(session, actor.tenant_id, command.ticket_id)
    if command.replaces:
        found = [row for row in known if row.id == command.replaces]
        if not found:
            raise InvalidInput(
                "The finding to correct is none of this ticket, or counts no more",
                replaces="is no finding of this ticket",
            )
        return found
    return [row for row in known if row.origin == PROPOSED]


def _fault_for(session: Session, actor: Actor, command: StoreFinding) -> Fault:
    if command.fault:
        return _standing(session, queries.fault(session, actor, command.fault))
    for known in queries.same_tuple(session, actor.tenant_id, signature(command)):
        if known.state == FaultState.REJECTED:
            continue
        known = _standing(session, known)
        if known.state in LIVE and _takes(known, command.model):
            _widen(session, known, command)
            return known
    facts = StoreFault(
        component=command.component, symptom=command.symptom, cause=command.cause,
        remedy=command.remedy, models=[command.model] if command.model else [],
        error_codes=command.error_codes[:50], names=command.names, origin=command.origin,
    )  # fmt: skip
    return library.new_fault(session, actor.tenant_id, facts, now(session), marked=False)


def _standing(session: Session, row: Fault) -> Fault:
    """The fault itself, or the one that it has become a part of."""
    for _ in range(FOLLOWED):
        if row.merged_into_id is None:
            break
        row = session.get_one(Fault, (row.tenant_id, row.merged_into_id))
    if row.state == FaultState.REJECTED:
        raise Conflict(f"{row.number} was rejected; name another fault, or restore it")
    return row


def _takes(row: Fault, model: str) -> bool:
    """A draft grows with its evidence; what an editor stands for keeps its range."""
    return row.state == FaultState.DRAFT or not row.models or not model or model in row.models


def _widen(session: Session, row: Fault, command: StoreFinding) -> None:
    if row.state != FaultState.DRAFT:
        return
    if row.models and command.model:
        row.models = union(row.models, [command.model])
    row.error_codes = union(row.error_codes, command.error_codes)[:50]


def move_finding(session: Session, actor: Actor, command: MoveFinding) -> FaultFinding:
    """A finding was evidence of another fault; the counts of both follow."""
    row = finding_queries.finding(session, actor, command.finding_id)
    target = queries.fault(session, actor, command.fault)
    if target.state not in LIVE:
        raise Conflict(f"{target.number} is {target.state}; evidence goes to a live fault")
    before = row.fault_id
    row.fault_id = target.id
    row.touch(now(session))
    recount(session, actor.tenant_id, {before, target.id})
    return row


def fill_in(
    session: Session,
    row: FaultFinding,
    parts: dict[str, int],
    minutes: int | None,
    firmware: str,
    uncounted: set[str],
) -> None:
    """What the ticket's visits tell, where the engineer did not say it; see `record`."""
    if row.told:
        return
    row.parts, row.minutes = dict(parts), minutes
    row.firmware = row.firmware or firmware
    row.touch(now(session))
    uncounted.add(row.fault_id)


def happened(session: Session, tenant_id: str, ticket_id: str, what: str) -> int:
    """Something happened to a ticket: ended, confirmed, lasted, came_back, cancelled.

    Returns how many findings have another outcome by it.
    """
    return _turn(session, finding_queries.live_of_ticket(session, tenant_id, ticket_id), what)


def was_wrong(session: Session, tenant_id: str, work_order: str) -> int:
    """The diagnosis of a visit did not hold, so one more is needed; how many findings that were."""
    rows = finding_queries.live_of_visit(session, tenant_id, work_order)
    return _turn(session, rows, "was_wrong")


def _turn(session: Session, rows: Iterable[FaultFinding], what: str) -> int:
    at = now(session)
    changed = []
    for row in rows:
        outcome = outcome_after(row.outcome, what)
        if outcome != row.outcome:
            row.outcome, row.outcome_at = outcome, at
            row.touch(at)
            changed.append(row)
    if changed:
        recount(session, changed[0].tenant_id, {row.fault_id for row in changed})
    return len(changed)


def follow_merge(
    session: Session, tenant_id: str, ticket_id: str, into_id: str, into: str, undone: bool
) -> None:
    """The matter of a ticket goes on in another, or in itself again."""
    here = into_id if undone else ticket_id
    for row in finding_queries.all_of_ticket(session, tenant_id, here):
        if undone and row.origin_ticket_id != ticket_id:
            continue
        row.ticket_id = ticket_id if undone else into_id
        row.ticket = row.origin_ticket if undone else into
        row.touch(now(session))
    session.flush()
