"""Tables of what service costs and is sold for: rates, price lists, exchange rates, settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class RateKind(StrEnum):
    """What a rate is for: an hour of work or travel, a kilometre, or coming at all."""

    LABOUR = "labour"
    TRAVEL_TIME = "travel_time"
    TRAVEL_KM = "travel_km"
    CALL_OUT = "call_out"


class CostRate(Entity):
    """What one unit of a service costs the maker, from a day until another, both included.

    Labour and travel are by the hour, distance by the kilometre, a call-out by the visit. Empty
    `hours`, `country`, or no `level` stand for every one; the most exact rate holds.
    """

    __tablename__ = "billing_cost_rate"
    __table_args__ = (
        Index("ix_billing_cost_rate", "tenant_id", "kind", "valid_from"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[int | None]
    hours: Mapped[str] = mapped_column(String(10), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    currency: Mapped[str] = mapped_column(String(3))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(300), default="")

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class ExchangeRate(Entity):
    """How much of `quote` one unit of `base` is, as somebody entered it for a day."""

    __tablename__ = "billing_exchange_rate"
    __table_args__ = (UniqueConstraint("tenant_id", "base", "quote", "valid_on"),)

    base: Mapped[str] = mapped_column(String(3))
    quote: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Numeric(20, 10))
    valid_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(300), default="")


class PriceList(Entity):
    """Prices for those customers, tiers, contracts and countries that it names, or for all.

    `discount` is in percent on what has none of its own; `minimum` the least that a ticket is
    charged with; `rounding` the step of a line's amount (0: the currency's own). Prices are
    without tax.
    """

    __tablename__ = "billing_price_list"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index("ix_billing_price_list_valid", "tenant_id", "valid_from"),
    )

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200), default="")
    currency: Mapped[str] = mapped_column(String(3))
    tiers: Mapped[list[str]] = mapped_column(JSON, default=list)
    contracts: Mapped[list[str]] = mapped_column(JSON, default=list)
    countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    priority: Mapped[int] = mapped_column(default=0)
    discount: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    rounding: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")

    def holds(self, on: date) -> bool:
        return (
            self.active
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


class PriceItem(Entity):
    """One price: of a part (or of numbers that begin so, with `*`), of work by level and hours,
    of travel, or of a service at a fixed price.

    Work and travel are priced by the hour; `minimum` and `step` are in minutes there, else in
    units. No `discount` of its own means that of the list.
    """

    __tablename__ = "billing_price_item"
    __table_args__ = (
        owned_by("billing_price_list", "price_list_id"),
        UniqueConstraint("tenant_id", "price_list_id", "kind", "code", "hours"),
    )

    price_list_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60), default="")
    hours: Mapped[str] = mapped_column(String(10), default="")
    names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    unit: Mapped[str] = mapped_column(String(20), default="")
    price: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    discount: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(12, 3))
    step: Mapped[Decimal | None] = mapped_column(Numeric(12, 3))
    tax_code: Mapped[str] = mapped_column(String(20), default="")


class BillingRules(TenantRow):
    """How this maker bills; one row a tenant, and the house's defaults where there is none."""

    __tablename__ = "billing_rules"

    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
