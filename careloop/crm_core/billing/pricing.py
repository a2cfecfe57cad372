"""Which price holds for whom on a day, and which rate a cost is computed by.

A `Tariff` reads the maker's rates and lists once and answers from memory, so that a ticket with
many lines costs a handful of selects. Amounts of two currencies are converted only by a rate
that a person entered for that day or before; without one they stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.billing import queries
from careloop.crm_core.billing.amounts import UNIT_STEP
from careloop.crm_core.billing.models import CostRate, ExchangeRate, PriceItem, PriceList, RateKind
from careloop.crm_core.billing.schemas import BillingRulesView
from careloop.crm_core.catalog.models import Part

HOUR = 60
TIMED = frozenset({"labour", "travel_time"})
USUAL_UNIT = {
    "labour": "min", "travel_time": "min", "travel_km": "km", "call_out": "visit", "part": "pcs",
    "fixed": "pcs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Buyer:
    """For whom something is priced."""

    tier: str = ""
    country: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """A price of `per` units, and where it is from; `price` is None where none is known."""

    price: Decimal | None
    currency: str
    per: int
    unit: str
    discount: Decimal = Decimal(0)
    minimum: Decimal | None = None
    step: Decimal | None = None
    rounding: Decimal = Decimal(0)
    price_list: str = ""
    origin: str = ""
    tax_code: str = ""
    names: dict[str, str] = field(default_factory=dict)
    reason: str = ""


class Tariff:
    """Rates, price lists and rules of one maker, as they are now."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session, self._tenant_id = session, tenant_id
        self.rules: BillingRulesView = queries.rules(session, tenant_id)
        self._rates = queries.rates_of_tenant(session, tenant_id)
        self._lists = queries.lists_of_tenant(session, tenant_id)
        self._items: dict[str, dict[tuple[str, str, str], PriceItem]] = {}
        self._exchange: dict[tuple[str, str, date], ExchangeRate | None] = {}

    def cost_rate(
        self, kind: RateKind, on: date, *, level: int | None = None, hours: str = "",
        country: str = "",
    ) -> CostRate | None:  # fmt: skip
        """The most exact rate of that day: by level first, then kind of hours, then country."""
        fitting = [
            rate
            for rate in self._rates
            if rate.kind == kind and rate.holds(on)
            and rate.level in (None, level) and rate.hours in ("", hours)
            and rate.country in ("", country)
        ]  # fmt: skip
        return max(fitting, key=_exactness, default=None)

    def price_list(self, buyer: Buyer, on: date, currency: str = "") -> PriceList | None:
        """The list that holds: one that names the contract, the tier, the country; then the
        higher priority, the later first day, the code."""
        fitting = [
            row
            for row in self._lists
            if row.holds(on)
            and (not currency or row.currency == currency)
            and (not row.contracts or buyer.contract in row.contracts)
            and (not row.tiers or buyer.tier in row.tiers)
            and (not row.countries or buyer.country in row.countries)
        ]
        return max(
            fitting,
            key=lambda row: (
                bool(row.contracts), bool(row.tiers), bool(row.countries), row.priority,
                row.valid_from, row.code,
            ),
            default=None,
        )  # fmt: skip

    def named_list(self, code: str) -> PriceList | None:
        return next((row for row in self._lists if row.code == code), None)

    def price(
        self, row: PriceList | None, kind: str, code: str, on: date, hours: str = "",
        part: Part | None = None,
    ) -> Priced:  # fmt: skip
        """The price of one unit by a list; a part that it leaves out at its catalogue price."""
        per = HOUR if kind in TIMED else 1
        unit = USUAL_UNIT[kind]
        if row is None:
            return Priced(None, "", per, unit, reason="no_price_list")
        item = self._item(row, kind, code, hours)
        if item is not None:
            discount = row.discount if item.discount is None else item.discount
            return Priced(
                item.price, row.currency, per, (per == 1 and item.unit) or unit, discount,
                item.minimum, item.step, row.rounding, row.code, f"list:{row.code}",
                item.tax_code or row.tax_code, dict(item.names), "price_of_list",
            )  # fmt: skip
        if kind != "part" or part is None or part.unit_price is None or not part.currency:
            empty = Priced(None, row.currency, per, unit, price_list=row.code)
            return _because(empty, row.tax_code, "no_price")
        converted = self.convert(part.unit_price, part.currency, row.currency, on)
        price, currency = (
            (part.unit_price, part.currency) if converted is None else (converted, row.currency)
        )
        return Priced(
            price, currency, per, part.unit or unit, row.discount, rounding=row.rounding,
            price_list=row.code, origin="catalogue", tax_code=row.tax_code,
            reason="price_of_catalogue" if currency == part.currency else "price_converted",
        )  # fmt: skip

    def convert(self, amount: Decimal, base: str, quote: str, on: date) -> Decimal | None:
        """The amount in another currency to four decimals; None without a rate of that day."""
        if base == quote:
            return amount
        key = (base, quote, on)
        if key not in self._exchange:
            self._exchange[key] = queries.rate_between(
                self._session, self._tenant_id, base, quote, on
            )
        found = self._exchange[key]
        if found is None:
            return None
        exact = amount * found.rate if found.base == base else amount / found.rate
        return exact.quantize(UNIT_STEP)

    def _item(self, row: PriceList, kind: str, code: str, hours: str) -> PriceItem | None:
        """Of the code itself first, then of the longest beginning, then of every code; for each,
        of these hours before all hours."""
        if row.id not in self._items:
            self._items[row.id] = {
                (item.kind, item.code, item.hours): item
                for item in queries.items(self._session, row)
            }
        known = self._items[row.id]
        names = [code] if code else []
        if kind == "part":
            names += [f"{code[:size]}*" for size in range(len(code) - 1, 0, -1)]
        for name in [*names, *([""] if kind not in {"part", "fixed"} else [])]:
            for band in (hours, "") if hours else ("",):
                if (kind, name, band) in known:
                    return known[kind, name, band]
        return None


def _exactness(rate: CostRate) -> tuple[bool, bool, bool, date, str]:
    return (
        rate.level is not None, bool(rate.hours), bool(rate.country), rate.valid_from, rate.id,
    )  # fmt: skip


def _because(found: Priced, tax_code: str, reason: str) -> Priced:
    return Priced(
        found.price, found.currency, found.per, found.unit, price_list=found.price_list,
        tax_code=tax_code, reason=reason,
    )  # fmt: skip
