"""A row of the contracts file."""

from __future__ import annotations

from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.sla.models import SlaPolicy


def take_contract(books: Books, record: Record) -> str:
    """Create or change a service contract; it may not end before it starts."""
    key = fold_key(record.must("number"))
    record.must("customer")
    customer = books.customer(record)
    assert customer is not None
    values = {name: value for name, value in record.values.items() if name != "customer"}
    values["customer_id"] = customer["id"]
    if "sla_policy" in values:
        values["sla_policy"] = books.code_of(SlaPolicy, record, "sla_policy", "SLA policy")
    if "calendar" in values:
        values["calendar"] = books.code_of(BusinessCalendar, record, "calendar", "calendar")
    ledger = books.ledger(ServiceContract)
    stored = ledger.find(key)
    values |= merged(record.own, stored)
    if stored is not None:
        values.pop("number")
    starts = values.get("starts_on", stored and stored["starts_on"])
    ends = values.get("ends_on", stored and stored["ends_on"])
    if starts and ends and ends < starts:
        raise BadRow("ends_on", f"is before the start, {starts}")
    terminated = values.get("terminated_on")
    if terminated and starts and terminated < starts:
        raise BadRow("terminated_on", f"is before the start, {starts}")
    return ledger.put(key, values, record.place(), "number")[1]
