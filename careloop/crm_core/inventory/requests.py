"""Requests for parts: asked, approved by whoever may, sent, arrived."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory import naming, queries, receipts, reservations, transfers
from careloop.crm_core.inventory.alerts import tell_request
from careloop.crm_core.inventory.document_models import (
    RequestState,
    ReservationState,
    StockRequest,
    StockRequestLine,
    StockReservation,
)  # fmt: skip
from careloop.crm_core.inventory.ledger import hold
from careloop.crm_core.inventory.models import SUPPLIER, StockLocation
from careloop.crm_core.inventory.numbers import REQUEST, next_number
from careloop.crm_core.inventory.policy import clamped
from careloop.crm_core.inventory.schemas import (
    ApproveRequest,
    CreateRequest,
    FulfilRequest,
    Purpose,
    ReceiptLine,
    Receive,
    RejectRequest,
    StepRequest,
)  # fmt: skip
from careloop.crm_core.inventory.transfers import Leaving, step
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, VersionConflict
from careloop.kit.ids import new_id


def create(session: Session, actor: Actor, command: CreateRequest) -> StockRequest:
    """A request, asking for approval unless it stays a draft."""
    location = naming.location(session, actor, command.location)
    source = _source(session, actor, location, command.source)
    parts = naming.parts(session, actor, [line.part for line in command.lines])
    row = StockRequest(
        tenant_id=actor.tenant_id, id=new_id(), number=next_number(session, actor, REQUEST),
        location_id=location.id, source_id=source.id if source else None,
        state=RequestState.DRAFT, purpose_type=command.purpose.type,
        purpose_number=command.purpose.number, needed_by=command.needed_by, note=command.note,
        reason="", made_by=actor.label, made_by_name=actor.name, approvals=[], version=1,
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    wanted: dict[str, int] = {}
    for line in command.lines:
        wanted[parts[line.part].id] = wanted.get(parts[line.part].id, 0) + line.quantity
    for part_id, quantity in wanted.items():
        session.add(
            StockRequestLine(
                tenant_id=actor.tenant_id, id=new_id(), request_id=row.id, part_id=part_id,
                quantity=quantity, fulfilled=0, version=1, created_at=now(session),
                updated_at=now(session),
            )
        )  # fmt: skip
    session.flush()
    if command.submit:
        _submit(session, actor, row)
    return row


def _source(
    session: Session, actor: Actor, location: StockLocation, wanted: str
) -> StockLocation | None:
    """The location that sends; None for the supplier."""
    code = wanted or location.parent_code or SUPPLIER
    if code.strip().lower() == SUPPLIER:
        return None
    source = naming.location(session, actor, code)
    if source.id == location.id:
        raise InvalidInput("A location cannot ask itself for parts")
    return source


def submit(session: Session, actor: Actor, command: StepRequest) -> StockRequest:
    row = _locked(session, actor, command)
    _submit(session, actor, row)
    return row


def _submit(session: Session, actor: Actor, row: StockRequest) -> None:
    step(session, actor, row, RequestState.SUBMITTED, row.location_id)
    location = queries.location_by_id(session, actor, row.location_id)
    tell_request(session, actor, row.number, location.code)


def approve(session: Session, actor: Actor, command: ApproveRequest) -> StockRequest:
    """A yes. One's own request is approved by another, dear ones by two; the last yes reserves.

    Raises `Shortage` where the source has too few; name another source then.
    """
    row = _locked(session, actor, command)
    if row.state != RequestState.SUBMITTED:
        row.step(RequestState.APPROVED, now(session))
    location = queries.location_by_id(session, actor, row.location_id)
    if command.source:
        source = _source(session, actor, location, command.source)
        row.source_id = source.id if source else None
    (view,) = shown.request_views(session, actor.tenant_id, [row])
    rules = queries.rules_view(queries.rules(session, actor.tenant_id))
    if actor.label == row.made_by and not (rules.own_approval and view.approvals_needed == 1):
        raise Forbidden("Your own request needs the yes of somebody else")
    if actor.label in {item["id"] for item in row.approvals}:
        raise Conflict("You have said yes already; a second person must")
    row.approvals = [*row.approvals, {"id": actor.label, "name": actor.name or actor.label}]
    row.reason = command.reason
    if len(row.approvals) < view.approvals_needed:
        row.touch(now(session))
        session.flush()
        return row
    step(session, actor, row, RequestState.APPROVED, row.location_id)
    if row.source_id is not None:
        source = queries.location_by_id(session, actor, row.source_id)
        wanted = [(line.part, line.quantity, "", "") for line in view.lines]
        reservations.keep_all(session, actor, source, wanted, _purpose(row), None)
    session.flush()
    return row


def reject(session: Session, actor: Actor, command: RejectRequest) -> StockRequest:
    row = _locked(session, actor, command)
    step(session, actor, row, RequestState.REJECTED, row.location_id)
    row.reason = command.reason
    return row


def pick(session: Session, actor: Actor, command: StepRequest) -> StockRequest:
    row = _locked(session, actor, command)
    step(session, actor, row, RequestState.PICKING, row.location_id)
    return row


def cancel(session: Session, actor: Actor, command: StepRequest) -> StockRequest:
    """Take a request back; what was kept for it is free again."""
    row = _locked(session, actor, command)
    if row.state == RequestState.IN_TRANSIT:
        raise Conflict("The parts are on their way; cancel the transfer first")
    step(session, actor, row, RequestState.CANCELLED, row.location_id)
    row.reason = command.reason
    kept = documents.active_for(session, actor.tenant_id, "request", row.number)
    reservations.end_all(session, actor, kept, ReservationState.RELEASED, "request cancelled")
    session.flush()
    return row


def fulfil(session: Session, actor: Actor, command: FulfilRequest) -> StockRequest:
    """The kept parts leave in a transfer, or the supplier's arrive, whole or in part."""
    row = _locked(session, actor, command)
    if row.state not in {RequestState.APPROVED, RequestState.PICKING}:
        row.step(RequestState.IN_TRANSIT, now(session))
    lines = documents.request_lines(session, actor.tenant_id, [row.id])[row.id]
    parts = queries.parts_by_ids(session, actor, {line.part_id for line in lines})
    if row.source_id is None:
        _receive(session, actor, row, lines, parts, command)
        return row
    if command.receipt is not None:
        raise InvalidInput("Only what a supplier delivers has a receipt")
    source = queries.location_by_id(session, actor, row.source_id)
    target = queries.location_by_id(session, actor, row.location_id)
    transfer = transfers.make(
        session, actor, source, target, row.note, command.expected_at, request=row
    )
    hold(session, actor, parts.values())
    kept = documents.active_for(session, actor.tenant_id, "request", row.number)
    rows = documents.locked_reservations(session, actor.tenant_id, {item.id for item in kept})
    leaving = _leaving(rows, parts, command.serials)
    if not leaving:
        raise Conflict("Nothing is kept for this request any more; reject it or ask anew")
    at = clamped(command.happened_at, now(session))
    transfers.send(session, actor, transfer, leaving, at, command.command_id)
    for item in rows:
        reservations.consume(session, item, item.left)
    step(session, actor, row, RequestState.IN_TRANSIT, row.location_id)
    session.flush()
    return row


