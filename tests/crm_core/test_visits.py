"""A visit goes its way, forgets nothing, acts once for each command, and moves its ticket along."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from books import Books, fill, visitor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts import service as contract_service
from careloop.crm_core.contracts.schemas import CoverageLine
from careloop.crm_core.inventory import queries as stock
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import TicketState, TicketType
from careloop.crm_core.tickets.schemas import MoveTicket, OpenTicket
from careloop.crm_core.workorders import fact_queries, policy, queries, reporting, service
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.errors import CommandReused, ReportSigned, StepNotAllowed
from careloop.crm_core.workorders.models import STEPS, RepeatReason, Result, VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import (
    AddLabour,
    AddReading,
    CancelVisit,
    ChangeVisit,
    CheckIn,
    ConfirmVisit,
    Depart,
    Finish,
    PlanVisit,
    Revise,
    Sign,
    UsePartOnVisit,
    WriteReport,
)
from careloop.crm_core.workorders.signing import digest_of
from careloop.kit.actor import Actor
from careloop.kit.clock import FixedClock, iso
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, Forbidden, InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

V = VisitState
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WINDOW = Window(from_=NOON, until=NOON + timedelta(hours=2), time_zone="Asia/Shanghai")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def books(database: Database) -> Books:
    return fill(database, "one")


def opened(database: Database, books: Books) -> str:
    command = OpenTicket(title="Leak", serial=books.serial, contact_id=books.contact)
    with database.write() as session:
        return ticket_service.open_ticket(session, books.agent, command).number


def planned(database: Database, books: Books, ticket: str = "", engineer: str = "E-one") -> str:
    command = PlanVisit(ticket=ticket or books.ticket, engineer=engineer, window=WINDOW)
    with database.write() as session:
        return service.plan_visit(session, books.agent, command).number


def act(
    database: Database, books: Books, do: Callable[[Session, Actor, Any], WorkOrder], command: Any
) -> WorkOrder:
    with database.write() as session:
        return do(session, books.admin, command)


def page(database: Database, books: Books, number: str) -> Any:
    with database.read() as session:
        return fact_queries.whole(
            session, books.agent, queries.work_order(session, books.agent, number)
        )


def state_of(database: Database, books: Books, number: str = "") -> str:
    with database.read() as session:
        return tickets.ticket(session, books.agent, number or books.ticket).state


class VisitMachine(RuleBasedStateMachine):
    """Any sequence of acts on one visit, many of them sent twice, beside a plain model."""

    database: Database
    books: Books
    clock: FixedClock

    def __init__(self) -> None:
        super().__init__()
        with self.database.write() as session:
            opened = OpenTicket(title="Leak", serial=self.books.serial)
            self.ticket = ticket_service.open_ticket(session, self.books.agent, opened).number
        self.number = planned(self.database, self.books, self.ticket)
        self.state, self.promised, self.moved = V.PLANNED, False, 0
        self.minutes, self.passed, self.late = 0, [], 0
        self.report, self.revision, self.open = "", 0, False
        self.digests: list[str] = []

    @property
    def signed(self) -> bool:
        return self.revision > 0 and not self.open

    @rule(promised=st.booleans(), twice=st.booleans())
    def go(self, promised: bool, twice: bool) -> None:
        command = ConfirmVisit if promised else Depart
        wanted = V.CONFIRMED if promised else V.EN_ROUTE
        do = service.confirm_visit if promised else service.depart
        if self._does(do, command(number=self.number), wanted not in STEPS[self.state], twice):
            self.state = wanted
            self.promised = self.promised or promised

    @rule(twice=st.booleans())
    def arrive(self, twice: bool) -> None:
        wrong = V.ON_SITE not in STEPS[self.state]
        if self._does(service.check_in, CheckIn(number=self.number, lat=1.5), wrong, twice):
            self.state = V.ON_SITE

    @rule(hours=st.integers(0, 3), reason=st.sampled_from(["", "traffic"]))
    def move_the_window(self, hours: int, reason: str) -> None:
        start = NOON + timedelta(hours=hours)
        with self.database.read() as session:
            row = queries.work_order(session, self.books.agent, self.number)
            moves = row.window_from != start
        window = Window(from_=start, until=start + timedelta(hours=2), time_zone="Asia/Shanghai")
        wrong = self.state not in {V.PLANNED, V.CONFIRMED, V.EN_ROUTE} or (
            moves and self.promised and not reason
        )
        command = ChangeVisit(number=self.number, window=window, reason=reason)
        if self._does(service.change_visit, command, wrong, False):
            self.moved += moves and self.promised

    @rule(minutes=st.integers(1, 90), twice=st.booleans())
    def work(self, minutes: int, twice: bool) -> None:
        command = AddLabour(number=self.number, minutes=minutes)
        self._does(service.add_labour, command, False, twice)
        self.minutes += minutes
        self.late += self.state in {V.DONE, V.CANCELLED}

    @rule(value=st.integers(0, 20), twice=st.booleans())
    def measure(self, value: int, twice: bool) -> None:
        command = AddReading(number=self.number, name="flow", value=Decimal(value), low=5, high=10)
        self._does(service.add_reading, command, False, twice)
        self.passed.append(5 <= value <= 10)

    @rule(text=st.sampled_from(["seal changed", "pump changed"]))
    def write(self, text: str) -> None:
        wrong = self.state is V.CANCELLED or (self.signed and text != self.report)
        command = WriteReport(number=self.number, report=text)
        if self._does(service.write_report, command, wrong, False):
            self.report = text

    @rule(twice=st.booleans())
    def sign(self, twice: bool) -> None:
        wrong = self.state not in {V.ON_SITE, V.DONE} or self.signed
        if self._does(service.sign_report, Sign(number=self.number, name="Dora"), wrong, twice):
            self.revision += 1
            self.open = False

    @rule()
    def revise(self) -> None:
        command = Revise(number=self.number, reason="a wrong word")
        if self._does(service.revise_report, command, not self.signed, False):
            self.open = True

    @rule(result=st.sampled_from(Result), reason=st.sampled_from([None, *RepeatReason]))
    def finish(self, result: Result, reason: RepeatReason | None) -> None:
        solved, broken = result is Result.SOLVED, result in policy.BROKEN_OFF
        wrong = (
            V.DONE not in STEPS[self.state]
            or (solved and reason is not None)
            or (not solved and not broken and reason is None)
            or (not broken and not self.report)
        )
        command = Finish(
            number=self.number, result=result, repeat_reason=reason, reason="nobody there"
        )
        if self._does(service.finish_visit, command, wrong, True):
            self.state = V.DONE
            wanted = policy.ticket_state(result, policy.repeat_reason(command))
            assert state_of(self.database, self.books, self.ticket) == wanted

    @rule(twice=st.booleans())
    def cancel(self, twice: bool) -> None:
        wrong = V.CANCELLED not in STEPS[self.state]
        command = CancelVisit(number=self.number, reason="the customer called")
        if self._does(service.cancel_visit, command, wrong, twice):
            self.state = V.CANCELLED

    @invariant()
    def the_books_are_the_model(self) -> None:
        shown = page(self.database, self.books, self.number)
        assert (shown.state, shown.window.promised) == (self.state, self.promised)
        assert shown.labour_minutes["work"] == self.minutes
        assert [one.ok for one in shown.readings] == self.passed
        assert sum(one.late for one in shown.labour) == self.late
        assert (shown.report, shown.revision, shown.signed) == (
            self.report, self.revision, self.signed,
        )  # fmt: skip
        assert shown.moved_count == self.moved
        assert [one.seq for one in shown.log] == list(range(1, len(shown.log) + 1))
        digests = [one.digest for one in reversed(shown.signatures)]
        assert digests[: len(self.digests)] == self.digests
        self.digests = digests

    def _does(self, do: Any, command: Any, wrong: bool, twice: bool) -> bool:
        self.clock.advance(timedelta(seconds=1))
        if twice:
            earlier = self.clock.now() - timedelta(minutes=5)
            command = command.model_copy(update={"command_id": new_id(), "happened_at": earlier})
        try:
            version = act(self.database, self.books, do, command).version
        except CareloopError as refused:
            assert wrong, refused.message
            return False
        assert not wrong
        if twice:
            assert act(self.database, self.books, do, command).version == version
        return True


def test_any_sequence_of_acts_keeps_the_rules_of_a_visit(
    database: Database, books: Books, clock: FixedClock
) -> None:
    VisitMachine.database, VisitMachine.books, VisitMachine.clock = database, books, clock
    run_state_machine_as_test(
        VisitMachine,
        settings=settings(
            max_examples=10, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_every_visit_can_end_and_no_step_leads_to_itself() -> None:
    for state, following in STEPS.items():
        assert state not in following
        assert following or state in {V.DONE, V.CANCELLED}


@given(
    value=st.decimals(-99, 99, places=2), low=st.decimals(-99, 99, places=2),
    high=st.decimals(-99, 99, places=2),
)  # fmt: skip
def test_limits_belong_to_what_passes(value: Decimal, low: Decimal, high: Decimal) -> None:
    assert policy.within(value, None, None) is None
    assert policy.within(low, low, None) and policy.within(high, None, high)
    if low <= high:
        assert policy.within(value, low, high) == (low <= value <= high)


def test_a_first_visit_moves_its_ticket_and_numbers_have_no_gap(
    database: Database, books: Books
) -> None:
    ticket = opened(database, books)
    before = int(planned(database, books).rsplit("-", 1)[1])
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda _: planned(database, books, ticket), range(12)))
    assert sorted(numbers) == [f"WO-2026-{before + n:06d}" for n in range(1, 13)]
    assert state_of(database, books, ticket) == "assigned"
    with database.read() as session:
        row = tickets.ticket(session, books.agent, ticket)
        visits = queries.of_ticket(session, books.agent, [row.id])
        assert sorted(visit.visit for visit in visits) == list(range(1, 13))
        assert row.engineer == "E-one"
        assert len(queries.overlapping(session, books.agent, visits[0])) == 12


def test_an_ended_ticket_gets_no_visit(database: Database, books: Books) -> None:
    ticket = opened(database, books)
    with database.write() as session:
        command = MoveTicket(number=ticket, state=TicketState.CANCELLED, reason="sold")
        ticket_service.move_ticket(session, books.agent, command)
    with pytest.raises(Conflict, match="reopen"):
        planned(database, books, ticket)


@pytest.mark.parametrize("field", ["ticket", "engineer"])
def test_a_visit_refers_only_to_what_this_maker_has(
    database: Database, books: Books, field: str
) -> None:
    fill(database, "two")
    facts = {"ticket": books.ticket, "engineer": "E-one", "window": WINDOW}
    facts[field] = "TK-2026-000099" if field == "ticket" else "E-two"
    with pytest.raises(NotFound), database.write() as session:
        service.plan_visit(session, books.agent, PlanVisit.model_validate(facts))


def test_customers_see_no_visit_but_when_somebody_comes(database: Database, books: Books) -> None:
    ticket = opened(database, books)
    number = planned(database, books, ticket)
    guest = visitor(books.tenant, books.conversation, books.contact, books.customer)
    with database.read() as session:
        with pytest.raises(NotFound):
            queries.work_order(session, guest, number)
        row = tickets.ticket(session, guest, ticket)
        news = queries.news(session, books.tenant, row.id)
        assert news is not None
        assert news.model_dump(by_alias=True) == {
            "state": "planned", "from": iso(NOON), "until": iso(NOON + timedelta(hours=2)),
            "time_zone": "Asia/Shanghai", "promised": False,
        }  # fmt: skip


def test_a_command_id_is_never_used_for_something_else(database: Database, books: Books) -> None:
    one, other = planned(database, books), planned(database, books)
    labour = AddLabour(number=one, minutes=5, command_id="phone-1")
    act(database, books, service.add_labour, labour)
    for wrong in (
        labour.model_copy(update={"minutes": 6}), labour.model_copy(update={"number": other}),
    ):  # fmt: skip
        with pytest.raises(CommandReused):
            act(database, books, service.add_labour, wrong)
    with pytest.raises(CommandReused):
        depart = Depart(number=one, command_id="phone-1")
        act(database, books, service.depart, depart)


def test_the_same_command_from_many_threads_acts_once(database: Database, books: Books) -> None:
    number, runtime = planned(database, books), Runtime(database)
    command = AddLabour(number=number, minutes=5, command_id="phone-1")

    def send(_: int) -> None:
        runtime.invoke(books.admin, "visits.add_labour", command)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, range(12)))
    assert page(database, books, number).labour_minutes["work"] == 5


def arrived(database: Database, books: Books, ticket: str = "") -> str:
    number = planned(database, books, ticket)
    act(database, books, service.check_in, CheckIn(number=number))
    return number


def use(number: str, **facts: Any) -> UsePartOnVisit:
    return UsePartOnVisit.model_validate(
        {"number": number, "part": "P-one", "from": "L-one", **facts}
    )


def on_hand(database: Database, books: Books) -> int:
    with database.read() as session:
        found = stock.balances_of_part(session, books.admin, books.part)
        return sum(placed[1].on_hand for placed in found if placed[0].code == "L-one")


def test_a_part_is_taken_fitted_and_billed_in_one_act_and_once(
    database: Database, books: Books
) -> None:
    number, runtime, free = arrived(database, books), Runtime(database), on_hand(database, books)
    command = use(
        number, serial_out="OLD-1", serial_in="NEW-1", position="pump", command_id="van-1"
    )
    for key in ("k1", "k1", "k2"):
        runtime.invoke(books.admin, "visits.use_part", command, key=key)
    assert on_hand(database, books) == free - 1
    (part,) = page(database, books, number).parts
    assert (part.serial_out, part.serial_in, part.from_) == ("OLD-1", "NEW-1", "L-one")
    assert len(part.move_ids) == 1
    assert part.covered is not None
    assert part.reasons


def test_a_part_that_cannot_be_fitted_is_not_taken_either(database: Database, books: Books) -> None:
    number, free = arrived(database, books), on_hand(database, books)
    first = use(number, serial_out="OLD-1", serial_in="NEW-1", position="pump")
    act(database, books, service.use_part, first)
    wrong = use(number, serial_out="OTHER", serial_in="NEW-2", position="pump", command_id="c")
    with pytest.raises(CareloopError):
        act(database, books, service.use_part, wrong)
    with pytest.raises(CareloopError):
        act(database, books, service.use_part, use(number, quantity=free))
    assert on_hand(database, books) == free - 1
    assert len(page(database, books, number).parts) == 1
    right = use(number, serial_out="NEW-1", serial_in="NEW-2", position="pump", command_id="c")
    act(database, books, service.use_part, right)
    assert on_hand(database, books) == free - 2


def test_a_part_used_without_stock_goes_to_discrepancy_when_the_caller_says_so(
    database: Database, books: Books
) -> None:
    number, free = arrived(database, books), on_hand(database, books)
    more = use(number, quantity=free + 2, accept_discrepancy=True)
    act(database, books, service.use_part, more)
    (part,) = page(database, books, number).parts
    assert (part.quantity, part.discrepancy) == (free + 2, 2)
    assert on_hand(database, books) == 0


def agreed(database: Database, books: Books, *lines: dict[str, Any]) -> None:
    """The device's contract covers this from now on."""
    with database.write() as session:
        row = contracts.known(session, books.admin, "SC-one")
        given = [CoverageLine.model_validate(line) for line in lines]
        contract_service.set_lines(session, row, given)


