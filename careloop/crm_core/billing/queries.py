"""Selects of rates, price lists, exchange rates and the rules of billing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing.models import (
    BillingRules,
    CostRate,
    ExchangeRate,
    PriceItem,
    PriceList,
)  # fmt: skip
from careloop.crm_core.billing.schemas import BillingRulesFacts, BillingRulesView
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def may_read(actor: Actor) -> bool:
    """Whether the actor may see what service costs and is sold for."""
    return actor.is_staff and actor.may("billing:read")


def rates_visible_to(actor: Actor) -> Select[CostRate]:
    """Cost rates, for staff who may read billing."""
    statement = select(CostRate).where(CostRate.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


def lists_visible_to(actor: Actor) -> Select[PriceList]:
    """Price lists, for staff who may read billing."""
    statement = select(PriceList).where(PriceList.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


def exchange_visible_to(actor: Actor) -> Select[ExchangeRate]:
    """Exchange rates, for staff who may read billing."""
    statement = select(ExchangeRate).where(ExchangeRate.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


def rates(
    session: Session, actor: Actor, kind: str = "", on: date | None = None, after: str = "",
    limit: int = 200,
) -> list[CostRate]:  # fmt: skip
    """Cost rates by id, those after `after`; with `on` those of that day."""
    statement = rates_visible_to(actor)
    if kind:
        statement = statement.where(CostRate.kind == kind)
    if on is not None:
        statement = statement.where(
            CostRate.valid_from <= on,
            or_(CostRate.valid_until.is_(None), CostRate.valid_until >= on),
        )
    if after:
        statement = statement.where(CostRate.id > after)
    return list(session.scalars(statement.order_by(CostRate.id).limit(limit)))


def rate(session: Session, actor: Actor, rate_id: str, lock: bool = False) -> CostRate:
    statement = rates_visible_to(actor).where(CostRate.id == rate_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such rate")
    return found


def rates_of_tenant(session: Session, tenant_id: str) -> list[CostRate]:
    """Every rate of a maker, for the house's own sums."""
    statement = select(CostRate).where(CostRate.tenant_id == tenant_id)
    return list(session.scalars(statement.order_by(CostRate.valid_from, CostRate.id)))


def same_rates(session: Session, row: CostRate) -> list[CostRate]:
    """Other rates for the same, by their first day."""
    statement = select(CostRate).where(
        CostRate.tenant_id == row.tenant_id,
        CostRate.id != row.id,
        CostRate.kind == row.kind,
        CostRate.hours == row.hours,
        CostRate.country == row.country,
        CostRate.level.is_(None) if row.level is None else CostRate.level == row.level,
    )
    return list(session.scalars(statement.order_by(CostRate.valid_from)))


def price_lists(
    session: Session, actor: Actor, q: str = "", currency: str = "", on: date | None = None,
    after: str = "", limit: int = 50,
) -> list[PriceList]:  # fmt: skip
    """Price lists by code, those after `after`; with `on` those that hold on that day."""
    statement = lists_visible_to(actor)
    if q:
        word = q.lower()
        statement = statement.where(
            or_(
                func.lower(PriceList.code).contains(word, autoescape=True),
                func.lower(PriceList.name).contains(word, autoescape=True),
            )
        )
    if currency:
        statement = statement.where(PriceList.currency == currency.upper())
    if on is not None:
        statement = statement.where(
            PriceList.active,
            PriceList.valid_from <= on,
            or_(PriceList.valid_until.is_(None), PriceList.valid_until >= on),
        )
    if after:
        statement = statement.where(PriceList.code > after)
    return list(session.scalars(statement.order_by(PriceList.code).limit(limit)))


def price_list(session: Session, actor: Actor, code: str, lock: bool = False) -> PriceList:
    statement = lists_visible_to(actor).where(PriceList.code == code.strip())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no price list {code} that you may see")
    return found


def lists_of_tenant(session: Session, tenant_id: str) -> list[PriceList]:
    """Every active price list of a maker, for the house's own sums."""
    statement = select(PriceList).where(PriceList.tenant_id == tenant_id, PriceList.active)
    return list(session.scalars(statement.order_by(PriceList.code)))


def code_taken(session: Session, tenant_id: str, code: str) -> bool:
    statement = select(PriceList.id).where(PriceList.tenant_id == tenant_id, PriceList.code == code)
    return session.scalar(statement) is not None


def items(session: Session, row: PriceList) -> list[PriceItem]:
    """Prices of a list in their order."""
    statement = select(PriceItem).where(
        PriceItem.tenant_id == row.tenant_id, PriceItem.price_list_id == row.id
    )
    return list(session.scalars(statement.order_by(PriceItem.position)))


def item_counts(session: Session, tenant_id: str, list_ids: Iterable[str]) -> dict[str, int]:
    """How many prices each list has."""
    statement = (
        select(PriceItem.price_list_id, func.count())
        .where(PriceItem.tenant_id == tenant_id, PriceItem.price_list_id.in_(list(list_ids)))
        .group_by(PriceItem.price_list_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def exchange_rates(
    session: Session, actor: Actor, base: str = "", quote: str = "", before: str = "",
    limit: int = 50,
) -> list[ExchangeRate]:  # fmt: skip
    """Exchange rates, the last entered first, those before the id `before`."""
    statement = exchange_visible_to(actor)
    if base:
        statement = statement.where(ExchangeRate.base == base.upper())
    if quote:
        statement = statement.where(ExchangeRate.quote == quote.upper())
    if before:
        statement = statement.where(ExchangeRate.id < before)
    return list(session.scalars(statement.order_by(ExchangeRate.id.desc()).limit(limit)))


def exchange_rate_of(
    session: Session, tenant_id: str, base: str, quote: str, on: date
) -> ExchangeRate | None:
    """The rate entered for exactly that day."""
    statement = select(ExchangeRate).where(
        ExchangeRate.tenant_id == tenant_id, ExchangeRate.base == base,
        ExchangeRate.quote == quote, ExchangeRate.valid_on == on,
    )  # fmt: skip
    return session.scalar(statement.with_for_update())


def rate_between(
    session: Session, tenant_id: str, base: str, quote: str, on: date
) -> ExchangeRate | None:
    """The latest rate of that day or before between two currencies, whichever is the base."""
    either = or_(
        and_(ExchangeRate.base == base, ExchangeRate.quote == quote),
        and_(ExchangeRate.base == quote, ExchangeRate.quote == base),
    )
    statement = select(ExchangeRate).where(
        ExchangeRate.tenant_id == tenant_id, ExchangeRate.valid_on <= on, either
    )
    # Of the two directions on one day, the one that was asked for comes first.
    order = (ExchangeRate.valid_on.desc(), (ExchangeRate.base == base).desc())
    return session.scalar(statement.order_by(*order).limit(1))


def rules_row(session: Session, tenant_id: str, lock: bool = False) -> BillingRules | None:
    statement = select(BillingRules).where(BillingRules.tenant_id == tenant_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def rules(session: Session, tenant_id: str) -> BillingRulesView:
    """How the maker bills; version 0 are the defaults, which nobody has changed yet."""
    row = rules_row(session, tenant_id)
    if row is None:
        return BillingRulesView(version=0)
    known = BillingRulesFacts.model_fields
    kept = {name: value for name, value in row.rules.items() if name in known}
    return BillingRulesView(**kept, version=row.version)
