"""The public door of a device: no login, one device, nothing of its owner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.api.auth import ServicesDep
from careloop.api.bootstrap import Services
from careloop.api.files import read_upload
from careloop.api.public_device import (
    PublicArticleText,
    PublicDevice,
    PublicReport,
    public_article,
    public_device,
    public_report,
    spoken,
    stranger,
)  # fmt: skip
from careloop.api.public_limits import Visitor, VisitorDep
from careloop.api.routes.asset_parts import file_response
from careloop.api.routes.commands import act
from careloop.api.routes.system import STATIC
from careloop.crm_core.assets import document_queries, queries, report_queries
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.report_schemas import (
    MAX_PHOTOS,
    AddToReport,
    ClientId,
    FiledReport,
    JudgeRepair,
    Line,
    ReportFault,
    StoredPhoto,
    StorePhoto,
    Told,
)  # fmt: skip
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.privacy.schemas import OwnConsent, OwnConsents
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import NotFound, UnsupportedType
from careloop.kit.ids import new_secret

router = APIRouter(tags=["public devices"])
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
Language = Annotated[str, Query(max_length=20)]


class FaultReport(BaseModel):
    """What the page's form sends; `client_id` makes a double tap one report."""

    client_id: ClientId
    text: Told
    error_code: Line = Field("", max_length=40)
    name: Line = Field("", max_length=120)
    phone: Line = Field("", max_length=30)
    email: Line = Field("", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")
    lang: str = Field("", max_length=20)
    photos: list[str] = Field(default_factory=list, max_length=MAX_PHOTOS)


class SentReport(BaseModel):
    """The ticket of the report, and the secret that follows it; keep it, it is not shown again."""

    ticket: str
    token: str
    repeated: bool


class Addition(BaseModel):
    """What the reporter adds."""

    client_id: ClientId
    text: Line = Field("", max_length=4000)
    photos: list[str] = Field(default_factory=list, max_length=MAX_PHOTOS)


class Judgement(BaseModel):
    """Whether the device works again."""

    works: bool
    note: Line = Field("", max_length=1000)


@dataclass(frozen=True, slots=True)
class Opened:
    """The one device that a code, or a report's secret, opens."""

    tenant_id: str
    asset_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The one report that a secret opens."""

    device: Opened
    token_hash: str
    lang: str
    contact_id: str


def _device(services: Services, visitor: Visitor, code: str) -> Opened:
    """The device of a code. Every code costs one look into one index, whether it opens or not."""
    visitor.look()
    with services.database.read(EVERY_TENANT) as session:
        # A code that could not be one is looked up all the same, as one that nobody has.
        found = queries.by_public_code(session, code[:32] if code.isalnum() else "")
        if found is not None:
            return Opened(found.tenant_id, found.id, found.public_code)
    raise visitor.miss()


def _report(services: Services, visitor: Visitor, token: str) -> Followed:
    visitor.look()
    with services.database.read(EVERY_TENANT) as session:
        found = report_queries.by_token(session, token_hash(token))
        if found is not None:
            row = _row(session, found.tenant_id, found.asset_id)
            opened = Opened(found.tenant_id, found.asset_id, row.public_code)
            return Followed(opened, found.token_hash, found.lang, found.contact_id)
    raise visitor.miss()


def _row(session: Session, tenant_id: str, asset_id: str) -> Asset:
    row = queries.asset_by_id(session, tenant_id, asset_id)
    if row is None:
        raise NotFound("There is no such page")
    return row


@router.get("/v1/public/devices/{code}")
def device(
    services: ServicesDep, visitor: VisitorDep, response: Response, code: str, lang: Language = ""
) -> PublicDevice:
    """What the device is, its public papers and articles."""
    opened = _device(services, visitor, code)
    response.headers["Cache-Control"] = "no-store"
    with services.database.read(opened.tenant_id) as session:
        row = _row(session, opened.tenant_id, opened.asset_id)
        return public_device(services, session, row, lang)


@router.get("/v1/public/devices/{code}/articles/{key}")
def article(
    services: ServicesDep, visitor: VisitorDep, code: str, key: str, lang: Language = ""
) -> PublicArticleText:
    """A public article for this model."""
    opened = _device(services, visitor, code)
    with services.database.read(opened.tenant_id) as session:
        row = _row(session, opened.tenant_id, opened.asset_id)
        return public_article(services, session, row, key, lang)


@router.get("/v1/public/devices/{code}/documents/{document_id}")
def document(services: ServicesDep, visitor: VisitorDep, code: str, document_id: str) -> Response:
    """A paper of this device that was marked public."""
    opened = _device(services, visitor, code)
    with services.database.read(opened.tenant_id) as session:
        row = _row(session, opened.tenant_id, opened.asset_id)
        papers = document_queries.documents(session, row, public_only=True)
        paper = next((item for item in papers if item.id == document_id and item.sha256), None)
        if paper is None:
            raise NotFound("There is no such page")
        sha256, media_type, name = paper.sha256, paper.media_type, paper.name
    return file_response(services, opened.tenant_id, sha256, media_type, name)


@router.post("/v1/public/devices/{code}/uploads", status_code=201)
def upload(services: ServicesDep, visitor: VisitorDep, code: str, file: UploadFile) -> StoredPhoto:
    """Send a photo before the report that takes it along; the answer's handle names it."""
    visitor.limits.uploads.take(visitor.address)
    return _store_photo(services, _device(services, visitor, code), file)


def _store_photo(services: Services, row: Opened, file: UploadFile) -> StoredPhoto:
    content = read_upload(services, file)
    if content.media_type not in PHOTOS:
        raise UnsupportedType("Send a photo as JPEG, PNG or WebP")
    services.blobs.put(row.tenant_id, content)
    command = StorePhoto(
        code=row.code, name=(file.filename or "photo")[:200],
        media_type=content.media_type, size=len(content.data), sha256=content.sha256,
        handle=new_secret(18),
    )  # fmt: skip
    told = services.runtime.invoke(stranger(row.tenant_id), "devices.store_photo", command)
    return StoredPhoto.model_validate(told)


@router.post("/v1/public/devices/{code}/reports", status_code=201)
def report(
    services: ServicesDep, visitor: VisitorDep, response: Response, code: str, body: FaultReport
) -> SentReport:
    """Report a fault; the same `client_id` again tells the same ticket and secret."""
    row = _device(services, visitor, code)
    visitor.limits.reports.take(visitor.address)
    visitor.limits.reports_of_device.take(row.asset_id)
    lang = spoken(body.lang)
    # The secret is made out of the page's own id, so that a repeated report gets it again.
    token = services.signer.sign(f"/d/r/{row.asset_id}/{body.client_id}", 0)
    command = ReportFault(
        code=code, token_hash=token_hash(token), **{**body.model_dump(), "lang": lang}
    )
    told = FiledReport.model_validate(
        services.runtime.invoke(stranger(row.tenant_id, lang), "devices.report", command)
    )
    response.headers["Cache-Control"] = "no-store"
    return SentReport(ticket=told.ticket, token=token, repeated=told.repeated)


@router.get("/v1/public/reports/{token}")
def follow(
    services: ServicesDep, visitor: VisitorDep, response: Response, token: str
) -> PublicReport:
    """How a report stands."""
    found = _report(services, visitor, token)
    response.headers["Cache-Control"] = "no-store"
    return _told(services, found)


def _told(services: Services, found: Followed) -> PublicReport:
    with services.database.read(found.device.tenant_id) as session:
        row = report_queries.by_token(session, found.token_hash, found.device.tenant_id)
        if row is None:
            raise NotFound("There is no such page")
        return public_report(services, session, row)


@router.post("/v1/public/reports/{token}/uploads", status_code=201)
def upload_more(
    services: ServicesDep, visitor: VisitorDep, token: str, file: UploadFile
) -> StoredPhoto:
    """Send a photo before the addition that takes it along."""
    visitor.limits.uploads.take(visitor.address)
    return _store_photo(services, _report(services, visitor, token).device, file)


@router.post("/v1/public/reports/{token}/additions")
def add(services: ServicesDep, visitor: VisitorDep, token: str, body: Addition) -> PublicReport:
    """Add words or photos; the same `client_id` again adds nothing."""
    found = _report(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    command = AddToReport(token_hash=found.token_hash, **body.model_dump())
    actor = stranger(found.device.tenant_id, found.lang, found.contact_id)
    services.runtime.invoke(actor, "devices.add_to_report", command, key=body.client_id)
    return _told(services, found)


@router.post("/v1/public/reports/{token}/judgement")
def judge(services: ServicesDep, visitor: VisitorDep, token: str, body: Judgement) -> PublicReport:
    """It works again, or it is still broken."""
    found = _report(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    command = JudgeRepair(token_hash=found.token_hash, **body.model_dump())
    actor = stranger(found.device.tenant_id, found.lang, found.contact_id)
    services.runtime.invoke(actor, "devices.judge_repair", command)
    return _told(services, found)


@router.get("/v1/public/reports/{token}/consent")
def consents(
    services: ServicesDep, visitor: VisitorDep, response: Response, token: str, lang: Language = ""
) -> OwnConsents:
    """What the reporter may consent to, and what they said last."""
    found = _report(services, visitor, token)
    response.headers["Cache-Control"] = "no-store"
    actor = stranger(found.device.tenant_id, spoken(lang) or found.lang, found.contact_id)
    with services.database.read(found.device.tenant_id) as session:
        return privacy.own_consents(session, actor, actor.language)


@router.post("/v1/public/reports/{token}/consent")
def consent(
    services: ServicesDep, visitor: VisitorDep, token: str, body: OwnConsent
) -> OwnConsents:
    """Give or withdraw a consent; the same word again adds nothing."""
    found = _report(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    actor = stranger(found.device.tenant_id, found.lang, found.contact_id)
    return act(services, actor, "privacy.own_consent", body, OwnConsents)


@router.get("/d/assets/{name}", include_in_schema=False)
def page_asset(name: str) -> Response:
    """A script or style of the page."""
    folder = (STATIC / "device" / "assets").resolve()
    wanted = (folder / name).resolve()
    if not wanted.is_relative_to(folder) or not wanted.is_file():
        raise NotFound("There is no such file")
    return FileResponse(wanted, headers={"Cache-Control": "max-age=31536000, immutable"})


@router.get("/d/r/{token}", include_in_schema=False)
@router.get("/d/{code}", include_in_schema=False)
def page() -> Response:
    """The page itself, the same for every code; what it shows it asks the API for."""
    path: Path = STATIC / "device" / "index.html"
    if not path.is_file():
        text = "The web pages are not built yet; run `make web` (needs Node 20 or newer)."
        return HTMLResponse(f"<p>{text}</p>", status_code=503, headers=PAGE_HEADERS)
    return FileResponse(path, headers={**PAGE_HEADERS, "Cache-Control": "no-cache"})
