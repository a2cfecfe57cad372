"""Acts that post moves at once: receive, use, issue, return, scrap, reverse.

Each function acts once per call; `service` makes it act once per command id.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries, naming, queries, reservations
from careloop.crm_core.inventory.alerts import tell_discrepancy
from careloop.crm_core.inventory.document_models import StockReservation
from careloop.crm_core.inventory.errors import SerialElsewhere
from careloop.crm_core.inventory.ledger import End, Posting, hold, post
from careloop.crm_core.inventory.models import (
    CUSTOMER,
    DISCREPANCY,
    SCRAP,
    SUPPLIER,
    TRANSIT,
    StockLocation,
    StockMove,
)  # fmt: skip
from careloop.crm_core.inventory.picking import Picked, Picker
from careloop.crm_core.inventory.policy import average_without, clamped
from careloop.crm_core.inventory.schemas import (
    Act,
    Condition,
    Issue,
    IssuePart,
    MovedPart,
    ReturnPart,
    Reverse,
    Scrap,
    UsePart,
)  # fmt: skip
from careloop.crm_core.inventory.views import Posted
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict


def use(session: Session, actor: Actor, command: UsePart) -> Posted:
    """Van to customer. What the books do not show is refused, or booked against discrepancy."""
    location = naming.location(session, actor, command.location)
    part = naming.part(session, actor, command.part)
    if not command.accept_discrepancy:
        naming.must_name_serial(part, command.serial)
    held = hold(session, actor, [part])
    kept = reservations.to_consume(
        session, actor, _reservation(session, actor, command, location, part),
        location, part, command,
    )  # fmt: skip
    at = clamped(command.happened_at, now(session))
    about: dict[str, Any] = {
        "ticket": command.ticket, "work_order": command.work_order, "asset": command.asset,
        "happened_at": at, "reference_type": "work_order" if command.work_order else "ticket",
        "reference": command.work_order or command.ticket,
    }  # fmt: skip
    plan = _plan_use(session, actor, command, location, part, kept)
    missing = command.quantity - sum(posting.quantity for posting in plan)
    customer = End(account=CUSTOMER)
    if missing:
        reason = f"not shown by the books at {location.code}"
        plan.append(
            Posting("use", part, missing, End(account=DISCREPANCY), customer, reason=reason,
                    lot=command.lot, serial=command.serial, condition=command.condition)
        )  # fmt: skip
    plan = [replace(posting, **about) for posting in plan]
    moves = post(session, actor, plan, held, command.command_id)
    if kept is not None:
        used = sum(posting.kept for posting in plan)
        reservations.consume(session, kept, used)
    if missing:
        tell_discrepancy(
            session, actor, location.code, part.number, missing, "used without stock",
            command.work_order or command.ticket,
        )  # fmt: skip
    return _posted(session, actor, command, moves, missing)


def _reservation(
    session: Session, actor: Actor, command: UsePart, location: StockLocation, part: Part
) -> str | None:
    """The reservation named, else the one that keeps the part for this very visit or ticket."""
    purposes = [("work_order", command.work_order), ("ticket", command.ticket)]
    known = [purpose for purpose in purposes if purpose[1]]
    return command.reservation_id or reservations.own(
        session, actor, location, part, command, known
    )


def _plan_use(
    session: Session, actor: Actor, command: UsePart, location: StockLocation, part: Part,
    kept: StockReservation | None,
) -> list[Posting]:  # fmt: skip
    """Postings for what the location has; with `accept_discrepancy` these may be too few."""
    here, customer = End(location.id), End(account=CUSTOMER)
    own = (kept.lot, kept.left) if kept else ("", 0)
    if command.accept_discrepancy:
        _end_what_was_used(session, actor, command, location, part, kept)
    picker = Picker(session, actor, location, [part])
    if command.serial:
        try:
            lot = _lot_of_piece(session, actor, location, part, command, kept)
        except SerialElsewhere:
            if not command.accept_discrepancy:
                raise
            return []
        lots = _picked(picker, command, part, lot, own)
        return [
            Posting("use", part, 1, here, customer, lot=item.lot, serial=command.serial,
                    condition=command.condition, kept=item.kept)
            for item in lots
        ]  # fmt: skip
    return [
        Posting("use", part, item.quantity, here, customer, lot=item.lot,
                condition=command.condition, kept=item.kept)
        for item in _picked(picker, command, part, command.lot, own)
    ]  # fmt: skip


def _end_what_was_used(
    session: Session, actor: Actor, command: UsePart, location: StockLocation, part: Part,
    kept: StockReservation | None,
) -> None:  # fmt: skip
    """A piece that is gone cannot be kept for another: end such reservations, newest first."""
    if command.serial:
        reservations.free_piece(session, actor, part, command.serial, kept)
    own = kept.left if kept else 0
    free = Picker(session, actor, location, [part]).free(part, command.lot, command.condition)
    missing = command.quantity - own - free
    if missing > 0 and command.condition == Condition.GOOD:
        reservations.make_room(session, actor, location.id, part, command.lot, missing, kept)


def _picked(
    picker: Picker, command: UsePart, part: Part, lot: str, own: tuple[str, int]
) -> list[Picked]:  # fmt: skip
    """Lots to take; what has been used is taken even of a lot that expired, if it is named."""
    if command.accept_discrepancy:
        return picker.up_to(part, command.quantity, lot, own, command.condition)
    return picker.pick(part, command.quantity, lot, command.condition, own)


def issue(session: Session, actor: Actor, command: Issue) -> Posted:
    """Hand parts out: all lines or none."""
    location = naming.location(session, actor, command.location)
    target, kind = End(account=CUSTOMER), "issue"
    if command.to:
        other = naming.location(session, actor, command.to)
        if other.id == location.id:
            raise Conflict("Source and target are the same location")
        target, kind = End(other.id), "handover"
    lines = list(command.lines)
    if command.kit:
        for number, quantity in naming.kit_parts(session, actor, command.kit, command.kits):
            lines.append(IssuePart(part=number, quantity=quantity))
    parts = naming.parts(session, actor, [line.part for line in lines])
    held = hold(session, actor, parts.values())
    picker = Picker(session, actor, location, parts.values())
    postings: list[Posting] = []
    used: list[tuple[StockReservation, int]] = []
    for line in lines:
        part = parts[line.part]
        if target.account:
            naming.must_name_serial(part, line.serial)
        kept = reservations.to_consume(session, actor, line.reservation_id, location, part, line)
        lot = _lot_of_piece(session, actor, location, part, line, kept) or line.lot
        if lot:
            picker.must_be_usable(part, lot)
        own = (kept.lot, kept.left) if kept else ("", 0)
        for item in picker.pick(part, line.quantity, lot, line.condition, own):
            postings.append(
                Posting(
                    kind, part, item.quantity, End(location.id), target, lot=item.lot,
                    serial=line.serial, condition=line.condition, kept=item.kept,
                    ticket=command.ticket, work_order=command.work_order, reason=command.reason,
                    reference_type="ticket" if command.ticket else "",
                    reference=command.ticket, happened_at=_at(session, command),
                )
            )  # fmt: skip
            if kept is not None and item.kept:
                used.append((kept, item.kept))
    moves = post(session, actor, postings, held, command.command_id)
    for row, pieces in used:
        reservations.consume(session, row, pieces)
    return _posted(session, actor, command, moves)


def give_back(session: Session, actor: Actor, command: ReturnPart) -> Posted:
    """Customer to location, good or defective."""
    location = naming.location(session, actor, command.location)
    part = naming.part(session, actor, command.part)
    held = hold(session, actor, [part])
    posting = Posting(
        "return", part, command.quantity, End(account=CUSTOMER), End(location.id),
        lot=command.lot, serial=command.serial, condition=command.condition,
        ticket=command.ticket, work_order=command.work_order, reason=command.reason,
        reference_type="ticket" if command.ticket else "", reference=command.ticket,
        happened_at=_at(session, command),
    )  # fmt: skip
    moves = post(session, actor, [posting], held, command.command_id)
    return _posted(session, actor, command, moves)


def scrap(session: Session, actor: Actor, command: Scrap) -> Posted:
    """Location to scrap; a reserved piece is not thrown away."""
    location = naming.location(session, actor, command.location)
    part = naming.part(session, actor, command.part)
    held = hold(session, actor, [part])
    picker = Picker(session, actor, location, [part])
    lot = _lot_of_piece(session, actor, location, part, command, None) or command.lot
    postings = [
        Posting(
            "scrap", part, item.quantity, End(location.id), End(account=SCRAP), lot=item.lot,
            serial=command.serial, condition=command.condition, reason=command.reason,
            happened_at=_at(session, command),
        )
        for item in picker.pick(part, command.quantity, lot, command.condition)
    ]  # fmt: skip
    moves = post(session, actor, postings, held, command.command_id)
    return _posted(session, actor, command, moves)


def reverse(session: Session, actor: Actor, command: Reverse) -> Posted:
    """Take a move back; once only, and only where the parts still lie where it brought them."""
    row = ledger_queries.move(session, actor, command.move_id)
    if row.reverses_id:
        raise Conflict("A reversal is not taken back; post the act again instead")
    if TRANSIT in {row.from_account, row.to_account}:
        raise Conflict("This move belongs to a transfer; receive or cancel the transfer instead")
    part = queries.part_by_id(session, actor, row.part_id)
    held = hold(session, actor, [part])
    if ledger_queries.reversal_of(session, actor.tenant_id, [row.id]):
        raise Conflict("This move has been reversed already")
    if row.from_account == SUPPLIER and row.unit_cost_amount is not None:
        kept = held[part.id]
        if kept.average_amount is not None and kept.average_currency == row.unit_cost_currency:
            owned = ledger_queries.owned(session, actor.tenant_id, part.id)
            kept.average_amount = average_without(
                owned, kept.average_amount, row.quantity, row.unit_cost_amount
            )
    moves = post(session, actor, [_opposite(row, part, command.reason)], held, command.command_id)
    return _posted(session, actor, command, moves)


def _opposite(row: StockMove, part: Part, reason: str) -> Posting:
    cost: tuple[Decimal, str] | None = None
    if row.unit_cost_amount is not None:
        cost = (row.unit_cost_amount, row.unit_cost_currency)
    return Posting(
        "reversal", part, row.quantity, End(row.to_id, row.to_account),
        End(row.from_id, row.from_account), lot=row.lot, serial=row.serial,
        condition=row.condition, reference_type=row.reference_type, reference=row.reference,
        ticket=row.ticket, work_order=row.work_order, asset=row.asset, partner=row.partner,
        unit_cost=cost, reason=reason, reverses_id=row.id,
    )  # fmt: skip


def _lot_of_piece(
    session: Session, actor: Actor, location: StockLocation, part: Part, line: MovedPart,
    kept: StockReservation | None,
) -> str:  # fmt: skip
    """The lot of a named piece that lies here and that nobody else keeps; else the lot given."""
    if not line.serial:
        return line.lot
    row = naming.piece(session, actor, part, line.serial)
    if row is None:
        return line.lot
    if row.location_id != location.id or row.condition != line.condition:
        codes = queries.codes(session, actor.tenant_id, [row.location_id])
        place = queries.place(codes, row.location_id, row.account)
        raise SerialElsewhere(part.number, line.serial, location.code, place)
    reservations.nobody_else_keeps(session, actor, part, line.serial, kept)
    return row.lot


def _at(session: Session, command: Act) -> datetime:
    return clamped(command.happened_at, now(session))


def _posted(
    session: Session, actor: Actor, command: Act, moves: list[StockMove], missing: int = 0
) -> Posted:  # fmt: skip
    views = ledger_queries.move_views(session, actor.tenant_id, moves)
    return Posted(command_id=command.command_id, moves=views, discrepancy=missing)
