"""Writers of cost rates, exchange rates and the rules of billing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.billing import queries
from careloop.crm_core.billing.errors import RatesOverlap
from careloop.crm_core.billing.models import BillingRules, CostRate, ExchangeRate, RateKind
from careloop.crm_core.billing.rate_schemas import (
    ChangeRate,
    CreateRate,
    ExchangeRateView,
    RateView,
    SetExchangeRate,
)  # fmt: skip
from careloop.crm_core.billing.schemas import BillingRulesFacts, SetBillingRules, UnitAmount
from careloop.crm_core.calendars import queries as calendars
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, NotFound, VersionConflict
from careloop.kit.ids import new_id

UNITS = {
    RateKind.LABOUR: "hour", RateKind.TRAVEL_TIME: "hour", RateKind.TRAVEL_KM: "km",
    RateKind.CALL_OUT: "visit",
}  # fmt: skip


def create_rate(session: Session, actor: Actor, command: CreateRate) -> CostRate:
    """Add a rate. Of the same rates, one that runs without end ends the day before it begins."""
    row = CostRate(
        tenant_id=actor.tenant_id, id=new_id(), kind=command.kind, level=command.level,
        hours=command.hours, country=command.country, amount=command.amount.value(),
        currency=command.amount.currency, valid_from=command.valid_from,
        valid_until=command.valid_until, note=command.note, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    for other in queries.same_rates(session, row):
        if other.valid_until is None and other.valid_from < row.valid_from:
            other.valid_until = row.valid_from - timedelta(days=1)
            other.touch(now(session))
    _check_apart(session, row)
    session.add(row)
    session.flush()
    return row


def change_rate(session: Session, actor: Actor, command: ChangeRate) -> CostRate:
    """Mend a rate; `RatesOverlap` when two would hold on one day."""
    row = queries.rate(session, actor, command.rate_id, lock=True)
    _check_version(row.version, command.version)
    if command.amount is not None:
        row.amount, row.currency = command.amount.value(), command.amount.currency
    if "valid_until" in command.model_fields_set:
        if command.valid_until is not None and command.valid_until < row.valid_from:
            raise InvalidInput("The rate would end before it begins", valid_until="too early")
        row.valid_until = command.valid_until
    if command.note is not None:
        row.note = command.note
    _check_apart(session, row)
    row.touch(now(session))
    session.flush()
    return row


def set_exchange_rate(session: Session, actor: Actor, command: SetExchangeRate) -> ExchangeRate:
    """Enter a rate for a day; entered again for that day, it is mended."""
    row = queries.exchange_rate_of(
        session, actor.tenant_id, command.base, command.quote, command.valid_on
    )
    if row is None:
        row = ExchangeRate(
            tenant_id=actor.tenant_id, id=new_id(), base=command.base, quote=command.quote,
            valid_on=command.valid_on, version=0, created_at=now(session),
            updated_at=now(session),
        )  # fmt: skip
        session.add(row)
    row.rate, row.note = Decimal(command.rate), command.note
    row.touch(now(session))
    session.flush()
    return row


def set_rules(session: Session, actor: Actor, command: SetBillingRules) -> BillingRules:
    """Change how the maker bills; what was issued or kept stays as it was."""
    row = queries.rules_row(session, actor.tenant_id, lock=True)
    present = row.version if row else 0
    _check_version(present, command.version)
    for code in {command.calendar, *command.calendars.values()} - {""}:
        if calendars.by_code(session, actor.tenant_id, code) is None:
            raise NotFound(f"There is no calendar {code}; add it first")
    if row is None:
        row = BillingRules(tenant_id=actor.tenant_id)
        session.add(row)
    facts = command.model_dump(mode="json")
    row.rules = {name: facts[name] for name in BillingRulesFacts.model_fields}
    row.version = present + 1
    session.flush()
    return row


def rate_view(row: CostRate) -> RateView:
    return RateView(
        id=row.id, kind=RateKind(row.kind), level=row.level,
        hours=row.hours,
        country=row.country,
        amount=UnitAmount.of(row.amount, row.currency) or UnitAmount(amount="0", currency="EUR"),
        valid_from=row.valid_from, valid_until=row.valid_until, note=row.note,
        unit=UNITS[RateKind(row.kind)], version=row.version,
    )  # fmt: skip


def exchange_view(row: ExchangeRate) -> ExchangeRateView:
    text = format(row.rate, "f")
    return ExchangeRateView(
        id=row.id, base=row.base, quote=row.quote, rate=text.rstrip("0").rstrip("."),
        valid_on=row.valid_on, note=row.note, version=row.version,
    )  # fmt: skip


def _check_apart(session: Session, row: CostRate) -> None:
    for other in queries.same_rates(session, row):
        begins = row.valid_until is None or other.valid_from <= row.valid_until
        lasts = other.valid_until is None or row.valid_from <= other.valid_until
        if begins and lasts:
            until = other.valid_until or "further notice"
            raise RatesOverlap(
                f"Another rate for the same holds from {other.valid_from} until {until}; end it "
                "first, or name days that are free"
            )


def _check_version(present: int, wanted: int | None) -> None:
    if wanted is not None and wanted != present:
        raise VersionConflict("Somebody changed this meanwhile; load it again")
