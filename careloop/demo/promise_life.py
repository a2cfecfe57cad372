"""What the demo maker promises: calendars, SLA policies, terms of its contracts, and tickets whose
clocks run, warn, are broken or were kept - all counted back from now, so that any day has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.calendars import queries as calendar_queries
from careloop.crm_core.calendars import service as calendars
from careloop.crm_core.calendars.policy import ROUND_THE_CLOCK, Hours, working_time
from careloop.crm_core.calendars.schemas import CreateCalendar
from careloop.crm_core.contracts import lifecycle
from careloop.crm_core.contracts import queries as contract_queries
from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.contracts.models import ContractState, ServiceContract
from careloop.crm_core.contracts.schemas import (
    ChangeContract,
    RenewContract,
    SetContractAssets,
    SetWarrantyTerms,
    SuspendContract,
)  # fmt: skip
from careloop.crm_core.contracts.view_queries import today_of
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.sla import policies
from careloop.crm_core.sla.schemas import CreatePolicy
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.tickets.schemas import CommentTicket, MoveTicket, OpenTicket
from careloop.demo.promise_terms import (
    CALENDARS,
    HISTORY,
    LINES,
    OPEN,
    POLICIES,
    PRICES,
    Story,
)  # fmt: skip
from careloop.demo.seeding import stream
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import now

MOST = 1_000


@dataclass(frozen=True)
class Covered:
    """A device under a running contract, with the hours its promises count by."""

    asset: Asset
    plan: str
    language: str
    hours: Hours


def enact(session: Session, actor: Actor) -> None:
    """Write the promises; once, after the master data were imported."""
    for calendar in CALENDARS:
        calendars.create_calendar(session, actor, CreateCalendar.model_validate(calendar))
    for policy in POLICIES:
        policies.create_policy(session, actor, CreatePolicy.model_validate(policy))
    contracts.set_warranty_terms(
        session, actor,
        SetWarrantyTerms(part_months=6, goodwill_days=30, goodwill_share=50),
    )  # fmt: skip
    speaker = _speaker(session, actor)
    covered = _agree(session, actor)
    _special_cases(session, actor)
    rng = stream("promises")
    rng.shuffle(covered)
    for story in OPEN:
        _happen(session, speaker, _one(covered, story), story)
    for number, story in enumerate(HISTORY):
        _happen(session, speaker, covered[number % len(covered)], story)


def _speaker(session: Session, actor: Actor) -> Actor:
    """The member of staff who answers: an answer of the house itself keeps no promise."""
    agents = [user for user in accounts.users(session, actor) if user.role == Role.AGENT]
    if not agents:
        return actor
    first = min(agents, key=lambda user: user.email)
    return staff_actor(actor.tenant_id, Role.AGENT, first.id, first.name, first.language)


def _agree(session: Session, actor: Actor) -> list[Covered]:
    """Terms, lines and devices for the contracts in force; gives those devices."""
    named: dict[str, list[Asset]] = {}
    after = ""
    while page := assets.assets(session, actor, after=after, limit=MOST):
        for asset in page:
            named.setdefault(asset.contract_number, []).append(asset)
        after = page[-1].serial
    owners = {row.id: row for row in customers.customers(session, actor, limit=MOST)}
    covered = []
    every = contract_queries.ContractFilter()
    for row in contract_queries.contracts(session, actor, every, limit=MOST):
        country = owners[row.customer_id].country
        if not row.active(today_of(session, row)):
            continue  # a contract of the past keeps the words it was imported with
        mine = [
            asset for asset in named.get(row.number, []) if asset.customer_id == row.customer_id
        ]
        _set_terms(session, actor, row, country, mine)
        hours = calendar_queries.hours_of(session, actor.tenant_id, country)
        language = owners[row.customer_id].language
        covered += [Covered(asset, row.plan, language, hours) for asset in mine]
    return covered


def _set_terms(
    session: Session, actor: Actor, row: ServiceContract, country: str, mine: list[Asset]
) -> None:
    amount, currency = PRICES[row.plan], "EUR" if country in {"DE", "ES", "FR"} else "USD"
    if country == "CN":
        amount, currency = amount * 7, "CNY"
    terms = ChangeContract.model_validate(
        {
            "number": row.number, "sla_policy": row.plan.lower(), "calendar": country,
            "price": {"amount": str(amount * max(1, len(mine))), "currency": currency},
            "price_period": "year", "lines": LINES[row.plan],
        }
    )  # fmt: skip
    contracts.change_contract(session, actor, terms)
    devices = [{"serial": asset.serial} for asset in mine]
    if devices:
        command = SetContractAssets.model_validate({"number": row.number, "add": devices})
        contracts.set_assets(session, actor, command)


def _special_cases(session: Session, actor: Actor) -> None:
    """One contract rests for want of payment, the next to end has its successor drafted."""
    running = contract_queries.ContractFilter(states=[ContractState.ACTIVE])
    rows = contract_queries.contracts(session, actor, running, limit=MOST)
    ending = sorted((row for row in rows if row.ends_on), key=lambda row: str(row.ends_on))
    if len(ending) < 2:
        return
    lifecycle.renew(session, actor, RenewContract(number=ending[0].number, draft=True))
    basic = [row for row in ending[1:] if row.plan == "Basic"]
    if basic:
        reason = "年度服务费逾期未付，已电话通知客户"
        rest = SuspendContract(number=basic[-1].number, reason=reason)
        lifecycle.suspend(session, actor, rest)


def _one(covered: list[Covered], story: Story) -> Covered:
    """Take a device of the story's plan and language from the list, or any where none is left."""
    fitting = [found for found in covered if found.language == story.language] or covered
    chosen = next((found for found in fitting if found.plan == story.plan), fitting[0])
    covered.remove(chosen)
    return chosen


