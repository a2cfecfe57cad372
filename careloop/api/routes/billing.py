"""What service costs and is sold for: rates, price lists, exchange rates, rules, the summary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from careloop.api.auth import BillingReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.billing import price_lists, queries, rates, summary
from careloop.crm_core.billing.models import RateKind
from careloop.crm_core.billing.price_asking import asked_price
from careloop.crm_core.billing.rate_schemas import (
    ChangeRate,
    CopyPriceList,
    CreatePriceList,
    CreateRate,
    ExchangeRateView,
    FoundPrice,
    ItemKind,
    PriceListCopy,
    PriceListPage,
    PriceListReplacement,
    PriceListView,
    RateChanges,
    RateView,
    ReplacePriceList,
    SetExchangeRate,
)  # fmt: skip
from careloop.crm_core.billing.schemas import (
    BillingDay,
    BillingRulesView,
    Hours,
    SetBillingRules,
)  # fmt: skip
from careloop.crm_core.billing.summary_schemas import BillingSummary, Group
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput

router = APIRouter(prefix="/v1", tags=["billing"])
YEAR = timedelta(days=365)
LONGEST = timedelta(days=366 * 5)


@router.get("/billing/rates")
def cost_rates(
    session: SessionDep, actor: BillingReaderDep, kind: RateKind | None = None,
    on: BillingDay | None = None, cursor: str = "", limit: Limit = 200,
) -> Page[RateView]:  # fmt: skip
    """What an hour, a kilometre or a call-out costs the maker, and when."""
    place = decode_cursor(cursor, 1)
    after = str(place[0]) if place else ""
    rows = queries.rates(session, actor, kind or "", on, after, limit + 1)
    return Page(
        items=[rates.rate_view(row) for row in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("/billing/rates", status_code=201)
def create_rate(
    services: ServicesDep, actor: StaffDep, body: CreateRate, response: Response,
    key: RequiredKeyDep,
) -> RateView:  # fmt: skip
    """Add a rate; one for the same that runs without end ends the day before it begins."""
    view = act(services, actor, "billing.create_rate", body, RateView, key)
    tag(response, view.version)
    return view


@router.patch("/billing/rates/{rate_id}")
def change_rate(
    services: ServicesDep, actor: StaffDep, rate_id: str, body: RateChanges, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> RateView:  # fmt: skip
    """Mend or end a rate; bills that are kept stay as they are."""
    command = ChangeRate.model_validate(_given(body, base, rate_id=rate_id))
    view = act(services, actor, "billing.change_rate", command, RateView, key)
    tag(response, view.version)
    return view


@router.get("/billing/exchange-rates")
def exchange_rates(
    session: SessionDep, actor: BillingReaderDep, base: str = "", quote: str = "",
    cursor: str = "", limit: Limit = 50,
) -> Page[ExchangeRateView]:  # fmt: skip
    """Exchange rates that were entered, the latest entered first."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    rows = queries.exchange_rates(session, actor, base, quote, before, limit + 1)
    return Page(
        items=[rates.exchange_view(row) for row in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("/billing/exchange-rates", status_code=201)
def set_exchange_rate(
    services: ServicesDep, actor: StaffDep, body: SetExchangeRate, key: KeyDep = None
) -> ExchangeRateView:
    """Enter a rate for a day; entered again for that day, it is mended."""
    return act(services, actor, "billing.set_exchange_rate", body, ExchangeRateView, key)


@router.get("/billing/rules")
def billing_rules(
    session: SessionDep, actor: BillingReaderDep, response: Response
) -> BillingRulesView:
    """Taxes, series, limits, calendars and the seller's own facts."""
    view = queries.rules(session, actor.tenant_id)
    tag(response, view.version)
    return view


@router.put("/billing/rules")
def set_billing_rules(
    services: ServicesDep, actor: StaffDep, body: SetBillingRules, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> BillingRulesView:  # fmt: skip
    """Change them; what was issued or kept stays as it was."""
    command = body if base is None else body.model_copy(update={"version": base})
    view = act(services, actor, "billing.set_rules", command, BillingRulesView, key)
    tag(response, view.version)
    return view


@router.get("/price-lists")
def lists(
    session: SessionDep, actor: BillingReaderDep, q: str = "", currency: str = "",
    on: BillingDay | None = None, cursor: str = "", limit: Limit = 50,
) -> Page[PriceListView]:  # fmt: skip
    """Price lists by code; with `on` those that hold on that day."""
    place = decode_cursor(cursor, 1)
    after = str(place[0]) if place else ""
    rows = queries.price_lists(session, actor, q, currency, on, after, limit + 1)
    return Page(
        items=price_lists.views(session, actor, rows[:limit], now(session).date()),
        next_cursor=encode_cursor(rows[limit - 1].code) if len(rows) > limit else None,
    )


@router.post("/price-lists", status_code=201)
def create_list(
    services: ServicesDep, actor: StaffDep, body: CreatePriceList, response: Response,
    key: RequiredKeyDep,
) -> PriceListView:  # fmt: skip
    """Add a price list."""
    view = act(services, actor, "billing.create_price_list", body, PriceListView, key)
    tag(response, view.version)
    return view


@router.get("/price-lists/price")
def price(
    session: SessionDep, actor: BillingReaderDep, kind: ItemKind, code: str = "",
    hours: Hours = "", ticket: str = "", customer_id: str = "", price_list: str = "",
    currency: str = "", on: BillingDay | None = None,
) -> FoundPrice:  # fmt: skip
    """What a unit is sold for to a customer on a day, and by which list."""
    return asked_price(
        session, actor, kind, code, hours, ticket=ticket, customer_id=customer_id,
        price_list=price_list, currency=currency.upper(), on=on,
    )  # fmt: skip


@router.get("/price-lists/{price_list}")
def one_list(
    session: SessionDep, actor: BillingReaderDep, price_list: str, response: Response
) -> PriceListPage:
    """A price list with its prices."""
    row = queries.price_list(session, actor, price_list)
    tag(response, row.version)
    return price_lists.page(session, row, now(session).date())


@router.put("/price-lists/{price_list}")
def replace_list(
    services: ServicesDep, actor: StaffDep, price_list: str, body: PriceListReplacement,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> PriceListView:  # fmt: skip
    """Change a price list; without `items` its prices stay."""
    command = ReplacePriceList.model_validate(_given(body, base, price_list=price_list))
    view = act(services, actor, "billing.replace_price_list", command, PriceListView, key)
    tag(response, view.version)
    return view


@router.post("/price-lists/{price_list}/copy", status_code=201)
def copy_list(
    services: ServicesDep, actor: StaffDep, price_list: str, body: PriceListCopy,
    response: Response, key: RequiredKeyDep,
) -> PriceListView:  # fmt: skip
    """Add the list that follows this one; this one ends the day before."""
    command = CopyPriceList(price_list=price_list, **dict(body))
    view = act(services, actor, "billing.copy_price_list", command, PriceListView, key)
    tag(response, view.version)
    return view


@router.get("/billing/summary")
def billing_summary(
    session: SessionDep, actor: BillingReaderDep, by: Group = "model",
    since: Annotated[BillingDay | None, Query(description="First day; none: a year ago.")] = None,
    until: Annotated[BillingDay | None, Query(description="Last day; none: today.")] = None,
) -> BillingSummary:  # fmt: skip
    """What service cost by the bills that closed in a span of days, and who bore it."""
    last: date = until or now(session).date()
    first: date = since or last - YEAR
    if first > last:
        raise InvalidInput("The span ends before it begins", since="is after until")
    if last - first > LONGEST:
        raise InvalidInput("Ask for five years at most", since="is too early")
    return summary.summary(session, actor, first, last, by)


def _given(body: BaseModel, base: int | None, **names: str) -> dict[str, Any]:
    """What the caller sent, for the row of the path; `If-Match` wins over the body."""
    given = {**body.model_dump(exclude_unset=True), **names}
    if base is not None:
        given["version"] = base
    return given
