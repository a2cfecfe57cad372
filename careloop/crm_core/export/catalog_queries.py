"""Exports of product models, parts and parts lists."""

from __future__ import annotations

from sqlalchemy import select

from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.export.form import (
    DECIMAL,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Filter,
    Source,
    Statement,
    contains,
    equals,
    matches,
    named,
)  # fmt: skip
from careloop.kit.actor import Actor

_LANGUAGES = (
    ("zh", "Chinese name", "中文名称"), ("en", "English name", "英文名称"),
    ("es", "Spanish name", "西班牙文名称"), ("de", "German name", "德文名称"),
    ("fr", "French name", "法文名称"), ("pt", "Portuguese name", "葡萄牙文名称"),
    ("ru", "Russian name", "俄文名称"), ("ja", "Japanese name", "日文名称"),
    ("ko", "Korean name", "韩文名称"), ("ar", "Arabic name", "阿拉伯文名称"),
    ("vi", "Vietnamese name", "越南文名称"), ("th", "Thai name", "泰文名称"),
)  # fmt: skip


def _names(source: Source, en: str, zh: str) -> tuple[Column, ...]:
    """A column for the name in no language, then one for each language."""
    return (
        Column("name", en, zh, source, show=named("und")),
        *(Column(f"name_{code}", in_en, in_zh, source, show=named(code))
          for code, in_en, in_zh in _LANGUAGES),
    )  # fmt: skip


def _models(actor: Actor) -> Statement:
    return select(ProductModel).where(ProductModel.tenant_id == actor.tenant_id)


def _parts(actor: Actor) -> Statement:
    return select(Part).where(Part.tenant_id == actor.tenant_id)


def _lines(actor: Actor) -> Statement:
    return select(BomLine).where(BomLine.tenant_id == actor.tenant_id)


def _with_model_and_part(statement: Statement) -> Statement:
    model = (ProductModel.tenant_id == BomLine.tenant_id) & (ProductModel.id == BomLine.model_id)
    part = (Part.tenant_id == BomLine.tenant_id) & (Part.id == BomLine.part_id)
    return statement.join(ProductModel, model).join(Part, part)


PRODUCTS = ExportForm(
    "products", "Products", "产品", "assets:read", _models,
    (
        Column("model", "Model number", "型号", ProductModel.model),
        *_names(ProductModel.names, "Name", "名称"),
        Column("family", "Family", "系列", ProductModel.family),
        Column("description", "Description", "描述", ProductModel.description),
        Column("warranty_months", "Warranty months", "保修月数", ProductModel.warranty_months,
               WHOLE),
    ),
    (ProductModel.model,),
    (equals("family", ProductModel.family),),
)  # fmt: skip

PARTS = ExportForm(
    "parts", "Parts", "备件", "stock:read", _parts,
    (
        Column("number", "Part number", "备件号", Part.number),
        *_names(Part.names, "Name", "名称"),
        Column("unit_price", "Unit price", "单价", Part.unit_price, DECIMAL),
        Column("currency", "Currency", "币种", Part.currency),
        Column("lead_days", "Lead days", "交货天数", Part.lead_days, WHOLE),
        Column("wear", "Wear part", "易损件", Part.wear, YES_NO),
        Column("unit", "Unit", "单位", Part.unit),
        Column("gtin", "GTIN", "条码", Part.gtin),
        Column("tracking", "Tracked by", "追踪方式", Part.tracking),
    ),
    (Part.number,),
    (
        Filter("q", lambda _, __, given: Part.number.ilike(contains(given[0]), escape="\\")),
        Filter("wear", lambda _, __, given: Part.wear.is_(given[0] == "true"), ("true", "false")),
    ),
)  # fmt: skip

BOM = ExportForm(
    "bom", "Bills of materials", "物料清单", "assets:read", _lines,
    (
        Column("model", "Model number", "型号", ProductModel.model),
        Column("part", "Part number", "备件号", Part.number),
        Column("quantity", "Quantity", "数量", BomLine.quantity, WHOLE),
        Column("module", "Module", "模块", BomLine.module),
    ),
    (ProductModel.model, Part.number, BomLine.id),
    (matches("model", ProductModel.model), matches("part", Part.number)),
    _with_model_and_part,
)  # fmt: skip

FORMS = (PRODUCTS, PARTS, BOM)
