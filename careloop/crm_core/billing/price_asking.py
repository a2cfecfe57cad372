"""The question what something is sold for, with its answer explained."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from careloop.crm_core.billing import queries
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.pricing import Buyer, Tariff
from careloop.crm_core.billing.quote_lines import word
from careloop.crm_core.billing.rate_schemas import FoundPrice
from careloop.crm_core.billing.schemas import UnitAmount
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.db import now


def asked_price(
    session: Session, actor: Actor, kind: str, code: str, hours: str, *, ticket: str = "",
    customer_id: str = "", price_list: str = "", currency: str = "", on: date | None = None,
) -> FoundPrice:  # fmt: skip
    """The price of one unit for a customer, by the list named or the one that holds for them."""
    contract = ""
    if ticket:
        row = tickets.ticket(session, actor, ticket)
        customer_id, contract = customer_id or row.customer_id or "", row.contract
    buyer, language = Buyer(contract=contract), actor.language
    if customer_id:
        customer = customers.customer(session, actor, customer_id)
        buyer = Buyer(customer.tier, customer.country, contract)
    day = on or now(session).date()
    tariff = Tariff(session, actor.tenant_id)
    listed = (
        queries.price_list(session, actor, price_list) if price_list
        else tariff.price_list(buyer, day, currency)
    )  # fmt: skip
    part = catalog.part(session, actor, code) if kind == "part" and code else None
    found = tariff.price(listed, kind, code, day, hours, part)
    name = catalog.localized(found.names, language) if found.names else ""
    if not name and part is not None:
        name = catalog.localized(part.names, language)
    return FoundPrice(
        kind=kind, code=code, hours=hours, name=name or word(kind, language), unit=found.unit,
        per=found.per, price=UnitAmount.of(found.price, found.currency),
        discount=plain(found.discount),
        minimum=None if found.minimum is None else plain(found.minimum),
        step=None if found.step is None else plain(found.step), price_list=found.price_list,
        origin=found.origin, tax_code=found.tax_code, on=day, reasons=[found.reason],
    )  # fmt: skip
