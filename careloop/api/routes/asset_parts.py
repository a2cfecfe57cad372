"""What belongs to a device: components, meters, documents."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response, UploadFile

from careloop.api.auth import AssetReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.bootstrap import Services
from careloop.api.device_file import documents_of, linked
from careloop.api.files import read_upload
from careloop.api.routes.assets import command_on
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.routes.system import INLINE
from careloop.crm_core.assets import (
    component_queries,
    document_queries,
    meter_queries,
    queries,
)  # fmt: skip
from careloop.crm_core.assets.component_schemas import (
    AddComponent,
    ChangeComponent,
    ComponentCorrection,
    ComponentNode,
    ComponentView,
    Exchange,
    Fitting,
    Removal,
    RemoveComponent,
    ReplaceComponent,
    Replacement,
)  # fmt: skip
from careloop.crm_core.assets.document_schemas import (
    ArticleLink,
    ChangeDocument,
    DeviceDocument,
    DocumentChanges,
    DocumentKind,
    LinkDocument,
    RemoveDocument,
    StoreDocument,
)  # fmt: skip
from careloop.crm_core.assets.meter_schemas import (
    AddMeter,
    MeterReadingView,
    MeterView,
    NewMeter,
    NewReading,
    NoteReading,
)  # fmt: skip
from careloop.kit.clock import as_utc
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import InvalidInput, NotFound

router = APIRouter(prefix="/v1", tags=["assets"])


@router.get("/assets/{serial}/components")
def components(
    session: SessionDep, actor: AssetReaderDep, serial: str, on: date | None = None
) -> list[ComponentNode]:
    """The tree of components, with what was there before; `on` shows the end of a past day, UTC."""
    row = queries.asset(session, actor, serial)
    at = None if on is None else datetime.combine(on, time(), tzinfo=UTC) + timedelta(days=1)
    return component_queries.tree(session, row, at)


@router.post("/assets/{serial}/components", status_code=201)
def add_component(
    services: ServicesDep, actor: StaffDep, key: RequiredKeyDep, serial: str, body: Fitting
) -> ComponentView:
    """Fit a component in an empty position."""
    command = command_on(AddComponent, serial, body)
    return act(services, actor, "assets.add_component", command, ComponentView, key=key)


@router.patch("/assets/{serial}/components/{component_id}")
def change_component(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    component_id: str, body: ComponentCorrection,
) -> ComponentView:  # fmt: skip
    """Correct what the books say of a component."""
    given = {**body.model_dump(exclude_unset=True), "component_id": component_id}
    if base is not None:
        given["version"] = base
    command = ChangeComponent(serial=serial, **given)
    return act(services, actor, "assets.change_component", command, ComponentView, key=key)


@router.post("/assets/{serial}/components/{component_id}/replace")
def replace_component(
    services: ServicesDep, actor: StaffDep, key: RequiredKeyDep, serial: str, component_id: str,
    body: Exchange,
) -> Replacement:  # fmt: skip
    """One component out, another in; both serials stay on file."""
    given = {**body.model_dump(exclude_unset=True), "component_id": component_id}
    command = ReplaceComponent(serial=serial, **given)
    return act(services, actor, "assets.replace_component", command, Replacement, key=key)


@router.post("/assets/{serial}/components/{component_id}/remove")
def remove_component(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: RequiredKeyDep, serial: str,
    component_id: str, body: Removal,
) -> ComponentView:  # fmt: skip
    """A component comes out and nothing goes in."""
    given = {**body.model_dump(exclude_unset=True), "component_id": component_id}
    if base is not None:
        given["version"] = base
    command = RemoveComponent(serial=serial, **given)
    return act(services, actor, "assets.remove_component", command, ComponentView, key=key)


@router.get("/assets/{serial}/meters")
def meters(session: SessionDep, actor: AssetReaderDep, serial: str) -> list[MeterView]:
    """The device's meters with what they showed last."""
    row = queries.asset(session, actor, serial)
    return [meter_queries.meter_view(item) for item in meter_queries.meters(session, row)]


@router.post("/assets/{serial}/meters", status_code=201)
def add_meter(
    services: ServicesDep, actor: StaffDep, key: KeyDep, serial: str, body: NewMeter
) -> MeterView:
    """Give a device a meter."""
    command = command_on(AddMeter, serial, body)
    return act(services, actor, "assets.add_meter", command, MeterView, key=key)


