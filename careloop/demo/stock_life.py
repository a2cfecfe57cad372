"""The demo company's stock: a tree of locations, months of moves, and what is going on today.

What past tickets used is played as it was: bought for the centre, sent to the van of the engineer,
used there. Every part that came in so also went out, so the quantities of the import still stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger, naming, queries, receipts, service, transfers
from careloop.crm_core.inventory.ledger import End, Posting
from careloop.crm_core.inventory.models import CUSTOMER, StockLocation
from careloop.crm_core.inventory.schemas import (
    CreateTransfer,
    ReceiptLine,
    Receive,
    ReceiveTransfer,
    TransferLine,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.demo.stock_present import play_present
from careloop.demo.stock_upkeep import arrange
from careloop.kit.actor import Actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import now
from careloop.kit.money import Money

CENTRE = "Shenzhen"
PAST_TICKETS = 110
SEASON = 182
COST_SHARE = Decimal("0.62")
SUPPLIERS = ("深圳恒达精密", "苏州光联器件", "Rheinwerk Pumpen GmbH")


@dataclass(frozen=True)
class Used:
    """A part that a past ticket used, from an engineer's van."""

    ticket: Ticket
    part: Part
    quantity: int
    van: StockLocation
    at: datetime


def enact(session: Session, actor: Actor) -> None:
    """Give the demo's stock its tree, its past and its present."""
    arrange(session, actor)
    for season in _seasons(_used(session, actor)):
        _play(session, actor, season)
    play_present(session, actor)


@contextmanager
def at_time(session: Session, at: datetime) -> Iterator[None]:
    """Let the session's clock stand at a moment of the past."""
    clock = session.info["clock"]
    session.info["clock"] = FixedClock(at)
    try:
        yield
    finally:
        session.info["clock"] = clock


def _used(session: Session, actor: Actor) -> list[Used]:
    """What the latest finished tickets used, the oldest first."""
    found: list[Used] = []
    rows = [row for row, _ in tickets.resolved(session, actor, PAST_TICKETS)]
    wanted = {number for row in rows for number in _parts_used(row)}
    parts = _parts(session, actor, wanted)
    for row in rows:
        van = queries.van_of(session, actor.tenant_id, row.engineer)
        at = row.closed_at or row.resolved_at
        if van is None or at is None or at >= now(session):
            continue
        found += [
            Used(row, parts[number], pieces, van, at - timedelta(hours=2))
            for number, pieces in _parts_used(row).items()
            if number in parts and parts[number].tracking == "none"
        ]
    return sorted(found, key=lambda used: (used.at, used.ticket.number, used.part.number))


def _parts_used(row: Ticket) -> dict[str, int]:
    used = row.diagnosis.get("parts_used") or {}
    return {str(number): int(pieces) for number, pieces in used.items()}


def _parts(session: Session, actor: Actor, numbers: set[str]) -> dict[str, Part]:
    known = {part.number for part in queries.parts_called(session, actor, numbers)}
    return naming.parts(session, actor, sorted(known)) if known else {}


def _seasons(used: Sequence[Used]) -> list[list[Used]]:
    """Uses in groups of half a year, the oldest first."""
    groups: dict[int, list[Used]] = defaultdict(list)
    for item in used:
        groups[(item.at - used[0].at).days // SEASON].append(item)
    return [groups[number] for number in sorted(groups)]


def _play(session: Session, actor: Actor, used: list[Used]) -> None:
    """Buy, send to the vans, use."""
    start = used[0].at
    wanted: dict[str, int] = defaultdict(int)
    by_van: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    parts = {item.part.number: item.part for item in used}
    for item in used:
        wanted[item.part.number] += item.quantity
        by_van[item.van.code][item.part.number] += item.quantity
    with at_time(session, start - timedelta(days=20)):
        receipts.receive(session, actor, _order(wanted, parts, start))
    for code, lines in sorted(by_van.items()):
        with at_time(session, start - timedelta(days=9)):
            row = transfers.create(
                session, actor,
                CreateTransfer(
                    source=CENTRE, target=code, ship=True,
                    lines=[TransferLine(part=n, quantity=q) for n, q in sorted(lines.items())],
                ),
            )  # fmt: skip
        with at_time(session, start - timedelta(days=6)):
            service.receive_transfer(session, actor, ReceiveTransfer(transfer_id=row.id))
    with at_time(session, used[-1].at):
        held = ledger.hold(session, actor, parts.values())
        ledger.post(session, actor, [_use(item) for item in used], held)


def _order(wanted: dict[str, int], parts: dict[str, Part], start: datetime) -> Receive:
    """What the centre buys; prices rise a little from season to season."""
    rise = Decimal(1) + Decimal(start.toordinal() % 5) / 100
    lines = []
    for number, quantity in sorted(wanted.items()):
        part, cost = parts[number], None
        if part.unit_price is not None and part.currency:
            cost = Money.of(part.unit_price * COST_SHARE * rise, part.currency)
        lines.append(ReceiptLine(part=number, quantity=quantity, unit_cost=cost))
    return Receive(
        location=CENTRE, supplier=SUPPLIERS[start.month % len(SUPPLIERS)],
        document=f"PO-{start:%Y%m}", lines=lines,
    )  # fmt: skip


def _use(item: Used) -> Posting:
    return Posting(
        "use", item.part, item.quantity, End(item.van.id), End(account=CUSTOMER),
        reference_type="ticket", reference=item.ticket.number, ticket=item.ticket.number,
        asset=item.ticket.serial, happened_at=item.at,
    )  # fmt: skip
