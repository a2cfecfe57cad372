"""Commands and views of assets."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
)  # fmt: skip

from careloop.crm_core.assets.models import AssetStatus
from careloop.crm_core.custom.schemas import CustomValues

MAX_SETTINGS = 100
Setting = StrictStr | StrictBool | StrictInt | StrictFloat | None
"""A value of a configuration; its JSON type is kept."""


def _sound(values: dict[str, Setting]) -> dict[str, Setting]:
    if len(values) > MAX_SETTINGS:
        raise ValueError(f"holds more than {MAX_SETTINGS} settings")
    for name, value in values.items():
        if not name.strip() or len(name) > 80:
            raise ValueError("names have 1 to 80 characters")
        if isinstance(value, str) and len(value) > 500:
            raise ValueError(f"{name}: longer than 500 characters")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{name}: is not a finite number")
    return values


Configuration = Annotated[dict[str, Setting], AfterValidator(_sound)]
Serial = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=3, max_length=80,
        pattern=r"^[^/\\?#%]*[0-9A-Za-z][^/\\?#%]*$",
    ),
]  # fmt: skip
"""A serial stands in addresses, so it has no character that means something there."""


class Position(BaseModel):
    """Where a device stands: degrees, WGS 84."""

    lat: float = Field(ge=-90, le=90, description="Latitude in degrees.")
    lon: float = Field(ge=-180, le=180, description="Longitude in degrees.")


class PublicAsset(BaseModel):
    """What a serial number alone opens: what the device is, nothing about its owner."""

    id: str
    serial: str
    model: str


class AssetView(PublicAsset):
    """A device with its owner and entitlement, for those who may know."""

    customer_id: str | None
    site: str
    installed_on: date | None
    warranty_until: date | None
    firmware: str
    usage_hours: int | None
    contract_number: str
    name: str = ""
    status: AssetStatus = AssetStatus.INSTALLED
    possible_statuses: list[AssetStatus] = Field(default_factory=list)
    configuration: dict[str, Any] = Field(default_factory=dict)
    position: Position | None = None
    shipped_on: date | None = None
    installed_by: str = ""
    decommissioned_on: date | None = None
    parent: str | None = None
    public_code: str = ""
    custom: dict[str, Any] = Field(default_factory=dict)
    version: int = 1
    created_at: str = ""
    updated_at: str = ""


class CreateAsset(BaseModel):
    """A new device."""

    serial: Serial = Field(description="Serial number, as on the plate.")
    model: str = Field(max_length=80, description="Product model, as in the catalogue.")
    status: AssetStatus = Field(AssetStatus.IN_STOCK, description="Where it stands in its life.")
    customer_id: str | None = Field(None, description="Id of the customer who owns it.")
    name: str = Field("", max_length=120, description="What people there call it.")
    site: str = Field("", max_length=200, description="Where it stands, in words.")
    position: Position | None = Field(None, description="Where it stands, on the map.")
    shipped_on: date | None = Field(None, description="Day it left the factory.")
    installed_on: date | None = Field(None, description="Day it was put into service.")
    installed_by: str = Field("", max_length=120, description="Who put it into service.")
    warranty_until: date | None = Field(
        None, description="Last day of warranty; else installation plus the model's months."
    )
    firmware: str = Field("", max_length=40, description="Firmware version.")
    contract_number: str = Field("", max_length=60, description="Number of its contract.")
    configuration: Configuration = Field(
        default_factory=dict, description="Settings and options: name to text, number or yes/no."
    )
    parent: str | None = Field(None, max_length=80, description="Serial of the system it is in.")
    custom: CustomValues = Field(default_factory=dict, description="Own fields: key to value.")


class DeviceChanges(BaseModel):
    """Changes of a device's facts; what is left out stays, null empties."""

    version: int | None = Field(None, description="Version the change is based on.")
    name: str | None = Field(None, max_length=120, description="What people there call it.")
    position: Position | None = Field(None, description="Where it stands, on the map.")
    shipped_on: date | None = Field(None, description="Day it left the factory.")
    installed_on: date | None = Field(None, description="Day it was put into service.")
    installed_by: str | None = Field(None, max_length=120, description="Who put it into service.")
    warranty_until: date | None = Field(None, description="Last day of warranty.")
    contract_number: str | None = Field(None, max_length=60, description="Number of its contract.")
    configuration: Configuration | None = Field(
        None, description="The whole configuration: name to text, number or yes/no."
    )
    parent: str | None = Field(None, max_length=80, description="Serial of the system it is in.")
    custom: CustomValues | None = Field(None, description="Own fields to set; null clears one.")


class ChangeAsset(DeviceChanges):
    """Changes of a device's facts; what is left out stays, null empties."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class StatusStep(BaseModel):
    """A step in a device's life."""

    status: AssetStatus = Field(description="The next status.")
    on: date | None = Field(None, description="The day it happened; else today.")
    reason: str = Field("", max_length=500, description="Why, for the file.")
    version: int | None = Field(None, description="Version the change is based on.")


class SetStatus(StatusStep):
    """A step in a device's life."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class SiteMove(BaseModel):
    """A device is moved to another place of its owner."""

    site: str = Field(max_length=200, description="The new place, in words.")
    position: Position | None = Field(None, description="The new place, on the map.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    work_order: str = Field("", max_length=40, description="Work order of the move.")
    reason: str = Field("", max_length=500, description="Why, for the file.")
    version: int | None = Field(None, description="Version the change is based on.")


class MoveAsset(SiteMove):
    """A device is moved to another place of its owner."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class OwnerTransfer(BaseModel):
    """A device gets another owner. Its contract ends with the old one, unless a new is named."""

    customer_id: str | None = Field(description="Id of the new owner; null: nobody.")
    site: str = Field("", max_length=200, description="Where it stands from now on.")
    contract_number: str = Field("", max_length=60, description="The new owner's contract.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    reason: str = Field("", max_length=500, description="Why, for the file.")
    version: int | None = Field(None, description="Version the change is based on.")


class TransferAsset(OwnerTransfer):
    """A device gets another owner. Its contract ends with the old one, unless a new is named."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class FirmwareChange(BaseModel):
    """A device runs another firmware."""

    firmware: str = Field(min_length=1, max_length=40, description="The version that runs now.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    work_order: str = Field("", max_length=40, description="Work order of the update.")
    note: str = Field("", max_length=500, description="What else is worth knowing.")
    version: int | None = Field(None, description="Version the change is based on.")


class ChangeFirmware(FirmwareChange):
    """A device runs another firmware."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class CodeRotation(BaseModel):
    """The device's page moves to a new address; old labels stop working."""

    reason: str = Field("", max_length=500, description="Why, for the file.")
    version: int | None = Field(None, description="Version the change is based on.")


class RotateCode(CodeRotation):
    """The device's page moves to a new address; old labels stop working."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class AssetFactView(BaseModel):
    """Something that became different at a time; `data` holds `before` and `after`."""

    id: str
    kind: str
    happened_at: str
    actor: str
    work_order: str
    note: str
    data: dict[str, Any]


class TimelineEntry(BaseModel):
    """One dated entry of a device's file.

    `kind` is a code (`registered`, `status`, `component_fitted`, `reading`, `ticket`, ...),
    `title` what it was in the books' own words, `link` the address of the record behind it.
    """

    id: str
    at: str
    kind: str
    title: str
    actor: str = ""
    link: str = ""
    data: dict[str, Any] = Field(default_factory=dict)