def _leaving(
    rows: Sequence[StockReservation], parts: dict[str, Part], serials: dict[str, list[str]]
) -> list[Leaving]:
    """Kept pieces as they leave; where serial numbers are given, one by one."""
    named = {number.lower(): list(given) for number, given in serials.items()}
    found: list[Leaving] = []
    for row in rows:
        part, left = parts[row.part_id], row.left
        if row.serial:
            found.append(Leaving(part, 1, row.lot, row.serial, kept=1))
            continue
        queue = named.get(part.number.lower(), [])
        while queue and left:
            found.append(Leaving(part, 1, row.lot, queue.pop(0), kept=1))
            left -= 1
        if left:
            found.append(Leaving(part, left, row.lot, kept=left))
    over = [serial for queue in named.values() for serial in queue]
    if over:
        raise InvalidInput(f"More serial numbers than pieces: {', '.join(over[:5])}")
    return found


def _receive(
    session: Session, actor: Actor, row: StockRequest, lines: Sequence[StockRequestLine],
    parts: dict[str, Part], command: FulfilRequest,
) -> None:  # fmt: skip
    target = queries.location_by_id(session, actor, row.location_id)
    came = command.receipt or [
        ReceiptLine(part=parts[line.part_id].number, quantity=line.quantity - line.fulfilled)
        for line in lines
        if line.quantity > line.fulfilled
    ]
    receipt = Receive(
        location=target.code, document=row.number, lines=came, happened_at=command.happened_at,
        command_id=command.command_id,
    )  # fmt: skip
    receipts.receive(session, actor, receipt, reference=("request", row.number))
    by_number = {parts[line.part_id].number.lower(): line for line in lines}
    for item in came:
        line = by_number.get(item.part.lower())
        if line is None:
            raise InvalidInput(f"{item.part} is not part of request {row.number}; receive it alone")
        line.fulfilled += item.quantity
    if all(line.fulfilled >= line.quantity for line in lines):
        step(session, actor, row, RequestState.FULFILLED, row.location_id)
    else:
        row.touch(now(session))
    session.flush()


def _purpose(row: StockRequest) -> Purpose:
    return Purpose(type="request", number=row.number)


def _locked(session: Session, actor: Actor, command: StepRequest) -> StockRequest:
    row = documents.request(session, actor, command.request_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this request meanwhile; load it again")
    return row
