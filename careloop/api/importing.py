"""Uploads of master data: files into the store, small ones loaded at once, faults as CSV."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from fastapi import UploadFile
from pydantic import TypeAdapter, ValidationError

from careloop.api.bootstrap import Services
from careloop.crm_core.export.csv_out import csv_lines
from careloop.crm_core.intake import run_queries
from careloop.crm_core.intake.mapping import Mapping as ColumnNames
from careloop.crm_core.intake.schemas import (
    MAX_FILES,
    HandedTable,
    ImportRunPage,
    ImportRunView,
)  # fmt: skip
from careloop.crm_core.intake.tables import MAX_FILE_BYTES
from careloop.kit.actor import Actor
from careloop.kit.blobs import Content
from careloop.kit.errors import InvalidInput, TooLarge

AT_ONCE_BYTES = 1_000_000
_MAPPING = TypeAdapter(dict[str, dict[str, str | None]])


def soon(services: Services, actor: Actor, view: ImportRunView) -> ImportRunView:
    """The run as it stands: small files are loaded now, large ones by the job that waits."""
    if view.state == "queued" and sum(file.size for file in view.files) <= AT_ONCE_BYTES:
        services.imports.run(actor.tenant_id, view.id)
    with services.database.read(actor.tenant_id) as session:
        return run_queries.run_view(run_queries.run(session, actor, view.id))


def hand_in(services: Services, tenant_id: str, files: list[UploadFile]) -> list[HandedTable]:
    """Put uploads into the store; each is read up to its limit and no further."""
    if len(files) > MAX_FILES:
        raise InvalidInput(f"At most {MAX_FILES} files at once; pack them into a zip")
    limit = min(services.settings.max_document_mb * 1_000_000, MAX_FILE_BYTES)
    handed: dict[str, HandedTable] = {}
    for file in files:
        data = file.file.read(limit + 1)
        if len(data) > limit:
            raise TooLarge(f"The file is larger than {limit // 1_000_000} MB")
        name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1].strip()[:200]
        if not name or name in handed:
            raise InvalidInput("Each file needs a name of its own, which tells what is in it")
        digest = hashlib.sha256(data).hexdigest()
        services.blobs.put(tenant_id, Content(data, "application/octet-stream", digest))
        handed[name] = HandedTable(name=name, size=len(data), sha256=digest)
    return list(handed.values())


def mapping_of(text: str) -> ColumnNames:
    """The mapping a form field holds as JSON; empty is none."""
    if not text.strip():
        return {}
    try:
        return _MAPPING.validate_python(json.loads(text))
    except (ValueError, ValidationError, RecursionError):
        raise InvalidInput("mapping is JSON: {file: {their column: our column}}") from None


def error_lines(page: ImportRunPage) -> Iterator[bytes]:
    """The faults of a run as CSV, worst first."""
    faults = page.report
    rows: list[list[Any]] = [["severity", "file", "row", "column", "value", "reason"]]
    if faults is not None:
        rows += [["rejected", e.file, e.row, e.column, e.value, e.reason] for e in faults.errors]
        rows += [["left out", e.file, e.row, e.column, e.value, e.reason] for e in faults.warnings]
        unread = (
            ("unknown file", faults.unknown_files), ("unknown column", faults.unknown_columns),
            ("skipped file", faults.skipped_files),
        )  # fmt: skip
        rows += [
            [what, item.file, "", item.column, "", item.reason]
            for what, items in unread
            for item in items
        ]
    return csv_lines(rows, bom=True)
