"""Commands and views of exports."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, Field


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class Headers(StrEnum):
    """Which names stand in the first row; an import understands each of them."""

    EN = "en"
    ZH = "zh"
    NAMES = "names"


class RecordExport(BaseModel):
    """Note in the audit that data left the house."""

    kind: str = Field(max_length=40, description="Which list.")
    format: Format = Field(description="CSV or XLSX.")
    rows: int = Field(ge=0, description="How many rows.")
    filters: dict[str, list[str]] = Field(default_factory=dict, description="The list's filters.")
