"""Exports of engineers and of the audit."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.export.form import (
    DECIMAL,
    LIST,
    MOMENT,
    WHOLE,
    YES_NO,
    Column,
    ExportForm,
    Show,
    Statement,
    joined_list,
    matches,
    quantities,
    since,
    until,
)  # fmt: skip
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import EngineerCertificate
from careloop.kit.actor import Actor


def _engineers(actor: Actor) -> Statement:
    statement = select(Engineer).where(Engineer.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def _entries(actor: Actor) -> Statement:
    statement = select(AuditEntry).where(AuditEntry.tenant_id == actor.tenant_id)
    return statement if actor.may("audit:read") else statement.where(false())


def _papers(session: Session, actor: Actor) -> Show:
    """Certificates as the import reads them again: `laser:L-771:2027-03-31;crane:K-9`."""
    found: dict[str, list[str]] = defaultdict(list)
    row = EngineerCertificate
    statement = select(row).where(row.tenant_id == actor.tenant_id).order_by(row.skill, row.number)
    for one in session.scalars(statement if actor.is_staff else statement.where(false())):
        until = f":{one.valid_until.isoformat()}" if one.valid_until else ""
        found[one.engineer_id].append(f"{one.skill}:{one.number}{until}")
    return lambda engineer_id: joined_list(found.get(engineer_id))


def _as_json(changes: object) -> str:
    return json.dumps(changes, ensure_ascii=False, sort_keys=True) if changes else ""


ENGINEERS = ExportForm(
    "engineers", "Engineers", "工程师", "tickets:read", _engineers,
    (
        Column("code", "Engineer code", "工号", Engineer.code),
        Column("name", "Name", "姓名", Engineer.name),
        Column("email", "Email", "邮箱", Engineer.email),
        Column("phone", "Phone", "电话", Engineer.phone),
        Column("base_city", "Base city", "常驻城市", Engineer.base_city),
        Column("lat", "Latitude", "纬度", Engineer.lat, DECIMAL),
        Column("lon", "Longitude", "经度", Engineer.lon, DECIMAL),
        Column("time_zone", "Time zone", "时区", Engineer.time_zone),
        Column("skills", "Skills", "技能", Engineer.skills, LIST, show=joined_list),
        Column("languages", "Languages", "语言", Engineer.languages, LIST, show=joined_list),
        Column("level", "Level", "级别", Engineer.level, WHOLE),
        Column("shift", "Shift", "班次", Engineer.shift),
        Column("skill_levels", "Skill levels", "分项等级", Engineer.skill_levels, show=quantities),
        Column("areas", "Areas", "服务区域", Engineer.areas, LIST, show=joined_list),
        Column("tools", "Tools carried", "随身工具", Engineer.tools, LIST, show=joined_list),
        Column("van", "Van", "车载库", Engineer.van),
        Column("daily_limit", "Visits per day", "每日上限", Engineer.daily_limit, WHOLE),
        Column("active", "In service", "在岗", Engineer.active, YES_NO),
        Column("certificates", "Certificates", "证书", Engineer.id, bind=_papers),
    ),
    (Engineer.code,),
)  # fmt: skip

AUDIT = ExportForm(
    "audit", "Audit", "审计", "audit:read", _entries,
    (
        Column("at", "Time", "时间", AuditEntry.created_at, MOMENT, taken=False),
        Column("actor", "By", "操作人", AuditEntry.actor, taken=False),
        Column("tool", "Act", "操作", AuditEntry.tool, taken=False),
        Column("target", "Target", "对象", AuditEntry.target, taken=False),
        Column("reason", "Reason", "原因", AuditEntry.reason, taken=False),
        Column("changes", "Changes", "变更", AuditEntry.changes, show=_as_json, taken=False),
    ),
    (AuditEntry.id,),
    (
        matches("tool", AuditEntry.tool),
        matches("target", AuditEntry.target),
        since("from", AuditEntry.created_at),
        until("until", AuditEntry.created_at),
    ),
)  # fmt: skip

FORMS = (ENGINEERS, AUDIT)
