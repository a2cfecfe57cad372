"""Tools over the fault library: findings of visits, review, merging, links, articles."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.faults import finding_queries, queries, service
from careloop.crm_core.faults.errors import CommandReused
from careloop.crm_core.faults.models import SLOTS, Fault
from careloop.crm_core.faults.schemas import (
    ChangeFault,
    CreateFault,
    KeepApart,
    LinkFault,
    MergeFaults,
    MoveFinding,
    PickFault,
    RecordFinding,
    RejectFault,
    ReviewFault,
    Slots,
    StoreChange,
    StoreFault,
    StoreFinding,
    UnlinkFault,
)  # fmt: skip
from careloop.crm_core.faults.views import ArticleMade, DrawnUp, FaultPage, FindingView
from careloop.crm_core.inventory.policy import clamped
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.journal import live_ticket
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput
from careloop.knowledge import queries as knowledge
from careloop.knowledge.terms.queries import termbase_of
from careloop.tools.fault_articles import write_article
from careloop.tools.fault_cases import (
    draw_up,
    facts_of,
    firmware_of,
    queue_past,
    used_on,
)  # fmt: skip
from careloop.tools.fault_views import finding_views, page_of
from careloop.tools.fault_words import matched, names_of, said_by, slots_of
from careloop.tools.spec import Effect, tool

WRITE = "faults:write"
PAST_AT_ONCE = 5_000
RESOLVED_AT_ONCE = 200


class WriteArticle(PickFault):
    """Write a reviewed fault as an article."""

    lang: str = Field("", max_length=10, description="Language of the draft; empty: one's own.")


class DrawUp(BaseModel):
    """Look at ended tickets that wait for their finding."""

    limit: int = Field(200, ge=1, le=2_000, description="How many at most.")
    past: bool = Field(False, description="Also tickets that ended before the library was kept.")


class MatchWords(BaseModel):
    """Match the words of imported faults to the termbase."""

    limit: int = Field(RESOLVED_AT_ONCE, ge=1, le=2_000, description="How many at most.")


class Matched(BaseModel):
    """How many faults were matched."""

    matched: int


def _page(session: Session, actor: Actor, row: Fault) -> FaultPage:
    return page_of(session, actor, row, actor.language)


@tool("faults.create", effect=Effect.WRITE, scope=WRITE)
def create_fault(session: Session, actor: Actor, command: CreateFault) -> FaultPage:
    """Write a fault into the library, as a draft."""
    terms = termbase_of(session, actor.tenant_id)
    slots = slots_of(terms, command, actor.language)
    facts = command.model_dump(exclude=set(SLOTS))
    stored = StoreFault(**_slots(slots), **facts, names=names_of(terms, slots))
    return _page(session, actor, service.create_fault(session, actor, stored))


@tool("faults.change", effect=Effect.WRITE, scope=WRITE)
def change_fault(session: Session, actor: Actor, command: ChangeFault) -> FaultPage:
    """Change what a fault says; its evidence stays."""
    terms = termbase_of(session, actor.tenant_id)
    row = queries.fault(session, actor, command.number)
    told = {name: getattr(command, name) for name in SLOTS}
    slots = Slots(
        **{
            name: matched(terms, name, said or said_by(row, name), actor.language)
            for name, said in told.items()
        }
    )
    stored = StoreChange(
        **command.model_dump(exclude={*SLOTS}), names=names_of(terms, slots),
        slots=slots if any(told.values()) else None,
    )  # fmt: skip
    return _page(session, actor, service.change_fault(session, actor, stored))


@tool("faults.review", effect=Effect.WRITE, scope=WRITE)
def review_fault(session: Session, actor: Actor, command: ReviewFault) -> FaultPage:
    """Stand for a fault."""
    return _page(session, actor, service.review_fault(session, actor, command))


@tool("faults.reject", effect=Effect.WRITE, scope=WRITE)
def reject_fault(session: Session, actor: Actor, command: RejectFault) -> FaultPage:
    """Throw a fault out; its evidence stays."""
    return _page(session, actor, service.reject_fault(session, actor, command))


@tool("faults.restore", effect=Effect.WRITE, scope=WRITE)
def restore_fault(session: Session, actor: Actor, command: PickFault) -> FaultPage:
    """Put a fault back to the drafts."""
    return _page(session, actor, service.restore_fault(session, actor, command))


@tool("faults.merge", effect=Effect.WRITE, scope=WRITE)
def merge_faults(session: Session, actor: Actor, command: MergeFaults) -> FaultPage:
    """Make a fault a part of another; its evidence moves there."""
    return _page(session, actor, service.merge_faults(session, actor, command))


@tool("faults.unmerge", effect=Effect.WRITE, scope=WRITE)
def unmerge(session: Session, actor: Actor, command: PickFault) -> FaultPage:
    """Undo the merge of a fault."""
    return _page(session, actor, service.unmerge(session, actor, command))


@tool("faults.keep_apart", effect=Effect.WRITE, scope=WRITE)
def keep_apart(session: Session, actor: Actor, command: KeepApart) -> FaultPage:
    """Say that two faults only look alike."""
    return _page(session, actor, service.keep_apart(session, actor, command))


@tool("faults.link", effect=Effect.WRITE, scope=WRITE)
def link_fault(session: Session, actor: Actor, command: LinkFault) -> FaultPage:
    """Link an article, a working instruction or a part to a fault."""
    queries.fault(session, actor, command.number)
    title = command.title or _title(session, actor, command)
    row = service.link_fault(session, actor, command.model_copy(update={"title": title[:300]}))
    return _page(session, actor, row)


def _title(session: Session, actor: Actor, command: LinkFault) -> str:
    """How the target is called; `InvalidInput` for one that there is not."""
    if command.kind == "part":
        part = catalog.part(session, actor, command.target)
        if part is None:
            raise InvalidInput(f"There is no part {command.target}", target="is no part")
        return catalog.localized(part.names, actor.language)
    if command.kind == "article":
        found = knowledge.documents_by_key(session, actor.tenant_id, command.target)
        if not found:
            raise InvalidInput(f"There is no article {command.target}", target="is no article")
        return min(found, key=lambda row: (bool(row.translation), row.lang)).title
    return command.target


@tool("faults.unlink", effect=Effect.WRITE, scope=WRITE)
def unlink_fault(session: Session, actor: Actor, command: UnlinkFault) -> FaultPage:
    """Take a link of a fault away."""
    return _page(session, actor, service.unlink_fault(session, actor, command))


@tool("faults.write_article", effect=Effect.WRITE, scope="knowledge:write")
def make_article(session: Session, actor: Actor, command: WriteArticle) -> ArticleMade:
    """Write a reviewed fault as a draft of the library, or refresh the one there is."""
    row = queries.fault(session, actor, command.number, lock=True)
    return write_article(session, actor, row, command.lang or actor.language)


@tool("faults.record_finding", effect=Effect.WRITE, scope="work:write")
def record_finding(session: Session, actor: Actor, command: RecordFinding) -> FindingView:
    """Write down what was found on a visit; it becomes evidence of a fault."""
    return record_on_visit(session, actor, command)


def record_on_visit(session: Session, actor: Actor, command: RecordFinding) -> FindingView:
    """The same, for tools that do more in one act, such as the finish of a visit."""
    visit = visits.work_order(session, actor, command.work_order)
    body = command.model_dump_json(exclude={"work_order"})
    digest = hashlib.sha256(f"{visit.number}|{body}".encode()).hexdigest()
    if command.command_id:
        known = finding_queries.by_command(session, actor.tenant_id, command.command_id)
        if known is not None and known.digest != digest:
            raise CommandReused("This command id was used for another finding; use a new one")
        if known is not None:
            return finding_views(session, actor, [known], actor.language)[0]
    ticket = live_ticket(session, actor, visit.ticket)
    terms = termbase_of(session, actor.tenant_id)
    slots = slots_of(terms, command, command.lang or actor.language)
    parts, minutes = used_on(session, actor, ticket)
    told = command.parts is not None or command.minutes is not None
    facts = facts_of(ticket, parts, minutes, firmware_of(session, ticket))
    if told:
        facts |= {"parts": command.parts or {}, "minutes": command.minutes}
    if command.error_codes:
        facts["error_codes"] = command.error_codes
    stored = StoreFinding(
        **_slots(slots), **facts, origin="engineer", work_order=visit.number, told=told,
        note=command.note, names=names_of(terms, slots), fault=command.fault,
        replaces=command.replaces, command_id=command.command_id, digest=digest,
        happened_at=as_utc(clamped(command.happened_at, now(session))),
    )  # fmt: skip
    row = service.record(session, actor, stored)
    return finding_views(session, actor, [row], actor.language)[0]


@tool("faults.move_finding", effect=Effect.WRITE, scope=WRITE)
def move_finding(session: Session, actor: Actor, command: MoveFinding) -> FindingView:
    """Say that a finding was evidence of another fault."""
    row = service.move_finding(session, actor, command)
    return finding_views(session, actor, [row], actor.language)[0]


@tool("faults.draw_up", effect=Effect.WRITE, scope=WRITE)
def draw_up_cases(session: Session, actor: Actor, command: DrawUp) -> DrawnUp:
    """Propose findings of ended tickets for which no engineer recorded one."""
    if command.past:
        wanted = list_queries.TicketFilter(states=["resolved", "closed"], types=["incident"])
        rows, _ = list_queries.page(session, actor, wanted, "newest", None, PAST_AT_ONCE)
        queue_past(session, actor, rows)
    return draw_up(session, actor, command.limit)


@tool("faults.match_words", effect=Effect.WRITE, scope=WRITE)
def match_words(session: Session, actor: Actor, command: MatchWords) -> Matched:
    """Match the words of imported faults to the termbase."""
    terms = termbase_of(session, actor.tenant_id)
    rows = queries.unresolved(session, actor.tenant_id, command.limit)
    for row in rows:
        told = {name: said_by(row, name) for name in SLOTS}
        for said in told.values():
            if said.concept not in terms.concepts_by_key:
                said.concept = ""
        slots = Slots(**{name: matched(terms, name, said) for name, said in told.items()})
        service.settle_words(session, row, slots, names_of(terms, slots))
    return Matched(matched=len(rows))


def _slots(slots: Slots) -> dict[str, object]:
    return dict(slots.items())
