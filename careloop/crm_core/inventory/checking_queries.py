"""Selects for the proof of the books: everything of one company at once."""

from __future__ import annotations

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.inventory.document_models import (
    ReservationState,
    StockReservation,
    StockTransfer,
    StockTransferLine,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import (
    TRANSIT,
    StockBalance,
    StockMove,
    StockPart,
    StockSerial,
)  # fmt: skip

Pair = tuple[str, str]
Position = tuple[str | None, str, str, str]
"""Of a piece: location id, account, lot, condition."""


def all_balances(session: Session, tenant_id: str) -> dict[Key, tuple[int, int]]:
    """(on hand, reserved) of every balance."""
    row = StockBalance
    statement = select(
        row.location_id, row.part_id, row.lot, row.condition, row.on_hand, row.reserved
    ).where(row.tenant_id == tenant_id)
    return {
        (place, part, lot, condition): (on_hand, reserved)
        for place, part, lot, condition, on_hand, reserved in session.execute(statement)
    }


def reserved(session: Session, tenant_id: str) -> dict[Key, int]:
    """What active reservations still keep."""
    row = StockReservation
    statement = (
        select(row.location_id, row.part_id, row.lot, func.sum(row.quantity - row.consumed))
        .where(row.tenant_id == tenant_id, row.state == ReservationState.ACTIVE)
        .group_by(row.location_id, row.part_id, row.lot)
    )
    return {
        (place, part, lot, "good"): int(pieces)
        for place, part, lot, pieces in session.execute(statement)
    }


def transit_moves(session: Session, tenant_id: str) -> dict[str, int]:
    """Pieces in transit by part, by the moves."""
    pieces = func.sum(
        case((StockMove.to_account == TRANSIT, StockMove.quantity), else_=-StockMove.quantity)
    )
    statement = (
        select(StockMove.part_id, pieces)
        .where(
            StockMove.tenant_id == tenant_id,
            or_(StockMove.to_account == TRANSIT, StockMove.from_account == TRANSIT),
        )
        .group_by(StockMove.part_id)
        .having(pieces != 0)
    )
    return {part: int(total) for part, total in session.execute(statement)}


def transit_lines(session: Session, tenant_id: str) -> dict[str, int]:
    """Pieces in transit by part, by the open transfers."""
    line = StockTransferLine
    pieces = func.sum(line.quantity - line.received - line.lost)
    statement = (
        select(line.part_id, pieces)
        .join(
            StockTransfer,
            (StockTransfer.tenant_id == line.tenant_id) & (StockTransfer.id == line.transfer_id),
        )
        .where(line.tenant_id == tenant_id, StockTransfer.state == TransferState.IN_TRANSIT)
        .group_by(line.part_id)
        .having(pieces != 0)
    )
    return {part: int(total) for part, total in session.execute(statement)}


def serial_rows(session: Session, tenant_id: str) -> dict[Pair, StockSerial]:
    statement = select(StockSerial).where(StockSerial.tenant_id == tenant_id)
    return {(row.part_id, row.serial): row for row in session.scalars(statement)}


def positions(session: Session, tenant_id: str) -> dict[Pair, Position]:
    """Where each piece is by its own row."""
    return {
        pair: (row.location_id, row.account, row.lot, row.condition)
        for pair, row in serial_rows(session, tenant_id).items()
    }


def last_positions(session: Session, tenant_id: str) -> dict[Pair, Position]:
    """Where each piece is by its last move."""
    statement = select(
        StockMove.part_id, StockMove.serial, StockMove.to_id, StockMove.to_account,
        StockMove.lot, StockMove.condition,
    ).where(StockMove.tenant_id == tenant_id, StockMove.serial != "")  # fmt: skip
    rows = session.execute(statement.order_by(StockMove.part_id, StockMove.seq))
    return {(part, serial): (to, account, lot, condition)
            for part, serial, to, account, lot, condition in rows}  # fmt: skip


def broken_rows(session: Session, tenant_id: str) -> dict[str, tuple[int, int]]:
    """Parts whose moves are not numbered 1 to their count: (moves there, moves made)."""
    here = func.count(StockMove.id)
    statement = (
        select(StockPart.part_id, here, StockPart.moves)
        .outerjoin(
            StockMove,
            (StockMove.tenant_id == StockPart.tenant_id) & (StockMove.part_id == StockPart.part_id),
        )
        .where(StockPart.tenant_id == tenant_id)
        .group_by(StockPart.part_id, StockPart.moves)
        .having(or_(here != StockPart.moves, func.max(StockMove.seq) != StockPart.moves))
    )
    return {part: (int(have), int(made)) for part, have, made in session.execute(statement)}


def move_count(session: Session, tenant_id: str) -> int:
    statement = select(func.count()).where(StockMove.tenant_id == tenant_id)
    return int(session.scalar(statement.select_from(StockMove)) or 0)
