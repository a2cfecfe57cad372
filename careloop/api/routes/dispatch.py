"""Dispatch: the board, candidates, giving visits out, the pool, rules; and an engineer's day."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from careloop.api.auth import DispatcherDep, FieldDep, ServicesDep, SessionDep, StaffDep
from careloop.api.auth import TicketReaderDep as ReaderDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.dispatch import (
    board_queries,
    candidates,
    job_queries,
    my_day_queries,
    pool_queries,
    rule_queries,
    settings_queries,
)  # fmt: skip
from careloop.crm_core.dispatch.board_schemas import Board, MyDay
from careloop.crm_core.dispatch.candidates import CandidateQuestion
from careloop.crm_core.dispatch.schemas import (
    Applied,
    ApplyRules,
    Assign,
    CandidatesView,
    ChangeRule,
    CreateRule,
    Grab,
    GrabFacts,
    JobView,
    LogView,
    NeedFacts,
    Offer,
    OfferFacts,
    OfferTicket,
    PickRule,
    Placed,
    PoolJob,
    RuleChanges,
    RuleView,
    SetNeed,
    Unassign,
    Withdraw,
    WithdrawFacts,
)  # fmt: skip
from careloop.crm_core.dispatch.settings_schemas import DispatchSettingsView, SetDispatch
from careloop.kit.clock import as_utc
from careloop.kit.errors import InvalidInput
from careloop.tools.spec import Done

router = APIRouter(prefix="/v1", tags=["dispatch"])
MOST_DAYS = 31


class Pool(BaseModel):
    items: list[PoolJob]


class Rules(BaseModel):
    items: list[RuleView]


class VersionedNeed(NeedFacts):
    """What the next visit for a ticket needs."""

    version: int | None = None


@router.get("/dispatch/board")
def board(
    session: SessionDep, actor: ReaderDep,
    since: Annotated[AwareDatetime, Query(alias="from")], until: AwareDatetime,
    unplanned: Annotated[int, Query(ge=0, le=1000)] = 300,
) -> Board:  # fmt: skip
    """Engineers with shifts and absences, visits with travel, and the jobs nobody has yet."""
    start, end = _span(since, until)
    return board_queries.board(session, actor, start, end, unplanned)


def _span(since: AwareDatetime, until: AwareDatetime) -> tuple[AwareDatetime, AwareDatetime]:
    if until <= since:
        raise InvalidInput("until lies before from", until="is too early")
    if until - since > timedelta(days=MOST_DAYS):
        raise InvalidInput(f"Ask for at most {MOST_DAYS} days", until="is too late")
    return as_utc(since), as_utc(until)


@router.get("/dispatch/candidates")
def candidates_for(
    session: SessionDep, actor: DispatcherDep, ticket: str = "", work_order: str = "",
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: AwareDatetime | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> CandidatesView:  # fmt: skip
    """The best engineers for a job, with score, terms and reasons; and who may not, with why."""
    if (since is None) != (until is None):
        raise InvalidInput("A span needs from and until")
    question = CandidateQuestion(
        ticket=ticket, work_order=work_order, limit=limit,
        span=_span(since, until) if since and until else None,
    )  # fmt: skip
    return candidates.rank(session, actor, question)


@router.get("/dispatch/jobs/{number}")
def job(session: SessionDep, actor: ReaderDep, number: str) -> JobView:
    """What the next visit for a ticket needs, where it is, and from where this is known."""
    return job_queries.job_of_ticket(session, actor, number).view()


@router.put("/dispatch/jobs/{number}")
def set_need(
    services: ServicesDep, actor: StaffDep, number: str, body: VersionedNeed, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> JobView:  # fmt: skip
    """Say what the next visit for a ticket needs, or that it needs none."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = SetNeed(number=number, **facts)
    return act(services, actor, "dispatch.set_need", command, JobView, key)


@router.post("/dispatch/assign")
def assign(services: ServicesDep, actor: StaffDep, body: Assign, key: RequiredKeyDep) -> Placed:
    """Give a visit, or a ticket that needs one, to an engineer."""
    return act(services, actor, "dispatch.assign", body, Placed, key, body.reason)


@router.post("/dispatch/unassign")
def unassign(services: ServicesDep, actor: StaffDep, body: Unassign, key: RequiredKeyDep) -> Placed:
    """Take a visit from its engineer."""
    return act(services, actor, "dispatch.unassign", body, Placed, key, body.reason)


@router.get("/dispatch/pool")
def pool(session: SessionDep, actor: FieldDep) -> Pool:
    """Jobs to take. An engineer sees those that they may do; a dispatcher all of them."""
    return Pool(items=pool_queries.offers(session, actor))


