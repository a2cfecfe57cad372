"""A row of the components file."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Ledger, Row
from careloop.crm_core.intake.reading import Record

_SAME_NAME = (
    "position", "parent", "module", "name", "quantity", "lot", "work_order", "removed_for",
    "warranty_until", "removed_at",
)  # fmt: skip


class ComponentTaker:
    """Takes rows of components. What is fitted at a position, and which piece is fitted where,
    is one thing at a time; what was removed may stand there as often as it was."""

    def __init__(self, books: Books) -> None:
        self._places: dict[tuple[str, str], str] = {}
        self._pieces: dict[tuple[str, str], str] = {}
        for row in books.ledger(AssetComponent).rows.values():
            self._note(row)

    def __call__(self, books: Books, record: Record) -> str:
        """Create or change a component, known by device, position and when it was fitted."""
        record.must("asset")
        asset = books.asset(record)
        assert asset is not None
        ledger = books.ledger(AssetComponent)
        values = record.pick(*_SAME_NAME) | {"asset_id": asset["id"]}
        place = (asset["id"], fold_key(record.must("position")))
        key, fitted_at = self._key(ledger, record, place, asset)
        values["fitted_at"] = fitted_at
        if "part" in record.values:
            values["part"] = _part_number(books, record)
        if "component_serial" in record.values:
            values["serial"] = record.get("component_serial")
            values["serial_key"] = fold(values["serial"])
        if values.get("removed_at") and values["removed_at"] < fitted_at:
            raise BadRow("removed_at", "is before the component was fitted")
        stored = ledger.find(key)
        self._check(values | {"id": stored["id"] if stored else ""}, place, stored)
        row, outcome = ledger.put(key, values, record.place(), "position")
        self._note(row)
        return outcome

    def _key(
        self, ledger: Ledger, record: Record, place: tuple[str, str], asset: Row
    ) -> tuple[Any, datetime]:
        """The key of the row and its time; without a time the one that is fitted is meant, else
        it has been there since the device was installed."""
        given: datetime | None = record.get("fitted_at")
        fitted = next(
            (row for row in ledger.rows.values() if row["id"] == self._places.get(place)), None
        ) if given is None else None  # fmt: skip
        if fitted is not None:
            given = fitted["fitted_at"]
        if given is None:
            day = asset["installed_on"] or asset["shipped_on"]
            if day is None:
                raise BadRow("fitted_at", "is missing, and the device has no day of installation")
            given = datetime.combine(day, time(), UTC)
        key = (*place, given.replace(microsecond=0))
        stored = ledger.find(key)
        return key, stored["fitted_at"] if stored else given

    def _check(self, values: Row, place: tuple[str, str], stored: Row | None) -> None:
        removed = values.get("removed_at", stored and stored["removed_at"])
        if removed:
            return
        other = self._places.get(place, values["id"])
        if other != values["id"]:
            raise BadRow("position", "holds another component that has not been removed")
        known: Row = {**(stored or {"part": "", "serial": ""}), **values}
        part, serial = str(known["part"]), str(known["serial"])
        if serial and self._pieces.get((part, serial), values["id"]) != values["id"]:
            raise BadRow("component_serial", "is fitted elsewhere and has not been removed there")

    def _note(self, row: Row) -> None:
        place = (row["asset_id"], fold_key(row["position"]))
        piece = (row["part"], row["serial"])
        for known, key in ((self._places, place), (self._pieces, piece)):
            if row["removed_at"] is None and (known is self._places or row["serial"]):
                known[key] = row["id"]
            elif known.get(key) == row["id"]:
                del known[key]


def _part_number(books: Books, record: Record) -> str:
    """The number as the catalogue has it; an unknown one is kept and reported."""
    written: str = record.get("part") or ""
    found = books.ledger(Part).find(fold_key(written)) if written else None
    if written and found is None:
        reason = "is no part on file or in the parts file; it is kept as written"
        books.warn(record, "part", written, reason)
    return str(found["number"]) if found else written
