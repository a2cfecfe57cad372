"""Computed lines as rows of a bill, and what came in after a bill was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from careloop.crm_core.billing.bearing import BEARERS, Share, anew, applying
from careloop.crm_core.billing.bill_models import BearingDecision, BillLine
from careloop.crm_core.billing.costing import Line, finished
from careloop.crm_core.billing.pricing import Tariff
from careloop.kit.ids import new_id
from careloop.kit.money import Money

_SAME = (
    "source", "kind", "item", "hours", "code", "text", "work_order", "engineer", "supplier",
    "document", "on", "quantity", "billed", "unit_cost", "cost_currency", "tax_code", "tax_rate",
)  # fmt: skip


def row_of(line: Line, tenant_id: str, bill_id: str, position: int, late: bool) -> BillLine:
    """The line as a bill keeps it."""
    priced = line.priced
    facts: dict[str, Any] = {name: getattr(line, name) for name in _SAME}
    facts |= _columns(line.borne)
    contract = line.bearing.contract if any(s.by == "contract" for s in line.borne) else ""
    reasons = list(line.reasons)
    if priced.reason:
        args = {"price_list": priced.price_list}
        text = _PRICED.get(priced.reason, "").format(**args)
        reasons.append({"code": priced.reason, "args": args, "text": text})
    return BillLine(
        tenant_id=tenant_id, id=new_id(), bill_id=bill_id, position=position, late=late,
        per=priced.per, unit=priced.unit, cost=line.cost.amount if line.cost else None,
        unit_price=priced.price, discount=priced.discount,
        price=line.price.amount if line.price else None,
        price_currency=priced.currency if priced.price is not None else "",
        price_list=priced.price_list, contract=contract,
        shares=[_kept(share) for share in line.borne], reasons=reasons,
        problems=list(line.problems), **facts,
    )  # fmt: skip


_PRICED = {
    "price_of_list": "Priced by list {price_list}.",
    "price_of_catalogue": "List {price_list} does not price it; priced as in the catalogue.",
    "price_converted": "Priced as in the catalogue, converted to the currency of {price_list}.",
    "no_price": "List {price_list} does not price it.",
    "no_price_list": "No price list holds for this customer on that day.",
    "charged_at_cost": "Passed on at cost.",
    "charged_at_price": "Charged at the price that was entered.",
    "charged_at_none": "Not charged.",
}


def money_of(row: BillLine, what: str) -> Money | None:
    """`cost` or `price` of a kept line."""
    amount = getattr(row, what)
    return None if amount is None else Money.of(amount, getattr(row, f"{what}_currency"))


def shares_of(row: BillLine) -> list[Share]:
    """Who bears a kept line."""
    return [
        Share(
            one["by"], Decimal(one["percent"]), _amount(one["price"], row.price_currency),
            _amount(one["cost"], row.cost_currency),
        )
        for one in row.shares
    ]  # fmt: skip


def share_anew(row: BillLine, decision: BearingDecision) -> None:
    """Move the shares of a kept line by one more decision."""
    found, why = anew(shares_of(row), money_of(row, "price"), money_of(row, "cost"), decision)
    row.shares = [_kept(share) for share in found]
    row.reasons = [*row.reasons, why]
    for name, value in _columns(found).items():
        setattr(row, name, value)


def _amount(amount: str | None, currency: str) -> Money | None:
    return None if amount is None else Money.of(amount, currency)


def _columns(borne: Sequence[Share]) -> dict[str, Decimal]:
    """The shares in columns, for sums."""
    facts = {f"{what}_{by}": Decimal(0) for by in BEARERS for what in ("price", "cost")}
    for share in borne:
        facts[f"price_{share.by}"] = share.price.amount if share.price else Decimal(0)
        facts[f"cost_{share.by}"] = share.cost.amount if share.cost else Decimal(0)
    return facts


def late_lines(
    kept: Sequence[BillLine], now: Sequence[Line], decisions: Sequence[BearingDecision],
    tariff: Tariff,
) -> list[Line]:  # fmt: skip
    """Lines of facts that came in after the bill was kept.

    What a minimum or a step charged already for the same visit and kind of work is not charged
    again, and what is left of a contract's limit is what the kept lines left of it.
    """
    known = {line.source for line in kept}
    late = [line for line in now if line.source not in known]
    charged = _left(kept, now, late)
    used: dict[str, Money] = {}
    for row in kept:
        if row.contract and row.price_currency:
            taken = used.get(row.contract, Money.of(0, row.price_currency))
            if taken.currency == row.price_currency:
                used[row.contract] = taken + Money.of(row.price_contract, row.price_currency)
    return [
        finished(
            _bare(line), charged[line.source], applying(decisions, line.kind, line.source), used,
            tariff,
        )
        for line in late
    ]  # fmt: skip


def _left(
    kept: Sequence[BillLine], now: Sequence[Line], late: Sequence[Line]
) -> dict[str, Decimal]:
    """What each late line is charged for."""
    rest: dict[tuple[str, str, str], Decimal] = {}
    groups = {line.source: line.group for line in now}
    for line in now:
        rest[line.group] = rest.get(line.group, Decimal(0)) + line.billed
    for row in kept:
        group = groups.get(row.source)
        if group is not None:
            rest[group] -= row.billed
    found = {}
    for at, line in enumerate(late):
        left = max(rest[line.group], Decimal(0))
        last = all(other.group != line.group for other in late[at + 1 :])
        found[line.source] = left if last else min(left, line.quantity)
        rest[line.group] = left - found[line.source]
    return found


def _bare(line: Line) -> Line:
    """The line before it was priced: its problems are found anew."""
    own = tuple(name for name in line.problems if name in {"no_cost_rate", "no_ledger_cost"})
    return replace(line, problems=own)


def _kept(share: Share) -> dict[str, Any]:
    return {
        "by": share.by, "percent": format(share.percent, "f"),
        "price": format(share.price.amount, "f") if share.price else None,
        "cost": format(share.cost.amount, "f") if share.cost else None,
    }  # fmt: skip