def used(database: Database, books: Books) -> list[tuple[str, str, int, Decimal | None]]:
    with database.read() as session:
        row = contracts.known(session, books.admin, "SC-one")
        found = contracts.uses_between(session, row, date.min, date.max)
        return sorted((use.source, use.what, use.visits, use.amount) for use in found)


def test_a_finished_visit_counts_on_the_contract_that_bears_it(
    database: Database, books: Books
) -> None:
    agreed(database, books, {"what": "maintenance", "visits": 1}, {"what": "travel", "visits": 1})
    runtime = Runtime(database)
    for kind in (TicketType.MAINTENANCE, TicketType.INCIDENT):
        numbers = []
        for _ in range(3):
            with database.write() as session:
                wanted = OpenTicket(title="Due", serial=books.serial, type=kind)
                ticket = ticket_service.open_ticket(session, books.agent, wanted).number
            numbers.append(arrived(database, books, ticket))
        broken_off, first, second = numbers
        away = Finish(number=broken_off, result=Result.NO_ACCESS, reason="nobody there")
        act(database, books, service.finish_visit, away)
        for number in (first, first, second):
            done = Finish(number=number, result=Result.SOLVED, report="ok", command_id=number)
            runtime.invoke(books.admin, "visits.finish", done)
        what = "maintenance" if kind is TicketType.MAINTENANCE else "travel"
        counted = [use[0] for use in used(database, books) if use[1] == what]
        assert counted == [first], "once, not what was broken off, not beyond what is left"


