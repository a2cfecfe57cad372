"""The lines of a quote: priced by a list, the catalogue or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.billing import quote_queries
from careloop.crm_core.billing.amounts import line_amount
from careloop.crm_core.billing.models import PriceList
from careloop.crm_core.billing.papers import tax_on, totals
from careloop.crm_core.billing.pricing import HOUR, TIMED, USUAL_UNIT, Buyer, Priced, Tariff
from careloop.crm_core.billing.quote_models import Quote, QuoteLine
from careloop.crm_core.billing.quote_schemas import QuoteLineFacts
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput
from careloop.kit.ids import new_id

UNPRICED = "unpriced"
"""Origin of a line that nothing prices; such a quote cannot be sent."""
_WORDS: dict[str, dict[str, str]] = {
    "labour": {"en": "Labour", "zh": "工时", "es": "Mano de obra", "de": "Arbeitszeit",
               "fr": "Main-d’œuvre"},
    "travel_time": {"en": "Travel time", "zh": "路途时间", "es": "Tiempo de viaje",
                    "de": "Reisezeit", "fr": "Temps de trajet"},
    "travel_km": {"en": "Distance", "zh": "路程", "es": "Distancia", "de": "Fahrstrecke",
                  "fr": "Distance"},
    "call_out": {"en": "Call-out", "zh": "上门费", "es": "Desplazamiento", "de": "Anfahrt",
                 "fr": "Déplacement"},
}  # fmt: skip


def word(kind: str, language: str) -> str:
    """What a kind of work is called on papers."""
    names = _WORDS.get(kind, {})
    return names.get(language) or names.get("en", kind)


def set_lines(
    session: Session, row: Quote, buyer: Buyer, lines: Sequence[QuoteLineFacts], on: date
) -> None:
    """Replace the lines of a quote, in the order given, and its sums."""
    for old in quote_queries.lines_of(session, row):
        session.delete(old)
    session.flush()
    tariff = Tariff(session, row.tenant_id)
    listed = tariff.named_list(row.price_list)
    books = system_actor(row.tenant_id)
    made = []
    for position, facts in enumerate(lines, 1):
        part = catalog.part(session, books, facts.code) if facts.kind == "part" else None
        if facts.kind == "part" and part is None:
            raise InvalidInput(
                f"There is no part {facts.code} in the catalogue",
                **{f"lines.{position - 1}.code": "is unknown"},
            )
        made.append(_line(session, row, tariff, listed, facts, part, position, on))
    session.add_all(made)
    row.net, row.tax, row.gross = totals(made)
    session.flush()


def _line(
    session: Session, row: Quote, tariff: Tariff, listed: PriceList | None,
    facts: QuoteLineFacts, part: Part | None, position: int, on: date,
) -> QuoteLine:  # fmt: skip
    priced = _priced(row, tariff, listed, facts, part, on)
    tax_code = priced.tax_code if facts.tax_code is None else facts.tax_code
    rate = tariff.rules.tax(tax_code)
    if tax_code and rate is None:
        raise InvalidInput(
            f"There is no tax code {tax_code}; enter it in the rules of billing",
            **{f"lines.{position - 1}.tax_code": "is unknown"},
        )
    unit_price = priced.price if priced.price is not None else Decimal(0)
    discount = priced.discount if facts.discount is None else Decimal(facts.discount)
    quantity = Decimal(facts.quantity)
    net = line_amount(
        quantity, unit_price, row.currency, per=priced.per, discount=discount,
        step=priced.rounding or None,
    ).amount  # fmt: skip
    return QuoteLine(
        tenant_id=row.tenant_id, id=new_id(), quote_id=row.id, position=position,
        kind=facts.kind, code=facts.code, hours=facts.hours,
        text=facts.text or _name(facts, priced, part, row.language), quantity=quantity,
        unit=facts.unit or priced.unit, per=priced.per, unit_price=unit_price,
        discount=discount, tax_code=tax_code, tax_rate=rate, net=net,
        tax=tax_on(net, rate, row.currency), origin=priced.origin, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip


def _priced(
    row: Quote, tariff: Tariff, listed: PriceList | None, facts: QuoteLineFacts,
    part: Part | None, on: date,
) -> Priced:  # fmt: skip
    """By hand where a price was given, else by the list; in the currency of the quote only."""
    tax_code = listed.tax_code if listed else ""
    rounding = listed.rounding if listed else Decimal(0)
    if facts.kind == "free":
        return Priced(
            Decimal(facts.unit_price or "0"), row.currency, 1, facts.unit, rounding=rounding,
            origin="hand", tax_code=tax_code,
        )  # fmt: skip
    found = tariff.price(listed, facts.kind, facts.code, on, facts.hours, part)
    if facts.unit_price is not None:
        per = HOUR if facts.kind in TIMED else 1
        unit = found.unit or USUAL_UNIT[facts.kind]
        return Priced(
            Decimal(facts.unit_price), row.currency, per, unit, rounding=rounding,
            origin=facts.origin if facts.origin.startswith(("list:", "sop:")) else "hand",
            tax_code=found.tax_code or tax_code, names=found.names,
        )  # fmt: skip
    if found.price is None:
        return replace(found, origin=UNPRICED, tax_code=found.tax_code or tax_code)
    if found.currency == row.currency:
        origin = facts.origin if facts.origin.startswith("sop:") else found.origin
        return replace(found, origin=origin)
    converted = tariff.convert(found.price, found.currency, row.currency, on)
    if converted is None:
        return replace(found, price=None, origin=UNPRICED)
    return replace(found, price=converted, currency=row.currency)


def _name(facts: QuoteLineFacts, priced: Priced, part: Part | None, language: str) -> str:
    if priced.names:
        return catalog.localized(priced.names, language)[:500]
    if part is not None:
        return (catalog.localized(part.names, language) or part.number)[:500]
    return word(facts.kind, language) if facts.kind != "fixed" else facts.code


def buyer_for(session: Session, actor: Actor, customer_id: str, contract: str = "") -> Buyer:
    """For whom a customer's quote is priced."""
    row = customers.customer(session, system_actor(actor.tenant_id), customer_id)
    return Buyer(row.tier, row.country, contract)


def problems(row: Quote, lines: Sequence[QuoteLine]) -> list[str]:
    """What hinders the quote from being sent, coded; with the line's position."""
    found = [] if lines else ["no_lines"]
    for line in lines:
        if line.origin == UNPRICED:
            found.append(f"unpriced:{line.position}")
        if line.tax_rate is None:
            found.append(f"no_tax:{line.position}")
    return found
