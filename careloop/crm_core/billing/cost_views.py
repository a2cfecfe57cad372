"""Views of a ticket's costs: as of now, or as they were kept, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import (
    bill_queries,
    fact_queries,
    invoice_queries,
    quote_queries,
)  # fmt: skip
from careloop.crm_core.billing.amounts import half_up, plain
from careloop.crm_core.billing.bill_models import BearingDecision, BillLine
from careloop.crm_core.billing.closing import today_of
from careloop.crm_core.billing.cost_schemas import (
    BearingView,
    CostDifference,
    CostLineView,
    CostReason,
    CostTotals,
    HouseTotals,
    LineDifference,
    ShareView,
    TicketCosts,
)  # fmt: skip
from careloop.crm_core.billing.costing import Computed, Costing
from careloop.crm_core.billing.kept_lines import late_lines, money_of, row_of, shares_of
from careloop.crm_core.billing.papers import fixed
from careloop.crm_core.billing.pricing import Tariff
from careloop.crm_core.billing.schemas import Amount, UnitAmount
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.kit.actor import system_actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.money import Money

BEARERS = ("warranty", "contract", "goodwill", "customer")
_PLAIN = (
    "source", "kind", "item", "hours", "code", "text", "work_order", "engineer", "supplier",
    "document", "on", "unit", "per", "price_list", "tax_code", "problems", "late",
)  # fmt: skip


def costs(session: Session, ticket: Ticket) -> TicketCosts:
    """What a ticket costs: a closed one as it was kept, with late lines marked; else as of now."""
    costing = Costing(session, ticket.tenant_id)
    bill = bill_queries.bill_of(session, ticket)
    merged = ticket.state == TicketState.MERGED
    computed = (
        Computed([], None) if merged else costing.of_ticket(ticket, today_of(session, ticket))
    )
    kept: list[BillLine] = []
    closed = bill is not None and ticket.state == TicketState.CLOSED
    if bill is not None:
        kept = bill_queries.lines_of(session, bill)
        decisions = fact_queries.decisions_of(session, ticket)
        fresh = late_lines(kept, computed.lines, decisions, costing.tariff)
    else:
        fresh = computed.lines
    late = [
        row_of(line, ticket.tenant_id, "", len(kept) + at, late=bill is not None)
        for at, line in enumerate(fresh, 1)
    ]
    books = system_actor(ticket.tenant_id)
    invoiced = invoice_queries.billed_sources(session, books, [ticket.number])
    rows = [*kept, *late]
    lines = [
        _line(row, stored=at < len(kept),
              invoiced=invoiced.get((ticket.number, row.source), ("", Decimal(0)))[0])
        for at, row in enumerate(rows)
    ]  # fmt: skip
    return TicketCosts(
        ticket=ticket.number,
        state="merged" if merged else "kept" if closed else "reopened" if bill else "open",
        closed_at=iso(bill.closed_at) if bill else None,
        computed_at=iso(bill.computed_at if closed and bill else now(session)),
        taken=bill.taken if bill else 0,
        price_list=computed.price_list.code if computed.price_list else "",
        minimum=_minimum(bill.minimum if closed and bill else {}, computed),
        lines=lines, totals=totals_of(rows), house=house_totals(rows, costing.tariff),
        late_lines=len(late) if closed else 0,
        problems=sorted({problem for row in rows for problem in row.problems}),
        decisions=[bearing_view(row) for row in fact_queries.decisions_of(session, ticket)],
        quotes=[row.number for row in quote_queries.of_ticket(session, books, [ticket.id])],
        invoices=sorted({number for number, _ in invoiced.values()}),
    )  # fmt: skip


def difference(session: Session, ticket: Ticket) -> CostDifference:
    """Each kept line beside what it would be by the rates, prices and decisions of now."""
    bill = bill_queries.bill_of(session, ticket)
    kept = bill_queries.lines_of(session, bill) if bill else []
    costing = Costing(session, ticket.tenant_id)
    computed = costing.of_ticket(ticket, today_of(session, ticket))
    fresh = [
        row_of(line, ticket.tenant_id, "", at, False) for at, line in enumerate(computed.lines)
    ]
    before = {row.source: row for row in kept}
    after = {row.source: row for row in fresh}
    lines = [_differs(before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]
    return CostDifference(
        ticket=ticket.number, same=all(line.same for line in lines), lines=lines,
        kept=totals_of(kept), now=totals_of(fresh),
    )  # fmt: skip


def totals_of(rows: Sequence[BillLine]) -> list[CostTotals]:
    """Sums by currency; currencies are never mixed."""
    codes = {row.cost_currency for row in rows if row.cost is not None}
    codes |= {row.price_currency for row in rows if row.price is not None}
    whole = all(row.cost is not None and row.price is not None for row in rows)
    found = []
    for code in sorted(codes):
        sums = {
            "cost": _sum(row.cost for row in rows if row.cost_currency == code),
            "price": _sum(row.price for row in rows if row.price_currency == code),
            **{
                by: _sum(getattr(row, f"price_{by}") for row in rows if row.price_currency == code)
                for by in BEARERS
            },
        }
        margin = None
        if whole and len(codes) == 1:
            margin = fixed(sums["customer"] - sums["cost"], code)
        texts = {name: fixed(value, code) for name, value in sums.items()}
        found.append(CostTotals(currency=code, margin=margin, **texts))
    return found


def house_totals(rows: Sequence[BillLine], tariff: Tariff) -> HouseTotals:
    """Sums in the house's currency, by the rates entered for each line's day."""
    code = tariff.rules.currency
    missing: set[str] = set()
    sums = {"cost": Decimal(0), "price": Decimal(0), "customer": Decimal(0)}
    unknown = False
    for row in rows:
        unknown = unknown or row.cost is None or row.price is None
        for name, amount, currency in (
            ("cost", row.cost, row.cost_currency), ("price", row.price, row.price_currency),
            ("customer", row.price_customer, row.price_currency),
        ):  # fmt: skip
            if amount is None or not currency:
                continue
            converted = tariff.convert(Decimal(amount), currency, code, row.on)
            if converted is None:
                missing.add(currency)
            else:
                sums[name] += half_up(converted, code).amount
    margin = None if missing or unknown else fixed(sums["customer"] - sums["cost"], code)
    texts = {name: fixed(value, code) for name, value in sums.items()}
    return HouseTotals(currency=code, margin=margin, missing=sorted(missing), **texts)


def bearing_view(row: BearingDecision) -> BearingView:
    return BearingView.model_validate(
        {
            "id": row.id, "by": row.by, "kinds": row.kinds, "source": row.source,
            "share": row.share, "reason": row.reason, "state": row.state,
            "asked_by": row.asked_by, "asked_at": iso(row.created_at),
            "decided_by": row.decided_by,
            "decided_at": iso(row.decided_at) if row.decided_at else None, "note": row.note,
        }
    )  # fmt: skip


def _line(row: BillLine, stored: bool, invoiced: str) -> CostLineView:
    mark, _, name = row.source.partition(":")
    facts: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    return CostLineView(
        **facts, id=name if mark == "entry" else None, quantity=plain(row.quantity),
        billed=plain(row.billed), unit_cost=UnitAmount.of(row.unit_cost, row.cost_currency),
        cost=Amount.of(money_of(row, "cost")),
        unit_price=UnitAmount.of(row.unit_price, row.price_currency),
        discount=plain(row.discount), price=Amount.of(money_of(row, "price")),
        tax_rate=None if row.tax_rate is None else plain(row.tax_rate),
        borne=[
            ShareView.model_validate(
                {
                    "by": share.by, "percent": plain(share.percent),
                    "price": Amount.of(share.price), "cost": Amount.of(share.cost),
                    "contract": row.contract if share.by == "contract" else "",
                }
            )
            for share in shares_of(row)
        ],
        reasons=[CostReason.model_validate(reason) for reason in row.reasons],
        stored=stored, invoiced=invoiced,
    )  # fmt: skip


def _differs(kept: BillLine | None, fresh: BillLine | None) -> LineDifference:
    row = kept or fresh
    assert row is not None
    facts: dict[str, Amount | None] = {}
    for name, one in (("kept", kept), ("now", fresh)):
        facts[f"{name}_cost"] = Amount.of(money_of(one, "cost")) if one else None
        facts[f"{name}_price"] = Amount.of(money_of(one, "price")) if one else None
        facts[f"{name}_customer"] = _customer(one) if one else None
    same = kept is not None and fresh is not None and all(
        facts[f"kept_{what}"] == facts[f"now_{what}"] for what in ("cost", "price", "customer")
    )  # fmt: skip
    return LineDifference(source=row.source, text=row.text, kind=row.kind, same=same, **facts)


def _customer(row: BillLine) -> Amount | None:
    if row.price is None:
        return None
    return Amount.exactly(Money.of(row.price_customer, row.price_currency))


def _minimum(kept: dict[str, Any], computed: Computed) -> Amount | None:
    if kept:
        return Amount(amount=kept["amount"], currency=kept["currency"])
    return Amount.of(computed.minimum)


def _sum(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))
