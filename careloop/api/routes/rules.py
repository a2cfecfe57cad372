"""Rules: when something happens, if it is so, then do this."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.rule_rounds import dry_run
from careloop.crm_core.rules import catalogue, facts_queries, queries
from careloop.crm_core.rules.catalogue_views import RuleCatalog
from careloop.crm_core.rules.schemas import (
    ChangeRule,
    CreateRule,
    OrderRules,
    PickRule,
    RestoreRule,
    RuleChanges,
    Rules,
    RuleVersions,
    RuleView,
    RunView,
    TestResult,
    TestRule,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden, InvalidInput

router = APIRouter(prefix="/v1/rules", tags=["rules"])


def settings_writer(actor: StaffDep) -> Actor:
    """Staff who may change settings."""
    if not actor.may("settings:write"):
        raise Forbidden("This needs the right settings:write")
    return actor


WriterDep = Annotated[Actor, Depends(settings_writer)]


class Revision(BaseModel):
    """Which revision comes back."""

    revision: int = Field(ge=1, le=1_000_000)


@router.get("")
def rules(session: SessionDep, actor: WriterDep) -> Rules:
    """All rules in the order in which they look, with what they did in the last seven days."""
    return Rules(items=queries.views(session, actor, queries.rules(session, actor)))


@router.post("", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateRule, response: Response,
    key: KeyDep = None,
) -> RuleView:  # fmt: skip
    """Add a rule at the end of the order; checked against the catalogue."""
    view = act(services, actor, "rules.create", body, RuleView, key)
    tag(response, view.version)
    return view


@router.get("/catalog")
def catalog(session: SessionDep, actor: WriterDep) -> RuleCatalog:
    """What rules may speak of: triggers, fields with kinds and options, operators, actions."""
    return catalogue.catalogue(session, actor.tenant_id)


@router.post("/test")
def test(
    services: ServicesDep, session: SessionDep, actor: WriterDep, body: TestRule
) -> TestResult:
    """Try a rule on a ticket, or on those that changed last, and keep nothing: each condition
    with its truth, each action with what it would do."""
    if (body.rule is None) == (body.rule_id is None):
        raise InvalidInput("Give either `rule_id` or `rule`")
    revision = 0
    if body.rule_id is not None:
        row = queries.rule(session, actor, body.rule_id)
        facts, revision = queries.facts_of(row), row.revision
    else:
        assert body.rule is not None
        facts = body.rule
    catalogue.checker(session, actor.tenant_id).check(facts)
    if body.ticket:
        wanted = [tickets.ticket(session, actor, body.ticket).id]
    else:
        wanted = facts_queries.latest_tickets(session, actor.tenant_id, body.recent or 5)
    # The draft needs a connection of its own; this one is given back before.
    session.rollback()
    runs = dry_run(services, actor.tenant_id, body.rule_id or "draft", facts, revision, wanted)
    return TestResult(runs=runs)


@router.get("/log")
def log(
    session: SessionDep, actor: WriterDep, rule_id: str = "",
    ticket: Annotated[str, Query(max_length=40)] = "", matched: bool | None = None,
    failed: bool = False, cursor: str = "", limit: Limit = 50,
) -> Page[RunView]:  # fmt: skip
    """What rules looked at and did, the latest first; kept for thirty days."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    found = queries.log(session, actor, rule_id, ticket, matched, failed, before, limit + 1)
    more = len(found) > limit
    return Page(
        items=found[:limit], next_cursor=encode_cursor(found[limit - 1].id) if more else None
    )


@router.put("/order")
def order(services: ServicesDep, actor: StaffDep, body: OrderRules, key: KeyDep = None) -> Rules:
    """Put the rules in order; those left out follow."""
    return act(services, actor, "rules.order", body, Rules, key)


@router.get("/{rule_id}")
def rule(session: SessionDep, actor: WriterDep, rule_id: str, response: Response) -> RuleView:
    """One rule."""
    view = queries.views(session, actor, [queries.rule(session, actor, rule_id)])[0]
    tag(response, view.version)
    return view


@router.patch("/{rule_id}")
def change(
    services: ServicesDep, actor: StaffDep, rule_id: str, body: RuleChanges, response: Response,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> RuleView:  # fmt: skip
    """Change what a rule says, or switch it on or off; 412 when somebody did so meanwhile."""
    given = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeRule.model_validate({**given, "rule_id": rule_id})
    view = act(services, actor, "rules.change", command, RuleView, key)
    tag(response, view.version)
    return view


@router.delete("/{rule_id}")
def delete(services: ServicesDep, actor: StaffDep, rule_id: str) -> RuleView:
    """Delete a rule; its log and revisions stay."""
    return act(services, actor, "rules.delete", PickRule(rule_id=rule_id), RuleView)


@router.post("/{rule_id}/copy", status_code=201)
def copy(services: ServicesDep, actor: StaffDep, rule_id: str, key: KeyDep = None) -> RuleView:
    """The same rule once more, switched off."""
    return act(services, actor, "rules.copy", PickRule(rule_id=rule_id), RuleView, key)


@router.get("/{rule_id}/versions")
def versions(session: SessionDep, actor: WriterDep, rule_id: str) -> RuleVersions:
    """What the rule said in each revision, the latest first."""
    return RuleVersions(items=queries.versions(session, actor, rule_id))


@router.post("/{rule_id}/restore")
def restore(
    services: ServicesDep, actor: StaffDep, rule_id: str, body: Revision, key: KeyDep = None
) -> RuleView:
    """Say again what an earlier revision said."""
    command = RestoreRule(rule_id=rule_id, revision=body.revision)
    return act(services, actor, "rules.restore", command, RuleView, key)
