"""Money: an exact amount with its currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from babel.core import get_global
from babel.numbers import format_currency, get_currency_precision

from careloop.kit.errors import InvalidInput

_CURRENCIES: frozenset[str] = frozenset(get_global("all_currencies"))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's own precision (CLDR); amounts of two currencies never mix."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """Parse and round half-even to the currency's precision; `InvalidInput` if impossible."""
        code = currency.strip().upper()
        if code not in _CURRENCIES:
            raise InvalidInput(f"{currency!r} is not an ISO 4217 currency code")
        try:
            value = Decimal(str(amount).strip())
        except InvalidOperation:
            raise InvalidInput(f"{amount!r} is not an amount") from None
        if not value.is_finite():
            raise InvalidInput(f"{amount!r} is not an amount")
        step = Decimal(1).scaleb(-get_currency_precision(code))
        return cls(value.quantize(step, rounding=ROUND_HALF_EVEN), code)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def times(self, factor: Decimal | int) -> Money:
        return Money.of(self.amount * factor, self.currency)

    def format(self, locale: str) -> str:
        """Text for a person, e.g. `1.234,50 €` in German."""
        return format_currency(self.amount, self.currency, locale=locale.replace("-", "_"))

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise InvalidInput(f"cannot add {other.currency} to {self.currency}")
