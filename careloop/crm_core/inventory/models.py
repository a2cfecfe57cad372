"""Tables of the stock ledger: locations, balances, moves, serials, lots, costs.

A move has two ends. Each end is a location of ours or one of the accounts below, never both:
what we count stands in locations, everything else is where parts come from and go to. Balances,
serial positions and average costs follow from the moves and can be made again from them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by

LEVELS = ("centre", "region", "depot", "van")
SUPPLIER, CUSTOMER, SCRAP = "supplier", "customer", "scrap"
TRANSIT, ADJUSTMENT, DISCREPANCY = "transit", "adjustment", "discrepancy"
ACCOUNTS = (SUPPLIER, CUSTOMER, SCRAP, TRANSIT, ADJUSTMENT, DISCREPANCY)


class StockLocation(Entity):
    """A place that holds parts, at one of four levels, below its parent."""

    __tablename__ = "stock_location"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), default="")
    parent_code: Mapped[str] = mapped_column(String(80), default="")
    engineer: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)


class StockBalance(Entity):
    """How many of a part, lot and condition lie at a location.

    Never below nought, never below what is reserved. `minimum`, `maximum` and `bin` belong to the
    part at the location and stand on the row of good parts without a lot.
    """

    __tablename__ = "stock_balance"
    __table_args__ = (
        owned_by("stock_location", "location_id"),
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "location_id", "part_id", "lot", "condition"),
        Index("ix_stock_balance_part", "tenant_id", "part_id"),
        CheckConstraint("on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand", name="stock"),
        CheckConstraint("condition IN ('good', 'defective')", name="condition"),
    )

    location_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    lot: Mapped[str] = mapped_column(String(40), default="")
    condition: Mapped[str] = mapped_column(String(10), default="good")
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[int | None]
    maximum: Mapped[int | None]
    bin: Mapped[str] = mapped_column(String(40), default="")

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


class StockMove(TenantRow):
    """Parts that went from one end to another; once written it is never changed or deleted.

    `from_id` and `to_id` are locations; where one is null its account says what the end is.
    `happened_at` is the device's time, held within bounds; `recorded_at` is ours. `seq` counts
    the moves of a part without gaps, so a move that is missing is seen.
    """

    __tablename__ = "stock_move"
    __table_args__ = (
        owned_by("part", "part_id"),
        owned_by("stock_location", "from_id"),
        owned_by("stock_location", "to_id"),
        owned_by("stock_move", "reverses_id"),
        UniqueConstraint("tenant_id", "command_id", "line"),
        UniqueConstraint("tenant_id", "reverses_id"),
        UniqueConstraint("tenant_id", "part_id", "seq"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("serial = '' OR quantity = 1", name="serial"),
        CheckConstraint("condition IN ('good', 'defective')", name="condition"),
        CheckConstraint(
            "(from_id IS NULL) = (from_account <> '') AND (to_id IS NULL) = (to_account <> '') "
            "AND (from_id IS NULL OR to_id IS NULL OR from_id <> to_id)",
            name="ends",
        ),
        Index("ix_stock_move_recorded", "tenant_id", "recorded_at", "id"),
        Index("ix_stock_move_part", "tenant_id", "part_id", "recorded_at"),
        Index("ix_stock_move_from", "tenant_id", "from_id", "part_id"),
        Index("ix_stock_move_to", "tenant_id", "to_id", "part_id"),
        Index("ix_stock_move_ticket", "tenant_id", "ticket"),
        Index("ix_stock_move_work_order", "tenant_id", "work_order"),
        Index("ix_stock_move_reference", "tenant_id", "reference_type", "reference"),
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    part_id: Mapped[str] = mapped_column(String(26))
    seq: Mapped[int]
    quantity: Mapped[int]
    from_id: Mapped[str | None] = mapped_column(String(26))
    from_account: Mapped[str] = mapped_column(String(20), default="")
    to_id: Mapped[str | None] = mapped_column(String(26))
    to_account: Mapped[str] = mapped_column(String(20), default="")
    lot: Mapped[str] = mapped_column(String(40), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    condition: Mapped[str] = mapped_column(String(10), default="good")
    reference_type: Mapped[str] = mapped_column(String(20), default="")
    reference: Mapped[str] = mapped_column(String(80), default="")
    ticket: Mapped[str] = mapped_column(String(40), default="")
    work_order: Mapped[str] = mapped_column(String(40), default="")
    asset: Mapped[str] = mapped_column(String(80), default="")
    partner: Mapped[str] = mapped_column(String(80), default="")
    unit_cost_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    unit_cost_currency: Mapped[str] = mapped_column(String(3), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    reverses_id: Mapped[str | None] = mapped_column(String(26))
    command_id: Mapped[str | None] = mapped_column(String(100))
    line: Mapped[int] = mapped_column(default=0)
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]


class StockSerial(Entity):
    """Where the piece with this serial number is: a location or an account."""

    __tablename__ = "stock_serial"
    audited = False
    __table_args__ = (
        owned_by("part", "part_id"),
        owned_by("stock_location", "location_id"),
        UniqueConstraint("tenant_id", "part_id", "serial"),
        Index("ix_stock_serial_serial", "tenant_id", "serial"),
        Index("ix_stock_serial_place", "tenant_id", "location_id", "part_id"),
    )

    part_id: Mapped[str] = mapped_column(String(26))
    serial: Mapped[str] = mapped_column(String(80))
    lot: Mapped[str] = mapped_column(String(40), default="")
    location_id: Mapped[str | None] = mapped_column(String(26))
    account: Mapped[str] = mapped_column(String(20), default="")
    condition: Mapped[str] = mapped_column(String(10), default="good")


class StockLot(Entity):
    """A lot of a part and its last day of use."""

    __tablename__ = "stock_lot"
    __table_args__ = (
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "part_id", "lot"),
    )

    part_id: Mapped[str] = mapped_column(String(26))
    lot: Mapped[str] = mapped_column(String(40))
    expires_on: Mapped[date | None]


class StockPart(TenantRow):
    """What the ledger keeps of a part; every act on the part holds this row until it commits.

    `moves` is how many moves the part has, which gives each its place in the row. The average is
    the moving average cost of one good piece, in the one currency the part is valued in; null
    until something was received with a cost.
    """

    __tablename__ = "stock_part"
    audited = False
    __table_args__ = (owned_by("part", "part_id"),)

    part_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    average_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    average_currency: Mapped[str] = mapped_column(String(3), default="")
    moves: Mapped[int] = mapped_column(default=0)


class StockCommand(Entity):
    """An act by the caller's own id, with its answer; kept for ever."""

    __tablename__ = "stock_command"
    audited = False
    __table_args__ = (UniqueConstraint("tenant_id", "command_id"),)

    command_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(60))
    answer: Mapped[Any] = mapped_column(JSON, default=None)


class StockCounter(TenantRow):
    """The last number given in a year for a kind of document."""

    __tablename__ = "stock_counter"
    audited = False

    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