def _happen(session: Session, actor: Actor, found: Covered, story: Story) -> None:
    """Let a ticket be opened, answered, moved and solved at the times that its story tells."""
    opened = _opened_at(session, found, story)
    with _at(session, opened):
        command = OpenTicket(
            title=story.title, description=story.description, language=story.language,
            priority=story.priority, serial=found.asset.serial,
        )  # fmt: skip
        number = tickets.open_ticket(session, actor, command).number
    if story.answered is not None:
        with _at(session, opened + timedelta(minutes=story.answered)):
            said = CommentTicket(number=number, text=story.answer, public=True)
            tickets.comment_ticket(session, actor, said)
    for minutes, state, reason in story.moves:
        with _at(session, opened + timedelta(minutes=minutes)):
            solved = reason if state == TicketState.RESOLVED else ""
            step = MoveTicket(
                number=number, state=TicketState(state), reason=reason, resolution=solved
            )
            tickets.move_ticket(session, actor, step)


def _opened_at(session: Session, found: Covered, story: Story) -> datetime:
    """The instant from which on so many working minutes have passed by now."""
    at = now(session)
    if story.days_ago:
        return at - timedelta(days=story.days_ago)
    hours = ROUND_THE_CLOCK if story.around_the_clock else found.hours
    low, high = 0, 60 * 24 * 60
    while low < high:
        middle = (low + high) // 2
        passed = working_time(hours, at - timedelta(minutes=middle), at)
        if passed < timedelta(minutes=story.minutes_ago):
            low = middle + 1
        else:
            high = middle
    return at - timedelta(minutes=low)


@contextmanager
def _at(session: Session, moment: datetime) -> Iterator[None]:
    """Let the books believe that it is that moment, which is never later than now."""
    info: dict[str, Any] = session.info
    real = info.get("clock")
    info["clock"] = FixedClock(min(moment, now(session)))
    try:
        yield
    finally:
        info["clock"] = real
