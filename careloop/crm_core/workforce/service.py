"""Writers of presence and office hours."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.workforce import queries
from careloop.crm_core.workforce.models import OfficeHours, Presence
from careloop.crm_core.workforce.schemas import OfficeHoursView, PresenceView, SetPresence
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Forbidden


def set_presence(session: Session, actor: Actor, command: SetPresence) -> PresenceView:
    """Say whether the actor takes conversations; a browser repeats it as a heartbeat."""
    if actor.user_id is None:
        raise Forbidden("Only a member of staff has a presence")
    row = queries.presence(session, actor.tenant_id, actor.user_id)
    if row is None:
        row = Presence(tenant_id=actor.tenant_id, user_id=actor.user_id, seen_at=now(session))
        session.add(row)
    row.status = command.status
    row.seen_at = now(session)
    return PresenceView(user_id=actor.user_id, name=actor.name, status=row.status)


def set_office_hours(session: Session, actor: Actor, command: OfficeHoursView) -> OfficeHoursView:
    row = session.get(OfficeHours, actor.tenant_id)
    if row is None:
        row = OfficeHours(tenant_id=actor.tenant_id)
        session.add(row)
    data = command.model_dump(mode="json")
    row.time_zone, row.weekly, row.holidays = data["time_zone"], data["weekly"], data["holidays"]
    row.version = (row.version or 0) + 1
    return command
