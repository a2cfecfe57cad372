"""Findings of visits and tickets: what it was, and what mended it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.routes.commands import RequiredKeyDep, act
from careloop.crm_core.faults import finding_queries
from careloop.crm_core.faults.schemas import FindingFacts, RecordFinding
from careloop.crm_core.faults.views import FindingList, FindingView
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.workorders import queries as visits
from careloop.tools.fault_views import finding_views

router = APIRouter(prefix="/v1", tags=["faults"])
Lang = Annotated[str, Query(max_length=10, description="Language of the labels; empty: one's own.")]


@router.get("/work-orders/{work_order}/findings")
def findings_of_visit(
    session: SessionDep, actor: TicketReaderDep, work_order: str, lang: Lang = ""
) -> FindingList:
    """What was found on a visit."""
    visit = visits.work_order(session, actor, work_order)
    rows = finding_queries.of_visit(session, actor, visit.number)
    return FindingList(items=finding_views(session, actor, rows, lang or actor.language))


@router.post("/work-orders/{work_order}/findings", status_code=201)
def record_finding(
    services: ServicesDep, actor: StaffDep, work_order: str, body: FindingFacts,
    key: RequiredKeyDep,
) -> FindingView:  # fmt: skip
    """Write down what was found on a visit. Each slot is a concept's key or free words; the fault
    is found by them, or begun."""
    command = RecordFinding(work_order=work_order[:40], **body.model_dump())
    return act(services, actor, "faults.record_finding", command, FindingView, key)


@router.get("/tickets/{number}/findings")
def findings_of_ticket(
    session: SessionDep, actor: TicketReaderDep, number: str, lang: Lang = ""
) -> FindingList:
    """What a ticket turned out to be."""
    ticket = tickets.ticket(session, actor, number)
    rows = finding_queries.of_ticket(session, actor, ticket.id)
    return FindingList(items=finding_views(session, actor, rows, lang or actor.language))
