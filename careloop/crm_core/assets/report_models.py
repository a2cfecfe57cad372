"""Tables of the faults that people report from a device's public page."""

from __future__ import annotations

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by


class DeviceReport(Entity):
    """One report and the ticket it became. The reporter keeps the follow link's secret; the
    books keep its hash. `client_id` is the page's own id of the report: sent twice, filed once.
    """

    __tablename__ = "device_report"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        owned_by("contact", "contact_id"),
        UniqueConstraint("tenant_id", "asset_id", "client_id"),
        Index("ix_device_report_token", "token_hash", unique=True),
        Index("ix_device_report_ticket", "tenant_id", "ticket"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    contact_id: Mapped[str] = mapped_column(String(26))
    client_id: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[str] = mapped_column(String(64))
    ticket: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(10), default="")


class ReportPhoto(Entity):
    """A photo sent from the public page; loose until a report or a comment takes it along.

    `handle` is the unguessable name by which the page that sent it may use it once.
    """

    __tablename__ = "report_photo"
    __table_args__ = (
        owned_by("asset", "asset_id"),
        UniqueConstraint("tenant_id", "handle"),
        Index("ix_report_photo_report", "tenant_id", "report_id"),
        Index("ix_report_photo_loose", "tenant_id", "asset_id", "report_id"),
    )

    asset_id: Mapped[str] = mapped_column(String(26))
    report_id: Mapped[str | None] = mapped_column(String(26))
    handle: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
