"""Service levels: policies, clocks of tickets, what they fired, how promises stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from careloop.api.auth import (
    ContractReaderDep,
    ServicesDep,
    SessionDep,
    StaffDep,
    TicketReaderDep,
)  # fmt: skip
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.sla import overview_queries, queries, views
from careloop.crm_core.sla.models import ClockKind
from careloop.crm_core.sla.schemas import (
    CreatePolicy,
    PolicyFacts,
    PolicyView,
    ReplacePolicy,
    ReplanTicket,
    SlaEventView,
    SlaOverview,
    TicketClocks,
)  # fmt: skip

router = APIRouter(prefix="/v1", tags=["sla"])


class PolicyChanges(PolicyFacts):
    version: int | None = None


@router.get("/sla/policies")
def policies(
    session: SessionDep, actor: ContractReaderDep, cursor: str = "", limit: Limit = 50
) -> Page[PolicyView]:
    """Policies by code."""
    place = decode_cursor(cursor, 1)
    rows = queries.policies(session, actor, str(place[0]) if place else "", limit + 1)
    following = encode_cursor(rows[limit - 1].code) if len(rows) > limit else None
    return Page(items=[views.policy_view(row) for row in rows[:limit]], next_cursor=following)


@router.post("/sla/policies", status_code=201)
def create_policy(
    services: ServicesDep, actor: StaffDep, body: CreatePolicy, response: Response,
    key: KeyDep = None,
) -> PolicyView:  # fmt: skip
    """Add a policy."""
    view = act(services, actor, "sla.create_policy", body, PolicyView, key=key)
    tag(response, view.version)
    return view


@router.get("/sla/policies/{policy_id}")
def policy(
    session: SessionDep, actor: ContractReaderDep, policy_id: str, response: Response
) -> PolicyView:
    """One policy."""
    view = views.policy_view(queries.policy(session, actor, policy_id))
    tag(response, view.version)
    return view


@router.put("/sla/policies/{policy_id}")
def replace_policy(
    services: ServicesDep, actor: StaffDep, policy_id: str, body: PolicyChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> PolicyView:  # fmt: skip
    """Change a policy; tickets keep the targets they were promised until planned anew."""
    facts = body.model_dump()
    facts["version"] = base if base is not None else body.version
    command = ReplacePolicy(policy_id=policy_id, **facts)
    view = act(services, actor, "sla.replace_policy", command, PolicyView, key=key)
    tag(response, view.version)
    return view


@router.get("/sla/overview")
def overview(
    session: SessionDep, actor: TicketReaderDep,
    months: Annotated[int, Query(ge=1, le=24)] = 6,
) -> SlaOverview:  # fmt: skip
    """Counts by state, what is due next, what is broken, and how much was kept a month."""
    return overview_queries.overview(session, actor, months)


@router.get("/sla/events")
def events(
    session: SessionDep, actor: TicketReaderDep, ticket: str = "",
    kind: ClockKind | None = None, level: str = "", cursor: str = "", limit: Limit = 50,
) -> Page[SlaEventView]:  # fmt: skip
    """Warnings, breaches and steps, the latest first."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    rows = queries.events(session, actor, ticket, kind, level, before, limit + 1)
    following = encode_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[views.event_view(row) for row in rows[:limit]], next_cursor=following)


@router.get("/tickets/{number}/clocks")
def clocks(session: SessionDep, actor: TicketReaderDep, number: str) -> TicketClocks:
    """The promises about a ticket."""
    return views.ticket_clocks(session, actor, number)


@router.post("/tickets/{number}/clocks/replan")
def replan(services: ServicesDep, actor: StaffDep, number: str, key: KeyDep = None) -> TicketClocks:
    """Count a ticket's open clocks anew, after a policy, a contract or a calendar changed."""
    command = ReplanTicket(number=number)
    return act(services, actor, "sla.replan", command, TicketClocks, key=key)
