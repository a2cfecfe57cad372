"""Selects of the ledger: moves, sums of moves, locks, serial numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory import queries
from careloop.crm_core.inventory.document_models import (
    StockTransfer,
    StockTransferLine,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.models import (
    StockBalance,
    StockCommand,
    StockMove,
    StockPart,
)  # fmt: skip
from careloop.crm_core.inventory.schemas import Condition, UnitCost
from careloop.crm_core.inventory.views import AccountView, MoveView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import InvalidInput, NotFound

Key = tuple[str, str, str, str]
"""Of a balance: location id, part id, lot, condition."""


def visible_to(actor: Actor) -> Select[StockMove]:
    statement = select(StockMove).where(StockMove.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def moves(
    session: Session,
    actor: Actor,
    *,
    location: str = "",
    part: str = "",
    kind: str = "",
    ticket: str = "",
    work_order: str = "",
    reference: str = "",
    serial: str = "",
    lot: str = "",
    account: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: Sequence[str | int | None] | None = None,
    limit: int = 50,
) -> list[StockMove]:
    """Moves, the last recorded first, those before (recorded_at, id)."""
    statement = visible_to(actor)
    if location:
        row = queries.location(session, actor, location)
        statement = statement.where(or_(StockMove.from_id == row.id, StockMove.to_id == row.id))
    if part:
        found = catalog.parts_by_numbers(session, actor.tenant_id, [part])
        statement = statement.where(StockMove.part_id.in_([row.id for row in found.values()]))
    if account:
        ends = (StockMove.from_account == account, StockMove.to_account == account)
        statement = statement.where(or_(*ends))
    for column, value in (
        (StockMove.kind, kind), (StockMove.ticket, ticket), (StockMove.work_order, work_order),
        (StockMove.reference, reference), (StockMove.serial, serial), (StockMove.lot, lot),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if since:
        statement = statement.where(StockMove.happened_at >= since)
    if until:
        statement = statement.where(StockMove.happened_at < until)
    if before:
        at, last = _instant(before[0]), before[1]
        statement = statement.where(
            or_(
                StockMove.recorded_at < at,
                and_(StockMove.recorded_at == at, StockMove.id < last),
            )
        )
    order = (StockMove.recorded_at.desc(), StockMove.id.desc())
    return list(session.scalars(statement.order_by(*order).limit(limit)))


def _instant(value: str | int | None) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list") from None


def move(session: Session, actor: Actor, move_id: str) -> StockMove:
    found = session.scalar(visible_to(actor).where(StockMove.id == move_id))
    if found is None:
        raise NotFound("There is no such stock move that you may see")
    return found


def reversal_of(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, str]:
    """Ids of the moves that took these back, by the id of the first."""
    statement = select(StockMove.reverses_id, StockMove.id).where(
        StockMove.tenant_id == tenant_id, StockMove.reverses_id.in_(set(ids))
    )
    return {str(first): taken for first, taken in session.execute(statement)}


def moves_of_command(session: Session, tenant_id: str, command_id: str) -> list[StockMove]:
    statement = select(StockMove).where(
        StockMove.tenant_id == tenant_id, StockMove.command_id == command_id
    )
    return list(session.scalars(statement.order_by(StockMove.line)))


def move_views(session: Session, tenant_id: str, rows: Sequence[StockMove]) -> list[MoveView]:
    """Moves as shown."""
    ids = {end for row in rows for end in (row.from_id, row.to_id)}
    codes = queries.codes(session, tenant_id, ids)
    parts = catalog.parts_by_ids(session, tenant_id, {row.part_id for row in rows})
    undone = reversal_of(session, tenant_id, [row.id for row in rows])
    same = (
        "id", "kind", "quantity", "lot", "serial", "condition", "reference_type", "reference",
        "ticket", "work_order", "asset", "partner", "reason", "actor", "command_id",
    )  # fmt: skip
    return [
        MoveView(
            **{name: getattr(row, name) for name in same},
            part=parts[row.part_id].number,
            source=queries.place(codes, row.from_id, row.from_account),
            target=queries.place(codes, row.to_id, row.to_account),
            unit_cost=None if row.unit_cost_amount is None
            else UnitCost(amount=row.unit_cost_amount, currency=row.unit_cost_currency),
            reverses=row.reverses_id,
            reversed_by=undone.get(row.id),
            happened_at=iso(row.happened_at),
            recorded_at=iso(row.recorded_at),
        )
        for row in rows
    ]  # fmt: skip


def command(session: Session, tenant_id: str, command_id: str) -> StockCommand | None:
    statement = select(StockCommand).where(
        StockCommand.tenant_id == tenant_id, StockCommand.command_id == command_id
    )
    return session.scalar(statement)


def held_parts(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, StockPart]:
    """The ledger's rows of these parts, locked in the order of their ids."""
    statement = (
        select(StockPart)
        .where(StockPart.tenant_id == tenant_id, StockPart.part_id.in_(set(ids)))
        .order_by(StockPart.part_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.part_id: row for row in session.scalars(statement)}


def balances_at(
    session: Session, tenant_id: str, pairs: Iterable[tuple[str, str]]
) -> dict[Key, tuple[int, int]]:
    """(on hand, reserved) of all lots and conditions of parts at locations."""
    wanted = sorted(set(pairs))
    if not wanted:
        return {}
    row = StockBalance
    statement = select(
        row.location_id, row.part_id, row.lot, row.condition, row.on_hand, row.reserved
    ).where(row.tenant_id == tenant_id, tuple_(row.location_id, row.part_id).in_(wanted))
    return {
        (place, part, lot, condition): (on_hand, reserved)
        for place, part, lot, condition, on_hand, reserved in session.execute(statement)
    }


def free_elsewhere(session: Session, tenant_id: str, part_id: str) -> dict[str, int]:
    """Free good pieces of a part by location id, the most first."""
    free = func.sum(StockBalance.on_hand - StockBalance.reserved)
    statement = (
        select(StockBalance.location_id, free)
        .where(
            StockBalance.tenant_id == tenant_id,
            StockBalance.part_id == part_id,
            StockBalance.condition == Condition.GOOD,
        )
        .group_by(StockBalance.location_id)
        .having(free > 0)
        .order_by(free.desc(), StockBalance.location_id)
        .limit(6)
    )
    return {place: int(pieces) for place, pieces in session.execute(statement)}


def owned(session: Session, tenant_id: str, part_id: str) -> int:
    """Good pieces of a part in all locations and in transit."""
    here = select(func.coalesce(func.sum(StockBalance.on_hand), 0)).where(
        StockBalance.tenant_id == tenant_id,
        StockBalance.part_id == part_id,
        StockBalance.condition == Condition.GOOD,
    )
    moving = in_transit(session, tenant_id, [part_id]).get(part_id, 0)
    return int(session.scalar(here) or 0) + moving


def in_transit(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, int]:
    """Good pieces of these parts in transit, by part id."""
    return _transit(session, tenant_id, StockTransferLine.part_id.in_(set(ids)))


def all_in_transit(session: Session, tenant_id: str) -> dict[str, int]:
    """Good pieces in transit by part id."""
    return _transit(session, tenant_id)


def _transit(session: Session, tenant_id: str, *where: ColumnElement[bool]) -> dict[str, int]:
    line = StockTransferLine
    statement = (
        select(line.part_id, func.sum(line.quantity - line.received - line.lost))
        .join(
            StockTransfer,
            (StockTransfer.tenant_id == line.tenant_id) & (StockTransfer.id == line.transfer_id),
        )
        .where(
            *where,
            line.tenant_id == tenant_id,
            line.condition == Condition.GOOD,
            StockTransfer.state == TransferState.IN_TRANSIT,
        )
        .group_by(line.part_id)
    )
    return {part: int(pieces) for part, pieces in session.execute(statement)}


def sums(session: Session, tenant_id: str, after: datetime | None = None) -> dict[Key, int]:
    """What all moves add up to at each location; with `after`, those that happened since."""
    halves = []
    for end, sign in ((StockMove.to_id, 1), (StockMove.from_id, -1)):
        half = select(
            end.label("place"), StockMove.part_id, StockMove.lot, StockMove.condition,
            (StockMove.quantity * literal(sign)).label("pieces"),
        ).where(StockMove.tenant_id == tenant_id, end.is_not(None))  # fmt: skip
        halves.append(half.where(StockMove.happened_at > after) if after else half)
    both = union_all(*halves).subquery()
    columns = (both.c.place, both.c.part_id, both.c.lot, both.c.condition)
    statement = select(*columns, func.sum(both.c.pieces)).group_by(*columns)
    return {
        (place, part, lot, condition): int(pieces)
        for place, part, lot, condition, pieces in session.execute(statement)
    }


def moves_at_since(
    session: Session, tenant_id: str, location_id: str, since: datetime
) -> list[StockMove]:
    """Moves into or out of a location that happened after `since`."""
    statement = select(StockMove).where(
        StockMove.tenant_id == tenant_id,
        or_(StockMove.from_id == location_id, StockMove.to_id == location_id),
        StockMove.happened_at > since,
    )
    return list(session.scalars(statement.order_by(StockMove.recorded_at, StockMove.id)))


def account_totals(session: Session, actor: Actor, account: str) -> list[AccountView]:
    """Pieces of each part that an account holds: came minus went."""
    pieces = func.sum(
        case((StockMove.to_account == account, StockMove.quantity), else_=-StockMove.quantity)
    )
    statement = (
        select(StockMove.part_id, pieces)
        .where(
            StockMove.tenant_id == actor.tenant_id,
            or_(StockMove.to_account == account, StockMove.from_account == account),
        )
        .group_by(StockMove.part_id)
        .having(pieces != 0)
    )
    if not actor.may("stock:read"):
        return []
    found = {part: int(total) for part, total in session.execute(statement)}
    parts = catalog.parts_by_ids(session, actor.tenant_id, found)
    return sorted(
        (
            AccountView(account=account, part=parts[part].number, pieces=total)
            for part, total in found.items()
        ),
        key=lambda view: view.part,
    )


def parts_kept(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, StockPart]:
    """What the ledger keeps of these parts, without a lock."""
    statement = select(StockPart).where(
        StockPart.tenant_id == tenant_id, StockPart.part_id.in_(set(ids))
    )
    return {row.part_id: row for row in session.scalars(statement)}


def parts_at(session: Session, tenant_id: str, location_id: str) -> set[str]:
    """Ids of the parts that have a balance at a location."""
    statement = select(StockBalance.part_id).where(
        StockBalance.tenant_id == tenant_id, StockBalance.location_id == location_id
    )
    return set(session.scalars(statement.distinct()))


def minimums(session: Session, tenant_id: str) -> list[tuple[str, str, int]]:
    """(location id, part id, minimum) wherever one is set."""
    statement = select(StockBalance.location_id, StockBalance.part_id, StockBalance.minimum).where(
        StockBalance.tenant_id == tenant_id, StockBalance.minimum.is_not(None)
    )
    return [(place, part, int(least or 0)) for place, part, least in session.execute(statement)]


def levels(session: Session, tenant_id: str) -> list[tuple[str, str, int, int]]:
    """(location id, part id, minimum, maximum) wherever a minimum is set."""
    row = StockBalance
    statement = select(row.location_id, row.part_id, row.minimum, row.maximum).where(
        row.tenant_id == tenant_id, row.minimum.is_not(None)
    )
    return [
        (place, part, int(low or 0), int(low or 0) if high is None else int(high))
        for place, part, low, high in session.execute(statement)
    ]
