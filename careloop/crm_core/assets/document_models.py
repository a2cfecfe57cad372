"""Table of the documents that belong to one device."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class AssetDocument(Entity):
    """A stored file, or a knowledge article by its key. Only `public` ones stand on the device's
    public page."""

    __tablename__ = "asset_document"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        Index("ix_asset_document_asset", "tenant_id", "asset_id"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20), default="other")
    title: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(10), default="")
    public: Mapped[bool] = mapped_column(default=False)
    article: Mapped[str] = mapped_column(String(100), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    added_by: Mapped[str] = mapped_column(String(60), default="")
