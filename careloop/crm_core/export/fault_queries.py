"""Exports of the fault library, its evidence, and what customers said."""

from __future__ import annotations

from sqlalchemy import Select
from sqlalchemy.orm.attributes import InstrumentedAttribute

from careloop.crm_core.export.form import (
    LIST,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Filter,
    Statement,
    contains,
    equals,
    joined_list,
    matches,
    quantities,
    since,
    until,
)  # fmt: skip
from careloop.crm_core.faults import finding_queries, queries
from careloop.crm_core.faults.models import Fault, FaultFinding, FaultState, Outcome
from careloop.crm_core.feedback import queries as feedback
from careloop.crm_core.feedback.models import SurveyAnswer
from careloop.crm_core.feedback.policy import NEGATIVE
from careloop.kit.actor import Actor

_SLOTS = (
    ("component", "Component", "故障部件"), ("symptom", "Symptom", "故障现象"),
    ("cause", "Cause", "故障原因"), ("remedy", "Remedy", "处理方法"),
)  # fmt: skip
Table = type[Fault] | type[FaultFinding]


def _slots(table: Table, taken: bool) -> tuple[Column, ...]:
    def source(name: str) -> InstrumentedAttribute[str]:
        found: InstrumentedAttribute[str] = getattr(table, name)
        return found

    columns: list[Column] = []
    for name, en, zh in _SLOTS:
        columns += [
            Column(name, en, zh, source(f"{name}_text"), taken=taken),
            Column(f"{name}_concept", f"{en} concept", f"{zh}概念", source(name), taken=taken),
            Column(
                f"{name}_language", f"{en} language", f"{zh}语言", source(f"{name}_lang"),
                taken=taken,
            ),
        ]  # fmt: skip
    return tuple(columns)


def _with_fault(statement: Statement) -> Statement:
    own = (Fault.tenant_id == FaultFinding.tenant_id) & (Fault.id == FaultFinding.fault_id)
    return statement.join(Fault, own)


def _standing(actor: Actor) -> Select[Fault]:
    """What was merged into another is a part of that one, and told by it."""
    return queries.visible_to(actor).where(Fault.state != FaultState.MERGED)


FAULTS = ExportForm(
    "faults", "Faults", "故障库", "knowledge:read", _standing,
    (
        Column("number", "Fault number", "故障编号", Fault.number),
        Column("state", "State", "状态", Fault.state),
        *_slots(Fault, taken=True),
        Column("models", "Models", "适用型号范围", Fault.models, LIST, joined_list),
        Column("error_codes", "Error codes", "报警代码", Fault.error_codes, LIST, joined_list),
        Column("firmware", "Firmware range", "固件范围", Fault.firmware),
        Column("note", "Note", "备注", Fault.note),
        Column("origin", "Origin", "来源", Fault.origin, taken=False),
        Column("cases", "Ended cases", "已结案例数", Fault.cases, WHOLE, taken=False),
        Column("successes", "Confirmed or lasting", "确认或持久", Fault.successes, WHOLE,
               taken=False),
        Column("failures", "Came back", "复发", Fault.failures, WHOLE, taken=False),
        Column("open_cases", "Open cases", "未结案例数", Fault.open_cases, WHOLE, taken=False),
        Column("last_seen", "Last seen", "最近出现", Fault.last_seen, MOMENT, taken=False),
        Column("reviewed_by", "Reviewed by", "审核人", Fault.reviewed_by, taken=False),
    ),
    (Fault.number,),
    (
        Filter("q", lambda _, __, given: Fault.search.like(contains(given[0]), escape="\\")),
        equals("state", Fault.state, tuple(FaultState)),
        matches("origin", Fault.origin),
        Filter("model", lambda _, actor, given: queries.marked(
            actor.tenant_id, ["model"], [given[0], queries.ANY_MODEL])),
        Filter("part", lambda _, actor, given: queries.marked(
            actor.tenant_id, ["part"], [given[0]])),
        Filter("component", lambda _, actor, given: queries.marked(
            actor.tenant_id, ["component"], [given[0]])),
        Filter("symptom", lambda _, actor, given: queries.marked(
            actor.tenant_id, ["symptom"], [given[0]])),
        Filter("code", lambda _, actor, given: queries.marked(
            actor.tenant_id, ["code"], [given[0].casefold()])),
    ),
)  # fmt: skip

