"""A row of the stock file."""

from __future__ import annotations

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import UNCHANGED, UPDATED, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.inventory.models import StockBalance, StockLocation

DEFAULT_LEVEL = "depot"


class StockTaker:
    """Takes rows of stock; a location has one level in all rows of an import."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[str, str]] = {}

    def __call__(self, books: Books, record: Record) -> str:
        """Create or change the balance of a part at a location, and the location itself."""
        part = books.part(record)
        code, level = record.must("location"), record.get("level")
        key = fold_key(code)
        locations = books.ledger(StockLocation)
        location = locations.find(key)
        self._check_level(key, level, record.place())
        values = _balance(record)
        stored = location and books.ledger(StockBalance).find((location["id"], part["id"]))
        _check_balance(values, stored)
        moved = UNCHANGED
        if location is None:
            location = locations.create(key, {"code": code, "level": level or DEFAULT_LEVEL})
        elif level:
            moved = locations.change(location, {"level": level})
        ids = {"location_id": location["id"], "part_id": part["id"]}
        _, outcome = books.ledger(StockBalance).put(
            (location["id"], part["id"]), values | ids, record.place(), "part"
        )
        return UPDATED if moved == UPDATED and outcome == UNCHANGED else outcome

    def _check_level(self, key: str, level: str | None, place: str) -> None:
        if level:
            first, where = self._levels.setdefault(key, (level, place))
            if first != level:
                raise BadRow("level", f"differs from {first} in {where}")


def _balance(record: Record) -> Row:
    values: Row = {"on_hand": record.must("quantity")}
    for ours, column in (("minimum", "min"), ("maximum", "max")):
        if column in record.values:
            values[ours] = record.get(column)
    return values


def _check_balance(values: Row, stored: Row | None) -> None:
    low = values.get("minimum", stored and stored["minimum"])
    high = values.get("maximum", stored and stored["maximum"])
    if low is not None and high is not None and high < low:
        raise BadRow("max", f"is below the minimum, {low}")
    if stored and values["on_hand"] < stored["reserved"]:
        raise BadRow("quantity", f"is below the {stored['reserved']} pieces that are reserved")
