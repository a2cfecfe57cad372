"""Writers of a device's documents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.assets import document_queries, queries
from careloop.crm_core.assets.document_models import AssetDocument
from careloop.crm_core.assets.document_queries import document_view
from careloop.crm_core.assets.document_schemas import (
    ChangeDocument,
    DeviceDocument,
    LinkDocument,
    RemoveDocument,
    StoreDocument,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import VersionConflict
from careloop.kit.ids import new_id
from careloop.kit.text import clean


def add_document(
    session: Session, actor: Actor, command: LinkDocument | StoreDocument
) -> DeviceDocument:
    """Put a stored file, or a link to an article, into the device's file."""
    row = queries.asset(session, actor, command.serial)
    document = AssetDocument(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id,
        added_by=(actor.name or actor.label)[:60], created_at=now(session),
        updated_at=now(session), version=1,
        **{"article": "", "name": "", "media_type": "", "size": 0, "sha256": ""}
        | command.model_dump(exclude={"serial"}),
    )  # fmt: skip
    document.name = safe_name(document.name) if document.name else ""
    session.add(document)
    session.flush()
    return document_view(document)


def change_document(session: Session, actor: Actor, command: ChangeDocument) -> DeviceDocument:
    """Change title, kind, language, or whether the public page shows it."""
    row = queries.asset(session, actor, command.serial)
    document = document_queries.document(session, row, command.document_id)
    if command.version is not None and command.version != document.version:
        raise VersionConflict("Somebody changed this document meanwhile; load it again")
    for name in ("title", "kind", "lang", "public"):
        value = getattr(command, name)
        if value is not None:
            setattr(document, name, value)
    document.touch(now(session))
    return document_view(document)


def remove_document(session: Session, actor: Actor, command: RemoveDocument) -> DeviceDocument:
    """Take a document out of the file; the audit keeps what its entry was."""
    row = queries.asset(session, actor, command.serial)
    document = document_queries.document(session, row, command.document_id)
    view = document_view(document)
    session.delete(document)
    session.flush()
    return view


def safe_name(name: str) -> str:
    """A file's name for display: the last path part, without control characters."""
    kept, _ = clean(name.replace("\\", "/").rsplit("/", 1)[-1], 120)
    return kept.replace("\n", " ") or "file"
