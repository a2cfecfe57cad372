"""Selects of workforce."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.workforce.models import Engineer, OfficeHours, Presence
from careloop.crm_core.workforce.policy import PRESENCE_SECONDS
from careloop.crm_core.workforce.schemas import OfficeHoursView
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[Engineer]:
    statement = select(Engineer).where(Engineer.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def engineers(session: Session, actor: Actor) -> list[Engineer]:
    return list(session.scalars(visible_to(actor).order_by(Engineer.code)))


def presence(session: Session, tenant_id: str, user_id: str) -> Presence | None:
    return session.scalar(
        select(Presence).where(Presence.tenant_id == tenant_id, Presence.user_id == user_id)
    )


def presences(session: Session, tenant_id: str, at: datetime) -> dict[str, str]:
    """Status of each user who was seen lately."""
    fresh = at - timedelta(seconds=PRESENCE_SECONDS)
    statement = select(Presence).where(Presence.tenant_id == tenant_id, Presence.seen_at >= fresh)
    return {row.user_id: row.status for row in session.scalars(statement)}


def online_count(session: Session, tenant_id: str, at: datetime) -> int:
    """How many members of staff take conversations now."""
    fresh = at - timedelta(seconds=PRESENCE_SECONDS)
    statement = select(func.count()).where(
        Presence.tenant_id == tenant_id, Presence.status == "online", Presence.seen_at >= fresh
    )
    return session.scalar(statement) or 0


def office_hours(session: Session, tenant_id: str) -> OfficeHoursView | None:
    row = session.get(OfficeHours, tenant_id)
    if row is None:
        return None
    return OfficeHoursView.model_validate(
        {"time_zone": row.time_zone, "weekly": row.weekly, "holidays": row.holidays}
    )
