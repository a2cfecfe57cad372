"""The outbox: a fact and its deliveries are written in the transaction that made it a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.crm_core.outbound import payloads, queries
from careloop.crm_core.outbound.catalogue import VIEWS
from careloop.crm_core.outbound.events import DeliveriesQueued
from careloop.crm_core.outbound.models import (
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookSequence,
)  # fmt: skip
from careloop.kit.db import now
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def deliver(
    session: Session,
    tenant_id: str,
    event_type: str,
    data: Mapping[str, Any],
    dedupe_key: str = "",
    *,
    object: str = "",
    key: str = "",
    personal: Mapping[str, Any] | None = None,
) -> int:
    """Tell every endpoint that wants this type; returns how many will be told.

    `data` becomes `data.record` and must be free of personal data; `personal` holds what only
    endpoints with `include_personal` may see besides. The same `dedupe_key` is told once. With
    `object` and `key` the message gets the next number of that object. Nothing is written where
    nobody listens, and nothing is sent before the transaction is committed.
    """
    listening = queries.listening(session, tenant_id, event_type)
    if not listening:
        return 0
    whole = {**data, **personal} if personal else dict(data)
    return _queue(session, listening, event_type, (dict(data), whole), {}, object, key, dedupe_key)


def tell(
    session: Session,
    tenant_id: str,
    event_type: str,
    object: str,
    key: str,
    change: Mapping[str, Any],
) -> int:
    """Tell of an object of the catalogue, with its view as it stands in this transaction."""
    listening = queries.listening(session, tenant_id, event_type)
    if not listening:
        return 0
    record: tuple[dict[str, Any] | None, dict[str, Any] | None] = (None, None)
    if object in VIEWS:
        record = payloads.records(session, tenant_id, object, key)
    return _queue(session, listening, event_type, record, change, object, key, "")


def queue_test(session: Session, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A message for one endpoint alone, that says nothing of the books."""
    message = _message(
        session, endpoint.tenant_id, "webhook.test", ({"endpoint": endpoint.id}, None), {},
        "endpoint", endpoint.id, "",
    )  # fmt: skip
    return _delivery(session, endpoint, message)


def _queue(
    session: Session,
    listening: list[WebhookEndpoint],
    event_type: str,
    record: tuple[dict[str, Any] | None, dict[str, Any] | None],
    change: Mapping[str, Any],
    object: str,
    key: str,
    dedupe_key: str,
) -> int:
    tenant_id = listening[0].tenant_id
    if dedupe_key and queries.message_by_key(session, tenant_id, dedupe_key) is not None:
        return 0
    if not any(endpoint.include_personal for endpoint in listening):
        record = (record[0], _withheld_alone(record))
    message = _message(session, tenant_id, event_type, record, change, object, key, dedupe_key)
    for endpoint in listening:
        _delivery(session, endpoint, message)
    emit(session, DeliveriesQueued(tenant_id))
    return len(listening)


def _withheld_alone(
    record: tuple[dict[str, Any] | None, dict[str, Any] | None],
) -> dict[str, Any] | None:
    """The names of what is withheld without the values: nobody is to get those, so they are not
    kept either."""
    opened, whole = record
    if whole is None:
        return None
    return {name: None for name in whole if name not in (opened or {})} | (opened or {})


def _message(
    session: Session,
    tenant_id: str,
    event_type: str,
    record: tuple[dict[str, Any] | None, dict[str, Any] | None],
    change: Mapping[str, Any],
    object: str,
    key: str,
    dedupe_key: str,
) -> WebhookMessage:
    opened, whole = record
    withheld = sorted(set(whole or ()) - set(opened or ()))
    wanted = whole is not None and any(whole[name] is not None for name in withheld)
    at, message_id = now(session), new_id()
    message = WebhookMessage(
        tenant_id=tenant_id, id=message_id, type=event_type, object=object, key=key[:120],
        sequence=_next(session, tenant_id, object, key[:120]) if object and key else 0,
        dedupe_key=dedupe_key or message_id,
        open_data=payloads.data(opened, change, withheld),
        whole_data=payloads.data(whole, change, []) if wanted else None,
        created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(message)
    session.flush()
    return message


def _delivery(
    session: Session, endpoint: WebhookEndpoint, message: WebhookMessage, replay: int = 0
) -> WebhookDelivery:
    at = now(session)
    row = WebhookDelivery(
        tenant_id=endpoint.tenant_id, id=new_id(), endpoint_id=endpoint.id, message_id=message.id,
        type=message.type, key=message.key, replay=replay, next_at=at, created_at=at,
        updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def again(
    session: Session, endpoint: WebhookEndpoint, message: WebhookMessage, replay: int
) -> WebhookDelivery:
    """Send a message anew: the same id and bytes, marked with the number of the replay."""
    return _delivery(session, endpoint, message, replay)


def _next(session: Session, tenant_id: str, object: str, key: str) -> int:
    """The next number of an object; the row is locked until the transaction ends, so numbers
    follow the order in which facts became facts."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = WebhookSequence
    statement = make(row).values(tenant_id=tenant_id, object=object, key=key, last=1)
    counted = statement.on_conflict_do_update(
        index_elements=[row.tenant_id, row.object, row.key], set_={"last": row.last + 1}
    ).returning(row.last)
    return int(session.execute(counted).scalar_one())
