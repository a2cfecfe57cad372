"""The public door of a quote: no login, one revision of one quote, nothing else of the house."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, HTMLResponse

from careloop.api.auth import ServicesDep
from careloop.api.billing_papers import PAPER_HEADERS, quote_paper
from careloop.api.bootstrap import Services
from careloop.api.public_limits import Visitor, VisitorDep
from careloop.api.routes.commands import act
from careloop.api.routes.public_devices import PAGE_HEADERS
from careloop.api.routes.system import STATIC
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.billing import quote_queries, quote_views
from careloop.crm_core.billing.quote_schemas import (
    ActOnQuote,
    CustomerAct,
    FoundQuote,
    PublicQuote,
)  # fmt: skip
from careloop.kit.actor import Actor, Role
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import NotFound

router = APIRouter(tags=["public quotes"])
TOKEN_CHARS = 64


def _tenant(services: Services, visitor: Visitor, token: str) -> tuple[str, str]:
    """Whose quote the link opens, and the hash of its secret. Every token costs one look."""
    visitor.look()
    secret = token_hash(token if token.isalnum() and len(token) <= TOKEN_CHARS else "")
    with services.database.read(EVERY_TENANT) as session:
        found = quote_queries.by_token(session, secret)
        if found is not None:
            return found[0].tenant_id, secret
    raise visitor.miss()


def _holder(tenant_id: str) -> Actor:
    """Somebody who holds the link; who they are they say themselves."""
    return Actor(tenant_id=tenant_id, role=Role.CUSTOMER, scopes=frozenset({"quotes:answer"}))


@router.get("/v1/public/quotes/{token}")
def quote(
    services: ServicesDep, visitor: VisitorDep, token: str, response: Response
) -> PublicQuote:
    """The quote as it was sent, how it stands, and what was asked and answered."""
    tenant_id, secret = _tenant(services, visitor, token)
    response.headers["Cache-Control"] = "no-store"
    with services.database.read(tenant_id) as session:
        found = quote_queries.by_token(session, secret, tenant_id)
        if found is None:
            raise visitor.miss()
        return quote_views.public_page(session, *found)


@router.post("/v1/public/quotes/{token}")
def decide(
    services: ServicesDep, visitor: VisitorDep, token: str, body: CustomerAct, response: Response
) -> FoundQuote:
    """Approve or reject, once, or ask; the same act with the same `client_id` counts once."""
    tenant_id, secret = _tenant(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    response.headers["Cache-Control"] = "no-store"
    command = ActOnQuote(token_hash=secret, **body.model_dump())
    return act(services, _holder(tenant_id), "quotes.act", command, FoundQuote)


@router.get("/v1/public/quotes/{token}/print")
def printed(services: ServicesDep, visitor: VisitorDep, token: str) -> Response:
    """The quote as a page to print or keep."""
    tenant_id, secret = _tenant(services, visitor, token)
    with services.database.read(tenant_id) as session:
        found = quote_queries.by_token(session, secret, tenant_id)
        if found is None:
            raise visitor.miss()
        page = quote_paper(found[1].document, draft=False)
    return Response(page, media_type="text/html", headers=PAPER_HEADERS)


@router.get("/q/assets/{name}", include_in_schema=False)
def asset_file(name: str) -> Response:
    """Scripts and styles of the page."""
    folder: Path = (STATIC / "quote" / "assets").resolve()
    wanted = (folder / name).resolve()
    if not wanted.is_relative_to(folder) or not wanted.is_file():
        raise NotFound("There is no such file")
    return FileResponse(wanted, headers={"Cache-Control": "max-age=31536000, immutable"})


@router.get("/q/{token}", include_in_schema=False)
def page() -> Response:
    """The page itself, the same for every link; what it shows it asks the API for."""
    path: Path = STATIC / "quote" / "index.html"
    if not path.is_file():
        text = "The web pages are not built yet; run `make web` (needs Node 20 or newer)."
        return HTMLResponse(f"<p>{text}</p>", status_code=503, headers=PAGE_HEADERS)
    return FileResponse(path, headers={**PAGE_HEADERS, "Cache-Control": "no-cache"})
