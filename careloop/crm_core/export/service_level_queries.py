"""Exports of business calendars and SLA policies, in the words that an import reads again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import User
from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.export.form import (
    LIST,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Show,
    equals,
    joined_list,
    matches,
)  # fmt: skip
from careloop.crm_core.sla import queries as sla
from careloop.crm_core.sla.models import SlaPolicy
from careloop.kit.actor import Actor

_WEEK = (
    ("monday", "Monday", "星期一"), ("tuesday", "Tuesday", "星期二"),
    ("wednesday", "Wednesday", "星期三"), ("thursday", "Thursday", "星期四"),
    ("friday", "Friday", "星期五"), ("saturday", "Saturday", "星期六"),
    ("sunday", "Sunday", "星期日"),
)  # fmt: skip


def _spans(spans: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in spans)


def _weekday(number: int) -> Show:
    return lambda weekly: _spans((weekly or {}).get(str(number), []))


def _days_off(days: Any) -> str:
    return "\n".join(f"{day['on']} {day.get('name', '')}".strip() for day in days or ())


def _extra_days(days: Any) -> str:
    return "\n".join(f"{day['on']} {_spans(day.get('spans', []))}".strip() for day in days or ())


def _targets(targets: Any) -> str:
    """`fix 480 high incident 24/7`, a line for each promise."""
    return "\n".join(
        " ".join(
            str(word)
            for word in (
                target["kind"], target["minutes"], target.get("priority"), target.get("type"),
                "24/7" if target.get("around_the_clock") else "",
            )
            if word
        )
        for target in targets or ()
    )  # fmt: skip


def _pauses(pauses: Any) -> str:
    """`fix: waiting_customer`, a line for each promise whose clock ever stands still."""
    filled = [(kind, states) for kind, states in (pauses or {}).items() if states]
    return "\n".join(f"{kind}: {', '.join(states)}" for kind, states in filled)


def _steps(session: Session, actor: Actor) -> Show:
    """Steps of the ladder with people by their mail addresses."""
    statement = select(User.id, User.email).where(User.tenant_id == actor.tenant_id)
    emails = {row.id: row.email for row in session.execute(statement)}
    return lambda steps: "\n".join(_step(step, emails) for step in steps or ())


def _step(step: Mapping[str, Any], emails: Mapping[str, str]) -> str:
    after = f"+{step['after_minutes']}" if step.get("after_minutes") else ""
    given = step.get("reassign_to")
    words = (
        step.get("kind"), f"{step['at']}{after}",
        *(f"role={role}" for role in step.get("roles", ())),
        *(f"user={emails.get(user, user)}" for user in step.get("users", ())),
        "assignee" if step.get("assignee") else "",
        "raise-priority" if step.get("raise_priority") else "",
        f"give-to={emails.get(given, given)}" if given else "",
    )  # fmt: skip
    return f"{step['key']}: {' '.join(word for word in words if word)}"


CALENDARS = ExportForm(
    "calendars", "Calendars", "日历", "contracts:read", calendars.visible_to,
    (
        Column("code", "Calendar code", "日历编号", BusinessCalendar.code),
        Column("name", "Calendar name", "日历名称", BusinessCalendar.name),
        Column("time_zone", "Time zone", "时区", BusinessCalendar.time_zone),
        Column("always", "Around the clock", "全天候", BusinessCalendar.always, YES_NO),
        *(Column(name, en, zh, BusinessCalendar.weekly, show=_weekday(number))
          for number, (name, en, zh) in enumerate(_WEEK)),
        Column("country", "Country", "国家", BusinessCalendar.country),
        Column("subdivision", "Region", "省", BusinessCalendar.subdivision),
        Column("days_off", "Days without work", "休息日", BusinessCalendar.days_off, LIST,
               show=_days_off),
        Column("extra_days", "Extra working days", "额外工作日", BusinessCalendar.extra_days, LIST,
               show=_extra_days),
    ),
    (BusinessCalendar.code,),
    (matches("code", BusinessCalendar.code), equals("country", BusinessCalendar.country)),
)  # fmt: skip

POLICIES = ExportForm(
    "sla_policies", "SLA policies", "时限策略", "contracts:read", sla.visible_to,
    (
        Column("code", "Policy code", "策略编号", SlaPolicy.code),
        Column("name", "Policy name", "策略名称", SlaPolicy.name),
        Column("active", "In use", "启用", SlaPolicy.active, YES_NO),
        Column("fallback", "For all others", "兜底", SlaPolicy.fallback, YES_NO),
        Column("plans", "Contract types", "适用合同类型", SlaPolicy.plans, LIST, show=joined_list),
        Column("tiers", "Customer tiers", "适用客户等级", SlaPolicy.tiers, LIST, show=joined_list),
        Column("calendar", "Calendar", "日历", SlaPolicy.calendar),
        Column("warn_percent", "Warn at (%)", "预警百分比", SlaPolicy.warn_percent, WHOLE),
        Column("targets", "Promises", "承诺时限", SlaPolicy.targets, LIST, show=_targets),
        Column("pauses", "Pauses in", "暂停状态", SlaPolicy.pauses, LIST, show=_pauses),
        Column("steps", "Escalation", "升级步骤", SlaPolicy.steps, LIST, bind=_steps),
    ),
    (SlaPolicy.code,),
    (matches("code", SlaPolicy.code),),
)  # fmt: skip

FORMS = (CALENDARS, POLICIES)
