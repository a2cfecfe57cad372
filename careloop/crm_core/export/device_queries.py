"""Exports of devices, of what is fitted in them and of what they count."""

from __future__ import annotations

from sqlalchemy import select

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.meter_models import AssetMeter, MeterReading
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.export.form import (
    DAY,
    DECIMAL,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Filter,
    Statement,
    contains,
    equals,
    matches,
    since,
    until,
)  # fmt: skip
from careloop.kit.actor import Actor


def _with_owner(statement: Statement) -> Statement:
    own = (Customer.tenant_id == Asset.tenant_id) & (Customer.id == Asset.customer_id)
    return statement.outerjoin(Customer, own)


def _seen(actor: Actor) -> Statement:
    """Ids of the devices that the actor may see."""
    seen = assets.visible_to(actor).with_only_columns(Asset.id).subquery()
    return select(seen.c.id)


def _components(actor: Actor) -> Statement:
    return select(AssetComponent).where(
        AssetComponent.tenant_id == actor.tenant_id, AssetComponent.asset_id.in_(_seen(actor))
    )


def _meters(actor: Actor) -> Statement:
    return select(AssetMeter).where(
        AssetMeter.tenant_id == actor.tenant_id, AssetMeter.asset_id.in_(_seen(actor))
    )


def _readings(actor: Actor) -> Statement:
    return select(MeterReading).where(
        MeterReading.tenant_id == actor.tenant_id, MeterReading.asset_id.in_(_seen(actor))
    )


def _device_of_component(statement: Statement) -> Statement:
    own = (Asset.tenant_id == AssetComponent.tenant_id) & (Asset.id == AssetComponent.asset_id)
    return statement.join(Asset, own)


def _device_of_meter(statement: Statement) -> Statement:
    own = (Asset.tenant_id == AssetMeter.tenant_id) & (Asset.id == AssetMeter.asset_id)
    return statement.join(Asset, own)


def _device_of_reading(statement: Statement) -> Statement:
    meter = (AssetMeter.tenant_id == MeterReading.tenant_id) & (
        AssetMeter.id == MeterReading.meter_id
    )
    own = (Asset.tenant_id == MeterReading.tenant_id) & (Asset.id == MeterReading.asset_id)
    return statement.join(AssetMeter, meter).join(Asset, own)


ASSETS = ExportForm(
    "assets", "Devices", "设备", "assets:read", assets.visible_to,
    (
        Column("serial", "Serial number", "序列号", Asset.serial),
        Column("model", "Model number", "型号", Asset.model),
        Column("customer", "Customer number", "客户编号", Customer.number),
        Column("site", "Site", "安装地点", Asset.site),
        Column("shipped_on", "Shipped on", "发货日期", Asset.shipped_on, DAY),
        Column("installed_on", "Installed on", "安装日期", Asset.installed_on, DAY),
        Column("warranty_until", "Warranty until", "保修截止", Asset.warranty_until, DAY),
        Column("firmware", "Firmware", "固件版本", Asset.firmware),
        Column("usage_hours", "Usage hours", "运行小时", Asset.usage_hours, WHOLE),
        Column("contract", "Contract number", "合同号", Asset.contract_number),
        Column("name", "Device name", "设备名称", Asset.name),
        Column("status", "Status", "设备状态", Asset.status),
    ),
    (Asset.serial,),
    (
        Filter("q", lambda _, __, given: Asset.serial.ilike(contains(given[0]), escape="\\")),
        matches("customer_id", Asset.customer_id),
        equals("model", Asset.model),
        equals("status", Asset.status),
    ),
    _with_owner,
    own=Subject.ASSET,
)  # fmt: skip

COMPONENTS = ExportForm(
    "components", "Components", "部件", "assets:read", _components,
    (
        Column("asset", "Serial number", "序列号", Asset.serial),
        Column("position", "Position", "安装位置", AssetComponent.position),
        Column("parent", "Parent position", "上级位置", AssetComponent.parent),
        Column("module", "Module", "模块", AssetComponent.module),
        Column("name", "Component name", "部件名称", AssetComponent.name),
        Column("part", "Part number", "备件号", AssetComponent.part),
        Column("quantity", "Quantity", "数量", AssetComponent.quantity, WHOLE),
        Column("component_serial", "Component serial number", "部件序列号", AssetComponent.serial),
        Column("lot", "Lot", "批次", AssetComponent.lot),
        Column("fitted_at", "Fitted", "装入时间", AssetComponent.fitted_at, MOMENT),
        Column("removed_at", "Removed", "拆下时间", AssetComponent.removed_at, MOMENT),
        Column("work_order", "Work order", "派工单号", AssetComponent.work_order),
        Column("removed_for", "Removed because", "拆下原因", AssetComponent.removed_for),
        Column("warranty_until", "Warranty until", "保修截止", AssetComponent.warranty_until, DAY),
    ),
    (Asset.serial, AssetComponent.position, AssetComponent.fitted_at, AssetComponent.id),
    (
        matches("serial", Asset.serial),
        equals("part", AssetComponent.part),
        Filter("fitted", lambda _, __, given: AssetComponent.removed_at.is_(None)
               if given[0] == "true" else AssetComponent.removed_at.is_not(None),
               ("true", "false")),
    ),
    _device_of_component,
)  # fmt: skip

METERS = ExportForm(
    "meters", "Meters", "计数器", "assets:read", _meters,
    (
        Column("asset", "Serial number", "序列号", Asset.serial),
        Column("name", "Meter", "计数器名称", AssetMeter.name),
        Column("unit", "Unit", "单位", AssetMeter.unit),
        Column("kind", "Kind of meter", "计数器类型", AssetMeter.kind),
        Column("feeds_usage", "Counts operating hours", "计入运行小时", AssetMeter.feeds_usage,
               YES_NO),
        Column("rollover_at", "Rolls over at", "归零值", AssetMeter.rollover_at, DECIMAL),
        Column("last_value", "Last value", "最近读数", AssetMeter.last_value, DECIMAL,
               taken=False),
        Column("last_read_at", "Last read", "最近读取时间", AssetMeter.last_read_at, MOMENT,
               taken=False),
    ),
    (Asset.serial, AssetMeter.name),
    (matches("serial", Asset.serial),),
    _device_of_meter,
)  # fmt: skip

READINGS = ExportForm(
    "readings", "Meter readings", "计数器读数", "assets:read", _readings,
    (
        Column("asset", "Serial number", "序列号", Asset.serial),
        Column("meter", "Meter", "计数器名称", AssetMeter.name),
        Column("value", "Value", "读数", MeterReading.value, DECIMAL),
        Column("read_at", "Read at", "读取时间", MeterReading.read_at, MOMENT),
        Column("kind", "Kind of reading", "读数类型", MeterReading.kind),
        Column("source", "Source", "来源", MeterReading.source),
        Column("work_order", "Work order", "派工单号", MeterReading.work_order),
        Column("note", "Note", "备注", MeterReading.note),
        Column("total", "Total", "累计值", MeterReading.total, DECIMAL, taken=False),
    ),
    (MeterReading.asset_id, MeterReading.meter_id, MeterReading.read_at, MeterReading.id),
    (
        matches("serial", Asset.serial), matches("meter", AssetMeter.name),
        since("from", MeterReading.read_at), until("until", MeterReading.read_at),
    ),
    _device_of_reading,
)  # fmt: skip

FORMS = (ASSETS, COMPONENTS, METERS, READINGS)
