"""Selects of a device's documents."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.document_models import AssetDocument
from careloop.crm_core.assets.document_schemas import DeviceDocument, DocumentKind
from careloop.crm_core.assets.models import Asset
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def documents(session: Session, row: Asset, public_only: bool = False) -> list[AssetDocument]:
    """The device's documents by title."""
    statement = select(AssetDocument).where(
        AssetDocument.tenant_id == row.tenant_id, AssetDocument.asset_id == row.id
    )
    if public_only:
        statement = statement.where(AssetDocument.public)
    return list(session.scalars(statement.order_by(AssetDocument.title, AssetDocument.id)))


def document(session: Session, row: Asset, document_id: str) -> AssetDocument:
    """A document of the device."""
    found = session.get(AssetDocument, (row.tenant_id, document_id))
    if found is None or found.asset_id != row.id:
        raise NotFound("There is no such document in this device's file")
    return found


def document_by_id(session: Session, document_id: str) -> AssetDocument:
    """A document by its id alone, for a link whose signature has been checked."""
    found = session.scalar(select(AssetDocument).where(AssetDocument.id == document_id))
    if found is None:
        raise NotFound("There is no such document")
    return found


def document_view(row: AssetDocument) -> DeviceDocument:
    fields: dict[str, Any] = {
        name: getattr(row, name)
        for name in DeviceDocument.model_fields
        if name not in {"added_at", "url", "kind"}
    }
    return DeviceDocument(**fields, kind=cast(DocumentKind, row.kind), added_at=iso(row.created_at))
