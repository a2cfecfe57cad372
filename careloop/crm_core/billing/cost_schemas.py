"""Commands and views of a ticket's costs."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from careloop.crm_core.billing.bill_models import LineKind
from careloop.crm_core.billing.schemas import (
    Amount,
    BillingDay,
    OptionalText,
    Quantity,
    Reasoned,
    TaxCode,
    Text,
    UnitAmount,
)  # fmt: skip

Bearer = Literal["warranty", "contract", "goodwill", "customer"]


class CostEntryFacts(BaseModel):
    """A cost that no visit tells of."""

    kind: Literal["outside", "other"] = Field("outside", description="Outside work, or other.")
    text: Text = Field(description="What it was.")
    supplier: OptionalText = Field("", max_length=200, description="Who did it; outside work only.")
    document: OptionalText = Field("", max_length=120, description="Number of their paper.")
    on: BillingDay | None = Field(None, description="Day; none: today where the customer is.")
    quantity: Quantity = Field("1", description="How many units.")
    unit: str = Field("", max_length=20, description="Unit.")
    unit_cost: UnitAmount = Field(description="What one unit cost us.")
    charge: Literal["cost", "price", "none"] = Field(
        "cost", description="Passed on at cost, at `unit_price`, or not charged."
    )
    unit_price: UnitAmount | None = Field(None, description="What one unit is sold for.")
    cover: Literal["", "labour", "travel", "parts", "maintenance", "remote", "loan"] = Field(
        "", description="Kind of service by which warranty and contract bear it; empty: not at all."
    )
    tax_code: TaxCode = Field("", description="Tax code; empty: that of the price list.")

    @model_validator(mode="after")
    def _whole(self) -> CostEntryFacts:
        if self.kind == "outside" and not (self.supplier and self.document):
            raise ValueError("outside work needs its supplier and the number of their document")
        if (self.charge == "price") != (self.unit_price is not None):
            raise ValueError("unit_price belongs to charge `price`, and only to it")
        if not self.quantity.strip("0."):
            raise ValueError("quantity: must be above 0")
        return self


class AddCostEntry(CostEntryFacts):
    """Enter a cost by hand."""

    number: str = Field(max_length=40, description="Number of the ticket.")


class Voiding(BaseModel):
    """Why an entry does not count."""

    reason: Reasoned = Field(description="What was wrong with it.")


class VoidCostEntry(Voiding):
    """Take back a cost that was entered by hand; its row stays."""

    number: str = Field(max_length=40, description="Number of the ticket.")
    line_id: str = Field(max_length=26, description="Id of the entry.")


class BearingWish(BaseModel):
    """Who shall bear what: goodwill takes a share of what would be the customer's; warranty and
    customer take a line as a whole, such as for a fault of ours or damage by misuse."""

    by: Literal["goodwill", "warranty", "customer"] = Field(description="Who shall bear it.")
    kinds: list[LineKind] = Field(
        default_factory=list, max_length=5, description="Kinds of lines; none: all."
    )
    source: OptionalText = Field("", max_length=120, description="One line only, by its source.")
    share: int = Field(100, ge=1, le=100, description="Percent; for goodwill.")
    reason: Reasoned = Field(description="Why.")


class AskBearing(BearingWish):
    """Ask that somebody else bears costs of a ticket; it counts once it is approved."""

    number: str = Field(max_length=40, description="Number of the ticket.")


class Ruling(BaseModel):
    """The answer to a wish."""

    note: OptionalText = Field("", description="In words.")


class RuleOnBearing(Ruling):
    """Approve or reject a wish."""

    number: str = Field(max_length=40, description="Number of the ticket.")
    decision_id: str = Field(max_length=26, description="Id of the wish.")
    approve: bool = Field(description="Whether it counts.")


class Settling(BaseModel):
    """Keep the costs of a closed ticket: add late lines, or take the whole anew."""

    recompute: bool = Field(False, description="Take it anew; only while nothing is invoiced.")
    reason: OptionalText = Field("", description="Why; needed to take it anew.")

    @model_validator(mode="after")
    def _why(self) -> Settling:
        if self.recompute and not self.reason:
            raise ValueError("reason: say why it is taken anew")
        return self


class SettleTicket(Settling):
    """Keep the costs of a closed ticket."""

    number: str = Field(max_length=40, description="Number of the ticket.")


class ShareView(BaseModel):
    """One bearer's part of a line."""

    by: Bearer
    percent: str
    price: Amount | None
    cost: Amount | None
    contract: str = ""


class CostReason(BaseModel):
    """A coded sentence, with an English rendering."""

    code: str
    args: dict[str, str | int]
    text: str


class CostLineView(BaseModel):
    """One fact, what it cost, what it is charged with, and who bears that.

    `quantity` is what was done, `billed` what is charged, both in `unit`; prices are of `per`
    units (60 minutes for an hour). Null amounts are unknown, and `problems` says why.
    """

    id: str | None = Field(description="Id of the entry, where it was entered by hand.")
    source: str
    kind: LineKind
    item: str
    hours: str
    code: str
    text: str
    work_order: str
    engineer: str
    supplier: str
    document: str
    on: date
    quantity: str
    billed: str
    unit: str
    per: int
    unit_cost: UnitAmount | None
    cost: Amount | None
    unit_price: UnitAmount | None
    discount: str
    price: Amount | None
    price_list: str
    tax_code: str
    tax_rate: str | None
    borne: list[ShareView]
    reasons: list[CostReason]
    problems: list[str]
    late: bool
    stored: bool
    invoiced: str = Field("", description="Number of the invoice, or `draft`.")


class CostTotals(BaseModel):
    """Sums of lines in one currency. `margin` is the customer's part less all cost, where the
    whole ticket is in this currency; else null."""

    currency: str
    cost: str
    price: str
    warranty: str
    contract: str
    goodwill: str
    customer: str
    margin: str | None = None


class HouseTotals(BaseModel):
    """The same in one currency, by rates that were entered; `missing` could not be converted and
    is left out. `margin` is the customers' part less all cost, null where something is missing."""

    currency: str
    cost: str
    price: str
    customer: str
    margin: str | None
    missing: list[str]


class BearingView(BaseModel):
    """A wish that somebody bears costs, and what became of it."""

    id: str
    by: str
    kinds: list[LineKind]
    source: str
    share: int
    reason: str
    state: str
    asked_by: str
    asked_at: str
    decided_by: str
    decided_at: str | None
    note: str


class TicketCosts(BaseModel):
    """What a ticket costs. `state`: open (as of now), kept (as when it closed), merged."""

    ticket: str
    state: str
    closed_at: str | None
    computed_at: str
    taken: int
    price_list: str
    minimum: Amount | None
    lines: list[CostLineView]
    totals: list[CostTotals]
    house: HouseTotals
    late_lines: int = Field(description="Facts that came in after closing and are not kept yet.")
    problems: list[str]
    decisions: list[BearingView]
    quotes: list[str]
    invoices: list[str]


class LineDifference(BaseModel):
    """A kept line beside what it would be by the prices of now; null where there is none."""

    source: str
    text: str
    kind: str
    kept_cost: Amount | None
    now_cost: Amount | None
    kept_price: Amount | None
    now_price: Amount | None
    kept_customer: Amount | None
    now_customer: Amount | None
    same: bool


class CostDifference(BaseModel):
    """What has changed since a ticket's costs were kept."""

    ticket: str
    same: bool
    lines: list[LineDifference]
    kept: list[CostTotals]
    now: list[CostTotals]
