"""Tables of stock locations and balances."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by

LEVELS = ("centre", "region", "depot", "van")


class StockLocation(Entity):
    """A place that holds parts, at one of four levels."""

    __tablename__ = "stock_location"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(10))


class StockBalance(Entity):
    """How many of a part lie at a location; never below nought, never below what is reserved."""

    __tablename__ = "stock_balance"
    __table_args__ = (
        owned_by("stock_location", "location_id"),
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "location_id", "part_id"),
        CheckConstraint("on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand", name="stock"),
    )

    location_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    minimum: Mapped[int | None]
    maximum: Mapped[int | None]
