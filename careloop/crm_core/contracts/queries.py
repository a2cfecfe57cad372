"""Selects of service contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.contracts.models import (
    ContractAsset,
    ContractCounter,
    ContractLine,
    ContractPause,
    ContractReminder,
    ContractState,
    ContractUse,
    ServiceContract,
    WarrantyTerms,
)  # fmt: skip
from careloop.crm_core.contracts.schemas import WarrantyTermsFacts, WarrantyTermsView
from careloop.crm_core.custom.filter_queries import Given, narrowed
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import NotFound

LONGEST_REMINDER = timedelta(days=1000)
NAMED = 200
"""Customers whose contracts a search by name finds."""


def visible_to(actor: Actor) -> Select[ServiceContract]:
    """Contracts the actor may see: staff all, a customer their own."""
    statement = select(ServiceContract).where(ServiceContract.tenant_id == actor.tenant_id)
    if actor.is_staff:
        return statement
    return statement.where(ServiceContract.customer_id == actor.customer_id)


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """What a list of contracts is narrowed by; empty fields do not narrow."""

    q: str = ""
    states: Sequence[ContractState] = ()
    customer_id: str = ""
    serial: str = ""
    plan: str = ""
    ends_before: date | None = None
    custom: Given = ()


def contracts(
    session: Session, actor: Actor, found: ContractFilter, after: str = "", limit: int = 50
) -> list[ServiceContract]:
    """Contracts by number, those after `after`; states are those of today in UTC."""
    statement = narrowed(
        session, actor.tenant_id, Subject.CONTRACT, visible_to(actor), found.custom
    )
    if found.q:
        word = found.q.lower()
        named = [row.id for row in customers.customers(session, actor, found.q, limit=NAMED)]
        statement = statement.where(
            or_(
                func.lower(ServiceContract.number).contains(word, autoescape=True),
                func.lower(ServiceContract.plan).contains(word, autoescape=True),
                ServiceContract.customer_id.in_(named),
            )
        )
    if found.customer_id:
        statement = statement.where(ServiceContract.customer_id == found.customer_id)
    if found.plan:
        statement = statement.where(ServiceContract.plan == found.plan)
    if found.serial:
        on_it = select(ContractAsset.contract_id).where(
            ContractAsset.tenant_id == actor.tenant_id, ContractAsset.serial == found.serial
        )
        statement = statement.where(ServiceContract.id.in_(on_it))
    if found.ends_before:
        statement = statement.where(_last_day() <= found.ends_before)
    if found.states:
        today = now(session).date()
        statement = statement.where(or_(*(_in_state(state, today) for state in found.states)))
    if after:
        statement = statement.where(ServiceContract.number > after)
    return list(session.scalars(statement.order_by(ServiceContract.number).limit(limit)))


def _last_day() -> ColumnElement[date | None]:
    return func.coalesce(ServiceContract.terminated_on, ServiceContract.ends_on)


def _in_state(state: ContractState, on: date) -> ColumnElement[bool]:
    """The condition that `state_on` tests row by row."""
    signed = ServiceContract.signed
    begun = or_(ServiceContract.starts_on.is_(None), ServiceContract.starts_on <= on)
    over = and_(_last_day().is_not(None), _last_day() < on)
    resting = (
        select(ContractPause.id)
        .where(
            ContractPause.tenant_id == ServiceContract.tenant_id,
            ContractPause.contract_id == ServiceContract.id,
            ContractPause.from_on <= on,
            or_(ContractPause.until_on.is_(None), ContractPause.until_on >= on),
        )
        .exists()
    )
    return {
        ContractState.DRAFT: ~signed,
        ContractState.ENDED: and_(signed, over),
        ContractState.UPCOMING: and_(signed, ~over, ~begun),
        ContractState.SUSPENDED: and_(signed, ~over, begun, resting),
        ContractState.ACTIVE: and_(signed, ~over, begun, ~resting),
    }[state]


def contracts_of(session: Session, actor: Actor, customer_id: str) -> list[ServiceContract]:
    statement = visible_to(actor).where(ServiceContract.customer_id == customer_id)
    return list(session.scalars(statement.order_by(ServiceContract.number)))


def contract(session: Session, actor: Actor, number: str) -> ServiceContract | None:
    return session.scalar(visible_to(actor).where(ServiceContract.number == number))


def known(session: Session, actor: Actor, number: str, lock: bool = False) -> ServiceContract:
    """The contract of that number; `NotFound` for one that the actor may not see."""
    statement = visible_to(actor).where(ServiceContract.number == number.strip())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no contract {number} that you may see")
    return found


def of_tenant(session: Session, tenant_id: str, number: str) -> ServiceContract | None:
    """The contract of that number, for the house's own rules."""
    statement = select(ServiceContract).where(
        ServiceContract.tenant_id == tenant_id, ServiceContract.number == number
    )
    return session.scalar(statement)


