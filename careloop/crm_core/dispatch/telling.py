"""Writers of what jobs need, and of how the company dispatches."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import job_queries, settings_queries
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.models import DispatchNeed, DispatchSettings
from careloop.crm_core.dispatch.schemas import SetNeed
from careloop.crm_core.dispatch.settings_schemas import DispatchSettingsView, SetDispatch
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Priority
from careloop.crm_core.workforce import roster_queries as roster
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, VersionConflict
from careloop.kit.ids import new_id


def set_need(session: Session, actor: Actor, command: SetNeed) -> Job:
    """Say what the next visit for a ticket needs, or that it needs none."""
    ticket = tickets.ticket(session, actor, command.number, lock=True)
    for code in {command.preferred, *command.excluded} - {""}:
        roster.engineer(session, actor, code)
    row = job_queries.need(session, actor.tenant_id, ticket.id)
    if command.version is not None and command.version != (row.version if row else 0):
        raise VersionConflict("Somebody changed what this job needs meanwhile; load it again")
    at = now(session)
    if row is None:
        row = DispatchNeed(
            tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket.id, ticket=ticket.number,
            created_at=at, updated_at=at, version=0,
        )  # fmt: skip
        session.add(row)
    row.wanted, row.level, row.minutes = command.wanted, command.level, command.minutes
    row.skills = [one.model_dump() for one in command.skills]
    row.parts, row.tools, row.excluded = dict(command.parts), command.tools, command.excluded
    row.preferred, row.note = command.preferred, command.note
    row.not_before = as_utc(command.not_before) if command.not_before else None
    row.not_after = as_utc(command.not_after) if command.not_after else None
    row.lat, row.lon = command.lat, command.lon
    row.touch(at)
    session.flush()
    return job_queries.job_of_ticket(session, actor, ticket.number)


def set_settings(session: Session, actor: Actor, command: SetDispatch) -> DispatchSettingsView:
    """Set how the company dispatches; every priority keeps a cost."""
    for name, table in (
        ("late_per_min", command.costs.late_per_min), ("unserved", command.costs.unserved),
    ):  # fmt: skip
        missing = [one.value for one in Priority if one.value not in table]
        if missing:
            raise InvalidInput(f"costs.{name} lacks {', '.join(missing)}", costs="is not whole")
    row = settings_queries.row(session, actor.tenant_id)
    if command.version is not None and command.version != (row.version if row else 0):
        raise VersionConflict("Somebody changed the settings meanwhile; load them again")
    if row is None:
        row = DispatchSettings(tenant_id=actor.tenant_id, version=0)
        session.add(row)
    row.facts = command.model_dump(mode="json", exclude={"version"})
    row.version += 1
    session.flush()
    return settings_queries.view(session, actor)
