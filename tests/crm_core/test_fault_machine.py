"""Histories of the fault library: findings, tickets that end, come back and merge, faults merged
and taken apart again. Whatever happens, no evidence is lost and none counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)  # fmt: skip
from sqlalchemy import select

from careloop.crm_core.accounts.models import Tenant
from careloop.crm_core.faults import following, queries, service
from careloop.crm_core.faults.models import Fault, FaultFinding, FaultMark, FaultState, Outcome
from careloop.crm_core.faults.policy import ATTEMPTED, SUCCEEDED
from careloop.crm_core.faults.schemas import (
    MergeFaults,
    MoveFinding,
    PickFault,
    RejectFault,
    Slot,
    StoreFinding,
)  # fmt: skip
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import Database, now
from careloop.kit.errors import CareloopError, Conflict
from careloop.kit.ids import new_id

WORDS = ("pump", "fan", "seal")
MODELS = ("A", "B", "")


@dataclass(frozen=True)
class Moved:
    tenant_id: str
    number: str
    ticket_id: str
    at: Any
    before: str = ""
    after: str = ""
    type: str = "incident"
    durable: bool | None = None
    into: str = ""
    into_id: str = ""
    undone: bool = False


@dataclass
class Case:
    """What the test knows of a ticket by itself."""

    id: str
    number: str
    ended: bool = False
    into: str = ""


class Library(RuleBasedStateMachine):
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.tenant = new_id()
        self.actor: Actor = system_actor(self.tenant)
        with self.database.write(self.tenant) as session:
            session.add(Tenant(tenant_id=self.tenant, slug=self.tenant, name="Maker", profile={}))
        self.cases = [Case(new_id(), f"TK-{index}") for index in range(3)]
        self.expected: dict[str, str] = {}
        self.homes: dict[str, str] = {}

    tickets = st.integers(0, 2)
    pick = st.integers(0, 99)

    @contextmanager
    def act(self) -> Iterator[Any]:
        """One transaction; what is refused changes nothing."""
        with self.database.write(self.tenant) as session:
            yield session

    def tried(self, act: Callable[[Any], None]) -> bool:
        try:
            with self.act() as session:
                act(session)
        except Conflict:
            return False
        return True

    def event(self, session: Any, case: Case, **more: Any) -> Moved:
        return Moved(self.tenant, case.number, case.id, now(session), **more)

    def stands(self, case: Case) -> Case:
        return next((c for c in self.cases if c.id == case.into), case)

    @rule(
        ticket=tickets, word=st.sampled_from(WORDS), model=st.sampled_from(MODELS),
        proposed=st.booleans(),
    )  # fmt: skip
    def record(self, ticket: int, word: str, model: str, proposed: bool) -> None:
        case = self.stands(self.cases[ticket])
        live = [one for one in self.live(case) if self.expected[one] != Outcome.FAILED]
        if proposed and (live or not case.ended):
            return
        slot = Slot(text=word, lang="en", concepts=[word], same=f"t:{word}")
        with self.act() as session:
            row = service.record(
                session, self.actor,
                StoreFinding(
                    component=slot, remedy=slot, ticket_id=case.id, ticket=case.number,
                    origin="proposed" if proposed else "engineer", model=model,
                    parts={word.upper(): 1}, ended=case.ended, happened_at=now(session),
                ),
            )  # fmt: skip
            if not proposed:
                for one in live:
                    if session.get_one(FaultFinding, (self.tenant, one)).origin == "proposed":
                        self.expected[one] = Outcome.VOID
            self.expected[row.id] = Outcome.CLOSED if case.ended else Outcome.OPEN
            self.homes[row.id] = case.id

    def live(self, case: Case) -> list[str]:
        """Findings of a ticket that are not replaced, whether or not they failed."""
        found = []
        for one, outcome in self.expected.items():
            home = next(c for c in self.cases if c.id == self.homes[one])
            if self.stands(home).id == case.id and outcome != Outcome.VOID:
                found.append(one)
        return found

    @rule(ticket=tickets)
    def end_or_reopen(self, ticket: int) -> None:
        case = self.cases[ticket]
        if case.into:
            return
        before, after = ("closed", "in_progress") if case.ended else ("in_progress", "resolved")
        with self.act() as session:
            event = self.event(session, case, before=before, after=after)
            following.on_moved(session, event)
            if case.ended:
                following.on_reopened(session, event)
        turn = (
            {Outcome.CLOSED: Outcome.FAILED, Outcome.CONFIRMED: Outcome.FAILED,
             Outcome.DURABLE: Outcome.FAILED}
            if case.ended else {Outcome.OPEN: Outcome.CLOSED}
        )  # fmt: skip
        self.turn(case, turn)
        case.ended = not case.ended

    @rule(ticket=tickets, lasted=st.sampled_from([True, False, None]))
    def say(self, ticket: int, lasted: bool | None) -> None:
        """Confirmed by the customer (None), or settled by time."""
        case = self.cases[ticket]
        if case.into or not case.ended:
            return
        with self.act() as session:
            if lasted is None:
                following.on_confirmed(session, self.event(session, case))
            else:
                following.on_settled(session, self.event(session, case, durable=lasted))
        ended = (Outcome.OPEN, Outcome.CLOSED, Outcome.CONFIRMED)
        if lasted is None:
            self.turn(case, dict.fromkeys(ended[:2], Outcome.CONFIRMED))
        elif lasted:
            self.turn(case, dict.fromkeys(ended, Outcome.DURABLE))
        else:
            wrong = (*ended[1:], Outcome.DURABLE)
            self.turn(case, dict.fromkeys(wrong, Outcome.FAILED))

    def turn(self, case: Case, table: dict[Outcome, Outcome]) -> None:
        for one in self.live(case):
            self.expected[one] = table.get(Outcome(self.expected[one]), Outcome(self.expected[one]))

    @rule(ticket=tickets, other=tickets)
    def join_tickets(self, ticket: int, other: int) -> None:
        case, into = self.cases[ticket], self.cases[other]
        held = any(one.into == case.id for one in self.cases)
        if case is into or case.ended != into.ended or into.into or (held and not case.into):
            return
        undone = bool(case.into)
        target = self.stands(case) if undone else into
        if undone and target.ended != case.ended:
            case.ended = target.ended
        with self.act() as session:
            event = self.event(session, case, into=target.number, into_id=target.id, undone=undone)
            following.on_merged(session, event)
        case.into = "" if undone else into.id

    @rule(one=pick, other=pick)
    def merge(self, one: int, other: int) -> None:
        numbers = self.numbers()
        if len(numbers) > 1:
            number, into = numbers[one % len(numbers)], numbers[other % len(numbers)]
            if number != into:
                command = MergeFaults(number=number, into=into)
                self.tried(lambda s: void(service.merge_faults(s, self.actor, command)))

    @rule(one=pick)
    def undo(self, one: int) -> None:
        numbers = self.numbers()
        if numbers:
            command = PickFault(number=numbers[one % len(numbers)])
            self.tried(lambda session: void(service.unmerge(session, self.actor, command)))

    @rule(one=pick, verb=st.sampled_from(["reject", "restore"]))
    def judge(self, one: int, verb: str) -> None:
        numbers = self.numbers()
        if not numbers:
            return
        number = numbers[one % len(numbers)]
        if verb == "reject":
            reject = RejectFault(number=number, reason="wrong")
            self.tried(lambda session: void(service.reject_fault(session, self.actor, reject)))
        else:
            pick = PickFault(number=number)
            self.tried(lambda session: void(service.restore_fault(session, self.actor, pick)))

    @rule(one=pick, other=pick)
    def move(self, one: int, other: int) -> None:
        numbers = self.numbers()
        if numbers and self.expected:
            found = sorted(self.expected)[one % len(self.expected)]
            command = MoveFinding(finding_id=found, fault=numbers[other % len(numbers)])
            self.tried(lambda session: void(service.move_finding(session, self.actor, command)))

    def numbers(self) -> list[str]:
        with self.database.read(self.tenant) as session:
            statement = select(Fault.number).where(Fault.tenant_id == self.tenant)
            return list(session.scalars(statement.order_by(Fault.number)))

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        with self.database.read(self.tenant) as session:
            own = select(FaultFinding).where(FaultFinding.tenant_id == self.tenant)
            rows = list(session.scalars(own))
            faults = list(session.scalars(select(Fault).where(Fault.tenant_id == self.tenant)))
            assert {row.id: row.outcome for row in rows} == self.expected
            for fault in faults:
                mine = [row for row in rows if row.fault_id == fault.id]
                by = Counter(row.outcome for row in mine)
                assert fault.cases == sum(by[outcome] for outcome in ATTEMPTED)
                assert fault.successes == sum(by[outcome] for outcome in SUCCEEDED)
                assert (fault.failures, fault.open_cases) == (by["failed"], by["open"])
                parts = {part for row in mine if row.outcome != "void" for part in row.parts}
                assert queries.parts_named(session, fault) == parts
                marks = session.scalars(
                    select(FaultMark.value).where(
                        FaultMark.tenant_id == self.tenant, FaultMark.kind == "part",
                        FaultMark.fault_id == fault.id,
                    )
                )  # fmt: skip
                assert set(marks) == parts
                if fault.state == FaultState.MERGED:
                    assert not mine and fault.merged_into_id
            assert sum(fault.cases + fault.open_cases for fault in faults) == sum(
                row.outcome != Outcome.VOID for row in rows
            )


def void(_: object) -> None:
    """Take an answer and give none."""


def play(database: Database) -> None:
    class Here(Library):
        pass

    Here.database = database
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_evidence_is_conserved(database: Database) -> None:
    play(database)


def test_a_merge_cannot_be_undone_under_another(sqlite_database: Database) -> None:
    """A in B, B in C: first B comes out, then A; each has its own evidence again."""
    tenant = new_id()
    actor = system_actor(tenant)
    with sqlite_database.write(tenant) as session:
        session.add(Tenant(tenant_id=tenant, slug="m", name="Maker", profile={}))
        found = []
        for word in WORDS:
            slot = Slot(text=word, lang="en", concepts=[word], same=f"t:{word}")
            told = StoreFinding(
                component=slot, remedy=slot, ticket_id=new_id(), ticket=f"TK-{word}",
                origin="engineer", happened_at=now(session), model=word, ended=True,
            )  # fmt: skip
            found.append(service.record(session, actor, told))
        faults = queries.by_ids(session, tenant, {row.fault_id for row in found})
        one, two, three = (faults[row.fault_id].number for row in found)
        service.merge_faults(session, actor, MergeFaults(number=one, into=two))
        service.merge_faults(session, actor, MergeFaults(number=two, into=three))
        merged = queries.fault(session, actor, three)
        assert (merged.cases, sorted(merged.models)) == (3, ["fan", "pump", "seal"])
        with pytest.raises(CareloopError):
            service.unmerge(session, actor, PickFault(number=one))
        service.unmerge(session, actor, PickFault(number=two))
        service.unmerge(session, actor, PickFault(number=one))
        session.flush()
        for number, word in zip((one, two, three), WORDS, strict=True):
            row = queries.fault(session, actor, number)
            assert (row.cases, row.models, row.state) == (1, [word], "draft")