def known_numbers(session: Session, tenant_id: str, numbers: set[str]) -> set[str]:
    """Those of the upper-case `numbers` that are on file; says nothing of whose they are."""
    if not numbers:
        return set()
    statement = select(ServiceContract.number).where(
        ServiceContract.tenant_id == tenant_id, ServiceContract.number.in_(numbers)
    )
    return set(session.scalars(statement))


def lines(session: Session, row: ServiceContract) -> list[ContractLine]:
    statement = select(ContractLine).where(
        ContractLine.tenant_id == row.tenant_id, ContractLine.contract_id == row.id
    )
    return list(session.scalars(statement.order_by(ContractLine.position)))


def pauses(session: Session, row: ServiceContract) -> list[ContractPause]:
    statement = select(ContractPause).where(
        ContractPause.tenant_id == row.tenant_id, ContractPause.contract_id == row.id
    )
    return list(session.scalars(statement.order_by(ContractPause.from_on, ContractPause.id)))


def pause_on(pauses: Sequence[ContractPause], on: date) -> ContractPause | None:
    """The pause that a day falls into."""
    for pause in pauses:
        if pause.from_on <= on and (pause.until_on is None or on <= pause.until_on):
            return pause
    return None


def state_on(row: ServiceContract, pauses: Sequence[ContractPause], on: date) -> ContractState:
    """How a contract stands on a day."""
    if not row.signed:
        return ContractState.DRAFT
    if row.last_day is not None and row.last_day < on:
        return ContractState.ENDED
    if row.starts_on is not None and on < row.starts_on:
        return ContractState.UPCOMING
    return ContractState.SUSPENDED if pause_on(pauses, on) else ContractState.ACTIVE


def device_rows(
    session: Session, row: ServiceContract, asset_ids: Sequence[str]
) -> dict[str, ContractAsset]:
    """The rows of these devices on the contract, by the asset's id."""
    statement = select(ContractAsset).where(
        ContractAsset.tenant_id == row.tenant_id,
        ContractAsset.contract_id == row.id,
        ContractAsset.asset_id.in_(asset_ids),
    )
    return {found.asset_id: found for found in session.scalars(statement)}


def device_page(
    session: Session, row: ServiceContract, after: str, limit: int
) -> list[ContractAsset]:
    statement = select(ContractAsset).where(
        ContractAsset.tenant_id == row.tenant_id,
        ContractAsset.contract_id == row.id,
        ContractAsset.serial > after,
    )
    return list(session.scalars(statement.order_by(ContractAsset.serial).limit(limit)))


