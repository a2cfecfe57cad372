"""The summary: what service cost, who bore it, and what contracts earn against what they bear."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import invoice_queries, quote_queries, summary_queries
from careloop.crm_core.billing.amounts import half_up
from careloop.crm_core.billing.papers import fixed
from careloop.crm_core.billing.schemas import Amount
from careloop.crm_core.billing.summary_queries import BEARERS, Sums
from careloop.crm_core.billing.summary_schemas import (
    BillingSummary,
    ContractRow,
    Group,
    MonthRow,
    SummaryRow,
)  # fmt: skip
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.money import Money

MOST_ROWS = 200
MOST_CONTRACTS = 1000
PERIOD_DAYS = {
    "year": Decimal(365), "quarter": Decimal(365) / 4, "month": Decimal(365) / 12,
}  # fmt: skip
ZERO = Decimal(0)


def summary(session: Session, actor: Actor, since: date, until: date, by: Group) -> BillingSummary:
    """The bills that closed in the span of days, both included."""
    bills, unpriced = summary_queries.counts(session, actor, since, until)
    today = now(session).date()
    return BillingSummary(
        since=since.isoformat(), until=until.isoformat(), by=by, bills=bills,
        unpriced_lines=unpriced,
        rows=_rows(session, actor, summary_queries.by_group(session, actor, by, since, until), by),
        months=_months(session, actor, since, until),
        contracts=_contracts(session, actor, since, until),
        totals=_rows(
            session, actor, summary_queries.by_group(session, actor, "all", since, until), "kind"
        ),
        open_quotes=quote_queries.open_count(session, actor, today),
        draft_invoices=invoice_queries.draft_count(session, actor),
    )  # fmt: skip


def _rows(session: Session, actor: Actor, sums: Sums, by: Group) -> list[SummaryRow]:
    names: dict[str, str] = {}
    if by == "customer":
        names = customers.names(session, actor.tenant_id, {key for key, _ in sums if key})
    found = sorted(
        sums.items(), key=lambda item: (-item[1].get("cost", ZERO), item[0])
    )[:MOST_ROWS]  # fmt: skip
    if by == "month":
        found.sort(key=lambda item: item[0])
    return [_row(key, names.get(key, key), code, facts) for (key, code), facts in found]


def _row(key: str, label: str, code: str, facts: dict[str, Any]) -> SummaryRow:
    texts = {"cost": fixed(facts.get("cost", ZERO), code)}
    texts["price"] = fixed(facts.get("price", ZERO), code)
    for name in BEARERS:
        texts[name] = fixed(facts.get(f"price_{name}", ZERO), code)
        texts[f"{name}_cost"] = fixed(facts.get(f"cost_{name}", ZERO), code)
    return SummaryRow(key=key, label=label, currency=code, tickets=facts["tickets"], **texts)


def _months(session: Session, actor: Actor, since: date, until: date) -> list[MonthRow]:
    costs = summary_queries.by_group(session, actor, "month", since, until)
    revenue = summary_queries.revenue_by_month(session, actor, since, until)
    rows = []
    for month, code in sorted({*costs, *revenue}):
        facts = costs.get((month, code), {})
        rows.append(
            MonthRow(
                month=month, currency=code,
                warranty_cost=fixed(facts.get("cost_warranty", ZERO), code),
                goodwill_cost=fixed(facts.get("cost_goodwill", ZERO), code),
                contract_cost=fixed(facts.get("cost_contract", ZERO), code),
                revenue=fixed(revenue.get((month, code), ZERO), code),
            )
        )  # fmt: skip
    return rows


def _contracts(session: Session, actor: Actor, since: date, until: date) -> list[ContractRow]:
    """Contracts that ran in the span or bore something in it, the worst result first."""
    borne = summary_queries.by_contract(session, actor, since, until)
    every = contracts.contracts(session, actor, contracts.ContractFilter(), limit=MOST_CONTRACTS)
    named = {row.number: row for row in every}
    numbers = {number for number, _ in borne}
    numbers |= {row.number for row in every if revenue_of(row, since, until) is not None}
    names = customers.names(
        session, actor.tenant_id, {named[n].customer_id for n in numbers if n in named}
    )
    rows = [
        _contract(named[number], names, borne, since, until)
        for number in numbers
        if number in named
    ]
    rows.sort(key=lambda row: (Decimal(row.ratio) if row.ratio else ZERO, row.contract))
    return rows[-MOST_ROWS:][::-1]


def _contract(
    row: ServiceContract, names: dict[str, str], borne: Sums, since: date, until: date
) -> ContractRow:
    mine = {code: facts for (number, code), facts in borne.items() if number == row.number}
    costs = [
        Money.of(facts["cost_contract"], code)
        for code, facts in sorted(mine.items()) if facts.get("cost_contract")
    ]  # fmt: skip
    prices = [
        Money.of(facts["price_contract"], code)
        for code, facts in sorted(mine.items()) if facts.get("price_contract")
    ]  # fmt: skip
    revenue = revenue_of(row, since, until)
    result = ratio = None
    if revenue is not None and all(cost.currency == revenue.currency for cost in costs):
        spent = sum((cost.amount for cost in costs), ZERO)
        result = Amount.exactly(Money(revenue.amount - spent, revenue.currency))
        if revenue.amount > 0:
            share = (spent / revenue.amount).quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
            ratio = format(share, "f")
    return ContractRow(
        contract=row.number, customer_id=row.customer_id,
        customer_name=names.get(row.customer_id, ""), plan=row.plan,
        revenue=Amount.of(revenue), borne_cost=[Amount.exactly(one) for one in costs],
        borne_price=[Amount.exactly(one) for one in prices], result=result, ratio=ratio,
    )  # fmt: skip


def revenue_of(row: ServiceContract, since: date, until: date) -> Money | None:
    """The contract's price for its days in the span, day by day of a year of 365; a price that is
    due once is spread over the contract's days. None where no price or no days are agreed."""
    if row.price is None or not row.signed:
        return None
    first = max(since, row.starts_on or since)
    last = min(until, row.last_day or until)
    days = (last - first).days + 1
    if days <= 0:
        return None
    period = PERIOD_DAYS.get(row.price_period)
    if period is None:
        if row.starts_on is None or row.ends_on is None:
            return None
        period = Decimal((row.ends_on - row.starts_on).days + 1)
    return half_up(row.price.amount * days / period, row.price.currency)
