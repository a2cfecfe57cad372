"""Commands and views of service contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.contracts.models import ContractState, Coverage
from careloop.crm_core.custom.schemas import CustomValues
from careloop.kit.errors import InvalidInput
from careloop.kit.money import Money

Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
OptionalCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Serial = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
PartFilter = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^*]{1,60}\*?$")]
Period = Literal["once", "month", "quarter", "year"]
BILLION = Decimal(10) ** 9


def _year_we_mean(day: date) -> date:
    if not 1970 <= day.year <= 2200:
        raise ValueError("lies outside the years 1970 to 2200")
    return day


Day = Annotated[date, AfterValidator(_year_we_mean)]


class Price(BaseModel):
    """An exact amount, as text, with its currency."""

    amount: str = Field(max_length=30, description='Not negative, e.g. "12.50".')
    currency: str = Field(min_length=3, max_length=3, description="ISO 4217 code, e.g. EUR.")

    @model_validator(mode="after")
    def _money(self) -> Price:
        try:
            money = self.money()
        except InvalidInput as error:
            raise ValueError(error.message) from None
        if not 0 <= money.amount < BILLION:
            raise ValueError("the amount must be 0 or more, and less than a billion")
        return self

    def money(self) -> Money:
        return Money.of(self.amount, self.currency)

    @classmethod
    def of(cls, money: Money | None) -> Price | None:
        if money is None:
            return None
        return cls(amount=format(money.amount, "f"), currency=money.currency)


class CoverageLine(BaseModel):
    """What of one kind of service the maker bears."""

    what: Coverage = Field(description="Kind of service.")
    share: int = Field(100, ge=0, le=100, description="Percent that the maker bears.")
    parts: list[PartFilter] = Field(
        default_factory=list, max_length=200,
        description="Part numbers, or beginnings with `*`, the line is for; none means all.",
    )  # fmt: skip
    visits: int | None = Field(None, ge=0, le=1000, description="At most so often a contract year.")
    limit: Price | None = Field(None, description="At most so much money a contract year.")
    note: str = Field("", max_length=500, description="Words of the agreement.")


class CoverageLineView(CoverageLine):
    """A line with what is left of its limits in the present contract year."""

    visits_left: int | None = None
    limit_left: Price | None = None


class DeviceOnContract(BaseModel):
    """A device that a contract covers; both days included, none means as the contract."""

    serial: Serial = Field(description="Serial number of the device on file.")
    from_on: Day | None = Field(None, description="First covered day.")
    until_on: Day | None = Field(None, description="Last covered day.")

    @model_validator(mode="after")
    def _in_order(self) -> DeviceOnContract:
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise ValueError("until_on is before from_on")
        return self


class ContractFacts(BaseModel):
    """What was agreed."""

    plan: OptionalCode = Field("", description="Name of the plan, e.g. Premium.")
    starts_on: Day | None = Field(None, description="First day.")
    ends_on: Day | None = Field(None, description="Last day; none: until it is ended.")
    price: Price | None = Field(None, description="What the customer pays a period.")
    price_period: Period = Field("year", description="How often the price is due.")
    sla_policy: OptionalCode = Field("", description="Code of the SLA policy; none: by plan, tier.")
    calendar: OptionalCode = Field("", description="Code of the calendar its times count on.")
    response_hours: int | None = Field(None, ge=0, le=10_000, description="Hours to an answer.")
    onsite_hours: int | None = Field(None, ge=0, le=10_000, description="Hours to a visit.")
    covers_all: bool = Field(False, description="Covers every device of the customer.")
    notice_days: int = Field(30, ge=0, le=1000, description="Days of notice before the end.")
    reminder_days: list[Annotated[int, Field(ge=0, le=1000)]] = Field(
        default_factory=list, max_length=10,
        description="Days before the end on which staff are reminded; none: 60, 30 and 7.",
    )  # fmt: skip
    note: str = Field("", max_length=5000, description="Anything else that was agreed.")

    @model_validator(mode="after")
    def _in_order(self) -> ContractFacts:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on is before starts_on")
        return self


class CreateContract(ContractFacts):
    """A new contract."""

    customer_id: str = Field(max_length=26, description="Whose contract it is.")
    number: Number | None = Field(None, description="Its number; none: the next of the year.")
    draft: bool = Field(False, description="Not binding before it is activated.")
    lines: list[CoverageLine] = Field(
        default_factory=list, max_length=50, description="What it covers."
    )
    assets: list[DeviceOnContract] = Field(
        default_factory=list, max_length=1000, description="Devices it covers."
    )
    custom: CustomValues = Field(default_factory=dict, description="Own fields: key to value.")


class ContractChanges(BaseModel):
    """Changes of a contract; what is left out stays, null clears a day, hours or the price."""

    version: int | None = Field(None, description="Version the change is based on.")
    plan: OptionalCode | None = Field(None, description="Name of the plan.")
    starts_on: Day | None = Field(None, description="First day.")
    ends_on: Day | None = Field(None, description="Last day.")
    price: Price | None = Field(None, description="What the customer pays a period.")
    price_period: Period | None = Field(None, description="How often the price is due.")
    sla_policy: OptionalCode | None = Field(None, description="Code of the SLA policy.")
    calendar: OptionalCode | None = Field(None, description="Code of the calendar.")
    response_hours: int | None = Field(None, ge=0, le=10_000, description="Hours to an answer.")
    onsite_hours: int | None = Field(None, ge=0, le=10_000, description="Hours to a visit.")
    covers_all: bool | None = Field(None, description="Covers every device of the customer.")
    notice_days: int | None = Field(None, ge=0, le=1000, description="Days of notice.")
    reminder_days: list[Annotated[int, Field(ge=0, le=1000)]] | None = Field(
        None, max_length=10, description="Days before the end on which staff are reminded."
    )
    note: str | None = Field(None, max_length=5000, description="Anything else.")
    lines: list[CoverageLine] | None = Field(
        None, max_length=50, description="What it covers, whole: these lines replace all."
    )
    custom: CustomValues | None = Field(None, description="Own fields to set; null clears one.")


class ChangeContract(ContractChanges):
    """Changes of one contract."""

    number: Number = Field(description="Contract number.")


class ContractStep(BaseModel):
    """A step of a contract's life."""

    version: int | None = Field(None, description="Version the act is based on.")


