"""Tables of product models, parts and parts lists."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import JSON, Numeric, String, Text, UniqueConstraint
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
    """A stocked spare part."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[str] = mapped_column(String(60))
    names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    unit_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    currency: Mapped[str] = mapped_column(String(3), default="")
    lead_days: Mapped[int | None]
    wear: Mapped[bool] = mapped_column(default=False)


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
