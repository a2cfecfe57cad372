"""Tables of service contracts: what was agreed, for which devices, and what was used of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.contracts.errors import ContractStepNotAllowed
from careloop.crm_core.custom.models import Customised, Subject
from careloop.kit.db import Entity, TenantRow, owned_by
from careloop.kit.money import Money


class ContractState(StrEnum):
    """How a contract stands on one day."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Coverage(StrEnum):
    """Kinds of service that a contract or a warranty may cover."""

    LABOUR = "labour"
    TRAVEL = "travel"
    PARTS = "parts"
    CONSUMABLES = "consumables"
    MAINTENANCE = "maintenance"
    REMOTE = "remote"
    LOAN = "loan"


class ServiceContract(Customised):
    """What a customer is entitled to, and until when; both days are included.

    `signed` is False for a draft. `terminated_on` is the last day of a contract that was ended
    before its time.
    """

    __tablename__ = "service_contract"
    custom_subject = Subject.CONTRACT
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("customer", "customer_id"),
        Index("ix_service_contract_customer", "tenant_id", "customer_id"),
        Index("ix_service_contract_end", "tenant_id", "ends_on"),
    )

    number: Mapped[str] = mapped_column(String(60))
    customer_id: Mapped[str] = mapped_column(String(26))
    plan: Mapped[str] = mapped_column(String(60), default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    response_hours: Mapped[int | None]
    onsite_hours: Mapped[int | None]
    covers: Mapped[str] = mapped_column(Text, default="")
    signed: Mapped[bool] = mapped_column(default=True)
    terminated_on: Mapped[date | None] = mapped_column(Date)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    covers_all: Mapped[bool] = mapped_column(default=False)
    price_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    price_currency: Mapped[str] = mapped_column(String(3), default="")
    price_period: Mapped[str] = mapped_column(String(10), default="")
    sla_policy: Mapped[str] = mapped_column(String(60), default="")
    calendar: Mapped[str] = mapped_column(String(60), default="")
    notice_days: Mapped[int] = mapped_column(default=30)
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    renews: Mapped[str] = mapped_column(String(60), default="")
    renewed_by: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def last_day(self) -> date | None:
        """The last day it runs; None where no end was agreed."""
        known = [day for day in (self.ends_on, self.terminated_on) if day is not None]
        return min(known) if known else None

    @property
    def price(self) -> Money | None:
        if self.price_amount is None:
            return None
        return Money.of(self.price_amount, self.price_currency)

    def active(self, on: date) -> bool:
        """Whether the contract runs on that day; an open start or end does not limit it."""
        started = self.starts_on is None or self.starts_on <= on
        return self.signed and started and (self.last_day is None or on <= self.last_day)

    def sign(self) -> None:
        """A draft becomes binding."""
        if self.signed:
            raise ContractStepNotAllowed(f"Contract {self.number} is signed already")
        self.signed = True

    def terminate(self, on: date, reason: str) -> None:
        """End it with that day as its last."""
        if not self.signed:
            raise ContractStepNotAllowed(f"Contract {self.number} is a draft; it never began")
        if self.starts_on is not None and on < self.starts_on:
            raise ContractStepNotAllowed(
                f"Contract {self.number} begins on {self.starts_on}; name that day or a later one"
            )
        if self.ends_on is not None and on > self.ends_on:
            raise ContractStepNotAllowed(
                f"Contract {self.number} ends on {self.ends_on} anyway; change its end to extend it"
            )
        self.terminated_on, self.state_reason = on, reason


class ContractPause(Entity):
    """Days on which a contract rests, both included; `until_on` is open while it still does."""

    __tablename__ = "contract_pause"
    __table_args__ = (
        owned_by("service_contract", "contract_id"),
        Index("ix_contract_pause_contract", "tenant_id", "contract_id", "from_on"),
    )

    contract_id: Mapped[str] = mapped_column(String(26))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")


class ContractAsset(Entity):
    """A device on a contract, from and until days both included; open means as the contract."""

    __tablename__ = "contract_asset"
    __table_args__ = (
        owned_by("service_contract", "contract_id"),
        owned_by("asset", "asset_id"),
        UniqueConstraint("tenant_id", "contract_id", "asset_id"),
        Index("ix_contract_asset_asset", "tenant_id", "asset_id"),
    )

    contract_id: Mapped[str] = mapped_column(String(26))
    asset_id: Mapped[str] = mapped_column(String(26))
    serial: Mapped[str] = mapped_column(String(80))
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class ContractLine(Entity):
    """What of one kind of service the maker bears, in percent, and up to which limits.

    `parts` holds part numbers, or their beginnings followed by `*`; empty means every part. The
    limits hold for a year of the contract: `visits` times, and an amount in money.
    """

    __tablename__ = "contract_line"
    __table_args__ = (
        owned_by("service_contract", "contract_id"),
        UniqueConstraint("tenant_id", "contract_id", "position"),
    )

    contract_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    what: Mapped[str] = mapped_column(String(20))
    share: Mapped[int] = mapped_column(default=100)
    parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    visits: Mapped[int | None]
    limit_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    limit_currency: Mapped[str] = mapped_column(String(3), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ContractUse(Entity):
    """Service that a contract bore: what its limits are counted by; never changed."""

    __tablename__ = "contract_use"
    __table_args__ = (
        owned_by("service_contract", "contract_id"),
        UniqueConstraint("tenant_id", "contract_id", "what", "source"),
        Index("ix_contract_use_day", "tenant_id", "contract_id", "used_on"),
    )

    contract_id: Mapped[str] = mapped_column(String(26))
    what: Mapped[str] = mapped_column(String(20))
    used_on: Mapped[date] = mapped_column(Date)
    visits: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    currency: Mapped[str] = mapped_column(String(3), default="")
    source: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")


class ContractReminder(Entity):
    """A reminder that was sent so many days before the end; one each."""

    __tablename__ = "contract_reminder"
    audited = False
    __table_args__ = (
        owned_by("service_contract", "contract_id"),
        UniqueConstraint("tenant_id", "contract_id", "ends_on", "days"),
    )

    contract_id: Mapped[str] = mapped_column(String(26))
    ends_on: Mapped[date] = mapped_column(Date)
    days: Mapped[int]


class ContractCounter(TenantRow):
    """The last contract number given in a year."""

    __tablename__ = "contract_counter"
    audited = False

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class WarrantyTerms(TenantRow):
    """What the maker's warranty and goodwill mean; one row a tenant."""

    __tablename__ = "warranty_terms"

    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    wear_parts: Mapped[bool] = mapped_column(default=False)
    part_months: Mapped[int] = mapped_column(default=0)
    months_by_part: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    goodwill_days: Mapped[int] = mapped_column(default=0)
    goodwill_share: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
