"""The fake store of files: what tests use where bytes need no disk."""

from __future__ import annotations

from careloop.kit.blobs import Content
from careloop.kit.errors import NotFound


class MemoryBlobs:
    """Keeps bytes in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def put(self, tenant_id: str, content: Content) -> None:
        self._kept.setdefault((tenant_id, content.sha256), content.data)

    def get(self, tenant_id: str, sha256: str) -> bytes:
        try:
            return self._kept[tenant_id, sha256]
        except KeyError:
            raise NotFound("The file is no longer stored") from None

    def delete(self, tenant_id: str, sha256: str) -> None:
        self._kept.pop((tenant_id, sha256), None)
