"""Kill -9 in the middle of work: each act is wholly there or not, and its retry acts once."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from stockroom import Stockroom, open_stockroom

from careloop.crm_core import wiring
from careloop.crm_core.inventory import ledger_queries
from careloop.kit.actor import Actor
from careloop.kit.db import Database
from careloop.kit.errors import Conflict
from careloop.kit.events import EventBus
from careloop.tools.runtime import Runtime

KILLS = 30
PLACES = ("HQ", "EAST", "VAN-1", "VAN-2")


def act_of(number: int) -> tuple[str, dict[str, Any]]:
    """Tool and fields of one act; they follow from its number alone."""
    rng = Random(number)
    source, target = rng.sample(PLACES, 2)
    part, quantity = rng.choice(("PLAIN", "LOTTED")), rng.randint(1, 4)
    line = {"part": part, "quantity": quantity}
    lot = {"lot": rng.choice("AB")} if part == "LOTTED" else {}
    return rng.choice(
        (
            ("receive", {"location": source, "lines": [{**line, **lot}]}),
            ("use", {"location": source, "work_order": "WO-1", **line}),
            ("issue", {"location": source, "to": target, "lines": [line]}),
            ("transfer", {"source": source, "target": target, "lines": [line], "ship": True}),
            ("reserve", {"location": source, "purpose": {"type": "other"}, "lines": [line]}),
            ("scrap", {"location": source, "reason": "wet", **line}),
        )
    )


def work(runtime: Runtime, actor: Actor, number: int) -> str:
    """Do an act under its own key; the same number again answers the same."""
    tool, fields = act_of(number)
    try:
        runtime.invoke(
            actor, f"stock.{tool}", {**fields, "command_id": f"c-{number}"}, key=f"k-{number}"
        )
    except Conflict:
        return "refused"
    return "done"


def work_until_killed(url: str, actor: Actor, number: int, told: Connection) -> None:
    """In a process of its own: act after act, each told before and after."""
    bus = EventBus()
    wiring.wire(bus)
    runtime = Runtime(Database(url, bus))
    told.send(("ready", number))
    while True:
        told.send(("begin", number))
        told.send((work(runtime, actor, number), number))
        number += 1


def test_thirty_kills_leave_no_half_act(sqlite_database: Database) -> None:
    room = open_stockroom(sqlite_database)
    for place in ("HQ", "EAST"):
        room.receive(place, "PLAIN", 30)
        room.receive(place, "LOTTED", 30, lot="A")
    rng, number, acted, cut = Random(7), 0, 0, 0
    runtime = Runtime(sqlite_database)
    for kill in range(KILLS):
        begun, done = _killed(room, number, rng)
        proof = room.proof()
        assert proof.ok, (kill, proof.findings)
        for last in done:
            assert _moves(room, last) == _wanted(last), last
        acted += len(done)
        if begun not in done:
            # The act that was cut off: there as a whole, or not at all - and then once.
            cut += 1
            assert _moves(room, begun) in (0, _wanted(begun)), begun
            told = [work(runtime, room.manager, begun) for _ in range(2)]
            assert told[0] == told[1]
            assert _moves(room, begun) == (_wanted(begun) if told[0] == "done" else 0)
        number = begun + 1
    assert room.proof().ok
    assert acted > KILLS / 3
    assert cut > KILLS / 3


def _killed(room: Stockroom, first: int, rng: Random) -> tuple[int, set[int]]:
    """Let a process work and kill it; the last act it began, and those it finished."""
    room.database.engine.dispose()  # no open file goes along into the other process
    mine, its = multiprocessing.Pipe(duplex=False)
    url = room.database.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("fork").Process(
        target=work_until_killed, args=(url, room.manager, first, its), daemon=True
    )
    process.start()
    its.close()
    assert mine.recv() == ("ready", first)
    told: list[tuple[str, int]] = []
    acts = rng.randint(0, 2)
    while sum(word != "begin" for word, _ in told) < acts or not told:
        told.append(mine.recv())
    time.sleep(rng.uniform(0, 0.03))
    process.kill()
    process.join()
    try:
        while True:
            told.append(mine.recv())
    except EOFError:
        pass
    begun = max((number for word, number in told if word == "begin"), default=first)
    return begun, {number for word, number in told if word == "done"}


def _wanted(number: int) -> int:
    """Pieces that the act moves; a reservation moves none."""
    tool, fields = act_of(number)
    if tool == "reserve":
        return 0
    return sum(line["quantity"] for line in fields.get("lines", [fields]))


def _moves(room: Stockroom, number: int) -> int:
    with room.database.read() as session:
        rows = ledger_queries.moves_of_command(session, room.tenant, f"c-{number}")
        return sum(row.quantity for row in rows)
