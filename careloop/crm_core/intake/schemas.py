"""Commands and views of import runs."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from careloop.crm_core.intake.report import ImportReport

MAX_FILES = 50


class HandedTable(BaseModel):
    """A file that is already in the blob store."""

    name: str = Field(min_length=1, max_length=200, description="File name; it tells the kind.")
    size: int = Field(ge=0, description="Bytes.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Hash of its content.")


class ImportOptions(BaseModel):
    """What the files leave unsaid."""

    time_zone: str = Field("", max_length=60, description="IANA zone of times without one.")
    country: str = Field("", max_length=60, description="Country of phone numbers without +.")
    currency: str = Field("", max_length=40, description="Currency of prices without one.")
    mapping: dict[str, dict[str, str | None]] = Field(
        default_factory=dict, description="{file: {their column: our column}}."
    )


class TakeImport(BaseModel):
    """Hand in tables of master data."""

    files: list[HandedTable] = Field(min_length=1, max_length=MAX_FILES, description="The files.")
    dry_run: bool = Field(False, description="Check only, change nothing.")
    options: ImportOptions = Field(default_factory=ImportOptions, description="What is unsaid.")


class ApplyImport(BaseModel):
    """Load the files of a dry run."""

    import_id: str = Field(max_length=26, description="Id of the dry run.")


class ImportFile(BaseModel):
    """A file of a run."""

    name: str
    size: int


class ImportCounts(BaseModel):
    """Rows over all files by what became of them."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


class ImportRunView(BaseModel):
    """A run. `rows_done` of `rows_total` tells how far it is; times are UTC."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    phase: str
    dry_run: bool
    by: str
    files: list[ImportFile]
    rows_total: int
    rows_done: int
    counts: ImportCounts
    error: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    version: int


class ImportRunPage(ImportRunView):
    """A run with its report, which is there once the run is done."""

    report: ImportReport | None
