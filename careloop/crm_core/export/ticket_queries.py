"""Exports of tickets and their histories."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import User
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.export.form import (
    DECIMAL,
    LIST,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Filter,
    Show,
    Statement,
    equals,
    joined_list,
    matches,
    named,
    quantities,
    since,
    until,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import search_queries
from careloop.crm_core.tickets.models import (
    Priority,
    Ticket,
    TicketEvent,
    TicketState,
    TicketType,
)  # fmt: skip
from careloop.kit.actor import Actor


def _with_people(statement: Statement) -> Statement:
    own = (Customer.tenant_id == Ticket.tenant_id) & (Customer.id == Ticket.customer_id)
    caller = (Contact.tenant_id == Ticket.tenant_id) & (Contact.id == Ticket.contact_id)
    agent = (User.tenant_id == Ticket.tenant_id) & (User.id == Ticket.assignee_id)
    joined = statement.outerjoin(Customer, own).outerjoin(Contact, caller)
    return joined.outerjoin(User, agent)


def _words(session: Session, actor: Actor, given: list[str]) -> ColumnElement[bool]:
    return search_queries.everything_matching(session, actor.tenant_id, given[0])


def _found(key: str) -> Column:
    """What a diagnosis says of it, under the header that an import knows."""
    headers = {
        "first_diagnosis": ("First diagnosis", "初步诊断"),
        "true_fault": ("True fault", "实际故障"),
        "component": ("Component", "故障部件"), "symptom": ("Symptom", "症状"),
        "cause": ("Cause", "原因"), "remedy": ("Remedy", "解决措施"),
    }  # fmt: skip
    return Column(key, *headers[key], Ticket.diagnosis, show=named(key))


def _used(diagnosis: Any) -> str:
    parts = (diagnosis or {}).get("parts_used")
    return quantities(parts) if isinstance(parts, dict) else joined_list(parts)


def _hours(diagnosis: Any) -> Decimal | None:
    hours = (diagnosis or {}).get("labour_hours")
    return None if hours is None else Decimal(str(hours))


def _reached(column: Any) -> ColumnElement[str]:
    """The contact's mail address, else phone, else name: what an import finds them by."""
    return func.coalesce(func.nullif(Contact.email, ""), func.nullif(Contact.phone, ""), column)


