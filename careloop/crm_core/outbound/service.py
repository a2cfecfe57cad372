"""Writers of endpoints. Facts are told through `deliver`."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.outbound import queries
from careloop.crm_core.outbound.errors import EndpointDisabled
from careloop.crm_core.outbound.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookHealth,
)  # fmt: skip
from careloop.crm_core.outbound.outbox import deliver, queue_test
from careloop.crm_core.outbound.policy import MAX_ENDPOINTS
from careloop.crm_core.outbound.schemas import (
    AddEndpoint,
    ChangeEndpoint,
    PickEndpoint,
    RotateSecret,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.egress import check_url
from careloop.kit.errors import Conflict, VersionConflict
from careloop.kit.ids import new_id

__all__ = [
    "add_endpoint", "change_endpoint", "deliver", "enable_endpoint", "remove_endpoint",
    "rotate_secret", "test_endpoint",
]  # fmt: skip


def add_endpoint(session: Session, actor: Actor, command: AddEndpoint) -> WebhookEndpoint:
    """Add an address that wants to hear of facts."""
    if queries.how_many(session, actor.tenant_id) >= MAX_ENDPOINTS:
        raise Conflict(f"There are {MAX_ENDPOINTS} endpoints; remove one first")
    check_url(command.url)
    at = now(session)
    row = WebhookEndpoint(
        tenant_id=actor.tenant_id, id=new_id(), url=command.url, description=command.description,
        events=_sorted(command.events), include_personal=command.include_personal,
        salt=_new_salt(), created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(WebhookHealth(tenant_id=row.tenant_id, endpoint_id=row.id))
    session.flush()
    return row


def change_endpoint(session: Session, actor: Actor, command: ChangeEndpoint) -> WebhookEndpoint:
    """Change an endpoint, or disable it; `VersionConflict` when somebody did so meanwhile."""
    row = _locked(session, actor, command.endpoint_id, command.version)
    if command.url is not None and command.url != row.url:
        check_url(command.url)
        row.url = command.url
    if command.events is not None:
        row.events = _sorted(command.events)
    if command.description is not None:
        row.description = command.description
    if command.include_personal is not None:
        row.include_personal = command.include_personal
    if command.enabled is False and row.enabled:
        row.disable(command.reason.strip() or "by hand", now(session))
    row.touch(now(session))
    return row


def enable_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> WebhookEndpoint:
    """Send again, beginning with what waits; its failures are forgotten."""
    row = _locked(session, actor, command.endpoint_id, None)
    check_url(row.url)
    row.enable()
    row.touch(now(session))
    state = health_of(session, row)
    state.failures, state.failing_since, state.throttled_until, state.slow = 0, None, None, False
    return row


def rotate_secret(session: Session, actor: Actor, command: RotateSecret) -> WebhookEndpoint:
    """Another secret; the old one signs as well for the hours named."""
    row = _locked(session, actor, command.endpoint_id, None)
    hours = timedelta(hours=command.overlap_hours)
    row.rotate(_new_salt(), now(session) + hours if hours else None)
    row.touch(now(session))
    return row


def test_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> WebhookDelivery:
    """Send a message that says nothing, to see whether the address answers."""
    row = queries.endpoint(session, actor, command.endpoint_id)
    if not row.enabled:
        raise EndpointDisabled("The endpoint is disabled; enable it first")
    return queue_test(session, row)


def remove_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> WebhookEndpoint:
    """Remove an endpoint with its log; what still waits is not sent."""
    row = _locked(session, actor, command.endpoint_id, None)
    mine = (WebhookDelivery.tenant_id == row.tenant_id, WebhookDelivery.endpoint_id == row.id)
    ids = queries.delivery_ids_of(row)
    session.execute(
        delete(WebhookAttempt)
        .where(WebhookAttempt.tenant_id == row.tenant_id, WebhookAttempt.delivery_id.in_(ids))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(WebhookDelivery).where(*mine).execution_options(synchronize_session=False)
    )
    state = queries.health(session, row.tenant_id, [row.id]).get(row.id)
    if state is not None:
        session.delete(state)
        session.flush()
    session.delete(row)
    return row


def health_of(session: Session, row: WebhookEndpoint) -> WebhookHealth:
    """How sending to an endpoint goes, locked."""
    return queries.locked_health(session, row)


def _locked(
    session: Session, actor: Actor, endpoint_id: str, version: int | None
) -> WebhookEndpoint:
    row = queries.endpoint(session, actor, endpoint_id, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this endpoint meanwhile; load it again")
    return row


def _sorted(events: list[str]) -> list[str]:
    return ["*"] if "*" in events else sorted(set(events))


def _new_salt() -> str:
    return secrets.token_hex(16)
