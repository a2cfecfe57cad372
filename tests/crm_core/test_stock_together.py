"""Many hands on the same parts at once: nothing is oversold, lost, or waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stockroom import Stockroom, open_stockroom

from careloop.crm_core.inventory import ledger_queries
from careloop.kit.db import Database
from careloop.kit.errors import Conflict

HANDS = 16


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run all acts at the same moment; what each answered, or the refusal."""
    gate = threading.Barrier(min(len(acts), HANDS))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait(timeout=30)
        try:
            return act()
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, acts, timeout=120))


def moved(room: Stockroom, kind: str) -> int:
    with room.database.read() as session:
        rows = ledger_queries.moves(session, room.manager, kind=kind, limit=1000)
        return sum(row.quantity for row in rows)


def test_sixteen_hands_share_the_last_five(database: Database) -> None:
    """Half reserve, half use; five get one, eleven are told how many are free."""
    room = open_stockroom(database)
    room.receive("HQ", "PLAIN", 5)
    purpose = {"type": "ticket", "number": "TK-1"}

    def reserve() -> Any:
        return room.do("reserve", location="HQ", purpose=purpose, lines=[{"part": "PLAIN"}])

    def use() -> Any:
        return room.do("use", location="HQ", part="PLAIN")

    told = together([reserve, use] * (HANDS // 2))
    refused = [item for item in told if isinstance(item, Conflict)]
    assert len(refused) == HANDS - 5
    assert {item.code for item in refused} == {"stock_shortage"}
    on_hand, reserved = room.on_hand("HQ", "PLAIN")
    assert on_hand - reserved == 0
    assert on_hand == 5 - moved(room, "use")
    assert room.proof().ok


def test_the_first_two_reservations_cannot_both_pass(database: Database) -> None:
    """Ten pieces, nothing reserved yet, two want eight each: one gets them."""
    room = open_stockroom(database)
    room.receive("HQ", "LOTTED", 6, lot="A")
    room.receive("HQ", "LOTTED", 4, lot="B")

    def reserve() -> Any:
        line = {"part": "LOTTED", "quantity": 8}
        return room.do("reserve", location="HQ", purpose={"type": "other"}, lines=[line])

    told = together([reserve] * 2)
    assert sum(isinstance(item, Conflict) for item in told) == 1
    assert room.on_hand("HQ", "LOTTED") == (10, 8)


def test_a_serial_number_is_kept_once(database: Database) -> None:
    room = open_stockroom(database)
    line = {"part": "NAMED", "quantity": 3, "serials": ["S1", "S2", "S3"]}
    room.do("receive", location="HQ", lines=[line])

    def reserve() -> Any:
        line = {"part": "NAMED", "serial": "S2"}
        return room.do("reserve", location="HQ", purpose={"type": "other"}, lines=[line])

    told = together([reserve] * HANDS)
    assert sum(not isinstance(item, Conflict) for item in told) == 1
    assert room.on_hand("HQ", "NAMED") == (3, 1)
    assert room.proof().ok


def test_transfers_that_cross_do_not_wait_for_each_other_for_ever(database: Database) -> None:
    """Opposite directions, opposite order of lines, parts the target never had."""
    room = open_stockroom(database)
    for place in ("HQ", "EAST"):
        room.receive(place, "PLAIN", 40)
        room.receive(place, "LOTTED", 40, lot="A")
    there = [{"part": "PLAIN", "quantity": 2}, {"part": "LOTTED", "quantity": 2}]

    def hand(source: str, to: str, lines: list[dict[str, Any]]) -> Callable[[], Any]:
        return lambda: room.do("issue", location=source, to=to, lines=lines)

    acts = [
        hand("HQ", "EAST", there), hand("EAST", "HQ", there[::-1]),
        hand("HQ", "VAN-1", there[::-1]), hand("EAST", "VAN-1", there),
    ] * 4  # fmt: skip
    told = together(acts)
    assert not [item for item in told if isinstance(item, Conflict)]
    assert room.on_hand("VAN-1", "PLAIN")[0] == 16
    held = [room.on_hand(place, "PLAIN")[0] for place in ("HQ", "EAST", "VAN-1")]
    assert sum(held) == 80
    assert room.proof().ok


def test_the_same_command_at_the_same_moment_acts_once(database: Database) -> None:
    room = open_stockroom(database)
    room.receive("VAN-1", "PLAIN", 50)
    fields = {"location": "VAN-1", "part": "PLAIN", "command_id": "tap-1"}
    told = together([lambda: room.do("use", **fields)] * HANDS)
    done = [item for item in told if not isinstance(item, Conflict)]
    assert len({item.moves[0].id for item in done}) == 1
    assert room.on_hand("VAN-1", "PLAIN")[0] == 49
