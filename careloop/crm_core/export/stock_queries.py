"""Exports of stock: locations, balances, moves, reservations and requests."""

from __future__ import annotations

from sqlalchemy import false, func, select
from sqlalchemy.orm import aliased

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.export.form import (
    DAY,
    DECIMAL,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Statement,
    equals,
    matches,
    since,
    until,
)  # fmt: skip
from careloop.crm_core.inventory import queries as inventory
from careloop.crm_core.inventory.document_models import (
    RequestState,
    ReservationState,
    StockRequest,
    StockRequestLine,
    StockReservation,
)  # fmt: skip
from careloop.crm_core.inventory.models import (
    LEVELS,
    StockBalance,
    StockLocation,
    StockLot,
    StockMove,
    StockSerial,
)  # fmt: skip
from careloop.kit.actor import Actor

_From, _To = aliased(StockLocation), aliased(StockLocation)
_Source = aliased(StockLocation)


def _good(actor: Actor) -> Statement:
    """Good pieces; all lots of a part at a location are one row, as an import counts them."""
    return inventory.visible_to(actor).where(StockBalance.condition == "good")


def _held(actor: Actor) -> Statement:
    """Balances that say something: pieces, a reservation, a level or a shelf."""
    row = StockBalance
    return inventory.visible_to(actor).where(
        (row.on_hand > 0) | (row.reserved > 0) | row.minimum.is_not(None)
        | row.maximum.is_not(None) | (row.bin != "")
    )  # fmt: skip


def _pieces(actor: Actor) -> Statement:
    """Pieces with a serial number that lie at a location of ours."""
    statement = select(StockSerial).where(
        StockSerial.tenant_id == actor.tenant_id, StockSerial.location_id.is_not(None)
    )
    return statement if actor.may("stock:read") else statement.where(false())