class ActivateContract(ContractStep):
    """A draft becomes binding."""

    number: Number = Field(description="Contract number.")


class Suspension(ContractStep):
    """A contract's rest."""

    reason: Reason = Field(description="Why, for the customer's file.")
    from_on: Day | None = Field(None, description="First day of rest; none: today.")


class SuspendContract(Suspension):
    """Let one contract rest."""

    number: Number = Field(description="Contract number.")


class Resumption(ContractStep):
    """The end of a contract's rest."""

    on: Day | None = Field(None, description="First day it runs again; none: today.")


class ResumeContract(Resumption):
    """End one contract's rest."""

    number: Number = Field(description="Contract number.")


class Termination(ContractStep):
    """The end of a contract before its time."""

    reason: Reason = Field(description="Why, for the customer's file.")
    on: Day | None = Field(None, description="Its last day; none: today.")


class EndContract(Termination):
    """End one contract before its time."""

    number: Number = Field(description="Contract number.")


class Renewal(ContractStep):
    """A new contract that begins the day after the last one of the old."""

    new_number: Number | None = Field(None, description="Number; none: the next of the year.")
    months: int = Field(12, ge=1, le=240, description="How long it runs.")
    plan: OptionalCode | None = Field(None, description="Plan; none: as before.")
    price: Price | None = Field(None, description="Price; none: as before.")
    draft: bool = Field(False, description="Not binding before it is activated.")


class RenewContract(Renewal):
    """Renew one contract."""

    number: Number = Field(description="Contract number.")


class AssetChanges(ContractStep):
    """Devices that come to a contract, change their days, or leave it."""

    add: list[DeviceOnContract] = Field(
        default_factory=list, max_length=1000, description="Devices to add or to change."
    )
    remove: list[Serial] = Field(
        default_factory=list, max_length=1000, description="Serials; yesterday was their last day."
    )


