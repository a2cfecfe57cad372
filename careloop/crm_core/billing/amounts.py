"""Rounding and splitting of money: half up per line, no cent lost.

A line is rounded once, half up, to the precision of its currency or to the step of its price
list. A total is the sum of rounded lines. What is split is split to the cent by the largest
remainder, so that the parts add up to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from careloop.kit.money import Money

HUNDRED = Decimal(100)
CENT_OF_PERCENT = Decimal("0.01")
UNIT_STEP = Decimal("0.0001")
"""Prices of one unit are kept with four decimals, whatever the currency."""


def smallest(currency: str) -> Decimal:
    """The smallest amount of a currency, e.g. 0.01 EUR or 1 JPY."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def half_up(amount: Decimal, currency: str, step: Decimal | None = None) -> Money:
    """The amount to the step, half of one away from nought; never finer than the currency."""
    unit = max(smallest(currency), step or Decimal(0))
    whole = (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money((whole * unit).quantize(smallest(currency), rounding=ROUND_HALF_UP), currency)


def line_amount(
    quantity: Decimal, unit_price: Decimal, currency: str, *, per: int = 1,
    discount: Decimal = Decimal(0), step: Decimal | None = None,
) -> Money:  # fmt: skip
    """Quantity times price of `per` units, less the discount in percent, rounded once."""
    exact = quantity * unit_price * (HUNDRED - discount) / (HUNDRED * per)
    return half_up(exact, currency, step)


def split(total: Money, weights: Sequence[Decimal]) -> list[Money]:
    """The total in parts by weight, to the cent; what is over goes to the largest remainders.

    Of equal remainders the earlier part is first. Weights are not negative, and one is not 0.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and one of them must be above 0")
    unit = smallest(total.currency)
    pieces = abs(total.amount) / unit
    exact = [pieces * weight / whole for weight in weights]
    counts = [share.to_integral_value(rounding=ROUND_FLOOR) for share in exact]
    over = int(pieces - sum(counts, Decimal(0)))
    order = sorted(range(len(weights)), key=lambda at: (counts[at] - exact[at], at))
    for at in order[:over]:
        counts[at] += 1
    sign = -1 if total.amount < 0 else 1
    return [Money((count * unit * sign).quantize(unit), total.currency) for count in counts]


def percents(weights: Sequence[Decimal]) -> list[Decimal]:
    """Weights as percent with two decimals that add up to exactly 100."""
    hundred = Money(HUNDRED, "EUR")
    return [part.amount for part in split(hundred, weights)]


def billed(quantity: Decimal, minimum: Decimal | None, step: Decimal | None) -> Decimal:
    """The quantity that is charged: at least the minimum, in whole steps, never less than done."""
    if quantity <= 0:
        return quantity
    charged = max(quantity, minimum or Decimal(0))
    if step:
        steps = (charged / step).to_integral_value(rounding=ROUND_FLOOR)
        charged = steps * step if steps * step == charged else (steps + 1) * step
    return charged


def plain(amount: Decimal) -> str:
    """Digits of an amount or quantity without exponent and without noughts that say nothing."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