TICKETS = ExportForm(
    "tickets", "Tickets", "工单", "tickets:read", tickets.visible_to,
    (
        Column("number", "Ticket number", "工单号", Ticket.number),
        Column("type", "Ticket type", "工单类型", Ticket.type),
        Column("customer", "Customer number", "客户编号", Customer.number),
        Column("contact_email", "Contact", "联系人", _reached(Contact.name)),
        Column("asset", "Serial number", "序列号", Ticket.serial),
        Column("model", "Model number", "型号", Ticket.model),
        Column("title", "Title", "标题", Ticket.title),
        Column("description", "Description", "描述", Ticket.description),
        Column("error_codes", "Error codes", "故障代码", Ticket.error_codes, LIST,
               show=joined_list),
        Column("language", "Language", "语言", Ticket.language),
        Column("priority", "Priority", "优先级", Ticket.priority),
        Column("state", "State", "状态", Ticket.state),
        Column("created_at", "Created", "创建时间", Ticket.created_at, MOMENT),
        Column("resolved_at", "Resolved", "解决时间", Ticket.resolved_at, MOMENT),
        Column("closed_at", "Closed", "关闭时间", Ticket.closed_at, MOMENT),
        Column("engineer", "Engineer", "工程师", Ticket.engineer),
        Column("callback_phone", "Callback phone", "回拨电话", Ticket.callback_phone),
        Column("channel", "Channel", "渠道", Ticket.channel),
        *(_found(key) for key in (
            "first_diagnosis", "true_fault", "component", "symptom", "cause", "remedy",
        )),
        Column("parts_used", "Parts used", "使用备件", Ticket.diagnosis, LIST, show=_used),
        Column("visits", "Visits", "上门次数", Ticket.diagnosis, WHOLE, show=named("visits")),
        Column("labour_hours", "Labour hours", "工时", Ticket.diagnosis, DECIMAL, show=_hours),
        Column("contract", "Contract number", "合同号", Ticket.contract),
        Column("tags", "Tags", "标签", Ticket.tags, LIST, show=joined_list),
        Column("parent", "Parent ticket", "上级工单", Ticket.parent),
        Column("merged_into", "Merged into", "合并到", Ticket.merged_into),
        Column("answered_at", "First answered", "首次响应时间", Ticket.answered_at, MOMENT),
        Column("resolution", "Resolution", "处理说明", Ticket.resolution),
        Column("cause_code", "Code of the cause", "原因代码", Ticket.cause),
        Column("component_at_fault", "Component at fault", "责任部件", Ticket.component),
        Column("assignee", "Assignee", "负责人", User.name, taken=False),
        Column("due_kind", "Due promise", "到期承诺", Ticket.due_kind, taken=False),
        Column("due_at", "Due", "到期时间", Ticket.due_at, MOMENT, taken=False),
        Column("due_state", "Due state", "时限状态", Ticket.due_state, taken=False),
        Column("own_type", "Own ticket type", "自定义类型", Ticket.own_type),
    ),
    (Ticket.id,),
    (
        Filter("q", _words),
        equals("state", Ticket.state, tuple(TicketState)),
        equals("priority", Ticket.priority, tuple(Priority)),
        equals("type", Ticket.type, tuple(TicketType)),
        equals("own_type", Ticket.own_type),
        matches("assignee_id", Ticket.assignee_id),
        matches("engineer", Ticket.engineer),
        matches("customer_id", Ticket.customer_id),
        matches("serial", Ticket.serial),
        matches("model", Ticket.model),
        since("created_from", Ticket.created_at),
        until("created_until", Ticket.created_at),
    ),
    _with_people,
    own=Subject.TICKET,
)  # fmt: skip


def _history(actor: Actor) -> Statement:
    """The lines of the tickets that the actor may see; public ones alone for others than staff."""
    seen = tickets.visible_to(actor).with_only_columns(Ticket.id).subquery()
    statement = select(TicketEvent).where(
        TicketEvent.tenant_id == actor.tenant_id, TicketEvent.ticket_id.in_(select(seen.c.id))
    )
    return statement if actor.is_staff else statement.where(TicketEvent.public)


def _with_ticket(statement: Statement) -> Statement:
    own = (Ticket.tenant_id == TicketEvent.tenant_id) & (Ticket.id == TicketEvent.ticket_id)
    return statement.join(Ticket, own)


def _as_json() -> Show:
    return lambda data: json.dumps(data, ensure_ascii=False, sort_keys=True) if data else ""


HISTORY = ExportForm(
    "ticket_history", "Ticket history", "工单历史", "tickets:read", _history,
    (
        Column("number", "Ticket number", "工单号", Ticket.number, taken=False),
        Column("seq", "Line", "序号", TicketEvent.seq, WHOLE, taken=False),
        Column("at", "Time", "时间", TicketEvent.created_at, MOMENT, taken=False),
        Column("kind", "Event", "事件", TicketEvent.kind, taken=False),
        Column("actor", "By", "操作人", TicketEvent.actor, taken=False),
        Column("public", "Shown to the customer", "客户可见", TicketEvent.public, YES_NO,
               taken=False),
        Column("text", "Text", "内容", TicketEvent.text, taken=False),
        Column("data", "Data", "数据", TicketEvent.data, show=_as_json(), taken=False),
    ),
    (TicketEvent.ticket_id, TicketEvent.seq),
    (
        matches("number", Ticket.number),
        since("created_from", TicketEvent.created_at),
        until("created_until", TicketEvent.created_at),
    ),
    _with_ticket,
)  # fmt: skip

FORMS = (TICKETS, HISTORY)
