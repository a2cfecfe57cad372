"""Commands and views of cost rates, exchange rates and price lists."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.billing.models import RateKind
from careloop.crm_core.billing.schemas import (
    BillingDay,
    Country,
    Currency,
    Digits,
    Hours,
    OptionalText,
    Percent,
    Quantity,
    TaxCode,
    UnitAmount,
)  # fmt: skip

ListCode = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")
]
ItemKind = Literal["part", "labour", "travel_time", "travel_km", "call_out", "fixed"]
Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class RateFacts(BaseModel):
    """What one unit costs the maker: an hour of labour or travel, a kilometre, a call-out."""

    kind: RateKind = Field(description="What it is for.")
    level: int | None = Field(None, ge=1, le=9, description="Engineer's level; none: every one.")
    hours: Hours = Field("", description="Kind of hours, for labour and travel; empty: every one.")
    country: Country = Field("", description="Country of the customer; empty: every one.")
    amount: UnitAmount = Field(description="Cost of one unit.")
    valid_from: BillingDay = Field(description="First day.")
    valid_until: BillingDay | None = Field(
        None, description="Last day; none: until further notice."
    )
    note: OptionalText = Field("", max_length=300, description="Why, or from where.")

    @model_validator(mode="after")
    def _in_order(self) -> RateFacts:
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        if self.kind not in {RateKind.LABOUR, RateKind.TRAVEL_TIME} and (self.level or self.hours):
            raise ValueError("level and hours are for labour and travel time only")
        return self


class CreateRate(RateFacts):
    """A new rate. One that runs without end until then ends the day before."""


class RateChanges(BaseModel):
    """Mend a rate; closed bills keep what they were computed with."""

    amount: UnitAmount | None = Field(None, description="Cost of one unit.")
    valid_until: BillingDay | None = Field(None, description="Last day.")
    note: OptionalText | None = Field(None, max_length=300, description="Why, or from where.")
    version: int | None = Field(None, description="Version the change is based on.")


class ChangeRate(RateChanges):
    """Mend a rate."""

    rate_id: str = Field(max_length=26, description="Id of the rate.")


class RateView(RateFacts):
    """A rate; `unit` is hour, km or visit."""

    id: str
    unit: str
    version: int


class SetExchangeRate(BaseModel):
    """How much of `quote` one unit of `base` is from a day on; entered by a person."""

    base: Currency = Field(description="Currency of the one unit.")
    quote: Currency = Field(description="Currency of the rate.")
    rate: Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,10})?$")] = Field(
        description='E.g. "7.8123".'
    )
    valid_on: BillingDay = Field(description="From this day on, until a later one is entered.")
    note: OptionalText = Field("", max_length=300, description="Source.")

    @model_validator(mode="after")
    def _makes_sense(self) -> SetExchangeRate:
        if self.base == self.quote:
            raise ValueError("base and quote are the same currency")
        if not self.rate.strip("0."):
            raise ValueError("the rate must be above 0")
        return self


class ExchangeRateView(SetExchangeRate):
    """An exchange rate."""

    id: str
    version: int


class PriceItemFacts(BaseModel):
    """One price. `code` is a part's number (or its beginning and `*`), a level, or a service."""

    kind: ItemKind = Field(description="What it prices.")
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = Field(
        "", description="Part number, engineer's level, or code of a service; empty: every one."
    )
    hours: Hours = Field("", description="Kind of hours; empty: every one.")
    names: dict[str, Annotated[str, StringConstraints(max_length=300)]] = Field(
        default_factory=dict, max_length=20, description="Name by language."
    )
    unit: str = Field("", max_length=20, description="Unit; empty: the usual one.")
    price: Digits = Field(description="Of one unit; of an hour for labour and travel.")
    discount: Percent | None = Field(None, description="Percent; none: that of the list.")
    minimum: Quantity | None = Field(None, description="Least quantity charged; minutes of time.")
    step: Quantity | None = Field(None, description="Charged in whole steps; minutes of time.")
    tax_code: TaxCode = Field("", description="Tax code; empty: that of the list.")

    @model_validator(mode="after")
    def _named(self) -> PriceItemFacts:
        if self.kind in {"part", "fixed"} and not self.code:
            raise ValueError("code: a part or a service needs one")
        if self.hours and self.kind not in {"labour", "travel_time"}:
            raise ValueError("hours are for labour and travel time only")
        if self.step is not None and not self.step.strip("0."):
            raise ValueError("step: must be above 0")
        return self


class PriceListFacts(BaseModel):
    """For whom and when a price list holds. What names nothing holds for all."""

    name: OptionalText = Field("", max_length=200, description="Name for people.")
    currency: Currency
    tiers: list[Named] = Field(default_factory=list, max_length=20, description="Customer tiers.")
    contracts: list[Named] = Field(default_factory=list, max_length=200, description="Contracts.")
    countries: list[Country] = Field(default_factory=list, max_length=100, description="Countries.")
    valid_from: BillingDay = Field(description="First day.")
    valid_until: BillingDay | None = Field(None, description="Last day.")
    priority: int = Field(0, ge=-100, le=100, description="Of equals, the higher one holds.")
    discount: Percent = Field("0", description="Percent on what has no discount of its own.")
    minimum: Digits | None = Field(None, description="Least charge of a ticket, without tax.")
    rounding: Digits = Field("0", description="Step of a line's amount; 0: the currency's own.")
    tax_code: TaxCode = Field("", description="Tax code of what names none.")
    active: bool = Field(True, description="Whether it is in use.")
    note: OptionalText = Field("", max_length=500, description="Anything else.")

    @model_validator(mode="after")
    def _in_order(self) -> PriceListFacts:
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        return self


class CreatePriceList(PriceListFacts):
    """A new price list."""

    code: ListCode = Field(description="Short name that does not change.")
    items: list[PriceItemFacts] = Field(
        default_factory=list, max_length=2000, description="Prices."
    )


class PriceListReplacement(PriceListFacts):
    """A price list as it shall be; without `items` its prices stay."""

    items: list[PriceItemFacts] | None = Field(None, max_length=2000, description="Prices.")
    version: int | None = Field(None, description="Version the change is based on.")


class ReplacePriceList(PriceListReplacement):
    """Change a price list."""

    price_list: str = Field(max_length=60, description="Code of the price list.")


class PriceListCopy(BaseModel):
    """The list that follows another: it begins on a day, the other ends the day before."""

    code: ListCode = Field(description="Code of the new list.")
    valid_from: BillingDay = Field(description="First day of the new list.")
    raise_percent: Annotated[str, StringConstraints(pattern=r"^-?\d{1,2}(\.\d{1,2})?$")] = Field(
        "0", description="Change of every price, in percent."
    )


class CopyPriceList(PriceListCopy):
    """Copy a price list."""

    price_list: str = Field(max_length=60, description="Code of the list that is copied.")


class PriceListView(PriceListFacts):
    """A price list without its prices; `state` is active, upcoming, ended or off."""

    code: str
    state: str
    items_count: int
    version: int
    created_at: str
    updated_at: str


class PriceListPage(PriceListView):
    """A price list with its prices."""

    items: list[PriceItemFacts]


class FoundPrice(BaseModel):
    """What a unit is sold for, and where that is from; `price` is null where nothing is known."""

    kind: str
    code: str
    hours: str
    name: str
    unit: str
    per: int
    price: UnitAmount | None
    discount: str
    minimum: str | None
    step: str | None
    price_list: str
    origin: str = Field(description="`list:<code>`, `catalogue`, or empty.")
    tax_code: str
    on: date
    reasons: list[str]
