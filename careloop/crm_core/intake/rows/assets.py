"""A row of the assets file."""

from __future__ import annotations

from datetime import date

from careloop.crm_core.assets.models import Asset, AssetStatus
from careloop.crm_core.assets.serials import fold, plain
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.dates import add_months
from careloop.crm_core.intake.errors import BadCell, BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record


def take_asset(books: Books, record: Record) -> str:
    """Create or change a device, known by its serial."""
    serial, model = record.must("serial"), books.model(record)
    assert model is not None
    key = plain(serial)
    if not key:
        raise BadRow("serial", "has neither letters nor digits")
    ledger = books.ledger(Asset)
    stored = ledger.find(key)
    if stored is not None and stored["serial"] != serial:
        raise BadRow("serial", f"is {stored['serial']!r}, written otherwise")
    values = record.pick("site", "shipped_on", "installed_on", "firmware", "usage_hours", "name")
    values |= {
        "serial": serial, "serial_key": fold(serial),
        "model_id": model["id"], "model": model["model"],
    }  # fmt: skip
    if "customer" in record.values:
        customer = books.customer(record)
        values["customer_id"] = customer["id"] if customer else None
    if "contract" in record.values:
        values["contract_number"] = _contract_number(books, record)
    _set_warranty(record, values, stored, model["warranty_months"])
    values |= _status(record, values, stored) | merged(record.own, stored)
    return ledger.put(key, values, record.place(), "serial")[1]


def _contract_number(books: Books, record: Record) -> str:
    """The number as the contract has it; an unknown one is kept and reported."""
    written: str = record.get("contract")
    if not written:
        return ""
    found = books.ledger(ServiceContract).find(fold_key(written))
    if found is None:
        reason = "is no contract on file or in the contracts file; it is kept as written"
        books.warn(record, "contract", written, reason)
        return written
    number: str = found["number"]
    return number


def _status(record: Record, values: Row, stored: Row | None) -> Row:
    """The status as given; else a device that nobody is known to have stands in stock, until an
    import says who has it or since when it runs."""
    if record.get("status"):
        return {"status": record.get("status")}
    placed = values.get("customer_id") or values.get("installed_on")
    if stored is None:
        status = AssetStatus.INSTALLED if placed else AssetStatus.IN_STOCK
        return {"status": status.value}
    was_placed = stored["customer_id"] or stored["installed_on"]
    if stored["status"] == AssetStatus.IN_STOCK and placed and not was_placed:
        return {"status": AssetStatus.INSTALLED.value}
    return {}


def _set_warranty(record: Record, values: Row, stored: Row | None, months: int | None) -> None:
    """The end of the warranty as given, else installation plus the model's warranty.

    One that is on file stays while the day of installation does.
    """
    given: date | None = record.get("warranty_until")
    installed: date | None = values.get("installed_on", (stored or {}).get("installed_on"))
    if given is not None:
        values["warranty_until"] = given
    elif stored and stored["warranty_until"] and stored["installed_on"] == installed:
        return
    elif installed is not None and months is not None:
        try:
            values["warranty_until"] = add_months(installed, months)
        except BadCell as error:
            raise BadRow("installed_on", str(error)) from None
    elif "warranty_until" in record.values or "installed_on" in values:
        values["warranty_until"] = None
