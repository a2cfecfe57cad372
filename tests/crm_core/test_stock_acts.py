"""What the stock promises, act by act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from stockroom import Stockroom, install_guards, open_stockroom

from careloop.crm_core.inventory import (
    codes,
    document_queries,
    ledger_queries,
    naming,
    replenishment,
    scanning,
    service,
    valuation,
)  # fmt: skip
from careloop.crm_core.inventory.errors import CommandMismatch, SerialElsewhere, Shortage
from careloop.crm_core.inventory.policy import average_after, average_without, worth
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from careloop.kit.money import Money

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return FixedClock(NOON)


@pytest.fixture
def room(database: Database) -> Stockroom:
    return open_stockroom(database, prices=True)


def later(room: Stockroom, **by: float) -> None:
    clock = room.database.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(**by))


def test_a_posted_move_is_neither_changed_nor_deleted(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 5)
    for statement in (
        "UPDATE stock_move SET quantity = 50", "DELETE FROM stock_move",
        "UPDATE stock_move SET reason = 'other' WHERE quantity = 5",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="never changed"), room.database.write() as session:
            session.execute(text(statement))
    install_guards(room.database)
    assert room.on_hand("HQ", "PLAIN") == (5, 0)


def test_the_proof_finds_what_somebody_bent(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 5)
    with room.database.write() as session:
        session.execute(
            text("UPDATE stock_balance SET on_hand = 6 WHERE on_hand = 5 AND tenant_id = :tenant"),
            {"tenant": room.tenant},
        )
    (found,) = room.proof().findings
    assert (found.kind, found.location, found.part) == ("balance", "HQ", "PLAIN")
    assert (found.booked, found.moved) == (6, 5)
    assert room.do("rebuild").balances == 1
    assert room.proof().ok
    assert room.do("rebuild").balances == 0


def test_a_refusal_says_how_many_are_free_and_where(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 3)
    room.receive("EAST", "PLAIN", 9)
    lines = [{"part": "PLAIN", "quantity": 2}]
    room.do("reserve", location="HQ", purpose={"type": "other"}, lines=lines)
    with pytest.raises(Shortage) as told:
        room.do("use", location="HQ", part="plain", quantity=2)
    assert told.value.details["free"] == 1
    assert told.value.details["elsewhere"] == {"EAST": 9}


def test_all_lines_or_none(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 5)
    lines = [{"part": "PLAIN", "quantity": 5}, {"part": "LOTTED", "quantity": 1}]
    with pytest.raises(Shortage):
        room.do("reserve", location="HQ", purpose={"type": "other"}, lines=lines)
    assert room.on_hand("HQ", "PLAIN") == (5, 0)


def test_lots_that_expire_first_go_first_and_expired_ones_stay(room: Stockroom) -> None:
    for lot, days in (("OLD", -1), ("LONG", 400), ("SOON", 20)):
        ends = (NOON + timedelta(days=days)).date()
        room.receive("HQ", "LOTTED", 2, lot=lot, expires_on=ends)
    told = room.do("use", location="HQ", part="LOTTED", quantity=3)
    assert [(m.lot, m.quantity) for m in told.moves] == [("SOON", 2), ("LONG", 1)]
    with pytest.raises(Shortage):
        room.do("use", location="HQ", part="LOTTED", quantity=2)
    with pytest.raises(Conflict, match="expired"):
        room.do("reserve", location="HQ", purpose={"type": "other"},
                lines=[{"part": "LOTTED", "lot": "OLD"}])  # fmt: skip
    room.do("scrap", location="HQ", part="LOTTED", quantity=2, lot="OLD", reason="expired")


def test_a_piece_is_where_its_moves_brought_it(room: Stockroom) -> None:
    room.receive("HQ", "NAMED", 2, serials=["S1", "S2"])
    with pytest.raises(InvalidInput, match="serial"):
        room.do("use", location="HQ", part="NAMED")
    with pytest.raises(SerialElsewhere, match="HQ"):
        room.do("use", location="EAST", part="NAMED", serial="S1")
    held = room.do("reserve", location="HQ", purpose={"type": "ticket", "number": "TK-9"},
                   lines=[{"part": "NAMED", "serial": "S1"}])  # fmt: skip
    with pytest.raises(Conflict, match="TK-9"):
        room.do("use", location="HQ", part="NAMED", serial="S1")
    id = held.reservations[0].id
    room.do("use", location="HQ", part="NAMED", serial="S1", reservation_id=id)
    room.do("return", location="EAST", part="NAMED", serial="S1", condition="defective")
    assert room.on_hand("HQ", "NAMED") == (1, 0)
    assert room.proof().ok


def test_kept_parts_travel_and_stay_kept(room: Stockroom) -> None:
    """Reserved for a ticket, sent to a van, used there for that ticket and for no other."""
    room.receive("HQ", "PLAIN", 3)
    room.receive("HQ", "NAMED", 1, serials=["S1"])
    held = room.do("reserve", location="HQ", purpose={"type": "ticket", "number": "TK-7"},
                   lines=[{"part": "PLAIN", "quantity": 3}, {"part": "NAMED", "serial": "S1"}],
                   due_at=NOON + timedelta(hours=2))  # fmt: skip
    plain, named = (row.id for row in held.reservations)
    sent = room.do("transfer", source="HQ", target="VAN-1", ship=True, lines=[
        {"part": "PLAIN", "quantity": 2, "reservation_id": plain},
        {"part": "NAMED", "serial": "S1", "reservation_id": named},
    ])  # fmt: skip
    assert room.on_hand("HQ", "PLAIN") == (1, 1)
    assert room.on_hand("HQ", "NAMED") == (0, 0)
    later(room, hours=3)
    with room.database.write() as session:
        assert service.release_expired(session, room.database.clock.now()) == 1
    room.do("receive_transfer", transfer_id=sent.id)
    assert room.on_hand("VAN-1", "PLAIN") == (2, 2)
    assert room.on_hand("VAN-1", "NAMED") == (1, 1)
    with pytest.raises(Shortage):
        room.do("use", location="VAN-1", part="PLAIN", ticket="TK-8")
    with pytest.raises(Conflict, match="TK-7"):
        room.do("use", location="VAN-1", part="NAMED", serial="S1", ticket="TK-8")
    room.do("use", location="VAN-1", part="PLAIN", ticket="TK-7")
    room.do("use", location="VAN-1", part="NAMED", serial="S1", ticket="TK-7")
    assert room.on_hand("VAN-1", "PLAIN") == (1, 1)
    assert room.on_hand("VAN-1", "NAMED") == (0, 0)
    back = room.do("transfer", source="VAN-1", target="HQ", ship=True, lines=[
        {"part": "PLAIN", "reservation_id": kept_at(room, "VAN-1", "PLAIN")},
    ])  # fmt: skip
    room.do("cancel_transfer", transfer_id=back.id, reason="the van left")
    assert room.on_hand("VAN-1", "PLAIN") == (1, 1)
    assert room.proof().ok


def kept_at(room: Stockroom, location: str, part: str) -> str:
    with room.database.read() as session:
        place = naming.location(session, room.manager, location)
        row = naming.part(session, room.manager, part)
        (found,) = document_queries.active_at(session, room.tenant, place.id, row.id)
        return found.id


def test_reservations_end_when_due(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 2)
    room.do("reserve", location="HQ", purpose={"type": "other"}, lines=[{"part": "PLAIN"}],
            due_at=NOON + timedelta(hours=5))  # fmt: skip
    later(room, hours=4)
    for hours, ended in ((0, 0), (1, 1), (1, 0)):
        later(room, hours=hours)
        with room.database.write() as session:
            assert service.release_expired(session, room.database.clock.now()) == ended
    assert room.on_hand("HQ", "PLAIN") == (2, 0)


def test_a_request_is_approved_by_another_and_a_dear_one_by_two(room: Stockroom) -> None:
    room.receive("EAST", "PLAIN", 30)
    room.do("set_rules", second_approval_above={"amount": "100", "currency": "EUR"})
    lines = [{"part": "PLAIN", "quantity": 12}]
    asked = room.do("request", location="VAN-1", lines=lines)
    assert (asked.source, asked.state, asked.approvals_needed) == ("EAST", "submitted", 2)
    with pytest.raises(Forbidden):
        room.do("approve_request", request_id=asked.number)
    with pytest.raises(Forbidden):
        room.do("approve_request", request_id=asked.number, who=room.engineer)
    half = room.do("approve_request", request_id=asked.number, who=room.other)
    assert half.state == "submitted"
    with pytest.raises(Conflict, match="second"):
        room.do("approve_request", request_id=asked.number, who=room.other)
    small = room.do("request", location="VAN-1", lines=[{"part": "PLAIN"}], who=room.engineer)
    done = room.do("approve_request", request_id=small.number)
    assert (done.state, room.on_hand("EAST", "PLAIN")) == ("approved", (30, 1))
    sent = room.do("fulfil_request", request_id=small.number)
    assert sent.state == "in_transit"
    room.do("cancel_transfer", transfer_id=sent.transfer, reason="wrong van")
    again = room.do("fulfil_request", request_id=small.number)
    room.do("receive_transfer", transfer_id=again.transfer)
    assert room.on_hand("VAN-1", "PLAIN") == (1, 0)
    assert room.on_hand("EAST", "PLAIN") == (29, 0)
    assert room.proof().ok


def test_a_supplier_delivers_a_request_in_two_parts(room: Stockroom) -> None:
    asked = room.do("request", location="HQ", lines=[{"part": "PLAIN", "quantity": 5}])
    assert asked.source == "supplier"
    room.do("approve_request", request_id=asked.id, who=room.other)
    cost = {"amount": "7.50", "currency": "EUR"}
    for pieces, state in ((2, "approved"), (3, "fulfilled")):
        line = {"part": "PLAIN", "quantity": pieces, "unit_cost": cost}
        assert room.do("fulfil_request", request_id=asked.id, receipt=[line]).state == state
    assert room.on_hand("HQ", "PLAIN") == (5, 0)


def test_a_count_is_right_while_work_goes_on(room: Stockroom) -> None:
    """Ten on the books, eight there. One is used after the shelf was counted, and one was used
    before it by a van that tells so later: the difference is still one."""
    room.receive("VAN-1", "PLAIN", 10)
    later(room, hours=1)
    count = room.do("start_count", location="VAN-1")
    assert [line.expected for line in count.lines] == [None]
    later(room, hours=1)
    line = {"part": "PLAIN", "quantity": 8}
    room.do("enter_count", count_id=count.number, lines=[line])
    later(room, minutes=10)
    room.do("use", location="VAN-1", part="PLAIN")
    room.do("use", location="VAN-1", part="PLAIN", happened_at=NOON + timedelta(minutes=90))
    closed = room.do("close_count", count_id=count.id)
    assert [(x.expected, x.counted, x.difference) for x in closed.lines] == [(9, 8, -1)]
    assert room.on_hand("VAN-1", "PLAIN") == (7, 0)
    assert room.proof().ok


def offline(room: Stockroom, id: str, kind: str, at: datetime = NOON, **body: Any) -> Any:
    return room.do("offline", command_id=id, kind=kind, at=at, body=body, who=room.engineer)


def test_a_van_tells_twice_and_out_of_order(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 4)
    transfer = room.do("transfer", source="HQ", target="VAN-1", ship=True,
                       lines=[{"part": "PLAIN", "quantity": 2}])  # fmt: skip
    early = offline(room, "c-2", "use", location="VAN-1", part="PLAIN", work_order="WO-1")
    assert (early.outcome, early.result["discrepancy"]) == ("discrepancy", 1)
    assert (
        offline(room, "c-1", "receive_transfer", transfer_id=transfer.number).outcome == "applied"
    )
    again = offline(room, "c-2", "use", location="VAN-1", part="PLAIN", work_order="WO-1")
    assert (again.repeated, again.outcome) == (True, "discrepancy")
    with pytest.raises(CommandMismatch):
        offline(room, "c-2", "use", location="VAN-2", part="PLAIN")
    wrong = offline(room, "c-3", "scrap", location="VAN-1", part="PLAIN", quantity=9, reason="wet")
    assert (wrong.outcome, wrong.code) == ("rejected", "stock_shortage")
    bad = offline(room, "c-4", "use", location="VAN-1", quantity="many")
    assert (bad.outcome, bad.code) == ("rejected", "invalid_input")
    assert offline(room, "c-4", "use", location="VAN-1", quantity="many").repeated
    assert room.on_hand("VAN-1", "PLAIN") == (2, 0)
    with room.database.read() as session:
        gone = ledger_queries.account_totals(session, room.manager, "discrepancy")
    assert [(x.part, x.pieces) for x in gone] == [("PLAIN", -1)]
    assert room.proof().ok


def test_what_was_used_ends_the_reservation_of_another(room: Stockroom) -> None:
    room.receive("VAN-1", "PLAIN", 1)
    room.do("reserve", location="VAN-1", purpose={"type": "other"}, lines=[{"part": "PLAIN"}])
    told = offline(room, "c-1", "use", location="VAN-1", part="PLAIN")
    assert told.outcome == "applied"
    assert room.on_hand("VAN-1", "PLAIN") == (0, 0)


def test_replenishment_climbs_the_tree(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 10)
    room.receive("EAST", "PLAIN", 3)
    for place, low, high in (("VAN-1", 2, 4), ("EAST", 3, 6), ("HQ", 8, 20)):
        room.do("set_levels", location=place, part="PLAIN", minimum=low, maximum=high)
    with room.database.read() as session:
        lines = replenishment.propose(session, room.manager).lines
    told = {x.location: (x.source, x.wanted, x.quantity, x.short) for x in lines}
    assert told == {
        "VAN-1": ("EAST", 4, 3, 1), "EAST": ("HQ", 7, 7, 0), "HQ": ("supplier", 17, 17, 0),
    }  # fmt: skip
    made = room.do("replenish").requests
    assert sorted((x.location, x.source) for x in made) == [
        ("EAST", "HQ"), ("HQ", "supplier"), ("VAN-1", "EAST"),
    ]  # fmt: skip
    with room.database.read() as session:
        again = replenishment.propose(session, room.manager).lines
    assert [(x.location, x.wanted) for x in again] in ([], [("VAN-1", 3)])


def test_a_kit_goes_as_a_whole(room: Stockroom) -> None:
    room.receive("HQ", "PLAIN", 4)
    room.receive("HQ", "LOTTED", 1, lot="A")
    lines = [{"part": "PLAIN", "quantity": 2}, {"part": "LOTTED", "quantity": 1}]
    room.do("put_kit", code="KIT-1", name="Yearly kit", lines=lines)
    with pytest.raises(Shortage):
        room.do("issue", location="HQ", kit="KIT-1", kits=2)
    assert len(room.do("issue", location="HQ", kit="KIT-1").moves) == 2


def test_value_is_the_moving_average_and_a_reversal_takes_it_back(room: Stockroom) -> None:
    def receive(quantity: int, amount: str) -> Any:
        cost = {"amount": amount, "currency": "EUR"}
        return room.receive("HQ", "PLAIN", quantity, unit_cost=cost)

    def totals() -> list[Money]:
        with room.database.read() as session:
            return valuation.value(session, room.manager).totals

    room.receive("HQ", "LOTTED", 1, lot="A")
    assert totals() == [Money.of("10", "EUR")]
    receive(10, "8")
    second = receive(10, "12")
    assert totals() == [Money.of("210", "EUR")]
    room.do("reverse", move_id=second.moves[0].id, reason="wrong box")
    assert totals() == [Money.of("90", "EUR")]
    with pytest.raises(Conflict, match="EUR"):
        room.receive("HQ", "PLAIN", 1, unit_cost={"amount": "8", "currency": "CNY"})


PRICES = st.decimals(Decimal("0.01"), Decimal("99999"), places=2)


@given(st.integers(0, 10_000), PRICES, st.integers(1, 10_000), PRICES)
def test_the_average_lies_between_and_loses_no_value(
    owned: int, average: Decimal, received: int, cost: Decimal
) -> None:
    new = average_after(owned, average, received, cost)
    low, high = (min(average, cost), max(average, cost)) if owned else (cost, cost)
    assert low <= new <= high
    error = abs(new * (owned + received) - (average * owned + cost * received))
    assert error <= Decimal("0.00005") * (owned + received)
    back = average_without(owned + received, new, received, cost)
    if owned:
        assert abs(back - average) * owned <= Decimal("0.0001") * (2 * owned + received)


@given(st.lists(st.tuples(PRICES, st.sampled_from(["EUR", "CNY", "JPY"]), st.integers(0, 99))))
def test_currencies_are_never_mixed(prices: list[tuple[Decimal, str, int]]) -> None:
    for total in worth(prices):
        exact = sum((u * n for u, c, n in prices if c == total.currency), Decimal(0))
        assert total == Money.of(exact, total.currency)


CODE = st.text(
    alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/.,%&+!:;<=>?_*'\"",
    max_size=20,
)
GTINS = st.integers(1, 10**12 - 1).map(lambda n: _with_check_digit(f"{n:013d}"))


def _with_check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


@given(GTINS, CODE, CODE, st.none() | st.dates(NOON.date(), datetime(2060, 1, 1).date()),  # noqa: DTZ001
       st.none() | st.integers(1, 99_999_999))  # fmt: skip
def test_a_gs1_label_says_what_was_printed(
    gtin: str, lot: str, serial: str, ends: Any, quantity: int | None
) -> None:
    text = codes.element_string(gtin, lot, serial, ends, quantity)
    for written in (text, f"]d2{text}", f"]C1{codes.FNC1}{text}"):
        label = codes.read(written)
        assert label is not None, repr(written)
        assert (label.gtin, label.lot, label.serial) == (gtin, lot, serial)
        assert (label.expires_on, label.quantity) == (ends, quantity)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_our_own_label_says_what_was_printed(part: str, lot: str, location: str) -> None:
    label = codes.read(codes.own_label(part=part, lot=lot, location=location))
    if not (part or lot or location):
        return
    assert label is not None
    assert (label.part, label.lot, label.location) == (part, lot, location)


@given(st.text(max_size=60))
def test_no_scan_breaks_the_reader(code: str) -> None:
    codes.read(code)


def test_a_scan_finds_part_lot_piece_and_place(room: Stockroom) -> None:
    gtin = "07032069804988"
    room.do("describe_part", part="NAMED", gtin="7032069804988")
    room.receive("EAST", "NAMED", 1, serials=["S1"], lot="A")
    with room.database.read() as session:
        for code in (f"(01){gtin}(21)S1", f"https://id.gs1.org/01/{gtin}/21/S1", "CL:P=NAMED;S=S1",
                     "S1"):  # fmt: skip
            told = scanning.look_up(session, room.manager, code)
            assert (told.part, told.serial, told.place, told.lot) == ("NAMED", "S1", "EAST", "A")
        assert scanning.look_up(session, room.manager, "van-1").location == "VAN-1"
        assert scanning.look_up(session, room.manager, "plain").form == "part"
        with pytest.raises(NotFound, match="00000000000017"):
            scanning.look_up(session, room.manager, "(01)00000000000017(10)X")