@router.post("/dispatch/pool", status_code=201)
def offer_ticket(
    services: ServicesDep, actor: StaffDep, body: OfferTicket, key: RequiredKeyDep
) -> Placed:
    """Plan a visit for a ticket and put it into the pool."""
    return act(services, actor, "dispatch.offer_ticket", body, Placed, key)


@router.post("/dispatch/pool/{work_order}/offer")
def offer(
    services: ServicesDep, actor: StaffDep, work_order: str, body: OfferFacts, key: RequiredKeyDep,
    base: BaseVersionDep = None,
) -> Placed:  # fmt: skip
    """Put a visit into the pool."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = Offer(work_order=work_order, **facts)
    return act(services, actor, "dispatch.offer", command, Placed, key)


@router.post("/dispatch/pool/{work_order}/grab")
def grab(
    services: ServicesDep, actor: StaffDep, work_order: str, body: GrabFacts, key: RequiredKeyDep
) -> Placed:
    """Take a job from the pool; one wins, the others hear that it is taken (409 `job_taken`)."""
    command = Grab(work_order=work_order, **body.model_dump())
    return act(services, actor, "dispatch.grab", command, Placed, key, body.reason)


@router.post("/dispatch/pool/{work_order}/withdraw")
def withdraw(
    services: ServicesDep, actor: StaffDep, work_order: str, body: WithdrawFacts,
    key: RequiredKeyDep,
) -> Placed:  # fmt: skip
    """Take a job out of the pool."""
    command = Withdraw(work_order=work_order, **body.model_dump())
    return act(services, actor, "dispatch.withdraw", command, Placed, key, body.reason)


@router.get("/dispatch/rules")
def rules(session: SessionDep, actor: DispatcherDep) -> Rules:
    """Rules in the order in which they are asked."""
    return Rules(items=rule_queries.rule_views(session, actor))


@router.post("/dispatch/rules", status_code=201)
def create_rule(
    services: ServicesDep, actor: StaffDep, body: CreateRule, key: KeyDep = None
) -> RuleView:
    """Add a rule."""
    return act(services, actor, "dispatch.create_rule", body, RuleView, key)


@router.patch("/dispatch/rules/{rule_id}")
def change_rule(
    services: ServicesDep, actor: StaffDep, rule_id: str, body: RuleChanges, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> RuleView:  # fmt: skip
    """Change a rule, switch it on or off."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeRule(rule_id=rule_id, **facts)
    return act(services, actor, "dispatch.change_rule", command, RuleView, key)


@router.delete("/dispatch/rules/{rule_id}")
def remove_rule(services: ServicesDep, actor: StaffDep, rule_id: str) -> Done:
    """Take a rule away; what it did stays in the log."""
    return act(services, actor, "dispatch.remove_rule", PickRule(rule_id=rule_id), Done)


@router.post("/dispatch/rules/apply")
def apply_rules(
    services: ServicesDep, actor: StaffDep, body: ApplyRules, key: RequiredKeyDep
) -> Applied:
    """Ask the rules for a ticket now."""
    return act(services, actor, "dispatch.apply_rules", body, Applied, key)


@router.get("/dispatch/log")
def log(
    session: SessionDep, actor: ReaderDep, ticket: str = "", work_order: str = "",
    engineer: str = "", cursor: str = "", limit: Limit = 50,
) -> Page[LogView]:  # fmt: skip
    """Why jobs went where they went, the newest first."""
    found = decode_cursor(cursor, 1)
    items, following = rule_queries.log_page(
        session, actor, ticket, work_order, engineer, str(found[0]) if found else "", limit
    )
    return Page(items=items, next_cursor=encode_cursor(following) if following else None)


@router.get("/dispatch/settings")
def settings(session: SessionDep, actor: DispatcherDep) -> DispatchSettingsView:
    """Speeds, weights, what needs a paper."""
    return settings_queries.view(session, actor)


@router.put("/dispatch/settings")
def set_settings(
    services: ServicesDep, actor: StaffDep, body: SetDispatch, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> DispatchSettingsView:  # fmt: skip
    """Set how the company dispatches."""
    command = body if base is None else body.model_copy(update={"version": base})
    return act(services, actor, "dispatch.set_settings", command, DispatchSettingsView, key)


@router.get("/me/visits")
def my_visits(
    session: SessionDep, actor: FieldDep,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: AwareDatetime | None = None,
) -> MyDay:  # fmt: skip
    """One's own visits in order, with the way to each; left out: today in one's own zone."""
    if (since is None) != (until is None):
        raise InvalidInput("A span needs from and until")
    span = _span(since, until) if since and until else None
    return my_day_queries.my_day(session, actor, span)
