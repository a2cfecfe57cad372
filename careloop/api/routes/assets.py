"""Devices: the list, the file of one device, and what happens to the device as a whole."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from careloop.api.auth import AssetReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.device_file import AssetPage, device_file
from careloop.api.device_timeline import timeline
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, multi
from careloop.crm_core.assets import component_queries, queries
from careloop.crm_core.assets.component_schemas import ComponentView, FoundComponent
from careloop.crm_core.assets.models import AssetStatus
from careloop.crm_core.assets.schemas import (
    AssetView,
    ChangeAsset,
    ChangeFirmware,
    CodeRotation,
    CreateAsset,
    DeviceChanges,
    FirmwareChange,
    MoveAsset,
    OwnerTransfer,
    RotateCode,
    SetStatus,
    SiteMove,
    StatusStep,
    TimelineEntry,
    TransferAsset,
)  # fmt: skip
from careloop.crm_core.custom.filter_queries import given_of

router = APIRouter(prefix="/v1", tags=["assets"])
C = TypeVar("C", bound=BaseModel)


class AssetLine(AssetView):
    """A device in the list; `found` tells which of its components led to it."""

    found: list[ComponentView] = Field(default_factory=list)


def command_on(kind: type[C], serial: str, body: BaseModel, base: int | None = None) -> C:
    """The command that a body means for the device in the path; `If-Match` wins over `version`."""
    given = body.model_dump(exclude_unset=True)
    if base is not None:
        given["version"] = base
    return kind.model_validate({**given, "serial": serial})


@router.get("/assets")
def list_assets(
    request: Request, session: SessionDep, actor: AssetReaderDep, q: str = "",
    customer_id: str = "", model: str = "",
    status: Annotated[list[AssetStatus] | None, Query()] = None, site: str = "",
    contract: str = "", parent: str = "", cursor: str = "", limit: Limit = 50,
) -> Page[AssetLine]:  # fmt: skip
    """Devices by serial number. `q` finds mistyped serials too, and the serials of components,
    also of those that were removed; `custom.<key>` filters by own fields."""
    rows = queries.assets(
        session, actor, q, customer_id, model, cursor, limit + 1,
        statuses=[item.value for item in status or ()], site=site, contract=contract,
        parent=parent, given=given_of(multi(request)),
    )  # fmt: skip
    following = rows[limit - 1].serial if len(rows) > limit else None
    led: dict[str, list[ComponentView]] = {}
    for hit in component_queries.found_by_serial(session, actor, q) if q else ():
        led.setdefault(hit.device, []).append(hit.component)
    items = [
        AssetLine(**queries.asset_view(row).model_dump(), found=led.get(row.serial, []))
        for row in rows[:limit]
    ]
    return Page(items=items, next_cursor=following)


@router.get("/components")
def find_components(
    session: SessionDep, actor: AssetReaderDep,
    serial: Annotated[str, Query(min_length=3, max_length=80)],
) -> list[FoundComponent]:  # fmt: skip
    """Where a component of that serial is fitted, or was until it was removed."""
    return component_queries.found_by_serial(session, actor, serial)


@router.post("/assets", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, key: RequiredKeyDep, body: CreateAsset,
    response: Response,
) -> AssetView:  # fmt: skip
    """Register a device."""
    made = act(services, actor, "assets.create", body, AssetView, key=key)
    tag(response, made.version)
    return made


@router.get("/assets/{serial}")
def asset(
    services: ServicesDep, session: SessionDep, actor: AssetReaderDep, serial: str,
    response: Response,
) -> AssetPage:  # fmt: skip
    """A device with all that is on file."""
    row = queries.asset(session, actor, serial)
    tag(response, row.version)
    return device_file(services, session, actor, row)


@router.patch("/assets/{serial}")
def change(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    body: DeviceChanges, response: Response,
) -> AssetView:  # fmt: skip
    """Change facts of a device; what is left out stays, null empties."""
    command = command_on(ChangeAsset, serial, body, base)
    changed = act(services, actor, "assets.change", command, AssetView, key=key)
    tag(response, changed.version)
    return changed


@router.get("/assets/{serial}/timeline")
def device_timeline(
    session: SessionDep, actor: AssetReaderDep, serial: str, cursor: str = "", limit: Limit = 50
) -> Page[TimelineEntry]:
    """Everything dated, of every book, the latest first."""
    row = queries.asset(session, actor, serial)
    items, following = timeline(session, actor, row, cursor, limit)
    return Page(items=items, next_cursor=following)


@router.post("/assets/{serial}/status")
def set_status(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    body: StatusStep,
) -> AssetView:  # fmt: skip
    """Take a device one step on in its life."""
    command = command_on(SetStatus, serial, body, base)
    return act(services, actor, "assets.set_status", command, AssetView, key=key)


@router.post("/assets/{serial}/move-site")
def move_site(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    body: SiteMove,
) -> AssetView:  # fmt: skip
    """The device stands elsewhere, with the same owner."""
    command = command_on(MoveAsset, serial, body, base)
    return act(services, actor, "assets.move", command, AssetView, key=key)


@router.post("/assets/{serial}/transfer")
def transfer(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: RequiredKeyDep, serial: str,
    body: OwnerTransfer,
) -> AssetView:  # fmt: skip
    """The device gets another owner."""
    command = command_on(TransferAsset, serial, body, base)
    return act(services, actor, "assets.transfer", command, AssetView, key=key)


@router.post("/assets/{serial}/firmware")
def change_firmware(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    body: FirmwareChange,
) -> AssetView:  # fmt: skip
    """The device runs another firmware."""
    command = command_on(ChangeFirmware, serial, body, base)
    return act(services, actor, "assets.change_firmware", command, AssetView, key=key)


@router.post("/assets/{serial}/public-code")
def rotate_code(
    services: ServicesDep, actor: StaffDep, base: BaseVersionDep, key: KeyDep, serial: str,
    body: CodeRotation,
) -> AssetView:  # fmt: skip
    """A new address for the device's public page; old labels stop working."""
    command = command_on(RotateCode, serial, body, base)
    return act(services, actor, "assets.rotate_code", command, AssetView, key=key)
