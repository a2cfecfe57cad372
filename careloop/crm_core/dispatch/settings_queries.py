"""Selects of how a company dispatches."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch.models import DispatchSettings
from careloop.crm_core.dispatch.settings_schemas import DispatchFacts, DispatchSettingsView
from careloop.kit.actor import Actor


def row(session: Session, tenant_id: str) -> DispatchSettings | None:
    return session.get(DispatchSettings, tenant_id)


def facts(session: Session, tenant_id: str) -> DispatchFacts:
    """The company's own way, or the usual one."""
    found = row(session, tenant_id)
    return DispatchFacts.model_validate(found.facts if found else {})


def view(session: Session, actor: Actor) -> DispatchSettingsView:
    found = row(session, actor.tenant_id)
    return DispatchSettingsView(
        **facts(session, actor.tenant_id).model_dump(), version=found.version if found else 0
    )
