"""Views of outgoing webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.outbound import payloads, queries
from careloop.crm_core.outbound.catalogue import CATALOGUE, NEVER, OPEN, TEST, VIEWS, EventType
from careloop.crm_core.outbound.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from careloop.crm_core.outbound.schemas import (
    AttemptView,
    DeliveryDetail,
    DeliveryView,
    EndpointView,
    EventTypeView,
    StateName,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso

EXAMPLE_TIME = "2026-03-02T08:15:00.000Z"


def endpoint_views(
    session: Session, actor: Actor, rows: Sequence[WebhookEndpoint]
) -> list[EndpointView]:
    """Endpoints with how sending goes."""
    ids = [row.id for row in rows]
    states = queries.health(session, actor.tenant_id, ids)
    counts = queries.counts(session, actor.tenant_id, ids)
    views = []
    for row in rows:
        state = states.get(row.id)
        views.append(
            EndpointView(
                id=row.id, url=row.url, description=row.description, events=row.events,
                include_personal=row.include_personal, state=cast("StateName", row.state),
                disabled_reason=row.disabled_reason, disabled_at=_time(row.disabled_at),
                previous_secret_until=_time(row.previous_until),
                failures=state.failures if state else 0,
                failing_since=_time(state.failing_since) if state else None,
                succeeded_at=_time(state.succeeded_at) if state else None,
                throttled_until=_time(state.throttled_until) if state else None,
                waiting=counts.get((row.id, "waiting"), 0), dead=counts.get((row.id, "dead"), 0),
                version=row.version, created_at=iso(row.created_at),
                updated_at=iso(row.updated_at),
            )
        )  # fmt: skip
    return views


def endpoint_view(session: Session, actor: Actor, row: WebhookEndpoint) -> EndpointView:
    return endpoint_views(session, actor, [row])[0]


def delivery_views(
    session: Session, actor: Actor, rows: Sequence[WebhookDelivery]
) -> list[DeliveryView]:
    """Lines of the log."""
    messages = queries.messages(session, actor.tenant_id, [row.message_id for row in rows])
    urls = {row.id: row.url for row in queries.endpoints(session, actor)}
    views = []
    for row in rows:
        message = messages[row.message_id]
        views.append(
            DeliveryView.model_validate(
                {
                    "id": row.id, "webhook_id": row.message_id, "endpoint_id": row.endpoint_id,
                    "endpoint_url": urls.get(row.endpoint_id, ""), "type": row.type,
                    "object": message.object, "key": row.key, "sequence": message.sequence,
                    "state": row.state, "replay": row.replay, "attempts": row.attempts,
                    "next_at": iso(row.next_at) if row.state == "waiting" else None,
                    "created_at": iso(row.created_at), "delivered_at": _time(row.delivered_at),
                    "status": row.status, "error": row.error, "duration_ms": row.duration_ms,
                }
            )
        )  # fmt: skip
    return views


def delivery_detail(session: Session, actor: Actor, row: WebhookDelivery) -> DeliveryDetail:
    """A delivery with its payload, as the endpoint gets it, and its tries."""
    endpoint = queries.endpoint(session, actor, row.endpoint_id)
    message = queries.message(session, actor.tenant_id, row.message_id)
    view = delivery_views(session, actor, [row])[0]
    return DeliveryDetail(
        **view.model_dump(),
        payload=payloads.payload(message, endpoint.include_personal),
        attempt_log=[_attempt(found) for found in queries.attempts(session, row)],
    )


def _attempt(row: WebhookAttempt) -> AttemptView:
    return AttemptView(
        attempt=row.attempt, begun_at=iso(row.begun_at), status=row.status, error=row.error,
        detail=row.detail, answer=row.answer, duration_ms=row.duration_ms,
    )  # fmt: skip


def catalogue_views() -> list[EventTypeView]:
    """Every type that may be told, with an example."""
    return [
        EventTypeView(
            type=found.type, version=found.version, object=found.object, summary=found.summary,
            open_fields=sorted(OPEN.get(found.object, ())), example=example(found),
        )
        for found in CATALOGUE.values()
    ]  # fmt: skip


def example(found: EventType) -> dict[str, Any]:
    """A payload of that type, as an endpoint without personal data gets it."""
    view = VIEWS.get(found.object)
    record = _example_record(view[0], found.object) if view else None
    if found.type == TEST:
        record = {"endpoint": "01m000000000000000000000ab"}
    withheld = sorted(_names(view[0], found.object) - OPEN[found.object]) if view else []
    return {
        "type": found.type,
        "version": found.version,
        "timestamp": EXAMPLE_TIME,
        "data": {
            "object": found.object, "key": _EXAMPLE_KEYS.get(found.object, ""), "sequence": 7,
            "record": record, "change": dict(found.change), "withheld": withheld,
        },
    }  # fmt: skip


def _names(view: type[BaseModel], object_kind: str) -> set[str]:
    found = {field.serialization_alias or name for name, field in view.model_fields.items()}
    return found - NEVER.get(object_kind, frozenset())


_EXAMPLE_KEYS = {
    "ticket": "TK-2026-000001", "work_order": "WO-2026-000001", "asset": "GS2-24-00117",
    "contract": "SC-2026-0001", "customer": "01m000000000000000000000cd",
    "contact": "01m000000000000000000000ef", "conversation": "01m000000000000000000000gh",
    "endpoint": "01m000000000000000000000ab", "stock": "VAN-01/P-100",
    "feedback": "01m000000000000000000000ij", "quote": "QT-2026-0001",
    "invoice": "IN-2026-0001", "rule": "", "stock_request": "SR-2026-000001",
    "stock_transfer": "ST-2026-000001",
}  # fmt: skip
_EXAMPLE_RECORDS: dict[str, dict[str, Any]] = {
    "ticket": {
        "number": "TK-2026-000001", "type": "incident", "state": "in_progress",
        "priority": "high", "language": "en", "channel": "chat", "serial": "GS2-24-00117",
        "model": "GS-2000", "tags": ["cooling"], "version": 4,
    },
    "work_order": {
        "number": "WO-2026-000001", "ticket": "TK-2026-000001", "visit": 1, "state": "planned",
        "serial": "GS2-24-00117", "engineer": "E-07", "version": 1,
    },
    "asset": {"serial": "GS2-24-00117", "model": "GS-2000", "status": "installed", "version": 3},
    "contract": {"number": "SC-2026-0001", "state": "active", "plan": "Full", "version": 2},
    "customer": {"number": "C-0001", "name": "Harbour Laboratory", "country": "GB"},
    "contact": {"id": "01m000000000000000000000ef", "language": "en"},
    "conversation": {"id": "01m000000000000000000000gh", "channel": "web", "state": "waiting"},
}  # fmt: skip


def _example_record(view: type[BaseModel], object_kind: str) -> dict[str, Any]:
    return {
        name: value for name, value in _EXAMPLE_RECORDS[object_kind].items()
        if name in OPEN[object_kind] and name in view.model_fields
    }  # fmt: skip


def _time(value: datetime | None) -> str | None:
    return iso(value) if value is not None else None
