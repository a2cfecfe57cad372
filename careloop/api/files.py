"""Uploads in, short-lived signed links out."""

from __future__ import annotations

from fastapi import UploadFile

from careloop.api.bootstrap import Services
from careloop.crm_core.conversations.schemas import AttachmentView, MessageView
from careloop.kit.blobs import Content, inspect
from careloop.kit.errors import TooLarge
from careloop.kit.messages import Picture

LINK_SECONDS = 3600


def read_upload(services: Services, file: UploadFile) -> Content:
    """Read and check an uploaded file; stops reading at the limit."""
    limit = services.settings.max_upload_mb * 1_000_000
    data = file.file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"The file is larger than {services.settings.max_upload_mb} MB")
    return inspect(data, limit)


def read_document(services: Services, file: UploadFile) -> bytes:
    """Read a file for the knowledge base; what it is, its reader finds out."""
    limit = services.settings.max_document_mb * 1_000_000
    data = file.file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"The file is larger than {services.settings.max_document_mb} MB")
    return data


def linked(services: Services, view: MessageView) -> MessageView:
    """The message with links to its files; figures of documents become files too."""
    figures = [part for part in view.parts if isinstance(part, Picture)]
    view.parts = [part for part in view.parts if not isinstance(part, Picture)]
    view.attachments = [
        *(link(services, file) for file in view.attachments),
        *(_figure(services, part) for part in figures),
    ]
    return view


def _figure(services: Services, part: Picture) -> AttachmentView:
    path = f"/v1/kb/figures/{part.document_id}/{part.name}"
    return AttachmentView(
        id=f"{part.document_id}-{part.name}", name=part.caption or part.name,
        media_type=part.media_type, size=0, url=signed(services, path),
    )  # fmt: skip


def link(services: Services, view: AttachmentView) -> AttachmentView:
    """The view with a link that works for an hour."""
    return view.model_copy(update={"url": signed(services, f"/v1/files/{view.id}")})


def signed(services: Services, path: str) -> str:
    """The path with the signature that opens it for an hour."""
    expires = int(services.clock.now().timestamp()) + LINK_SECONDS
    return f"{path}?expires={expires}&signature={services.signer.sign(path, expires)}"
