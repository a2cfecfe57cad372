"""The ledger against a plain model: random acts, and after each the books equal the model."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from stockroom import PARTS, PLACES, open_stockroom

from careloop.crm_core.inventory import checking_queries, ledger_queries, queries
from careloop.crm_core.inventory.models import ACCOUNTS
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict

places = st.sampled_from(sorted(PLACES))
part_names = st.sampled_from(["PLAIN", "LOTTED"])
amounts = st.integers(1, 6)
LOTS = ("A", "B")


class Ledger(RuleBasedStateMachine):
    """A company's stock, and what a plain dictionary says it should be."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.room = open_stockroom(self.database)
        self.held: dict[tuple[str, str, str], int] = defaultdict(int)
        self.kept: dict[str, tuple[str, str, str, int]] = {}
        self.transit: dict[str, tuple[str, str, list[Any]]] = {}
        self.gone: dict[tuple[str, str], int] = defaultdict(int)
        self.pieces: dict[str, str] = {}
        self.reversible: dict[str, tuple[str, str, str, str, int]] = {}
        self.reserved_pieces: set[str] = set()

    # What the model says.

    def reserved(self, key: tuple[str, str, str]) -> int:
        return sum(n for *own, n in self.kept.values() if tuple(own) == key)

    def free(self, place: str, part: str, lot: str = "") -> dict[str, int]:
        """Free pieces by lot, in the order in which they are taken."""
        keys = sorted(k for k in self.held if k[:2] == (place, part) and (not lot or k[2] == lot))
        return {k[2]: self.held[k] - self.reserved(k) for k in keys if self.held[k]}

    def take(self, place: str, part: str, quantity: int, lot: str = "") -> list[tuple[str, int]]:
        """Lots taken; empty when there are too few, and then nothing is taken."""
        free = self.free(place, part, lot)
        if sum(free.values()) < quantity:
            return []
        taken = []
        for name, pieces in free.items():
            part_of = min(pieces, quantity)
            if part_of:
                taken.append((name, part_of))
                self.held[place, part, name] -= part_of
                quantity -= part_of
        return taken

    def tried(self, tool: str, allowed: bool, **fields: Any) -> Any:
        """The act, which must succeed exactly when the model allows it."""
        try:
            result = self.room.do(tool, **fields)
        except Conflict as refused:
            assert not allowed, refused.message
            return None
        except CareloopError as error:
            raise AssertionError(error.message) from error
        assert allowed, f"{tool} should have been refused: {fields}"
        return result

    def note(self, result: Any) -> None:
        for move in result.moves:
            self.reversible[move.id] = (move.source, move.target, move.part, move.lot,
                                        move.quantity)  # fmt: skip

    # What happens.

    @rule(place=places, part=part_names, quantity=amounts, lot=st.sampled_from(LOTS))
    def receive(self, place: str, part: str, quantity: int, lot: str) -> None:
        lot = lot if part == "LOTTED" else ""
        self.note(self.room.receive(place, part, quantity, lot=lot))
        self.held[place, part, lot] += quantity
        self.gone["supplier", part] -= quantity

    @rule(place=places, part=part_names, quantity=amounts, away=st.sampled_from(["use", "scrap"]))
    def spend(self, place: str, part: str, quantity: int, away: str) -> None:
        taken = self.take(place, part, quantity)
        more = {"reason": "broken"} if away == "scrap" else {"work_order": "WO-1"}
        result = self.tried(away, bool(taken), location=place, part=part, quantity=quantity, **more)
        if result:
            assert [(m.lot, m.quantity) for m in result.moves] == taken
            self.gone["scrap" if away == "scrap" else "customer", part] += quantity
            self.note(result)

    @rule(source=places, to=places, part=part_names, quantity=amounts)
    def hand_over(self, source: str, to: str, part: str, quantity: int) -> None:
        if source == to:
            return
        taken = self.take(source, part, quantity)
        line = {"part": part, "quantity": quantity}
        result = self.tried("issue", bool(taken), location=source, to=to, lines=[line])
        for lot, pieces in taken:
            self.held[to, part, lot] += pieces
        if result:
            self.note(result)

    @rule(place=places, quantity=amounts)
    def come_back(self, place: str, quantity: int) -> None:
        self.note(self.room.do("return", location=place, part="PLAIN", quantity=quantity))
        self.held[place, "PLAIN", ""] += quantity
        self.gone["customer", "PLAIN"] -= quantity

    @rule(place=places, lines=st.lists(st.tuples(part_names, amounts), min_size=1, max_size=3))
    def reserve(self, place: str, lines: list[tuple[str, int]]) -> None:
        wanted: dict[str, int] = defaultdict(int)
        for part, quantity in lines:
            wanted[part] += quantity
        allowed = all(sum(self.free(place, p).values()) >= n for p, n in wanted.items())
        result = self.tried(
            "reserve", allowed, location=place, purpose={"type": "ticket", "number": "TK-1"},
            lines=[{"part": part, "quantity": quantity} for part, quantity in lines],
        )  # fmt: skip
        for row in result.reservations if result else []:
            self.kept[row.id] = (place, row.part, row.lot, row.quantity)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        id = data.draw(st.sampled_from(sorted(self.kept)))
        self.room.do("release", reservation_id=id)
        del self.kept[id]

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), quantity=amounts)
    def use_reserved(self, data: Any, quantity: int) -> None:
        id = data.draw(st.sampled_from(sorted(self.kept)))
        place, part, lot, left = self.kept.pop(id)
        own = min(left, quantity)
        rest = quantity - own
        self.held[place, part, lot] -= own
        if left > own:
            self.kept[id] = (place, part, lot, left - own)
        taken = self.take(place, part, rest) if rest else [("", 0)]
        if not taken:
            self.kept[id] = (place, part, lot, left)
            self.held[place, part, lot] += own
        result = self.tried(
            "use", bool(taken), location=place, part=part, quantity=quantity, reservation_id=id
        )
        if result:
            self.gone["customer", part] += quantity

    @rule(source=places, to=places, part=part_names, quantity=amounts)
    def send(self, source: str, to: str, part: str, quantity: int) -> None:
        if source == to:
            return
        taken = self.take(source, part, quantity)
        line = {"part": part, "quantity": quantity}
        result = self.tried(
            "transfer", bool(taken), source=source, target=to, lines=[line], ship=True
        )
        if result:
            lines = [[x.id, x.part, x.lot, x.quantity] for x in result.lines]
            assert [(x[2], x[3]) for x in lines] == taken
            self.transit[result.id] = (source, to, lines)

    @precondition(lambda self: self.transit)
    @rule(data=st.data(), lost=st.integers(0, 2), part_of=st.integers(0, 6))
    def arrive(self, data: Any, lost: int, part_of: int) -> None:
        id = data.draw(st.sampled_from(sorted(self.transit)))
        _, target, lines = self.transit[id]
        arrived = []
        for line in lines:
            came = min(part_of, line[3])
            missing = min(lost, line[3] - came)
            arrived.append({"line_id": line[0], "received": came, "lost": missing,
                            "reason": "box torn"})  # fmt: skip
            line[3] -= came + missing
            self.held[target, line[1], line[2]] += came
            self.gone["discrepancy", line[1]] += missing
        told = self.room.do("receive_transfer", transfer_id=id, lines=arrived)
        if not any(line[3] for line in lines):
            assert told.state == "received"
            del self.transit[id]

    @precondition(lambda self: self.transit)
    @rule(data=st.data())
    def turn_back(self, data: Any) -> None:
        id = data.draw(st.sampled_from(sorted(self.transit)))
        source, _, lines = self.transit.pop(id)
        self.room.do("cancel_transfer", transfer_id=id, reason="wrong address")
        for _, part, lot, pieces in lines:
            self.held[source, part, lot] += pieces

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: Any) -> None:
        id = data.draw(st.sampled_from(sorted(self.reversible)))
        source, target, part, lot, pieces = self.reversible[id]
        key = (target, part, lot)
        allowed = target in ACCOUNTS or self.held[key] - self.reserved(key) >= pieces
        if self.tried("reverse", allowed, move_id=id, reason="typed wrong"):
            del self.reversible[id]
            for end, sign in ((target, -1), (source, 1)):
                if end in ACCOUNTS:
                    self.gone[end, part] += sign * pieces
                else:
                    self.held[end, part, lot] += sign * pieces

    @rule(place=places, part=part_names, found=st.integers(0, 8))
    def count(self, place: str, part: str, found: int) -> None:
        """Count one line of what lies there; reservations give way to what is missing."""
        lot = "A" if part == "LOTTED" else ""
        key = (place, part, lot)
        number = self.room.do("start_count", location=place, parts=[part]).number
        line = {"part": part, "quantity": found, "lot": lot}
        self.room.do("enter_count", count_id=number, lines=[line])
        closed = self.room.do("close_count", count_id=number)
        (told,) = [x for x in closed.lines if (x.part, x.lot) == (part, lot)]
        assert (told.expected, told.counted) == (self.held[key], found)
        self.gone["adjustment", part] += self.held[key] - found
        short = (self.held[key] - found) - (self.held[key] - self.reserved(key))
        self.held[key] = found
        for id in sorted(self.kept, reverse=True):
            if short > 0 and self.kept[id][:3] == key:
                short -= self.kept.pop(id)[3]

    @rule(place=places, serial=st.sampled_from(["S1", "S2", "S3"]))
    def named_arrives(self, place: str, serial: str) -> None:
        here = self.pieces.get(serial)
        allowed = here is None or here not in PLACES
        line = {"part": "NAMED", "quantity": 1, "serials": [serial]}
        if self.tried("receive", allowed, location=place, lines=[line]):
            self.pieces[serial] = place
            self.held[place, "NAMED", ""] += 1
            self.gone["supplier", "NAMED"] -= 1

    @rule(place=places, serial=st.sampled_from(["S1", "S2", "S3"]))
    def named_used(self, place: str, serial: str) -> None:
        allowed = self.pieces.get(serial) == place
        if self.tried("use", allowed, location=place, part="NAMED", serial=serial):
            self.pieces[serial] = "customer"
            self.held[place, "NAMED", ""] -= 1
            self.gone["customer", "NAMED"] += 1

    # What must always hold.

    @invariant()
    def books_equal_the_model(self) -> None:
        with self.database.read() as session:
            rows = queries.balances(session, self.room.manager, limit=10_000)
            parts = {r.id: r.number for r in queries.parts_by_ids(
                session, self.room.manager, {row.part_id for _, row in rows}).values()}  # fmt: skip
            booked = {(p.code, parts[r.part_id], r.lot): (r.on_hand, r.reserved) for p, r in rows
                      if r.condition == "good" and (r.on_hand or r.reserved)}  # fmt: skip
            accounts = {
                (account, item.part): item.pieces
                for account in ACCOUNTS if account != "transit"
                for item in ledger_queries.account_totals(session, self.room.manager, account)
            }  # fmt: skip
            moving = sum(checking_queries.transit_moves(session, self.room.tenant).values())
        model = {key: (n, self.reserved(key)) for key, n in self.held.items() if n}
        assert booked == model
        assert accounts == {key: n for key, n in self.gone.items() if n}
        assert moving == sum(line[3] for *_, lines in self.transit.values() for line in lines)
        # Double entry: what left one end came to another, so all ends together are nought.
        assert sum(n for n, _ in booked.values()) + sum(accounts.values()) + moving == 0

    @invariant()
    def the_proof_finds_nothing(self) -> None:
        proof = self.room.proof()
        assert proof.ok, proof.findings


def test_the_ledger_does_what_the_model_says(database: Database) -> None:
    assert set(PARTS) == {"PLAIN", "LOTTED", "NAMED"}
    machine = type("Here", (Ledger,), {"database": database})
    run(
        machine,
        settings=settings(
            max_examples=6, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
