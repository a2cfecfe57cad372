"""The catalogue as editors of rules read it: the words, with the maker's own fields and types."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.rules.catalogue_views import (
    ActionView,
    ChoiceView,
    FactView,
    OperatorView,
    RuleCatalog,
    TriggerView,
)  # fmt: skip
from careloop.crm_core.rules.checking import MAX_HEIGHT, Checker
from careloop.crm_core.rules.facts_queries import KINDS, own_fields
from careloop.crm_core.rules.schemas import MAX_ACTIONS
from careloop.crm_core.rules.vocabulary import ACTIONS, DATE, FACTS, OPERATORS, TRIGGERS

_OF = {
    Subject.CUSTOMER: ("Customer: ", "客户："), Subject.CONTACT: ("Contact: ", "联系人："),
    Subject.ASSET: ("Device: ", "设备："), Subject.CONTRACT: ("Contract: ", "合同："),
    Subject.WORK_ORDER: ("Visit: ", "上门："),
}  # fmt: skip


def checker(session: Session, tenant_id: str) -> Checker:
    """What checks a rule of this maker."""
    return Checker(own_fields(session, tenant_id), custom.types(session, tenant_id))


def catalogue(session: Session, tenant_id: str) -> RuleCatalog:
    """Triggers, fields with their kinds, operators by kind, actions."""
    own = own_fields(session, tenant_id)
    types = custom.types(session, tenant_id)
    shipped = [
        FactView(
            name=fact.name, kind=fact.kind, label={"en": fact.en, "zh": fact.zh},
            options=[ChoiceView(value=v, label={"en": en, "zh": zh}) for v, en, zh in fact.options]
            if fact.name != "ticket.own_type"
            else [ChoiceView(value=one.code, label=one.label) for one in types],
            settable=fact.settable, timed=fact.timed,
        )
        for fact in FACTS
    ]  # fmt: skip
    return RuleCatalog(
        triggers=[
            TriggerView(
                code=one.code, label={"en": one.en, "zh": one.zh}, subject=one.subject,
                fields=list(one.knows),
            )
            for one in TRIGGERS
        ],
        fields=[*shipped, *(_own(name, field) for name, field in own.items())],
        operators={
            kind: [
                OperatorView(op=op, label={"en": en, "zh": zh}, needs=needs)
                for op, en, zh, needs in operators
            ]
            for kind, operators in OPERATORS.items()
        },
        actions=[
            ActionView(do=do, label={"en": en, "zh": zh}, needs_ticket=needs)
            for do, en, zh, needs in ACTIONS
        ],
        max_depth=MAX_HEIGHT, max_actions=MAX_ACTIONS,
    )  # fmt: skip


def _own(name: str, field: FieldView) -> FactView:
    en, zh = _OF.get(field.object, ("", ""))
    before = {"zh": zh}
    label = {code: f"{before.get(code, en)}{text}" for code, text in field.label.items()}
    mine = field.object is Subject.TICKET
    return FactView(
        name=name, kind=KINDS[field.type], label=label, settable=mine,
        timed=mine and KINDS[field.type] == DATE,
        options=[ChoiceView(value=one.id, label=one.label) for one in field.options],
    )  # fmt: skip
