"""Standard procedures: drafts, versions, rules, files."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.sop import queries, view_queries
from careloop.crm_core.sop.content import HazardClass
from careloop.crm_core.sop.models import SopState
from careloop.crm_core.sop.queries import SopFilter
from careloop.crm_core.sop.schemas import (
    CreateSop,
    DraftFromArticle,
    ImportSop,
    PickSop,
    PublishSop,
    SaveSopDraft,
    SetSopRules,
    SopAct,
    SopDocument,
    SopDraftBody,
    SopPublishBody,
    SopRulesBody,
)  # fmt: skip
from careloop.crm_core.sop.views import (
    SopCheck,
    SopDiff,
    SopPage,
    SopTransfer,
    SopVersionPage,
    SopVersionView,
    SopView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden
from careloop.tools.sop import CheckSop

router = APIRouter(prefix="/v1/sops", tags=["standard work"])
C = TypeVar("C", bound=BaseModel)


def _reader(actor: StaffDep) -> Actor:
    if not actor.may("sop:read"):
        raise Forbidden("This needs the right sop:read")
    return actor


SopReaderDep = Annotated[Actor, Depends(_reader)]
Number = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.get("")
def sops(
    session: SessionDep, actor: SopReaderDep, q: str = "",
    state: Annotated[list[SopState] | None, Query()] = None, model: str = "",
    ticket_type: str = "", tag: str = "", hazard: HazardClass | None = None,
    required: bool = False, cursor: str = "", limit: Limit = 50,
) -> Page[SopView]:  # fmt: skip
    """Procedures by code; `model` also finds those for all models; out of use only if asked."""
    sought = SopFilter(
        q=q, states=tuple(state or ()), model=model, ticket_type=ticket_type, tag=tag,
        hazard=hazard or "", required=required,
    )  # fmt: skip
    found = decode_cursor(cursor, 1)
    rows = queries.page(session, actor, sought, str(found[0]) if found else "", limit + 1)
    return Page(
        items=view_queries.views(session, actor.tenant_id, rows[:limit]),
        next_cursor=encode_cursor(rows[limit - 1].code) if len(rows) > limit else None,
    )


@router.post("", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateSop, response: Response,
    key: RequiredKeyDep,
) -> SopPage:  # fmt: skip
    """Add a procedure as a draft."""
    return _told(response, act(services, actor, "sop.create", body, SopPage, key))


@router.post("/check")
def check(services: ServicesDep, actor: StaffDep, body: CheckSop, key: KeyDep = None) -> SopCheck:
    """What is wrong in a draft, step by step; keeps nothing."""
    return act(services, actor, "sop.check", body, SopCheck, key)


@router.post("/import")
def take_in(
    services: ServicesDep, actor: StaffDep, body: ImportSop, key: RequiredKeyDep
) -> SopTransfer:
    """Take a procedure in from a file, as a draft of the code that it names."""
    return act(services, actor, "sop.import", body, SopTransfer, key)


@router.post("/from-article", status_code=201)
def from_article(
    services: ServicesDep, actor: StaffDep, body: DraftFromArticle, response: Response,
    key: RequiredKeyDep,
) -> SopPage:  # fmt: skip
    """Make a draft from the numbered procedure of a knowledge article."""
    return _told(response, act(services, actor, "sop.from_article", body, SopPage, key))


@router.get("/{sop}")
def sop(session: SessionDep, actor: SopReaderDep, sop: str, response: Response) -> SopPage:
    """A procedure: what is published, the draft and what is wrong in it, rules, versions."""
    page = view_queries.page(session, actor, queries.sop(session, actor, sop))
    return _told(response, page)


@router.put("/{sop}/draft")
def save_draft(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopDraftBody, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> SopPage:  # fmt: skip
    """Save the draft; it may be incomplete, and the answer tells what is wrong in it."""
    return _acted(services, actor, "sop.save_draft", SaveSopDraft, sop, body, response, base, key)


@router.post("/{sop}/discard")
def discard(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopAct, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> SopPage:  # fmt: skip
    """Give the draft up; the published version stands."""
    return _acted(services, actor, "sop.discard_draft", PickSop, sop, body, response, base, key)


@router.post("/{sop}/publish")
def publish(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopPublishBody, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> SopPage:  # fmt: skip
    """Publish the draft as the next version; 422 names what is wrong at which step."""
    return _acted(services, actor, "sop.publish", PublishSop, sop, body, response, base, key)


@router.post("/{sop}/retire")
def retire(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopAct, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> SopPage:  # fmt: skip
    """Take it out of use; runs that began go on."""
    return _acted(services, actor, "sop.retire", PickSop, sop, body, response, base, key)


@router.post("/{sop}/restore")
def restore(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopAct, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> SopPage:  # fmt: skip
    """Bring it back into use."""
    return _acted(services, actor, "sop.restore", PickSop, sop, body, response, base, key)


@router.put("/{sop}/rules")
def set_rules(
    services: ServicesDep, actor: StaffDep, sop: str, body: SopRulesBody, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> SopPage:  # fmt: skip
    """Say on which visits it is put when they are planned."""
    return _acted(services, actor, "sop.set_rules", SetSopRules, sop, body, response, base, key)


@router.get("/{sop}/versions")
def versions(session: SessionDep, actor: SopReaderDep, sop: str) -> Page[SopVersionView]:
    """Its versions, the newest first."""
    row = queries.sop(session, actor, sop)
    return Page(items=[view_queries.version_view(one) for one in queries.versions(session, row)])


@router.get("/{sop}/versions/{sop_version}")
def version(session: SessionDep, actor: SopReaderDep, sop: str, sop_version: int) -> SopVersionPage:
    """One version with what it says; it never changes."""
    return view_queries.version_page(session, queries.sop(session, actor, sop), sop_version)


@router.get("/{sop}/diff")
def diff(
    session: SessionDep, actor: SopReaderDep, sop: str,
    from_: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)] = 1, until: Number = 0,
) -> SopDiff:  # fmt: skip
    """What changed between two versions; `until` 0 is the draft."""
    return view_queries.diff(session, queries.sop(session, actor, sop), from_, until)


@router.get("/{sop}/export")
def export(session: SessionDep, actor: SopReaderDep, sop: str, number: Number = 0) -> SopDocument:
    """The procedure as a file: a version, or the newest, or the draft of a new one."""
    return view_queries.document(session, queries.sop(session, actor, sop), number)


def _acted(
    services: ServicesDep, actor: Actor, tool: str, command: type[C], sop: str, body: BaseModel,
    response: Response, base: int | None, key: str | None,
) -> SopPage:  # fmt: skip
    facts: dict[str, Any] = dict(body)
    given = command(**facts | {"sop": sop} | ({} if base is None else {"version": base}))
    return _told(response, act(services, actor, tool, given, SopPage, key))


def _told(response: Response, page: SopPage) -> SopPage:
    tag(response, page.version)
    return page