FINDINGS = ExportForm(
    "fault_findings", "Evidence of faults", "故障证据", "knowledge:read",
    finding_queries.findings_visible_to,
    (
        Column("fault", "Fault number", "故障编号", Fault.number, taken=False),
        Column("ticket", "Ticket", "工单号", FaultFinding.ticket, taken=False),
        Column("work_order", "Work order", "派工单号", FaultFinding.work_order, taken=False),
        Column("origin", "Origin", "来源", FaultFinding.origin, taken=False),
        Column("outcome", "Outcome", "结果", FaultFinding.outcome, taken=False),
        *_slots(FaultFinding, taken=False),
        Column("model", "Model", "型号", FaultFinding.model, taken=False),
        Column("error_codes", "Error codes", "报警代码", FaultFinding.error_codes, LIST,
               joined_list, taken=False),
        Column("firmware", "Firmware", "固件", FaultFinding.firmware, taken=False),
        Column("parts", "Parts used", "使用备件", FaultFinding.parts, LIST, quantities,
               taken=False),
        Column("minutes", "Minutes of work", "工时（分钟）", FaultFinding.minutes, WHOLE,
               taken=False),
        Column("happened_at", "Found at", "发现时间", FaultFinding.happened_at, MOMENT,
               taken=False),
    ),
    (FaultFinding.happened_at, FaultFinding.id),
    (
        equals("outcome", FaultFinding.outcome, tuple(Outcome)),
        matches("fault", Fault.number), matches("model", FaultFinding.model),
        since("since", FaultFinding.happened_at), until("until", FaultFinding.happened_at),
    ),
    _with_fault,
)  # fmt: skip

FEEDBACK = ExportForm(
    "feedback", "Feedback", "客户反馈", "feedback:read", feedback.visible_to,
    (
        Column("answered_at", "Answered at", "回答时间", SurveyAnswer.answered_at, MOMENT,
               taken=False),
        Column("ticket", "Ticket", "工单号", SurveyAnswer.ticket, taken=False),
        Column("csat", "Satisfaction (1-5)", "满意度（1-5）", SurveyAnswer.csat, WHOLE,
               taken=False),
        Column("nps", "Recommendation (0-10)", "推荐意愿（0-10）", SurveyAnswer.nps, WHOLE,
               taken=False),
        Column("reasons", "Reasons", "原因", SurveyAnswer.reasons, LIST, joined_list,
               taken=False),
        Column("comment", "Comment", "意见", SurveyAnswer.comment, taken=False),
        Column("mood", "Mood (-2 to 2)", "情绪（-2 到 2）", SurveyAnswer.mood, WHOLE,
               taken=False),
        Column("low", "Low", "低分", SurveyAnswer.low, YES_NO, taken=False),
        Column("channel", "Channel", "渠道", SurveyAnswer.channel, taken=False),
        Column("engineer", "Engineer", "工程师", SurveyAnswer.engineer, taken=False),
        Column("model", "Model", "型号", SurveyAnswer.model, taken=False),
        Column("language", "Language", "语言", SurveyAnswer.language, taken=False),
        Column("case", "Complaint", "投诉工单", SurveyAnswer.case, taken=False),
    ),
    (SurveyAnswer.answered_at, SurveyAnswer.id),
    (
        Filter("low", lambda _, __, given: SurveyAnswer.low.is_(given[0] == "true"),
               ("true", "false")),
        Filter("negative", lambda _, __, given: SurveyAnswer.mood <= NEGATIVE
               if given[0] == "true" else SurveyAnswer.mood.is_(None)
               | (SurveyAnswer.mood > NEGATIVE), ("true", "false")),
        Filter("q", lambda _, __, given: SurveyAnswer.comment.icontains(
            given[0], autoescape=True)),
        matches("channel", SurveyAnswer.channel), matches("engineer", SurveyAnswer.engineer),
        matches("model", SurveyAnswer.model), matches("ticket", SurveyAnswer.ticket),
        since("since", SurveyAnswer.answered_at), until("until", SurveyAnswer.answered_at),
    ),
)  # fmt: skip

FORMS = (FAULTS, FINDINGS, FEEDBACK)
