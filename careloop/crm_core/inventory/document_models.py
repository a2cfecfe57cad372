"""Tables of what is planned with stock: reservations, transfers, requests, counts, kits, rules."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.inventory.errors import StepNotAllowed
from careloop.kit.db import Entity, TenantRow, owned_by


class ReservationState(StrEnum):
    ACTIVE = "active"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


class TransferState(StrEnum):
    DRAFT = "draft"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class RequestState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PICKING = "picking"
    IN_TRANSIT = "in_transit"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


class CountState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


R = RequestState
REQUEST_STEPS: dict[RequestState, frozenset[RequestState]] = {
    R.DRAFT: frozenset({R.SUBMITTED, R.CANCELLED}),
    R.SUBMITTED: frozenset({R.APPROVED, R.REJECTED, R.CANCELLED}),
    R.APPROVED: frozenset({R.PICKING, R.IN_TRANSIT, R.FULFILLED, R.CANCELLED}),
    R.PICKING: frozenset({R.IN_TRANSIT, R.FULFILLED, R.CANCELLED}),
    R.IN_TRANSIT: frozenset({R.FULFILLED, R.APPROVED}),
    R.REJECTED: frozenset(),
    R.FULFILLED: frozenset(),
    R.CANCELLED: frozenset(),
}


class StockReservation(Entity):
    """Good parts of one lot kept for a purpose; a serial number is kept once at most."""

    __tablename__ = "stock_reservation"
    __table_args__ = (
        owned_by("stock_location", "location_id"),
        owned_by("part", "part_id"),
        CheckConstraint("quantity > 0 AND consumed >= 0 AND consumed <= quantity", name="used"),
        Index(
            "uq_stock_reservation_serial", "tenant_id", "part_id", "serial", unique=True,
            sqlite_where=text("serial <> '' AND state = 'active'"),
            postgresql_where=text("serial <> '' AND state = 'active'"),
        ),
        Index("ix_stock_reservation_place", "tenant_id", "location_id", "part_id", "state"),
        Index("ix_stock_reservation_purpose", "tenant_id", "purpose_type", "purpose_number"),
        Index("ix_stock_reservation_due", "state", "due_at"),
    )  # fmt: skip

    group: Mapped[str] = mapped_column(String(26))
    location_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    lot: Mapped[str] = mapped_column(String(40), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    quantity: Mapped[int]
    consumed: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=ReservationState.ACTIVE)
    purpose_type: Mapped[str] = mapped_column(String(20), default="other")
    purpose_number: Mapped[str] = mapped_column(String(40), default="")
    due_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(60), default="")
    made_by_name: Mapped[str] = mapped_column(String(200), default="")
    ended_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def left(self) -> int:
        return self.quantity - self.consumed if self.state == ReservationState.ACTIVE else 0

    def consume(self, quantity: int, now: datetime) -> None:
        self.consumed += quantity
        if self.consumed == self.quantity:
            self.state = ReservationState.CONSUMED
        self.touch(now)

    def end(self, state: ReservationState, reason: str, now: datetime) -> None:
        self.state, self.ended_reason = state, reason
        self.touch(now)


class StockTransfer(Entity):
    """Parts sent from one location to another."""

    __tablename__ = "stock_transfer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("stock_location", "source_id"),
        owned_by("stock_location", "target_id"),
        owned_by("stock_request", "request_id"),
        Index("ix_stock_transfer_state", "tenant_id", "state", "id"),
        Index("ix_stock_transfer_target", "tenant_id", "target_id", "state"),
    )

    number: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str] = mapped_column(String(26))
    target_id: Mapped[str] = mapped_column(String(26))
    request_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(12), default=TransferState.DRAFT)
    note: Mapped[str] = mapped_column(Text, default="")
    expected_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(60), default="")
    made_by_name: Mapped[str] = mapped_column(String(200), default="")

    def must_be(self, state: TransferState, act: str) -> None:
        if self.state != state:
            raise StepNotAllowed("transfer", self.number, self.state, act, state)


class StockTransferLine(Entity):
    """A part of a transfer; what is neither received nor lost is in transit once it is sent."""

    __tablename__ = "stock_transfer_line"
    __table_args__ = (
        owned_by("stock_transfer", "transfer_id"),
        owned_by("part", "part_id"),
        Index("ix_stock_transfer_line_transfer", "tenant_id", "transfer_id"),
        CheckConstraint(
            "quantity > 0 AND received >= 0 AND lost >= 0 AND received + lost <= quantity",
            name="transit",
        ),
    )

    transfer_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    lot: Mapped[str] = mapped_column(String(40), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    condition: Mapped[str] = mapped_column(String(10), default="good")
    quantity: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    reservation_id: Mapped[str | None] = mapped_column(String(26))
    """The reservation that the pieces come from; its purpose travels with them."""

    @property
    def open(self) -> int:
        return self.quantity - self.received - self.lost


class StockRequest(Entity):
    """Parts that a location asks for; `source_id` null means the supplier."""

    __tablename__ = "stock_request"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("stock_location", "location_id"),
        owned_by("stock_location", "source_id"),
        Index("ix_stock_request_state", "tenant_id", "state", "id"),
        Index("ix_stock_request_place", "tenant_id", "location_id", "state"),
    )

    number: Mapped[str] = mapped_column(String(40))
    location_id: Mapped[str] = mapped_column(String(26))
    source_id: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(12), default=RequestState.DRAFT)
    purpose_type: Mapped[str] = mapped_column(String(20), default="other")
    purpose_number: Mapped[str] = mapped_column(String(40), default="")
    needed_by: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str] = mapped_column(String(60), default="")
    made_by_name: Mapped[str] = mapped_column(String(200), default="")
    approvals: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)

    def step(self, state: RequestState, now: datetime) -> None:
        """The next state; `StepNotAllowed` names those that are possible."""
        possible = REQUEST_STEPS[RequestState(self.state)]
        if state not in possible:
            raise StepNotAllowed("request", self.number, self.state, state, *sorted(possible))
        self.state = state
        self.touch(now)


class StockRequestLine(Entity):
    """A part of a request."""

    __tablename__ = "stock_request_line"
    __table_args__ = (
        owned_by("stock_request", "request_id"),
        owned_by("part", "part_id"),
        Index("ix_stock_request_line_request", "tenant_id", "request_id"),
        CheckConstraint("quantity > 0 AND fulfilled >= 0", name="quantity"),
    )

    request_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    quantity: Mapped[int]
    fulfilled: Mapped[int] = mapped_column(default=0)


class StockCount(Entity):
    """A stock-taking at one location."""

    __tablename__ = "stock_count"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("stock_location", "location_id"),
        Index("ix_stock_count_state", "tenant_id", "state", "id"),
    )

    number: Mapped[str] = mapped_column(String(40))
    location_id: Mapped[str] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(10), default=CountState.OPEN)
    blind: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str] = mapped_column(String(60), default="")
    made_by_name: Mapped[str] = mapped_column(String(200), default="")
    closed_at: Mapped[datetime | None]

    def must_be_open(self) -> None:
        if self.state != CountState.OPEN:
            raise StepNotAllowed("count", self.number, self.state, "counting", CountState.OPEN)


class StockCountLine(Entity):
    """A counted line. `expected` is the book at the start, and at the count once it is closed."""

    __tablename__ = "stock_count_line"
    __table_args__ = (
        owned_by("stock_count", "count_id"),
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "count_id", "part_id", "lot", "condition"),
    )

    count_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    lot: Mapped[str] = mapped_column(String(40), default="")
    condition: Mapped[str] = mapped_column(String(10), default="good")
    expected: Mapped[int] = mapped_column(default=0)
    counted: Mapped[int | None]
    serials: Mapped[list[str]] = mapped_column(JSON, default=list)
    counted_at: Mapped[datetime | None]


class PartSubstitute(Entity):
    """A part that may stand in for another; `both_ways`: each for the other."""

    __tablename__ = "part_substitute"
    __table_args__ = (
        owned_by("part", "part_id"),
        owned_by("part", "substitute_id"),
        UniqueConstraint("tenant_id", "part_id", "substitute_id"),
        CheckConstraint("part_id <> substitute_id", name="other"),
    )

    part_id: Mapped[str] = mapped_column(String(26))
    substitute_id: Mapped[str] = mapped_column(String(26))
    both_ways: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(500), default="")


class PartKit(Entity):
    """Parts that are reserved or handed out together."""

    __tablename__ = "part_kit"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200), default="")


class PartKitLine(Entity):
    """How many of a part one kit holds."""

    __tablename__ = "part_kit_line"
    __table_args__ = (
        owned_by("part_kit", "kit_id"),
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "kit_id", "part_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    kit_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    quantity: Mapped[int]


class StockRules(TenantRow):
    """A company's rules of approval; `version` for optimistic locking."""

    __tablename__ = "stock_rules"

    own_approval: Mapped[bool] = mapped_column(default=False)
    second_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    second_currency: Mapped[str] = mapped_column(String(3), default="")
    reservation_hours: Mapped[int] = mapped_column(default=168)
