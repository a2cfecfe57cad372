"""What a ticket costs: from the facts of its visits, kept when it closes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from billed import NOON, Billed, open_house

from careloop.crm_core.billing import cost_views, queries
from careloop.crm_core.billing.cost_schemas import CostDifference, TicketCosts
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput


@pytest.fixture
def clock() -> Clock:
    return FixedClock(NOON + timedelta(hours=16))


@pytest.fixture
def house(database: Database) -> Billed:
    return open_house(database)


def costs(house: Billed, number: str) -> TicketCosts:
    with house.database.read() as session:
        return cost_views.costs(session, tickets.ticket(session, house.manager, number))


def difference(house: Billed, number: str) -> CostDifference:
    with house.database.read() as session:
        return cost_views.difference(session, tickets.ticket(session, house.manager, number))


def short(found: TicketCosts) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (f"{line.item} {line.hours}".strip(), line.billed,
         line.cost and line.cost.amount, line.price and line.price.amount)
        for line in found.lines
    ]  # fmt: skip


def check_sums(found: TicketCosts) -> None:
    """Totals are sums of lines, shares are lines, and nothing is a float or of two currencies."""
    for totals in found.totals:
        code = totals.currency
        priced = [line for line in found.lines if line.price and line.price.currency == code]
        spent = [line for line in found.lines if line.cost and line.cost.currency == code]
        assert Decimal(totals.price) == sum(
            Decimal(one.price.amount) for one in priced if one.price
        )
        assert Decimal(totals.cost) == sum(Decimal(one.cost.amount) for one in spent if one.cost)
        by = [totals.warranty, totals.contract, totals.goodwill, totals.customer]
        assert sum(map(Decimal, by)) == Decimal(totals.price)
    for line in found.lines:
        assert sum(Decimal(share.percent) for share in line.borne) == 100
        for what in ("price", "cost"):
            whole = getattr(line, what)
            parts = [getattr(share, what) for share in line.borne]
            if whole is not None:
                assert sum(Decimal(part.amount) for part in parts) == Decimal(whole.amount)
                assert {part.currency for part in parts} == {whole.currency}
    assert "." in found.model_dump_json()
    assert not any(isinstance(value, float) for value in flat(found.model_dump()))


def flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in flat(part)]
    return [one for part in value for one in flat(part)] if isinstance(value, list) else [value]


def test_one_line_a_fact_with_cost_price_and_bearer(house: Billed) -> None:
    number = house.ticket()
    house.visit(number, labour=(20, 70), parts=[house.books.part], km="25.5")
    found = costs(house, number)
    assert short(found) == [
        # 90 minutes in steps of 15, at least 60: no more than what was done.
        ("labour normal", "20", "20.00", "40.00"),
        ("labour normal", "70", "70.00", "140.00"),
        ("travel_time normal", "30", "20.00", "40.00"),
        ("travel_km", "25.5", "10.71", None),
        ("call_out", "1", None, "49.99"),
        ("part", "1", "55.50", "135.00"),
    ]
    check_sums(found)
    assert found.state == "open"
    assert found.problems == ["no_cost_rate", "no_price"]
    assert [total.customer for total in found.totals] == ["404.99"]
    assert found.lines[0].reasons[-1].code == "price_of_list"
    with house.database.read() as session:
        assert all(type(row.amount) is Decimal for row in queries.rates(session, house.manager))


def test_a_minimum_counts_over_the_visit_and_not_for_each_fact(house: Billed) -> None:
    number = house.ticket()
    house.visit(number, labour=(20, 5))
    assert [line.billed for line in costs(house, number).lines[:2]] == ["20", "40"]
    other = house.ticket()
    house.visit(other, labour=(62,))
    assert costs(house, other).lines[0].billed == "75"


def test_hours_levels_and_days_choose_the_rate(house: Billed) -> None:
    number = house.ticket()
    late = NOON + timedelta(hours=10)  # 22:00 in Berlin
    house.visit(number, labour=(120,), began=late - timedelta(minutes=60),
                ended=late + timedelta(minutes=60))  # fmt: skip
    # From 21 to 23 hours: after the office closed, and in the night that begins at 22.
    labour = [line for line in costs(house, number).lines if line.item == "labour"]
    assert [(line.hours, line.quantity, line.cost and line.cost.amount) for line in labour] == [
        ("overtime", "60", "60.00"), ("night", "60", "90.00"),
    ]  # fmt: skip
    assert [line.price and line.price.amount for line in labour] == ["160.00", "120.00"]
    # From tomorrow on an hour costs more; what was today costs what it did.
    day = (NOON + timedelta(days=1)).date().isoformat()
    dearer = {"kind": "labour", "amount": {"amount": "66", "currency": "EUR"}, "valid_from": day}
    house.do("billing.create_rate", **dearer)
    with house.database.read() as session:
        days = [(r.valid_from.isoformat(), r.valid_until)
                for r in queries.rates(session, house.manager, "labour")
                if r.level is None and not r.hours]  # fmt: skip
    assert days == [("2026-01-01", NOON.date()), (day, None)]
    with pytest.raises(Conflict, match="holds from"):
        house.do("billing.create_rate", **{**dearer, "valid_from": "2026-06-01"})


@pytest.mark.parametrize(
    ("share", "limit", "contract", "customer"),
    [(100, None, "180.00", "0.00"), (33, None, "59.40", "120.60"), (100, "50", "50.00", "130.00")],
)
def test_a_contract_bears_its_share_up_to_its_limit(
    house: Billed, share: int, limit: str | None, contract: str, customer: str
) -> None:
    line = {"what": "labour", "share": share}
    if limit:
        line["limit"] = {"amount": limit, "currency": "EUR"}  # type: ignore[assignment]
    facts = {"number": "SC-1", "customer_id": house.books.customer, "starts_on": "2026-01-01"}
    devices = [{"serial": house.books.serial}]
    house.do("contracts.create", **facts, lines=[line], assets=devices)
    number = house.ticket()
    house.visit(number, labour=(90,), travel=0)
    found = costs(house, number)
    check_sums(found)
    labour = found.lines[0]
    by = {one.by: one.price.amount for one in labour.borne if one.price}
    if limit is None:
        # The visit was counted on the contract when it ended; that decision is read back.
        assert labour.reasons[0].code == "counted_on_contract"
        assert by.get("contract") == contract
        assert by.get("customer", "0.00") == customer
    else:
        assert labour.borne[0].contract == "SC-1"


def test_closing_keeps_the_bill_and_a_late_fact_adds_a_line(house: Billed) -> None:
    number = house.ticket()
    visit = house.visit(number, labour=(20,))
    house.close(number)
    kept = costs(house, number)
    assert (kept.state, kept.taken, kept.late_lines) == ("kept", 1, 0)
    assert all(line.stored for line in kept.lines)
    # Every price changes; the bill does not.
    dear = {"code": "dear", "currency": "EUR", "valid_from": "2026-01-01", "priority": 9,
            "items": [{"kind": "labour", "price": "999"}]}  # fmt: skip
    house.do("billing.create_price_list", **dear)
    again = costs(house, number)
    assert short(again) == short(kept)
    told = difference(house, number)
    assert not told.same
    labour = next(line for line in told.lines if line.kind == "labour")
    assert (labour.kept_price.amount, labour.now_price.amount) == ("120.00", "333.00")  # type: ignore[union-attr]
    # Ten minutes more, noted late: the minimum of the first line has paid for them already.
    dear["code"] = "undo"
    house.do("billing.replace_price_list", price_list="dear", active=False,
             **{k: v for k, v in dear.items() if k != "code"})  # fmt: skip
    house.do("visits.add_labour", number=visit, minutes=10, happened_at=NOON)
    late = costs(house, number)
    assert late.late_lines == 1
    assert [(line.billed, line.late, line.stored) for line in late.lines if line.item == "labour"] \
        == [("60", False, True), ("0", True, False)]  # fmt: skip
    house.do("visits.add_labour", number=visit, minutes=40, happened_at=NOON)
    late = costs(house, number)
    assert [line.billed for line in late.lines if line.item == "labour"] == ["60", "10", "5"]
    check_sums(late)
    house.do("billing.settle", house.agent, number=number)
    settled = costs(house, number)
    assert settled.late_lines == 0
    assert short(settled)[:3] == short(kept)[:3]
    with pytest.raises(Forbidden):
        house.do("billing.settle", house.agent, number=number, recompute=True, reason="x")
    house.do("billing.settle", number=number, recompute=True, reason="one visit, one sum")
    anew = costs(house, number)
    assert anew.taken == 2
    assert [line.billed for line in anew.lines if line.item == "labour"] == ["20", "10", "45"]
    assert difference(house, number).same


def test_a_reopened_ticket_keeps_its_lines(house: Billed) -> None:
    number = house.closed()
    before = short(costs(house, number))
    house.do("tickets.reopen", number=number, reason="leaks again")
    house.visit(number, labour=(30,))
    assert costs(house, number).state == "reopened"
    house.close(number)
    found = costs(house, number)
    assert short(found)[: len(before)] == before
    assert len(found.lines) == 2 * len(before)


def test_outside_work_needs_its_paper_and_currencies_stay_apart(house: Billed) -> None:
    number = house.ticket()
    crane = {"number": number, "text": "Crane", "unit_cost": {"amount": "700", "currency": "CNY"}}
    with pytest.raises(InvalidInput, match="supplier"):
        house.do("billing.add_cost", house.agent, **crane)
    crane |= {"supplier": "Lifts", "document": "R-77", "quantity": "1.5"}
    entry = house.do("billing.add_cost", house.agent, **crane)
    found = costs(house, number)
    assert [(total.currency, total.cost) for total in found.totals] == [("CNY", "1050.00")]
    # Nobody entered a rate: it is shown apart and no margin is told.
    assert (found.house.cost, found.house.missing, found.house.margin) == ("0.00", ["CNY"], None)
    rate = {"base": "EUR", "quote": "CNY", "rate": "7.5", "valid_on": "2026-11-01"}
    house.do("billing.set_exchange_rate", **rate)
    found = costs(house, number)
    assert (found.house.cost, found.house.missing, found.house.margin) == ("140.00", [], "0.00")
    check_sums(found)
    house.do("billing.void_cost", house.agent, number=number, line_id=entry.id, reason="twice")
    assert costs(house, number).lines == []


def test_goodwill_counts_once_a_manager_approved_it(house: Billed) -> None:
    number = house.closed()
    before = costs(house, number)
    wish = house.do("billing.ask_bearing", house.agent, number=number, by="goodwill", share=33,
                    kinds=["labour"], reason="second failure this year")  # fmt: skip
    assert short(costs(house, number)) == short(before)
    assert [one.by for one in costs(house, number).lines[0].borne] == ["customer"]
    ruling = {"number": number, "decision_id": wish.id, "approve": True}
    with pytest.raises(Forbidden):
        house.do("billing.rule_on_bearing", house.agent, **ruling)
    house.do("billing.rule_on_bearing", **ruling)
    after = costs(house, number)
    check_sums(after)
    assert short(after) == short(before)
    labour, travel = after.lines[:2]
    assert [(one.by, one.percent, one.price and one.price.amount) for one in labour.borne] == [
        ("goodwill", "33", "39.60"), ("customer", "67", "80.40"),
    ]  # fmt: skip
    assert [one.by for one in travel.borne] == ["customer"]
    assert labour.reasons[-1].code == "decided_goodwill"
    assert difference(house, number).same
    with pytest.raises(Conflict):
        house.do("billing.rule_on_bearing", **{**ruling, "approve": False})


def test_the_most_exact_price_list_holds(house: Billed) -> None:
    plain = {"currency": "EUR", "valid_from": "2026-01-01"}
    for code, price, more in (
        ("tier", "101", {"tiers": ["standard"]}), ("elsewhere", "102", {"countries": ["FR"]}),
        ("over", "103", {"valid_until": "2026-06-30", "priority": 50}),
        ("named", "104", {"contracts": ["SC-9"]}),
    ):  # fmt: skip
        items = [{"kind": "labour", "price": price}]
        house.do("billing.create_price_list", **{**plain, **more, "code": code, "items": items})
    number = house.ticket()
    house.visit(number)
    assert costs(house, number).price_list == "tier"
    copied = house.do("billing.copy_price_list", price_list="tier", code="tier-27",
                      valid_from="2027-01-01", raise_percent="3.5")  # fmt: skip
    assert copied.state == "upcoming"
    with house.database.read() as session:
        old = queries.price_list(session, house.manager, "tier")
        new = queries.items(session, queries.price_list(session, house.manager, "tier-27"))
        assert old.valid_until is not None and old.valid_until.isoformat() == "2026-12-31"
        assert new[0].price == Decimal("104.5350")
