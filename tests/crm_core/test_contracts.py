"""Contracts: their life, their devices, what is left of them, who bears what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.contracts import (
    entitlement_queries,
    lifecycle,
    queries,
    reminding,
    service,
    view_queries,
)  # fmt: skip
from careloop.crm_core.contracts.entitlement_queries import Asked, entitlement, entitlement_for
from careloop.crm_core.contracts.errors import ContractStepNotAllowed
from careloop.crm_core.contracts.models import ContractState, Coverage, ServiceContract
from careloop.crm_core.contracts.schemas import (
    ActivateContract,
    BookUse,
    ChangeContract,
    CreateContract,
    EndContract,
    EntitlementView,
    RenewContract,
    ResumeContract,
    SetContractAssets,
    SetWarrantyTerms,
    SuspendContract,
)  # fmt: skip
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.notices import queries as notices
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from tests.crm_core.books import visitor
from tests.crm_core.promised import Maker, maker

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEAR: dict[str, Any] = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}


@pytest.fixture
def clock() -> Clock:
    return FixedClock(NOON)


@pytest.fixture
def books(database: Database) -> Maker:
    return maker(database)


def create(session: Session, books: Maker, **facts: Any) -> ServiceContract:
    command = CreateContract.model_validate({"customer_id": books.customer, **YEAR, **facts})
    return service.create_contract(session, books.admin, command)


def ask(session: Session, books: Maker, **facts: Any) -> EntitlementView:
    return entitlement(session, books.admin, Asked(serial=books.serial, **facts))


def state(session: Session, books: Maker, number: str) -> ContractState:
    row = queries.known(session, books.admin, number)
    return view_queries.views(session, books.admin, [row])[0].state


def test_a_contract_gets_the_next_free_number(database: Database, books: Maker) -> None:
    with database.write() as session:
        create(session, books, number="SC-2026-0002")
        numbers = [create(session, books).number for _ in range(2)]
        assert numbers == ["SC-2026-0001", "SC-2026-0003"]
        with pytest.raises(Conflict):
            create(session, books, number="SC-2026-0002")
        with pytest.raises(NotFound):
            create(session, books, customer_id="0" * 26)
        with pytest.raises(NotFound):
            create(session, books, calendar="moon")


def test_the_life_of_a_contract(database: Database, books: Maker, clock: FixedClock) -> None:
    with database.write() as session:
        number = create(session, books, draft=True).number
        assert state(session, books, number) is ContractState.DRAFT
        lifecycle.activate(session, books.admin, ActivateContract(number=number))
        assert state(session, books, number) is ContractState.ACTIVE
        with pytest.raises(ContractStepNotAllowed):
            lifecycle.activate(session, books.admin, ActivateContract(number=number))
        with pytest.raises(ContractStepNotAllowed):
            lifecycle.resume(session, books.admin, ResumeContract(number=number))
        rest = SuspendContract(number=number, reason="unpaid")
        lifecycle.suspend(session, books.admin, rest)
        assert state(session, books, number) is ContractState.SUSPENDED
        with pytest.raises(ContractStepNotAllowed):
            lifecycle.suspend(session, books.admin, rest)
    clock.advance(timedelta(days=3))
    with database.write() as session:
        lifecycle.resume(session, books.admin, ResumeContract(number=number))
        row = queries.known(session, books.admin, number)
        [pause] = queries.pauses(session, row)
        assert (pause.from_on, pause.until_on) == (date(2026, 11, 22), date(2026, 11, 24))
        for on in (date(2027, 1, 1), date(2025, 12, 31)):
            with pytest.raises(ContractStepNotAllowed):
                gone = EndContract(number=number, reason="closed", on=on)
                lifecycle.end(session, books.admin, gone)
        last = EndContract(number=number, reason="lab closed")
        assert lifecycle.end(session, books.admin, last).last_day == date(2026, 11, 25)
        assert state(session, books, number) is ContractState.ACTIVE
    clock.advance(timedelta(days=1))
    with database.read() as session:
        assert state(session, books, number) is ContractState.ENDED


def test_lists_sort_states_as_the_rows_do(database: Database, books: Maker) -> None:
    with database.write() as session:
        made = {
            ContractState.ACTIVE: create(session, books).number,
            ContractState.DRAFT: create(session, books, draft=True).number,
            ContractState.UPCOMING: create(
                session, books, starts_on="2026-12-01", plan="Later"
            ).number,
            ContractState.ENDED: create(session, books, ends_on="2026-11-21").number,
            ContractState.SUSPENDED: create(session, books).number,
        }
        rest = SuspendContract(number=made[ContractState.SUSPENDED], reason="unpaid")
        lifecycle.suspend(session, books.admin, rest)
    with database.read() as session:
        for wanted, number in made.items():
            found = queries.ContractFilter(states=[wanted])
            rows = [row.number for row in queries.contracts(session, books.admin, found)]
            assert rows == [number], wanted
            assert state(session, books, number) is wanted
        soon = queries.ContractFilter(ends_before=date(2026, 12, 1))
        assert [row.number for row in queries.contracts(session, books.admin, soon)] == [
            made[ContractState.ENDED]
        ]
        by_plan = queries.ContractFilter(q="lATE")
        assert len(queries.contracts(session, books.admin, by_plan)) == 1
        by_name = queries.ContractFilter(q="lab 1")
        assert len(queries.contracts(session, books.admin, by_name)) == 5
        assert not queries.contracts(session, visitor(books.tenant), queries.ContractFilter())


def test_changes_and_versions(database: Database, books: Maker) -> None:
    with database.write() as session:
        number = create(session, books, price={"amount": "1200", "currency": "EUR"}).number
        change = ChangeContract.model_validate(
            {"number": number, "version": 1, "price": None, "ends_on": None, "plan": "Plus"}
        )
        row = service.change_contract(session, books.admin, change)
        assert (row.version, row.price, row.ends_on, row.plan) == (2, None, None, "Plus")
        with pytest.raises(VersionConflict):
            service.change_contract(session, books.admin, change)
        with pytest.raises(InvalidInput):
            wrong = ChangeContract.model_validate({"number": number, "plan": None})
            service.change_contract(session, books.admin, wrong)
        with pytest.raises(InvalidInput):
            wrong = ChangeContract.model_validate({"number": number, "ends_on": "2025-01-01"})
            service.change_contract(session, books.admin, wrong)


def test_a_successor_takes_everything_along(database: Database, books: Maker) -> None:
    with database.write() as session:
        old = create(
            session, books, plan="Plus", price={"amount": "1200.5", "currency": "EUR"},
            lines=[{"what": "labour", "share": 80, "limit": {"amount": "9", "currency": "EUR"}}],
            assets=[{"serial": books.serial}], starts_on="2026-02-01", ends_on="2027-01-31",
        )  # fmt: skip
        new = lifecycle.renew(session, books.admin, RenewContract(number=old.number, months=1))
        assert (new.starts_on, new.ends_on) == (date(2027, 2, 1), date(2027, 2, 28))
        assert (new.renews, old.renewed_by) == (old.number, new.number)
        page = view_queries.page(session, books.admin, new)
        assert page.contract.price == view_queries.page(session, books.admin, old).contract.price
        assert [line.share for line in page.lines] == [80]
        assert [device.serial for device in page.assets] == [books.serial]
        with pytest.raises(ContractStepNotAllowed, match=new.number):
            lifecycle.renew(session, books.admin, RenewContract(number=old.number))


def test_devices_come_and_go(database: Database, books: Maker) -> None:
    with database.write() as session:
        number = create(session, books, lines=[{"what": "labour"}]).number
        assert ask(session, books).by == "none"
        add = {"number": number, "add": [{"serial": books.serial, "from_on": "2026-11-22"}]}
        service.set_assets(session, books.admin, SetContractAssets.model_validate(add))
        assert ask(session, books).contract == number
        assert ask(session, books, on=date(2026, 11, 21)).by == "none"
        gone = SetContractAssets(number=number, remove=[books.serial])
        service.set_assets(session, books.admin, gone)
        assert ask(session, books).by == "none"
        with pytest.raises(NotFound):
            unknown = SetContractAssets(number=number, remove=["NO-1"])
            service.set_assets(session, books.admin, unknown)
        elsewhere = CreateContract.model_validate(
            {"customer_id": books.other, "assets": [{"serial": books.serial}]}
        )
        with pytest.raises(Conflict):
            service.create_contract(session, books.admin, elsewhere)


def test_a_contract_may_cover_all_devices_or_be_named_by_one(
    database: Database, books: Maker
) -> None:
    with database.write() as session:
        number = create(session, books, covers_all=True, plan="Whole").number
        cover = entitlement_for(session, books.agent, books.serial)
        assert (cover.by, cover.contract, cover.plan) == ("contract", number, "Whole")
        asset = assets.asset(session, books.admin, books.serial)
        asset.warranty_until = date(2026, 11, 22)
        cover = entitlement_for(session, books.agent, books.serial)
        assert (cover.by, cover.contract, cover.until) == ("warranty", number, date(2026, 11, 22))
        rest = SuspendContract(number=number, reason="unpaid")
        lifecycle.suspend(session, books.admin, rest)
        asset.contract_number = create(session, books, number="OLD").number  # as imports say it
        cover = entitlement_for(session, books.agent, books.serial, date(2026, 12, 24))
        assert (cover.by, cover.contract) == ("contract", "OLD")
        with pytest.raises(NotFound):
            entitlement_for(session, books.agent, "NO-1")


def test_today_is_the_customers_day(database: Database, books: Maker, clock: FixedClock) -> None:
    with database.write() as session:
        create(session, books, covers_all=True, lines=[{"what": "labour"}])
        owner = session.get_one(Customer, (books.tenant, books.customer))
        owner.time_zone = "Pacific/Auckland"
    clock.advance(datetime(2026, 12, 31, 10, 59, tzinfo=UTC) - NOON)
    with database.read() as session:
        assert ask(session, books).covered
    clock.advance(timedelta(minutes=1))
    with database.read() as session:
        told = ask(session, books)
        assert (told.on, told.covered) == (date(2027, 1, 1), False)


def test_uses_are_counted_in_the_contract_year(database: Database, books: Maker) -> None:
    lines = [
        {"what": "maintenance", "visits": 2},
        {"what": "parts", "share": 50, "limit": {"amount": "80", "currency": "EUR"}},
    ]
    with database.write() as session:
        number = create(
            session, books, covers_all=True, lines=lines, starts_on="2025-06-01",
            ends_on="2027-05-31",
        ).number  # fmt: skip
        use = {"number": number, "what": "maintenance", "visits": 1}
        for source, on in (("WO-1", "2026-05-31"), ("WO-2", "2026-06-01"), ("WO-2", "2026-06-01")):
            command = BookUse.model_validate({**use, "source": source, "used_on": on})
            service.book_use(session, books.admin, command)
        assert ask(session, books, kind=Coverage.MAINTENANCE).visits_left == 1
        spent = {"number": number, "what": "parts", "source": "WO-2",
                 "amount": {"amount": "45", "currency": "EUR"}}  # fmt: skip
        service.book_use(session, books.admin, BookUse.model_validate(spent))
        told = ask(session, books, kind=Coverage.PARTS, part="P-one")
        # Half of 100 would be 50, but only 35 of the year's 80 are left.
        assert told.price is not None
        assert told.limit_left is not None
        assert (told.share, told.price.amount, told.limit_left.amount) == (50, "65.00", "35.00")
        with pytest.raises(Conflict, match="other figures"):
            other = {**spent, "amount": {"amount": "46", "currency": "EUR"}}
            service.book_use(session, books.admin, BookUse.model_validate(other))
        with pytest.raises(Conflict, match="does not run"):
            late = {**use, "source": "WO-3", "used_on": "2027-06-01"}
            service.book_use(session, books.admin, BookUse.model_validate(late))
        page = view_queries.page(session, books.admin, queries.known(session, books.admin, number))
        assert [line.visits_left for line in page.lines] == [1, None]


def test_terms_of_warranty_are_the_makers(database: Database, books: Maker) -> None:
    with database.write() as session:
        assets.asset(session, books.admin, books.serial).warranty_until = date(2026, 11, 1)
        assert ask(session, books).by == "none"
        terms = SetWarrantyTerms(version=0, goodwill_days=60, goodwill_share=30)
        service.set_warranty_terms(session, books.admin, terms)
        cost = entitlement_queries.cost_of("10", "EUR")
        told = ask(session, books, cost=cost)
        assert told.price is not None
        assert (told.by, told.price.amount) == ("goodwill", "7.00")
        with pytest.raises(VersionConflict):
            service.set_warranty_terms(session, books.admin, terms)
        with pytest.raises(InvalidInput):
            ask(session, books, part="NO-1")


def test_what_one_may_not_see_is_not_there(database: Database, books: Maker) -> None:
    other = maker(database, "two")
    with database.write() as session:
        number = create(session, books).number
        for stranger in (other.admin, visitor(books.tenant, customer=books.other)):
            with pytest.raises(NotFound):
                queries.known(session, stranger, number)
            with pytest.raises(NotFound):
                entitlement(session, stranger, Asked(serial=books.serial))


def test_managers_are_reminded_once(database: Database, books: Maker, clock: FixedClock) -> None:
    def pass_over() -> int:
        with database.write() as session:
            today = clock.now().date()
            found = queries.to_remind(session, today, reminding.USUAL_DAYS)
            mine = [number for tenant, number in found if tenant == books.tenant]
            return sum(reminding.remind(session, books.admin, number) for number in mine)

    with database.write() as session:
        number = create(session, books, number="END", ends_on="2026-12-31").number
        create(session, books, number="DRAFT", ends_on="2026-12-31", draft=True)
    assert [pass_over(), pass_over()] == [1, 0]  # 39 days are left
    clock.advance(timedelta(days=33))
    assert [pass_over(), pass_over()] == [2, 0]
    with database.read() as session:
        told = notices.notices(session, books.admin)
        assert [row.args["days"] for row in told if row.args["contract"] == number] == [6, 39]
        assert not notices.notices(session, books.agent)
    with database.write() as session:
        lifecycle.renew(session, books.admin, RenewContract(number=number))
    clock.advance(timedelta(days=1))
    with database.read() as session:
        found = queries.to_remind(session, clock.now().date(), (60, 30, 7, 5))
        assert (books.tenant, number) not in found
