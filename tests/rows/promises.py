"""Contracts, calendars, SLA policies, clocks and notices of a maker."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.calendars import service as calendars
from careloop.crm_core.calendars.schemas import CreateCalendar
from careloop.crm_core.contracts import lifecycle, queries, service
from careloop.crm_core.contracts.entitlement_queries import Asked
from careloop.crm_core.contracts.schemas import (
    BookUse,
    CreateContract,
    ResumeContract,
    SetWarrantyTerms,
    SuspendContract,
)  # fmt: skip
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.sla import planning, policies
from careloop.crm_core.sla import queries as sla
from careloop.crm_core.sla.firing import fire_due
from careloop.crm_core.sla.schemas import CreatePolicy
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.db import now


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """One row of every kind of promise."""
    tag = ids["tag"]
    calendar = calendars.create_calendar(
        session, actor,
        CreateCalendar.model_validate(
            {"code": f"office-{tag}", "weekly": {"0": [["09:00", "17:00"]]}}
        ),
    )  # fmt: skip
    policy = policies.create_policy(
        session, actor,
        CreatePolicy.model_validate(
            {
                "code": f"policy-{tag}", "name": f"Policy of {tag}", "fallback": True,
                "targets": [{"kind": "fix", "minutes": 60}],
            }
        ),
    )  # fmt: skip
    number = f"PROMISE-{tag}"
    service.create_contract(
        session, actor,
        CreateContract.model_validate(
            {
                "customer_id": ids["customer_id"], "number": number, "plan": f"Plan {tag}",
                "starts_on": "2020-01-01", "note": f"agreed with {tag}",
                "lines": [{"what": "labour", "note": f"line of {tag}"}],
                "assets": [{"serial": ids["serial"]}],
            }
        ),
    )  # fmt: skip
    use = {"number": number, "what": "labour", "visits": 1, "source": f"WO-{tag}"}
    service.book_use(session, actor, BookUse.model_validate(use))
    rest = SuspendContract(number=number, reason=f"rest of {tag}", from_on=date(2021, 1, 1))
    lifecycle.suspend(session, actor, rest)
    again = ResumeContract(number=number, on=date(2021, 2, 1))
    lifecycle.resume(session, actor, again)
    service.set_warranty_terms(session, actor, SetWarrantyTerms())
    ticket = tickets.ticket(session, actor, ids["number"])
    planning.plan(session, ticket)
    clock = sla.clocks_of(session, actor.tenant_id, ticket.id)[-1]
    fire_due(session, ticket, clock, clock.due_at, may_change=False)
    message = Message(kind="sla", key="sla.warned", text=f"notice of {tag}", dedupe=f"d-{tag}")
    if actor.user_id:
        notify(session, actor.tenant_id, [actor.user_id], message)
    contract = queries.known(session, actor, number)
    return {
        "calendar_id": calendar.id, "policy_id": policy.id, "clock_id": clock.id,
        "code": policy.code, "ticket_id": ticket.id, "contract": number,
        "contract_ids": [contract.id], "user_ids": [actor.user_id or ""],
        "dedupe": f"d-{tag}", "found": queries.ContractFilter(), "on": now(session).date(),
        "asked": Asked(serial=ids["serial"]), "months": 2, "usual": (60,),
    }  # fmt: skip
