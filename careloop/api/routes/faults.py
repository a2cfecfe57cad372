"""The fault library: what fails, how it shows, why, what mends it, and how well that is proven."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.faults import finding_queries, merging, queries
from careloop.crm_core.faults.models import FaultState, Outcome
from careloop.crm_core.faults.queries import FaultFilter, Sort
from careloop.crm_core.faults.schemas import (
    ChangeFault,
    CreateFault,
    FaultChanges,
    KeepApart,
    LinkFault,
    LinkKind,
    MergeFaults,
    MoveFinding,
    PickFault,
    RejectFault,
    ReviewFault,
    UnlinkFault,
    Version,
)  # fmt: skip
from careloop.crm_core.faults.views import (
    ArticleMade,
    DrawnUp,
    DuplicateList,
    FaultPage,
    FaultView,
    FindingView,
    LibraryOverview,
    MergePreview,
    Suggestions,
)  # fmt: skip
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput
from careloop.tools.fault_search import duplicates, suggest
from careloop.tools.fault_views import finding_views, page_of
from careloop.tools.fault_words import Wording, understood
from careloop.tools.faults import DrawUp, WriteArticle

router = APIRouter(prefix="/v1/faults", tags=["faults"])
Lang = Annotated[str, Query(max_length=10, description="Language of the labels; empty: one's own.")]
Key = Annotated[str, Query(max_length=80)]


class BasedOn(BaseModel):
    """The version that an act is based on."""

    version: Version = None


class Rejection(BasedOn):
    reason: str = Field(min_length=1, max_length=1000, description="Why.")


class Merge(BasedOn):
    into: str = Field(max_length=20, description="Number of the fault that stays.")
    reason: str = Field("", max_length=1000, description="Why they are the same.")


class Apart(BaseModel):
    other: str = Field(max_length=20, description="Number of the other fault.")


class NewLink(BaseModel):
    kind: LinkKind
    target: str = Field(min_length=1, max_length=300)
    title: str = Field("", max_length=300)
    quantity: int = Field(1, ge=1, le=10_000)


class ArticleLanguage(BaseModel):
    lang: str = Field("", max_length=10, description="Language of the draft; empty: one's own.")


class Target(BaseModel):
    fault: str = Field(max_length=20, description="Number of the fault that it proves.")


@router.get("")
def faults(
    session: SessionDep, actor: KnowledgeReaderDep, q: Annotated[str, Query(max_length=300)] = "",
    state: Annotated[list[FaultState] | None, Query()] = None, model: Key = "", part: Key = "",
    component: Key = "", symptom: Key = "", code: Key = "", origin: Key = "",
    sort: Sort = "evidence", lang: Lang = "", cursor: str = "", limit: Limit = 50,
) -> Page[FaultView]:  # fmt: skip
    """Faults, the best proven first. `q` finds words, and concepts in any language."""
    wording = Wording(session, actor.tenant_id, lang or actor.language)
    named = [one.concept for one in understood(wording.terms, q, wording.lang)] if q else []
    wanted = FaultFilter(
        q=q, concepts=list(dict.fromkeys(named)), states=state or (), model=model, part=part,
        component=component, symptom=symptom, code=code, origin=origin,
    )  # fmt: skip
    found = decode_cursor(cursor, 2)
    after = (found[0], str(found[1])) if found else None
    rows, following = queries.page(session, actor, wanted, sort, after, limit)
    return Page(
        items=wording.faults(queries.fault_view(row) for row in rows),
        next_cursor=encode_cursor(*following) if following else None,
    )


@router.post("", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateFault, response: Response,
    key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Write a fault, as a draft."""
    page = act(services, actor, "faults.create", body, FaultPage, key)
    tag(response, page.version)
    return page


