"""The end of a visit, and what it means for its ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import TRANSITIONS, Ticket, TicketState
from careloop.crm_core.tickets.schemas import MoveTicket
from careloop.crm_core.workorders import policy, queries, standard_work
from careloop.crm_core.workorders.counting import count_visit
from careloop.crm_core.workorders.events import WorkOrderFinished
from careloop.crm_core.workorders.journal import done_before, happened, locked_with_ticket, log
from careloop.crm_core.workorders.models import RepeatReason, VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import CancelVisit, Finish
from careloop.crm_core.workorders.signing import set_report
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit


def finish_visit(session: Session, actor: Actor, command: Finish) -> WorkOrder:
    """End a visit with its result, count it on its contract and move the ticket along.

    The visit ends in any case: where the ticket cannot follow, because tickets below it are open
    or its form lacks something, its history says why it stays.
    """
    row, ticket = locked_with_ticket(session, actor, command.number, command.version)
    if done_before(session, row, "finish", command):
        return row
    reason = policy.repeat_reason(command)
    policy.check_ending(command, row.report if command.report is None else command.report)
    standard_work.check_finished(session, actor, row, command)
    if command.report is not None:
        set_report(row, command.report)
    row.step_to(VisitState.DONE, now(session))
    _write_end(session, row, command, reason)
    standard_work.leave(session, actor, row, command)
    count_visit(session, actor, row, ticket)
    data = {"result": row.result, "repeat_reason": row.repeat_reason}
    log(session, actor, row, "finished", command, command.reason, data)
    tickets.note_visit(session, actor, ticket, row.number, row.result)
    _move_ticket(session, actor, row, ticket, command, reason)
    emit(
        session,
        WorkOrderFinished(
            row.tenant_id, row.number, ticket.id, ticket.number, row.result, row.repeat_reason,
            now(session),
        ),
    )  # fmt: skip
    return row


def _write_end(
    session: Session, row: WorkOrder, command: Finish, reason: RepeatReason | None
) -> None:
    at = as_utc(happened(session, command))
    row.finished_at = at
    row.check_out = {
        "at": iso(at), "recorded_at": iso(now(session)), "lat": command.lat, "lon": command.lon,
        "accuracy_m": command.accuracy_m, "place": command.place,
    }  # fmt: skip
    row.result, row.repeat_reason = command.result, reason or ""
    row.reason = command.reason
    if command.travel_minutes is not None:
        row.travel_minutes = command.travel_minutes
    if command.travel_km is not None:
        row.travel_km = command.travel_km
    if command.next_visit is not None:
        row.next_visit = command.next_visit.model_dump(mode="json")


def _move_ticket(
    session: Session, actor: Actor, row: WorkOrder, ticket: Ticket, command: Finish,
    reason: RepeatReason | None,
) -> None:  # fmt: skip
    state = policy.ticket_state(command.result, reason)
    if not ticket.is_open or ticket.state == state:
        return
    others = queries.open_of_ticket(session, row.tenant_id, row.ticket_id)
    if state is TicketState.RESOLVED and others:
        _stays(session, actor, row, ticket, f"Visits are still planned: {', '.join(others)}")
        return
    move: dict[str, Any] = {"number": ticket.number, "state": state}
    if state is TicketState.RESOLVED:
        move |= {"resolution": row.report[:10_000], "cause": command.cause,
                 "component": command.component}  # fmt: skip
    try:
        tickets.check_step(session, ticket, MoveTicket(**move))
    except (Conflict, InvalidInput) as refused:
        _stays(session, actor, row, ticket, refused.message)
        return
    tickets.step(session, actor, ticket, MoveTicket(**move))


def _stays(session: Session, actor: Actor, row: WorkOrder, ticket: Ticket, why: str) -> None:
    tickets.note_visit(session, actor, ticket, row.number, "ticket_stays", why)
    if TicketState.IN_PROGRESS in TRANSITIONS[TicketState(ticket.state)]:
        move = MoveTicket(number=ticket.number, state=TicketState.IN_PROGRESS)
        tickets.step(session, actor, ticket, move)


def cancel_visit(session: Session, actor: Actor, command: CancelVisit) -> WorkOrder:
    """The visit will not take place; what was written down on it stays."""
    row, ticket = locked_with_ticket(session, actor, command.number, command.version)
    if done_before(session, row, "cancel", command):
        return row
    row.step_to(VisitState.CANCELLED, now(session))
    row.reason, row.finished_at = command.reason, as_utc(happened(session, command))
    standard_work.call_off(session, actor, row, command.reason)
    log(session, actor, row, "cancelled", command, command.reason)
    tickets.note_visit(session, actor, ticket, row.number, "cancelled", command.reason)
    return row
