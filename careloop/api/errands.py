"""What the durable jobs do; each is safe to run twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from careloop.kit.actor import system_actor
from careloop.kit.blobs import BlobStore
from careloop.kit.db import Database
from careloop.knowledge import service as knowledge
from careloop.knowledge.service import SourceFile

ADD_KNOWLEDGE = "knowledge.add"

Errand = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def errands(database: Database, blobs: BlobStore) -> dict[str, Errand]:
    """Every kind of job with what does it."""

    def add_knowledge(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ingest uploaded files; the same content again changes nothing."""
        files = [
            SourceFile(item["path"], blobs.get(tenant_id, item["sha256"]))
            for item in payload["files"]
        ]
        with database.write() as session:
            report = knowledge.add_files(session, system_actor(tenant_id), files)
        return {
            "documents": report.documents,
            "passages": report.passages,
            "warnings": report.warnings,
        }

    return {ADD_KNOWLEDGE: add_knowledge}
