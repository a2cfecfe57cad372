"""A person's data as one zip: `data.json`, and files under `files/`."""

from __future__ import annotations

import io
import json
import re
import zipfile

from careloop.crm_core.privacy.schemas import ExportedFile, PersonalData
from careloop.kit.blobs import BlobStore
from careloop.kit.errors import NotFound

_UNSAFE = re.compile(r"[^\w.\-]+")


def person_archive(blobs: BlobStore, tenant_id: str, data: PersonalData) -> bytes:
    """The zip; a file that is no longer stored is named in `missing.txt`."""
    out, missing = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        body = json.dumps(data.model_dump(mode="json"), ensure_ascii=False, indent=1)
        archive.writestr("data.json", body)
        for file in data.files:
            try:
                archive.writestr(f"files/{_name(file)}", blobs.get(tenant_id, file.sha256))
            except NotFound:
                missing.append(file.name)
        if missing:
            archive.writestr("missing.txt", "\n".join(missing))
    return out.getvalue()


def _name(file: ExportedFile) -> str:
    """A name that cannot leave the folder, whatever somebody called the file."""
    return _UNSAFE.sub("_", file.name).strip("._")[:150] or file.sha256
