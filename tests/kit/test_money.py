"""Money is exact, keeps to its currency's precision, and never mixes currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from careloop.kit.errors import InvalidInput
from careloop.kit.money import Money

currencies = st.sampled_from(["CNY", "USD", "EUR", "JPY", "KWD", "BRL", "VND"])
amounts = st.decimals(
    min_value=-(10**10), max_value=10**10, places=6, allow_nan=False, allow_infinity=False
)


@given(amounts, currencies)
def test_an_amount_has_the_precision_of_its_currency(amount: Decimal, currency: str) -> None:
    money = Money.of(amount, currency)
    assert -money.amount.as_tuple().exponent == get_currency_precision(currency)  # type: ignore[operator]
    assert abs(money.amount - amount) * 2 <= Decimal(1).scaleb(-get_currency_precision(currency))
    assert Money.of(str(money.amount), currency.lower()) == money


@given(amounts, amounts, currencies)
def test_adding_and_taking_away_loses_nothing(a: Decimal, b: Decimal, currency: str) -> None:
    one, two = Money.of(a, currency), Money.of(b, currency)
    assert (one + two) - two == one
    assert one + two == two + one


@given(st.lists(amounts, min_size=1, max_size=20), currencies)
def test_a_sum_does_not_depend_on_its_order(parts: list[Decimal], currency: str) -> None:
    money = [Money.of(part, currency) for part in parts]
    total, back = money[0], money[-1]
    for item in money[1:]:
        total += item
    for item in reversed(money[:-1]):
        back += item
    assert total == back


def test_two_currencies_never_mix() -> None:
    with pytest.raises(InvalidInput):
        Money.of(1, "EUR") + Money.of(1, "USD")
    with pytest.raises(InvalidInput):
        Money.of(1, "EUR") - Money.of(1, "USD")


@pytest.mark.parametrize("amount", ["", "abc", "1,5", "nan", "inf", "1e", "1..2"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(InvalidInput):
        Money.of(amount, "EUR")


@pytest.mark.parametrize("currency", ["", "EURO", "XX", "12", "€"])
def test_what_is_no_currency_is_refused(currency: str) -> None:
    with pytest.raises(InvalidInput):
        Money.of("1", currency)


def test_a_half_goes_to_the_even_neighbour() -> None:
    assert Money.of("0.125", "EUR").amount == Decimal("0.12")
    assert Money.of("0.135", "EUR").amount == Decimal("0.14")


def test_a_person_reads_it_their_way() -> None:
    assert Money.of("1234.5", "EUR").format("de") == "1.234,50\xa0€"
    assert Money.of("1234.5", "JPY").format("ja-JP").endswith("1,234")
