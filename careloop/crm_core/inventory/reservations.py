"""Reservations: parts kept for a purpose, consumed by an act or ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import naming, queries
from careloop.crm_core.inventory.document_models import (
    ReservationState,
    StockReservation,
    StockTransferLine,
)  # fmt: skip
from careloop.crm_core.inventory.errors import SerialElsewhere, SerialReserved, Shortage
from careloop.crm_core.inventory.events import ReservationEnded
from careloop.crm_core.inventory.ledger import hold, keep
from careloop.crm_core.inventory.models import StockLocation
from careloop.crm_core.inventory.picking import Picker
from careloop.crm_core.inventory.schemas import MovedPart, Purpose, ReleaseReservation, Reserve
from careloop.crm_core.inventory.views import Reserved
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

Wanted = tuple[str, int, str, str]
"""Part number, quantity, lot, serial."""
SWEEP = 200


def reserve(session: Session, actor: Actor, command: Reserve) -> Reserved:
    """Keep all lines or none; `Shortage` tells how many are free and where else."""
    location = naming.location(session, actor, command.location)
    at = now(session)
    hours = queries.rules_view(queries.rules(session, actor.tenant_id)).reservation_hours
    due = command.due_at or at + timedelta(hours=hours)
    if due <= at:
        raise InvalidInput("due_at lies in the past; give a later time")
    wanted: list[Wanted] = []
    for line in command.lines:
        if line.kit:
            pieces = naming.kit_parts(session, actor, line.kit, line.quantity)
            wanted += [(number, quantity, "", "") for number, quantity in pieces]
        else:
            wanted.append((line.part, line.quantity, line.lot, line.serial))
    rows = keep_all(session, actor, location, wanted, command.purpose, due)
    return Reserved(
        group=rows[0].group,
        reservations=documents.reservation_views(session, actor.tenant_id, rows),
    )


def keep_all(
    session: Session, actor: Actor, location: StockLocation, wanted: Sequence[Wanted],
    purpose: Purpose, due_at: datetime | None,
) -> list[StockReservation]:  # fmt: skip
    """Reserve everything that is wanted at a location; a lot each has a row of its own."""
    parts = naming.parts(session, actor, [item[0] for item in wanted])
    hold(session, actor, parts.values())
    picker = Picker(session, actor, location, parts.values())
    group, rows = new_id(), []
    for number, quantity, lot, serial in wanted:
        part = parts[number]
        if serial:
            lot = _lot_of_free_piece(session, actor, location, part, serial)
        if lot:
            picker.must_be_usable(part, lot)
        for item in picker.pick(part, quantity, lot):
            key = (location.id, part.id, item.lot, "good")
            if not keep(session, actor, key, item.quantity):
                # Only an act that did not hold the part could come between; none does.
                raise Shortage(part.number, location.code, item.quantity, 0, {})
            rows.append(
                StockReservation(
                    tenant_id=actor.tenant_id, id=new_id(), group=group, location_id=location.id,
                    part_id=part.id, lot=item.lot, serial=serial, quantity=item.quantity,
                    consumed=0, state=ReservationState.ACTIVE, purpose_type=purpose.type,
                    purpose_number=purpose.number, due_at=due_at, made_by=actor.label,
                    made_by_name=actor.name, created_at=now(session), updated_at=now(session),
                )
            )  # fmt: skip
            session.add(rows[-1])
        session.flush()
    return rows


def keep_on(
    session: Session, actor: Actor, location: StockLocation, before: StockReservation,
    pieces: tuple[Part, int, str, str],
) -> None:  # fmt: skip
    """Keep (part, quantity, lot, serial) at a location for whom `before` kept them elsewhere.

    One whose time ran out on the way gets as long again as a new one, so that whoever waits for
    the parts can see that they came.
    """
    part, quantity, lot, serial = pieces
    at = now(session)
    due = before.due_at
    if due is not None and due <= at:
        hours = queries.rules_view(queries.rules(session, actor.tenant_id)).reservation_hours
        due = at + timedelta(hours=hours)
    if not keep(session, actor, (location.id, part.id, lot, "good"), quantity):
        raise Conflict("The parts that arrived are gone already; load the transfer again")
    session.add(
        StockReservation(
            tenant_id=actor.tenant_id, id=new_id(), group=before.group, location_id=location.id,
            part_id=part.id, lot=lot, serial=serial, quantity=quantity, consumed=0,
            state=ReservationState.ACTIVE, purpose_type=before.purpose_type,
            purpose_number=before.purpose_number, due_at=due, made_by=before.made_by,
            made_by_name=before.made_by_name, created_at=at, updated_at=at,
        )
    )  # fmt: skip
    session.flush()


def own(
    session: Session, actor: Actor, location: StockLocation, part: Part, line: MovedPart,
    purposes: Sequence[tuple[str, str]],
) -> str | None:  # fmt: skip
    """The reservation at a location that keeps this part for one of these purposes."""
    for row in documents.active_at(session, actor.tenant_id, location.id, part.id):
        wanted = (row.purpose_type, row.purpose_number) in purposes
        if wanted and row.serial in {"", line.serial} and (not line.lot or row.lot == line.lot):
            return row.id
    return None


def release(session: Session, actor: Actor, command: ReleaseReservation) -> StockReservation:
    """End an active reservation; one that has ended already is told as it is."""
    row = documents.reservation(session, actor, command.reservation_id)
    end_all(session, actor, [row], ReservationState.RELEASED, command.reason or "released")
    return row


def end_all(
    session: Session, actor: Actor, rows: Iterable[StockReservation], state: ReservationState,
    reason: str,
) -> list[StockReservation]:  # fmt: skip
    """End those that are still active and let their pieces go; emits `ReservationEnded`."""
    rows = list(rows)
    parts = queries.parts_by_ids(session, actor, {row.part_id for row in rows})
    hold(session, actor, parts.values())
    codes = queries.codes(session, actor.tenant_id, {row.location_id for row in rows})
    ended = []
    for row in documents.locked_reservations(session, actor.tenant_id, {row.id for row in rows}):
        left = row.left
        if not left:
            continue
        keep(session, actor, (row.location_id, row.part_id, row.lot, "good"), -left)
        row.end(state, reason, now(session))
        ended.append(row)
        emit(
            session,
            ReservationEnded(
                actor.tenant_id, row.id, parts[row.part_id].number, codes[row.location_id], left,
                row.purpose_type, row.purpose_number, row.made_by, state, reason,
            ),
        )  # fmt: skip
    session.flush()
    return ended


def release_expired(session: Session, at: datetime, tenant_id: str | None = None) -> int:
    """End every reservation that is due, of one tenant or of all; for the worker's sweep.

    Takes a few hundred at once; returns how many ended. Safe in any number of processes.
    """
    due = documents.due_reservations(session, at, SWEEP, tenant_id)
    done = 0
    for owner in sorted({row.tenant_id for row in due}):
        own = [row for row in due if row.tenant_id == owner]
        actor = system_actor(owner)
        done += len(end_all(session, actor, own, ReservationState.EXPIRED, "its time is over"))
    return done


def to_consume(
    session: Session, actor: Actor, reservation_id: str | None, location: StockLocation,
    part: Part, line: MovedPart | StockTransferLine,
) -> StockReservation | None:  # fmt: skip
    """The reservation that an act on a held part uses up; None when it has ended already."""
    if not reservation_id:
        return None
    seen = documents.reservation(session, actor, reservation_id)
    (row,) = documents.locked_reservations(session, actor.tenant_id, {seen.id})
    if row.location_id != location.id or row.part_id != part.id:
        raise Conflict("This reservation keeps another part, or at another location")
    if not row.left:
        return None
    if row.serial and row.serial != line.serial:
        raise Conflict(f"This reservation keeps serial {row.serial}; name it, or release it first")
    if line.lot and row.lot != line.lot:
        raise Conflict(f"This reservation keeps lot {row.lot or '-'}; release it to take another")
    return row if line.condition == "good" else None


def consume(session: Session, row: StockReservation, quantity: int) -> None:
    """Count pieces of a reservation as used; the ledger has let them go."""
    if quantity:
        row.consume(quantity, now(session))
        session.flush()


def nobody_else_keeps(
    session: Session, actor: Actor, part: Part, serial: str, own: StockReservation | None
) -> None:
    """Refuse a piece that another reservation names."""
    row = documents.reservation_of_piece(session, actor.tenant_id, part.id, serial)
    if row is not None and (own is None or row.id != own.id):
        what = f"{row.purpose_type} {row.purpose_number}".strip()
        raise SerialReserved(
            f"{part.number} serial {serial} is kept for {what}; use that reservation or release "
            "it first",
            reservation_id=row.id,
        )


def free_piece(
    session: Session, actor: Actor, part: Part, serial: str, own: StockReservation | None
) -> None:
    """End the reservation of a piece that is gone."""
    row = documents.reservation_of_piece(session, actor.tenant_id, part.id, serial)
    if row is not None and (own is None or row.id != own.id):
        end_all(session, actor, [row], ReservationState.RELEASED, "the piece was used elsewhere")


def make_room(
    session: Session, actor: Actor, location_id: str, part: Part, lot: str, pieces: int,
    own: StockReservation | None = None,
) -> list[str]:  # fmt: skip
    """End reservations, the newest first, until so many pieces are free again; their ids.

    For what is known to be gone: used by a van without a signal, or missed in a count. An empty
    `lot` means any lot.
    """
    rows = documents.active_at(session, actor.tenant_id, location_id, part.id)
    chosen, freed = [], 0
    for row in reversed(rows):
        if freed >= pieces or (lot and row.lot != lot) or (own is not None and row.id == own.id):
            continue
        chosen.append(row)
        freed += row.left
    ended = end_all(session, actor, chosen, ReservationState.RELEASED, "the parts are not there")
    return [row.id for row in ended]


def _lot_of_free_piece(
    session: Session, actor: Actor, location: StockLocation, part: Part, serial: str
) -> str:
    row = naming.piece(session, actor, part, serial)
    if row is None or row.location_id != location.id or row.condition != "good":
        codes = queries.codes(session, actor.tenant_id, [row.location_id if row else None])
        place = queries.place(codes, row.location_id, row.account) if row else ""
        raise SerialElsewhere(part.number, serial, location.code, place)
    nobody_else_keeps(session, actor, part, serial, None)
    return row.lot
