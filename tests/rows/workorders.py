"""One visit with one of each fact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.workorders import service
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.queries import VisitFilter
from careloop.crm_core.workorders.schemas import (
    AddLabour,
    AddPhoto,
    AddReading,
    CheckIn,
    PlanVisit,
    Sign,
)
from careloop.kit.actor import Actor

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = ("two", "theirs")
"""Makers whose visit gets a number that the other maker has not given."""


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    tag = ids["tag"]
    window = Window(from_=START, until=START + timedelta(hours=2), time_zone="UTC")
    plan = PlanVisit(ticket=ids["number"], window=window, purpose=f"Visit {tag}")
    if tag in LATER:
        for _ in range(2):
            service.plan_visit(session, actor, plan)
    row = service.plan_visit(session, actor, plan)
    number = row.number
    service.check_in(session, actor, CheckIn(number=number, place=f"Door {tag}"))
    labour = AddLabour(number=number, minutes=5, note=f"Work {tag}", command_id=f"phone-{tag}")
    service.add_labour(session, actor, labour)
    reading = AddReading(number=number, name=f"Flow {tag}", value=Decimal(5))
    service.add_reading(session, actor, reading)
    photo = AddPhoto(number=number, media_type="image/png", size=1, sha256="0" * 64, caption=tag)
    service.add_photo(session, actor, photo)
    service.sign_report(session, actor, Sign(number=number, name=f"Dora {tag}"))
    session.flush()
    return {
        "work_order": number, "work_order_id": row.id, "command_id": f"phone-{tag}",
        "ticket": ids["number"], "ticket_ids": [row.ticket_id], "since": START,
        "until": START + timedelta(days=1), "sought": VisitFilter(q=tag),
    }  # fmt: skip
