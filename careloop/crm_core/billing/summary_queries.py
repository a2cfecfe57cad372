"""Sums over kept bills and issued invoices, grouped by the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Select, and_, cast, extract, func, literal, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing import bill_queries, invoice_queries
from careloop.crm_core.billing.bill_models import BillLine, TicketBill
from careloop.crm_core.billing.invoice_models import Invoice
from careloop.kit.actor import Actor

Sums = dict[tuple[str, str], dict[str, Any]]
"""By key and currency: `tickets` and the sum of each column."""
BEARERS = ("warranty", "contract", "goodwill", "customer")
_COSTS = ("cost", *(f"cost_{by}" for by in BEARERS))
_PRICES = ("price", *(f"price_{by}" for by in BEARERS))


def by_group(session: Session, actor: Actor, group: str, since: date, until: date) -> Sums:
    """Sums of the bills that closed in the span, both days included."""
    found: Sums = {}
    for columns, currency in (
        (_COSTS, BillLine.cost_currency), (_PRICES, BillLine.price_currency),
    ):  # fmt: skip
        bills, key = _grouped(actor, group, since, until)
        statement = (
            select(
                key.label("key"), currency.label("currency"),
                func.count(bills.c.id.distinct()).label("tickets"),
                *(func.coalesce(func.sum(getattr(BillLine, name)), 0).label(name)
                  for name in columns),
            )
            .join(bills, _of_bill(bills))
            .where(BillLine.tenant_id == actor.tenant_id, currency != "")
            .group_by(key, currency)
        )  # fmt: skip
        for row in session.execute(statement):
            kept = found.setdefault((_text(row.key), row.currency), {"tickets": 0})
            kept["tickets"] = max(kept["tickets"], row.tickets)
            kept |= {name: _exact(getattr(row, name)) for name in columns}
    return found


def _grouped(actor: Actor, group: str, since: date, until: date) -> tuple[Any, Any]:
    bills = _bills(actor, since, until).subquery()
    keys: dict[str, Any] = {
        "ticket": bills.c.ticket, "model": bills.c.model, "cause": bills.c.cause,
        "customer": func.coalesce(bills.c.customer_id, ""), "engineer": BillLine.engineer,
        "kind": BillLine.kind, "all": literal("all"), "month": _month(bills.c.closed_on),
    }  # fmt: skip
    return bills, keys[group]


def _bills(actor: Actor, since: date, until: date) -> Select[Any]:
    return bill_queries.visible_to(actor).where(TicketBill.closed_on.between(since, until))


def _of_bill(bills: Any) -> Any:
    return and_(bills.c.tenant_id == BillLine.tenant_id, bills.c.id == BillLine.bill_id)


def _month(day: Any) -> Any:
    """The month as one number, e.g. 202611."""
    return cast(extract("year", day), Integer) * 100 + cast(extract("month", day), Integer)


def by_contract(session: Session, actor: Actor, since: date, until: date) -> Sums:
    """What contracts bore, at cost and at price, by contract and currency."""
    found: Sums = {}
    for name, currency in (
        ("cost_contract", BillLine.cost_currency), ("price_contract", BillLine.price_currency),
    ):  # fmt: skip
        bills = _bills(actor, since, until).subquery()
        column = getattr(BillLine, name)
        statement = (
            select(BillLine.contract, currency, func.sum(column))
            .join(bills, _of_bill(bills))
            .where(BillLine.tenant_id == actor.tenant_id, BillLine.contract != "", currency != "")
            .group_by(BillLine.contract, currency)
        )
        for contract, code, amount in session.execute(statement):
            found.setdefault((contract, code), {})[name] = _exact(amount)
    return found


def counts(session: Session, actor: Actor, since: date, until: date) -> tuple[int, int]:
    """How many bills, and how many of their lines lack a cost or a price."""
    bills = _bills(actor, since, until).subquery()
    many = session.scalar(select(func.count()).select_from(bills)) or 0
    unknown = (
        select(func.count())
        .select_from(BillLine)
        .join(bills, _of_bill(bills))
        .where(
            BillLine.tenant_id == actor.tenant_id,
            BillLine.price.is_(None) | BillLine.cost.is_(None),
        )
    )
    return many, session.scalar(unknown) or 0


def revenue_by_month(
    session: Session, actor: Actor, since: date, until: date
) -> dict[tuple[str, str], Decimal]:
    """Net amounts of issued papers, credit notes taken off, by month and currency."""
    papers = (
        invoice_queries.visible_to(actor)
        .where(Invoice.number != "", Invoice.issued_on.between(since, until))
        .subquery()
    )
    month = _month(papers.c.issued_on)
    statement = select(month, papers.c.currency, func.sum(papers.c.net)).group_by(
        month, papers.c.currency
    )
    return {(_text(row[0]), row[1]): _exact(row[2]) for row in session.execute(statement)}


def _text(key: Any) -> str:
    if isinstance(key, int):
        return f"{key // 100:04d}-{key % 100:02d}"
    return str(key or "")


def _exact(amount: Any) -> Decimal:
    return Decimal(amount or 0).quantize(Decimal("0.0001"))
