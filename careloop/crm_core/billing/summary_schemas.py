"""Views of the summary: what service cost, and who bore it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from careloop.crm_core.billing.schemas import Amount

Group = Literal["ticket", "model", "customer", "engineer", "cause", "month", "kind"]


class SummaryRow(BaseModel):
    """Sums of kept bills in one currency; cost and price may be in different ones, so each is
    a row of its own. `tickets` counts those with a line in this currency."""

    key: str
    label: str
    currency: str
    tickets: int
    cost: str
    price: str
    warranty: str
    warranty_cost: str
    contract: str
    contract_cost: str
    goodwill: str
    goodwill_cost: str
    customer: str
    customer_cost: str


class MonthRow(BaseModel):
    """One month in one currency."""

    month: str
    currency: str
    warranty_cost: str
    goodwill_cost: str
    contract_cost: str
    revenue: str


class ContractRow(BaseModel):
    """A contract's revenue of the span against what it bore; `result` only in one currency."""

    contract: str
    customer_id: str
    customer_name: str
    plan: str
    revenue: Amount | None
    borne_cost: list[Amount]
    borne_price: list[Amount]
    result: Amount | None
    ratio: str | None


class BillingSummary(BaseModel):
    """What service cost in a span of days, by the bills kept in it, and what was invoiced."""

    since: str
    until: str
    by: Group
    bills: int
    unpriced_lines: int
    rows: list[SummaryRow]
    months: list[MonthRow]
    contracts: list[ContractRow]
    totals: list[SummaryRow]
    open_quotes: int
    draft_invoices: int
