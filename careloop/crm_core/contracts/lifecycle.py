"""Steps of a contract's life: signed, resting, running again, ended, followed by another."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.contracts import queries
from careloop.crm_core.contracts.errors import ContractStepNotAllowed
from careloop.crm_core.contracts.events import ContractChanged
from careloop.crm_core.contracts.models import ContractPause, ServiceContract
from careloop.crm_core.contracts.policy import add_months
from careloop.crm_core.contracts.schemas import (
    ActivateContract,
    EndContract,
    RenewContract,
    ResumeContract,
    SuspendContract,
)  # fmt: skip
from careloop.crm_core.contracts.service import changed, locked, next_number
from careloop.crm_core.contracts.successor import copy_devices, copy_lines, copy_of
from careloop.crm_core.contracts.view_queries import today_of
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.events import emit


def activate(session: Session, actor: Actor, command: ActivateContract) -> ServiceContract:
    """Make a draft binding."""
    row = locked(session, actor, command.number, command.version)
    row.sign()
    return changed(session, row)


def suspend(session: Session, actor: Actor, command: SuspendContract) -> ServiceContract:
    """Let a contract rest from a day on, until it is resumed."""
    row = locked(session, actor, command.number, command.version)
    first = command.from_on or today_of(session, row)
    if not row.active(first):
        raise ContractStepNotAllowed(f"Contract {row.number} does not run on {first}")
    resting = [
        pause
        for pause in queries.pauses(session, row)
        if pause.until_on is None or pause.until_on >= first
    ]
    if resting:
        raise ContractStepNotAllowed(
            f"Contract {row.number} rests from {resting[0].from_on} already; resume it first"
        )
    session.add(
        ContractPause(
            tenant_id=row.tenant_id, contract_id=row.id, from_on=first, reason=command.reason,
            created_at=now(session), updated_at=now(session),
        )
    )  # fmt: skip
    row.state_reason = command.reason
    return changed(session, row)


def resume(session: Session, actor: Actor, command: ResumeContract) -> ServiceContract:
    """Let a contract run again from a day on."""
    row = locked(session, actor, command.number, command.version)
    on = command.on or today_of(session, row)
    open_pauses = [pause for pause in queries.pauses(session, row) if pause.until_on is None]
    if not open_pauses:
        raise ContractStepNotAllowed(f"Contract {row.number} does not rest")
    pause = open_pauses[-1]
    if on <= pause.from_on:
        # It never rested: the first day of rest is the day it runs again, or lies after it.
        session.delete(pause)
    else:
        pause.until_on = on - timedelta(days=1)
        pause.touch(now(session))
    row.state_reason = ""
    return changed(session, row)


def end(session: Session, actor: Actor, command: EndContract) -> ServiceContract:
    """End a contract before its time."""
    row = locked(session, actor, command.number, command.version)
    row.terminate(command.on or today_of(session, row), command.reason)
    return changed(session, row)


def renew(session: Session, actor: Actor, command: RenewContract) -> ServiceContract:
    """Add the contract that begins the day after the last one of this; the two name each other.

    Devices whose time on the old contract ended before its last day are not taken along.
    """
    row = locked(session, actor, command.number, command.version)
    last = row.last_day
    if not row.signed or last is None:
        raise ContractStepNotAllowed(f"Contract {row.number} has no last day to follow on")
    if row.terminated_on is not None:
        raise ContractStepNotAllowed(f"Contract {row.number} was ended; make a new contract")
    if row.renewed_by:
        raise ContractStepNotAllowed(f"Contract {row.number} is followed by {row.renewed_by}")
    number = command.new_number or next_number(session, actor.tenant_id)
    if queries.of_tenant(session, actor.tenant_id, number):
        raise Conflict(f"There is a contract {number} already; choose another number")
    new = copy_of(row, number, now(session))
    new.signed = not command.draft
    new.starts_on = last + timedelta(days=1)
    new.ends_on = add_months(new.starts_on, command.months) - timedelta(days=1)
    if command.plan is not None:
        new.plan = command.plan
    if command.price is not None:
        money = command.price.money()
        new.price_amount, new.price_currency = money.amount, money.currency
    session.add(new)
    session.flush()
    copy_lines(session, row, new)
    copy_devices(session, row, new, last)
    row.renewed_by = number
    changed(session, row)
    emit(session, ContractChanged(new.tenant_id, new.number))
    return new
