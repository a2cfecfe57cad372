"""Selects of reservations, transfers, requests, counts and kits; staff only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory import queries
from careloop.crm_core.inventory.document_models import (
    RequestState,
    ReservationState,
    StockCount,
    StockCountLine,
    StockRequest,
    StockRequestLine,
    StockReservation,
    StockTransfer,
    StockTransferLine,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.views import ReservationView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import Entity, now
from careloop.kit.errors import NotFound

D = TypeVar("D", bound=Entity)
M = TypeVar("M", StockTransfer, StockRequest, StockCount)


def visible_to(actor: Actor, model: type[D]) -> Select[D]:
    """Documents of one kind that the actor may see."""
    statement = select(model).where(model.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def reservations(
    session: Session, actor: Actor, *, states: Sequence[str] = (), location: str = "",
    part: str = "", purpose_type: str = "", purpose_number: str = "", before: str = "",
    limit: int = 50,
) -> list[StockReservation]:  # fmt: skip
    row = StockReservation
    statement = visible_to(actor, row)
    if location:
        statement = statement.where(
            row.location_id == queries.location(session, actor, location).id
        )
    if part:
        found = catalog.parts_by_numbers(session, actor.tenant_id, [part])
        statement = statement.where(row.part_id.in_([item.id for item in found.values()]))
    if purpose_type:
        statement = statement.where(row.purpose_type == purpose_type)
    if purpose_number:
        statement = statement.where(row.purpose_number == purpose_number)
    return _page(session, statement, row, states, before, limit)


def reservation(session: Session, actor: Actor, reservation_id: str) -> StockReservation:
    statement = visible_to(actor, StockReservation).where(StockReservation.id == reservation_id)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such reservation")
    return found


def locked_reservations(
    session: Session, tenant_id: str, ids: Iterable[str]
) -> list[StockReservation]:
    """Reservations as they stand now, locked in the order of their ids; parts are held first."""
    statement = (
        select(StockReservation)
        .where(StockReservation.tenant_id == tenant_id, StockReservation.id.in_(set(ids)))
        .order_by(StockReservation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def active_at(
    session: Session, tenant_id: str, location_id: str, part_id: str
) -> list[StockReservation]:
    """Active reservations of a part at a location, the oldest first."""
    row = StockReservation
    statement = select(row).where(
        row.tenant_id == tenant_id, row.location_id == location_id, row.part_id == part_id,
        row.state == ReservationState.ACTIVE,
    )  # fmt: skip
    return list(session.scalars(statement.order_by(row.id)))


def active_for(
    session: Session, tenant_id: str, purpose_type: str, purpose_number: str
) -> list[StockReservation]:
    """Active reservations for a purpose, the oldest first."""
    row = StockReservation
    statement = select(row).where(
        row.tenant_id == tenant_id, row.purpose_type == purpose_type,
        row.purpose_number == purpose_number, row.state == ReservationState.ACTIVE,
    )  # fmt: skip
    return list(session.scalars(statement.order_by(row.id)))


def reservation_of_piece(
    session: Session, tenant_id: str, part_id: str, serial: str
) -> StockReservation | None:
    """The active reservation that names this piece."""
    row = StockReservation
    return session.scalar(
        select(row).where(
            row.tenant_id == tenant_id, row.part_id == part_id, row.serial == serial,
            row.state == ReservationState.ACTIVE,
        )
    )  # fmt: skip


def due_reservations(
    session: Session, at: datetime, limit: int, tenant_id: str | None = None
) -> list[StockReservation]:
    """Active reservations whose time is over, of one tenant or of all."""
    row = StockReservation
    statement = select(row).where(row.state == ReservationState.ACTIVE, row.due_at <= at)
    if tenant_id is not None:
        statement = statement.where(row.tenant_id == tenant_id)
    return list(session.scalars(statement.order_by(row.due_at, row.id).limit(limit)))


def reservation_views(
    session: Session, tenant_id: str, rows: Sequence[StockReservation]
) -> list[ReservationView]:
    codes = queries.codes(session, tenant_id, {row.location_id for row in rows})
    parts = catalog.parts_by_ids(session, tenant_id, {row.part_id for row in rows})
    return [
        ReservationView(
            id=row.id, group=row.group, location=codes[row.location_id],
            part=parts[row.part_id].number, lot=row.lot, serial=row.serial,
            quantity=row.quantity, consumed=row.consumed, state=row.state,
            purpose_type=row.purpose_type, purpose_number=row.purpose_number,
            due_at=iso(row.due_at) if row.due_at else None, made_by=row.made_by_name,
            made_by_id=row.made_by, ended_reason=row.ended_reason, version=row.version,
            created_at=iso(row.created_at),
        )
        for row in rows
    ]  # fmt: skip


def transfers(
    session: Session, actor: Actor, *, states: Sequence[str] = (), location: str = "",
    late: bool = False, before: str = "", limit: int = 50,
) -> list[StockTransfer]:  # fmt: skip
    row = StockTransfer
    statement = visible_to(actor, row)
    if location:
        place = queries.location(session, actor, location).id
        statement = statement.where(or_(row.source_id == place, row.target_id == place))
    if late:
        statement = statement.where(
            row.state == TransferState.IN_TRANSIT, row.expected_at < now(session)
        )
    return _page(session, statement, row, states, before, limit)


def transfer(
    session: Session, actor: Actor, transfer_id: str, lock: bool = False
) -> StockTransfer:  # fmt: skip
    return _document(session, actor, StockTransfer, transfer_id, "transfer", lock)


def transfers_of_requests(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, str]:
    """Number of the last transfer made for each request that was not given up."""
    row = StockTransfer
    statement = select(row.request_id, row.number).where(
        row.tenant_id == tenant_id, row.request_id.in_(set(ids)),
        row.state != TransferState.CANCELLED,
    )  # fmt: skip
    return {str(id): number for id, number in session.execute(statement.order_by(row.id))}


def transfer_lines(
    session: Session, tenant_id: str, ids: Iterable[str]
) -> dict[str, list[StockTransferLine]]:
    """Lines by transfer, in the order in which they were made."""
    row = StockTransferLine
    statement = select(row).where(row.tenant_id == tenant_id, row.transfer_id.in_(set(ids)))
    found: dict[str, list[StockTransferLine]] = defaultdict(list)
    for line in session.scalars(statement.order_by(row.id)):
        found[line.transfer_id].append(line)
    return found


def open_lines_to(session: Session, tenant_id: str) -> list[tuple[str, str, int]]:
    """(target id, part id, pieces) of good parts in transit."""
    line = StockTransferLine
    statement = (
        select(StockTransfer.target_id, line.part_id, line.quantity - line.received - line.lost)
        .join(
            line, (line.tenant_id == StockTransfer.tenant_id)
            & (line.transfer_id == StockTransfer.id),
        )
        .where(
            StockTransfer.tenant_id == tenant_id,
            StockTransfer.state == TransferState.IN_TRANSIT,
            line.condition == "good",
        )
    )  # fmt: skip
    return [(place, part, int(pieces)) for place, part, pieces in session.execute(statement)]


def requests(
    session: Session, actor: Actor, *, states: Sequence[str] = (), location: str = "",
    source: str = "", mine: bool = False, before: str = "", limit: int = 50,
) -> list[StockRequest]:  # fmt: skip
    row = StockRequest
    statement = visible_to(actor, row)
    if location:
        place = queries.location(session, actor, location).id
        statement = statement.where(row.location_id == place)
    if source == "supplier":
        statement = statement.where(row.source_id.is_(None))
    elif source:
        statement = statement.where(row.source_id == queries.location(session, actor, source).id)
    if mine:
        statement = statement.where(row.made_by == actor.label)
    return _page(session, statement, row, states, before, limit)


def request(
    session: Session, actor: Actor, request_id: str, lock: bool = False
) -> StockRequest:  # fmt: skip
    return _document(session, actor, StockRequest, request_id, "request", lock)


def request_numbers(session: Session, tenant_id: str, ids: Iterable[str | None]) -> dict[str, str]:
    """Numbers of requests by id."""
    wanted = {id for id in ids if id}
    if not wanted:
        return {}
    row = StockRequest
    statement = select(row.id, row.number).where(row.tenant_id == tenant_id, row.id.in_(wanted))
    return dict(session.execute(statement).all())


def request_lines(
    session: Session, tenant_id: str, ids: Iterable[str]
) -> dict[str, list[StockRequestLine]]:
    row = StockRequestLine
    statement = select(row).where(row.tenant_id == tenant_id, row.request_id.in_(set(ids)))
    found: dict[str, list[StockRequestLine]] = defaultdict(list)
    for line in session.scalars(statement.order_by(row.id)):
        found[line.request_id].append(line)
    return found


def asked_for(session: Session, tenant_id: str) -> list[tuple[str, str, int]]:
    """(location id, part id, pieces) that open requests have yet to bring."""
    line = StockRequestLine
    states = (RequestState.SUBMITTED, RequestState.APPROVED, RequestState.PICKING)
    statement = (
        select(StockRequest.location_id, line.part_id, line.quantity - line.fulfilled)
        .join(
            line, (line.tenant_id == StockRequest.tenant_id) & (line.request_id == StockRequest.id)
        )
        .where(StockRequest.tenant_id == tenant_id, StockRequest.state.in_(states))
    )
    return [(place, part, max(int(n), 0)) for place, part, n in session.execute(statement)]


def counts(
    session: Session, actor: Actor, *, states: Sequence[str] = (), location: str = "",
    before: str = "", limit: int = 50,
) -> list[StockCount]:  # fmt: skip
    row = StockCount
    statement = visible_to(actor, row)
    if location:
        place = queries.location(session, actor, location).id
        statement = statement.where(row.location_id == place)
    return _page(session, statement, row, states, before, limit)


def count(session: Session, actor: Actor, count_id: str, lock: bool = False) -> StockCount:
    return _document(session, actor, StockCount, count_id, "count", lock)


def count_lines(
    session: Session, tenant_id: str, ids: Iterable[str]
) -> dict[str, list[StockCountLine]]:
    row = StockCountLine
    statement = select(row).where(row.tenant_id == tenant_id, row.count_id.in_(set(ids)))
    found: dict[str, list[StockCountLine]] = defaultdict(list)
    for line in session.scalars(statement.order_by(row.id)):
        found[line.count_id].append(line)
    return found


def how_many(session: Session, actor: Actor, what: str, state: str) -> int:
    """How many transfers, requests or counts are in a state."""
    models: dict[str, type[Entity]] = {
        "transfer": StockTransfer, "request": StockRequest, "count": StockCount,
    }  # fmt: skip
    model = models[what]
    return _number(session, visible_to(actor, model).where(model.__table__.c.state == state))


def how_many_late(session: Session, actor: Actor, at: datetime) -> int:
    """Transfers that should have arrived by `at`."""
    statement = visible_to(actor, StockTransfer).where(
        StockTransfer.state == TransferState.IN_TRANSIT, StockTransfer.expected_at < at
    )
    return _number(session, statement)


def how_many_expiring(session: Session, actor: Actor, state: str, at: datetime) -> int:
    """Reservations whose time is over by `at`."""
    statement = visible_to(actor, StockReservation).where(
        StockReservation.state == state, StockReservation.due_at <= at
    )
    return _number(session, statement)


def _number(session: Session, statement: Select[D]) -> int:
    return int(session.scalar(select(func.count()).select_from(statement.subquery())) or 0)


def _document(
    session: Session, actor: Actor, model: type[M], wanted: str, what: str, lock: bool
) -> M:
    """A document by its id or its number."""
    statement = visible_to(actor, model).where(
        or_(model.id == wanted, model.number == wanted.strip().upper())
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no {what} {wanted} that you may see")
    return found


def _page(
    session: Session, statement: Select[D], model: type[D], states: Sequence[str], before: str,
    limit: int,
) -> list[D]:  # fmt: skip
    if states:
        statement = statement.where(model.__table__.c.state.in_(states))
    if before:
        statement = statement.where(model.id < before)
    return list(session.scalars(statement.order_by(model.id.desc()).limit(limit)))
