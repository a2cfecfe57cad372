"""The knowledge studio: articles with their versions, passages, pages and pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import KnowledgeReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.bootstrap import Services
from careloop.api.files import signed
from careloop.api.routes.commands import KeyDep
from careloop.crm_core.accounts import queries as accounts
from careloop.kit.actor import Actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Forbidden, NotFound
from careloop.knowledge import editor_queries
from careloop.knowledge.editor_views import (
    Article,
    ArticleCounts,
    ArticleFilter,
    ArticleLine,
    Difference,
    PassageView,
)  # fmt: skip
from careloop.knowledge.ingest.compile import compile_body
from careloop.knowledge.ingest.formats.pdf.page_image import page_image
from careloop.knowledge.ingest.frontmatter import FrontMatter
from careloop.knowledge.models import Passage
from careloop.knowledge.schemas import (
    ArticleFields,
    ArticleState,
    CreateArticle,
    PickArticle,
    PickEdition,
    SaveDraft,
    SetOwner,
)  # fmt: skip

router = APIRouter(prefix="/v1/kb", tags=["articles"])
PAGE_MEDIA = {"pdf": "application/pdf", "image": "image/png"}


class Owner(BaseModel):
    id: str
    name: str


class ArticleItem(ArticleLine):
    """An article in the list, with the name of who looks after it."""

    owner: Owner | None


class Articles(BaseModel):
    items: list[ArticleItem]
    next_cursor: str | None
    counts: ArticleCounts


class ArticlePage(Article):
    owner: Owner | None


class DraftBody(ArticleFields):
    row_version: int | None = None


class Number(BaseModel):
    number: int = Field(ge=1)


class OwnerBody(BaseModel):
    user_id: str | None = None


class Passages(BaseModel):
    pages: int
    items: list[PassageView]


class PreviewBody(BaseModel):
    """A text that somebody is writing."""

    title: str = Field("", max_length=500)
    type: str = Field("faq", max_length=20)
    lang: str = Field("", max_length=8)
    body: str = Field("", max_length=500_000)


class Preview(BaseModel):
    passages: list[PassageView]
    warnings: list[str]


@router.get("/articles")
def articles(
    session: SessionDep, actor: KnowledgeReaderDep, wanted: Annotated[ArticleFilter, Query()],
    cursor: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Articles:  # fmt: skip
    """Articles in every state, one line for each language; editors see drafts too."""
    lines, counts = editor_queries.articles(session, actor, wanted)
    rest = [line for line in lines if not cursor or f"{line.key}\n{line.lang}" > cursor]
    page = rest[:limit]
    names = accounts.names(session, actor.tenant_id, {i.owner_id for i in page if i.owner_id})
    items = [ArticleItem(**line.model_dump(), owner=_owner(line, names)) for line in page]
    following = f"{page[-1].key}\n{page[-1].lang}" if len(rest) > limit else None
    return Articles(items=items, next_cursor=following, counts=counts)


@router.post("/articles", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateArticle, key: KeyDep = None
) -> ArticlePage:
    """Write a new article; it is a draft until it is published."""
    return done(services, actor, "knowledge.create_article", body, key)


@router.get("/articles/{article_id}")
def article(session: SessionDep, actor: KnowledgeReaderDep, article_id: str) -> ArticlePage:
    """An article with its text, versions and what waits."""
    found = editor_queries.article(session, actor, article_id)
    names = accounts.names(session, actor.tenant_id, {found.owner_id} if found.owner_id else set())
    return ArticlePage(**found.model_dump(), owner=_owner(found, names))


@router.put("/articles/{article_id}/draft")
def save_draft(
    services: ServicesDep, actor: StaffDep, article_id: str, body: DraftBody, key: KeyDep = None
) -> ArticlePage:
    """Write the next version; 412 when somebody else changed the article meanwhile."""
    command = SaveDraft(id=article_id, **body.model_dump())
    return done(services, actor, "knowledge.save_draft", command, key, body.note)


@router.delete("/articles/{article_id}/draft")
def discard_draft(
    services: ServicesDep, actor: StaffDep, article_id: str, key: KeyDep = None
) -> ArticlePage:
    """Reject what waits."""
    return done(services, actor, "knowledge.discard_draft", PickArticle(id=article_id), key=key)


@router.put("/articles/{article_id}/owner")
def set_owner(
    services: ServicesDep, actor: StaffDep, article_id: str, body: OwnerBody, key: KeyDep = None
) -> ArticlePage:
    """Name who looks after the article."""
    command = SetOwner(id=article_id, user_id=body.user_id)
    return done(services, actor, "knowledge.set_owner", command, key=key)


@router.post("/articles/{article_id}/approve")
def approve(
    services: ServicesDep, actor: StaffDep, article_id: str, body: Number, key: KeyDep = None
) -> ArticlePage:
    """Agree to a draft."""
    command = PickEdition(id=article_id, number=body.number)
    return done(services, actor, "knowledge.approve", command, key=key)


@router.post("/articles/{article_id}/publish")
def publish(
    services: ServicesDep, actor: StaffDep, article_id: str, body: Number, key: KeyDep = None
) -> ArticlePage:
    """Publish a version that waits."""
    command = PickEdition(id=article_id, number=body.number)
    return done(services, actor, "knowledge.publish", command, key=key)


@router.post("/articles/{article_id}/retire")
def retire(
    services: ServicesDep, actor: StaffDep, article_id: str, key: KeyDep = None
) -> ArticlePage:
    """Take the article out of use."""
    return done(services, actor, "knowledge.retire", PickArticle(id=article_id), key=key)


@router.post("/articles/{article_id}/restore")
def restore(
    services: ServicesDep, actor: StaffDep, article_id: str, key: KeyDep = None
) -> ArticlePage:
    """Bring a retired article back."""
    return done(services, actor, "knowledge.restore", PickArticle(id=article_id), key=key)


@router.post("/articles/{article_id}/review")
def review(
    services: ServicesDep, actor: StaffDep, article_id: str, key: KeyDep = None
) -> ArticlePage:
    """Mark a translation as checked by a person."""
    return done(services, actor, "knowledge.mark_reviewed", PickArticle(id=article_id), key=key)


@router.get("/articles/{article_id}/diff")
def diff(
    session: SessionDep, actor: KnowledgeReaderDep, article_id: str,
    before: Annotated[int | None, Query(alias="from", ge=0)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> Difference:  # fmt: skip
    """What one version changes in another: what waits in what is published, if none is named;
    `from=0` shows the whole text as new."""
    return editor_queries.difference(session, actor, article_id, before, after)


@router.get("/articles/{article_id}/passages")
def passages(
    services: ServicesDep, session: SessionDep, actor: KnowledgeReaderDep, article_id: str,
    page: int | None = None,
) -> Passages:  # fmt: skip
    """What the article was compiled to, whole or of one page."""
    row = editor_queries.document(session, actor, article_id)
    terms = services.terms_of(actor.tenant_id)
    items = editor_queries.passages(session, actor, article_id, terms, page)
    for item in items:
        for figure in item.figures:
            figure.url = signed(services, f"/v1/kb/figures/{row.id}/{figure.name}")
    return Passages(pages=row.pages, items=items)


@router.get("/articles/{article_id}/pages/{page_number}", response_class=Response)
def page(
    services: ServicesDep, session: SessionDep, actor: KnowledgeReaderDep, article_id: str,
    page_number: int,
) -> Response:  # fmt: skip
    """A picture of one page of the file that the article came from."""
    row = editor_queries.document(session, actor, article_id)
    media = PAGE_MEDIA.get(row.format)
    if media is None or not row.source_sha256 or not 1 <= page_number <= max(row.pages, 1):
        raise NotFound("There is no picture of this page")
    content = services.blobs.get(actor.tenant_id, row.source_sha256)
    return Response(
        page_image(content, media, page_number), media_type="image/png",
        headers={"cache-control": "private, max-age=3600"},
    )  # fmt: skip


@router.get("/articles/{article_id}/source", response_class=Response)
def source(
    services: ServicesDep, session: SessionDep, actor: KnowledgeReaderDep, article_id: str
) -> Response:
    """The file as it was handed in, for editors."""
    row = editor_queries.document(session, actor, article_id)
    if not actor.may("knowledge:write"):
        raise Forbidden("Only editors may take the file itself")
    if not row.source_sha256:
        raise NotFound("This article did not come from a file")
    ending = row.source_path.rsplit(".", 1)[-1] if "." in row.source_path else "bin"
    name = f"{row.id}.{ending if ending.isalnum() and ending.isascii() else 'bin'}"
    return Response(
        services.blobs.get(actor.tenant_id, row.source_sha256),
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@router.get("/figures/{article_id}/{name}", response_class=Response)
def figure(
    services: ServicesDep, article_id: str, name: str, expires: int, signature: str
) -> Response:
    """A picture out of a document, by the signed link that came with its passage."""
    path = f"/v1/kb/figures/{article_id}/{name}"
    now = int(services.clock.now().timestamp())
    if not services.signer.valid(path, expires, signature, now):
        raise NotFound("This link has expired; load the page again")
    with services.database.read(EVERY_TENANT) as session:
        found = editor_queries.figure(session, article_id, name)
    return Response(
        services.blobs.get(found.tenant_id, found.sha256), media_type=found.media_type,
        headers={"cache-control": "private, max-age=3600"},
    )  # fmt: skip


@router.post("/preview")
def preview(services: ServicesDep, actor: StaffDep, body: PreviewBody) -> Preview:
    """What a text would be compiled to; nothing is kept."""
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the knowledge base")
    terms = services.terms_of(actor.tenant_id)
    matter = FrontMatter(title=body.title, type=body.type, lang=body.lang)
    compiled, warnings = compile_body(body.body, matter, "", terms)
    views = [
        editor_queries.passage_view(
            Passage(
                ordinal=at, section=item.piece.section, kind=item.piece.kind,
                text=item.piece.text, page=item.piece.page, hazard=item.piece.hazard,
                codes=item.codes, concepts=item.concepts, data={},
            ),
            {}, terms, actor.language,
        )
        for at, item in enumerate(compiled)
    ]  # fmt: skip
    return Preview(passages=views, warnings=warnings)


def done(
    services: Services, actor: Actor, tool: str, command: BaseModel, key: str | None = None,
    reason: str = "",
) -> ArticlePage:  # fmt: skip
    """Run a tool and show the article as it stands after it."""
    result = services.runtime.invoke(actor, tool, command, key=key, reason=reason)
    state = ArticleState.model_validate(result)
    with services.database.read(actor.tenant_id) as session:
        return article(session, actor, state.id)


def _owner(line: ArticleLine, names: dict[str, str]) -> Owner | None:
    if line.owner_id is None or line.owner_id not in names:
        return None
    return Owner(id=line.owner_id, name=names[line.owner_id])
