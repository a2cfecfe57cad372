"""The library and the bot, callable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from careloop.api import capabilities
from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep
from careloop.api.capabilities import AskAnswer, AskLine, SearchAnswer, SearchLine
from careloop.kit.errors import NotFound
from careloop.knowledge import queries

router = APIRouter(prefix="/v1", tags=["knowledge"])


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