@router.get("/overview")
def overview(session: SessionDep, actor: KnowledgeReaderDep) -> LibraryOverview:
    """How many faults there are in each state, and what waits."""
    states = queries.counts_by_state(session, actor)
    origins = queries.counts_by_origin(session, actor)
    return LibraryOverview(
        **{state: states.get(state, 0) for state in FaultState},
        findings=sum(origins.values()),
        engineer_findings=origins.get("engineer", 0),
        waiting_tickets=finding_queries.waiting_count(session, actor.tenant_id),
    )


@router.get("/suggest")
def suggestions(
    session: SessionDep, actor: KnowledgeReaderDep, model: Key = "",
    symptom: Annotated[str, Query(max_length=500)] = "",
    text: Annotated[str, Query(max_length=2000)] = "",
    code: Annotated[str, Query(max_length=200)] = "", lang: Lang = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> Suggestions:  # fmt: skip
    """Faults that may be behind what was told, the likeliest first."""
    return suggest(
        session, actor, model=model, symptom=symptom, text=text, code=code,
        lang=lang or actor.language, limit=limit,
    )  # fmt: skip


@router.get("/duplicates")
def all_duplicates(
    session: SessionDep, actor: KnowledgeReaderDep, lang: Lang = "", limit: Limit = 50
) -> DuplicateList:
    """Pairs of faults that may be one."""
    wording = Wording(session, actor.tenant_id, lang or actor.language)
    found = duplicates(session, actor, None, limit)
    return DuplicateList(items=[wording.pair(pair) for pair in found])


@router.post("/draw-up")
def draw_up(services: ServicesDep, actor: StaffDep, body: DrawUp, key: KeyDep = None) -> DrawnUp:
    """Propose findings of ended tickets for which no engineer recorded one; a worker does this by
    itself for tickets that end from now on."""
    return act(services, actor, "faults.draw_up", body, DrawnUp, key)


@router.post("/findings/{finding_id}/move")
def move_finding(
    services: ServicesDep, actor: StaffDep, finding_id: str, body: Target, key: KeyDep = None
) -> FindingView:
    """A finding was evidence of another fault."""
    command = MoveFinding(finding_id=finding_id[:26], fault=body.fault)
    return act(services, actor, "faults.move_finding", command, FindingView, key)


@router.get("/{fault}")
def fault(
    session: SessionDep, actor: KnowledgeReaderDep, fault: str, response: Response, lang: Lang = ""
) -> FaultPage:
    """A fault with its evidence, usual parts and minutes, links and merges."""
    row = queries.fault(session, actor, fault)
    tag(response, row.version)
    return page_of(session, actor, row, lang or actor.language)


@router.patch("/{fault}")
def change(
    services: ServicesDep, actor: StaffDep, fault: str, body: FaultChanges, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Change what a fault says."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeFault(number=fault[:20], **facts)
    page = act(services, actor, "faults.change", command, FaultPage, key)
    tag(response, page.version)
    return page


@router.get("/{fault}/findings")
def findings(
    session: SessionDep, actor: KnowledgeReaderDep, fault: str, outcome: Outcome | None = None,
    lang: Lang = "", cursor: str = "", limit: Limit = 50,
) -> Page[FindingView]:  # fmt: skip
    """The evidence of a fault, the newest first."""
    row = queries.fault(session, actor, fault)
    found = decode_cursor(cursor, 2)
    after = (_instant(found[0]), str(found[1])) if found else None
    rows, following = finding_queries.of_fault(session, actor, row.id, outcome or "", after, limit)
    return Page(
        items=finding_views(session, actor, rows, lang or actor.language),
        next_cursor=encode_cursor(iso(following[0]), following[1]) if following else None,
    )


@router.get("/{fault}/duplicates")
def duplicates_of(
    session: SessionDep, actor: KnowledgeReaderDep, fault: str, lang: Lang = ""
) -> DuplicateList:
    """Faults that may be the same as this one."""
    row = queries.fault(session, actor, fault)
    wording = Wording(session, actor.tenant_id, lang or actor.language)
    found = duplicates(session, actor, row, 10)
    return DuplicateList(items=[wording.pair(pair) for pair in found])


@router.get("/{fault}/merge-preview")
def merge_preview(
    session: SessionDep, actor: KnowledgeReaderDep, fault: str,
    into: Annotated[str, Query(max_length=20)], lang: Lang = "",
) -> MergePreview:  # fmt: skip
    """What a merge would do; nothing is changed."""
    wording = Wording(session, actor.tenant_id, lang or actor.language)
    return wording.preview(merging.preview(session, actor, fault, into))


@router.post("/{fault}/review")
def review(
    services: ServicesDep, actor: StaffDep, fault: str, body: BasedOn, base: BaseVersionDep = None,
    key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Stand for a fault."""
    command = ReviewFault(number=fault[:20], version=body.version if base is None else base)
    return act(services, actor, "faults.review", command, FaultPage, key)


@router.post("/{fault}/reject")
def reject(
    services: ServicesDep, actor: StaffDep, fault: str, body: Rejection,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Throw a fault out; its evidence stays with it."""
    version = body.version if base is None else base
    command = RejectFault(number=fault[:20], reason=body.reason, version=version)
    return act(services, actor, "faults.reject", command, FaultPage, key, body.reason)


@router.post("/{fault}/restore")
def restore(
    services: ServicesDep, actor: StaffDep, fault: str, body: BasedOn, base: BaseVersionDep = None,
    key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Put a fault back to the drafts."""
    command = PickFault(number=fault[:20], version=body.version if base is None else base)
    return act(services, actor, "faults.restore", command, FaultPage, key)


@router.post("/{fault}/merge")
def merge(
    services: ServicesDep, actor: StaffDep, fault: str, body: Merge, base: BaseVersionDep = None,
    key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Make a fault a part of another; tells the one that stays."""
    version = body.version if base is None else base
    command = MergeFaults(number=fault[:20], into=body.into, reason=body.reason, version=version)
    return act(services, actor, "faults.merge", command, FaultPage, key, body.reason)


@router.post("/{fault}/unmerge")
def unmerge(
    services: ServicesDep, actor: StaffDep, fault: str, body: BasedOn, base: BaseVersionDep = None,
    key: KeyDep = None,
) -> FaultPage:  # fmt: skip
    """Undo the merge of a fault; its evidence goes back to it."""
    command = PickFault(number=fault[:20], version=body.version if base is None else base)
    return act(services, actor, "faults.unmerge", command, FaultPage, key)


@router.post("/{fault}/apart")
def apart(
    services: ServicesDep, actor: StaffDep, fault: str, body: Apart, key: KeyDep = None
) -> FaultPage:
    """These two only look alike; they are not proposed for merging again."""
    command = KeepApart(number=fault[:20], other=body.other)
    return act(services, actor, "faults.keep_apart", command, FaultPage, key)


@router.post("/{fault}/links", status_code=201)
def link(
    services: ServicesDep, actor: StaffDep, fault: str, body: NewLink, key: KeyDep = None
) -> FaultPage:
    """Link an article, a working instruction or a part."""
    command = LinkFault(number=fault[:20], **body.model_dump())
    return act(services, actor, "faults.link", command, FaultPage, key)


@router.delete("/{fault}/links/{link_id}")
def unlink(
    services: ServicesDep, actor: StaffDep, fault: str, link_id: str, key: KeyDep = None
) -> FaultPage:
    """Take a link away."""
    command = UnlinkFault(number=fault[:20], link_id=link_id[:26])
    return act(services, actor, "faults.unlink", command, FaultPage, key)


@router.post("/{fault}/article")
def article(
    services: ServicesDep, actor: StaffDep, fault: str, body: ArticleLanguage, key: KeyDep = None
) -> ArticleMade:
    """Write a reviewed fault as a draft of the library, or refresh the one there is."""
    command = WriteArticle(number=fault[:20], lang=body.lang)
    return act(services, actor, "faults.write_article", command, ArticleMade, key)


def _instant(value: str | int | None) -> datetime:
    try:
        return as_utc(datetime.fromisoformat(str(value)))
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; start again") from None
