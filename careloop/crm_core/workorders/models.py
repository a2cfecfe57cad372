"""Tables of visits and of what is written down on them."""

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

from careloop.crm_core.custom.models import Customised, Subject
from careloop.crm_core.workorders.errors import StepNotAllowed
from careloop.kit.db import Entity, TenantRow, owned_by


class VisitState(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    DONE = "done"
    CANCELLED = "cancelled"


class Result(StrEnum):
    SOLVED = "solved"
    TEMPORARY = "temporary"
    NOT_SOLVED = "not_solved"
    NO_ACCESS = "no_access"
    CANCELLED_ON_SITE = "cancelled_on_site"


class RepeatReason(StrEnum):
    """Why one more visit is needed."""

    PART = "part"
    SKILL = "skill"
    DIAGNOSIS = "diagnosis"
    ACCESS = "access"
    CUSTOMER = "customer"


V = VisitState
STEPS: dict[VisitState, frozenset[VisitState]] = {
    V.PLANNED: frozenset({V.CONFIRMED, V.EN_ROUTE, V.ON_SITE, V.CANCELLED}),
    V.CONFIRMED: frozenset({V.EN_ROUTE, V.ON_SITE, V.CANCELLED}),
    V.EN_ROUTE: frozenset({V.ON_SITE, V.CANCELLED}),
    V.ON_SITE: frozenset({V.DONE}),
    V.DONE: frozenset(),
    V.CANCELLED: frozenset(),
}
OPEN_VISITS = frozenset({V.PLANNED, V.CONFIRMED, V.EN_ROUTE, V.ON_SITE})


class WorkOrder(Customised):
    """One visit for a ticket. Times of the engineer's device and of the server are both kept."""

    __tablename__ = "work_order"
    custom_subject = Subject.WORK_ORDER
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("ticket", "ticket_id"),
        owned_by("customer", "customer_id"),
        owned_by("asset", "asset_id"),
        Index("ix_work_order_ticket", "tenant_id", "ticket_id", "visit"),
        Index("ix_work_order_window", "tenant_id", "window_from", "id"),
        Index("ix_work_order_engineer", "tenant_id", "engineer", "window_from"),
        Index("ix_work_order_state", "tenant_id", "state", "window_from"),
        Index("ix_work_order_asset", "tenant_id", "asset_id", "id"),
        Index("ix_work_order_customer", "tenant_id", "customer_id", "id"),
        CheckConstraint("window_until > window_from", name="window"),
    )

    number: Mapped[str] = mapped_column(String(40))
    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    visit: Mapped[int]
    """Which visit of its ticket this is, from 1."""
    state: Mapped[str] = mapped_column(String(20), default=VisitState.PLANNED)
    customer_id: Mapped[str | None] = mapped_column(String(26))
    asset_id: Mapped[str | None] = mapped_column(String(26))
    serial: Mapped[str] = mapped_column(String(80), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    site: Mapped[str] = mapped_column(String(200), default="")
    window_from: Mapped[datetime]
    window_until: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    promised: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    moved_count: Mapped[int] = mapped_column(default=0)
    """How often a promised window was moved."""
    departed_at: Mapped[datetime | None]
    check_in: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    check_out: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    arrived_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    travel_minutes: Mapped[int] = mapped_column(default=0)
    travel_km: Mapped[Decimal | None] = mapped_column(Numeric(9, 1))
    result: Mapped[str] = mapped_column(String(20), default="")
    repeat_reason: Mapped[str] = mapped_column(String(20), default="")
    report: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was cancelled, or broken off on site."""
    next_visit: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    """How many times the report has been signed."""
    open_for_revision: Mapped[bool] = mapped_column(default=False)
    log_seq: Mapped[int] = mapped_column(default=0)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_VISITS

    @property
    def is_signed(self) -> bool:
        """Whether the report stands signed, so that it may not be changed."""
        return self.revision > 0 and not self.open_for_revision

    def step_to(self, state: VisitState, now: datetime) -> None:
        """One step; `StepNotAllowed` names what is possible instead."""
        present = VisitState(self.state)
        if state not in STEPS[present]:
            raise StepNotAllowed(present, state, sorted(STEPS[present]))
        self.state = state
        self.touch(now)


class _Fact(Entity):
    """Something written down on a visit; never changed or deleted.

    `happened_at` is the device's time, `created_at` the server's; `late` when the visit had ended,
    `revision` how many signatures the report had when it came in.
    """

    __abstract__ = True

    work_order_id: Mapped[str] = mapped_column(String(26))
    happened_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)
    actor: Mapped[str] = mapped_column(String(60), default="")


class VisitLabour(_Fact):
    """Minutes of work, waiting or travel."""

    __tablename__ = "visit_labour"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        Index("ix_visit_labour", "tenant_id", "work_order_id"),
    )

    kind: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")


class VisitReading(_Fact):
    """A measured value with its limits; `ok` is null where there are none."""

    __tablename__ = "visit_reading"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        Index("ix_visit_reading", "tenant_id", "work_order_id"),
    )

    name: Mapped[str] = mapped_column(String(120))
    value: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    unit: Mapped[str] = mapped_column(String(20), default="")
    low: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    high: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    ok: Mapped[bool | None]


class VisitPhoto(_Fact):
    """A picture taken on site."""

    __tablename__ = "visit_photo"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        Index("ix_visit_photo", "tenant_id", "work_order_id"),
    )

    taken: Mapped[str] = mapped_column(String(10), default="other")
    caption: Mapped[str] = mapped_column(String(300), default="")
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class VisitPart(_Fact):
    """A part used, with the stock move behind it, what was swapped, and who pays."""

    __tablename__ = "visit_part"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        owned_by("part", "part_id"),
        Index("ix_visit_part", "tenant_id", "work_order_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    part_id: Mapped[str] = mapped_column(String(26))
    part: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[int]
    location: Mapped[str] = mapped_column(String(80), default="")
    lot: Mapped[str] = mapped_column(String(80), default="")
    serial_out: Mapped[str] = mapped_column(String(80), default="")
    serial_in: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[str] = mapped_column(String(120), default="")
    covered: Mapped[bool | None]
    covered_by: Mapped[str] = mapped_column(String(20), default="")
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    price_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    price_currency: Mapped[str] = mapped_column(String(3), default="")
    move_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    discrepancy: Mapped[int] = mapped_column(default=0)
    """How many of them the books did not show where they were taken."""


class VisitSignature(Entity):
    """The customer's signature under one revision of the report, with the report as it was."""

    __tablename__ = "visit_signature"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        UniqueConstraint("tenant_id", "work_order_id", "revision"),
    )

    work_order_id: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(100), default="")
    signed_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64))


class VisitLog(Entity):
    """One line of a visit's history."""

    __tablename__ = "visit_log"
    __table_args__ = (
        owned_by("work_order", "work_order_id"),
        UniqueConstraint("tenant_id", "work_order_id", "seq"),
    )
    audited = False

    work_order_id: Mapped[str] = mapped_column(String(26))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    happened_at: Mapped[datetime]


class VisitCommand(TenantRow):
    """A command that a device sent under an id of its own; it acts once, for ever."""

    __tablename__ = "visit_command"
    __table_args__ = (owned_by("work_order", "work_order_id"),)
    audited = False

    command_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    work_order_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class WorkOrderCounter(TenantRow):
    """The last number given in a year."""

    __tablename__ = "work_order_counter"
    audited = False

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
