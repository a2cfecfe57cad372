"""Writers of visits: planning, moving, the steps on the way. What is written down on site stands
in `recording` and `parts`, its end in `finishing`, the report in `signing`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.custom import holding
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.crm_core.tickets.schemas import MoveTicket
from careloop.crm_core.workorders import queries
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.events import EngineerArrived, WorkOrderPlanned
from careloop.crm_core.workorders.finishing import cancel_visit, finish_visit
from careloop.crm_core.workorders.journal import (
    done_before,
    happened,
    live_ticket,
    locked,
    locked_with_ticket,
    log,
)  # fmt: skip
from careloop.crm_core.workorders.models import VisitState, WorkOrder, WorkOrderCounter
from careloop.crm_core.workorders.parts import use_part
from careloop.crm_core.workorders.recording import add_labour, add_photo, add_reading
from careloop.crm_core.workorders.schemas import (
    ChangeVisit,
    CheckIn,
    ConfirmVisit,
    Depart,
    PlanVisit,
)  # fmt: skip
from careloop.crm_core.workorders.signing import revise_report, sign_report, write_report
from careloop.kit.actor import Actor, Role
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

__all__ = [
    "add_labour", "add_photo", "add_reading", "cancel_visit", "change_visit", "check_in",
    "confirm_visit", "depart", "finish_visit", "plan_visit", "revise_report", "sign_report",
    "use_part", "write_report",
]  # fmt: skip

_BEFORE_WORK = frozenset({
    TicketState.NEW, TicketState.ASSIGNED, TicketState.WAITING_CUSTOMER, TicketState.WAITING_PARTS,
})  # fmt: skip


def plan_visit(session: Session, actor: Actor, command: PlanVisit) -> WorkOrder:
    """Plan a visit for an open ticket; a new ticket becomes assigned."""
    ticket = live_ticket(session, actor, command.ticket)
    if not ticket.is_open:
        raise Conflict(f"{ticket.number} is {ticket.state}; reopen it before a visit is planned")
    code = queries.engineer(session, actor, command.engineer).code if command.engineer else ""
    asset = assets.asset_by_id(session, actor.tenant_id, ticket.asset_id or "")
    custom = holding.first_values(
        session, actor.tenant_id, Subject.WORK_ORDER, command.custom, strict=_strict(actor)
    )
    at = now(session)
    row = WorkOrder(
        tenant_id=actor.tenant_id, id=new_id(), number=_next_number(session, actor.tenant_id),
        ticket_id=ticket.id, ticket=ticket.number,
        visit=queries.count_of_ticket(session, actor.tenant_id, ticket.id) + 1,
        state=VisitState.PLANNED, customer_id=ticket.customer_id, asset_id=ticket.asset_id,
        serial=ticket.serial, engineer=code, purpose=command.purpose,
        site=command.site or _site(ticket, asset.site if asset else ""),
        window_from=as_utc(command.window.from_), window_until=as_utc(command.window.until),
        time_zone=command.window.time_zone, created_at=at, updated_at=at, custom=custom,
    )  # fmt: skip
    session.add(row)
    session.flush()
    holding.file_first(session, row)
    log(session, actor, row, "planned", data=_told(command.window))
    if code and not ticket.engineer:
        ticket.engineer = code
    tickets.note_visit(session, actor, ticket, row.number, "planned")
    if ticket.state == TicketState.NEW:
        _move(session, actor, ticket, TicketState.ASSIGNED)
    emit(
        session,
        WorkOrderPlanned(
            row.tenant_id, row.number, ticket.id, ticket.number, row.engineer, row.window_from,
            row.window_until, at,
        ),
    )  # fmt: skip
    return row


def _site(ticket: Ticket, of_device: str) -> str:
    return str(ticket.fields.get("site", ""))[:200] or of_device


def _told(window: Window) -> dict[str, Any]:
    return {"from": iso(window.from_), "until": iso(window.until), "time_zone": window.time_zone}


def _move(session: Session, actor: Actor, ticket: Ticket, state: TicketState) -> None:
    tickets.step(session, actor, ticket, MoveTicket(number=ticket.number, state=state))


def change_visit(session: Session, actor: Actor, command: ChangeVisit) -> WorkOrder:
    """Change a visit that has not begun; a promised window moves only with a reason."""
    row = locked(session, actor, command.number, command.version)
    plans = bool(command.model_fields_set - {"number", "version", "reason", "custom"})
    going = row.state in {VisitState.PLANNED, VisitState.CONFIRMED, VisitState.EN_ROUTE}
    if row.state == VisitState.CANCELLED or (not going and (plans or not command.custom)):
        raise Conflict(f"This visit is {row.state.replace('_', ' ')}; its plan stands")
    own = holding.change_values(session, row, command.custom, strict=_strict(actor))
    changed: dict[str, Any] = {f"custom.{key}": pair for key, pair in own.items()}
    if command.engineer is not None and command.engineer != row.engineer:
        code = queries.engineer(session, actor, command.engineer).code if command.engineer else ""
        changed["engineer"], row.engineer = [row.engineer, code], code
    for name in ("purpose", "site"):
        value = getattr(command, name)
        if value is not None and value != getattr(row, name):
            changed[name] = [getattr(row, name), value]
            setattr(row, name, value)
    if command.window is not None:
        changed |= _move_window(row, command.window, command.reason)
    if changed:
        log(session, actor, row, "changed", text=command.reason, data=changed)
    return row


def _strict(actor: Actor) -> bool:
    """Whether needed own fields must be filled in: by people, not by imports and rules."""
    return actor.role is not Role.SYSTEM


def _move_window(row: WorkOrder, window: Window, reason: str) -> dict[str, Any]:
    old = Window(from_=row.window_from, until=row.window_until, time_zone=row.time_zone)
    start, end = as_utc(window.from_), as_utc(window.until)
    if (start, end, window.time_zone) == (row.window_from, row.window_until, row.time_zone):
        return {}
    moved = (start, end) != (row.window_from, row.window_until)
    if row.promised and moved:
        if not reason.strip():
            raise InvalidInput(
                "This window is promised to the customer; say why it moves", reason="is needed"
            )
        row.moved_count += 1
    row.window_from, row.window_until, row.time_zone = start, end, window.time_zone
    return {"window": [_told(old), _told(window)]}


def confirm_visit(session: Session, actor: Actor, command: ConfirmVisit) -> WorkOrder:
    """The customer agreed; the window is a promise from now on."""
    row, ticket = locked_with_ticket(session, actor, command.number, command.version)
    if done_before(session, row, "confirm", command):
        return row
    row.step_to(VisitState.CONFIRMED, now(session))
    row.promised, row.confirmed_at = True, now(session)
    log(session, actor, row, "confirmed", command, command.note)
    tickets.note_visit(session, actor, ticket, row.number, "confirmed")
    return row


def depart(session: Session, actor: Actor, command: Depart) -> WorkOrder:
    """The engineer is on the way."""
    row = locked(session, actor, command.number, command.version)
    if done_before(session, row, "depart", command):
        return row
    row.step_to(VisitState.EN_ROUTE, now(session))
    row.departed_at = as_utc(happened(session, command))
    log(session, actor, row, "departed", command)
    return row


def check_in(session: Session, actor: Actor, command: CheckIn) -> WorkOrder:
    """The engineer has arrived; the ticket is in progress."""
    row, ticket = locked_with_ticket(session, actor, command.number, command.version)
    if done_before(session, row, "check_in", command):
        return row
    row.step_to(VisitState.ON_SITE, now(session))
    at = as_utc(happened(session, command))
    row.arrived_at = at
    row.check_in = {
        "at": iso(at), "recorded_at": iso(now(session)), "lat": command.lat, "lon": command.lon,
        "accuracy_m": command.accuracy_m, "place": command.place,
    }  # fmt: skip
    if command.travel_minutes is not None:
        row.travel_minutes = command.travel_minutes
    if command.travel_km is not None:
        row.travel_km = command.travel_km
    log(session, actor, row, "arrived", command)
    tickets.note_visit(session, actor, ticket, row.number, "arrived")
    if ticket.state in _BEFORE_WORK:
        _move(session, actor, ticket, TicketState.IN_PROGRESS)
    emit(
        session,
        EngineerArrived(
            row.tenant_id, row.number, ticket.id, ticket.number, row.engineer, at, now(session)
        ),
    )
    return row


def _next_number(session: Session, tenant_id: str) -> str:
    """WO-<year>-<six digits>; the counter's row stays locked until the act is done."""
    year = now(session).year
    last = session.scalar(
        update(WorkOrderCounter)
        .where(WorkOrderCounter.tenant_id == tenant_id, WorkOrderCounter.year == year)
        .values(last=WorkOrderCounter.last + 1)
        .returning(WorkOrderCounter.last),
        execution_options={"synchronize_session": False},
    )
    if last is None:
        last = 1
        session.add(WorkOrderCounter(tenant_id=tenant_id, year=year, last=last))
    return f"WO-{year}-{last:06d}"
