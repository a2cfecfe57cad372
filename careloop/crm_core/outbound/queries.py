"""Selects of outgoing webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.outbound.models import (
    DeliveryState,
    EndpointState,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookHealth,
    WebhookMessage,
)  # fmt: skip
from careloop.crm_core.outbound.policy import Wanted
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[WebhookEndpoint]:
    """Endpoints the actor may see: staff all, customers none."""
    statement = select(WebhookEndpoint).where(WebhookEndpoint.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def deliveries_visible_to(actor: Actor) -> Select[WebhookDelivery]:
    """Deliveries the actor may see: staff all, customers none."""
    statement = select(WebhookDelivery).where(WebhookDelivery.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def endpoints(session: Session, actor: Actor) -> list[WebhookEndpoint]:
    return list(session.scalars(visible_to(actor).order_by(WebhookEndpoint.id)))


def endpoint(
    session: Session, actor: Actor, endpoint_id: str, lock: bool = False
) -> WebhookEndpoint:
    """The endpoint of that id; `NotFound` for one that the actor may not see."""
    statement = visible_to(actor).where(WebhookEndpoint.id == endpoint_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such endpoint")
    return found


def how_many(session: Session, tenant_id: str) -> int:
    statement = select(func.count()).where(WebhookEndpoint.tenant_id == tenant_id)
    return session.scalar(statement) or 0


def listening(session: Session, tenant_id: str, event_type: str) -> list[WebhookEndpoint]:
    """Enabled endpoints that want that type."""
    statement = select(WebhookEndpoint).where(
        WebhookEndpoint.tenant_id == tenant_id,
        WebhookEndpoint.state == EndpointState.ENABLED,
    )
    rows = session.scalars(statement.order_by(WebhookEndpoint.id))
    return [row for row in rows if Wanted(tuple(row.events)).has(event_type)]


def health(session: Session, tenant_id: str, endpoint_ids: Sequence[str]) -> dict[
    str, WebhookHealth
]:  # fmt: skip
    """How sending goes, by endpoint."""
    statement = select(WebhookHealth).where(
        WebhookHealth.tenant_id == tenant_id, WebhookHealth.endpoint_id.in_(endpoint_ids)
    )
    return {row.endpoint_id: row for row in session.scalars(statement)}


def counts(session: Session, tenant_id: str, endpoint_ids: Sequence[str]) -> dict[
    tuple[str, str], int
]:  # fmt: skip
    """Deliveries that wait or are dead, by endpoint and state."""
    row = WebhookDelivery
    statement = (
        select(row.endpoint_id, row.state, func.count())
        .where(row.tenant_id == tenant_id, row.endpoint_id.in_(endpoint_ids))
        .where(row.state.in_((DeliveryState.WAITING, DeliveryState.DEAD)))
        .group_by(row.endpoint_id, row.state)
    )
    return {(found[0], found[1]): found[2] for found in session.execute(statement)}


def message_by_key(session: Session, tenant_id: str, dedupe_key: str) -> WebhookMessage | None:
    return session.scalar(
        select(WebhookMessage).where(
            WebhookMessage.tenant_id == tenant_id, WebhookMessage.dedupe_key == dedupe_key
        )
    )


def message(session: Session, tenant_id: str, message_id: str) -> WebhookMessage:
    return session.get_one(WebhookMessage, (tenant_id, message_id))


def messages(
    session: Session, tenant_id: str, message_ids: Sequence[str]
) -> dict[str, WebhookMessage]:
    statement = select(WebhookMessage).where(
        WebhookMessage.tenant_id == tenant_id, WebhookMessage.id.in_(message_ids)
    )
    return {row.id: row for row in session.scalars(statement)}


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """What the log is narrowed by; empty fields do not narrow."""

    endpoint_id: str = ""
    states: Sequence[str] = ()
    type: str = ""
    key: str = ""
    webhook_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def deliveries(
    session: Session, actor: Actor, found: DeliveryFilter, before: str = "", limit: int = 50
) -> list[WebhookDelivery]:
    """The log, newest first, those before the delivery `before`."""
    statement = deliveries_visible_to(actor)
    if found.endpoint_id:
        statement = statement.where(WebhookDelivery.endpoint_id == found.endpoint_id)
    if found.states:
        statement = statement.where(WebhookDelivery.state.in_(found.states))
    if found.type:
        statement = statement.where(WebhookDelivery.type == found.type)
    if found.key:
        statement = statement.where(WebhookDelivery.key == found.key)
    if found.webhook_id:
        statement = statement.where(WebhookDelivery.message_id == found.webhook_id)
    if found.since:
        statement = statement.where(WebhookDelivery.created_at >= found.since)
    if found.until:
        statement = statement.where(WebhookDelivery.created_at < found.until)
    if before:
        statement = statement.where(WebhookDelivery.id < before)
    return list(session.scalars(statement.order_by(WebhookDelivery.id.desc()).limit(limit)))


def delivery(
    session: Session, actor: Actor, delivery_id: str, lock: bool = False
) -> WebhookDelivery:
    """The delivery of that id; `NotFound` for one that the actor may not see."""
    statement = deliveries_visible_to(actor).where(WebhookDelivery.id == delivery_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such delivery")
    return found


def attempts(session: Session, row: WebhookDelivery) -> list[WebhookAttempt]:
    statement = select(WebhookAttempt).where(
        WebhookAttempt.tenant_id == row.tenant_id, WebhookAttempt.delivery_id == row.id
    )
    return list(session.scalars(statement.order_by(WebhookAttempt.attempt)))


def attempt(session: Session, row: WebhookDelivery, number: int) -> WebhookAttempt | None:
    return session.get(WebhookAttempt, (row.tenant_id, row.id, number))


def replays(session: Session, row: WebhookDelivery) -> int:
    """The number of the last replay of a message to an endpoint; 0 for none."""
    statement = select(func.max(WebhookDelivery.replay)).where(
        WebhookDelivery.tenant_id == row.tenant_id,
        WebhookDelivery.endpoint_id == row.endpoint_id,
        WebhookDelivery.message_id == row.message_id,
    )
    return session.scalar(statement) or 0


def to_replay(
    session: Session, actor: Actor, found: DeliveryFilter, limit: int
) -> list[WebhookDelivery]:
    """Deliveries of a span of facts, the oldest first; of each the newest sending, and none of
    which a sending waits already."""
    newer = WebhookDelivery.__table__.alias("newer")
    row = WebhookDelivery
    again = (
        select(newer.c.id)
        .where(newer.c.tenant_id == row.tenant_id, newer.c.endpoint_id == row.endpoint_id)
        .where(newer.c.message_id == row.message_id, newer.c.replay > row.replay)
        .correlate(WebhookDelivery)
        .exists()
    )
    statement = (
        deliveries_visible_to(actor)
        .join(WebhookEndpoint, (WebhookEndpoint.tenant_id == row.tenant_id)
              & (WebhookEndpoint.id == row.endpoint_id))
        .join(WebhookMessage, (WebhookMessage.tenant_id == row.tenant_id)
              & (WebhookMessage.id == row.message_id))
        .where(WebhookEndpoint.state == EndpointState.ENABLED, ~again)
        .where(row.state != DeliveryState.WAITING)
    )  # fmt: skip
    if found.endpoint_id:
        statement = statement.where(row.endpoint_id == found.endpoint_id)
    if found.states:
        statement = statement.where(row.state.in_(found.states))
    if found.type:
        statement = statement.where(row.type == found.type)
    if found.since:
        statement = statement.where(WebhookMessage.created_at >= found.since)
    if found.until:
        statement = statement.where(WebhookMessage.created_at < found.until)
    return list(session.scalars(statement.order_by(row.message_id, row.id).limit(limit)))


def due_endpoints(session: Session, at: datetime, limit: int) -> list[tuple[str, str, bool]]:
    """(tenant, endpoint, whether it is in trouble) with something to send, healthy ones first,
    then by how long it waits; of all tenants, for the sender."""
    row, state = WebhookDelivery, WebhookHealth
    troubled = case((or_(state.failures > 0, state.slow), 1), else_=0)
    statement = (
        select(row.tenant_id, row.endpoint_id, func.max(troubled))
        .join(WebhookEndpoint, (WebhookEndpoint.tenant_id == row.tenant_id)
              & (WebhookEndpoint.id == row.endpoint_id))
        .outerjoin(state, (state.tenant_id == row.tenant_id)
                   & (state.endpoint_id == row.endpoint_id))
        .where(row.state == DeliveryState.WAITING, row.next_at <= at)
        .where(or_(row.lease_until.is_(None), row.lease_until <= at))
        .where(WebhookEndpoint.state == EndpointState.ENABLED)
        .where(or_(state.throttled_until.is_(None), state.throttled_until <= at))
        .group_by(row.tenant_id, row.endpoint_id)
        .order_by(func.max(troubled), func.min(row.next_at))
        .limit(limit)
    )  # fmt: skip
    return [(found[0], found[1], bool(found[2])) for found in session.execute(statement)]


def on_the_way(session: Session, tenant_id: str, endpoint_id: str, at: datetime) -> int:
    """How many deliveries of an endpoint somebody is sending now."""
    row = WebhookDelivery
    statement = select(func.count()).where(
        row.tenant_id == tenant_id, row.endpoint_id == endpoint_id,
        row.state == DeliveryState.WAITING, row.lease_until > at,
    )  # fmt: skip
    return session.scalar(statement) or 0


def to_send(
    session: Session, tenant_id: str, endpoint_id: str, at: datetime, limit: int
) -> list[WebhookDelivery]:
    """Due deliveries of an endpoint, locked, those passed over that another sender holds."""
    row = WebhookDelivery
    statement = (
        select(row)
        .where(row.tenant_id == tenant_id, row.endpoint_id == endpoint_id)
        .where(row.state == DeliveryState.WAITING, row.next_at <= at)
        .where(or_(row.lease_until.is_(None), row.lease_until <= at))
        .order_by(row.next_at, row.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def outlived(
    session: Session, tenant_id: str, kept_since: datetime, dead_since: datetime, limit: int
) -> list[str]:
    """Ids of messages whose deliveries all ended, and long enough ago."""
    row = WebhookDelivery
    open_ones = select(row.id).where(
        row.tenant_id == WebhookMessage.tenant_id,
        row.message_id == WebhookMessage.id,
        or_(
            row.state == DeliveryState.WAITING,
            (row.state == DeliveryState.DEAD) & (row.updated_at >= dead_since),
            row.updated_at >= kept_since,
        ),
    )
    statement = (
        select(WebhookMessage.id)
        .where(WebhookMessage.tenant_id == tenant_id, WebhookMessage.created_at < kept_since)
        .where(~open_ones.exists())
        .order_by(WebhookMessage.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def tenants_with_old(session: Session, kept_since: datetime) -> list[str]:
    """Tenants that have messages from before; of all tenants, for the sweep."""
    statement = select(WebhookMessage.tenant_id).where(WebhookMessage.created_at < kept_since)
    return list(session.scalars(statement.distinct()))


def delivery_ids_of(row: WebhookEndpoint) -> Select[str]:
    """A sub-query: ids of the deliveries of an endpoint."""
    return select(WebhookDelivery.id).where(
        WebhookDelivery.tenant_id == row.tenant_id, WebhookDelivery.endpoint_id == row.id
    )


def locked_health(session: Session, row: WebhookEndpoint) -> WebhookHealth:
    """How sending to an endpoint goes, locked."""
    return session.get_one(
        WebhookHealth, (row.tenant_id, row.id), with_for_update=True, populate_existing=True
    )


def delivery_ids_by_message(tenant_id: str, message_ids: Sequence[str]) -> Select[str]:
    """A sub-query: ids of the deliveries of messages."""
    return select(WebhookDelivery.id).where(
        WebhookDelivery.tenant_id == tenant_id, WebhookDelivery.message_id.in_(message_ids)
    )
