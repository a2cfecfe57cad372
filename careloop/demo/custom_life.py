"""The demo company's own fields, a form, a type of ticket and rules, with values on file."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.custom import holding
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom import service as fields
from careloop.crm_core.custom.models import Customised, Subject
from careloop.crm_core.custom.schemas import AddField, SetForm, SetTicketType
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.rules import service as rules
from careloop.crm_core.rules.schemas import CreateRule
from careloop.crm_core.tickets import list_queries
from careloop.kit.actor import Actor
from careloop.kit.db import now

DEVICES, TICKETS = 120, 150
Facts = dict[str, Any]


def _option(code: str, zh: str, en: str) -> Facts:
    return {"id": code, "label": {"zh": zh, "en": en}}


_LEVELS = [
    _option("bsl1", "一级", "Level 1"), _option("bsl2", "二级", "Level 2"),
    _option("bsl3", "三级", "Level 3"),
]  # fmt: skip
FIELDS: tuple[Facts, ...] = (
    {"object": "ticket", "key": "lab_room", "type": "text", "searchable": True,
     "public": True, "max_chars": 60, "label": {"zh": "实验室房间", "en": "Lab room"},
     "help": {"zh": "例如 A 楼 305 室", "en": "For instance building A, room 305"}},
    {"object": "ticket", "key": "biosafety", "type": "choice", "public": True, "options": _LEVELS,
     "label": {"zh": "生物安全等级", "en": "Biosafety level"}},
    {"object": "ticket", "key": "decontaminated", "type": "boolean", "public": True,
     "label": {"zh": "设备已去污", "en": "Device decontaminated"}},
    {"object": "ticket", "key": "samples_waiting", "type": "number", "low": 0, "high": 10_000,
     "label": {"zh": "待测样本数", "en": "Samples waiting"}},
    {"object": "customer", "key": "lab_kind", "type": "choice", "in_list": True,
     "label": {"zh": "实验室类型", "en": "Kind of laboratory"},
     "options": [_option("clinical", "临床检验", "Clinical"),
                 _option("research", "科研", "Research"),
                 _option("cdc", "疾控", "Disease control"),
                 _option("industry", "企业", "Industry")]},
    {"object": "asset", "key": "software_licence", "type": "text", "pattern": "YP-9999-AAAA",
     "in_list": True, "label": {"zh": "软件许可证", "en": "Software licence"}},
    {"object": "asset", "key": "licence_ends", "type": "date",
     "label": {"zh": "许可证到期", "en": "Licence until"}},
    {"object": "work_order", "key": "escort", "type": "text",
     "label": {"zh": "现场陪同人", "en": "Escort on site"}},
)  # fmt: skip
FORM: Facts = {
    "ticket_type": "incident",
    "sections": [
        {"title": {"zh": "现场", "en": "On site"}, "fields": [
            {"field": "lab_room"}, {"field": "biosafety"},
            {"field": "decontaminated", "required_in": [],
             "shown_when": {"field": "biosafety", "values": ["bsl2", "bsl3"]}},
        ]},
        {"title": {"zh": "影响", "en": "Effect"}, "fields": [{"field": "samples_waiting"}]},
    ],
}  # fmt: skip
CALIBRATION: Facts = {
    "code": "calibration", "base": "maintenance", "priority": "normal", "position": 1,
    "label": {"zh": "校准", "en": "Calibration"},
}  # fmt: skip
RULES: tuple[Facts, ...] = (
    {"name": "三级实验室优先处理", "active": True,
     "note": "生物安全三级实验室停机影响大，优先并提醒准备防护。",
     "when": {"trigger": "ticket.opened"},
     "if": {"all": [{"field": "ticket.custom.biosafety", "op": "is", "value": "bsl3"},
                    {"field": "ticket.priority", "op": "in", "value": ["low", "normal"]}]},
     "then": [{"do": "set_priority", "priority": "high"}, {"do": "tag", "add": ["bsl3"]},
              {"do": "comment", "text": "三级实验室：上门前确认设备已去污，房间 "
               "{{ticket.custom.lab_room}}。"}]},
    {"name": "即将超时提醒经理", "active": True, "note": "",
     "when": {"trigger": "sla.warned"},
     "if": {"any": [{"field": "customer.tier", "op": "is", "value": "vip"},
                    {"field": "ticket.priority", "op": "is", "value": "critical"}]},
     "then": [{"do": "notify", "role": "manager", "assignee": True, "severity": "warning",
               "text": "{{ticket.number}} {{customer.name}}：{{event.promise}} 即将超时"}]},
    {"name": "客户低分安排回访", "active": True, "note": "",
     "when": {"trigger": "feedback.low"}, "if": {"all": []},
     "then": [{"do": "call_back", "minutes": 240,
               "reason": "客户评分 {{event.csat}}：{{ticket.title}}"},
              {"do": "tag", "add": ["回访"]}]},
)  # fmt: skip


def enact(session: Session, actor: Actor) -> None:
    """Fields, a form, a type and rules; and values on devices, customers and tickets."""
    for one in FIELDS:
        fields.add_field(session, actor, AddField.model_validate(one))
    fields.set_form(session, actor, SetForm.model_validate(FORM))
    fields.set_ticket_type(session, actor, SetTicketType.model_validate(CALIBRATION))
    rng = random.Random(2305)
    _fill(session, actor, Subject.CUSTOMER, customers.customers(session, actor, limit=200), [
        {"lab_kind": rng.choice(("clinical", "clinical", "research", "cdc", "industry"))}
        for _ in range(200)
    ])  # fmt: skip
    year = now(session).year
    found = assets.assets(session, actor, limit=DEVICES)
    _fill(session, actor, Subject.ASSET, found, [
        {"software_licence": f"YP-{rng.randint(1000, 9999)}-"
         f"{''.join(rng.choice('ABCDEFGHKLMNPRSTUVWX') for _ in range(4))}",
         "licence_ends": f"{year + rng.randint(0, 2)}-{rng.randint(1, 12):02d}-28"}
        for _ in found
    ])  # fmt: skip
    tickets, _ = list_queries.page(
        session, actor, list_queries.TicketFilter(types=["incident"]), "newest", None, TICKETS
    )
    _fill(session, actor, Subject.TICKET, tickets, [_of_ticket(rng) for _ in tickets])
    for rule in RULES:
        rules.create_rule(session, actor, CreateRule.model_validate(rule))


def _of_ticket(rng: random.Random) -> Facts:
    level = rng.choice(("bsl1", "bsl1", "bsl2", "bsl2", "bsl3"))
    found: Facts = {
        "lab_room": f"{rng.choice('ABC')} 楼 {rng.randint(1, 8)}{rng.randint(1, 24):02d} 室",
        "biosafety": level, "samples_waiting": rng.choice((0, 0, 12, 24, 48, 96, 384)),
    }  # fmt: skip
    if level != "bsl1":
        found["decontaminated"] = rng.random() < 0.7
    return found


def _fill(
    session: Session, actor: Actor, subject: Subject, rows: list[Any], values: list[Facts]
) -> None:
    """Put values on rows of the past: no history line, for they came with the import."""
    known = custom.by_key(session, actor.tenant_id, subject)
    told: list[tuple[str, Facts]] = []
    for row, given in zip(rows, values, strict=False):
        assert isinstance(row, Customised)
        row.custom = {**(row.custom or {}), **given}
        told.append((row.id, given))
    session.flush()
    holding.file_many(session, actor.tenant_id, subject, known, told)
