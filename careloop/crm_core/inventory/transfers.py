"""Transfers: parts leave the source, are in transit, and arrive, are lost or go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import naming, queries, reservations
from careloop.crm_core.inventory.alerts import tell_discrepancy
from careloop.crm_core.inventory.document_models import (
    RequestState,
    StockRequest,
    StockReservation,
    StockTransfer,
    StockTransferLine,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.errors import SerialElsewhere
from careloop.crm_core.inventory.events import StockRequestMoved, TransferArrived
from careloop.crm_core.inventory.ledger import End, Posting, hold, post
from careloop.crm_core.inventory.models import DISCREPANCY, TRANSIT, StockLocation
from careloop.crm_core.inventory.numbers import TRANSFER, next_number
from careloop.crm_core.inventory.picking import Picker
from careloop.crm_core.inventory.policy import clamped
from careloop.crm_core.inventory.schemas import (
    ArrivedLine,
    CancelTransfer,
    CreateTransfer,
    Purpose,
    ReceiveTransfer,
    ShipTransfer,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Leaving:
    """Pieces of one lot that leave the source; `kept` of them were reserved.

    With `reservation_id` they stay kept for its purpose where they arrive.
    """

    part: Part
    quantity: int
    lot: str = ""
    serial: str = ""
    condition: str = "good"
    kept: int = 0
    reservation_id: str | None = None


def create(session: Session, actor: Actor, command: CreateTransfer) -> StockTransfer:
    """A draft, or with `ship` a transfer on its way."""
    source = naming.location(session, actor, command.source)
    target = naming.location(session, actor, command.target)
    parts = naming.parts(session, actor, [line.part for line in command.lines])
    row = make(session, actor, source, target, command.note, command.expected_at)
    for line in command.lines:
        _add_line(
            session, actor, row,
            Leaving(
                parts[line.part], line.quantity, line.lot, line.serial, line.condition,
                reservation_id=line.reservation_id,
            ),
        )  # fmt: skip
    session.flush()
    if command.ship:
        at = clamped(command.happened_at, now(session))
        _ship(session, actor, row, at, command.command_id)
    return row


def make(
    session: Session, actor: Actor, source: StockLocation, target: StockLocation, note: str,
    expected_at: datetime | None, request: StockRequest | None = None,
) -> StockTransfer:  # fmt: skip
    """A transfer without lines."""
    if source.id == target.id:
        raise InvalidInput("Source and target are the same location")
    row = StockTransfer(
        tenant_id=actor.tenant_id, id=new_id(), number=next_number(session, actor, TRANSFER),
        source_id=source.id, target_id=target.id, request_id=request.id if request else None,
        state=TransferState.DRAFT, note=note, expected_at=expected_at, made_by=actor.label,
        made_by_name=actor.name, version=1, created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def ship(session: Session, actor: Actor, command: ShipTransfer) -> StockTransfer:
    """A draft leaves its source: all lines or none."""
    row = documents.transfer(session, actor, command.transfer_id, lock=True)
    _based_on(row, command.version)
    row.must_be(TransferState.DRAFT, "shipping")
    at = clamped(command.happened_at, now(session))
    _ship(session, actor, row, at, command.command_id)
    return row


def _ship(
    session: Session, actor: Actor, row: StockTransfer, at: datetime, command_id: str | None
) -> None:
    """Choose the lots; a line that needs several is split."""
    lines = documents.transfer_lines(session, actor.tenant_id, [row.id])[row.id]
    parts = queries.parts_by_ids(session, actor, {line.part_id for line in lines})
    hold(session, actor, parts.values())
    source = queries.location_by_id(session, actor, row.source_id)
    picker = Picker(session, actor, source, parts.values())
    leaving: list[Leaving] = []
    for line in lines:
        part = parts[line.part_id]
        kept = reservations.to_consume(session, actor, line.reservation_id, source, part, line)
        lot = line.lot
        if line.serial:
            lot = _lot_of_piece(session, actor, source, part, line, kept)
        own = (kept.lot, kept.left) if kept else ("", 0)
        for item in picker.pick(part, line.quantity, lot, line.condition, own):
            from_kept = kept.id if kept and item.kept else None
            leaving.append(
                Leaving(part, item.quantity, item.lot, line.serial or _serial(kept, item.kept),
                        line.condition, item.kept, from_kept)
            )  # fmt: skip
            if kept and item.kept:
                reservations.consume(session, kept, item.kept)
        session.delete(line)
    send(session, actor, row, leaving, at, command_id)


def send(
    session: Session, actor: Actor, row: StockTransfer, leaving: Sequence[Leaving], at: datetime,
    command_id: str | None = None,
) -> None:  # fmt: skip
    """Post source to transit for pieces whose lots are known."""
    held = hold(session, actor, [item.part for item in leaving])
    for item in leaving:
        _add_line(session, actor, row, item)
    postings = [
        Posting(
            "ship", item.part, item.quantity, End(row.source_id), End(account=TRANSIT),
            lot=item.lot, serial=item.serial, condition=item.condition, kept=item.kept,
            reference_type="transfer", reference=row.number, happened_at=at,
        )
        for item in leaving
    ]  # fmt: skip
    post(session, actor, postings, held, command_id)
    row.state, row.shipped_at = TransferState.IN_TRANSIT, at
    row.touch(now(session))


def receive(session: Session, actor: Actor, command: ReceiveTransfer) -> StockTransfer:
    """Parts in transit arrived; a loss goes to discrepancy with its reason."""
    row, request = _locked(session, actor, command.transfer_id)
    _based_on(row, command.version)
    row.must_be(TransferState.IN_TRANSIT, "receiving")
    lines = {
        line.id: line
        for line in documents.transfer_lines(session, actor.tenant_id, [row.id])[row.id]
    }
    arrived = _arrivals(command, lines)
    parts = queries.parts_by_ids(session, actor, {line.part_id for line in lines.values()})
    held = hold(session, actor, parts.values())
    at = clamped(command.happened_at, now(session))
    postings: list[Posting] = []
    for item in arrived:
        line = lines[item.line_id]
        part = parts[line.part_id]
        postings += _settle(row, line, part, item, at)
        if item.lost:
            tell_discrepancy(
                session, actor, "transit", part.number, item.lost, item.reason, row.number
            )
    post(session, actor, postings, held, command.command_id)
    for item in arrived:
        _keep_on(session, actor, row.target_id, lines[item.line_id], parts, item.received)
    if request is not None:
        _count_fulfilled(session, actor, request, arrived, lines)
    row.touch(now(session))
    if not any(line.open for line in lines.values()):
        _finish(session, actor, row, request, at)
    session.flush()
    return row


def _arrivals(
    command: ReceiveTransfer, lines: dict[str, StockTransferLine]
) -> list[ArrivedLine]:  # fmt: skip
    if command.lines is None:
        return [
            ArrivedLine(line_id=line.id, received=line.open) for line in lines.values() if line.open
        ]
    for item in command.lines:
        line = lines.get(item.line_id)
        if line is None:
            raise NotFound("The transfer has no such line; load it again")
        if item.received + item.lost > line.open:
            raise Conflict(f"Only {line.open} of this line are still in transit", line=item.line_id)
        if item.lost and not item.reason:
            raise InvalidInput("Say why the parts are lost")
    if len({item.line_id for item in command.lines}) < len(command.lines):
        raise InvalidInput("A line is named twice")
    return command.lines


def _settle(
    row: StockTransfer, line: StockTransferLine, part: Part, item: ArrivedLine, at: datetime
) -> list[Posting]:
    postings = []
    for kind, pieces, target, reason in (
        ("arrive", item.received, End(row.target_id), ""),
        ("lose", item.lost, End(account=DISCREPANCY), item.reason),
    ):
        if pieces:
            postings.append(
                Posting(
                    kind, part, pieces, End(account=TRANSIT), target, lot=line.lot,
                    serial=line.serial, condition=line.condition, reference_type="transfer",
                    reference=row.number, reason=reason, happened_at=at,
                )
            )  # fmt: skip
    line.received += item.received
    line.lost += item.lost
    return postings


def _count_fulfilled(
    session: Session, actor: Actor, request: StockRequest, arrived: Sequence[ArrivedLine],
    lines: dict[str, StockTransferLine],
) -> None:  # fmt: skip
    came: dict[str, int] = {}
    for item in arrived:
        part_id = lines[item.line_id].part_id
        came[part_id] = came.get(part_id, 0) + item.received
    for line in documents.request_lines(session, actor.tenant_id, [request.id])[request.id]:
        pieces = min(came.get(line.part_id, 0), line.quantity - line.fulfilled)
        line.fulfilled += max(pieces, 0)
        came[line.part_id] = came.get(line.part_id, 0) - max(pieces, 0)


def _finish(
    session: Session, actor: Actor, row: StockTransfer, request: StockRequest | None, at: datetime
) -> None:
    row.state, row.received_at = TransferState.RECEIVED, at
    emit(session, TransferArrived(actor.tenant_id, row.number, row.target_id, row.request_id))
    if request is not None:
        step(session, actor, request, RequestState.FULFILLED, row.target_id)


def step(
    session: Session, actor: Actor, row: StockRequest, state: RequestState, location: str
) -> None:
    """Move a request on and tell the listeners."""
    before = row.state
    row.step(state, now(session))
    emit(
        session,
        StockRequestMoved(actor.tenant_id, row.number, location, before, state, row.made_by),
    )


def cancel(session: Session, actor: Actor, command: CancelTransfer) -> StockTransfer:
    """Give a transfer up; what is in transit lies at the source again, its request is open."""
    row, request = _locked(session, actor, command.transfer_id)
    _based_on(row, command.version)
    if row.state == TransferState.DRAFT:
        row.state = TransferState.CANCELLED
        row.touch(now(session))
        return row
    row.must_be(TransferState.IN_TRANSIT, "cancelling")
    lines = documents.transfer_lines(session, actor.tenant_id, [row.id])[row.id]
    parts = queries.parts_by_ids(session, actor, {line.part_id for line in lines})
    held = hold(session, actor, parts.values())
    back = [line for line in lines if line.open]
    postings = [
        Posting(
            "ship_back", parts[line.part_id], line.open, End(account=TRANSIT), End(row.source_id),
            lot=line.lot, serial=line.serial, condition=line.condition,
            reference_type="transfer", reference=row.number, reason=command.reason,
            happened_at=clamped(command.happened_at, now(session)),
        )
        for line in back
    ]  # fmt: skip
    post(session, actor, postings, held, command.command_id)
    for line in back:
        _keep_on(session, actor, row.source_id, line, parts, line.open)
    row.state = TransferState.CANCELLED
    row.touch(now(session))
    if request is not None:
        _keep_again(session, actor, row, request, back, parts)
    session.flush()
    return row


def _keep_again(
    session: Session, actor: Actor, row: StockTransfer, request: StockRequest,
    back: Sequence[StockTransferLine], parts: dict[str, Part],
) -> None:  # fmt: skip
    """The request is approved as before, and the pieces that came back are kept for it."""
    step(session, actor, request, RequestState.APPROVED, row.target_id)
    source = queries.location_by_id(session, actor, row.source_id)
    wanted = [
        (parts[line.part_id].number, line.open, line.lot, line.serial)
        for line in back
        if line.condition == "good"
    ]
    purpose = Purpose(type="request", number=request.number)
    if wanted:
        reservations.keep_all(session, actor, source, wanted, purpose, None)


def _keep_on(
    session: Session, actor: Actor, location_id: str, line: StockTransferLine,
    parts: dict[str, Part], pieces: int,
) -> None:  # fmt: skip
    """Pieces that a reservation sent are kept for the same purpose where they lie now."""
    if line.reservation_id and pieces:
        location = queries.location_by_id(session, actor, location_id)
        before = documents.reservation(session, actor, line.reservation_id)
        part = parts[line.part_id]
        reservations.keep_on(
            session, actor, location, before, (part, pieces, line.lot, line.serial)
        )


def _serial(kept: StockReservation | None, pieces: int) -> str:
    """The piece that a reservation names, when the transfer itself named none."""
    return kept.serial if kept and pieces else ""


def _lot_of_piece(
    session: Session, actor: Actor, source: StockLocation, part: Part, line: StockTransferLine,
    own: StockReservation | None = None,
) -> str:  # fmt: skip
    piece = naming.piece(session, actor, part, line.serial)
    if piece is None:
        return line.lot
    if piece.location_id != source.id or piece.condition != line.condition:
        codes = queries.codes(session, actor.tenant_id, [piece.location_id])
        place = queries.place(codes, piece.location_id, piece.account)
        raise SerialElsewhere(part.number, line.serial, source.code, place)
    reservations.nobody_else_keeps(session, actor, part, line.serial, own)
    return piece.lot


def _add_line(session: Session, actor: Actor, row: StockTransfer, item: Leaving) -> None:
    session.add(
        StockTransferLine(
            tenant_id=actor.tenant_id, id=new_id(), transfer_id=row.id, part_id=item.part.id,
            lot=item.lot, serial=item.serial, condition=item.condition, quantity=item.quantity,
            received=0, lost=0, reservation_id=item.reservation_id, version=1,
            created_at=now(session), updated_at=now(session),
        )
    )  # fmt: skip


def _locked(
    session: Session, actor: Actor, transfer_id: str
) -> tuple[StockTransfer, StockRequest | None]:
    """A transfer and its request, the request locked first, as every act on one does."""
    seen = documents.transfer(session, actor, transfer_id)
    request = None
    if seen.request_id:
        request = documents.request(session, actor, seen.request_id, lock=True)
    return documents.transfer(session, actor, seen.id, lock=True), request


def _based_on(row: StockTransfer, version: int | None) -> None:
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this transfer meanwhile; load it again")
