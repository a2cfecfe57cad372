"""Views of assets."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel


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
