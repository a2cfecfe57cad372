"""Reminders before a contract ends: each once for its end and its number of days."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.contracts import queries
from careloop.crm_core.contracts.events import ContractEndsSoon
from careloop.crm_core.contracts.models import ContractReminder, ServiceContract
from careloop.crm_core.contracts.view_queries import today_of
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.events import emit

USUAL_DAYS = (60, 30, 7)
URGENT_DAYS = 7
TOLD = frozenset({Role.MANAGER.value, Role.ADMIN.value})


def remind(session: Session, actor: Actor, number: str) -> int:
    """Remind managers if a day for it has come; of several days missed, the last one counts.

    Returns how many reminders were noted: all that are past, of which one is told.
    """
    row = queries.known(session, actor, number, lock=True)
    if row.ends_on is None or row.terminated_on or row.renewed_by or not row.signed:
        return 0
    left = (row.ends_on - today_of(session, row)).days
    wanted = {days for days in row.reminder_days or USUAL_DAYS if left <= days}
    fresh = wanted - queries.reminded(session, row)
    if left < 0 or not fresh:
        return 0
    for days in sorted(fresh):
        session.add(
            ContractReminder(
                tenant_id=row.tenant_id, contract_id=row.id, ends_on=row.ends_on, days=days,
                created_at=now(session), updated_at=now(session),
            )
        )  # fmt: skip
    session.flush()
    _tell(session, actor, row, left, min(fresh))
    emit(session, ContractEndsSoon(row.tenant_id, row.number, row.ends_on, left))
    return len(fresh)


def _tell(session: Session, actor: Actor, row: ServiceContract, left: int, days: int) -> None:
    name = customers.names(session, row.tenant_id, {row.customer_id}).get(row.customer_id, "")
    message = Message(
        kind="contract",
        key="contract.ends_soon",
        args={
            "contract": row.number, "customer": name, "days": left, "ends_on": str(row.ends_on),
        },
        text=f"Contract {row.number} of {name} ends on {row.ends_on}, in {left} days",
        link=f"/contracts/{row.number}",
        severity=Severity.WARNING if left <= URGENT_DAYS else Severity.INFO,
        dedupe=f"contract:{row.id}:{row.ends_on}:{days}",
    )  # fmt: skip
    users = accounts.users(session, actor)
    managers = [user.id for user in users if user.active and user.role in TOLD]
    notify(session, row.tenant_id, managers, message)
