"""Exports of contracts, of what they cover, and of the clocks of service levels."""

from __future__ import annotations

from sqlalchemy import select

from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.models import ContractAsset, ContractLine, ServiceContract
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.export.form import (
    DAY,
    DECIMAL,
    LIST,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Statement,
    equals,
    joined_list,
    matches,
    since,
    until,
    until_day,
)  # fmt: skip
from careloop.crm_core.sla import queries as sla
from careloop.crm_core.sla.models import SlaClock
from careloop.kit.actor import Actor


def _with_customer(statement: Statement) -> Statement:
    own = (Customer.tenant_id == ServiceContract.tenant_id) & (
        Customer.id == ServiceContract.customer_id
    )
    return statement.join(Customer, own)


def _seen(actor: Actor) -> Statement:
    seen = contracts.visible_to(actor).with_only_columns(ServiceContract.id).subquery()
    return select(seen.c.id)


def _lines(actor: Actor) -> Statement:
    return select(ContractLine).where(
        ContractLine.tenant_id == actor.tenant_id, ContractLine.contract_id.in_(_seen(actor))
    )


def _devices(actor: Actor) -> Statement:
    return select(ContractAsset).where(
        ContractAsset.tenant_id == actor.tenant_id, ContractAsset.contract_id.in_(_seen(actor))
    )


def _contract_of_line(statement: Statement) -> Statement:
    own = (ServiceContract.tenant_id == ContractLine.tenant_id) & (
        ServiceContract.id == ContractLine.contract_id
    )
    return statement.join(ServiceContract, own)


def _contract_of_device(statement: Statement) -> Statement:
    own = (ServiceContract.tenant_id == ContractAsset.tenant_id) & (
        ServiceContract.id == ContractAsset.contract_id
    )
    return statement.join(ServiceContract, own)


CONTRACTS = ExportForm(
    "contracts", "Contracts", "合同", "contracts:read", contracts.visible_to,
    (
        Column("number", "Contract number", "合同号", ServiceContract.number),
        Column("customer", "Customer number", "客户编号", Customer.number),
        Column("plan", "Contract type", "合同类型", ServiceContract.plan),
        Column("starts_on", "Start date", "开始日期", ServiceContract.starts_on, DAY),
        Column("ends_on", "End date", "结束日期", ServiceContract.ends_on, DAY),
        Column("response_hours", "Response hours", "响应小时", ServiceContract.response_hours,
               WHOLE),
        Column("onsite_hours", "On-site hours", "到场小时", ServiceContract.onsite_hours, WHOLE),
        Column("covers", "Covers", "服务内容", ServiceContract.covers),
        Column("signed", "Signed", "已签署", ServiceContract.signed, YES_NO),
        Column("covers_all", "Covers all devices", "覆盖全部设备", ServiceContract.covers_all,
               YES_NO),
        Column("price_amount", "Contract price", "合同金额", ServiceContract.price_amount, DECIMAL),
        Column("price_currency", "Currency", "币种", ServiceContract.price_currency),
        Column("sla_policy", "SLA policy", "时限策略", ServiceContract.sla_policy),
        Column("calendar", "Calendar", "日历", ServiceContract.calendar),
        Column("price_period", "Price per", "计费周期", ServiceContract.price_period),
        Column("terminated_on", "Terminated on", "提前终止日期",
               ServiceContract.terminated_on, DAY),
        Column("renewed_by", "Renewed by", "续签合同号", ServiceContract.renewed_by, taken=False),
    ),
    (ServiceContract.number,),
    (
        matches("customer_id", ServiceContract.customer_id),
        equals("plan", ServiceContract.plan),
        until_day("ends_before", ServiceContract.ends_on),
    ),
    _with_customer,
    own=Subject.CONTRACT,
)  # fmt: skip

COVERAGE = ExportForm(
    "coverage", "Contract coverage", "合同覆盖", "contracts:read", _lines,
    (
        Column("contract", "Contract number", "合同号", ServiceContract.number),
        Column("position", "Line", "行号", ContractLine.position, WHOLE),
        Column("what", "Service", "服务项目", ContractLine.what),
        Column("share", "Share (%)", "承担比例", ContractLine.share, WHOLE),
        Column("parts", "Parts", "备件范围", ContractLine.parts, LIST, show=joined_list),
        Column("visits", "Visits per year", "每年次数", ContractLine.visits, WHOLE),
        Column("limit_amount", "Limit", "金额上限", ContractLine.limit_amount, DECIMAL),
        Column("limit_currency", "Currency", "币种", ContractLine.limit_currency),
        Column("note", "Note", "备注", ContractLine.note),
    ),
    (ServiceContract.number, ContractLine.position, ContractLine.id),
    (matches("contract", ServiceContract.number), equals("what", ContractLine.what)),
    _contract_of_line,
)  # fmt: skip

DEVICES = ExportForm(
    "contract_devices", "Devices on contracts", "合同设备", "contracts:read", _devices,
    (
        Column("contract", "Contract number", "合同号", ServiceContract.number),
        Column("asset", "Serial number", "序列号", ContractAsset.serial),
        Column("from_on", "From", "起始日期", ContractAsset.from_on, DAY),
        Column("until_on", "Until", "截止日期", ContractAsset.until_on, DAY),
    ),
    (ServiceContract.number, ContractAsset.serial),
    (matches("contract", ServiceContract.number), matches("serial", ContractAsset.serial)),
    _contract_of_device,
)  # fmt: skip

CLOCKS = ExportForm(
    "sla_clocks", "SLA clocks", "时限计时", "tickets:read", sla.clocks_visible_to,
    (
        Column("ticket", "Ticket number", "工单号", SlaClock.ticket, taken=False),
        Column("kind", "Promise", "承诺类型", SlaClock.kind, taken=False),
        Column("generation", "Round", "轮次", SlaClock.generation, WHOLE, taken=False),
        Column("policy", "Policy", "时限策略", SlaClock.policy, taken=False),
        Column("contract", "Contract number", "合同号", SlaClock.contract, taken=False),
        Column("calendar", "Calendar", "日历", SlaClock.calendar, taken=False),
        Column("target_minutes", "Target minutes", "目标分钟", SlaClock.target_minutes, WHOLE,
               taken=False),
        Column("state", "State", "状态", SlaClock.state, taken=False),
        Column("started_at", "Started", "开始时间", SlaClock.started_at, MOMENT, taken=False),
        Column("due_at", "Due", "截止时间", SlaClock.due_at, MOMENT, taken=False),
        Column("met_at", "Met", "达成时间", SlaClock.met_at, MOMENT, taken=False),
        Column("warned_at", "Warned", "预警时间", SlaClock.warned_at, MOMENT, taken=False),
        Column("breached_at", "Breached", "超时时间", SlaClock.breached_at, MOMENT, taken=False),
        Column("stopped_at", "Stopped", "停止时间", SlaClock.stopped_at, MOMENT, taken=False),
        Column("stop_reason", "Stopped because", "停止原因", SlaClock.stop_reason, taken=False),
    ),
    (SlaClock.ticket, SlaClock.kind, SlaClock.generation, SlaClock.id),
    (
        equals("state", SlaClock.state), equals("kind", SlaClock.kind),
        matches("contract", SlaClock.contract), matches("policy", SlaClock.policy),
        since("due_from", SlaClock.due_at), until("due_until", SlaClock.due_at),
    ),
)  # fmt: skip

FORMS = (CONTRACTS, COVERAGE, DEVICES, CLOCKS)
