"""Rows of the products, parts and bom files."""

from __future__ import annotations

import unicodedata

from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.reading import Record

UNDETERMINED = "und"
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "ARABIC": "ar", "THAI": "th",
}  # fmt: skip


def language_of(name: str) -> str:
    """The language a name's script tells; Latin letters tell none, which is `und` (BCP 47)."""
    found = set()
    for char in name:
        found.add(_SCRIPTS.get(unicodedata.name(char, "").split(" ")[0].split("-")[0], ""))
    return next((code for code in ("ja", "ko", "zh", "ru", "ar", "th") if code in found),
                UNDETERMINED)  # fmt: skip


def take_product(books: Books, record: Record) -> str:
    """Create or change a product model."""
    key = fold_key(record.must("model"))
    ledger = books.ledger(ProductModel)
    stored = ledger.find(key)
    values = record.pick("family", "description", "warranty_months")
    values["names"] = _names(record, stored)
    if stored is None:
        values["model"] = record.get("model")
    return ledger.put(key, values, record.place(), "model")[1]


def take_part(books: Books, record: Record) -> str:
    """Create or change a spare part; a price needs a currency."""
    key = fold_key(record.must("number"))
    ledger = books.ledger(Part)
    stored = ledger.find(key)
    values = record.pick("unit_price", "currency", "lead_days", "wear", "unit", "gtin", "tracking")
    values["names"] = _names(record, stored)
    if stored is None:
        values["number"] = record.get("number")
    if values.get("unit_price") is not None:
        currency = values.get("currency") or (stored or {}).get("currency", "")
        values["currency"] = currency or books.home.currency
        if not values["currency"]:
            raise BadRow("currency", "is missing; a price needs one")
    if values.get("gtin") and values["gtin"] != (stored or {}).get("gtin"):
        other = books.holder(Part, "gtin", values["gtin"])
        if other is not None and other is not stored:
            raise BadRow("gtin", f"is that of {other['number']} already")
    row, outcome = ledger.put(key, values, record.place(), "number")
    if values.get("gtin"):
        books.holds(Part, "gtin", row)
    return outcome


def take_bom_line(books: Books, record: Record) -> str:
    """Create or change a line of a parts list."""
    record.must("model")
    model, part = books.model(record), books.part(record)
    assert model is not None
    module = record.get("module") or ""
    values = {"model_id": model["id"], "part_id": part["id"], **record.pick("quantity")}
    ledger = books.ledger(BomLine)
    key = (model["id"], part["id"], fold_key(module))
    if ledger.find(key) is None:
        values["module"] = module
    return ledger.put(key, values, record.place(), "part")[1]


def _names(record: Record, stored: Row | None) -> dict[str, str]:
    """The stored names with those of the row; an empty cell takes its language's name away.

    The column `name` fills the language of its script unless that has a column of its own.
    """
    names: dict[str, str] = dict(stored["names"]) if stored else {}
    for column, value in record.values.items():
        if column.startswith("name_"):
            names[column.removeprefix("name_")] = value
    plain = record.get("name")
    if plain and not record.get(f"name_{language_of(plain)}"):
        names[language_of(plain)] = plain
    return {code: name for code, name in names.items() if name}
