"""Pure rules of stock: times, average cost, approvals."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from careloop.kit.clock import as_utc
from careloop.kit.money import Money

OFFLINE_DAYS = 60
STEP = Decimal("0.0001")
EXPIRING_HOURS = 24


def clamped(happened_at: datetime | None, now: datetime) -> datetime:
    """A device's time, never in the future and never older than a device may be offline."""
    if happened_at is None:
        return now
    return max(now - timedelta(days=OFFLINE_DAYS), min(as_utc(happened_at), now))


def average_after(
    owned: int, average: Decimal, received: int, unit_cost: Decimal
) -> Decimal:  # fmt: skip
    """Moving average cost once `received` pieces at `unit_cost` join `owned` at `average`."""
    if owned + received <= 0:
        return unit_cost.quantize(STEP, rounding=ROUND_HALF_EVEN)
    total = average * max(owned, 0) + unit_cost * received
    pieces = max(owned, 0) + received
    return (total / pieces).quantize(STEP, rounding=ROUND_HALF_EVEN)


def average_without(owned: int, average: Decimal, taken: int, unit_cost: Decimal) -> Decimal:
    """Moving average cost once a receipt of `taken` pieces at `unit_cost` is taken back.

    With nothing left, or where the rest would be worth less than nothing because dearer pieces
    have left meanwhile, the average stays.
    """
    left = owned - taken
    if left <= 0:
        return average
    rest = average * owned - unit_cost * taken
    return average if rest < 0 else (rest / left).quantize(STEP, rounding=ROUND_HALF_EVEN)


def approvals_needed(values: list[Money], limit: Money | None) -> int:
    """Two persons where the worth in the limit's currency reaches it, or cannot be compared."""
    if limit is None:
        return 1
    for value in values:
        if value.currency != limit.currency or value.amount >= limit.amount:
            return 2
    return 1


def worth(prices: list[tuple[Decimal, str, int]]) -> list[Money]:
    """Sums of (unit, currency, pieces) by currency; currencies are never mixed."""
    sums: dict[str, Decimal] = {}
    for unit, currency, pieces in prices:
        sums[currency] = sums.get(currency, Decimal(0)) + unit * pieces
    return [Money.of(amount, currency) for currency, amount in sorted(sums.items())]
