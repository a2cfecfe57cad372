"""Tools over visits."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy.orm import Session

from careloop.crm_core.faults.schemas import FindingFacts, RecordFinding
from careloop.crm_core.workorders import queries, service
from careloop.crm_core.workorders.schemas import (
    AddLabour,
    AddPhoto,
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
)  # fmt: skip
from careloop.crm_core.workorders.views import WorkOrderView
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden
from careloop.tools.faults import record_on_visit
from careloop.tools.spec import Effect, tool


class FinishVisit(Finish):
    """The end of a visit, with what was found on it."""

    findings: list[FindingFacts] = Field(
        default_factory=list, max_length=10, description="What it was and what mended it."
    )


@tool("visits.plan", effect=Effect.WRITE, scope="work:write")
def plan_visit(session: Session, actor: Actor, command: PlanVisit) -> WorkOrderView:
    """Plan a visit for a ticket."""
    return queries.work_order_view(service.plan_visit(session, actor, command))


@tool("visits.change", effect=Effect.WRITE, scope="work:write")
def change_visit(session: Session, actor: Actor, command: ChangeVisit) -> WorkOrderView:
    """Move a visit's window, or give it to another engineer."""
    return queries.work_order_view(service.change_visit(session, actor, command))


@tool("visits.confirm", effect=Effect.WRITE, scope="work:write")
def confirm_visit(session: Session, actor: Actor, command: ConfirmVisit) -> WorkOrderView:
    """Note that the customer agreed to a visit's window."""
    return queries.work_order_view(service.confirm_visit(session, actor, command))


@tool("visits.depart", effect=Effect.WRITE, scope="work:write")
def depart(session: Session, actor: Actor, command: Depart) -> WorkOrderView:
    """Note that the engineer is on the way."""
    return queries.work_order_view(service.depart(session, actor, command))


@tool("visits.check_in", effect=Effect.WRITE, scope="work:write")
def check_in(session: Session, actor: Actor, command: CheckIn) -> WorkOrderView:
    """Note that the engineer has arrived."""
    return queries.work_order_view(service.check_in(session, actor, command))


@tool("visits.add_labour", effect=Effect.WRITE, scope="work:write")
def add_labour(session: Session, actor: Actor, command: AddLabour) -> WorkOrderView:
    """Add minutes of work, waiting or travel to a visit."""
    return queries.work_order_view(service.add_labour(session, actor, command))


@tool("visits.add_reading", effect=Effect.WRITE, scope="work:write")
def add_reading(session: Session, actor: Actor, command: AddReading) -> WorkOrderView:
    """Add a measured value to a visit."""
    return queries.work_order_view(service.add_reading(session, actor, command))


@tool("visits.add_photo", effect=Effect.WRITE, scope="work:write")
def add_photo(session: Session, actor: Actor, command: AddPhoto) -> WorkOrderView:
    """Add a stored picture to a visit."""
    return queries.work_order_view(service.add_photo(session, actor, command))


@tool("visits.use_part", effect=Effect.WRITE, scope="work:write")
def use_part(session: Session, actor: Actor, command: UsePartOnVisit) -> WorkOrderView:
    """Use a part on a visit: stock, the device's components and the bill, all or nothing."""
    if not actor.may("stock:move"):
        raise Forbidden("You may not move stock, so you may not use parts")
    return queries.work_order_view(service.use_part(session, actor, command))


@tool("visits.write_report", effect=Effect.WRITE, scope="work:write")
def write_report(session: Session, actor: Actor, command: WriteReport) -> WorkOrderView:
    """Write the words of a visit's report."""
    return queries.work_order_view(service.write_report(session, actor, command))


@tool("visits.sign", effect=Effect.WRITE, scope="work:write")
def sign_report(session: Session, actor: Actor, command: Sign) -> WorkOrderView:
    """Note the customer's signature under a visit's report."""
    return queries.work_order_view(service.sign_report(session, actor, command))


@tool("visits.revise", effect=Effect.WRITE, scope="work:write")
def revise_report(session: Session, actor: Actor, command: Revise) -> WorkOrderView:
    """Open a signed report for a new revision."""
    return queries.work_order_view(service.revise_report(session, actor, command))


@tool("visits.finish", effect=Effect.WRITE, scope="work:write")
def finish_visit(session: Session, actor: Actor, command: FinishVisit) -> WorkOrderView:
    """End a visit with its result and what was found; the ticket moves along."""
    for index, found in enumerate(command.findings):
        facts = found.model_dump() | {"work_order": command.number}
        if command.command_id and not found.command_id:
            facts["command_id"] = f"{command.command_id[:90]}:finding-{index}"
        record_on_visit(session, actor, RecordFinding.model_validate(facts))
    plain = Finish.model_validate(command.model_dump(exclude={"findings"}))
    return queries.work_order_view(service.finish_visit(session, actor, plain))


@tool("visits.cancel", effect=Effect.WRITE, scope="work:write")
def cancel_visit(session: Session, actor: Actor, command: CancelVisit) -> WorkOrderView:
    """Cancel a visit that has not begun."""
    return queries.work_order_view(service.cancel_visit(session, actor, command))
