"""What all of billing shares: amounts, and how a maker bills."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.billing.amounts import plain
from careloop.kit.errors import InvalidInput
from careloop.kit.money import Money

MAX_AMOUNT = Decimal(10) ** 9


def _currency(code: str) -> str:
    try:
        return Money.of("0", code).currency
    except InvalidInput as error:
        raise ValueError(error.message) from None


def _day(day: date) -> date:
    if not 1970 <= day.year <= 2200:
        raise ValueError("lies outside the years 1970 to 2200")
    return day


Currency = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_currency),
    Field(description="ISO 4217 code, e.g. EUR."),
]  # fmt: skip
Digits = Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,4})?$")]
"""A decimal that is not negative, with up to four decimals."""
Quantity = Annotated[str, StringConstraints(pattern=r"^\d{1,7}(\.\d{1,3})?$")]
Percent = Annotated[str, StringConstraints(pattern=r"^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$")]
BillingDay = Annotated[date, AfterValidator(_day)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Reasoned = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
TaxCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
SeriesCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,9}$")]
Hours = Literal["", "normal", "overtime", "night", "holiday"]


class Amount(BaseModel):
    """An exact amount, as text, with its currency; negative where money is given back."""

    amount: str
    currency: str

    @classmethod
    def of(cls, money: Money | None) -> Amount | None:
        return None if money is None else cls.exactly(money)

    @classmethod
    def exactly(cls, money: Money) -> Amount:
        return cls(amount=format(money.amount, "f"), currency=money.currency)


class UnitAmount(BaseModel):
    """The amount of one unit, with up to four decimals; not negative."""

    amount: Digits = Field(description='E.g. "85.50".')
    currency: Currency

    def value(self) -> Decimal:
        return Decimal(self.amount)

    @classmethod
    def of(cls, amount: Decimal | None, currency: str) -> UnitAmount | None:
        if amount is None or not currency:
            return None
        return cls(amount=plain(amount), currency=currency)


class TaxRate(BaseModel):
    """A rate of tax under a code; a person enters it, nothing here guesses it."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    name: str = Field("", max_length=120, description="As it stands on papers.")
    rate: Percent = Field(description="Percent.")


class Series(BaseModel):
    """A series of numbers; they follow each other without a gap within a year."""

    code: SeriesCode = Field(description="First part of the numbers, e.g. INV.")
    kind: Literal["invoice", "credit_note"] = Field(description="What it numbers.")
    name: str = Field("", max_length=120, description="Name for people.")


class Seller(BaseModel):
    """Who sends quotes and invoices."""

    name: str = Field("", max_length=200, description="Company, as on papers.")
    address: str = Field("", max_length=500, description="Address, in lines.")
    tax_number: str = Field("", max_length=60, description="Number for the tax office.")
    bank: str = Field("", max_length=500, description="Where to pay, in lines.")
    note: str = Field("", max_length=500, description="Foot of papers.")


class BillingRulesFacts(BaseModel):
    """How this maker bills."""

    currency: Currency = Field("EUR", description="Currency in which totals are also shown.")
    calendar: str = Field("", max_length=60, description="Calendar of normal hours; none: all.")
    calendars: dict[str, str] = Field(
        default_factory=dict, max_length=100, description="Calendar by country of the customer."
    )
    night_from: Clock = Field("22:00", description="When the night begins.")
    night_until: Clock = Field("06:00", description="When the night ends.")
    approval_above: list[UnitAmount] = Field(
        default_factory=list, max_length=30,
        description="Quotes above this amount, tax included, need a manager; one a currency. A "
        "currency that is not named needs one always, once any is named.",
    )  # fmt: skip
    four_eyes: bool = Field(False, description="Nobody releases a quote of their own.")
    quote_days: int = Field(30, ge=1, le=365, description="Days a quote is open by default.")
    payment_days: int = Field(30, ge=0, le=365, description="Days to pay an invoice.")
    taxes: list[TaxRate] = Field(default_factory=list, max_length=50, description="Tax rates.")
    series: list[Series] = Field(
        default_factory=lambda: [
            Series(code="INV", kind="invoice", name="Invoices"),
            Series(code="CN", kind="credit_note", name="Credit notes"),
        ],
        max_length=20, description="Series of numbers; the first of a kind is the usual one.",
    )  # fmt: skip
    seller: Seller = Field(default_factory=lambda: Seller(), description="Who sends papers.")

    @model_validator(mode="after")
    def _each_once(self) -> BillingRulesFacts:
        for name, codes in (
            ("taxes", [tax.code for tax in self.taxes]),
            ("series", [one.code for one in self.series]),
            ("approval_above", [limit.currency for limit in self.approval_above]),
        ):
            if len(codes) != len(set(codes)):
                raise ValueError(f"{name}: the same is named twice")
        kinds = {one.kind for one in self.series}
        if kinds != {"invoice", "credit_note"}:
            raise ValueError("series: name one for invoices and one for credit notes")
        return self

    def tax(self, code: str) -> Decimal | None:
        """The rate of a code in percent; None for one that nobody entered."""
        found = next((tax for tax in self.taxes if tax.code == code), None) if code else None
        return None if found is None else Decimal(found.rate)

    def night(self) -> tuple[str, str]:
        return self.night_from, self.night_until


class SetBillingRules(BillingRulesFacts):
    """How this maker bills from now on."""

    version: int | None = Field(None, description="Version the change is based on.")


class BillingRulesView(BillingRulesFacts):
    """How this maker bills; version 0 while nobody has set anything."""

    version: int
