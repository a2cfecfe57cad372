"""Tables of product models, parts and parts lists."""

from __future__ import annotations

from decimal import Decimal

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

from careloop.kit.db import Entity, owned_by


class ProductModel(Entity):
    """What an asset is an instance of; `names` maps language to name."""

    __tablename__ = "product_model"
    __table_args__ = (UniqueConstraint("tenant_id", "model"),)

    model: Mapped[str] = mapped_column(String(80))
    names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    family: Mapped[str] = mapped_column(String(100), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    warranty_months: Mapped[int | None]


class Part(Entity):
    """A stocked spare part.

    `gtin` is the GS1 number in 14 digits; `unit` what one piece is counted in; `tracking` says
    whether each move names a lot, a serial number, or neither.
    """

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        CheckConstraint("tracking IN ('none', 'lot', 'serial')", name="tracking"),
        Index(
            "uq_part_gtin", "tenant_id", "gtin", unique=True,
            sqlite_where=text("gtin <> ''"), postgresql_where=text("gtin <> ''"),
        ),
    )  # fmt: skip

    number: Mapped[str] = mapped_column(String(60))
    names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    unit_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    currency: Mapped[str] = mapped_column(String(3), default="")
    lead_days: Mapped[int | None]
    wear: Mapped[bool] = mapped_column(default=False)
    gtin: Mapped[str] = mapped_column(String(14), default="")
    unit: Mapped[str] = mapped_column(String(20), default="pcs")
    tracking: Mapped[str] = mapped_column(String(10), default="none")


class BomLine(Entity):
    """A part of a product model."""

    __tablename__ = "bom_line"
    __table_args__ = (
        owned_by("product_model", "model_id"),
        owned_by("part", "part_id"),
        UniqueConstraint("tenant_id", "model_id", "part_id", "module"),
    )

    model_id: Mapped[str] = mapped_column(String(26))
    part_id: Mapped[str] = mapped_column(String(26))
    module: Mapped[str] = mapped_column(String(100), default="")
    quantity: Mapped[int] = mapped_column(default=1)
