"""Health, metrics, files, and the built pages."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from careloop.api.auth import ServicesDep
from careloop.api.routes.login import is_loopback
from careloop.crm_core.conversations import queries
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Forbidden, NotFound

router = APIRouter()
STATIC = Path(__file__).parent.parent / "static"
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
_NOT_BUILT = "The web pages are not built yet; run `make web` (needs Node 20 or newer)."


@router.get("/health/live", tags=["system"])
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/health/ready", tags=["system"])
def ready(services: ServicesDep) -> dict[str, str]:
    """The database answers too."""
    with services.database.read(EVERY_TENANT) as session:
        session.execute(text("SELECT 1"))
    return {"status": "ok"}


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, services: ServicesDep) -> Response:
    """Prometheus metrics; for a token, else for this machine alone."""
    wanted = services.settings.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    host = request.client.host if request.client else ""
    if wanted and not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Forbidden("Metrics need their token")
    if not wanted and not is_loopback(host):
        raise Forbidden("Set CARELOOP_METRICS_TOKEN to read metrics from elsewhere")
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/v1/files/{attachment_id}", tags=["files"])
def file(
    services: ServicesDep,
    attachment_id: str,
    expires: Annotated[int, Query(ge=0, le=2**40)],
    signature: Annotated[str, Query(max_length=64)],
) -> Response:
    """A stored file, by a signed link that works for an hour."""
    now = int(services.clock.now().timestamp())
    path = f"/v1/files/{attachment_id}"
    if not services.signer.valid(path, expires, signature, now):
        raise NotFound("This link has expired; reload the page")
    with services.database.read(EVERY_TENANT) as session:
        row = queries.attachment_by_id(session, attachment_id)
        data = services.blobs.get(row.tenant_id, row.sha256)
        shown = "inline" if row.media_type in INLINE else "attachment"
        media_type, name = row.media_type, row.name
    return Response(
        data,
        media_type=media_type,
        headers={
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, max-age=3600",
        },
    )


@router.get("/", include_in_schema=False)
def home() -> RedirectResponse:
    return RedirectResponse("/desk/")


@router.get("/demo", include_in_schema=False)
def demo_page() -> Response:
    """The demo maker's page with the widget on it."""
    return _page(STATIC / "demo" / "index.html")


@router.get("/widget.js", include_in_schema=False)
def widget() -> Response:
    """The chat widget; other sites load it by one script tag."""
    path = STATIC / "widget" / "widget.js"
    if not path.is_file():
        raise NotFound(_NOT_BUILT)
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "max-age=300"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


@router.get("/desk", include_in_schema=False)
@router.get("/desk/{path:path}", include_in_schema=False)
def desk(path: str = "") -> Response:
    """The desk; addresses inside it are all the same page."""
    root = (STATIC / "desk").resolve()
    wanted = (root / path).resolve()
    if path and wanted.is_relative_to(root) and wanted.is_file():
        fresh = "no-cache" if wanted.suffix == ".html" else "max-age=31536000, immutable"
        return FileResponse(wanted, headers={"Cache-Control": fresh})
    if path.startswith("assets/"):
        raise NotFound("There is no such file")
    return _page(root / "index.html")


def _page(path: Path) -> Response:
    if not path.is_file():
        return HTMLResponse(f"<p>{_NOT_BUILT}</p>", status_code=503)
    return FileResponse(path, headers={"Cache-Control": "no-cache"})
