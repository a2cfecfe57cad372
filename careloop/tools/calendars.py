"""Tools over business calendars."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.calendars import queries, service
from careloop.crm_core.calendars.schemas import CalendarView, CreateCalendar, ReplaceCalendar
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("calendars.create", effect=Effect.WRITE, scope="sla:write")
def create_calendar(session: Session, actor: Actor, command: CreateCalendar) -> CalendarView:
    """Add a business calendar."""
    return queries.calendar_view(service.create_calendar(session, actor, command))


@tool("calendars.replace", effect=Effect.WRITE, scope="sla:write")
def replace_calendar(session: Session, actor: Actor, command: ReplaceCalendar) -> CalendarView:
    """Change a business calendar."""
    return queries.calendar_view(service.replace_calendar(session, actor, command))


class PickCalendar(BaseModel):
    """One calendar."""

    calendar_id: str = Field(max_length=26, description="Id of the calendar.")


@tool("calendars.refresh", effect=Effect.WRITE, scope="sla:write")
def refresh_calendar(session: Session, actor: Actor, command: PickCalendar) -> CalendarView:
    """Look the public holidays of a calendar's country up anew."""
    service.refresh_public_days(session, actor, command.calendar_id)
    return queries.calendar_view(queries.calendar(session, actor, command.calendar_id))
