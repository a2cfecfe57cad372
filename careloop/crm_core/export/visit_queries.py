"""Exports of visits: the work orders, their labour, the parts used, what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sqlalchemy import ColumnElement, String, cast, func, literal, select

from careloop.crm_core.custom.models import Subject
from careloop.crm_core.export.form import (
    DECIMAL,
    LIST,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Filter,
    Statement,
    equals,
    matches,
    quantities,
    since,
    until,
)  # fmt: skip
from careloop.crm_core.workorders import queries as workorders
from careloop.crm_core.workorders.models import (
    Result,
    VisitLabour,
    VisitPart,
    VisitReading,
    VisitState,
    WorkOrder,
)  # fmt: skip
from careloop.kit.actor import Actor

_FILTERS: tuple[Filter, ...] = (
    matches("work_order", WorkOrder.number), matches("ticket", WorkOrder.ticket),
    matches("engineer", WorkOrder.engineer), matches("serial", WorkOrder.serial),
    since("from", WorkOrder.window_from), until("until", WorkOrder.window_from),
)  # fmt: skip


_Facts = tuple[Callable[[Actor], Statement], Callable[[Statement], Statement]]


def _facts(model: type[VisitLabour | VisitPart | VisitReading]) -> _Facts:
    """What is seen of a kind of fact, and how it is joined with its visit."""

    def visible(actor: Actor) -> Statement:
        seen = workorders.visible_to(actor).with_only_columns(WorkOrder.id).subquery()
        return select(model).where(
            model.tenant_id == actor.tenant_id, model.work_order_id.in_(select(seen.c.id))
        )

    def joined(statement: Statement) -> Statement:
        own = (WorkOrder.tenant_id == model.tenant_id) & (WorkOrder.id == model.work_order_id)
        return statement.join(WorkOrder, own)

    return visible, joined


def _minutes_worked() -> ColumnElement[int]:
    """Minutes of work on a visit, waiting and travel not counted."""
    statement = select(func.sum(VisitLabour.minutes)).where(
        VisitLabour.tenant_id == WorkOrder.tenant_id,
        VisitLabour.work_order_id == WorkOrder.id,
        VisitLabour.kind == "work",
    )
    return statement.correlate(WorkOrder).scalar_subquery()


def _parts_fitted() -> ColumnElement[str]:
    """The parts used on a visit, a line for each."""
    line = VisitPart.part + literal(":") + cast(VisitPart.quantity, String)
    statement = select(func.aggregate_strings(line, "\n")).where(
        VisitPart.tenant_id == WorkOrder.tenant_id, VisitPart.work_order_id == WorkOrder.id
    )
    return statement.correlate(WorkOrder).scalar_subquery()


def _summed(lines: str | None) -> str:
    """Pieces of each part, by its number."""
    found: Counter[str] = Counter()
    for line in (lines or "").splitlines():
        part, _, pieces = line.rpartition(":")
        found[part] += int(pieces)
    return quantities(dict(sorted(found.items())))


WORK_ORDERS = ExportForm(
    "visits", "Visits", "派工单", "tickets:read", workorders.visible_to,
    (
        Column("number", "Work order", "派工单号", WorkOrder.number),
        Column("ticket", "Ticket number", "工单号", WorkOrder.ticket),
        Column("visit", "Which visit", "第几次上门", WorkOrder.visit, WHOLE),
        Column("state", "State", "状态", WorkOrder.state),
        Column("asset", "Serial number", "序列号", WorkOrder.serial),
        Column("engineer", "Engineer", "工程师", WorkOrder.engineer),
        Column("purpose", "Purpose", "上门目的", WorkOrder.purpose),
        Column("site", "Site", "地点", WorkOrder.site),
        Column("window_from", "Window from", "预约开始", WorkOrder.window_from, MOMENT),
        Column("window_until", "Window until", "预约结束", WorkOrder.window_until, MOMENT),
        Column("time_zone", "Time zone", "时区", WorkOrder.time_zone),
        Column("confirmed_at", "Confirmed", "确认时间", WorkOrder.confirmed_at, MOMENT),
        Column("departed_at", "Departed", "出发时间", WorkOrder.departed_at, MOMENT),
        Column("arrived_at", "Arrived", "到场时间", WorkOrder.arrived_at, MOMENT),
        Column("finished_at", "Finished", "完成时间", WorkOrder.finished_at, MOMENT),
        Column("travel_minutes", "Travel minutes", "路途分钟", WorkOrder.travel_minutes, WHOLE),
        Column("travel_km", "Travel km", "路途公里", WorkOrder.travel_km, DECIMAL),
        Column("labour_minutes", "Labour minutes", "工时分钟", _minutes_worked(), WHOLE),
        Column("parts", "Parts used", "使用备件", _parts_fitted(), LIST, show=_summed),
        Column("result", "Result", "结果", WorkOrder.result),
        Column("repeat_reason", "Reason for a repeat visit", "再次上门原因",
               WorkOrder.repeat_reason),
        Column("report", "Report", "服务报告", WorkOrder.report),
        Column("reason", "Reason", "取消原因", WorkOrder.reason),
        Column("signed", "Signatures", "签字次数", WorkOrder.revision, WHOLE, taken=False),
    ),
    (WorkOrder.number, WorkOrder.id),
    (
        *_FILTERS, equals("state", WorkOrder.state, tuple(VisitState)),
        equals("result", WorkOrder.result, tuple(Result)),
    ),
    own=Subject.WORK_ORDER,
)  # fmt: skip

_SEEN, _WITH_VISIT = _facts(VisitLabour)
LABOUR = ExportForm(
    "labour", "Labour", "工时记录", "tickets:read", _SEEN,
    (
        Column("work_order", "Work order", "派工单号", WorkOrder.number),
        Column("ticket", "Ticket number", "工单号", WorkOrder.ticket, taken=False),
        Column("engineer", "Engineer", "工程师", WorkOrder.engineer, taken=False),
        Column("at", "Time", "时间", VisitLabour.happened_at, MOMENT),
        Column("kind", "Kind", "类型", VisitLabour.kind),
        Column("minutes", "Minutes", "分钟", VisitLabour.minutes, WHOLE),
        Column("note", "Note", "备注", VisitLabour.note),
        Column("by", "By", "记录人", VisitLabour.actor),
    ),
    (WorkOrder.number, VisitLabour.id), _FILTERS, _WITH_VISIT,
)  # fmt: skip

_SEEN, _WITH_VISIT = _facts(VisitPart)
PARTS_USED = ExportForm(
    "parts_used", "Parts used", "备件消耗", "tickets:read", _SEEN,
    (
        Column("work_order", "Work order", "派工单号", WorkOrder.number),
        Column("ticket", "Ticket number", "工单号", WorkOrder.ticket, taken=False),
        Column("asset", "Serial number", "序列号", WorkOrder.serial, taken=False),
        Column("at", "Time", "时间", VisitPart.happened_at, MOMENT),
        Column("part", "Part number", "备件号", VisitPart.part),
        Column("quantity", "Quantity", "数量", VisitPart.quantity, WHOLE),
        Column("location", "Taken from", "出库地点", VisitPart.location),
        Column("lot", "Lot", "批次", VisitPart.lot),
        Column("serial_out", "Serial out", "拆下序列号", VisitPart.serial_out),
        Column("serial_in", "Serial in", "装上序列号", VisitPart.serial_in),
        Column("covered", "Covered", "已覆盖", VisitPart.covered, YES_NO),
        Column("covered_by", "Covered by", "覆盖来源", VisitPart.covered_by),
        Column("price_amount", "Price", "价格", VisitPart.price_amount, DECIMAL),
        Column("price_currency", "Currency", "币种", VisitPart.price_currency),
        Column("discrepancy", "Missing in the books", "账面缺数", VisitPart.discrepancy, WHOLE),
    ),
    (WorkOrder.number, VisitPart.id), (*_FILTERS, equals("part", VisitPart.part)), _WITH_VISIT,
)  # fmt: skip

_SEEN, _WITH_VISIT = _facts(VisitReading)
MEASURED = ExportForm(
    "visit_readings", "Readings on visits", "上门测量", "tickets:read", _SEEN,
    (
        Column("work_order", "Work order", "派工单号", WorkOrder.number, taken=False),
        Column("asset", "Serial number", "序列号", WorkOrder.serial, taken=False),
        Column("at", "Time", "时间", VisitReading.happened_at, MOMENT, taken=False),
        Column("name", "Measured", "测量项", VisitReading.name, taken=False),
        Column("value", "Value", "数值", VisitReading.value, DECIMAL, taken=False),
        Column("unit", "Unit", "单位", VisitReading.unit, taken=False),
        Column("low", "Lower limit", "下限", VisitReading.low, DECIMAL, taken=False),
        Column("high", "Upper limit", "上限", VisitReading.high, DECIMAL, taken=False),
        Column("ok", "Within limits", "合格", VisitReading.ok, YES_NO, taken=False),
    ),
    (WorkOrder.number, VisitReading.id), _FILTERS, _WITH_VISIT,
)  # fmt: skip

FORMS = (WORK_ORDERS, LABOUR, PARTS_USED, MEASURED)
