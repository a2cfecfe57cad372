"""Tables of standard procedures, of their runs on visits, and of what was recorded in them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.sop.content import SopContent
from careloop.kit.db import Entity, owned_by
from careloop.kit.errors import Conflict


class SopState(StrEnum):
    """Where a procedure stands: never published, in use, in use with a newer draft, out of use."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"
    RETIRED = "retired"


class RunState(StrEnum):
    """Where a run stands; `left` was not finished when its visit was."""

    ATTACHED = "attached"
    BEGUN = "begun"
    ENDED = "ended"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


class Sop(Entity):
    """A standard procedure. Its plain columns repeat what stands in the newest version, or in the
    draft before the first one; `draft` is empty where none waits."""

    __tablename__ = "sop"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index("ix_sop_state", "tenant_id", "state", "code"),
    )

    code: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12), default=SopState.DRAFT)
    published: Mapped[int] = mapped_column(default=0)
    """Number of the newest version; 0 before the first."""
    title: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    models: Mapped[list[str]] = mapped_column(JSON, default=list)
    ticket_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    component: Mapped[str] = mapped_column(String(120), default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    minutes: Mapped[int] = mapped_column(default=0)
    steps_count: Mapped[int] = mapped_column(default=0)
    hazard: Mapped[str] = mapped_column(String(10), default="none")
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    draft_base: Mapped[int] = mapped_column(default=0)
    """The version that the draft was made from."""
    draft_by: Mapped[str] = mapped_column(String(60), default="")
    draft_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(300), default="")
    """Key of the knowledge article that it was made from."""

    def show(self, content: SopContent) -> None:
        """Let the plain columns say what the content says."""
        self.title, self.models = dict(content.title), list(content.models)
        self.ticket_types, self.component = list(content.ticket_types), content.component
        self.tags, self.minutes = list(content.tags), content.total_minutes
        self.steps_count, self.hazard = len(content.steps), content.worst_hazard

    def retire(self) -> None:
        """Take it out of use; runs that began go on. `Conflict` when it is out of use."""
        if self.state == SopState.RETIRED:
            raise Conflict(f"{self.code} is out of use already")
        self.state = SopState.RETIRED

    def restore(self) -> None:
        """Bring it back; `Conflict` when it is in use."""
        if self.state != SopState.RETIRED:
            raise Conflict(f"{self.code} is in use")
        self.settle()

    def settle(self) -> None:
        """The state that follows from what there is of it."""
        if not self.published:
            self.state = SopState.DRAFT
        else:
            self.state = SopState.CHANGED if self.draft is not None else SopState.PUBLISHED


class SopVersion(Entity):
    """One published version; never changed."""

    __tablename__ = "sop_version"
    __table_args__ = (
        owned_by("sop", "sop_id"),
        UniqueConstraint("tenant_id", "sop_id", "number"),
    )

    sop_id: Mapped[str] = mapped_column(String(26))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(60), default="")
    published_at: Mapped[datetime]


class SopRule(Entity):
    """On which visits a procedure is put by itself; a list that is empty asks for nothing."""

    __tablename__ = "sop_rule"
    __table_args__ = (
        owned_by("sop", "sop_id"),
        UniqueConstraint("tenant_id", "sop_id", "position"),
    )

    sop_id: Mapped[str] = mapped_column(String(26))
    position: Mapped[int]
    models: Mapped[list[str]] = mapped_column(JSON, default=list)
    ticket_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    components: Mapped[list[str]] = mapped_column(JSON, default=list)
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    plans: Mapped[list[str]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=True)


class SopRun(Entity):
    """A procedure on a visit. `number` is the version it began with, 0 before its first record."""

    __tablename__ = "sop_run"
    __table_args__ = (
        owned_by("sop", "sop_id"),
        Index("ix_sop_run_visit", "tenant_id", "work_order", "id"),
        Index("ix_sop_run_sop", "tenant_id", "sop_id", "id"),
        Index("ix_sop_run_state", "tenant_id", "state", "id"),
        CheckConstraint("number >= 0", name="number"),
    )

    sop_id: Mapped[str] = mapped_column(String(26))
    sop: Mapped[str] = mapped_column(String(60))
    number: Mapped[int] = mapped_column(default=0)
    work_order: Mapped[str] = mapped_column(String(40))
    ticket: Mapped[str] = mapped_column(String(40), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    required: Mapped[bool] = mapped_column(default=False)
    attached_by: Mapped[str] = mapped_column(String(60), default="")
    by_rule: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default=RunState.ATTACHED)
    result: Mapped[str] = mapped_column(String(10), default="")
    next_step: Mapped[str] = mapped_column(String(40), default="")
    passed_count: Mapped[int] = mapped_column(default=0)
    deviations: Mapped[int] = mapped_column(default=0)
    """Records that lie off the way that the run took."""
    record_seq: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was taken off, or left unfinished."""
    reason_by: Mapped[str] = mapped_column(String(60), default="")


class SopRecord(Entity):
    """What somebody said of a step; never changed or deleted.

    `happened_at` is the device's time, `created_at` the server's. `hazard_text` is what was
    confirmed before a hazardous step. `corrects` names the record that this one takes the place
    of. Records are put in order by `order_at`: the device's time of what came in late, the
    server's of what was told at once.
    """

    __tablename__ = "sop_record"
    __table_args__ = (
        owned_by("sop_run", "run_id"),
        UniqueConstraint("tenant_id", "run_id", "seq"),
        UniqueConstraint("tenant_id", "command_id"),
    )

    run_id: Mapped[str] = mapped_column(String(26))
    seq: Mapped[int]
    command_id: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    step: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(10))
    value: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    ok: Mapped[bool | None]
    option: Mapped[str] = mapped_column(String(40), default="")
    photo_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    hazard_text: Mapped[str] = mapped_column(Text, default="")
    hazard_by: Mapped[str] = mapped_column(String(60), default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    role: Mapped[str] = mapped_column(String(80), default="anyone")
    corrects: Mapped[str | None] = mapped_column(String(26))
    happened_at: Mapped[datetime]
    order_at: Mapped[datetime]
