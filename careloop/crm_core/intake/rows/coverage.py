"""Rows of the coverage and contract devices files."""

from __future__ import annotations

from careloop.crm_core.contracts.models import ContractAsset, ContractLine, ServiceContract
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.reading import Record


def take_coverage(books: Books, record: Record) -> str:
    """Create or change a line of what a contract covers, known by its position."""
    contract = _contract(books, record)
    key = (contract["id"], record.must("position"))
    values = record.pick(
        "position", "what", "share", "parts", "visits", "limit_amount", "limit_currency", "note"
    )
    values["contract_id"] = contract["id"]
    ledger = books.ledger(ContractLine)
    stored = ledger.find(key)
    if values.get("limit_amount") is not None:
        known = values.get("limit_currency") or (stored or {}).get("limit_currency", "")
        values["limit_currency"] = known or contract["price_currency"] or books.home.currency
        if not values["limit_currency"]:
            raise BadRow("limit_currency", "is missing; a limit needs one")
    return ledger.put(key, values, record.place(), "position")[1]


def take_contract_device(books: Books, record: Record) -> str:
    """Put a device on a contract, or change its days there."""
    contract = _contract(books, record)
    record.must("asset")
    asset = books.asset(record)
    assert asset is not None
    key = (contract["id"], asset["id"])
    ledger = books.ledger(ContractAsset)
    stored = ledger.find(key)
    values = record.pick("from_on", "until_on")
    values |= {"contract_id": contract["id"], "asset_id": asset["id"], "serial": asset["serial"]}
    starts = values.get("from_on", stored and stored["from_on"])
    ends = values.get("until_on", stored and stored["until_on"])
    if starts and ends and ends < starts:
        raise BadRow("until_on", f"is before the first day, {starts}")
    return ledger.put(key, values, record.place(), "asset")[1]


def _contract(books: Books, record: Record) -> Row:
    found = books.ledger(ServiceContract).find(fold_key(record.must("contract")))
    if found is None:
        raise BadRow("contract", "is no contract on file or in the contracts file")
    return found
