"""What quotes and invoices have in common: sums, taxes, the parties, the hash of a paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy.orm import Session

from careloop.crm_core.billing.amounts import half_up, plain
from careloop.crm_core.billing.quote_schemas import TaxSum
from careloop.crm_core.billing.schemas import BillingRulesView
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import system_actor
from careloop.kit.money import Money


class Taxed(Protocol):
    """A line with its tax."""

    net: Decimal
    tax: Decimal
    tax_code: str
    tax_rate: Decimal | None


def tax_on(net: Decimal, rate: Decimal | None, currency: str) -> Decimal:
    """The tax of one line, rounded half up; nought where the rate is not known yet."""
    return Decimal(0) if rate is None else half_up(net * rate / 100, currency).amount


def totals(lines: Iterable[Taxed]) -> tuple[Decimal, Decimal, Decimal]:
    """Net, tax and gross: sums of rounded lines."""
    net = tax = Decimal(0)
    for line in lines:
        net += line.net
        tax += line.tax
    return net, tax, net + tax


def tax_sums(lines: Sequence[Taxed], rules: BillingRulesView, currency: str) -> list[TaxSum]:
    """The tax by code and rate, which adds up to the whole."""
    sums: dict[tuple[str, Decimal], list[Decimal]] = {}
    for line in lines:
        if line.tax_rate is not None:
            kept = sums.setdefault((line.tax_code, line.tax_rate), [Decimal(0), Decimal(0)])
            kept[0] += line.net
            kept[1] += line.tax
    names = {tax.code: tax.name for tax in rules.taxes}
    return [
        TaxSum(
            code=code, name=names.get(code, ""), rate=plain(rate), net=fixed(net, currency),
            tax=fixed(tax, currency),
        )
        for (code, rate), (net, tax) in sorted(sums.items())
    ]  # fmt: skip


def fixed(amount: Decimal, currency: str) -> str:
    """The digits of an amount in its currency's precision."""
    return format(Money.of(amount, currency).amount, "f")


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 in hex over the JSON with sorted keys and no spaces."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def buyer_of(session: Session, tenant_id: str, customer_id: str) -> dict[str, Any]:
    """The customer as papers show them."""
    row = customers.customer(session, system_actor(tenant_id), customer_id)
    return {
        "number": row.number, "name": row.name, "address": row.address, "city": row.city,
        "country": row.country,
    }  # fmt: skip
