"""Rounding, splitting, hours and bearing: the pure rules of billing, by property."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.crm_core.billing.amounts import (
    billed,
    half_up,
    line_amount,
    percents,
    smallest,
    split,
)
from careloop.crm_core.billing.banding import Band, bands
from careloop.crm_core.billing.bearing import CUSTOMER, Bearing, anew, shares
from careloop.crm_core.billing.bill_models import BearingDecision, DecisionState
from careloop.crm_core.calendars.policy import Hours
from careloop.kit.money import Money

CURRENCIES = st.sampled_from(["EUR", "CNY", "JPY", "KWD"])
AMOUNTS = st.decimals(0, 10**8, places=4)
WEIGHTS = st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=8).filter(any)


@given(AMOUNTS, CURRENCIES)
def test_half_of_the_smallest_coin_goes_up(amount: Decimal, currency: str) -> None:
    money = half_up(amount, currency)
    step = smallest(currency)
    assert money.amount == (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    assert half_up(-amount, currency).amount == -money.amount


def test_a_step_of_the_list_rounds_instead_of_the_cent() -> None:
    assert half_up(Decimal("12.525"), "EUR", Decimal("0.05")).amount == Decimal("12.55")
    assert half_up(Decimal("0.5"), "JPY").amount == Decimal(1)
    # A step can never be finer than the currency.
    assert half_up(Decimal("0.125"), "EUR", Decimal("0.005")).amount == Decimal("0.13")


@given(AMOUNTS, CURRENCIES, WEIGHTS, st.booleans())
def test_no_coin_is_lost_in_a_split(
    amount: Decimal, currency: str, weights: list[Decimal], negative: bool
) -> None:
    total = half_up(-amount if negative else amount, currency)
    parts = split(total, weights)
    assert sum(part.amount for part in parts) == total.amount
    assert {part.currency for part in parts} == {currency}
    step, whole = smallest(currency), sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount - total.amount * weight / whole) < step
    assert all(type(part.amount) is Decimal for part in parts)
    assert sum(percents(weights)) == 100


@given(
    st.decimals("0.001", 10**5, places=3), st.decimals(0, 10**4, places=4),
    st.decimals(0, 100, places=2), CURRENCIES,
)  # fmt: skip
def test_a_line_is_rounded_once(
    quantity: Decimal, price: Decimal, discount: Decimal, currency: str
) -> None:
    money = line_amount(quantity, price, currency, per=60, discount=discount)
    exact = quantity * price * (100 - discount) / 6000
    assert abs(money.amount - exact) <= smallest(currency) / 2


@given(
    st.integers(0, 3000).map(Decimal), st.none() | st.integers(1, 240).map(Decimal),
    st.none() | st.integers(1, 90).map(Decimal),
)  # fmt: skip
def test_what_is_charged_is_never_less_than_done(
    done: Decimal, minimum: Decimal | None, step: Decimal | None
) -> None:
    charged = billed(done, minimum, step)
    if done == 0:
        assert charged == 0
        return
    assert charged >= max(done, minimum or 0)
    if step:
        assert charged % step == 0
        assert charged - max(done, minimum or Decimal(0)) < step


WEEK = Hours(
    ZoneInfo("Europe/Berlin"), ((((9 * 60, 12 * 60), (13 * 60, 18 * 60)),) * 5 + ((), ())),
    off=frozenset({date(2026, 12, 25)}),
)  # fmt: skip
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
NIGHT = (22 * 60, 6 * 60)


@given(
    st.integers(0, 366 * 86_400).map(lambda late: MARCH + timedelta(seconds=late)),
    st.integers(1, 1440), st.integers(0, 1440),
)  # fmt: skip
def test_every_minute_is_of_one_kind(start: datetime, minutes: int, cut: int) -> None:
    found = bands(WEEK, start, minutes, NIGHT)
    assert sum(found.values()) == minutes
    assert all(type(part) is int and part > 0 for part in found.values())
    # The kinds of a stretch on whole minutes are those of its two parts together.
    whole = start.replace(second=0, microsecond=0)
    first = min(cut, minutes)
    together = dict(bands(WEEK, whole, minutes, NIGHT))
    parts: dict[Band, int] = {}
    for begin, length in ((whole, first), (whole + timedelta(minutes=first), minutes - first)):
        if length:
            for band, part in bands(WEEK, begin, length, NIGHT).items():
                parts[band] = parts.get(band, 0) + part
    assert parts == together


@pytest.mark.parametrize(
    ("start", "minutes", "wanted"),
    [
        ("2026-11-23T10:00+01:00", 60, {"normal": 60}),
        ("2026-11-23T11:30+01:00", 120, {"normal": 60, "overtime": 60}),
        ("2026-11-23T17:30+01:00", 300, {"normal": 30, "overtime": 240, "night": 30}),
        ("2026-11-21T23:00+01:00", 60, {"holiday": 60}),
        ("2026-12-25T10:00+01:00", 60, {"holiday": 60}),
        ("2026-12-24T23:30+01:00", 60, {"night": 30, "holiday": 30}),
    ],
)
def test_hours_on_the_wall(start: str, minutes: int, wanted: dict[str, int]) -> None:
    found = bands(WEEK, datetime.fromisoformat(start), minutes, NIGHT)
    assert {str(band): part for band, part in found.items()} == wanted


BY = st.sampled_from(["warranty", "contract", "goodwill", CUSTOMER])


@given(
    BY, st.integers(0, 100), AMOUNTS, AMOUNTS, CURRENCIES,
    st.none() | st.decimals(0, 1000, places=2),
    st.lists(st.tuples(st.sampled_from(["goodwill", "warranty", "customer"]), st.integers(1, 100)),
             max_size=3),
)  # fmt: skip
def test_shares_are_the_whole_line(
    by: str, share: int, price: Decimal, cost: Decimal, currency: str, limit: Decimal | None,
    wishes: list[tuple[str, int]],
) -> None:  # fmt: skip
    decisions = [
        BearingDecision(by=who, share=part, reason="why", decided_by="Ada", kinds=[], source="",
                        state=DecisionState.APPROVED)
        for who, part in wishes
    ]  # fmt: skip
    most = half_up(limit, currency) if limit is not None else None
    bearing = Bearing(by, share, "SC-1", most)
    whole, spent = half_up(price, currency), half_up(cost, "CNY")
    used: dict[str, Money] = {}
    found, _ = shares(bearing, whole, spent, decisions, used)
    assert sum(one.percent for one in found) == 100
    assert sum(one.price.amount for one in found if one.price) == whole.amount
    assert sum(one.cost.amount for one in found if one.cost) == spent.amount
    assert {one.cost.currency for one in found if one.cost} == {"CNY"}
    assert len({one.by for one in found}) == len(found)
    if most is not None and by != CUSTOMER and not wishes and whole.amount:
        borne = sum((one.price.amount for one in found if one.by == by and one.price), Decimal(0))
        assert borne <= most.amount
        assert used["SC-1"].amount == borne
    # One more decision over kept shares loses nothing either.
    later = BearingDecision(by="goodwill", share=37, reason="x", decided_by="Ada", kinds=[])
    moved, _ = anew(found, whole, spent, later)
    assert sum(one.percent for one in moved) == 100
    assert sum(one.price.amount for one in moved if one.price) == whole.amount


def test_a_limit_leaves_the_rest_to_the_customer() -> None:
    used: dict[str, Money] = {"SC-1": Money.of("60", "EUR")}
    bearing = Bearing("contract", 100, "SC-1", Money.of("100", "EUR"))
    found, reasons = shares(bearing, Money.of("90", "EUR"), None, [], used)
    assert [(one.by, str(one.price.amount)) for one in found if one.price] == [
        ("contract", "40.00"), ("customer", "50.00"),
    ]  # fmt: skip
    assert reasons[-1]["code"] == "limit_reached"
    assert used["SC-1"] == Money.of("100", "EUR")