def device_counts(session: Session, tenant_id: str, contract_ids: Sequence[str]) -> dict[str, int]:
    """How many devices each contract names."""
    statement = (
        select(ContractAsset.contract_id, func.count())
        .where(ContractAsset.tenant_id == tenant_id, ContractAsset.contract_id.in_(contract_ids))
        .group_by(ContractAsset.contract_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def uses_between(
    session: Session, row: ServiceContract, first: date, last: date
) -> list[ContractUse]:
    statement = select(ContractUse).where(
        ContractUse.tenant_id == row.tenant_id,
        ContractUse.contract_id == row.id,
        ContractUse.used_on.between(first, last),
    )
    return list(session.scalars(statement))


def use_of_source(
    session: Session, row: ServiceContract, what: str, source: str
) -> ContractUse | None:
    statement = select(ContractUse).where(
        ContractUse.tenant_id == row.tenant_id,
        ContractUse.contract_id == row.id,
        ContractUse.what == what,
        ContractUse.source == source,
    )
    return session.scalar(statement)


def use_page(session: Session, row: ServiceContract, before: str, limit: int) -> list[ContractUse]:
    statement = select(ContractUse).where(
        ContractUse.tenant_id == row.tenant_id, ContractUse.contract_id == row.id
    )
    if before:
        statement = statement.where(ContractUse.id < before)
    return list(session.scalars(statement.order_by(ContractUse.id.desc()).limit(limit)))


def to_remind(session: Session, on: date, usual: Sequence[int]) -> list[tuple[str, str]]:
    """Tenant and number of signed contracts without a successor of whose end, seen from that
    day, a reminder is due that was not sent; `usual` are the days of those that name none."""
    row = ServiceContract
    statement = select(row.tenant_id, row.id, row.number, row.ends_on, row.reminder_days).where(
        row.signed,
        row.terminated_on.is_(None),
        row.renewed_by == "",
        row.ends_on.between(on, on + LONGEST_REMINDER),
    )
    found = session.execute(statement).all()
    sent = select(ContractReminder.contract_id, ContractReminder.ends_on, ContractReminder.days)
    known = set(session.execute(sent.where(ContractReminder.ends_on >= on)))
    return [
        (tenant_id, number)
        for tenant_id, contract_id, number, ends_on, own in found
        if any(
            (ends_on - on).days <= days and (contract_id, ends_on, days) not in known
            for days in own or usual
            if ends_on is not None
        )
    ]


def reminded(session: Session, row: ServiceContract) -> set[int]:
    """Of how many days before its present end reminders were sent."""
    statement = select(ContractReminder.days).where(
        ContractReminder.tenant_id == row.tenant_id,
        ContractReminder.contract_id == row.id,
        ContractReminder.ends_on == row.ends_on,
    )
    return set(session.scalars(statement))


def counter(session: Session, tenant_id: str, year: int) -> ContractCounter | None:
    statement = select(ContractCounter).where(
        ContractCounter.tenant_id == tenant_id, ContractCounter.year == year
    )
    return session.scalar(statement.with_for_update())


def warranty_terms(session: Session, tenant_id: str, lock: bool = False) -> WarrantyTerms | None:
    """The tenant's own terms; None while the house's defaults hold."""
    statement = select(WarrantyTerms).where(WarrantyTerms.tenant_id == tenant_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def terms_view(row: WarrantyTerms | None) -> WarrantyTermsView:
    """The terms that hold; version 0 are the defaults, which nobody has changed yet."""
    if row is None:
        return WarrantyTermsView(version=0)
    return WarrantyTermsView.model_validate(
        {name: getattr(row, name) for name in (*WarrantyTermsFacts.model_fields, "version")}
    )


def agreements_about(
    session: Session, tenant_id: str, asset_id: str, number: str, customer_id: str | None
) -> list[tuple[ServiceContract, ContractAsset | None]]:
    """Contracts that may cover a device, with its row on each.

    They name the device, or the device's file names them (`number`), or they cover every device
    of the customer who owns it.
    """
    row_of_device = and_(
        ContractAsset.tenant_id == ServiceContract.tenant_id,
        ContractAsset.contract_id == ServiceContract.id,
        ContractAsset.asset_id == asset_id,
    )
    whole = (
        and_(ServiceContract.covers_all, ServiceContract.customer_id == customer_id)
        if customer_id
        else false()
    )
    statement = (
        select(ServiceContract, ContractAsset)
        .outerjoin(ContractAsset, row_of_device)
        .where(ServiceContract.tenant_id == tenant_id)
        .where(
            or_(
                ContractAsset.id.is_not(None),
                ServiceContract.number == number if number else false(),
                whole,
            )
        )
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
