"""Uploads in, short-lived signed links out."""

from __future__ import annotations

from fastapi import UploadFile

from careloop.api.bootstrap import Services
from careloop.crm_core.conversations.schemas import AttachmentView
from careloop.kit.blobs import Content, inspect
from careloop.kit.errors import TooLarge

LINK_SECONDS = 3600


def read_upload(services: Services, file: UploadFile) -> Content:
    """Read and check an uploaded file; stops reading at the limit."""
    limit = services.settings.max_upload_mb * 1_000_000
    data = file.file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"The file is larger than {services.settings.max_upload_mb} MB")
    return inspect(data, limit)


def link(services: Services, view: AttachmentView) -> AttachmentView:
    """The view with a link that works for an hour."""
    expires = int(services.clock.now().timestamp()) + LINK_SECONDS
    path = f"/v1/files/{view.id}"
    signature = services.signer.sign(path, expires)
    return view.model_copy(update={"url": f"{path}?expires={expires}&signature={signature}"})
