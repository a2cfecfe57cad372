"""Commands and views of deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class HandedFile(BaseModel):
    """A file that is already in the blob store."""

    path: str = Field(min_length=1, max_length=500, description="Name below the folder given.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Hash of its content.")
    matter: dict[str, Any] = Field(
        default_factory=dict, description="Front matter that somebody gave beside the file."
    )


class TakeIn(BaseModel):
    """Hand in files."""

    files: list[HandedFile] = Field(min_length=1, max_length=20_000, description="The files.")
    accept: bool = Field(False, description="Publish changed files at once, without a draft.")
    again: bool = Field(False, description="Read files again that are known already.")
    matter: dict[str, Any] = Field(
        default_factory=dict, description="Front matter for files that are silent."
    )


class PickIntake(BaseModel):
    """One delivery."""

    id: str = Field(max_length=26, description="Id of the delivery.")


class IntakeCounts(BaseModel):
    """Files by what became of them."""

    waiting: int = 0
    read: int = 0
    added: int = 0
    changed: int = 0
    held: int = 0
    unchanged: int = 0
    quarantined: int = 0


class IntakeView(BaseModel):
    """A delivery."""

    id: str
    state: str
    at: datetime
    by: str
    total: int
    counts: IntakeCounts
    error: str


class IntakeFileView(BaseModel):
    """A file of a delivery; `reason` tells why it was not read, and what to do."""

    path: str
    state: str
    reason: str
    warnings: list[str]
    passages: int
    pages: int
    article_id: str | None
    edition: int


class IntakePage(IntakeView):
    """A delivery with its files."""

    files: list[IntakeFileView]
