"""Selects of locations and balances; staff only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory.document_models import StockRules
from careloop.crm_core.inventory.models import ACCOUNTS, StockBalance, StockLocation, StockLot
from careloop.crm_core.inventory.schemas import Condition
from careloop.crm_core.inventory.views import BalanceView, RulesView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound
from careloop.kit.money import Money

Placed = tuple[StockLocation, StockBalance]


def visible_to(actor: Actor) -> Select[StockBalance]:
    statement = select(StockBalance).where(StockBalance.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def locations_visible_to(actor: Actor) -> Select[StockLocation]:
    statement = select(StockLocation).where(StockLocation.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def location(
    session: Session, actor: Actor, location: str = "", lock: bool = False
) -> StockLocation:
    """The location of that code, however it is cased; `NotFound` names what to look at."""
    statement = locations_visible_to(actor).where(
        func.lower(StockLocation.code) == location.strip().lower()
    )
    if lock:
        statement = statement.with_for_update()
    found = session.scalar(statement.order_by(StockLocation.code))
    if found is None:
        raise NotFound(f"There is no stock location {location!r}; see the list of locations")
    return found


def location_by_id(session: Session, actor: Actor, location_id: str = "") -> StockLocation:
    found = session.scalar(locations_visible_to(actor).where(StockLocation.id == location_id))
    if found is None:
        raise NotFound("There is no such stock location")
    return found


def location_rows(session: Session, actor: Actor) -> list[StockLocation]:
    """All locations by code."""
    return list(session.scalars(locations_visible_to(actor).order_by(StockLocation.code)))


def codes(session: Session, tenant_id: str, ids: Iterable[str | None]) -> dict[str, str]:
    """Codes of locations by id."""
    wanted = {id for id in ids if id}
    if not wanted:
        return {}
    statement = select(StockLocation.id, StockLocation.code).where(
        StockLocation.tenant_id == tenant_id, StockLocation.id.in_(wanted)
    )
    return dict(session.execute(statement).all())


def van_of(session: Session, tenant_id: str, engineer: str) -> StockLocation | None:
    """The van of an engineer."""
    statement = select(StockLocation).where(
        StockLocation.tenant_id == tenant_id,
        StockLocation.engineer == engineer,
        StockLocation.active,
    )
    return session.scalar(statement.order_by(StockLocation.code)) if engineer else None


def balances(
    session: Session,
    actor: Actor,
    *,
    location: str = "",
    part: str = "",
    q: str = "",
    condition: str = "",
    below_minimum: bool = False,
    held: bool = False,
    after: Sequence[str | int | None] | None = None,
    limit: int = 50,
) -> list[Placed]:
    """Balances by location, those after (code, id)."""
    statement = _placed(actor)
    if location:
        statement = statement.where(func.lower(StockLocation.code) == location.strip().lower())
    if part:
        found = catalog.parts_by_numbers(session, actor.tenant_id, [part])
        ids = [row.id for row in found.values()]
        statement = statement.where(StockBalance.part_id.in_(ids))
    if q:
        ids = [row.id for row in catalog.parts_page(session, actor, q, limit=500)]
        statement = statement.where(StockBalance.part_id.in_(ids))
    if condition:
        statement = statement.where(StockBalance.condition == condition)
    if held:
        statement = statement.where(StockBalance.on_hand > 0)
    if below_minimum:
        statement = statement.where(_below_minimum())
    if after:
        statement = statement.where(
            or_(
                StockLocation.code > after[0],
                and_(StockLocation.code == after[0], StockBalance.id > after[1]),
            )
        )
    statement = statement.order_by(StockLocation.code, StockBalance.id).limit(limit)
    found_rows = session.execute(statement.execution_options(populate_existing=True))
    return [(place, row) for place, row in found_rows]


def home_balance(
    session: Session, actor: Actor, location_id: str = "", part_id: str = ""
) -> StockBalance | None:
    """The row of good parts without a lot, where the levels stand."""
    statement = visible_to(actor).where(
        StockBalance.location_id == location_id,
        StockBalance.part_id == part_id,
        StockBalance.lot == "",
        StockBalance.condition == Condition.GOOD,
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def _placed(actor: Actor) -> Select[StockLocation, StockBalance]:
    statement = (
        select(StockLocation, StockBalance)
        .join(
            StockBalance,
            (StockBalance.tenant_id == StockLocation.tenant_id)
            & (StockBalance.location_id == StockLocation.id),
        )
        .where(StockBalance.tenant_id == actor.tenant_id)
    )
    return statement if actor.may("stock:read") else statement.where(false())


def _below_minimum() -> ColumnElement[bool]:
    """Rows with a minimum where all lots of good parts together are below it."""
    lots = aliased(StockBalance)
    total = (
        select(func.coalesce(func.sum(lots.on_hand), 0))
        .where(
            lots.tenant_id == StockBalance.tenant_id,
            lots.location_id == StockBalance.location_id,
            lots.part_id == StockBalance.part_id,
            lots.condition == Condition.GOOD,
        )
        .correlate(StockBalance)
        .scalar_subquery()
    )
    return and_(StockBalance.minimum.is_not(None), total < StockBalance.minimum)


def balances_of_part(session: Session, actor: Actor, part_id: str) -> list[Placed]:
    """Where a part lies, largest free quantity first."""
    if not actor.may("stock:read"):
        return []
    statement = (
        _placed(actor)
        .where(StockBalance.part_id == part_id)
        .order_by((StockBalance.on_hand - StockBalance.reserved).desc(), StockLocation.code)
    )
    found = session.execute(statement.execution_options(populate_existing=True))
    return [(place, row) for place, row in found]


def balance_views(session: Session, tenant_id: str, placed: list[Placed]) -> list[BalanceView]:
    """Balances as shown, with the names of their parts and the ends of their lots."""
    parts = catalog.parts_by_ids(session, tenant_id, {row.part_id for _, row in placed})
    lots = lots_of(session, tenant_id, {row.part_id for _, row in placed if row.lot})
    views = []
    for place, row in placed:
        part = parts[row.part_id]
        lot = lots.get((row.part_id, row.lot))
        views.append(
            BalanceView(
                location=place.code, level=place.level, part=part.number, part_names=part.names,
                unit=part.unit, lot=row.lot, condition=row.condition, on_hand=row.on_hand,
                expires_on=lot.expires_on.isoformat() if lot and lot.expires_on else None,
                reserved=row.reserved, free=row.free, minimum=row.minimum, maximum=row.maximum,
                bin=row.bin, updated_at=iso(row.updated_at),
            )
        )  # fmt: skip
    return views


def lots_of(
    session: Session, tenant_id: str, ids: Iterable[str] = ()
) -> dict[tuple[str, str], StockLot]:
    """Lots of these parts, by part id and lot."""
    wanted = set(ids)
    if not wanted:
        return {}
    statement = select(StockLot).where(
        StockLot.tenant_id == tenant_id, StockLot.part_id.in_(wanted)
    )
    return {(row.part_id, row.lot): row for row in session.scalars(statement)}


def part_by_id(session: Session, actor: Actor, part_id: str) -> Part:
    """A part of this company."""
    found = catalog.parts_by_ids(session, actor.tenant_id, [part_id]).get(part_id)
    if found is None:
        raise NotFound("There is no such part")
    return found


def place(codes_by_id: dict[str, str], location_id: str | None, account: str) -> str:
    """The code of a location, or the name of the account."""
    return codes_by_id.get(location_id or "", "") or account


def is_account(code: str) -> bool:
    """Whether a code names an account rather than a location."""
    return code.strip().lower() in ACCOUNTS


def rules(session: Session, tenant_id: str) -> StockRules | None:
    """The company's own rules; None where the defaults hold."""
    return session.get(StockRules, (tenant_id,))


def rules_view(row: StockRules | None) -> RulesView:
    if row is None:
        return RulesView(own_approval=False, second_approval_above=None, reservation_hours=168)
    limit = Money.of(row.second_amount, row.second_currency) if row.second_amount else None
    return RulesView(
        own_approval=row.own_approval, second_approval_above=limit,
        reservation_hours=row.reservation_hours,
    )  # fmt: skip


def parts_by_ids(session: Session, actor: Actor, ids: Iterable[str] = ()) -> dict[str, Part]:
    """Parts of this company by id."""
    return catalog.parts_by_ids(session, actor.tenant_id, ids)


def parts_called(session: Session, actor: Actor, numbers: Iterable[str] | None = ()) -> list[Part]:
    """Parts of these numbers that are on file, by number; None means all."""
    if numbers is None:
        return catalog.parts_page(session, actor, limit=100_000)
    found = catalog.parts_by_numbers(session, actor.tenant_id, numbers)
    return sorted(found.values(), key=lambda part: part.number)