def _moves(actor: Actor) -> Statement:
    statement = select(StockMove).where(StockMove.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def _reservations(actor: Actor) -> Statement:
    statement = select(StockReservation).where(StockReservation.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def _request_lines(actor: Actor) -> Statement:
    statement = select(StockRequestLine).where(StockRequestLine.tenant_id == actor.tenant_id)
    return statement if actor.may("stock:read") else statement.where(false())


def _balance_names(statement: Statement) -> Statement:
    place = (StockLocation.tenant_id == StockBalance.tenant_id) & (
        StockLocation.id == StockBalance.location_id
    )
    part = (Part.tenant_id == StockBalance.tenant_id) & (Part.id == StockBalance.part_id)
    return statement.join(StockLocation, place).join(Part, part)


def _balance_names_and_lots(statement: Statement) -> Statement:
    lot = (
        (StockLot.tenant_id == StockBalance.tenant_id)
        & (StockLot.part_id == StockBalance.part_id)
        & (StockLot.lot == StockBalance.lot)
    )
    return _balance_names(statement).outerjoin(StockLot, lot)


def _piece_names(statement: Statement) -> Statement:
    place = (StockLocation.tenant_id == StockSerial.tenant_id) & (
        StockLocation.id == StockSerial.location_id
    )
    part = (Part.tenant_id == StockSerial.tenant_id) & (Part.id == StockSerial.part_id)
    return statement.join(StockLocation, place).join(Part, part)


def _by_place_and_part(statement: Statement) -> Statement:
    return _balance_names(statement).group_by(StockLocation.code, StockLocation.level, Part.number)


def _move_names(statement: Statement) -> Statement:
    part = (Part.tenant_id == StockMove.tenant_id) & (Part.id == StockMove.part_id)
    start = (_From.tenant_id == StockMove.tenant_id) & (_From.id == StockMove.from_id)
    end = (_To.tenant_id == StockMove.tenant_id) & (_To.id == StockMove.to_id)
    return statement.join(Part, part).outerjoin(_From, start).outerjoin(_To, end)


def _reservation_names(statement: Statement) -> Statement:
    place = (StockLocation.tenant_id == StockReservation.tenant_id) & (
        StockLocation.id == StockReservation.location_id
    )
    part = (Part.tenant_id == StockReservation.tenant_id) & (Part.id == StockReservation.part_id)
    return statement.join(StockLocation, place).join(Part, part)


def _request_names(statement: Statement) -> Statement:
    head = (StockRequest.tenant_id == StockRequestLine.tenant_id) & (
        StockRequest.id == StockRequestLine.request_id
    )
    part = (Part.tenant_id == StockRequestLine.tenant_id) & (Part.id == StockRequestLine.part_id)
    place = (StockLocation.tenant_id == StockRequest.tenant_id) & (
        StockLocation.id == StockRequest.location_id
    )
    source = (_Source.tenant_id == StockRequest.tenant_id) & (_Source.id == StockRequest.source_id)
    return (
        statement.join(StockRequest, head).join(Part, part).join(StockLocation, place)
        .outerjoin(_Source, source)
    )  # fmt: skip


LOCATIONS = ExportForm(
    "locations", "Stock locations", "库位", "stock:read", inventory.locations_visible_to,
    (
        Column("code", "Location code", "仓库编号", StockLocation.code),
        Column("level", "Location level", "层级", StockLocation.level),
        Column("name", "Location name", "仓库名称", StockLocation.name),
        Column("parent", "Parent location", "上级仓库", StockLocation.parent_code),
        Column("engineer", "Engineer", "工程师", StockLocation.engineer),
        Column("active", "In use", "启用", StockLocation.active, YES_NO),
    ),
    (StockLocation.code,),
    (equals("level", StockLocation.level, LEVELS),),
)  # fmt: skip

STOCK = ExportForm(
    "stock", "Stock", "库存", "stock:read", _good,
    (
        Column("location", "Warehouse", "仓库", StockLocation.code),
        Column("level", "Location level", "层级", StockLocation.level),
        Column("part", "Part number", "备件号", Part.number),
        Column("quantity", "Quantity", "数量", func.sum(StockBalance.on_hand), WHOLE),
        Column("min", "Minimum", "最小库存", func.max(StockBalance.minimum), WHOLE),
        Column("max", "Maximum", "最大库存", func.max(StockBalance.maximum), WHOLE),
        Column("reserved", "Reserved", "已预留", func.sum(StockBalance.reserved), WHOLE,
               taken=False),
    ),
    (StockLocation.code, Part.number),
    (
        matches("location", StockLocation.code), matches("part", Part.number),
        equals("level", StockLocation.level, LEVELS),
    ),
    _by_place_and_part,
)  # fmt: skip

BALANCES = ExportForm(
    "stock_balances", "Stock by lot", "批次库存", "stock:read", _held,
    (
        Column("location", "Warehouse", "仓库", StockLocation.code),
        Column("level", "Location level", "层级", StockLocation.level),
        Column("part", "Part number", "备件号", Part.number),
        Column("quantity", "Quantity", "数量", StockBalance.on_hand, WHOLE),
        Column("min", "Minimum", "最小库存", StockBalance.minimum, WHOLE),
        Column("max", "Maximum", "最大库存", StockBalance.maximum, WHOLE),
        Column("lot", "Lot", "批次", StockBalance.lot),
        Column("condition", "Condition", "品况", StockBalance.condition),
        Column("bin", "Shelf", "货位", StockBalance.bin),
        Column("expires_on", "Use by", "有效期至", StockLot.expires_on, DAY),
        Column("reserved", "Reserved", "已预留", StockBalance.reserved, WHOLE, taken=False),
    ),
    (StockLocation.code, Part.number, StockBalance.lot, StockBalance.condition),
    (
        matches("location", StockLocation.code), matches("part", Part.number),
        equals("level", StockLocation.level, LEVELS),
        equals("condition", StockBalance.condition, ("good", "defective")),
    ),
    _balance_names_and_lots,
)  # fmt: skip

SERIALS = ExportForm(
    "stock_serials", "Serial numbers in stock", "库存序列号", "stock:read", _pieces,
    (
        Column("location", "Warehouse", "仓库", StockLocation.code),
        Column("part", "Part number", "备件号", Part.number),
        Column("serial", "Serial number", "序列号", StockSerial.serial),
        Column("lot", "Lot", "批次", StockSerial.lot),
        Column("condition", "Condition", "品况", StockSerial.condition),
    ),
    (StockLocation.code, Part.number, StockSerial.serial),
    (
        matches("location", StockLocation.code), matches("part", Part.number),
        matches("serial", StockSerial.serial),
    ),
    _piece_names,
)  # fmt: skip

MOVES = ExportForm(
    "stock_moves", "Stock moves", "库存流水", "stock:read", _moves,
    (
        Column("recorded_at", "Recorded", "记账时间", StockMove.recorded_at, MOMENT, taken=False),
        Column("happened_at", "Happened", "发生时间", StockMove.happened_at, MOMENT, taken=False),
        Column("kind", "Kind", "类型", StockMove.kind, taken=False),
        Column("part", "Part number", "备件号", Part.number, taken=False),
        Column("quantity", "Quantity", "数量", StockMove.quantity, WHOLE, taken=False),
        Column("from", "From", "来源仓库", _From.code, taken=False),
        Column("from_account", "From account", "来源科目", StockMove.from_account, taken=False),
        Column("to", "To", "去向仓库", _To.code, taken=False),
        Column("to_account", "To account", "去向科目", StockMove.to_account, taken=False),
        Column("lot", "Lot", "批次", StockMove.lot, taken=False),
        Column("serial", "Serial number", "序列号", StockMove.serial, taken=False),
        Column("condition", "Condition", "品况", StockMove.condition, taken=False),
        Column("reference_type", "Reference type", "单据类型", StockMove.reference_type,
               taken=False),
        Column("reference", "Reference", "单据号", StockMove.reference, taken=False),
        Column("ticket", "Ticket number", "工单号", StockMove.ticket, taken=False),
        Column("work_order", "Work order", "派工单号", StockMove.work_order, taken=False),
        Column("asset", "Device", "设备", StockMove.asset, taken=False),
        Column("unit_cost_amount", "Unit cost", "单位成本", StockMove.unit_cost_amount, DECIMAL,
               taken=False),
        Column("unit_cost_currency", "Currency", "币种", StockMove.unit_cost_currency,
               taken=False),
        Column("reason", "Reason", "原因", StockMove.reason, taken=False),
        Column("actor", "By", "操作人", StockMove.actor, taken=False),
        Column("id", "Move", "流水号", StockMove.id, taken=False),
        Column("reverses", "Reverses", "冲销流水号", StockMove.reverses_id, taken=False),
    ),
    (StockMove.id,),
    (
        equals("kind", StockMove.kind), matches("part", Part.number),
        matches("ticket", StockMove.ticket), matches("work_order", StockMove.work_order),
        matches("reference", StockMove.reference),
        since("from", StockMove.recorded_at), until("until", StockMove.recorded_at),
    ),
    _move_names,
)  # fmt: skip

RESERVATIONS = ExportForm(
    "reservations", "Reservations", "预留", "stock:read", _reservations,
    (
        Column("id", "Reservation", "预留号", StockReservation.id, taken=False),
        Column("location", "Warehouse", "仓库", StockLocation.code, taken=False),
        Column("part", "Part number", "备件号", Part.number, taken=False),
        Column("lot", "Lot", "批次", StockReservation.lot, taken=False),
        Column("serial", "Serial number", "序列号", StockReservation.serial, taken=False),
        Column("quantity", "Quantity", "数量", StockReservation.quantity, WHOLE, taken=False),
        Column("consumed", "Consumed", "已用数量", StockReservation.consumed, WHOLE, taken=False),
        Column("state", "State", "状态", StockReservation.state, taken=False),
        Column("purpose_type", "Purpose", "用途", StockReservation.purpose_type, taken=False),
        Column("purpose_number", "For number", "用途单号", StockReservation.purpose_number,
               taken=False),
        Column("due_at", "Due", "有效期至", StockReservation.due_at, MOMENT, taken=False),
        Column("made_by", "By", "操作人", StockReservation.made_by_name, taken=False),
        Column("created_at", "Created", "创建时间", StockReservation.created_at, MOMENT,
               taken=False),
    ),
    (StockReservation.id,),
    (
        equals("state", StockReservation.state, tuple(ReservationState)),
        matches("location", StockLocation.code), matches("part", Part.number),
    ),
    _reservation_names,
)  # fmt: skip

REQUESTS = ExportForm(
    "stock_requests", "Part requests", "备件申请", "stock:read", _request_lines,
    (
        Column("number", "Request", "申请单号", StockRequest.number, taken=False),
        Column("location", "For location", "申请仓库", StockLocation.code, taken=False),
        Column("source", "From location", "供货仓库", _Source.code, taken=False),
        Column("state", "State", "状态", StockRequest.state, taken=False),
        Column("part", "Part number", "备件号", Part.number, taken=False),
        Column("quantity", "Quantity", "数量", StockRequestLine.quantity, WHOLE, taken=False),
        Column("fulfilled", "Fulfilled", "已发数量", StockRequestLine.fulfilled, WHOLE,
               taken=False),
        Column("purpose_type", "Purpose", "用途", StockRequest.purpose_type, taken=False),
        Column("purpose_number", "For number", "用途单号", StockRequest.purpose_number,
               taken=False),
        Column("needed_by", "Needed by", "需求日期", StockRequest.needed_by, DAY, taken=False),
        Column("note", "Note", "备注", StockRequest.note, taken=False),
        Column("made_by", "By", "申请人", StockRequest.made_by_name, taken=False),
        Column("created_at", "Created", "创建时间", StockRequest.created_at, MOMENT, taken=False),
    ),
    (StockRequest.number, StockRequestLine.id),
    (
        equals("state", StockRequest.state, tuple(RequestState)),
        matches("location", StockLocation.code), matches("part", Part.number),
    ),
    _request_names,
)  # fmt: skip

FORMS = (LOCATIONS, STOCK, BALANCES, SERIALS, MOVES, RESERVATIONS, REQUESTS)
