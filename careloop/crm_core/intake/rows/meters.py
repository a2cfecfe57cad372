"""Rows of the meters and readings files."""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import datetime
from decimal import Decimal

from careloop.crm_core.assets.meter_models import (
    AssetMeter,
    MeterKind,
    MeterReading,
    ReadingKind,
)  # fmt: skip
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.policy import Reading, total_of
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.ledger import CREATED, UNCHANGED, Row
from careloop.crm_core.intake.reading import Record
from careloop.kit.errors import CareloopError


def take_meter(books: Books, record: Record) -> str:
    """Create or change a meter, known by device and name."""
    record.must("asset")
    asset = books.asset(record)
    assert asset is not None
    key = (asset["id"], record.must("name"))
    ledger = books.ledger(AssetMeter)
    stored = ledger.find(key)
    values = record.pick("name", "unit", "kind", "feeds_usage", "rollover_at")
    values["asset_id"] = asset["id"]
    if stored is not None and stored["last_read_at"] and values.get("kind") not in (
        None, stored["kind"],
    ):  # fmt: skip
        raise BadRow("kind", "cannot change any more; the meter has readings")
    if values.get("feeds_usage"):
        others = (row for row in ledger.rows.values() if row["asset_id"] == asset["id"])
        if any(row["feeds_usage"] and row is not stored for row in others):
            raise BadRow("feeds_usage", "is another meter of this device already")
    return ledger.put(key, values, record.place(), "name")[1]


class ReadingTaker:
    """Takes rows of readings, in any order; a reading on file is never changed."""

    def __init__(self, books: Books) -> None:
        self._times: dict[str, list[datetime]] = {}
        self._assets = {row["id"]: row for row in books.ledger(Asset).rows.values()}
        for row in books.ledger(MeterReading).rows.values():
            self._times.setdefault(row["meter_id"], []).append(row["read_at"])
        for times in self._times.values():
            times.sort()

    def __call__(self, books: Books, record: Record) -> str:
        """Note a reading; the same one again changes nothing."""
        record.must("asset")
        asset = books.asset(record)
        assert asset is not None
        meter = books.ledger(AssetMeter).find((asset["id"], record.must("meter")))
        if meter is None:
            raise BadRow("meter", "is no meter of this device on file or in the meters file")
        ledger = books.ledger(MeterReading)
        value, at = record.must("value"), record.must("read_at")
        if at > books.now:
            raise BadRow("read_at", "has not come yet")
        kind = record.get("kind") or ReadingKind.READING.value
        key = (meter["id"], at.replace(microsecond=0))
        stored = ledger.find(key)
        if stored is not None:
            if (stored["value"], stored["kind"]) != (value, kind):
                raise BadRow("value", f"differs from {stored['value']:f}, which is on file")
            ledger.claim(stored, record.place(), "read_at")
            return UNCHANGED
        total = self._total(books, meter, at, value, ReadingKind(kind))
        row = ledger.create(key, {
            "asset_id": asset["id"], "meter_id": meter["id"], "value": value, "total": total,
            "kind": kind, "read_at": at, "source": record.get("source") or "import",
            "work_order": record.get("work_order") or "", "note": record.get("note") or "",
        })  # fmt: skip
        ledger.claim(row, record.place(), "read_at")
        insort(self._times.setdefault(meter["id"], []), at)
        self._show(books, meter, asset, row)
        return CREATED

    def _total(
        self, books: Books, meter: Row, at: datetime, value: Decimal, kind: ReadingKind
    ) -> Decimal:
        times = self._times.get(meter["id"], [])
        place = bisect_left(times, at)
        before = self._told(books, meter, times[place - 1]) if place else None
        after = self._told(books, meter, times[place]) if place < len(times) else None
        try:
            return total_of(
                value, kind, MeterKind(meter["kind"]), meter["rollover_at"], before, after
            )
        except CareloopError as error:
            raise BadRow("value", error.message) from None

    def _told(self, books: Books, meter: Row, at: datetime) -> Reading:
        row = books.ledger(MeterReading).find((meter["id"], at.replace(microsecond=0)))
        assert row is not None
        return Decimal(row["value"]), Decimal(row["total"]), ReadingKind(row["kind"])

    def _show(self, books: Books, meter: Row, asset: Row, reading: Row) -> None:
        """The newest reading is what the meter shows, and the device's hours where it counts."""
        if meter["last_read_at"] is not None and meter["last_read_at"] > reading["read_at"]:
            return
        books.ledger(AssetMeter).change(meter, {
            "last_value": reading["value"], "last_total": reading["total"],
            "last_read_at": reading["read_at"],
        })  # fmt: skip
        if meter["feeds_usage"]:
            books.ledger(Asset).change(asset, {"usage_hours": int(reading["total"])})
