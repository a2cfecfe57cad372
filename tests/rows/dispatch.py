"""One engineer with everything of the roster, an area, a rule, a job in the pool, a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import plans, pool, rules, telling
from careloop.crm_core.dispatch.plan_schemas import DraftPlan
from careloop.crm_core.dispatch.schemas import CreateRule, OfferTicket, SetNeed
from careloop.crm_core.workforce import absences, roster
from careloop.crm_core.workforce.roster_models import EngineerAbsence, EngineerCertificate
from careloop.crm_core.workforce.roster_schemas import (
    AddAbsence,
    AddCertificate,
    AddShift,
    CreateArea,
    CreateEngineer,
    TellPosition,
)
from careloop.crm_core.workorders.acts import Window
from careloop.kit.actor import Actor

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PUT", "/v1/engineers/{engineer}/shifts/{shift_id}"): {"text": "Mon-Fri 09:00-17:00"},
    ("POST", "/v1/engineers/{engineer}/absences"): {
        "from": "2026-12-24T00:00:00Z", "until": "2026-12-26T00:00:00Z",
    },
    ("PUT", "/v1/dispatch/jobs/{number}"): {"minutes": 60},
}  # fmt: skip


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    tag = ids["tag"]
    roster.create_area(session, actor, CreateArea(code=f"A-{tag}", name=f"Area {tag}"))
    command = CreateEngineer(
        code=f"ENG-{tag}",
        name=f"Gus {tag}",
        skills=["pump"],
        lat=31.2,
        lon=121.4,
        areas=[f"A-{tag}"],
        base_city=f"Town {tag}",
        shift="Mon-Fri 08:30-17:30",
    )
    owner = roster.create_engineer(session, actor, command)
    code = owner.code
    paper: EngineerCertificate = roster.add_certificate(
        session, actor,
        AddCertificate(engineer=code, skill="pump", number=f"K-{tag}",
                       valid_until=date(2027, 1, 1)),
    )  # fmt: skip
    week = roster.add_shift(session, actor, AddShift(engineer=code, text="Mon-Fri 09:00-17:00"))
    away: EngineerAbsence = absences.add_absence(
        session, actor,
        AddAbsence(engineer=code, from_=START + timedelta(days=30), until=START
                   + timedelta(days=31), note=f"Note {tag}"),
    )  # fmt: skip
    roster.tell_position(session, actor, TellPosition(engineer=code, lat=31.3, lon=121.5))
    rule = rules.create_rule(session, actor, CreateRule(name=f"Rule {tag}"))
    telling.set_need(session, actor, SetNeed(number=ids["number"], note=f"Need {tag}"))
    window = Window(from_=START, until=START + timedelta(hours=2))
    pool.offer_ticket(session, actor, OfferTicket(ticket=ids["number"], window=window))
    plan = plans.draft(session, actor, DraftPlan(cause=f"Cause {tag}"))
    session.flush()
    return {
        "engineer": code, "engineer_id": owner.id, "certificate_id": paper.id,
        "shift_id": week.id, "absence_id": away.id, "area": f"A-{tag}", "rule_id": rule.id,
        "plan_id": plan.id, "code": code, "codes": [code], "asset_ids": [ids["asset_id"]],
        "parts": [ids["part"]], "numbers": [ids["number"]],
    }  # fmt: skip