@router.get("/assets/{serial}/meters/{meter_id}/readings")
def readings(
    session: SessionDep, actor: AssetReaderDep, serial: str, meter_id: str, cursor: str = "",
    limit: Limit = 50,
) -> Page[MeterReadingView]:  # fmt: skip
    """A meter's readings, the latest first."""
    row = queries.asset(session, actor, serial)
    meter = meter_queries.meter(session, row, meter_id)
    found = meter_queries.readings(session, meter, _reading_place(cursor), limit + 1)
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        following = encode_cursor(last.read_at.isoformat(), last.id)
    items = [meter_queries.reading_view(item, meter) for item in found[:limit]]
    return Page(items=items, next_cursor=following)


def _reading_place(cursor: str) -> tuple[datetime, str] | None:
    values = decode_cursor(cursor, 2)
    if values is None:
        return None
    try:
        return as_utc(datetime.fromisoformat(str(values[0]))), str(values[1])
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; begin without one") from None


@router.post("/assets/{serial}/readings", status_code=201)
def note_reading(
    services: ServicesDep, actor: StaffDep, key: KeyDep, serial: str, body: NewReading
) -> MeterReadingView:
    """Note what a meter showed; a counter may not run backwards."""
    command = command_on(NoteReading, serial, body)
    return act(services, actor, "assets.note_reading", command, MeterReadingView, key=key)


@router.get("/assets/{serial}/documents")
def documents(
    services: ServicesDep, session: SessionDep, actor: AssetReaderDep, serial: str
) -> list[DeviceDocument]:
    """The device's documents."""
    return documents_of(services, session, queries.asset(session, actor, serial))


@router.post("/assets/{serial}/documents", status_code=201)
def link_document(
    services: ServicesDep, actor: StaffDep, key: KeyDep, serial: str, body: ArticleLink
) -> DeviceDocument:
    """Put a knowledge article into the device's file."""
    command = command_on(LinkDocument, serial, body)
    return act(services, actor, "assets.link_document", command, DeviceDocument, key=key)


@router.post("/assets/{serial}/documents/uploads", status_code=201)
def store_document(
    services: ServicesDep, actor: AssetReaderDep, key: KeyDep, serial: str, file: UploadFile,
    title: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[DocumentKind, Form()] = "other",
    lang: Annotated[str, Form(max_length=10)] = "", public: Annotated[bool, Form()] = False,
) -> DeviceDocument:  # fmt: skip
    """Put a file into the device's file."""
    with services.database.read(actor.tenant_id) as session:
        queries.asset(session, actor, serial)
    content = read_upload(services, file)
    services.blobs.put(actor.tenant_id, content)
    command = StoreDocument(
        serial=serial, title=title.strip() or (file.filename or "file")[:200], kind=kind,
        lang=lang, public=public, name=(file.filename or "file")[:200],
        media_type=content.media_type, size=len(content.data), sha256=content.sha256,
    )  # fmt: skip
    made = act(services, actor, "assets.store_document", command, DeviceDocument, key=key)
    return linked(services, made)


@router.patch("/assets/{serial}/documents/{document_id}")
def change_document(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    document_id: str, body: DocumentChanges,
) -> DeviceDocument:  # fmt: skip
    """Change a document's title, kind, language, or whether the public page shows it."""
    given = {**body.model_dump(exclude_unset=True), "document_id": document_id}
    if base is not None:
        given["version"] = base
    command = ChangeDocument(serial=serial, **given)
    made = act(services, actor, "assets.change_document", command, DeviceDocument, key=key)
    return linked(services, made)


@router.delete("/assets/{serial}/documents/{document_id}", status_code=204)
def remove_document(services: ServicesDep, actor: StaffDep, serial: str, document_id: str) -> None:
    """Take a document out of the device's file."""
    command = RemoveDocument(serial=serial, document_id=document_id)
    act(services, actor, "assets.remove_document", command, DeviceDocument)


@router.get("/device-documents/{document_id}")
def document_file(
    services: ServicesDep,
    document_id: str,
    expires: Annotated[int, Query(ge=0, le=2**40)],
    signature: Annotated[str, Query(max_length=64)],
) -> Response:
    """A stored document, by a signed link that works for an hour."""
    now = int(services.clock.now().timestamp())
    path = f"/v1/device-documents/{document_id}"
    if not services.signer.valid(path, expires, signature, now):
        raise NotFound("This link has expired; reload the page")
    with services.database.read(EVERY_TENANT) as session:
        row = document_queries.document_by_id(session, document_id)
        tenant_id, sha256 = row.tenant_id, row.sha256
        media_type, name = row.media_type, row.name
    return file_response(services, tenant_id, sha256, media_type, name)


def file_response(
    services: Services, tenant_id: str, sha256: str, media_type: str, name: str
) -> Response:
    """Stored bytes, typed by content, that no browser may run."""
    shown = "inline" if media_type in INLINE else "attachment"
    return Response(
        services.blobs.get(tenant_id, sha256),
        media_type=media_type,
        headers={
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, max-age=3600",
        },
    )
