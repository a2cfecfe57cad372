"""Views of the audit."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class ColumnChange(BaseModel):
    """One column of a row: what stood there before the act, and what after it."""

    column: str
    before: Any = None
    after: Any = None


class RowChange(BaseModel):
    """One row that an act wrote; `columns` holds only what changed."""

    table: str
    id: str
    columns: list[ColumnChange]


class AuditActor(BaseModel):
    """Who acted: a member of staff, a contact, the bot or the installation itself."""

    label: str = Field(description="As it is stored: `user:<id>`, `contact:<id>` or a role.")
    kind: str = Field(description="`user`, `contact`, `bot`, `customer` or `system`.")
    id: str = ""
    name: str = Field("", description="Name of the member of staff; empty for all others.")


class AuditEntryView(BaseModel):
    """One act with its reason and every row it changed."""

    id: str
    at: str
    actor: AuditActor
    tool: str
    target: str = Field(description="`<table>:<id>` of the row that the act was about.")
    reason: str
    changes: list[RowChange]