class SetContractAssets(AssetChanges):
    """Change the devices of one contract."""

    number: Number = Field(description="Contract number.")


class Use(BaseModel):
    """Service that a contract bore; the same `source` counts once for each kind."""

    what: Coverage = Field(description="Kind of service.")
    used_on: Day | None = Field(None, description="The day; none: today.")
    visits: int = Field(0, ge=0, le=100, description="How many visits.")
    amount: Price | None = Field(None, description="What the maker bore.")
    source: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(
        description="What caused it, e.g. the number of the work order and its line."
    )
    note: str = Field("", max_length=500, description="Anything worth knowing.")


class BookUse(Use):
    """Book a use of one contract."""

    number: Number = Field(description="Contract number.")


class WarrantyTermsFacts(BaseModel):
    """What the maker's warranty and goodwill mean."""

    kinds: list[Coverage] = Field(
        default_factory=lambda: [Coverage.LABOUR, Coverage.TRAVEL, Coverage.PARTS, Coverage.REMOTE],
        description="Kinds of service that the warranty bears.",
    )
    wear_parts: bool = Field(False, description="The warranty bears wear parts too.")
    part_months: int = Field(3, ge=0, le=240, description="Warranty on a replaced part, months.")
    months_by_part: dict[str, Annotated[int, Field(ge=0, le=240)]] = Field(
        default_factory=dict, description="Other months for single part numbers."
    )
    goodwill_days: int = Field(0, ge=0, le=3650, description="Days after the warranty's end.")
    goodwill_share: int = Field(0, ge=0, le=100, description="Percent borne in those days.")


class SetWarrantyTerms(WarrantyTermsFacts):
    """The terms as they shall be from now on."""

    version: int | None = Field(None, description="Version the change is based on.")


class WarrantyTermsView(WarrantyTermsFacts):
    version: int


class ContractView(BaseModel):
    """A contract as a list shows it."""

    id: str
    number: str
    customer_id: str
    customer_name: str
    state: ContractState
    state_reason: str
    plan: str
    starts_on: date | None
    ends_on: date | None
    terminated_on: date | None
    days_left: int | None = Field(description="Days until the last one; null without an end.")
    response_hours: int | None
    onsite_hours: int | None
    covers: str
    covers_all: bool
    price: Price | None
    price_period: str
    sla_policy: str
    calendar: str
    notice_days: int
    notice_by: date | None = Field(description="Last day on which notice may be given.")
    reminder_days: list[int]
    renews: str
    renewed_by: str
    note: str
    assets_count: int
    custom: dict[str, Any] = Field(default_factory=dict)
    version: int
    created_at: str
    updated_at: str


class ContractAssetView(BaseModel):
    """A device on a contract; `covered` tells whether it is today."""

    serial: str
    model: str
    site: str
    from_on: date | None
    until_on: date | None
    covered: bool


class PauseView(BaseModel):
    """Days on which a contract rested."""

    from_on: date
    until_on: date | None
    reason: str


class UseView(BaseModel):
    """Service that a contract bore."""

    id: str
    what: str
    used_on: date
    visits: int
    amount: Price | None
    source: str
    note: str
    created_at: str


class ContractPage(BaseModel):
    """A contract with all that belongs to it; devices and uses are the first of their lists."""

    contract: ContractView
    lines: list[CoverageLineView]
    assets: list[ContractAssetView]
    pauses: list[PauseView]
    uses: list[UseView]


class ReasonView(BaseModel):
    """One coded sentence of an explanation."""

    code: str
    args: dict[str, Any]
    text: str


class EntitlementView(BaseModel):
    """Who bears a service, and why."""

    serial: str
    on: date
    kind: Coverage
    part: str
    covered: bool
    by: Literal["warranty", "contract", "goodwill", "none"]
    share: int = Field(description="Percent that the maker bears.")
    list_price: Price | None = Field(description="What it costs without any cover.")
    price: Price | None = Field(description="What the customer pays; null when unknown.")
    until: date | None = Field(description="Last day of that cover.")
    visits_left: int | None
    limit_left: Price | None
    contract: str
    plan: str
    sla_policy: str
    reasons: list[ReasonView]
