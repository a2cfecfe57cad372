"""Table of the dated facts of a device's life."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class FactKind(StrEnum):
    """What a fact is about."""

    REGISTERED = "registered"
    STATUS = "status"
    SITE = "site"
    OWNER = "owner"
    FIRMWARE = "firmware"
    WARRANTY = "warranty"
    CONTRACT = "contract"
    CONFIGURATION = "configuration"
    SYSTEM = "system"
    PUBLIC_CODE = "public_code"


class AssetFact(Entity):
    """Something that became different at a time: `data` holds `before` and `after`.

    Facts of the kind `owner` name customers by id and are for staff only.
    """

    __tablename__ = "asset_fact"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        Index("ix_asset_fact_time", "tenant_id", "asset_id", "happened_at"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60), default="")
    work_order: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
