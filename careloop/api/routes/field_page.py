"""The field engineers' phone pages: one page, its files, and the worker that keeps them."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from careloop.api.routes.system import STATIC
from careloop.kit.errors import NotFound

router = APIRouter(include_in_schema=False)
PAGE = "index.html"
FOR_EVER = "max-age=31536000, immutable"
MEDIA_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


@router.get("/field")
def without_slash() -> RedirectResponse:
    """The worker keeps what lies below `/field/`, so the page stands there too."""
    return RedirectResponse("/field/")


@router.get("/field/{path:path}")
def field(path: str) -> Response:
    """A file of the app by its name; every other address is the page itself."""
    wanted = _built().get(path)
    if wanted is not None and path != PAGE:
        # Built files carry their hash in the name; the worker and the manifest do not.
        fresh = FOR_EVER if path.startswith("assets/") else "no-cache"
        headers = {"Cache-Control": fresh}
        return FileResponse(wanted, media_type=MEDIA_TYPES.get(wanted.suffix), headers=headers)
    if path.startswith("assets/"):
        raise NotFound("There is no such file")
    page = _built().get(PAGE)
    if page is None:
        text = "The web pages are not built yet; run `make web` (needs Node 20 or newer)."
        return HTMLResponse(f"<p>{text}</p>", status_code=503, headers=PAGE_HEADERS)
    return FileResponse(page, headers=PAGE_HEADERS)


def _built() -> dict[str, Path]:
    """Every built file by its path in the address: what is not among them is never opened."""
    root = STATIC / "field"
    return {one.relative_to(root).as_posix(): one for one in root.rglob("*") if one.is_file()}
