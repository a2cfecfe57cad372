"""Who bears a service: the rules by property, and by the cases people argue about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.crm_core.contracts.models import ContractState, Coverage
from careloop.crm_core.contracts.policy import (
    Agreement,
    Entitlement,
    Facts,
    Line,
    Terms,
    Wish,
    add_months,
    contract_year,
    entitle,
    lines_in_words,
)  # fmt: skip
from careloop.crm_core.contracts.reasons import SENTENCES
from careloop.kit.money import Money

DAY = date(2026, 6, 15)
USUAL = Terms(
    frozenset({Coverage.LABOUR, Coverage.TRAVEL, Coverage.PARTS, Coverage.REMOTE}), part_months=3
)
CURRENCIES = ("EUR", "CNY", "JPY")

days = st.integers(-500, 500).map(lambda n: DAY + timedelta(days=n))
maybe_days = st.none() | days
kinds = st.sampled_from(list(Coverage))
parts = st.sampled_from(["", "P-1", "P-2", "Q-9"])


@st.composite
def money(draw: st.DrawFn) -> Money:
    amount = Decimal(draw(st.integers(0, 10_000_000))) / 100
    return Money.of(amount, draw(st.sampled_from(CURRENCIES)))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    visits = draw(st.none() | st.integers(0, 4))
    return Line(
        draw(kinds), draw(st.integers(0, 100)),
        tuple(draw(st.lists(st.sampled_from(["P-1", "P*", "Q-*"]), max_size=2))),
        visits, None if visits is None else draw(st.integers(0, visits)),
        draw(st.none() | money()),
    )  # fmt: skip


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    return Agreement(
        f"SC-{draw(st.integers(1, 9))}", draw(st.sampled_from(["", "Plus"])),
        draw(st.sampled_from(list(ContractState))), draw(maybe_days), draw(maybe_days),
        draw(maybe_days), draw(maybe_days), tuple(draw(st.lists(lines(), max_size=4))),
    )  # fmt: skip


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    return Terms(
        frozenset(draw(st.lists(kinds, max_size=5))), draw(st.booleans()),
        draw(st.integers(0, 24)), draw(st.dictionaries(parts, st.integers(0, 24), max_size=2)),
        draw(st.integers(0, 200)), draw(st.integers(0, 100)),
    )  # fmt: skip


facts = st.builds(
    Facts, terms=terms(), begins_on=maybe_days, warranty_until=maybe_days, replaced_on=maybe_days,
    part_until=maybe_days, part_wears=st.booleans(),
    agreements=st.lists(agreements(), max_size=3).map(tuple),
)  # fmt: skip
wishes = st.builds(
    Wish, kind=kinds, on=days, part=parts, cost=st.none() | money(), misuse=st.booleans()
)


@settings(max_examples=400, deadline=None)
@given(facts, wishes)
def test_what_every_answer_keeps(found: Facts, wish: Wish) -> None:
    told = entitle(found, wish)
    assert told.covered == (told.share > 0) == (told.by != "none")
    assert 0 <= told.share <= 100
    assert told.reasons
    assert all(reason.text and reason.code in SENTENCES for reason in told.reasons)
    assert (told.by == "contract") == bool(told.contract)
    if told.covered and told.until is not None:
        assert wish.on <= told.until
    if wish.cost is None:
        assert told.price is None
    elif told.price is not None:
        assert told.price.currency == wish.cost.currency
        assert 0 <= told.price.amount <= wish.cost.amount
    if not told.covered:
        assert told.price == wish.cost
    assert told == entitle(found, wish)


@settings(max_examples=250, deadline=None)
@given(facts, wishes, st.integers(0, 300))
def test_a_longer_warranty_never_gives_less(found: Facts, wish: Wish, more: int) -> None:
    if found.warranty_until is None or found.terms.goodwill_share > 0:
        return  # goodwill moves along with the warranty's end; it is another promise
    longer = replace(found, warranty_until=found.warranty_until + timedelta(days=more))
    before, after = entitle(found, wish), entitle(longer, wish)
    assert after.share >= before.share
    assert not before.covered or after.covered


@settings(max_examples=250, deadline=None)
@given(facts, wishes, st.integers(1, 200))
def test_a_contract_that_runs_longer_never_gives_less(found: Facts, wish: Wish, more: int) -> None:
    def longer(one: Agreement) -> Agreement:
        return replace(
            one,
            last_day=one.last_day and one.last_day + timedelta(days=more),
            device_until=one.device_until and one.device_until + timedelta(days=more),
        )

    stretched = replace(found, agreements=tuple(longer(one) for one in found.agreements))
    assert entitle(stretched, wish).share >= entitle(found, wish).share


@settings(max_examples=200, deadline=None)
@given(facts, wishes, st.integers(1, 100))
def test_under_warranty_means_so_the_day_before(found: Facts, wish: Wish, back: int) -> None:
    if wish.kind is Coverage.PARTS and found.replaced_on is not None:
        return  # a replaced part's own warranty begins in between
    told = entitle(found, wish)
    earlier = wish.on - timedelta(days=back)
    if told.by == "warranty" and (found.begins_on is None or earlier >= found.begins_on):
        assert entitle(found, replace(wish, on=earlier)).by == "warranty"


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1996, 1, 1), date(2060, 12, 31)), st.integers(-2000, 4000))
def test_contract_years_follow_each_other(starts_on: date, later: int) -> None:
    on = starts_on + timedelta(days=later)
    first, last = contract_year(starts_on, on)
    assert first <= on <= last
    assert 365 <= (last - first).days + 1 <= 366
    assert contract_year(starts_on, last + timedelta(days=1))[0] == last + timedelta(days=1)


def plus(**more: object) -> Agreement:
    whole = Agreement(
        "SC-1", "Plus", ContractState.ACTIVE, date(2026, 1, 1), date(2026, 12, 31),
        lines=(Line(Coverage.LABOUR, 100), Line(Coverage.PARTS, 50, ("P-*",))),
    )  # fmt: skip
    return replace(whole, **more)  # type: ignore[arg-type]  # the test names the fields


def codes(told: Entitlement) -> list[str]:
    return [reason.code for reason in told.reasons]


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        (date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)  # fmt: skip
def test_first_and_last_day_are_covered(on: date, covered: bool) -> None:
    contract = Facts(USUAL, agreements=(plus(),))
    assert entitle(contract, Wish(Coverage.LABOUR, on)).covered is covered
    warranty = Facts(USUAL, begins_on=date(2026, 1, 1), warranty_until=date(2026, 12, 31))
    assert entitle(warranty, Wish(Coverage.LABOUR, on)).covered is covered


def test_warranty_comes_before_contract_and_misuse_before_both() -> None:
    both = Facts(USUAL, warranty_until=DAY, agreements=(plus(),))
    cost = Money.of("99.99", "EUR")
    told = entitle(both, Wish(Coverage.PARTS, DAY, "P-1", cost))
    assert (told.by, told.share, told.price) == ("warranty", 100, Money.of(0, "EUR"))
    misused = entitle(both, Wish(Coverage.PARTS, DAY, "P-1", cost, misuse=True))
    assert (misused.by, misused.price) == ("none", cost)
    assert codes(misused)[0] == "misuse_excluded"


def test_wear_parts_are_left_to_the_contract() -> None:
    worn = Facts(USUAL, warranty_until=DAY, part_wears=True, agreements=(plus(),))
    told = entitle(worn, Wish(Coverage.PARTS, DAY, "P-1", Money.of("0.05", "EUR")))
    assert (told.by, told.share, told.contract) == ("contract", 50, "SC-1")
    # Half of five cents: the maker's part is rounded, the customer pays the rest of it.
    assert told.price == Money.of("0.03", "EUR")
    assert "wear_part_excluded" in codes(told)
    outside = entitle(worn, Wish(Coverage.PARTS, DAY, "Q-9"))
    assert codes(outside)[-2:] == ["part_outside_contract", "nobody_bears"]


def test_a_replaced_part_has_a_warranty_of_its_own() -> None:
    ended = date(2025, 1, 1)
    found = Facts(USUAL, warranty_until=ended, replaced_on=date(2026, 3, 31))
    last = add_months(date(2026, 3, 31), 3)
    assert last == date(2026, 6, 30)
    for on, by in ((last, "warranty"), (last + timedelta(days=1), "none")):
        assert entitle(found, Wish(Coverage.PARTS, on, "P-1")).by == by
    agreed = replace(found, part_until=date(2027, 1, 1))
    assert entitle(agreed, Wish(Coverage.PARTS, date(2027, 1, 1), "P-1")).by == "warranty"
    assert entitle(agreed, Wish(Coverage.LABOUR, date(2026, 4, 1))).by == "none"


def test_limits_are_counted() -> None:
    cost = Money.of(500, "EUR")

    def told(line: Line) -> Entitlement:
        found = Facts(USUAL, agreements=(plus(lines=(line,)),))
        return entitle(found, Wish(line.what, DAY, cost=cost))

    some = told(Line(Coverage.LABOUR, 80, limit_left=Money.of(300, "EUR")))
    assert some.price == Money.of(200, "EUR")
    none = told(Line(Coverage.LABOUR, 80, limit_left=Money.of(0, "EUR")))
    assert "limit_used_up" in codes(none)
    other = told(Line(Coverage.LABOUR, 80, limit_left=Money.of(300, "CNY")))
    assert (other.covered, other.price) == (True, None)
    assert "limit_other_currency" in codes(other)
    visit = told(Line(Coverage.MAINTENANCE, 100, visits=2, visits_left=1))
    assert (visit.covered, visit.visits_left) == (True, 1)
    assert "visits_used_up" in codes(told(Line(Coverage.MAINTENANCE, 100, (), 2, 0)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": ContractState.DRAFT}, "contract_draft"),
        ({"state": ContractState.SUSPENDED, "pause_reason": "unpaid"}, "contract_suspended"),
        ({"starts_on": DAY + timedelta(days=1)}, "contract_not_begun"),
        ({"last_day": DAY - timedelta(days=1)}, "contract_ended"),
        ({"device_from": DAY + timedelta(days=1)}, "device_not_on_contract_then"),
        ({"device_until": DAY - timedelta(days=1)}, "device_not_on_contract_then"),
        ({"lines": ()}, "contract_lacks"),
        ({"lines": (Line(Coverage.LABOUR, 0),)}, "contract_lacks"),
    ],
)
def test_a_contract_that_does_not_help_says_why(change: dict[str, object], code: str) -> None:
    told = entitle(Facts(USUAL, agreements=(plus(**change),)), Wish(Coverage.LABOUR, DAY))
    assert not told.covered
    assert code in codes(told)


def test_goodwill_lasts_some_days_after_the_warranty() -> None:
    kind = replace(USUAL, goodwill_days=30, goodwill_share=40)
    found = Facts(kind, warranty_until=DAY)
    last = DAY + timedelta(days=30)
    told = entitle(found, Wish(Coverage.LABOUR, last, cost=Money.of(100, "EUR")))
    assert (told.by, told.share, told.price) == ("goodwill", 40, Money.of(60, "EUR"))
    assert entitle(found, Wish(Coverage.LABOUR, last + timedelta(days=1))).by == "none"


def test_the_best_of_several_contracts_counts() -> None:
    half = plus(number="SC-0", lines=(Line(Coverage.LABOUR, 50),))
    longer = plus(number="SC-9", last_day=date(2027, 6, 1))
    told = entitle(Facts(USUAL, agreements=(half, plus(), longer)), Wish(Coverage.LABOUR, DAY))
    assert (told.contract, told.share) == ("SC-9", 100)


def test_imported_words_become_lines() -> None:
    found = lines_in_words("remote;onsite; Maintenance:2,loan_device;lunch")
    assert [(line.what.value, line.visits) for line in found] == [
        ("remote", None), ("labour", None), ("travel", None), ("maintenance", 2), ("loan", None),
    ]  # fmt: skip
    assert lines_in_words("") == []
