"""Writer of the survey settings."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.feedback import queries
from careloop.crm_core.feedback.models import SurveySettings
from careloop.crm_core.feedback.schemas import PutSettings
from careloop.crm_core.feedback.views import SettingsView
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, VersionConflict


def put_settings(session: Session, actor: Actor, command: PutSettings) -> SettingsView:
    """Store the settings, whole; surveys that wait go by the new ones."""
    row = queries.settings_row(session, actor.tenant_id)
    if command.version is not None and command.version != (row.version if row else 0):
        raise VersionConflict("Somebody changed the settings meanwhile; load them again")
    owner = command.callback_owner
    if owner and owner not in accounts.names(session, actor.tenant_id, {owner}):
        raise InvalidInput("There is no such colleague", callback_owner="is nobody of the team")
    facts = command.model_dump(mode="json", exclude={"version"})
    if row is None:
        row = SurveySettings(tenant_id=actor.tenant_id, version=0, facts={})
        session.add(row)
    row.facts, row.version, row.updated_at = facts, row.version + 1, now(session)
    session.flush()
    return queries.settings_view(session, actor.tenant_id)