def test_visits_at_once_never_share_the_last_money_of_a_contract(
    database: Database, books: Books
) -> None:
    agreed(database, books, {"what": "parts", "limit": {"amount": "100", "currency": "EUR"}})
    numbers = [arrived(database, books) for _ in range(4)]
    with database.write() as session:
        place = session.scalars(select(StockLocation).where(StockLocation.code == "L-one")).one()
        for n in range(4):
            part = Part(
                tenant_id=books.tenant, id=new_id(), number=f"X-{n}", unit_price=100, currency="EUR"
            )
            session.add(part)
            session.flush()
            session.add(
                StockBalance(
                    tenant_id=books.tenant, location_id=place.id, part_id=part.id, on_hand=1
                )
            )
    runtime, together = Runtime(database), Barrier(4)

    def fit(n: int) -> None:
        together.wait(10)
        runtime.invoke(books.admin, "visits.use_part", use(numbers[n], part=f"X-{n}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fit, range(4)))
    assert [use[3] for use in used(database, books)] == [Decimal(100)]
    bills = [page(database, books, number).parts[0].price for number in numbers]
    assert sorted(str(price.amount) for price in bills) == ["0.00", "100.00", "100.00", "100.00"]


def test_a_device_cannot_choose_the_day_on_which_a_contract_bore_it(
    database: Database, books: Books, clock: FixedClock
) -> None:
    agreed(database, books, {"what": "parts"})
    with database.write() as session:
        contracts.known(session, books.admin, "SC-one").ends_on = date(2026, 9, 1)
    number = arrived(database, books)
    for at in (clock.now() - timedelta(days=300), clock.now() + timedelta(days=300)):
        act(database, books, service.use_part, use(number, happened_at=at))
    first, second = page(database, books, number).parts
    assert (first.covered, second.covered) == (False, False)
    assert second.happened_at == iso(clock.now())


def test_parts_need_the_right_to_move_stock(database: Database, books: Books) -> None:
    number = arrived(database, books)
    with pytest.raises(Forbidden):
        Runtime(database).invoke(books.agent, "visits.use_part", use(number))


def test_a_signed_report_never_changes_and_a_revision_is_signed_anew(
    database: Database, books: Books
) -> None:
    number = arrived(database, books)
    act(database, books, service.add_labour, AddLabour(number=number, minutes=30))
    act(database, books, service.write_report, WriteReport(number=number, report="seal changed"))
    act(database, books, service.sign_report, Sign(number=number, name="Dora", role="lab"))
    with pytest.raises(ReportSigned):
        act(database, books, service.write_report, WriteReport(number=number, report="other"))
    finish = Finish(number=number, result=Result.SOLVED, report="other")
    with pytest.raises(ReportSigned):
        act(database, books, service.finish_visit, finish)
    act(database, books, service.finish_visit, Finish(number=number, result=Result.SOLVED))
    act(database, books, service.add_labour, AddLabour(number=number, minutes=5))
    shown = page(database, books, number)
    assert shown.unsigned_facts == 1
    assert [(one.late, one.after_signature) for one in shown.labour] == [
        (False, False), (True, True),
    ]  # fmt: skip
    act(database, books, service.revise_report, Revise(number=number, reason="hours"))
    act(database, books, service.write_report, WriteReport(number=number, report="and a hose"))
    act(database, books, service.sign_report, Sign(number=number, name="Dora"))
    with database.read() as session:
        row = queries.work_order(session, books.agent, number)
        second, first = fact_queries.signatures(session, row)
        assert (first.report["report"], len(first.report["labour"])) == ("seal changed", 1)
        assert (second.report["report"], len(second.report["labour"])) == ("and a hose", 2)
        assert [one.digest for one in (first, second)] == [
            digest_of(first.report), digest_of(second.report),
        ]  # fmt: skip
    assert page(database, books, number).unsigned_facts == 0


def test_a_solved_visit_waits_for_tickets_below_and_for_other_visits(
    database: Database, books: Books
) -> None:
    ticket = opened(database, books)
    with database.write() as session:
        below = OpenTicket(title="below", parent=ticket)
        ticket_service.open_ticket(session, books.agent, below)
    number = arrived(database, books, ticket)
    ending = Finish(number=number, result=Result.SOLVED, report="done")
    act(database, books, service.finish_visit, ending)
    assert state_of(database, books, ticket) == "in_progress"
    with database.read() as session:
        row = tickets.ticket(session, books.agent, ticket)
        told = [
            line.text
            for line in tickets.history(session, books.agent, row)
            if line.data.get("what") == "ticket_stays"
        ]
    assert "below this one" in told[0]


def test_late_steps_are_refused_late_facts_are_not(
    database: Database, books: Books, clock: FixedClock
) -> None:
    then = clock.now() - timedelta(hours=3)
    number = planned(database, books)
    act(database, books, service.cancel_visit, CancelVisit(number=number, reason="no need"))
    with pytest.raises(StepNotAllowed):
        act(database, books, service.check_in, CheckIn(number=number, command_id="a"))
    late = AddLabour(number=number, kind="travel", minutes=40, command_id="b", happened_at=then)
    act(database, books, service.add_labour, late)
    (labour,) = page(database, books, number).labour
    assert (labour.late, labour.happened_at) == (True, iso(then))
    assert labour.recorded_at != labour.happened_at


def test_first_time_fix_counts_tickets_by_their_first_visit(
    database: Database, books: Books, clock: FixedClock
) -> None:
    since = clock.now()
    ends = [(Result.SOLVED, None), (Result.NOT_SOLVED, RepeatReason.PART)]
    for result, reason in ends:
        with database.write() as session:
            view = ticket_service.open_ticket(session, books.agent, OpenTicket(title="x"))
        number = planned(database, books, view.number)
        act(database, books, service.check_in, CheckIn(number=number))
        ending = Finish(number=number, result=result, repeat_reason=reason, report="r")
        act(database, books, service.finish_visit, ending)
    with database.read() as session:
        found = reporting.first_time_fix(
            session, books.agent, since, clock.now() + timedelta(hours=1)
        )
        assert (found.tickets, found.first_time, found.rate) == (2, 1, 0.5)
        assert found.repeat_reasons["part"] == 1
        row = queries.work_order(session, books.agent, number)
        plan = reporting.suggestion(row, tickets.ticket(session, books.agent, row.ticket))
        assert plan.window.from_ == NOON + timedelta(days=7)
        assert plan.engineer == "E-one"
    with pytest.raises(InvalidInput), database.read() as session:
        reporting.first_time_fix(session, books.agent, since, since)
