"""The termbase: shipped concepts and a tenant's own, files in and out, proposals."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import BaseModel, Field

from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import KeyDep
from careloop.api.routes.paging import Limit, Page
from careloop.api.term_files import MAX_BYTES, imported, read_file
from careloop.kit.errors import Forbidden, TooLarge
from careloop.knowledge.language.term_exchange import MEDIA_TYPES, write_terms
from careloop.knowledge.terms import browse, queries
from careloop.knowledge.terms.schemas import (
    AcceptProposal,
    DismissProposal,
    DroppedTerm,
    ImportReport,
    Key,
    Names,
    ProposalView,
    TermProblem,
    TermView,
)  # fmt: skip

router = APIRouter(prefix="/v1/kb/terms", tags=["terms"])


class TermPage(Page[TermView]):
    """`total` counts all that fit; kinds and domains are those of the whole termbase."""

    total: int
    kinds: list[str]
    domains: list[str]


class TermBody(BaseModel):
    kind: str = Field(max_length=20)
    names: Names
    reviewed: list[str] = Field(default=[], max_length=20)
    note: str = Field("", max_length=1000)


class TermProblems(BaseModel):
    problems: list[TermProblem]


class Proposals(BaseModel):
    items: list[ProposalView]


class AcceptBody(BaseModel):
    key: Key | None = None
    kind: str = Field(max_length=20)
    names: Names
    reviewed: list[str] = Field(default=[], max_length=20)


@router.get("")
def list_terms(
    session: SessionDep, actor: KnowledgeReaderDep, q: str = "", kind: str = "", domain: str = "",
    lang: str = "", own: bool | None = None, unreviewed: bool = False, cursor: str = "",
    limit: Limit = 50,
) -> TermPage:  # fmt: skip
    """Concepts by key; `unreviewed` finds names nobody has checked, in `lang` or in any."""
    wanted = browse.TermFilter(q, kind, domain, lang, own, unreviewed)
    found = browse.terms(session, actor, wanted, cursor, limit)
    return TermPage(
        items=found.items, next_cursor=found.next_cursor, total=found.total, kinds=found.kinds,
        domains=found.domains,
    )  # fmt: skip


@router.get("/export", response_class=Response)
def export_terms(
    session: SessionDep, actor: KnowledgeReaderDep, format: Literal["csv", "tbx"] = "csv"
) -> Response:
    """All concepts as one file, own ones included."""
    data = write_terms(browse.exported(queries.termbase_of(session, actor.tenant_id)), format)
    headers = {"Content-Disposition": f'attachment; filename="terms.{format}"'}
    return Response(data, media_type=MEDIA_TYPES[format], headers=headers)


@router.post("/import")
def import_terms(
    services: ServicesDep, actor: StaffDep, file: UploadFile,
    dry_run: Annotated[bool, Form()] = False,
) -> ImportReport:  # fmt: skip
    """Take a CSV or TBX file in; what does not fit is told and left out."""
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the termbase")
    data = file.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"A file of terms has at most {MAX_BYTES // 1_000_000} MB")
    return imported(services, actor, read_file(data), dry_run)


@router.get("/check")
def check_terms(session: SessionDep, actor: KnowledgeReaderDep) -> TermProblems:
    """What own terms clash with, and names that the languages of the documents lack."""
    return TermProblems(problems=browse.problems(session, actor))


@router.get("/proposals")
def list_proposals(session: SessionDep, actor: KnowledgeReaderDep) -> Proposals:
    """Expressions of the documents that no concept names, the most telling first."""
    rows = queries.proposals(session, actor)
    return Proposals(items=[ProposalView.model_validate(row, from_attributes=True) for row in rows])


@router.post("/proposals/{proposal_id}/accept")
def accept_proposal(
    services: ServicesDep, actor: StaffDep, proposal_id: str, body: AcceptBody, key: KeyDep = None
) -> TermView:
    """Make a proposal an own term."""
    command = AcceptProposal(id=proposal_id[:26], **body.model_dump())
    return TermView.model_validate(
        services.runtime.invoke(actor, "terms.accept_proposal", command, key=key)
    )


@router.post("/proposals/{proposal_id}/dismiss")
def dismiss_proposal(
    services: ServicesDep, actor: StaffDep, proposal_id: str, key: KeyDep = None
) -> ProposalView:
    """Say that a proposal is no term; it is not proposed again."""
    command = DismissProposal(id=proposal_id[:26])
    return ProposalView.model_validate(
        services.runtime.invoke(actor, "terms.dismiss_proposal", command, key=key)
    )


@router.put("/{key}")
def put_term(
    services: ServicesDep, actor: StaffDep, key: str, body: TermBody, once: KeyDep = None
) -> TermView:
    """Store the tenant's own entry; it hides the shipped one of the same key."""
    arguments = {"key": key, **body.model_dump()}
    return TermView.model_validate(services.runtime.invoke(actor, "terms.put", arguments, key=once))


@router.delete("/{key}")
def drop_term(services: ServicesDep, actor: StaffDep, key: str, once: KeyDep = None) -> DroppedTerm:
    """Take the own entry back; the shipped one returns."""
    return DroppedTerm.model_validate(
        services.runtime.invoke(actor, "terms.drop", {"key": key}, key=once)
    )
