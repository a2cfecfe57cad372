"""The library and the bot, callable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from careloop.api import capabilities
from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.capabilities import AskAnswer, AskLine, SearchAnswer, SearchLine
from careloop.api.documents import with_sidecars
from careloop.api.files import read_document
from careloop.api.intakes import hand_in
from careloop.api.routes.commands import KeyDep
from careloop.crm_core.conversations.service import safe_name
from careloop.kit.errors import Forbidden, InvalidInput, NotFound
from careloop.kit.jobs import Job
from careloop.knowledge import queries
from careloop.knowledge.intake import queries as intake_queries
from careloop.knowledge.intake.schemas import IntakePage, IntakeView, PickIntake, TakeIn

router = APIRouter(prefix="/v1", tags=["knowledge"])

MAX_FILES = 50


class DocumentSummary(BaseModel):
    key: str
    lang: str
    title: str
    type: str
    audience: str
    product_models: list[str]
    updated: str | None
    state: str
    languages: list[str]


class Documents(BaseModel):
    items: list[DocumentSummary]


class Intakes(BaseModel):
    items: list[IntakeView]


class JobView(BaseModel):
    """A durable job: queued, running, done or failed."""

    id: str
    kind: str
    state: str
    result: dict[str, Any]
    error: str


class DocumentPage(DocumentSummary):
    body: str
    translation: str
    firmware: str


@router.get("/kb/documents")
def documents(
    session: SessionDep, actor: KnowledgeReaderDep, q: str = "", lang: str = "", type: str = "",
    audience: str = "", model: str = "",
) -> Documents:  # fmt: skip
    """The library: one line for each document, in the wanted language or the original."""
    by_key: dict[str, list[Any]] = {}
    for row in queries.list_documents(session, actor):
        by_key.setdefault(row.key, []).append(row)
    items = []
    for rows in by_key.values():
        row = next((r for r in rows if r.lang == lang), None) or _original(rows)
        if _fits(row, q, type, audience, model):
            items.append(_summary(row, [r.lang for r in rows]))
    return Documents(items=sorted(items, key=lambda item: item.key))


@router.get("/kb/documents/{key:path}")
def document(
    services: ServicesDep, actor: KnowledgeReaderDep, key: str, lang: str = ""
) -> DocumentPage:
    """A document with its text."""
    try:
        view = services.library.document(actor, key, lang or None)
    except NotFound:
        view = services.library.document(actor, key)
    return DocumentPage(
        key=view.key,
        lang=view.lang,
        title=view.title,
        type=view.type,
        audience=view.audience,
        product_models=list(view.models),
        updated=str(view.updated) if view.updated else None,
        state=view.state,
        languages=list(view.languages),
        body=view.body,
        translation=view.translation,
        firmware=view.firmware,
    )


@router.post("/kb/uploads", status_code=202)
def upload(
    services: ServicesDep, actor: StaffDep, files: list[UploadFile],
    accept: Annotated[bool, Form()] = False, key: KeyDep = None,
) -> IntakeView:  # fmt: skip
    """Take documents in; a durable job reads them. Ask `/v1/kb/intake/{id}` how it stands.

    A changed file waits as a draft unless `accept` is set. A file `NAME.yaml` beside NAME holds
    its front matter.
    """
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the knowledge base")
    if len(files) > MAX_FILES:
        raise InvalidInput(f"At most {MAX_FILES} files at once; send the rest after these")
    contents = {safe_name(file.filename or ""): read_document(services, file) for file in files}
    if len(contents) < len(files):
        raise InvalidInput("Two files have the same name and would replace each other")
    handed = hand_in(services.blobs, actor.tenant_id, with_sidecars(contents))
    if not handed:
        raise InvalidInput("There is no document among these files")
    command = TakeIn(files=handed, accept=accept)
    done = services.runtime.invoke(actor, "knowledge.take_in", command, key=key)
    return IntakeView.model_validate(done)


@router.get("/kb/intake")
def intakes(session: SessionDep, actor: StaffDep) -> Intakes:
    """The newest deliveries of files."""
    return Intakes(items=intake_queries.intakes(session, actor))


@router.get("/kb/intake/{intake_id}")
def intake(session: SessionDep, actor: StaffDep, intake_id: str) -> IntakePage:
    """What became of each file of a delivery."""
    return intake_queries.intake_page(session, actor, intake_id)


@router.post("/kb/intake/{intake_id}/retry")
def retry(services: ServicesDep, actor: StaffDep, intake_id: str, key: KeyDep = None) -> IntakeView:
    """Read the files again that could not be read."""
    done = services.runtime.invoke(
        actor, "knowledge.retry_intake", PickIntake(id=intake_id), key=key
    )
    return IntakeView.model_validate(done)


@router.get("/jobs/{job_id}")
def job(session: SessionDep, actor: StaffDep, job_id: str) -> JobView:
    """How a durable job stands; for those who may start one."""
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the knowledge base")
    found = session.get(Job, (actor.tenant_id, job_id))
    if found is None:
        raise NotFound("There is no such job")
    return _job(found)


@router.post("/kb/search")
def search(services: ServicesDep, actor: KnowledgeReaderDep, body: SearchLine) -> SearchAnswer:
    """Ranked passages."""
    return capabilities.search(services, actor, body)


@router.post("/ask")
def ask(services: ServicesDep, actor: KnowledgeReaderDep, body: AskLine) -> AskAnswer:
    """One bot turn; nothing is kept."""
    return capabilities.ask(services, actor, body)


@router.post("/kb/search/batch", response_class=StreamingResponse)
async def search_batch(
    request: Request, services: ServicesDep, actor: KnowledgeReaderDep
) -> StreamingResponse:
    """One search a line (NDJSON in and out)."""
    lines = (await request.body()).splitlines()
    run = capabilities.batch(
        lines, SearchLine, lambda line: capabilities.search(services, actor, line)
    )
    return _ndjson(run)


@router.post("/ask/batch", response_class=StreamingResponse)
async def ask_batch(
    request: Request, services: ServicesDep, actor: KnowledgeReaderDep
) -> StreamingResponse:
    """One question a line (NDJSON in and out)."""
    lines = (await request.body()).splitlines()
    run = capabilities.batch(lines, AskLine, lambda line: capabilities.ask(services, actor, line))
    return _ndjson(run)


def _ndjson(rows: Iterator[dict[str, Any]]) -> StreamingResponse:
    text = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return StreamingResponse(text, media_type="application/x-ndjson")


def _job(row: Job) -> JobView:
    return JobView(
        id=row.id, kind=row.kind, state=row.state, result=row.result or {}, error=row.error or ""
    )


def _original(rows: list[Any]) -> Any:
    return next((row for row in rows if not row.translation), rows[0])


def _fits(row: Any, q: str, type: str, audience: str, model: str) -> bool:
    words = f"{row.key} {row.title}".casefold()
    return (
        (not q or q.casefold() in words)
        and (not type or row.type == type)
        and (not audience or row.audience == audience)
        and (not model or model in row.product_models)
    )


def _summary(row: Any, languages: list[str]) -> DocumentSummary:
    return DocumentSummary(
        key=row.key, lang=row.lang, title=row.title, type=row.type, audience=row.audience,
        product_models=row.product_models, updated=str(row.updated) if row.updated else None,
        state=row.state, languages=languages,
    )  # fmt: skip
