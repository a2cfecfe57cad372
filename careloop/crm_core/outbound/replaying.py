"""Sending anew what was sent before, and forgetting what is old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from careloop.crm_core.outbound import queries
from careloop.crm_core.outbound.errors import EndpointDisabled
from careloop.crm_core.outbound.events import DeliveriesQueued
from careloop.crm_core.outbound.models import WebhookAttempt, WebhookDelivery, WebhookMessage
from careloop.crm_core.outbound.outbox import again
from careloop.crm_core.outbound.policy import KEEP_DAYS, KEEP_DEAD_DAYS, REPLAY_AT_ONCE
from careloop.crm_core.outbound.schemas import PickDelivery, Replayed, ReplayRange
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit

SWEPT_AT_ONCE = 500


def replay(session: Session, actor: Actor, command: PickDelivery) -> WebhookDelivery:
    """Send a message to its endpoint anew."""
    row = queries.delivery(session, actor, command.delivery_id)
    endpoint = queries.endpoint(session, actor, row.endpoint_id, lock=True)
    if not endpoint.enabled:
        raise EndpointDisabled("The endpoint is disabled; enable it first")
    row = queries.delivery(session, actor, command.delivery_id, lock=True)
    if row.state == "waiting":
        raise Conflict("This delivery still waits to be sent; it will go out by itself")
    message = queries.message(session, actor.tenant_id, row.message_id)
    made = again(session, endpoint, message, queries.replays(session, row) + 1)
    emit(session, DeliveriesQueued(actor.tenant_id))
    return made


def replay_range(session: Session, actor: Actor, command: ReplayRange) -> Replayed:
    """Send anew what was told of a span of time, the oldest first, 500 at once."""
    since, until = as_utc(command.since), as_utc(command.until)
    if until <= since:
        raise InvalidInput("until: must be later than since")
    if command.endpoint_id:
        endpoint = queries.endpoint(session, actor, command.endpoint_id)
        if not endpoint.enabled:
            raise EndpointDisabled("The endpoint is disabled; enable it first")
    found = queries.DeliveryFilter(
        endpoint_id=command.endpoint_id, type=command.type, since=since, until=until,
        states=(command.state,) if command.state else (),
    )  # fmt: skip
    rows = queries.to_replay(session, actor, found, REPLAY_AT_ONCE + 1)
    endpoints = {row.id: row for row in queries.endpoints(session, actor)}
    messages = queries.messages(session, actor.tenant_id, [row.message_id for row in rows])
    for row in rows[:REPLAY_AT_ONCE]:
        again(session, endpoints[row.endpoint_id], messages[row.message_id], row.replay + 1)
    if rows:
        emit(session, DeliveriesQueued(actor.tenant_id))
    return Replayed(deliveries=min(len(rows), REPLAY_AT_ONCE), more=len(rows) > REPLAY_AT_ONCE)


def forget_old(session: Session, tenant_id: str) -> int:
    """Delete messages that ended long ago, with their log; returns how many, some at once.

    Delivered ones are kept for 30 days, dead ones for 90. What waited 90 days for a disabled
    endpoint is dead.
    """
    at = now(session)
    dead_since = at - timedelta(days=KEEP_DEAD_DAYS)
    session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.tenant_id == tenant_id, WebhookDelivery.state == "waiting")
        .where(WebhookDelivery.created_at < dead_since)
        .values(state="dead", error="expired", updated_at=at)
        .execution_options(synchronize_session=False)
    )
    kept_since = at - timedelta(days=KEEP_DAYS)
    ids = queries.outlived(session, tenant_id, kept_since, dead_since, SWEPT_AT_ONCE)
    if ids:
        _delete(session, tenant_id, ids)
    return len(ids)


def _delete(session: Session, tenant_id: str, message_ids: Sequence[str]) -> None:
    deliveries = queries.delivery_ids_by_message(tenant_id, message_ids)
    for statement in (
        delete(WebhookAttempt).where(
            WebhookAttempt.tenant_id == tenant_id, WebhookAttempt.delivery_id.in_(deliveries)
        ),
        delete(WebhookDelivery).where(
            WebhookDelivery.tenant_id == tenant_id, WebhookDelivery.message_id.in_(message_ids)
        ),
        delete(WebhookMessage).where(
            WebhookMessage.tenant_id == tenant_id, WebhookMessage.id.in_(message_ids)
        ),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
