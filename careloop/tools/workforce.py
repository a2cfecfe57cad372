"""Tools over presence and office hours."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.workforce import service
from careloop.crm_core.workforce.schemas import OfficeHoursView, PresenceView, SetPresence
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("presence.set", effect=Effect.WRITE, scope="desk", heartbeat=True)
def set_presence(session: Session, actor: Actor, command: SetPresence) -> PresenceView:
    """Say whether one takes conversations now."""
    return service.set_presence(session, actor, command)


@tool("office_hours.set", effect=Effect.WRITE, scope="settings:write")
def set_office_hours(session: Session, actor: Actor, command: OfficeHoursView) -> OfficeHoursView:
    """Set when persons answer."""
    return service.set_office_hours(session, actor, command)
