"""Standard work on visits: put on them when they are planned, done before they end."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.contracts import service as contracts
from careloop.crm_core.sop import run_queries, runs
from careloop.crm_core.sop.errors import StandardWorkUnfinished
from careloop.crm_core.sop.runs import Occasion
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.workorders import queries
from careloop.crm_core.workorders.acts import Ending
from careloop.crm_core.workorders.events import WorkOrderPlanned
from careloop.crm_core.workorders.models import Result, WorkOrder
from careloop.crm_core.workorders.policy import BROKEN_OFF
from careloop.kit.actor import Actor, system_actor
from careloop.kit.errors import NotFound

SHOWN = 20
"""How many open steps a refusal names."""


def on_planned(session: Session, event: WorkOrderPlanned) -> None:
    """Put on a new visit what the rules ask for."""
    actor = system_actor(event.tenant_id)
    row = queries.work_order(session, actor, event.number)
    runs.attach_by_rule(session, actor, occasion(session, actor, row))


def occasion(session: Session, actor: Actor, row: WorkOrder) -> Occasion:
    """What rules look at: the device, the ticket, the fault codes, the contract's plan."""
    ticket = tickets.ticket(session, system_actor(actor.tenant_id), row.ticket)
    return Occasion(
        work_order=row.number, ticket=ticket.number, serial=row.serial, model=ticket.model,
        ticket_type=ticket.type, component=ticket.component, codes=tuple(ticket.error_codes),
        plan=_plan(session, actor, row.serial),
    )  # fmt: skip


def _plan(session: Session, actor: Actor, serial: str) -> str:
    if not serial:
        return ""
    try:
        return contracts.entitlement_for(session, actor, serial).plan
    except NotFound:
        return ""


def check_finished(session: Session, actor: Actor, row: WorkOrder, command: Ending) -> None:
    """`StandardWorkUnfinished` where required steps are open and nobody who may says why.

    A visit that was broken off has its reason already. Where the matter is not solved, the one
    who was there may say why; that it is solved without them, only who answers for the visit.
    """
    if command.result in BROKEN_OFF:
        return
    open_runs = run_queries.unfinished(session, row.tenant_id, row.number)
    own_word = command.result is Result.NOT_SOLVED
    decides = own_word or actor.may("dispatch")
    if not open_runs or (decides and command.unfinished_reason.strip()):
        return
    language = actor.language
    who = "your reason suffices" if decides else "a dispatcher or manager must do that"
    raise StandardWorkUnfinished([_told(one, language) for one in open_runs], who)


def _told(one: run_queries.Unfinished, language: str) -> dict[str, Any]:
    return {
        "run_id": one.run_id, "sop": one.sop, "title": _in(one.title, language),
        "missing": [_in(title, language) for title in one.missing[:SHOWN]],
        "missing_count": len(one.missing),
    }  # fmt: skip


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def leave(session: Session, actor: Actor, row: WorkOrder, command: Ending) -> None:
    """What is still open stays as it is, with the reason."""
    runs.leave(session, _reader(actor), row.number, command.unfinished_reason or command.reason)


def call_off(session: Session, actor: Actor, row: WorkOrder, reason: str) -> None:
    """The visit will not take place."""
    runs.call_off(session, _reader(actor), row.number, reason)


def _reader(actor: Actor) -> Actor:
    """Whoever may end a visit ends the work on it, whether they may read procedures or not."""
    if actor.may("sop:read"):
        return actor
    return system_actor(actor.tenant_id, actor.name)
